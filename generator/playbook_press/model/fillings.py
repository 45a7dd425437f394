"""What a person has filled in, to be printed on her own sheets."""

from pydantic import Field

from playbook_press.model.base import Id, Inline, Part


class WalkAway(Part):
    """The three lines at the top of a cheat sheet."""

    target: Inline = Field("", examples=["£62,000 and two days at home", "A new date this month"])
    """What you hope for."""
    limit: Inline = Field("", examples=["£56,000", "No later than Friday"])
    """Where you stop."""
    alternative: Inline = Field("", examples=["Stay where I am", "Ask the other supplier"])
    """What you will do without a deal."""


class Answers(Part):
    """What is filled in on a worksheet."""

    fields: dict[Id, dict[Id, Inline]] = Field(default_factory=dict)
    """By form, the text in each field."""
    rows: dict[Id, tuple[dict[Id, Inline], ...]] = Field(default_factory=dict)
    """By table, its rows; each holds the text in a column by the column's id."""


class Fillings(Part):
    """A file of fillings: what goes into the blanks of sheets and worksheets."""

    walk_away: WalkAway = WalkAway()
    """The lines at the top of a cheat sheet."""
    slots: dict[Id, Inline] = Field(
        default_factory=dict, examples=[{"my-figure": "£62,000"}, {"day": "Friday", "name": "Robin"}]
    )
    """By slot, the words that take its place in every script."""
    worksheets: dict[Id, Answers] = Field(default_factory=dict)
    """By worksheet, what is filled in on it."""
