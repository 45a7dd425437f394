"""What a handbook is made of: one frozen class for each thing an author writes.

The JSON Schema, the field reference and the shape errors all come from these classes, so the text
under a field is what a contributor reads. Nothing here reads a file.

Text fields are plain strings in the handbook's dialect of Markdown (see `text`). `Inline` is one
paragraph, `Block` may hold several and lists.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import date
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
_MOST_NAMES = 2
DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
Inline = Annotated[str, StringConstraints(max_length=2_000)]
Block = Annotated[str, StringConstraints(max_length=20_000)]


def _calendar_date(value: object) -> date:
    """YAML 1.2 has no dates, so they arrive as text."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.match(DATE_PATTERN, value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    kind = "calendar_date"
    raise PydanticCustomError(kind, "not a date of the form YYYY-MM-DD")


CalendarDate = Annotated[
    date,
    BeforeValidator(_calendar_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DATE_PATTERN}),
]

Channel = Literal["spoken", "written"]
Purpose = Literal["prepare", "do", "avoid", "close", "review"]
Status = Literal["draft", "reviewed", "superseded"]
SlotType = Literal["text", "money", "date", "number", "person"]
Speaker = Literal["they", "you"]
Section = Literal[
    "use_when",
    "avoid_when",
    "definition",
    "stages",
    "contexts",
    "scripts",
    "dialogues",
    "flows",
    "signals",
    "moves",
    "pitfalls",
    "checklists",
    "examples",
    "ethics",
    "faq",
    "worksheets",
    "related",
    "sources",
]


class Part(BaseModel):
    """The base of everything an author writes: frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)


class Kin(Part):
    """A neighbouring idea, and how it relates to this one."""

    name: Inline
    """What the neighbouring idea is called."""
    how: Inline
    """What the two share, or where they part."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Definition(Part):
    """What the playbook is about, what it is like, and what it is not."""

    what: Block
    """What it is, in a paragraph or two."""
    kin: tuple[Kin, ...] = ()
    """Ideas that it belongs with."""
    unlike: tuple[Kin, ...] = ()
    """Ideas that it is easily taken for."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class StageNotes(Part):
    """How one stage of the conversation goes in this playbook."""

    goal: Inline
    """What is reached when the stage is over."""
    principle: Inline = ""
    """Why the stage works."""
    steps: tuple[Inline, ...] = ()
    """What to do, in order."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class ContextNotes(Part):
    """How the playbook changes in one context."""

    across: Inline
    """Who sits across the table."""
    goal: Inline
    """What a good outcome is here."""
    changes: Block
    """What to do differently here."""
    culture: Block = ""
    """What to mind where people, ranks or cultures differ."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Slot(Part):
    """A blank in a script, written `{name}`: the reader fills it once, every script shows it."""

    label: Inline
    """What belongs in the blank, in a few words."""
    example: Inline
    """A filling that makes the sentence read well."""
    type: SlotType = "text"
    """What kind of thing goes in."""


class Script(Part):
    """A line to say: the atom of the handbook."""

    id: Id
    """Names the script within its playbook, and is its address on the page."""
    stage: Id
    """When it is said: an id of `vocabulary/stages.yml`."""
    contexts: tuple[Id, ...] = ()
    """Where it is said: ids of `vocabulary/contexts.yml`. Without any, it fits every context."""
    title: Inline = ""
    """A short name, where it neither answers nor replaces a line."""
    they_say: Inline = ""
    """What the other side says, as you would hear it, without quotation marks."""
    instead_of: Inline = ""
    """The blunter line that this one replaces, without quotation marks."""
    say: Block
    """What you say, without quotation marks. Blanks are `{slots}`."""
    because: Inline = ""
    """Why it works."""
    stop_when: Inline = ""
    """The sign to stop, and what to do then."""
    channel: Channel = "spoken"
    """Whether it is said aloud or sent in writing."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""
    sheet: Annotated[int, Field(ge=1, le=99)] | None = None
    """Its rank on the cheat sheets of its contexts: 1 is printed first."""

    @property
    def heading(self) -> str:
        """What names the script on a page: what is heard, else what it replaces, else its title."""
        return self.they_say or self.instead_of or self.title or in_words(self.id)


class Turn(Part):
    """One turn of a dialogue."""

    who: Speaker
    """Who speaks: `they` or `you`."""
    says: Inline
    """What is said, without quotation marks."""


class Dialogue(Part):
    """A short conversation of two voices."""

    id: Id
    """Names the dialogue within its playbook."""
    title: Inline
    """What the conversation is about."""
    context: Id
    """Where it happens: an id of `vocabulary/contexts.yml`."""
    they: Inline = ""
    """What to call the other side, such as "Client". Without it: "They"."""
    you: Inline = ""
    """What to call your side, such as "Seller". Without it: "You"."""
    turns: Annotated[tuple[Turn, ...], Field(min_length=2)]
    """What is said, in order."""
    note: Inline = ""
    """What to notice in it."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class FlowStep(Part):
    """One step of a flow."""

    name: Inline
    """The step in a word or two."""
    do: Inline
    """What to do."""
    say: tuple[Inline, ...] = ()
    """Lines that do it, without quotation marks."""


class Flow(Part):
    """Steps to take in order, each with its lines."""

    id: Id
    """Names the flow within its playbook."""
    title: Inline
    """What the flow is for."""
    intro: Inline = ""
    """What to know before the first step."""
    steps: Annotated[tuple[FlowStep, ...], Field(min_length=2)]
    """The steps, in order."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Signal(Part):
    """Something the other side does or says, and what it may mean."""

    id: Id
    """Names the signal within its playbook."""
    name: Inline
    """The signal in a few words."""
    they_say: tuple[Inline, ...] = ()
    """How it sounds, as you would hear it, without quotation marks."""
    means: Inline
    """What it may mean."""
    respond: Inline
    """What to do about it."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Move(Part):
    """A step that can be taken when its moment comes."""

    id: Id
    """Names the move within its playbook."""
    title: Inline
    """The move in a few words."""
    stage: Id | None = None
    """When it is made: an id of `vocabulary/stages.yml`."""
    when: Inline
    """The moment for it."""
    do: Inline
    """What to do."""
    say: Inline = ""
    """A line that does it, without quotation marks."""
    stop_when: Inline = ""
    """The sign to adjust or to stop."""
    risk: Inline = ""
    """What can go wrong."""
    safeguard: Inline = ""
    """What keeps it from going wrong."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Pitfall(Part):
    """A mistake that is easily made, and the better way."""

    id: Id
    """Names the pitfall within its playbook."""
    name: Inline
    """The mistake in a few words."""
    why: Inline
    """Why it backfires."""
    instead: Inline
    """What to do instead."""
    contexts: tuple[Id, ...] = ()
    """Where it happens: ids of `vocabulary/contexts.yml`. Without any, it fits every context."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""
    sheet: Annotated[int, Field(ge=1, le=99)] | None = None
    """Its rank on the cheat sheets of its contexts: 1 is printed first."""


class Checklist(Part):
    """Things to tick off."""

    id: Id
    """Names the checklist within its playbook."""
    title: Inline
    """What the list is for."""
    purpose: Purpose
    """When it is used: to `prepare`, to `do`, to `avoid`, to `close` or to `review`."""
    contexts: tuple[Id, ...] = ()
    """Where it is used: ids of `vocabulary/contexts.yml`. Without any, it fits every context."""
    intro: Inline = ""
    """What to know before ticking."""
    items: Annotated[tuple[Inline, ...], Field(min_length=1)]
    """One thing to tick each."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Figure(Part):
    """A number of an example."""

    label: Inline
    """What the number is."""
    value: Inline
    """The number with its unit, in quotation marks."""


class Example(Part):
    """A case, from what was at stake to how it ended."""

    id: Id
    """Names the example within its playbook."""
    title: Inline
    """What the case is about."""
    context: Id
    """Where it happened: an id of `vocabulary/contexts.yml`."""
    illustration: bool = False
    """True where the case is made up to show the idea: the page then says so."""
    situation: Inline
    """What was at stake."""
    move: Inline
    """What was done."""
    reaction: Inline = ""
    """How the other side took it."""
    resolution: Inline
    """How it ended."""
    safeguard: Inline = ""
    """What kept the outcome safe."""
    steps: tuple[FlowStep, ...] = ()
    """The case step by step, where it is told at length."""
    figures: tuple[Figure, ...] = ()
    """The numbers of the case."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class EthicsNote(Part):
    """What is owed to the other side."""

    title: Inline
    """The note in a few words."""
    text: Block
    """What it asks of you."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Question(Part):
    """A question that readers ask, with its answer."""

    question: Inline
    """The question as a reader would ask it."""
    answer: Block
    """The answer."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Planned(Part):
    """A related subject that the handbook does not cover yet."""

    title: Inline
    """The subject."""
    note: Inline
    """How it relates to this playbook."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Playbook(Part):
    """One way of negotiating, whole: when it fits, what to do, and what to say."""

    title: Annotated[Inline, Field(min_length=1)]
    """What the playbook is called."""
    kind: Id
    """An id of `vocabulary/kinds.yml`, which lists the sections that this kind needs."""
    summary: Inline
    """What the reader gets from it, in a sentence or two."""
    status: Status = "draft"
    """How far it has come: a `draft`, `reviewed`, or `superseded` by another."""
    owners: tuple[Inline, ...] = ()
    """Who answers for it."""
    reviewed: CalendarDate | None = None
    """When it was last read through, as YYYY-MM-DD."""
    sources: tuple[Id, ...] = ()
    """What it is made from: ids of `vocabulary/sources.yml`."""
    use_when: tuple[Inline, ...] = ()
    """Signs that it fits, each a sentence."""
    avoid_when: tuple[Inline, ...] = ()
    """Signs that it does not fit, each a sentence."""
    definition: Definition | None = None
    """What it is, its kin, and what it is not."""
    stages: dict[Id, StageNotes] = {}
    """How each stage goes: by id of `vocabulary/stages.yml`."""
    contexts: dict[Id, ContextNotes] = {}
    """How it changes from place to place: by id of `vocabulary/contexts.yml`."""
    slots: dict[Id, Slot] = {}
    """The blanks of its scripts, by name."""
    scripts: tuple[Script, ...] = ()
    """Lines to say."""
    dialogues: tuple[Dialogue, ...] = ()
    """Short conversations that show it at work."""
    flows: tuple[Flow, ...] = ()
    """Steps to take in order, each with its lines."""
    signals: tuple[Signal, ...] = ()
    """What the other side may do or say, and what it means."""
    moves: tuple[Move, ...] = ()
    """Steps to take when their moment comes."""
    pitfalls: tuple[Pitfall, ...] = ()
    """Mistakes that are easily made, and the better way."""
    checklists: tuple[Checklist, ...] = ()
    """Things to tick off."""
    examples: tuple[Example, ...] = ()
    """Cases, from what was at stake to how they ended."""
    ethics: tuple[EthicsNote, ...] = ()
    """What is owed to the other side."""
    faq: tuple[Question, ...] = ()
    """Questions that readers ask."""
    worksheets: tuple[Id, ...] = ()
    """Worksheets that belong with it: file names in `worksheets/`, without `.yml`."""
    related: tuple[Id, ...] = ()
    """Playbooks to read next: their file names, without `.yml`."""
    planned: tuple[Planned, ...] = ()
    """Related subjects that nobody has written yet."""

    @cached_property
    def texts(self) -> "tuple[Text, ...]":
        """Every string of the playbook, with its location."""
        return tuple(texts(self))


class Context(Part):
    """A place where conversations happen."""

    title: Inline
    """What the context is called."""
    summary: Inline
    """The situation in a sentence."""
    across: Inline
    """Who sits across the table."""


class Stage(Part):
    """A part of a conversation, from preparing to following through."""

    title: Inline
    """What the stage is called."""
    summary: Inline
    """What happens in it."""


class Kind(Part):
    """A kind of playbook, and the sections that it needs."""

    title: Inline
    """What the kind is called."""
    summary: Inline
    """What such a playbook does for its reader."""
    requires: dict[Section, Annotated[int, Field(ge=1)]]
    """The sections it needs, each with the fewest entries that make it useful."""


class Source(Part):
    """A work that the handbook rests on."""

    title: Inline
    """The title of the work."""
    authors: tuple[Inline, ...] = ()
    """Who wrote it."""
    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    """When it came out."""
    published: Inline = ""
    """Where it came out: the publisher, journal or site, and the day if there is one."""
    cite_as: Inline = ""
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

    term: Inline
    """The term as it is written in a sentence."""
    meaning: Inline
    """What it means, in a sentence or two."""
    also: tuple[Inline, ...] = ()
    """Other words for it: they are explained too where they occur."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Worksheet(Part):
    """A sheet to fill in."""

    title: Inline
    """What the worksheet is called."""
    summary: Inline
    """What it is for."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


@dataclass(frozen=True)
class Library:
    """A whole handbook, each part by its id and in the order it is shown."""

    playbooks: Mapping[str, Playbook] = dataclass_field(default_factory=dict)
    contexts: Mapping[str, Context] = dataclass_field(default_factory=dict)
    stages: Mapping[str, Stage] = dataclass_field(default_factory=dict)
    kinds: Mapping[str, Kind] = dataclass_field(default_factory=dict)
    sources: Mapping[str, Source] = dataclass_field(default_factory=dict)
    glossary: Mapping[str, Term] = dataclass_field(default_factory=dict)
    worksheets: Mapping[str, Worksheet] = dataclass_field(default_factory=dict)
    unread: Mapping[str, frozenset[str]] = dataclass_field(default_factory=dict)
    """By collection, the ids that exist but could not be read; `*` stands for all of them."""

    def knows(self, collection: str, name: str) -> bool:
        """Whether an id exists, as far as could be read."""
        unread = self.unread.get(collection, frozenset())
        return name in getattr(self, collection) or name in unread or "*" in unread

    @cached_property
    def slots(self) -> Mapping[str, tuple[str, Slot]]:
        """Every slot by name, with the id of the first playbook that declares it."""
        found: dict[str, tuple[str, Slot]] = {}
        for playbook_id, playbook in self.playbooks.items():
            for name, slot in playbook.slots.items():
                found.setdefault(name, (playbook_id, slot))
        return found


Location = tuple[str | int, ...]
"""Where a value stands in its file: keys and 0-based indices, such as `("scripts", 2, "say")`."""


def in_words(identifier: str) -> str:
    """An id as a phrase: "ask-for-time" is "Ask for time"."""
    return identifier.replace("-", " ").replace("_", " ").capitalize()


REFERENCES: Mapping[str, str] = {
    "context": "contexts",
    "contexts": "contexts",
    "stage": "stages",
    "stages": "stages",
    "kind": "kinds",
    "sources": "sources",
    "cited_by": "sources",
    "worksheets": "worksheets",
    "related": "playbooks",
}
"""The fields that hold ids, and the collection that each id is looked up in."""


class Text(NamedTuple):
    """A string of the model: where it stands, and whether it is a key rather than a value."""

    location: Location
    words: str
    is_key: bool = False

    @property
    def field(self) -> str:
        """The name of the field that holds it."""
        for step in reversed(self.location[:-1] if self.is_key else self.location):
            if isinstance(step, str):
                return step
        return ""


def texts(part: Any, location: Location = ()) -> Iterator[Text]:
    """Every string under a part, keys that an author chose included, in the order of the fields."""
    if isinstance(part, str):
        yield Text(location, part)
    elif isinstance(part, BaseModel):
        fields = type(part).model_fields
        for name, value in part.__dict__.items():
            if value and name in fields:
                yield from texts(value, (*location, name))
    elif isinstance(part, dict):
        for key, value in part.items():
            yield Text((*location, key), key, is_key=True)
            yield from texts(value, (*location, key))
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            yield from texts(value, (*location, index))


VOCABULARY: Mapping[str, Any] = {
    "contexts": dict[Id, Context],
    "stages": dict[Id, Stage],
    "kinds": dict[Id, Kind],
    "sources": dict[Id, Source],
    "glossary": dict[Id, Term],
}
"""What each file of `vocabulary/` holds."""


def fields_at(model: Any, location: Location) -> Mapping[str, FieldInfo]:
    """The fields that a mapping may have, by its location; none where its keys are free."""
    for step in location:
        model = _bare(model)
        if isinstance(model, type) and issubclass(model, BaseModel):
            if step not in model.model_fields:
                return {}
            model = model.model_fields[str(step)].annotation
        else:  # tuple[item, ...] or dict[key, value]
            model = get_args(model)[isinstance(step, str)]
    model = _bare(model)
    return model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}


def _bare(annotation: Any) -> Any:
    """A type without `Annotated` and without `None`."""
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        annotation = next(part for part in get_args(annotation) if part is not NoneType)
    return annotation
