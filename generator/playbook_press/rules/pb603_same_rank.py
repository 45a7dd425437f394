"""Two lines of a playbook have the same rank.

It checks the `sheet` of scripts, of pitfalls, and of checklists of one purpose, where they share a context.

## Why it matters

The rank says which line comes onto a sheet if there is room for only one of them. Two of the same leave that to chance.

## Bad

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
    sheet: 1
  - id: ask-what-else
    stage: explore
    title: Ask what else
    say: What else matters to you?
    contexts: [sales]
    sheet: 1
```

## Good

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
    sheet: 1
  - id: ask-what-else
    stage: explore
    title: Ask what else
    say: What else matters to you?
    contexts: [sales]
    sheet: 2
```
"""

from collections.abc import Iterable, Iterator

from playbook_press.model import LAST_RANK, Checklist, Library, Pitfall, Playbook, Script
from playbook_press.rules import Found

SEVERITY = "warning"

_Part = Script | Pitfall | Checklist


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each rank that an earlier part has too."""
    yield from _check("scripts", playbook.scripts)
    yield from _check("pitfalls", playbook.pitfalls)
    yield from _check("checklists", playbook.checklists)


def _check(section: str, parts: Iterable[_Part]) -> Iterator[Found]:
    ranked = [(index, part.sheet, part) for index, part in enumerate(parts) if part.sheet is not None]
    taken = {sheet for _, sheet, _ in ranked}
    for place, (index, sheet, part) in enumerate(ranked):
        other = next((other for _, _, other in ranked[:place] if _is_same_rank(part, other)), None)
        if other is None:
            continue
        nearest = (*range(sheet + 1, LAST_RANK + 1), *range(sheet - 1, 0, -1))
        free = next((rank for rank in nearest if rank not in taken), None)
        yield Found(
            (section, index, "sheet"),
            f"`{part.id}` has the rank {sheet}, and so has `{other.id}`",
            f"say which of the two comes first{f': {free} is free' if free else ''}",
            needs=(section,),
        )


def _is_same_rank(part: _Part, other: _Part) -> bool:
    if part.sheet != other.sheet:
        return False
    if isinstance(part, Checklist) and isinstance(other, Checklist) and part.purpose != other.purpose:
        return False
    return not part.contexts or not other.contexts or not set(part.contexts).isdisjoint(other.contexts)
