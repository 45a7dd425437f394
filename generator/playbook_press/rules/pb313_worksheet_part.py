"""A worksheet refers to a part or a blank that it does not have.

It checks what figures, ranges, plots and coverage are made from, what computed columns are made of, and what the
example fills in.

## Why it matters

A range that is drawn from a field with another name stays empty, whatever the reader fills in.

## Bad

```yaml
title: The walk-away
summary: What you do if there is no deal.
parts:
  - type: form
    id: pay
    title: Pay
    fields:
      - id: floor
        label: The least you accept
        type: money
  - type: figure
    id: total
    title: Total
    computed: sum
    part: pay
    of: [flor]
```

## Good

```yaml
title: The walk-away
summary: What you do if there is no deal.
parts:
  - type: form
    id: pay
    title: Pay
    fields:
      - id: floor
        label: The least you accept
        type: money
  - type: figure
    id: total
    title: Total
    computed: sum
    part: pay
    of: [floor]
```
"""

from collections.abc import Iterator, Mapping

from playbook_press.model import (
    Coverage,
    Filling,
    Form,
    Library,
    Location,
    Plot,
    Range,
    Result,
    Table,
    Worksheet,
    WorksheetPart,
    blanks,
    texts,
)
from playbook_press.near_names import did_you_mean
from playbook_press.rules import Found

SEVERITY = "error"
EVERYWHERE = True


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each reference that leads nowhere."""
    if not isinstance(part, Worksheet):
        return
    to_fill = {
        piece.id: frozenset(blank.id for blank in blanks(piece))
        for piece in part.parts
        if isinstance(piece, (Form, Table))
    }
    for index, piece in enumerate(part.parts):
        for location, part_id, blank_id in _references(piece):
            yield from _check(to_fill, ("parts", index, *location), part_id, blank_id)
    if part.example:
        for location, part_id, blank_id in _filled(part.example):
            yield from _check(to_fill, ("example", *location), part_id, blank_id)


# Where a part names blanks of the part that it is made from.
_NAMING = {
    Result: ("of",),
    Range: ("floor", "target", "their_low", "their_high"),
    Plot: ("x", "y"),
    Coverage: ("column",),
}


def _references(piece: WorksheetPart) -> Iterator[tuple[Location, str, str]]:
    """Where a part refers to a blank, with the part that should have it."""
    if isinstance(piece, Table):
        for index, column in enumerate(piece.columns):
            for place, name in enumerate(column.of):
                yield ("columns", index, "of", place), piece.id, name
    elif isinstance(piece, (Result, Range, Plot, Coverage)):
        for text in texts(piece):
            if text.field in _NAMING[type(piece)]:
                yield text.location, piece.part, text.words


def _filled(example: Filling) -> Iterator[tuple[Location, str, str]]:
    for part_id, fields in example.fields.items():
        for name in fields:
            yield ("fields", part_id, name), part_id, name
    for part_id, rows in example.rows.items():
        for index, row in enumerate(rows):
            for name in row:
                yield ("rows", part_id, index, name), part_id, name


def _check(
    to_fill: Mapping[str, frozenset[str]], location: Location, part_id: str, blank_id: str
) -> Iterator[Found]:
    if part_id not in to_fill:
        # The part is named once, above the blanks that are looked for in it.
        in_example = location[0] == "example"
        yield Found(
            location[:3] if in_example else (*location[:2], "part"),
            f"there is no part `{part_id}` to fill in",
            did_you_mean(part_id, to_fill, "there are"),
            is_key=in_example,
        )
    elif blank_id not in to_fill[part_id]:
        yield Found(
            location,
            f"the part `{part_id}` has no blank `{blank_id}`",
            did_you_mean(blank_id, sorted(to_fill[part_id]), "it has"),
            is_key=location[0] == "example",
        )
