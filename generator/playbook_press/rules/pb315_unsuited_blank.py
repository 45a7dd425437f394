"""A worksheet asks a blank for what its type cannot give.

It checks choices, computed columns, and what figures, ranges, plots and coverage are made from.

## Why it matters

A choice without options cannot be filled in, and a sum of names stays empty whatever the reader writes.

## Bad

```yaml
title: The offers
summary: What each of them offers.
parts:
  - type: table
    id: offers
    title: Offers
    columns:
      - id: who
        label: Who offers it
        type: person
      - id: answer
        label: Their answer
        type: choice
  - type: figure
    id: total
    title: Total
    computed: sum
    part: offers
    of: [who]
```

## Good

```yaml
title: The offers
summary: What each of them offers.
parts:
  - type: table
    id: offers
    title: Offers
    columns:
      - id: price
        label: Their price
        type: money
      - id: answer
        label: Their answer
        type: choice
        options: ["yes", "no"]
  - type: figure
    id: total
    title: Total
    computed: sum
    part: offers
    of: [price]
```
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from playbook_press.model import (
    Blank,
    Column,
    Coverage,
    Library,
    Location,
    Operation,
    Plot,
    Range,
    Result,
    Table,
    Worksheet,
    WorksheetPart,
    blanks,
)
from playbook_press.rules import Found

SEVERITY = "error"
EVERYWHERE = True

_FIGURES = ("money", "number", "percent", "score", "text")
"""What may hold a figure: words may be one."""


class _Needed(NamedTuple):
    """What a blank is there for."""

    location: Location
    """Where it is named, in the part."""
    part: str
    """The part that it is in."""
    blank: str
    what_for: str
    types: Sequence[str]


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each blank that cannot be what it is there for."""
    if not isinstance(part, Worksheet):
        return
    by_part = {piece.id: {blank.id: blank for blank in blanks(piece)} for piece in part.parts}
    for index, piece in enumerate(part.parts):
        section = "columns" if isinstance(piece, Table) else "fields"
        for place, blank in enumerate(blanks(piece)):
            yield from _of_itself(blank, ("parts", index, section, place))
        if isinstance(piece, Table):
            yield from _too_late(piece.columns, ("parts", index, "columns"))
        for needed in _needs(piece):
            yield from _unsuited(needed, ("parts", index), by_part.get(needed.part, {}))


def _of_itself(blank: Blank, location: Location) -> Iterator[Found]:
    """What is missing from a blank whatever it is used for."""
    if blank.type == "choice" and not blank.options:
        yield Found((*location, "type"), "a choice with nothing to choose from", "add `options`")
    elif blank.options and blank.type != "choice":
        yield Found(
            (*location, "options"),
            f"the type `{blank.type}` has no options",
            "write `type: choice`, or leave the options out",
            is_key=True,
        )
    if not isinstance(blank, Column):
        return
    if blank.computed and not blank.of:
        yield Found(
            (*location, "computed"),
            f"a {blank.computed} of nothing",
            "name the columns that it comes from in `of`",
        )
    elif blank.of and not blank.computed:
        yield Found(
            (*location, "of"),
            "nothing is computed from these columns",
            "say how in `computed`, or leave `of` out",
            is_key=True,
        )


def _too_late(columns: Sequence[Column], location: Location) -> Iterator[Found]:
    """What a column is computed from, and is itself computed only then or later: a row is read from left to right."""
    places = {column.id: index for index, column in enumerate(columns) if column.computed}
    for index, column in enumerate(columns):
        for place, name in enumerate(column.of if column.computed else ()):
            if places.get(name, -1) >= index:
                yield Found(
                    (*location, index, "of", place),
                    f"`{name}` comes from itself"
                    if name == column.id
                    else f"`{name}` is computed after `{column.id}`",
                    "name columns that are filled in, or stand further to the left",
                )


def _needs(piece: WorksheetPart) -> Iterator[_Needed]:
    """What a part needs of the blanks that it names."""
    match piece:
        case Table():
            for index, column in enumerate(piece.columns):
                if column.computed:
                    yield from _computed(column.computed, column.of, piece.id, ("columns", index))
        case Result():
            yield from _computed(piece.computed, piece.of, piece.part, ())
        case Range():
            for end in ("floor", "target", "their_low", "their_high"):
                yield _Needed((end,), piece.part, getattr(piece, end), "be an end of a range", _FIGURES)
        case Plot():
            yield _Needed(("x",), piece.part, piece.x, "be the days of a plot", ("date",))
            for place, name in enumerate(piece.y):
                yield _Needed(("y", place), piece.part, name, "be a line of a plot", _FIGURES)
        case Coverage():
            yield _Needed(("column",), piece.part, piece.column, "be covered", ("choice",))


def _computed(operation: Operation, of: Sequence[str], part: str, location: Location) -> Iterator[_Needed]:
    if operation == "count":  # anything can be counted
        return
    types = ("choice",) if operation == "share" else _FIGURES
    for place, name in enumerate(of):
        yield _Needed((*location, "of", place), part, name, f"make a {operation}", types)


def _unsuited(needed: _Needed, beside: Location, known: Mapping[str, Blank]) -> Iterator[Found]:
    """Whether a blank has another type than it takes; one that is not there is told by PB313."""
    blank = known.get(needed.blank)
    if blank is None or blank.type in needed.types:
        return
    *others, last = (f"`{name}`" for name in needed.types)
    listed = f"{', '.join(others)} or {last}" if others else last
    yield Found(
        (*beside, *needed.location),
        f"`{blank.id}` is of the type `{blank.type}`: it cannot {needed.what_for}",
        f"name a blank of the type {listed}",
    )
