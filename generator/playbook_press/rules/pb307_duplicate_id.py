"""Two parts of a playbook or of a worksheet have the same id.

It checks the ids of scripts, dialogues, flows, signals, moves, pitfalls, checklists and examples together, and that none is the name of a section; and those of the parts of a worksheet, and of the blanks of each.

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

from collections.abc import Iterator, Sequence
from typing import get_args

from playbook_press.model import Form, Library, Location, Playbook, Section, Worksheet, blanks
from playbook_press.rules import Found

SEVERITY = "error"
EVERYWHERE = True
_SECTIONS = frozenset(section.replace("_", "-") for section in get_args(Section))


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each id that is taken."""
    if isinstance(part, Playbook):
        yield from _in_playbook(part)
    elif isinstance(part, Worksheet):
        yield from _in_worksheet(part)


def _in_playbook(playbook: Playbook) -> Iterator[Found]:
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


def _in_worksheet(worksheet: Worksheet) -> Iterator[Found]:
    yield from _again([(("parts", index), piece.id) for index, piece in enumerate(worksheet.parts)])
    for index, piece in enumerate(worksheet.parts):
        section = "fields" if isinstance(piece, Form) else "columns"
        yield from _again(
            [(("parts", index, section, place), blank.id) for place, blank in enumerate(blanks(piece))]
        )


def _again(ids: Sequence[tuple[Location, str]]) -> Iterator[Found]:
    """Yield each id that an entry of the same list has already."""
    taken: dict[str, int] = {}
    for location, name in ids:
        *_, section, index = location
        if name in taken:
            yield Found(
                (*location, "id"),
                f"the id `{name}` is taken by entry {taken[name]} of `{section}`",
                "choose another id for this entry",
            )
        else:
            taken[name] = int(index) + 1
