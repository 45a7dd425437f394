"""What is said: lines, conversations, and steps with their lines."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import Field

from playbook_press.model.base import Block, Channel, Id, Inline, Part, Rank, SlotType, Speaker
from playbook_press.model.ids import in_words
from playbook_press.text import parse_inline, plain


class Slot(Part):
    """A blank in a script, written `{name}`: the reader fills it once, every script shows it."""

    label: Inline = Field(examples=["Your figure", "The day you answer"])
    """What belongs in the blank, in a few words."""
    example: Inline = Field(examples=["£62,000", "Friday"])
    """A filling that makes the sentence read well."""
    type: SlotType = "text"
    """What kind of thing goes in."""


def shown_for(name: str, slots: Mapping[str, Slot]) -> tuple[str, str]:
    """The label and the example of a slot; of one that is not declared, its name in words."""
    slot = slots.get(name)
    return (slot.label, slot.example) if slot else (in_words(name), in_words(name))


def plain_words(source: str, slots: Mapping[str, Slot] = MappingProxyType({})) -> str:
    """The words of one paragraph alone, with the examples of its slots."""
    return plain(parse_inline(source), lambda name: shown_for(name, slots)[1])


class Script(Part):
    """A line to say: the atom of the handbook."""

    id: Id = Field(examples=["ask-why", "offer-two-dates"])
    """Names the script within its playbook, and is its address on the page."""
    stage: Id
    """When it is said: an id of `vocabulary/stages.yml`."""
    contexts: tuple[Id, ...] = ()
    """Where it is said: ids of `vocabulary/contexts.yml`. Without any, it fits every context."""
    title: Inline = Field("", examples=["Ask why", "Offer two dates"])
    """A short name, where it neither answers nor replaces a line."""
    they_say: Inline = Field("", examples=["Your price is too high.", "I need an answer today."])
    """What the other side says, as you would hear it, without quotation marks."""
    instead_of: Inline = Field("", examples=["That is our price.", "You never reply."])
    """The blunter line that this one replaces, without quotation marks."""
    say: Block = Field(examples=["Compared with what?", "You will hear from me by {day}."])
    """What you say, without quotation marks. Blanks are `{slots}`."""
    because: Inline = Field("", examples=["A reason can be met where a figure cannot.", "It asks for facts."])
    """Why it works."""
    stop_when: Inline = Field("", examples=["They say no twice: let it go.", "They shout: offer a break."])
    """The sign to stop, and what to do then."""
    channel: Channel = "spoken"
    """Whether it is said aloud or sent in writing."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""
    sheet: Rank | None = None
    """Its rank on the cheat sheets of its contexts: 1 is printed first."""

    @property
    def heading(self) -> str:
        """What names the script on a page: what is heard, else what it replaces, else its title."""
        return self.they_say or self.instead_of or self.title or in_words(self.id)


class Turn(Part):
    """One turn of a dialogue."""

    who: Speaker
    """Who speaks: `they` or `you`."""
    says: Inline = Field(examples=["Your price is high.", "Compared with what?"])
    """What is said, without quotation marks."""


class Dialogue(Part):
    """A short conversation of two voices."""

    id: Id
    """Names the dialogue within its playbook."""
    title: Inline = Field(examples=["The price", "The late delivery"])
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

    name: Inline = Field(examples=["Stop", "Start again"])
    """The step in a word or two."""
    do: Inline
    """What to do."""
    say: tuple[Inline, ...] = ()
    """Lines that do it, without quotation marks."""


class Flow(Part):
    """Steps to take in order, each with its lines."""

    id: Id
    """Names the flow within its playbook."""
    title: Inline = Field(examples=["When it gets loud", "Before you sign"])
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
    name: Inline = Field(examples=["They fall silent", "They repeat the figure"])
    """The signal in a few words."""
    they_say: tuple[Inline, ...] = ()
    """How it sounds, as you would hear it, without quotation marks."""
    means: Inline = Field(examples=["They are doing sums.", "They have no other argument."])
    """What it may mean."""
    respond: Inline
    """What to do about it."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""
