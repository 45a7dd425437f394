"""The files of `vocabulary/`: what playbooks refer to."""

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticKnownError

from playbook_press.model.base import Id, Inline, Part, Section
from playbook_press.model.ids import ID_PATTERN

_MOST_NAMES = 2


def _not_index(name: str) -> str:
    """The page of all contexts is called so."""
    if name == "index":
        raise PydanticKnownError("string_pattern_mismatch", {"pattern": ID_PATTERN})
    return name


class Context(Part):
    """A place where conversations happen."""

    title: Inline = Field(examples=["Sales", "Inside the company"])
    """What the context is called."""
    summary: Inline = Field(
        examples=["A customer weighs your offer against others.", "A colleague needs your time."]
    )
    """The situation in a sentence."""
    across: Inline = Field(
        examples=["A buyer who answers for a budget.", "A colleague you will work with again."]
    )
    """Who sits across the table."""


class Stage(Part):
    """A part of a conversation, from preparing to following through."""

    title: Inline = Field(examples=["Open", "Follow through"])
    """What the stage is called."""
    summary: Inline = Field(
        examples=["Agree what the conversation is for.", "Do what was agreed, and look back."]
    )
    """What happens in it."""


class Kind(Part):
    """A kind of playbook, and the sections that it needs."""

    title: Inline = Field(examples=["Situation", "Skill"])
    """What the kind is called."""
    summary: Inline
    """What such a playbook does for its reader."""
    requires: dict[Section, Annotated[int, Field(ge=1)]] = Field(
        default_factory=dict, examples=[{"scripts": 6, "pitfalls": 3}, {"use_when": 2, "faq": 1}]
    )
    """The sections it needs, each with the fewest entries that make it useful."""


class Source(Part):
    """A work that the handbook rests on."""

    title: Inline
    """The title of the work."""
    authors: tuple[Inline, ...] = Field(
        (), examples=[["Roger Fisher", "William Ury"], ["Deepak Malhotra", "Max Bazerman"]]
    )
    """Who wrote it."""
    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    """When it came out."""
    published: Inline = Field("", examples=["Penguin", "A talk on 3 May 2025"])
    """Where it came out: the publisher, journal or site, and the day if there is one."""
    cite_as: Inline = Field("", examples=["Interview guide, 2025", "House rules, undated"])
    """How a claim names it, where surnames and year would not do."""
    contributes: Inline
    """What the handbook takes from it."""
    cited_by: tuple[Id, ...] = ()
    """Sources through which the handbook knows this one."""

    @property
    def short(self) -> str:
        """How a claim names it, such as "Fisher and Ury, 2011"."""
        if self.cite_as:
            return self.cite_as
        surnames = [author.rsplit(" ", 1)[-1] for author in self.authors]
        if len(surnames) > _MOST_NAMES:
            surnames = [f"{surnames[0]} and others"]
        who = " and ".join(surnames) or self.title
        return f"{who}, {self.year}" if self.year else who


class Term(Part):
    """A term of the field."""

    term: Inline = Field(examples=["anchor", "BATNA"])
    """The term as it is written in a sentence."""
    meaning: Inline
    """What it means, in a sentence or two."""
    also: tuple[Inline, ...] = Field(
        (), examples=[["first offer"], ["best alternative to a negotiated agreement"]]
    )
    """Other words for it: they are explained too where they occur."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


Synonyms = tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]+$")], ...]
"""Everyday words that mean nearly the same to somebody who searches."""

OPTIONAL_VOCABULARY = frozenset({"synonyms"})
"""The files of `vocabulary/` that a handbook can do without."""

VOCABULARY: Mapping[str, Any] = {
    "contexts": dict[Annotated[Id, AfterValidator(_not_index)], Context],
    "stages": dict[Id, Stage],
    "kinds": dict[Id, Kind],
    "sources": dict[Id, Source],
    "glossary": dict[Id, Term],
    "synonyms": tuple[Synonyms, ...],
}
"""What each file of `vocabulary/` holds."""
