"""Cheat sheets to PDFs: what fits, in even columns, on one sheet of paper."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Literal

from playbook_press.model import Fillings, Library
from playbook_press.paper.columns import balance, fill
from playbook_press.paper.sheet import Sheet, Unit, build_sheet, words_of
from playbook_press.paper.typesetting import (
    PAPERS,
    Paper,
    cited,
    compile_pdf,
    day_of,
    pictures,
    qr_code,
    query,
    without_scheme,
)

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

    def __init__(
        self,
        library: Library,
        site_name: str,
        site_url: str,
        options: Options = Options(),
        fillings: Fillings = Fillings(),  # noqa: B008 (the same)
    ) -> None:
        self.library = library
        self.options = options
        self.fillings = fillings
        self._site_url = site_url.rstrip("/")
        self._settings = {
            "handbook": site_name,
            "width": options.paper.width,
            "height": options.paper.height,
            "size": options.size,
            "small": options.size if options.large else 8,
            "columns": options.columns,
            "blanks": [
                {"label": label, "words": words_of(library, getattr(fillings.walk_away, name), {})}
                for name, label in BLANKS.items()
            ],
            "more": "All {n} lines for this context, and why each works:",
            "sources": f"Made from {cited(library)}.",
        }
        self._heights: dict[str, float] = {}
        self._room: dict[str, float] = {}
        self._chooser = (
            Printer(library, site_name, site_url, replace(options, large=False), fillings)
            if options.large
            else self
        )

    def sheet(self, context_id: str) -> Sheet:
        """Gather what could go on the sheet of a context. PaperError if there is no such context."""
        return build_sheet(self.library, context_id, self.fillings)

    def measure(self, sheets: Sequence[Sheet]) -> None:
        """Work out the room that everything on some sheets takes, in one go."""
        if self._chooser is not self:
            self._chooser.measure(sheets)
        units = {_key(unit): unit.data for sheet in sheets for unit in sheet.units}
        new = [key for key in units if key not in self._heights]
        if not new and self._room:
            return
        room = query(
            "sheet", self._data(sheets[0]) | {"mode": "measure", "units": [units[key] for key in new]}, "room"
        )
        self._heights |= zip(new, room.pop("units"), strict=True)
        self._room = room

    def height(self, unit: Unit) -> float:
        """The room that a measured unit takes, in points."""
        return self._heights[_key(unit)]

    def tallest(self) -> float:
        """The room that the tallest column has under a heading, in points."""
        return max(self._rooms(self.options.sides)) - self._room["title"]

    def choose(self, sheet: Sheet) -> list[int]:
        """Take the best that fits on the sheet, in the order of the page."""
        self.measure([sheet])
        rooms = self._rooms(self.options.sides)
        heights, sections = self._measured(sheet)
        taken: list[int] = []
        for index in sheet.order:
            trial = sorted([*taken, index])
            if fill(trial, heights, sections, self._room["title"], rooms):
                taken = trial
        return taken

    def lay_out(self, sheet: Sheet) -> list[list[list[Unit]]]:
        """Put what was chosen on the sheet, by side and column."""
        self.measure([sheet])
        chosen = self._chooser.choose(sheet)
        heights, sections = self._measured(sheet)
        # Large print is read from side to side, so there is nothing to balance.
        arrange = fill if self.options.large else balance
        for sides in count(self.options.sides):
            rooms = self._rooms(sides)
            columns = arrange(chosen, heights, sections, self._room["title"], rooms)
            if columns:
                break
        placed = [[sheet.units[index] for index in column] for column in columns]
        width = self.options.columns
        return [placed[start : start + width] for start in range(0, len(placed), width)]

    def print(self, sheet: Sheet) -> bytes:
        """Print a sheet as a PDF. PaperError where Typst complains."""
        return compile_pdf("sheet", self._print_data(sheet), day_of(self.library))

    def thumbnails(self, sheet: Sheet) -> list[bytes]:
        """Print a sheet as small PNGs, one for each side."""
        return pictures("sheet", self._print_data(sheet), _THUMBNAIL)

    def _print_data(self, sheet: Sheet) -> dict[str, Any]:
        sides: list[list[list[dict[str, Any]]]] = []
        section = ""
        for side in self.lay_out(sheet):
            sides.append([])
            for column in side:
                sides[-1].append([])
                for unit in column:
                    sides[-1][-1].append(
                        unit.data | {"title": unit.section if unit.section != section else ""}
                    )
                    section = unit.section
        return self._data(sheet) | {"mode": "print", "sides": sides}

    def _measured(self, sheet: Sheet) -> tuple[list[float], list[str]]:
        return [self.height(unit) for unit in sheet.units], [unit.section for unit in sheet.units]

    def _data(self, sheet: Sheet) -> dict[str, Any]:
        address = f"{self._site_url}/contexts/{sheet.context_id}/"
        return self._settings | {
            "document": f"{sheet.title}: cheat sheet",
            "title": sheet.title,
            "keywords": ["cheat sheet", sheet.title],
            "total": sheet.total,
            "address": without_scheme(address),
            "qr": qr_code(address),
        }

    def _rooms(self, sides: int) -> list[float]:
        """The height of each column, in points, in the order in which they are filled."""
        room = self._room
        heights = [room["side"]] * sides
        heights[0] -= room["top"]
        heights[-1] -= room["bottom"]
        return [height for height in heights for _ in range(self.options.columns)]


def print_sheets(library: Library, site_name: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Every sheet on every paper, each with its path in the site."""
    sheets = [build_sheet(library, context) for context in library.contexts]
    for paper, size in PAPERS.items():
        for suffix, large in (("", False), ("-large", True)):
            printer = Printer(library, site_name, site_url, Options(size, large=large))
            printer.measure(sheets)
            for sheet in sheets:
                yield f"sheets/{sheet.context_id}-{paper}{suffix}.pdf", printer.print(sheet)


def _key(unit: Unit) -> str:
    return json.dumps([unit.kind, unit.item], ensure_ascii=False)
