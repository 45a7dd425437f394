"""The lines that can be practised: those that answer something heard, in decks."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from playbook_press.gather import Placed, by_stage, placed
from playbook_press.model import Context, Library

ANYWHERE = Context(
    title="Any context",
    summary="Lines that fit wherever a conversation happens.",
    across="Anybody.",
)
"""What stands in for a context where lines name none."""


class Deck(NamedTuple):
    """Lines to practise together."""

    id: str
    context: Context
    ready: Sequence[Placed]
    """The lines that their authors ranked, the highest first."""
    others: Mapping[str, Sequence[Placed]]
    """The rest, by the id of their stage, in the order of the stages."""

    @property
    def lines(self) -> list[Placed]:
        """Every line, in the order in which they are met."""
        return [*self.ready, *(line for found in self.others.values() for line in found)]

    @property
    def ids(self) -> Mapping[str, Sequence[str]]:
        """The ids of its lines, by playbook."""
        keys = sorted((line.playbook_id, line.part.id) for line in self.lines)
        return {name: [key[1] for key in found] for name, found in groupby(keys, lambda key: key[0])}


@lru_cache(maxsize=1)  # the pages, the navigation and the Anki file all ask
def decks(library: Library) -> Sequence[Deck]:
    """A deck for every context that has lines to practise, and one for the lines that name no context."""
    lines = [item for item in placed(library, "scripts") if item.part.they_say or item.part.instead_of]
    made = [
        _deck(library, name, context, [item for item in lines if name in item.part.contexts])
        for name, context in library.contexts.items()
    ]
    anywhere = _deck(library, _unused(library), ANYWHERE, [item for item in lines if not item.part.contexts])
    return tuple(deck for deck in (*made, anywhere) if deck.lines)


def deck_of(line: Placed, among: Sequence[Deck]) -> Deck:
    """The deck that a line belongs to where it can be in one only: that of the first context it names."""
    first = next(iter(line.part.contexts), among[-1].id)
    return next(deck for deck in among if deck.id == first)


def slug(site_name: str) -> str:
    """The name of a handbook as the name of a file."""
    ascii_only = unicodedata.normalize("NFKD", site_name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-") or "handbook"


def _deck(library: Library, name: str, context: Context, lines: Sequence[Placed]) -> Deck:
    ranked = sorted((line for line in lines if line.part.sheet), key=lambda line: line.part.sheet)
    return Deck(name, context, ranked, by_stage(library, (line for line in lines if not line.part.sheet)))


def _unused(library: Library) -> str:
    """An id that no context has."""
    name = "anywhere"
    while name in library.contexts:
        name += "-else"
    return name
