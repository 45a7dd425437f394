"""A `Library` to cheat sheets: what belongs on the sheet of a context, and its PDF."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import typst

from playbook_press.gather import Handout, Placed, handout
from playbook_press.model import Checklist, Library, Purpose, Script, in_words
from playbook_press.text import parse_block, parse_inline, pieces, plain

Paper = Literal["a4", "us-letter"]
PAPERS: Mapping[str, Paper] = {"a4": "a4", "letter": "us-letter"}

BLANKS = ("My target", "My limit", "If no deal, I")
_BEFORE = "Before you go in"
_PITFALLS = "What goes wrong"
_CLOSING = "Before you say yes"
_COLUMNS = 3
_MOST_TICKS = 6
_MOST_UNITS = 120
_MOST_PITFALLS = 9
_LONGEST_SAY = 34
_BODY_SIZE = 9.2


class SheetError(Exception):
    """A sheet cannot be made; the message is one line for a person."""


@dataclass(frozen=True)
class Unit:
    """Something on a sheet that stays in one piece."""

    kind: Literal["script", "tick", "pitfall"]
    section: str
    """The heading it stands under."""
    item: Any
    """What the template shows of it."""
    at: str = ""
    """Where the handbook has it."""


@dataclass(frozen=True)
class Sheet:
    """What could go on the sheet of a context."""

    context_id: str
    title: str
    units: Sequence[Unit]
    """In the order of the page."""
    order: Sequence[int]
    """The indices of the units, the most useful first."""
    total: int
    """How many lines the handbook holds for the context."""


def build_sheet(library: Library, context_id: str) -> Sheet:
    """Gather what fits a context, and in which order it deserves room. SheetError if unknown."""
    if context_id not in library.contexts:
        known = ", ".join(library.contexts)
        raise SheetError(f"there is no context `{context_id}`: the contexts are {known}")
    found = handout(library, context_id)
    ranked: list[tuple[float, Unit]] = [
        *_ticks(library, found, "prepare", _BEFORE),
        *_scripts(library, found),
        *_pitfalls(library, found),
        *_ticks(library, found, "close", _CLOSING),
    ]
    # More than this never fits, and measuring it would only take time.
    best = sorted(range(len(ranked)), key=lambda index: ranked[index][0])[:_MOST_UNITS]
    kept = sorted(best)
    units = [ranked[index][1] for index in kept]
    order = [kept.index(index) for index in best]
    return Sheet(context_id, library.contexts[context_id].title, units, order, found.lines)


def _ticks(library: Library, found: Handout, purpose: Purpose, section: str) -> Iterator[tuple[float, Unit]]:
    """The items of the list that is ranked first, or else is made for fewest other contexts."""
    lists: list[Placed] = [item for item in found.checklists if item.part.purpose == purpose]
    if not lists:
        return

    def usefulness(item: Placed) -> tuple[int, int]:
        return item.part.sheet or 100, len(item.part.contexts) or len(library.contexts)

    chosen: Checklist = min(lists, key=usefulness).part
    for words in chosen.items[:_MOST_TICKS]:
        yield 0, Unit("tick", section, _plain(library, words))


def _scripts(library: Library, found: Handout) -> Iterator[tuple[float, Unit]]:
    """The scripts by stage; those without a rank come after those with one, the shortest first."""
    for stage_id, scripts in found.scripts.items():
        for item in scripts:
            script: Script = item.part
            words = len(script.say.split())
            if script.channel == "written" or (script.sheet is None and words > _LONGEST_SAY):
                continue
            # What names the context says more to it than what fits every context.
            rank = (script.sheet if script.sheet is not None else 100 + words) + 0.5 * (
                len(script.contexts) or len(library.contexts)
            ) / len(library.contexts)
            unit = Unit("script", library.stages[stage_id].title, _script_item(library, script), item.page)
            yield rank, unit


def _script_item(library: Library, script: Script) -> dict[str, Any]:
    heard = script.they_say
    return {
        "heard": _plain(library, heard) if heard else "",
        "title": "" if heard else _heading(library, script),
        "said": pieces(parse_block(script.say), lambda name: _slot_label(library, name)),
    }


def _heading(library: Library, script: Script) -> str:
    if script.instead_of:
        return f"Instead of “{_plain(library, script.instead_of)}”"
    return _plain(library, script.title or in_words(script.id))


def _pitfalls(library: Library, found: Handout) -> Iterator[tuple[float, Unit]]:
    ranked = sorted(
        (item for item in found.pitfalls if item.part.sheet is not None), key=lambda item: item.part.sheet
    )
    for item in ranked[:_MOST_PITFALLS]:
        words = {"name": _plain(library, item.part.name), "instead": _plain(library, item.part.instead)}
        yield item.part.sheet, Unit("pitfall", _PITFALLS, words, item.page)


def _plain(library: Library, source: str) -> str:
    return plain(parse_inline(source), lambda name: f"({_slot_label(library, name)})")


def _slot_label(library: Library, name: str) -> str:
    found = library.slots.get(name)
    return (found[1].label if found else in_words(name)).lower()


@dataclass(frozen=True)
class Options:
    """How a sheet is printed."""

    paper: Paper = "a4"
    sides: Literal[1, 2] = 2


class Printer:
    """Prints the sheets of a handbook on one kind of paper.

    A unit takes the same room on every sheet, so it is measured once. The same input gives the
    same bytes: nothing depends on the clock.
    """

    def __init__(self, library: Library, site_name: str, site_url: str, options: Options) -> None:
        self.library = library
        self.options = options
        self._site_url = site_url.rstrip("/")
        self._settings = {
            "handbook": site_name,
            "paper": options.paper,
            "size": _BODY_SIZE,
            "blanks": BLANKS,
            "more": "All {n} lines for this context, and why each works:",
            "sources": f"Made from {_cited(library)}.",
        }
        self._heights: dict[str, float] = {}
        self._room: dict[str, float] = {}

    def measure(self, sheets: Sequence[Sheet]) -> None:
        """Work out the room that everything on some sheets takes, in one go."""
        units = {_key(unit): asdict(unit) for sheet in sheets for unit in sheet.units}
        new = [key for key in units if key not in self._heights]
        if not new:
            return
        data = self._data(sheets[0]) | {"mode": "measure", "units": [units[key] for key in new]}
        found = typst.query(
            _TEMPLATE, "<room>", field="value", one=True, font_paths=_fonts(), sys_inputs=_inputs(data)
        )
        room = json.loads(found)
        self._heights |= zip(new, room.pop("units"), strict=True)
        self._room = room

    def lay_out(self, sheet: Sheet) -> list[list[list[Unit]]]:
        """Choose what goes on a sheet, by side and column."""
        self.measure([sheet])
        rooms = self._rooms(self.options.sides)
        heights = [self._heights[_key(unit)] for unit in sheet.units]
        sections = [unit.section for unit in sheet.units]
        taken: list[int] = []
        for index in sheet.order:
            trial = sorted([*taken, index])
            if fill(trial, heights, sections, self._room["title"], rooms):
                taken = trial
        columns = _evenly(taken, heights, sections, self._room["title"], rooms)
        placed = [[sheet.units[index] for index in column] for column in columns]
        return [placed[start : start + _COLUMNS] for start in range(0, len(placed), _COLUMNS)]

    def print(self, sheet: Sheet) -> bytes:
        """Print a sheet as a PDF. SheetError where Typst complains."""
        sides: list[list[list[dict[str, Any]]]] = []
        section = ""
        for side in self.lay_out(sheet):
            sides.append([])
            for column in side:
                sides[-1].append([])
                for unit in column:
                    sides[-1][-1].append(
                        asdict(unit) | {"title": unit.section if unit.section != section else ""}
                    )
                    section = unit.section
        return _compile(self._data(sheet) | {"mode": "print", "sides": sides}, _timestamp(self.library))

    def _data(self, sheet: Sheet) -> dict[str, Any]:
        address = f"{self._site_url}/contexts/{sheet.context_id}/"
        return self._settings | {
            "document": f"{sheet.title}: cheat sheet",
            "title": sheet.title,
            "keywords": ["cheat sheet", sheet.title],
            "total": sheet.total,
            "address": address.removeprefix("https://").removeprefix("http://"),
            "qr": _qr(address),
        }

    def _rooms(self, sides: int) -> list[float]:
        """The height of each column, in points, in the order in which they are filled."""
        room = self._room
        heights = [room["side"]] * sides
        heights[0] -= room["top"]
        heights[-1] -= room["bottom"]
        return [height for height in heights for _ in range(_COLUMNS)]


def print_sheets(library: Library, site_name: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Every sheet on every paper, each with its path in the site."""
    sheets = [build_sheet(library, context) for context in library.contexts]
    for paper, size in PAPERS.items():
        printer = Printer(library, site_name, site_url, Options(size))
        printer.measure(sheets)
        for sheet in sheets:
            yield f"sheets/{sheet.context_id}-{paper}.pdf", printer.print(sheet)


def fill(
    indices: Sequence[int],
    heights: Sequence[float],
    sections: Sequence[str],
    title: float,
    rooms: Sequence[float],
) -> list[list[int]]:
    """Fill columns with units from top to bottom; nothing where they do not all fit."""
    columns: list[list[int]] = [[]]
    used = 0.0
    section = ""
    for index in indices:
        height = heights[index] + (title if sections[index] != section else 0)
        section = sections[index]
        while used + height > rooms[len(columns) - 1]:
            if len(columns) == len(rooms):
                return []
            columns.append([])
            used = 0
        columns[-1].append(index)
        used += height
    return columns + [[] for _ in range(len(rooms) - len(columns))]


def _evenly(
    indices: Sequence[int],
    heights: Sequence[float],
    sections: Sequence[str],
    title: float,
    rooms: Sequence[float],
) -> list[list[int]]:
    """Fill the columns as evenly as they go: into the least room that holds everything."""
    columns = fill(indices, heights, sections, title, rooms)
    low, high = 0.0, 1.0
    for _ in range(10):
        middle = (low + high) / 2
        tighter = fill(indices, heights, sections, title, [room * middle for room in rooms])
        if tighter:
            columns, high = tighter, middle
        else:
            low = middle
    return columns


def _key(unit: Unit) -> str:
    return json.dumps([unit.kind, unit.item], ensure_ascii=False)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}


def _compile(data: Mapping[str, Any], timestamp: datetime) -> bytes:
    try:
        pdf, warnings = _compiler().compile_with_warnings(
            sys_inputs=_inputs(data), format="pdf", pdf_standards="ua-1", timestamp=timestamp
        )
    except typst.TypstError as error:
        raise SheetError(f"{data['document']}: cannot be printed: {error.message}") from None
    if warnings:
        raise SheetError(f"{data['document']}: is not as it should be: {warnings[0].message}")
    return bytes(pdf)  # type: ignore[arg-type]  # one file, as it is no picture


_TEMPLATE = str(files("playbook_press") / "templates/sheet.typ")


@cache
def _fonts() -> typst.Fonts:
    """The fonts that the wheel brings along, and no others: every machine prints alike."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


@cache
def _compiler() -> typst.Compiler:
    """One for all sheets: it keeps what it has worked out."""
    return typst.Compiler(_TEMPLATE, font_paths=_fonts())


def _qr(address: str) -> str:
    import segno  # noqa: PLC0415 (the linter starts without it)

    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()


def _cited(library: Library) -> str:
    """The works that the handbook cites itself, rather than through another."""
    return "; ".join(source.short for source in library.sources.values() if not source.cited_by)


def _timestamp(library: Library) -> datetime:
    """The day on which anything was last read through: a build on another day gives the same PDF."""
    days = [playbook.reviewed for playbook in library.playbooks.values() if playbook.reviewed]
    latest = max(days, default=datetime(2000, 1, 1, tzinfo=UTC).date())
    return datetime(latest.year, latest.month, latest.day, tzinfo=UTC)
