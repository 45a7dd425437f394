"""A worksheet and its parts: one definition for the page, the printed blank and the export."""

from typing import Annotated, Literal

from pydantic import Field

from playbook_press.model.base import Block, Id, Inline, Part

CellType = Literal["text", "long", "money", "number", "percent", "date", "person", "score", "choice"]
Operation = Literal["sum", "difference", "product", "mean", "count", "share"]


class Blank(Part):
    """Something to fill in: a field of a form, or a column of a table."""

    id: Id
    """Names it within its form or table."""
    label: Inline = Field(examples=["What you need", "Their last offer"])
    """What belongs in it."""
    type: CellType = "text"
    """What kind of thing goes in; a `score` is a whole number from 1 to 5."""
    hint: Inline = Field("", examples=["A figure with its unit.", "The words they used, as you heard them."])
    """What helps to fill it in."""
    options: tuple[Inline, ...] = Field((), examples=[["yes", "no"], ["high", "middle", "low"]])
    """What there is to choose from, where the type is `choice`."""


class Entry(Blank):
    """A field of a form."""

    slot: Id | None = Field(None, examples=["my-figure", "their-name"])
    """The slot that it fills: what is written here stands in every script, and the other way round."""


class Column(Blank):
    """A column of a table; one that is computed is not filled in."""

    computed: Operation | None = None
    """How its figure comes from others of the same row."""
    of: tuple[Id, ...] = ()
    """The columns that its figure comes from, in order."""


class Form(Part):
    """Single things to fill in."""

    type: Literal["form"]
    """`form`"""
    id: Id
    """Names the part within the worksheet."""
    title: Inline
    """What the part is for."""
    intro: Inline = ""
    """What to know before filling it in."""
    fields: Annotated[tuple[Entry, ...], Field(min_length=1)]
    """What there is to fill in."""


class Table(Part):
    """A table that grows."""

    type: Literal["table"]
    """`table`"""
    id: Id
    """Names the part within the worksheet."""
    title: Inline
    """What the part is for."""
    intro: Inline = ""
    """What to know before filling it in."""
    columns: Annotated[tuple[Column, ...], Field(min_length=2)]
    """The columns, from left to right."""
    rows: Annotated[int, Field(ge=1, le=30)] = 5
    """How many empty rows a printed blank has."""
    starters: tuple[Inline, ...] = Field((), examples=[["Price", "Date", "Quality"], ["Monday", "Tuesday"]])
    """What the first column of the first rows holds to begin with."""


class Result(Part):
    """A figure that is computed from a column of a table, or from fields of a form."""

    type: Literal["figure"]
    """`figure`"""
    id: Id
    """Names the part within the worksheet."""
    title: Inline
    """What the figure is."""
    intro: Inline = ""
    """How to read it."""
    computed: Operation
    """How it comes about; `share` is the share of rows whose choice is the first option."""
    part: Id
    """The form or the table that it comes from."""
    of: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The fields, or the one column, that it comes from."""


class Range(Part):
    """A drawn range: your floor and target, their range, and the overlap."""

    type: Literal["range"]
    """`range`"""
    id: Id
    """Names the part within the worksheet."""
    title: Inline
    """What the range is of."""
    intro: Inline = ""
    """How to read it."""
    part: Id
    """The form that the figures come from."""
    floor: Id
    """The field with the least you accept."""
    target: Id
    """The field with what you aim for."""
    their_low: Id
    """The field with the lower end of their range, as far as you know."""
    their_high: Id
    """The field with the upper end of their range, as far as you know."""


class Plot(Part):
    """A line that is drawn through the rows of a table."""

    type: Literal["plot"]
    """`plot`"""
    id: Id
    """Names the part within the worksheet."""
    title: Inline
    """What is drawn."""
    intro: Inline = ""
    """How to read it."""
    part: Id
    """The table that it comes from."""
    x: Id
    """The column of dates."""
    y: Annotated[tuple[Id, ...], Field(min_length=1)]
    """The columns of figures, a line each."""


class Coverage(Part):
    """Which of a list of things a table's column names, and which are still missing."""

    type: Literal["coverage"]
    """`coverage`"""
    id: Id
    """Names the part within the worksheet."""
    title: Inline
    """What should be covered."""
    intro: Inline = ""
    """How to read it."""
    part: Id
    """The table that it comes from."""
    column: Id
    """The column, of the type `choice`, whose options should all be there."""


class Ticks(Part):
    """Things to tick off."""

    type: Literal["ticks"]
    """`ticks`"""
    id: Id
    """Names the part within the worksheet."""
    title: Inline
    """What the list is for."""
    intro: Inline = ""
    """What to know before ticking."""
    items: Annotated[tuple[Inline, ...], Field(min_length=1)]
    """One thing to tick each."""


WorksheetPart = Annotated[
    Form | Table | Result | Range | Plot | Coverage | Ticks, Field(discriminator="type")
]


class Filling(Part):
    """What a worksheet looks like once it is filled in."""

    note: Inline = ""
    """Where the example comes from; the page says so when it is made up."""
    illustration: bool = True
    """False where the example is a source's own."""
    fields: dict[Id, dict[Id, Inline]] = Field(default_factory=dict)
    """By form, the text in each field."""
    rows: dict[Id, tuple[dict[Id, Inline], ...]] = Field(default_factory=dict)
    """By table, its rows; each holds the text in a column by the column's id."""


class Worksheet(Part):
    """A sheet to fill in."""

    title: Inline = Field(examples=["Red lines", "Look back at a conversation"])
    """What the worksheet is called."""
    summary: Inline
    """What it is for, in a sentence or two."""
    use: Block = ""
    """How to use it."""
    contexts: tuple[Id, ...] = ()
    """Where it is used: ids of `vocabulary/contexts.yml`. Without any, it fits every context."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""
    parts: Annotated[tuple[WorksheetPart, ...], Field(min_length=1)]
    """What there is to fill in, from top to bottom."""
    example: Filling | None = None
    """The worksheet filled in."""


def blanks(part: WorksheetPart) -> tuple[Blank, ...]:
    """What there is to fill in, in a part of a worksheet."""
    if isinstance(part, Form):
        return part.fields
    return part.columns if isinstance(part, Table) else ()
