"""A whole handbook."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from playbook_press.model.limits import Limits
from playbook_press.model.lines import Slot
from playbook_press.model.playbook import Playbook
from playbook_press.model.vocabulary import Context, Kind, Source, Stage, Synonyms, Term
from playbook_press.model.worksheet import Worksheet

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


@dataclass(frozen=True, eq=False)
class Library:
    """A whole handbook, each part by its id and in the order it is shown."""

    playbooks: Mapping[str, Playbook] = field(default_factory=dict)
    contexts: Mapping[str, Context] = field(default_factory=dict)
    stages: Mapping[str, Stage] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    worksheets: Mapping[str, Worksheet] = field(default_factory=dict)
    synonyms: tuple[Synonyms, ...] = ()
    limits: Limits = field(default_factory=Limits)
    """What the handbook asks of its playbooks."""
    unread: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By collection, the ids that exist but could not be read; `*` stands for all of them."""
    written: frozenset[str] | None = None
    """The addresses of the pages that are written by hand; None where nobody has looked."""

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
