"""What belongs on the cheat sheet of a context, the most useful first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from playbook_press.gather import Handout, Placed, handout
from playbook_press.model import (
    Checklist,
    Fillings,
    Library,
    Pitfall,
    Playbook,
    Purpose,
    Script,
    in_words,
)
from playbook_press.paper.formats import PaperError
from playbook_press.paper.ranking import (
    MOST_PITFALLS,
    MOST_STOPS,
    MOST_TICKS,
    MOST_UNITS,
    is_for_sheets,
    rank_of,
    usefulness,
)
from playbook_press.text import parse_block, parse_inline, pieces, plain

_BEFORE = "Before you go in"
_PITFALLS = "What goes wrong"
_CLOSING = "Before you say yes"


@dataclass(frozen=True)
class Unit:
    """Something on a sheet that stays in one piece."""

    kind: Literal["script", "tick", "pitfall"]
    section: str
    """The heading it stands under."""
    item: Any
    """What the template shows of it."""
    part: Script | Pitfall | str
    """What it shows: a part of a playbook, or the words of a checklist's item."""
    playbook: Playbook
    """Where the part is from."""
    at: str
    """Where the handbook has it."""

    @property
    def data(self) -> dict[str, Any]:
        """The unit for the template, which stands under its section's title if it has one."""
        return {"kind": self.kind, "item": self.item, "title": ""}


@dataclass(frozen=True)
class Sheet:
    """What could go on the sheet of a context."""

    context_id: str
    title: str
    units: tuple[Unit, ...]
    """In the order of the page."""
    order: tuple[int, ...]
    """The indices of the units, the most useful first."""
    total: int
    """How many lines the handbook holds for the context."""


def build_sheet(library: Library, context_id: str, fillings: Fillings | None = None) -> Sheet:
    """Gather what fits a context, and in which order it deserves room. PaperError if unknown."""
    require_context(library, context_id)
    found = handout(library, context_id)
    slots = fillings.slots if fillings else {}
    ranked: list[tuple[float, Unit]] = [
        *_ticks(library, found, slots, "prepare", _BEFORE),
        *_scripts(library, found, slots),
        *_pitfalls(library, found, slots),
        *_ticks(library, found, slots, "close", _CLOSING),
    ]
    # More than this never fits, and measuring it would only take time.
    best = sorted(range(len(ranked)), key=lambda index: ranked[index][0])[:MOST_UNITS]
    kept = sorted(best)
    units = tuple(ranked[index][1] for index in kept)
    order = tuple(kept.index(index) for index in best)
    return Sheet(context_id, library.contexts[context_id].title, units, order, found.lines)


def require_context(library: Library, context_id: str) -> None:
    """Raise PaperError where the handbook has no such context."""
    if context_id not in library.contexts:
        known = ", ".join(library.contexts)
        raise PaperError(f"there is no context `{context_id}`: the contexts are {known}")


def _ticks(
    library: Library, found: Handout, slots: Mapping[str, str], purpose: Purpose, section: str
) -> Iterator[tuple[float, Unit]]:
    """The items of the list that is ranked first, or else is made for fewest other contexts."""
    lists: list[Placed] = [item for item in found.checklists if item.part.purpose == purpose]
    if not lists:
        return
    chosen = min(lists, key=lambda item: usefulness(library, item.part.sheet, item.part.contexts))
    checklist: Checklist = chosen.part
    for words in checklist.items[:MOST_TICKS]:
        item = words_of(library, words, slots)
        yield 0, Unit("tick", section, item, words, chosen.playbook, chosen.page)


def _scripts(library: Library, found: Handout, slots: Mapping[str, str]) -> Iterator[tuple[float, Unit]]:
    """The scripts by stage; those without a rank come after those with one, the shortest first."""
    ranks = {
        id(item.part): rank_of(library, item.part)
        for scripts in found.scripts.values()
        for item in scripts
        if is_for_sheets(item.part)
    }
    with_stops = frozenset(sorted(ranks, key=ranks.__getitem__)[:MOST_STOPS])
    for stage_id, scripts in found.scripts.items():
        for item in scripts:
            if id(item.part) not in ranks:
                continue
            shown = _script_item(library, item.part, slots)
            if id(item.part) in with_stops:
                shown["stop"] = words_of(library, item.part.stop_when, slots)
            yield (
                ranks[id(item.part)],
                Unit("script", library.stages[stage_id].title, shown, item.part, item.playbook, item.page),
            )


def _script_item(library: Library, script: Script, slots: Mapping[str, str]) -> dict[str, Any]:
    return {
        "heard": words_of(library, script.they_say, slots),
        "title": "" if script.they_say else heading_of(library, script, slots),
        "said": said_in(library, script, slots),
        "stop": "",
    }


def said_in(library: Library, script: Script, slots: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is said, in pieces for a template: words, and blanks or what fills them."""
    return pieces(parse_block(script.say), partial(slot_label, library), slots)


def heading_of(library: Library, script: Script, slots: Mapping[str, str]) -> str:
    """What names a script that answers nothing."""
    if script.instead_of:
        return f"Instead of “{words_of(library, script.instead_of, slots)}”"
    return words_of(library, script.title or in_words(script.id), slots)


def _pitfalls(library: Library, found: Handout, slots: Mapping[str, str]) -> Iterator[tuple[float, Unit]]:
    ranked = sorted(
        (item for item in found.pitfalls if item.part.sheet is not None), key=lambda item: item.part.sheet
    )
    for item in ranked[:MOST_PITFALLS]:
        words = {
            "name": words_of(library, item.part.name, slots),
            "instead": words_of(library, item.part.instead, slots),
        }
        yield item.part.sheet, Unit("pitfall", _PITFALLS, words, item.part, item.playbook, item.page)


def words_of(library: Library, source: str, slots: Mapping[str, str]) -> str:
    """The words of a text; a slot is what fills it, or else its label in brackets."""
    return plain(parse_inline(source), lambda name: slots.get(name) or f"({slot_label(library, name)})")


def slot_label(library: Library, name: str) -> str:
    """What stands under a blank."""
    found = library.slots.get(name)
    label = found[1].label if found else in_words(name)
    return label if label[1:2].isupper() else f"{label[:1].lower()}{label[1:]}"
