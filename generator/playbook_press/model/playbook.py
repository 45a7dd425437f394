"""A playbook and its parts."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from playbook_press.model.base import (
    Block,
    CalendarDate,
    Id,
    Inline,
    Part,
    Purpose,
    Rank,
    Status,
    Text,
    texts,
)
from playbook_press.model.lines import Dialogue, Flow, FlowStep, Script, Signal, Slot
from playbook_press.text import slots_in


class Kin(Part):
    """A neighbouring idea, and how it relates to this one."""

    name: Inline = Field(examples=["Mediation", "Haggling"])
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
    steps: tuple[Inline, ...] = Field((), examples=[["Say why you are here."], ["Ask what they need."]])
    """What to do, in order."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class ContextNotes(Part):
    """How the playbook changes in one context."""

    across: Inline = Field(examples=["A buyer and her manager.", "A colleague from another team."])
    """Who sits across the table."""
    goal: Inline
    """What a good outcome is here."""
    changes: Block
    """What to do differently here."""
    culture: Block = ""
    """What to mind where people, ranks or cultures differ."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Move(Part):
    """A step that can be taken when its moment comes."""

    id: Id
    """Names the move within its playbook."""
    title: Inline = Field(examples=["Offer two packages", "Ask for a break"])
    """The move in a few words."""
    stage: Id | None = None
    """When it is made: an id of `vocabulary/stages.yml`."""
    when: Inline = Field(examples=["They have said what matters to them.", "Voices get louder."])
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
    name: Inline = Field(examples=["Splitting the difference", "Answering at once"])
    """The mistake in a few words."""
    why: Inline = Field(examples=["It rewards whoever began further out.", "You promise too much."])
    """Why it backfires."""
    instead: Inline = Field(examples=["Ask what the figure rests on.", "Name the day of your answer."])
    """What to do instead."""
    contexts: tuple[Id, ...] = ()
    """Where it happens: ids of `vocabulary/contexts.yml`. Without any, it fits every context."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""
    sheet: Rank | None = None
    """Its rank on the cheat sheets of its contexts: 1 is printed first."""


class Checklist(Part):
    """Things to tick off."""

    id: Id
    """Names the checklist within its playbook."""
    title: Inline = Field(examples=["Before the call", "When you have agreed"])
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
    sheet: Rank | None = None
    """Its rank on the cheat sheets of its contexts, among the lists of its purpose: 1 is printed."""


class Figure(Part):
    """A number of an example."""

    label: Inline
    """What the number is."""
    value: Inline = Field(examples=["£900 a month", "12 weeks"])
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

    title: Inline = Field(examples=["Say nothing false", "Leave them a way out"])
    """The note in a few words."""
    text: Block
    """What it asks of you."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Question(Part):
    """A question that readers ask, with its answer."""

    question: Inline = Field(examples=["Who names a figure first?", "What if they never answer?"])
    """The question as a reader would ask it."""
    answer: Block
    """The answer."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Planned(Part):
    """A related subject that the handbook does not cover yet."""

    title: Inline = Field(examples=["Talking in writing", "Talking through an interpreter"])
    """The subject."""
    note: Inline
    """How it relates to this playbook."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""


class Playbook(Part):
    """One way of negotiating, whole: when it fits, what to do, and what to say."""

    title: Annotated[Inline, Field(min_length=1, examples=["Asking for time", "Answering a complaint"])]
    """What the playbook is called."""
    kind: Id
    """An id of `vocabulary/kinds.yml`, which lists the sections that this kind needs."""
    summary: Inline = Field(examples=["How to win a day before you answer.", "Answers to a cross client."])
    """What the reader gets from it, in a sentence or two."""
    status: Status = "draft"
    """How far it has come: a `draft`, `reviewed`, or `superseded` by another."""
    owners: tuple[Inline, ...] = Field((), examples=[["Robin Example"], ["The customer team", "Sam Example"]])
    """Who answers for it."""
    reviewed: CalendarDate | None = Field(None, examples=["2026-02-05", "2026-11-22"])
    """When it was last read through, as YYYY-MM-DD."""
    sources: tuple[Id, ...] = ()
    """What it is made from: ids of `vocabulary/sources.yml`."""
    use_when: tuple[Inline, ...] = Field((), examples=[["They want an answer today."], ["They wrote twice."]])
    """Signs that it fits, each a sentence."""
    avoid_when: tuple[Inline, ...] = Field((), examples=[["The law sets the date."], ["They are in danger."]])
    """Signs that it does not fit, each a sentence."""
    definition: Definition | None = None
    """What it is, its kin, and what it is not."""
    stages: dict[Id, StageNotes] = Field(default_factory=dict)
    """How each stage goes: by id of `vocabulary/stages.yml`."""
    contexts: dict[Id, ContextNotes] = Field(default_factory=dict)
    """How it changes from place to place: by id of `vocabulary/contexts.yml`."""
    slots: dict[Id, Slot] = Field(default_factory=dict)
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
    def texts(self) -> list[Text]:
        """Every string of the playbook, with its location."""
        return texts(self)

    @cached_property
    def wording(self) -> str:
        """All of its strings as one, a line each: what is not in it need not be looked for in each."""
        return "\n".join([text.words for text in self.texts])

    @cached_property
    def said(self) -> list[Text]:
        """Every line that it tells its reader to say, with its location."""
        found = [
            Text(("scripts", index, "say"), script.say, "say") for index, script in enumerate(self.scripts)
        ]
        found += [
            Text(("dialogues", index, "turns", place, "says"), turn.says, "says")
            for index, dialogue in enumerate(self.dialogues)
            for place, turn in enumerate(dialogue.turns)
            if turn.who == "you"
        ]
        found += [
            Text((section, index, "steps", place, "say", number), words, "say")
            for section in ("flows", "examples")
            for index, part in enumerate(getattr(self, section))
            for place, step in enumerate(part.steps)
            for number, words in enumerate(step.say)
        ]
        return found + [
            Text(("moves", index, "say"), move.say, "say")
            for index, move in enumerate(self.moves)
            if move.say
        ]

    @cached_property
    def used_slots(self) -> list[tuple[Text, str]]:
        """The name of every slot that stands in a text, with the text."""
        return [(text, name) for text in self.texts if "{" in text.words for name in slots_in(text.words)]
