"""What stands on a pocket card, and what a card has room for: known without Typst."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import Any, Literal

from playbook_press.model import Library, Pitfall, Script, in_words
from playbook_press.paper.ranking import is_for_sheets
from playbook_press.paper.sheet import slot_label
from playbook_press.paper.words import SMALL, Word, as_pieces, most_lines, split
from playbook_press.text import SLOT, Node, parse_block, parse_inline

CARD = (88.9, 63.5)
"""A playing card, laid on its side, in millimetres."""
_POINT = 25.4 / 72
INSET = 5 / _POINT
HEAD, FOOT, GAP, PAUSE = 22.0, 14.0, 8.0, 12.0
"""The row above the text, the one below it in front, and what is left above a note and a rule, in points."""
WIDTH, _HEIGHT = (side / _POINT - 2 * INSET for side in CARD)
BACK = _HEIGHT - HEAD
FRONT = BACK - FOOT
"""What is left for the text on either side, in points."""
LEADING = 0.55
_TALLEST_LETTER = 0.76
"""The capitals of any font that may step in for a character, in ems, as is the room between lines."""
_SPACE_IN_BLANK = "i"
_BLANK = _SPACE_IN_BLANK * 7
"""At least as wide as a space, and as a blank beyond its label; no line ends in them."""

NOTE = 9.5
SIZES: Mapping[str, Sequence[float]] = {
    "heard": (18, 16, 15, 14, 13, 12, 11, 10, 9, SMALL),
    "named": (18, 16, 15, 14, 13, 12, 11, 10, 9, SMALL),
    "said": (15, 14, 13, 12, 11, 10, 9, SMALL),
    "note": (NOTE,),
}
"""By style, the sizes that a text can have, in points: it gets the first in which it fits."""
MOST_LETTERS = 2_000
"""More than a card holds of any letters; a field is measured no further."""
_MOST_LINES = int(BACK // SMALL) + 1
"""More than a card holds of lines that start where one is written to."""
_PITFALLS = "What goes wrong"
_LEADS = {"they_say": "They say", "instead_of": "Instead of", "title": "Your turn"}

Style = Literal["heard", "named", "said", "note"]


@dataclass(frozen=True)
class Text:
    """Words, and how they are set: what is `heard` in italics, what is `said` in bold."""

    style: Style
    words: tuple[Word, ...]

    @property
    def data(self) -> dict[str, Any]:
        """The text for the template, without its size."""
        return {"style": self.style, "pieces": as_pieces(self.words)}

    @property
    def key(self) -> str:
        """The same for texts that are printed alike."""
        return json.dumps(self.data, ensure_ascii=False)

    @property
    def room(self) -> float:
        """The height that a card has for it, in points."""
        return BACK if self.style == "said" else FRONT


@dataclass(frozen=True)
class Card:
    """What belongs on a card, however long it is."""

    section: str
    """The stage, or what the pitfalls stand under."""
    leads: tuple[str, str]
    """What stands above the text in front, and above the one behind."""
    front: Text
    back: Text
    notes: tuple[Text, ...]
    """What stands below the text behind where there is room, the most useful first."""


def make_card(
    library: Library, part: Script | Pitfall, label: Callable[[str], str], slots: Mapping[str, str]
) -> Card:
    """Make a card of a part; a slot is what fills it in `slots`, or else a blank with its label."""
    if isinstance(part, Pitfall):
        section, leads = _PITFALLS, ("Pitfall", "Instead")
        notes = {"Why it backfires": part.why}
    else:
        section, leads = library.stages[part.stage].title, (_LEADS[front_of(part)], "You say")
        notes = {"Stop": part.stop_when, "Why it works": part.because}
    return Card(
        section,
        leads,
        *front_and_back(part, label, slots),
        notes=tuple(
            Text("note", split((Node("text", f"{name}: "), *parse_inline(note)), label, slots, WIDTH))
            for name, note in notes.items()
            if note
        ),
    )


def front_and_back(
    part: Script | Pitfall, label: Callable[[str], str], slots: Mapping[str, str]
) -> tuple[Text, Text]:
    """The text on either side of a part's card."""
    field = front_of(part)
    front = parse_inline(getattr(part, field).strip() or in_words(part.id))
    style: Style = "named"
    if _is_quoted(field):
        style, front = "heard", (Node("text", "“"), *front, Node("text", "”"))
    back = parse_inline(part.instead) if isinstance(part, Pitfall) else parse_block(part.say)
    return Text(style, split(front, label, slots, WIDTH)), Text("said", split(back, label, slots, WIDTH))


def front_of(part: Script | Pitfall) -> str:
    """The field that stands in front."""
    if isinstance(part, Pitfall):
        return "name"
    return "they_say" if part.they_say else "instead_of" if part.instead_of else "title"


def _is_quoted(field: str) -> bool:
    return field in {"they_say", "instead_of"}


def overruns(library: Library, part: Script | Pitfall) -> dict[str, int]:
    """By field, how many characters too many there are for one card, in the smallest size and without notes.

    A field that fits is not named, so for nearly every part this is empty, and cheap to know: Typst
    is only started for a text whose letters, each as wide as in the widest style, could take too
    many lines. Nothing is lost in print: what is too long goes on on another card. What is never on
    a card, since it is sent in writing or is long and has no rank, overruns none.
    """
    if isinstance(part, Script) and not is_for_sheets(part):
        return {}
    fields = front_of(part), "instead" if isinstance(part, Pitfall) else "say"
    front, back = (getattr(part, field).strip() for field in fields)
    is_short = max(len(front), len(back)) <= MOST_LETTERS
    quoted = f"“{front}”" if _is_quoted(fields[0]) else front
    if is_short and _most_height(library, quoted) <= FRONT and _most_height(library, back) <= BACK:
        return {}

    from playbook_press.paper.cards import divide  # noqa: PLC0415 (it loads Typst)

    whole = {fields[0]: front, fields[1]: back}
    beyond = {field: max(0, len(text) - MOST_LETTERS) for field, text in whole.items()}
    cut = {field: text[:MOST_LETTERS] for field, text in whole.items()}
    texts = front_and_back(part.model_copy(update=cut), partial(slot_label, library), {})
    starts = [replace(text, words=_first_lines(text.words)) for text in texts]
    over = {
        field: sum(len(word.text) for word in text.words[cuts[0].most if cuts else 0 :]) + beyond[field]
        for field, text, cuts in zip(fields, texts, divide(starts), strict=True)
    }
    return {field: count for field, count in over.items() if count}


def _first_lines(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a text of many lines that could be on one card, and a few more: nothing else is measured."""
    starts = (index for index, word in enumerate(words) if word.starts_line)
    return tuple(words[: next(islice(starts, _MOST_LINES, None), len(words))])


def _most_height(library: Library, source: str) -> float:
    """At least as high as a text is in the smallest size, in points; what is markup only makes it higher."""

    def blank(name: str) -> str:
        found = library.slots.get(name)
        return _BLANK + (found[1].label if found else in_words(name)).replace(" ", _SPACE_IN_BLANK)

    text = SLOT.sub(lambda match: blank(match[1]), source) if "{" in source else source
    return most_lines(text, WIDTH / SMALL) * (_TALLEST_LETTER + LEADING) * SMALL
