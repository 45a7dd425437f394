"""Cheat sheets to PDFs: what fits, in even columns, on one sheet of paper."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Literal

from playbook_press.model import Fillings, Library
from playbook_press.paper.breaking import breakable
from playbook_press.paper.columns import balance, choose, fill
from playbook_press.paper.formats import PAPERS, Paper
from playbook_press.paper.imprint import cited, day_of, page_address, qr_code, without_scheme
from playbook_press.paper.paths import LARGE_PRINT, SHEET
from playbook_press.paper.sheet import Sheet, Unit, build_sheet, words_of
from playbook_press.paper.typesetting import compile_pdf, pictures, query

_IN_COLUMN, _IN_TITLE, _BESIDE_TITLE, _TO_FILL, _AT_FOOT = 17, 11, 12, 10, 30
"""How wide a word can be where it stands, at the least, in ems."""
BLANKS = {"target": "My target", "limit": "My limit", "alternative": "If no deal, I"}
"""What is filled in at the top of a sheet, with its label."""
_THUMBNAIL = 48
"""Pixels an inch: a side is then about 400 pixels wide."""


@dataclass(frozen=True)
class Options:
    """How a sheet is printed."""

    paper: Paper = PAPERS["a4"]
    sides: Literal[1, 2] = 2
    large: bool = False
    """In large print: the same lines, on as many sides as they take."""

    @property
    def size(self) -> float:
        """The size of the text, in points."""
        return 14 if self.large else 9.2

    @property
    def columns(self) -> int:
        """How many columns a side has."""
        return 1 if self.large else 3


class Printer:
    """Prints the sheets of a handbook on one kind of paper.

    A unit takes the same room on every sheet, so it is measured once. The same input gives the
    same bytes: nothing depends on the clock.
    """

    def __init__(  # noqa: PLR0913 (the last one is named where it is called)
        self,
        library: Library,
        site_name: str,
        site_url: str,
        options: Options = Options(),
        fillings: Fillings = Fillings(),  # noqa: B008 (nothing changes it)
        *,
        chooser: "Printer | None" = None,
    ) -> None:
        """With a chooser, large print has the lines that it chooses: so nothing is measured twice."""
        self.library = library
        self.options = options
        self.fillings = fillings
        self._site_url = site_url
        self._settings = {
            "handbook": breakable(site_name, _BESIDE_TITLE),
            "width": options.paper.width,
            "height": options.paper.height,
            "size": options.size,
            "small": options.size if options.large else 8,
            "columns": options.columns,
            "blanks": [
                {
                    "label": label,
                    "words": breakable(words_of(library, getattr(fillings.walk_away, name), {}), _TO_FILL),
                }
                for name, label in BLANKS.items()
            ],
            "sources": breakable(f"Made from {cited(library)}.", _AT_FOOT) if cited(library) else "",
        }
        self._heights: dict[str, float] = {}
        self._titles: dict[str, float] = {}
        self._tops: dict[str, float] = {}
        self._bottoms: dict[str, float] = {}
        self._side = 0.0
        self._chooser = self
        if options.large:
            usual = replace(options, large=False)
            self._chooser = chooser or Printer(library, site_name, site_url, usual, fillings)

    def sheet(self, context_id: str) -> Sheet:
        """Gather what could go on the sheet of a context. PaperError if there is no such context."""
        return build_sheet(self.library, context_id, self.fillings)

    def measure(self, sheets: Sequence[Sheet]) -> None:
        """Work out the room that everything on some sheets takes, in one go."""
        if self._chooser is not self:
            self._chooser.measure(sheets)
        new = [sheet for sheet in sheets if sheet.context_id not in self._tops]
        units = {_key(unit): unit for sheet in sheets for unit in sheet.units}
        units = {key: unit for key, unit in units.items() if key not in self._heights}
        sections = {unit.section: None for sheet in sheets for unit in sheet.units}
        sections = {section: None for section in sections if section not in self._titles}
        if not new and not units and not sections:
            return
        found = query(
            "sheet",
            self._data(sheets[0])
            | {
                "mode": "measure",
                "units": [_shown(unit) for unit in units.values()],
                "sections": [self._heading(section) for section in sections],
                "sheets": [self._data(sheet) for sheet in new],
            },
            "room",
        )
        self._heights |= zip(units, found["units"], strict=True)
        self._titles |= zip(sections, found["titles"], strict=True)
        self._tops |= zip((sheet.context_id for sheet in new), found["tops"], strict=True)
        self._bottoms |= zip((sheet.context_id for sheet in new), found["bottoms"], strict=True)
        self._side = found["side"]

    def height(self, unit: Unit) -> float:
        """The room that a measured unit takes, in points."""
        return self._heights[_key(unit)]

    def tallest(self) -> float:
        """The room that the tallest column has under a heading, in points."""
        return max(self._rooms(self.options.sides)) - min(self._titles.values())

    def has_room(self, heights: Sequence[float], sections: Sequence[str]) -> bool:
        """Whether units of these heights and sections, in the order of the page, go on one sheet."""
        return bool(
            fill(range(len(heights)), heights, sections, self._titles, self._rooms(self.options.sides))
        )

    def choose(self, sheet: Sheet) -> list[int]:
        """Take the best that fits on the sheet, in the order of the page."""
        return self._choose(sheet, self._measured(sheet))

    def _choose(self, sheet: Sheet, heights: Sequence[float]) -> list[int]:
        sections = [unit.section for unit in sheet.units]
        rooms = self._rooms(self.options.sides, sheet)
        return sorted(choose(sheet.order, heights, sections, self._titles, rooms))

    def lay_out(self, sheet: Sheet) -> list[list[list[Unit]]]:
        """Put what was chosen on the sheet, by side and column."""
        heights = self._measured(sheet)
        chosen = self._choose(sheet, heights) if self._chooser is self else self._chooser.choose(sheet)
        sections = [unit.section for unit in sheet.units]
        arrange = balance
        if self.options.large:
            # Large print is read from side to side, so there is nothing to balance; what is taller
            # than a side goes on on the next.
            arrange = fill
            most = self._side - max(self._titles.values(), default=0) - 1
            heights = [min(height, most) for height in heights]
        for sides in count(1):
            rooms = self._rooms(sides, sheet)
            columns = arrange(chosen, heights, sections, self._titles, rooms)
            if columns and self.options.large and not columns[-1] and sides > 1:
                # Only the foot had no room: some lines go with it.
                rooms[-2] -= self._bottoms[sheet.context_id]
                columns = arrange(chosen, heights, sections, self._titles, rooms) or columns
            if columns:
                break
        placed = [[sheet.units[index] for index in column] for column in columns]
        width = self.options.columns
        return [placed[start : start + width] for start in range(0, len(placed), width)]

    def print(self, sheet: Sheet) -> bytes:
        """Print a sheet as a PDF. PaperError where Typst complains."""
        return compile_pdf("sheet", self._print_data(sheet), day_of(self.library))

    def thumbnails(self, sheet: Sheet) -> list[bytes]:
        """Print a sheet as small PNGs, one for each side that may be printed on."""
        data = self._print_data(sheet)
        return pictures("sheet", data | {"blank": self.options.sides - len(data["sides"])}, _THUMBNAIL)

    def _print_data(self, sheet: Sheet) -> dict[str, Any]:
        sides: list[list[list[dict[str, Any]]]] = []
        section = ""
        for side in self.lay_out(sheet):
            sides.append([])
            for column in side:
                sides[-1].append([])
                for unit in column:
                    title = self._heading(unit.section) if unit.section != section else ""
                    sides[-1][-1].append(_shown(unit) | {"title": title})
                    section = unit.section
        return self._data(sheet) | {"mode": "print", "sides": sides}

    def _measured(self, sheet: Sheet) -> list[float]:
        """The heights of the units, which are measured if need be."""
        keys = [_key(unit) for unit in sheet.units]
        if sheet.context_id not in self._tops or not all(key in self._heights for key in keys):
            self.measure([sheet])
        return [self._heights[key] for key in keys]

    def _heading(self, section: str) -> str:
        return str(breakable(words_of(self.library, section, {}), _IN_COLUMN))

    def _data(self, sheet: Sheet) -> dict[str, Any]:
        title = words_of(self.library, sheet.title, {})
        address = page_address(self._site_url, f"contexts/{sheet.context_id}/")
        return self._settings | {
            "document": f"{title}: cheat sheet",
            "title": breakable(title, _IN_TITLE),
            "keywords": ["cheat sheet", title],
            "more": _more(sheet.total, address),
            "address": breakable(without_scheme(address), _AT_FOOT),
            "qr": qr_code(address) if address else "",
        }

    def _rooms(self, sides: int, sheet: Sheet | None = None) -> list[float]:
        """The height of each column, in points, in the order in which they are filled."""
        heights = [self._side] * sides
        heights[0] -= self._tops[sheet.context_id] if sheet else min(self._tops.values())
        heights[-1] -= self._bottoms[sheet.context_id] if sheet else min(self._bottoms.values())
        return [height for height in heights for _ in range(self.options.columns)]


def print_sheets(library: Library, site_name: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Every sheet on every paper, each with its path in the site."""
    sheets = [build_sheet(library, context) for context in library.contexts]
    for paper, size in PAPERS.items():
        usual = Printer(library, site_name, site_url, Options(size))
        large = Printer(library, site_name, site_url, Options(size, large=True), chooser=usual)
        for path, printer in ((SHEET, usual), (LARGE_PRINT, large)):
            if sheets:
                printer.measure(sheets)
            for sheet in sheets:
                yield path.format(context=sheet.context_id, paper=paper), printer.print(sheet)


def _key(unit: Unit) -> str:
    return json.dumps([unit.kind, unit.item], ensure_ascii=False)


def _shown(unit: Unit) -> dict[str, Any]:
    """A unit for the template; what is wider than a column may be broken."""
    return unit.data | {"item": breakable(unit.item, _IN_COLUMN)}


def _more(lines: int, address: str) -> str:
    if lines == 1:
        return "More on this context:" if address else ""
    if address:
        return f"All {lines} lines for this context, and why each works:"
    return f"The handbook has all {lines} lines for this context, and why each works."
