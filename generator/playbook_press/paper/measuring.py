"""What only Typst knows for certain: whether a line has room on a sheet, and how much too long it is."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from playbook_press.model import Checklist, Library, Pitfall, Playbook, Script, Slot
from playbook_press.paper.crowding import Crowded, Line, Ranked
from playbook_press.paper.estimates import LINE, lines_said
from playbook_press.paper.formats import EITHER, PAPERS
from playbook_press.paper.printer import Options, Printer
from playbook_press.paper.ranking import rank_of
from playbook_press.paper.sheet import Sheet, build_sheet

_ADDRESS = "https://handbook.example/"
"""Takes as much room as any."""
_PARTS: Mapping[str, Callable[..., Script | Pitfall | Checklist]] = {
    "scripts": Script.model_construct,
    "pitfalls": Pitfall.model_construct,
    "checklists": Checklist.model_construct,
}


def confirmed(library: Library, ranked: Ranked, doubtful: Sequence[Crowded]) -> list[Crowded]:
    """Those scripts that are on no sheet indeed, on either paper, with the rank that would do."""
    parts = {line.place: _part(line) for line in ranked.lines}
    library = replace(library, playbooks=_playbooks(ranked, parts, library.stages))
    left = list(doubtful)
    measured: list[_Measured] = []
    for paper in PAPERS.values():
        printer = Printer(library, "", _ADDRESS, Options(paper))
        wanted = [name for name in library.contexts if any(name in found.contexts for found in left)]
        sheets = [build_sheet(library, name) for name in wanted]
        if sheets:
            printer.measure(sheets)
        measured += [_Measured(printer, sheet) for sheet in sheets]
        printed = {id(part) for sheet in measured for part in sheet.printed}
        left = [found for found in left if id(parts[found.line.place]) not in printed]
    found = []
    for crowded in left:
        part = parts[crowded.line.place]
        sheets_of = [sheet for sheet in measured if sheet.context_id in crowded.contexts]
        if not any(sheet.is_too_tall(part) for sheet in sheets_of):
            best = max(sheets_of, key=lambda sheet: sheet.rank_with_room(part))
            found.append(crowded._replace(rank=best.rank_with_room(part), context=best.context_id))
    return found


class _Measured:
    """A sheet of which it is known how high everything is, and so what is printed."""

    def __init__(self, printer: Printer, sheet: Sheet) -> None:
        self.context_id = sheet.context_id
        self._printer = printer
        self._indices = {id(unit.part): index for index, unit in enumerate(sheet.units)}
        self._heights = [printer.height(unit) for unit in sheet.units]
        self._sections = [unit.section for unit in sheet.units]
        self._ranks = [_rank(printer.library, unit.part) for unit in sheet.units]
        self._chosen = printer.choose(sheet)
        self.printed = [sheet.units[index].part for index in self._chosen]

    def is_too_tall(self, part: Script) -> bool:
        """Whether a script is taller than a column, so that no rank helps."""
        index = self._indices.get(id(part))
        return index is not None and self._heights[index] > self._printer.tallest()

    def rank_with_room(self, part: Script) -> int:
        """The worst rank that would put a script on the sheet that it is not on; zero where none is known."""
        index = self._indices.get(id(part))
        if index is None or part.sheet is None:
            return 0
        low, high = 0, part.sheet - 1
        while low < high:
            middle = (low + high + 1) // 2
            has_room = self._has_room(index, self._ranks[index] - part.sheet + middle)
            low, high = (middle, high) if has_room else (low, middle - 1)
        return low

    def _has_room(self, index: int, rank: float) -> bool:
        before = [other for other in self._chosen if (self._ranks[other], other) < (rank, index)]
        taken = sorted([*before, index])
        return self._printer.has_room(
            [self._heights[other] for other in taken], [self._sections[other] for other in taken]
        )


def _rank(library: Library, part: Script | Pitfall | str) -> float:
    if isinstance(part, str) or part.sheet is None:
        return 0
    return rank_of(library, part) if isinstance(part, Script) else part.sheet


def _part(line: Line) -> Any:
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in line.fields.items()}
    return _PARTS[line.section](**fields)


def _playbooks(
    ranked: Ranked, parts: Mapping[tuple[str, str, int], Any], stages: Collection[str]
) -> dict[str, Playbook]:
    """Playbooks with nothing in them but what is ranked."""
    found: dict[str, dict[str, list[Any]]] = {owner: defaultdict(list) for owner in ranked.labels}
    for line in ranked.lines:
        if line.section != "scripts" or line.fields["stage"] in stages:
            found[line.owner][line.section].append(parts[line.place])
    return {owner: _playbook(ranked.labels[owner], sections) for owner, sections in found.items()}


def _playbook(labels: Mapping[str, str], sections: Mapping[str, Sequence[Any]]) -> Playbook:
    return Playbook.model_construct(
        title="",
        kind="",
        summary="",
        slots={name: Slot.model_construct(label=label, example="") for name, label in labels.items()},
        scripts=tuple(sections.get("scripts", ())),
        pitfalls=tuple(sections.get("pitfalls", ())),
        checklists=tuple(sections.get("checklists", ())),
    )


def words_too_many(library: Library, playbook: Playbook, part: Script | Pitfall) -> int:
    """How many words too many a ranked part has for the tallest column of a sheet, on either paper."""
    fits = [name for name in library.contexts if not part.contexts or name in part.contexts]
    if not fits or (isinstance(part, Script) and part.stage not in library.stages):
        return 0
    section, said = ("scripts", part.say) if isinstance(part, Script) else ("pitfalls", part.instead)
    labels = {name: slot.label for name, slot in playbook.slots.items()}
    library = replace(library, playbooks={"": _playbook(labels, {section: [part]})})
    sheet = build_sheet(library, fits[0])
    printer = Printer(library, "", _ADDRESS, Options(EITHER))
    printer.measure([sheet])
    excess = printer.height(sheet.units[0]) - printer.tallest()
    if excess <= 0:
        return 0
    # A few lines more than it takes, as they are not all of one length.
    lines = ceil(excess / LINE) + 2
    words = len(said.split())
    return min(words, ceil(words * lines / lines_said(playbook, part)))
