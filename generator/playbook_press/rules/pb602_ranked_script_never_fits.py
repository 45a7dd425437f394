"""A line has a rank, and is on no sheet.

It checks what has a `sheet`: a script or pitfall that is taller than a column, a script that is sent in writing or that
lines with better ranks leave no room for, and a list that no sheet takes.

## Why it matters

A rank promises a place on the cheat sheets of the line's contexts. Whoever takes the paper into the room counts on it.

## Bad

```yaml
scripts:
  - id: confirm-in-writing
    stage: close
    title: Confirm in writing
    say: To sum up, we agreed on two years at the price of today.
    channel: written
    sheet: 1
```

## Good

```yaml
scripts:
  - id: sum-up
    stage: close
    title: Sum up
    say: To sum up, we agree on two years at the price of today.
    sheet: 1
```
"""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import Any

from playbook_press.model import Library, Pitfall, Playbook, Script
from playbook_press.paper.crowding import NEVER_FITS, Crowded, crowded_out, ranked_in
from playbook_press.paper.estimates import SURELY_FITS, pitfall_room, script_room
from playbook_press.paper.ranking import PURPOSES
from playbook_press.rules import Facts, Found

SEVERITY = "warning"
WHOLE = True

_MOST_NAMED = 3
_MOST_MEASURED = 20_000.0
"""How much room what is measured takes together, in points, since that takes time. What is mended makes room for the
rest."""


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each rank that is of no use, whatever else the handbook holds."""
    ranked: list[tuple[Script | Pitfall, tuple[str, int, str]]] = []
    for index, script in enumerate(playbook.scripts):
        if script.sheet is not None and script.channel == "written":
            yield _found(
                ("scripts", index, "sheet"),
                f"`{script.id}` is sent in writing, and a sheet only holds what is said",
                "delete its `sheet`, or its `channel` if it is said aloud",
            )
        elif script.sheet is not None:
            ranked.append((script, ("scripts", index, "say")))
    ranked += [
        (pitfall, ("pitfalls", index, "instead"))
        for index, pitfall in enumerate(playbook.pitfalls)
        if pitfall.sheet is not None
    ]
    left = _MOST_MEASURED
    for part, location in ranked:
        room = _room(playbook, part)
        if SURELY_FITS < room <= NEVER_FITS:
            left -= room
        if room > NEVER_FITS or (room > SURELY_FITS and left >= 0):
            yield from _too_tall(library, playbook, part, location)
    for index, checklist in enumerate(playbook.checklists):
        if checklist.sheet is not None and checklist.purpose not in PURPOSES:
            yield _found(
                ("checklists", index, "sheet"),
                f"`{checklist.id}` has the purpose `{checklist.purpose}`, and no sheet holds such a list",
                f"delete its `sheet`: only lists to {' or to '.join(f'`{name}`' for name in PURPOSES)} are printed",
            )


def _too_tall(
    library: Library, playbook: Playbook, part: Script | Pitfall, location: tuple[str, int, str]
) -> Iterator[Found]:
    from playbook_press.paper.measuring import words_too_many  # noqa: PLC0415 (it loads Typst)

    room = _room(playbook, part)
    said = part.say if isinstance(part, Script) else part.instead
    if room > NEVER_FITS:  # to measure it would take long and tell little
        words = ceil(len(said.split()) * (1 - SURELY_FITS / room))
    else:
        words = words_too_many(library, playbook, part)
    if words:
        yield _found(
            location,
            f"`{part.id}` has a rank, and is taller than a column of a sheet",
            f"shorten it by {words} words or more, or delete its `sheet`",
        )


def _room(playbook: Playbook, part: Script | Pitfall) -> float:
    return sum(script_room(playbook, part)) if isinstance(part, Script) else pitfall_room(playbook, part)


def facts(playbook: Playbook) -> list[Any]:
    """What is ranked."""
    return ranked_in(playbook)


def compare(ranked: Facts, library: Library) -> Iterator[tuple[str, Found]]:
    """Yield each rank that others leave no room for."""
    for crowded in crowded_out(ranked, library):
        line = crowded.line
        location = (line.section, line.position, "sheet")
        yield (
            line.owner,
            _found(location, *(_list_words if line.section == "checklists" else _words)(crowded)),
        )


def _words(crowded: Crowded) -> tuple[str, str]:
    line = crowded.line
    better = "delete its `sheet`: the handbook has it anyway"
    if crowded.rank:
        better = (
            f"rank it {crowded.rank} or better, which puts it on that of `{crowded.context}`, or {better}"
        )
    else:
        better = f"rank it better, or {better}"
    fill = f"lines with better ranks fill {_sheets(crowded.contexts)}"
    return f"the rank {line.sheet} puts `{line.fields['id']}` on no sheet: {fill}", better


def _list_words(crowded: Crowded) -> tuple[str, str]:
    fields = crowded.line.fields
    first = f"other lists to {fields['purpose']} come first on {_sheets(crowded.contexts)}"
    return (
        f"the rank {fields['sheet']} puts `{fields['id']}` on no sheet: {first}",
        "delete its `sheet`, or rank it better: a sheet holds one list of each purpose",
    )


def _sheets(contexts: Sequence[str]) -> str:
    if len(contexts) == 1:
        return f"the sheet of `{contexts[0]}`"
    if len(contexts) > _MOST_NAMED:
        return f"the sheets of its {len(contexts)} contexts"
    return f"the sheets of {' and '.join(f'`{context_id}`' for context_id in contexts)}"


def _found(location: tuple[str, int, str], message: str, help_: str) -> Found:
    return Found(location, message, help_, needs=location[:2])
