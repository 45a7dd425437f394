"""Which ranked lines get no room on any sheet, worked out from what is known of each playbook.

Estimates say which lines fit. Only what seems to fit nowhere is measured (see `measuring`), so
Typst is started for hardly any handbook.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from playbook_press.model import Checklist, Library, Pitfall, Playbook, Script
from playbook_press.paper.columns import choose
from playbook_press.paper.estimates import SECTION, column_rooms, pitfall_room, script_room, tick_room
from playbook_press.paper.ranking import (
    MOST_PITFALLS,
    MOST_STOPS,
    MOST_TICKS,
    MOST_UNITS,
    PURPOSES,
    breadth,
    usefulness,
)

Section = Literal["scripts", "pitfalls", "checklists"]
_KEPT: Mapping[Section, Sequence[str]] = {
    "scripts": (
        *("id", "stage", "contexts", "they_say", "instead_of", "title", "say", "stop_when", "sheet"),
    ),
    "pitfalls": ("id", "name", "instead", "contexts", "sheet"),
    "checklists": ("id", "purpose", "contexts", "items", "sheet"),
}
"""The fields that decide what is printed on a sheet."""
NEVER_FITS = 2_000.0
"""No sheet has so tall a column, in points, however far an estimate is off."""
_MOST_RANKED, _MOST_ROOM = 500, 40_000.0
"""So many lines of one playbook fill every sheet, whatever else is ranked; and so do lines that take so much room
together, in points."""
_GENEROUS = 1.02
"""An estimate may be so far off: what would fit with so much more room is not worth starting Typst for."""


class Line(NamedTuple):
    """A ranked part of a playbook; or a list, which may be printed without a rank."""

    owner: str
    """The playbook, by its key."""
    section: Section
    position: int
    """Which of its section it is, from zero."""
    fields: Mapping[str, Any]
    rooms: Sequence[float]
    """About the room it takes, in points. Of a script, the second is for its stop signal; of a
    list, each is for an item."""

    @property
    def contexts(self) -> Sequence[str]:
        """The contexts that it names; without any, it fits all of them."""
        found: Sequence[str] = self.fields.get("contexts", ())
        return found

    @property
    def sheet(self) -> int:
        """Its rank, or zero."""
        return int(self.fields.get("sheet", 0))

    def fits(self, context_id: str) -> bool:
        """Whether it is about a context."""
        return not self.contexts or context_id in self.contexts

    @property
    def place(self) -> tuple[str, str, int]:
        """What tells it from all others."""
        return self.owner, self.section, self.position


class Ranked(NamedTuple):
    """What is ranked in a handbook."""

    lines: Sequence[Line]
    labels: Mapping[str, Mapping[str, str]]
    """The labels of the slots, by playbook and name."""


class Crowded(NamedTuple):
    """A ranked line that is on none of its sheets, since others are ranked better."""

    line: Line
    contexts: Sequence[str]
    """The contexts whose sheets it could be on."""
    rank: int = 0
    """The worst rank that would put it on the sheet of `context`; zero where none is known."""
    context: str = ""


class _Unit(NamedTuple):
    rank: float
    section: str
    room: float
    line: Line


def ranked_in(playbook: Playbook) -> list[Any]:
    """What of a playbook can be on a sheet because of its rank, as JSON: labels of slots, and lines."""
    records = [
        *(
            _record("scripts", index, script, script_room(playbook, script))
            for index, script in enumerate(playbook.scripts)
            if script.sheet is not None and script.channel == "spoken"
        ),
        *(
            _record("pitfalls", index, pitfall, [pitfall_room(playbook, pitfall)])
            for index, pitfall in enumerate(playbook.pitfalls)
            if pitfall.sheet is not None
        ),
        *(
            _record(
                "checklists",
                index,
                checklist,
                [tick_room(playbook, item) for item in checklist.items[:MOST_TICKS]],
            )
            for index, checklist in enumerate(playbook.checklists)
            if checklist.purpose in PURPOSES
        ),
    ]
    # What no column has room for is told by itself, and takes long to measure.
    lines = [record for record in records if max(record[-1], default=0) <= NEVER_FITS]
    best = sorted(range(len(lines)), key=lambda place: lines[place][2].get("sheet", _MOST_RANKED))
    rooms = accumulate(sum(lines[place][-1]) for place in best)
    most = min(_MOST_RANKED, sum(room <= _MOST_ROOM for room in rooms))
    if len(lines) > most:
        lines = [lines[place] for place in sorted(best[:most])]
    return [{name: slot.label for name, slot in playbook.slots.items()}, lines] if lines else []


def _record(
    section: Section, index: int, part: Script | Pitfall | Checklist, rooms: Sequence[float]
) -> list[Any]:
    fields = {name: value for name in _KEPT[section] if (value := getattr(part, name))}
    return [section, index, fields, [round(room, 1) for room in rooms]]


def crowded_out(records: Mapping[str, Any], library: Library) -> list[Crowded]:
    """The ranked lines that no sheet has room for; `records` holds what `ranked_in` says of each playbook."""
    lines = [Line(owner, *record) for owner, found in records.items() if found for record in found[1]]
    lists = [line for line in lines if line.section == "checklists"]
    # What names a stage that is not known, or no known context, is on no sheet for another reason.
    others = [
        line
        for line in lines
        if line.section == "pitfalls"
        or (line.section == "scripts" and line.fields["stage"] in library.stages)
    ]
    best = _best_lists(library, lists)
    printed = {line.place for found in best.values() for line in found}
    printed |= _printed(library, others, best)
    crowded = [
        Crowded(line, contexts)
        for line in (*lists, *others)
        if line.section != "pitfalls" and line.sheet and line.place not in printed
        if (contexts := [context_id for context_id in library.contexts if line.fits(context_id)])
    ]
    outranked = [found for found in crowded if found.line.section == "checklists"]
    doubtful = [found for found in crowded if found.line.section == "scripts"]
    if not doubtful:
        return outranked

    from playbook_press.paper.measuring import confirmed  # noqa: PLC0415 (it loads Typst)

    kept = [*others, *(line for line in lists if line.place in printed)]
    labels = {owner: found[0] for owner, found in records.items() if found}
    return [*outranked, *confirmed(library, Ranked(kept, labels), doubtful)]


def _best_lists(library: Library, lists: Sequence[Line]) -> dict[str, list[Line]]:
    """The lists that stand on the sheet of each context, in the order of their purposes."""
    best: dict[tuple[str, str], Line] = {}
    for line in lists:
        for context_id in line.contexts or [""]:
            place = context_id, line.fields["purpose"]
            if place not in best or _usefulness(library, line) < _usefulness(library, best[place]):
                best[place] = line
    return {
        context_id: [
            # What names the context comes before what fits every context.
            min(found, key=lambda line: _usefulness(library, line))
            for purpose in PURPOSES
            if (found := [best[place] for name in (context_id, "") if (place := (name, purpose)) in best])
        ]
        for context_id in library.contexts
    }


def _usefulness(library: Library, line: Line) -> tuple[int, int]:
    return usefulness(library, line.sheet, line.contexts)


def _printed(
    library: Library, lines: Sequence[Line], lists: Mapping[str, Sequence[Line]]
) -> set[tuple[str, str, int]]:
    """The places of the lines that some sheet has room for, as far as can be told without measuring."""
    printed: set[tuple[str, str, int]] = set()
    for context_id in library.contexts:
        fitting = [line for line in lines if line.fits(context_id)]
        if any(line.section == "scripts" and line.place not in printed for line in fitting):
            units = _units(library, fitting, lists[context_id])
            rooms = [room * _GENEROUS for room in column_rooms(library, context_id)]
            printed.update(units[index].line.place for index in _choose(units, rooms))
    return printed


def _choose(units: Sequence[_Unit], rooms: Sequence[float]) -> list[int]:
    order = sorted(range(len(units)), key=lambda index: units[index].rank)[:MOST_UNITS]
    heights, sections = [unit.room for unit in units], [unit.section for unit in units]
    return choose(order, heights, sections, dict.fromkeys(sections, SECTION), rooms)


def _units(library: Library, lines: Sequence[Line], lists: Sequence[Line]) -> list[_Unit]:
    """What is ranked for a context, in the order of the page."""
    # What names the context comes before what fits every context.
    lines = sorted(lines, key=lambda line: not line.contexts)
    stages = {stage_id: number for number, stage_id in enumerate(library.stages)}
    scripts = sorted(
        (line for line in lines if line.section == "scripts"), key=lambda line: stages[line.fields["stage"]]
    )
    ranks = [line.sheet + breadth(library, line.contexts) for line in scripts]
    with_stops = set(sorted(range(len(scripts)), key=ranks.__getitem__)[:MOST_STOPS])
    pitfalls = sorted((line for line in lines if line.section == "pitfalls"), key=lambda line: line.sheet)
    before, closing = (_ticks(lists, purpose) for purpose in PURPOSES)
    return [
        *before,
        *(
            _Unit(rank, f"scripts {line.fields['stage']}", sum(line.rooms[: 1 + (index in with_stops)]), line)
            for index, (rank, line) in enumerate(zip(ranks, scripts, strict=True))
        ),
        *(_Unit(line.sheet, "pitfalls", line.rooms[0], line) for line in pitfalls[:MOST_PITFALLS]),
        *closing,
    ]


def _ticks(lists: Sequence[Line], purpose: str) -> list[_Unit]:
    return [
        _Unit(0, f"checklists {purpose}", room, line)
        for line in lists
        if line.fields["purpose"] == purpose
        for room in line.rooms
    ]
