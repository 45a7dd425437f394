"""Pocket cards to PDFs: a line or a pitfall a card, what they say in front and what you say behind."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from math import inf
from typing import Any, NamedTuple

from playbook_press.gather import handout
from playbook_press.model import Fillings, Library, Pitfall, Script
from playbook_press.paper.card import (
    CARD,
    FRONT,
    GAP,
    HEAD,
    INSET,
    LEADING,
    NOTE,
    PAUSE,
    SIZES,
    WIDTH,
    Card,
    Text,
    make_card,
)
from playbook_press.paper.formats import PAPERS, Paper
from playbook_press.paper.imprint import day_of, page_address, without_scheme
from playbook_press.paper.paths import CARDS
from playbook_press.paper.ranking import is_for_sheets, rank_of
from playbook_press.paper.sheet import require_context, slot_label
from playbook_press.paper.typesetting import compile_pdf, query
from playbook_press.paper.words import SMALL, as_pieces, shortened

COLUMNS, ROWS = 2, 4
A_PAGE = COLUMNS * ROWS
MOST_CARDS = 4 * A_PAGE
_MOST_PITFALLS = A_PAGE
_STILL_LARGE = 11
"""A note is left out before the text above it becomes smaller than this."""
_SECTION, _CONTEXT, _TITLE = 12, 14, 40
"""How wide the name of a section, of a context, and of the set or its source can be, in ems."""
_SETTINGS: dict[str, Any] = {
    "document": "Pocket cards",
    "handbook": "",
    "keywords": [],
    "small": SMALL,
    "leading": LEADING,
    "card": CARD,
    "columns": COLUMNS,
    "rows": ROWS,
    "inset": INSET,
    "head": HEAD,
    "front": FRONT,
    "gap": GAP,
    "pause": PAUSE,
}


class Cut(NamedTuple):
    """Where a text that is too long for a card goes on on the next, counted in words from its start."""

    end: int
    """Behind a sentence, if one ends late enough."""
    most: int
    """What would have had room."""


def best_cards(library: Library, context_id: str, slots: Mapping[str, str]) -> list[tuple[int, Card]]:
    """The best cards for a context in the order of its sheet, each with its rank. PaperError if unknown.

    Of the pitfalls, some come first and the others only where the scripts run out.
    """
    require_context(library, context_id)
    found = handout(library, context_id)
    scripts = [item.part for placed in found.scripts.values() for item in placed if is_for_sheets(item.part)]
    pitfalls = sorted((item.part for item in found.pitfalls), key=partial(rank_of, library))
    parts: list[Script | Pitfall] = [*scripts, *pitfalls]

    def rank(index: int) -> tuple[bool, bool, float]:
        is_spare = index >= len(scripts) + _MOST_PITFALLS
        return parts[index].sheet is None, is_spare, rank_of(library, parts[index])

    # Each takes a card at least, so there is no use for more.
    best = sorted(range(len(parts)), key=rank)[:MOST_CARDS]
    label = partial(slot_label, library)
    return [(best.index(index), make_card(library, parts[index], label, slots)) for index in sorted(best)]


class CardPrinter:
    """Prints the pocket cards of a handbook.

    A text takes the same room on every card, whatever the paper, so it is measured once. The same
    input gives the same bytes.
    """

    def __init__(
        self,
        library: Library,
        site_name: str,
        site_url: str,
        fillings: Fillings = Fillings(),  # noqa: B008 (it is frozen)
    ) -> None:
        self.library = library
        self._slots = fillings.slots
        self._handbook = site_name
        self._site_url = site_url.rstrip("/")
        self._cards: dict[str, list[tuple[int, Card]]] = {}
        self._heights: dict[str, dict[float, float]] = {}
        self._divided: dict[str, list[Text]] = {}

    def measure(self, context_ids: Iterable[str]) -> None:
        """Work out the room that everything on the cards of some contexts takes, in one go."""
        texts: dict[str, Text] = {}
        for context_id in context_ids:
            if context_id in self._cards:
                continue
            self._cards[context_id] = best_cards(self.library, context_id, self._slots)
            for _, card in self._cards[context_id]:
                texts |= {text.key: text for text in (card.front, card.back, *card.notes)}
        new = {key: text for key, text in texts.items() if key not in self._heights}
        if not new:
            return
        for (key, text), heights in zip(new.items(), _measure(list(new.values())), strict=True):
            self._heights[key] = dict(zip(SIZES[text.style], heights, strict=True))
        long = {
            key: text
            for key, text in new.items()
            if text.style != "note" and self._heights[key][SMALL] > text.room
        }
        if long:
            for (key, text), cuts in zip(long.items(), divide(list(long.values())), strict=True):
                starts = [0, *(cut.end for cut in cuts)]
                self._divided[key] = [
                    Text(text.style, text.words[start:end]) for start, end in pairwise(starts)
                ]

    def deck(self, context_id: str) -> list[dict[str, Any]]:
        """The cards of a context, in order, as the template takes them: the best that four sheets hold."""
        self.measure([context_id])
        cards = self._cards[context_id]
        decks = [self._pieces(card) for _, card in cards]
        taken: list[int] = []
        for index in sorted(range(len(cards)), key=lambda index: cards[index][0]):
            # One that fills more than all the paper is printed all the same, alone.
            if not taken or sum(len(decks[other]) for other in taken) + len(decks[index]) <= MOST_CARDS:
                taken.append(index)
        deck: list[dict[str, Any]] = []
        for index in sorted(taken):
            is_first = not deck or deck[-1]["section"] != decks[index][0]["section"]
            first, *others = decks[index]
            deck += [first | {"opens": is_first and bool(first["section"])}, *others]
        return deck

    def print(self, context_id: str, paper: Paper) -> bytes:
        """Print the cards of a context as a PDF. PaperError where Typst complains."""
        deck = self.deck(context_id)
        context = self.library.contexts[context_id].title
        title = f"{context}: pocket cards"
        address = without_scheme(page_address(self._site_url, f"contexts/{context_id}/"))
        source = " · ".join(filter(None, (self._handbook, address)))
        data = _SETTINGS | {
            "mode": "print",
            "width": paper.width,
            "height": paper.height,
            "document": title,
            "handbook": self._handbook,
            "keywords": ["pocket cards", context],
            "title": shortened(title, _TITLE),
            "context": shortened(context, _CONTEXT),
            "source": shortened(source, _TITLE),
            "cards": deck,
        }
        return compile_pdf("cards", data, day_of(self.library))

    def _pieces(self, card: Card) -> list[dict[str, Any]]:
        """A card as the pieces of cardboard that it takes: nearly always one."""
        fronts = self._divided.get(card.front.key, [card.front])
        backs = self._divided.get(card.back.key, [card.back])
        count = max(len(fronts), len(backs))
        pieces = []
        for number in range(count):
            # A side that needs fewer pieces is there again, rather than empty.
            front, back = fronts[min(number, len(fronts) - 1)], backs[min(number, len(backs) - 1)]
            notes = self._notes(back, card.notes) if count == 1 else ()
            room = self._room(back, notes)
            pieces.append(
                {
                    "section": shortened(card.section, _SECTION),
                    "part": f"{number + 1} of {count}" if count > 1 else "",
                    "opens": False,
                    "is-named": number == 0 and any(word.text.strip() for word in front.words),
                    "leads": card.leads,
                    "front": front.data | {"size": self._size(front, front.room)},
                    "back": back.data | {"size": self._size(back, room), "room": room},
                    "notes": [note.data | {"size": NOTE} for note in notes],
                }
            )
        return pieces

    def _notes(self, back: Text, notes: Sequence[Text]) -> Sequence[Text]:
        """The notes below a text that there is room for."""
        for count in range(len(notes), 0, -1):
            if self._size(back, self._room(back, notes[:count])) >= _STILL_LARGE:
                return notes[:count]
        return ()

    def _room(self, back: Text, notes: Sequence[Text]) -> float:
        """What notes below a text leave of its room."""
        heights = [self._heights[note.key][NOTE] for note in notes]
        return back.room - sum(height + GAP for height in heights) - (PAUSE if notes else 0)

    def _size(self, text: Text, room: float) -> float:
        """The first size in which a text fits; zero if there is none. A part of a text has the last."""
        heights = self._heights.get(text.key, {SMALL: 0.0})
        return next((size for size, height in heights.items() if height <= room), 0.0)


def print_cards(library: Library, site_name: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """The cards of every context on every paper, each with its path in the site."""
    printer = CardPrinter(library, site_name, site_url)
    printer.measure(library.contexts)
    for name, paper in PAPERS.items():
        for context_id in library.contexts:
            yield CARDS.format(context=context_id, paper=name), printer.print(context_id, paper)


def _measure(texts: Sequence[Text]) -> list[list[float]]:
    """The height of each text in each of its sizes, in points; infinite where a word is wider than the card."""
    items = []
    for text in texts:
        sizes = SIZES[text.style]
        wide = [as_pieces([word]) for word in text.words if word.width(sizes[0]) > WIDTH]
        items.append(text.data | {"sizes": sizes, "wide": wide})
    found = query("cards", _SETTINGS | {"mode": "measure", "texts": items}, "room")
    return [[inf if height is None else height for height in heights] for heights in found]


def divide(texts: Sequence[Text]) -> list[list[Cut]]:
    """Where each text is cut, in the smallest size: once, at its end, where it fits on a card."""
    items = [
        {
            "style": text.style,
            "room": text.room,
            "words": [as_pieces([word]) for word in text.words],
            "starts": [word.starts_line for word in text.words],
            "pauses": [word.ends_sentence for word in text.words],
        }
        for text in texts
    ]
    cuts = query("cards", _SETTINGS | {"mode": "divide", "texts": items}, "cuts")
    return [[Cut(**cut) for cut in found] for found in cuts]
