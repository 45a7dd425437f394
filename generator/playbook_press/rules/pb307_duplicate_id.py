"""Two parts of a playbook have the same id.

It checks the ids of scripts, dialogues, flows, signals, moves, pitfalls, checklists and examples together, and that none is the name of a section.

## Why it matters

An id is the address of its part on the page. Of two parts at one address, a link finds only the first.

## Bad

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
  - id: ask-why
    stage: close
    title: Ask why again
    say: What made the difference?
```

## Good

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
  - id: ask-what-changed
    stage: close
    title: Ask what changed
    say: What made the difference?
```
"""

from collections.abc import Iterator
from typing import get_args

from playbook_press.model import Library, Location, Playbook, Section
from playbook_press.rules import Found

SEVERITY = "error"
_SECTIONS = frozenset(section.replace("_", "-") for section in get_args(Section))


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each id that is taken."""
    taken: dict[str, Location] = {}
    for text in playbook.texts:
        if text.is_key or text.location[-1] != "id":
            continue
        section = str(text.location[0])
        if text.words in _SECTIONS:
            yield Found(
                text.location, f"the id `{text.words}` is the name of a section", "choose one that says more"
            )
        elif text.words in taken:
            first, index = taken[text.words][0], int(taken[text.words][1]) + 1
            yield Found(
                text.location,
                f"the id `{text.words}` is taken by entry {index} of `{first}`",
                f"choose another id for this entry of `{section}`",
            )
        else:
            taken[text.words] = text.location
