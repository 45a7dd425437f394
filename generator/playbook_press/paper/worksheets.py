"""Worksheets to PDFs: blanks to write on, or filled in."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playbook_press.model import Answers, Fillings, Library, Table, Worksheet
from playbook_press.paper.answers import FilledIn
from playbook_press.paper.formats import EITHER, PAPERS, Paper, PaperError
from playbook_press.paper.imprint import day_of, page_address, qr_code, without_scheme
from playbook_press.paper.parts import GAP, LABEL, PartWriter
from playbook_press.paper.paths import WORKSHEET
from playbook_press.paper.room import comfortable_width
from playbook_press.paper.sheet import words_of
from playbook_press.paper.typesetting import compile_pdf, query
from playbook_press.paper.wording import Data, Wording
from playbook_press.paper.words import shortened

MARGIN = 11
"""What printers cannot reach, in millimetres."""
LEAST_PITCH, MOST_PITCH = 8.0, 11.0
"""How far apart lines to write on are, in millimetres: what a hand needs, and what is plenty."""
_SHARE_TO_FILL = 0.9
_MOST_TRIES = 2
_A_SHEET = 2
"""So many pages does a sheet of paper have."""
TIGHT = {"lines": 2, "factor": 1.1}
"""Where it is tight: the most lines of an answer, and the most lines that a row has room for."""
_LONG_TITLE, _VERY_LONG_TITLE = 60, 150
_LONGEST_NAME = 30
"""At the foot of a page, in ems."""


@dataclass(frozen=True)
class WorksheetPrinter:
    """Prints the worksheets of a handbook on one kind of paper.

    The same input gives the same bytes: nothing depends on the clock.
    """

    library: Library
    site_name: str
    site_url: str
    paper: Paper = PAPERS["a4"]
    fillings: Fillings = field(default_factory=Fillings)

    def print(self, worksheet_id: str) -> bytes:
        """Print a worksheet as a PDF. PaperError where there is none, or Typst complains."""
        if worksheet_id not in self.library.worksheets:
            known = ", ".join(self.library.worksheets)
            raise PaperError(f"there is no worksheet `{worksheet_id}`: the worksheets are {known}")
        data = self._data(worksheet_id)
        return compile_pdf("worksheet", data | self._spacing(data), day_of(self.library))

    def _spacing(self, data: Data) -> Data:
        """How far apart lines are: as far as goes without another page, or another part on two pages.

        `pitch` is in millimetres; it is `tight` where long answers get fewer lines, which is done
        where it spares a page or keeps a part whole. Each look at the pages takes time, so there are few.
        """
        half = data["height"] / 2 - MARGIN
        spacing: Data = {"pitch": MOST_PITCH, "tight": False}
        widest = self._extent(data | spacing)
        if not widest["splits"] and (
            widest["pages"] == 1 or (widest["pages"] == _A_SHEET and widest["left"] < half)
        ):
            return spacing
        spacing["pitch"] = LEAST_PITCH
        least = self._extent(data | spacing)
        if least["pages"] > 1 and least["left"] > half:
            tighter = spacing | {"tight": True}
            extent = self._extent(data | tighter)
            if (extent["pages"], extent["splits"]) < (least["pages"], least["splits"]):
                spacing, least = tighter, extent
        more = min(MOST_PITCH - LEAST_PITCH, _SHARE_TO_FILL * least["left"] / _lines(data))
        for _ in range(_MOST_TRIES):
            wider = spacing | {"pitch": round(LEAST_PITCH + more, 1)}
            is_widest = wider == {"pitch": MOST_PITCH, "tight": False}
            extent = widest if is_widest else self._extent(data | wider)
            if extent["pages"] == least["pages"] and extent["splits"] <= least["splits"]:
                return wider
            more /= 2
        return spacing

    def _extent(self, data: Data) -> Any:
        """How many `pages` it takes, how often a part goes over to the next, and what is left on the last.

        `pages`, `splits`, and `left` in millimetres.
        """
        return query("worksheet", data, "extent")

    def _data(self, worksheet_id: str) -> Data:
        worksheet = self.library.worksheets[worksheet_id]
        width, height = sorted(self.paper, reverse=is_wide(worksheet))
        answers = self.fillings.worksheets.get(worksheet_id, Answers())
        filled = FilledIn(worksheet, answers, self.fillings.slots)
        wording = Wording(self.library, self.fillings.slots)
        title = words_of(self.library, worksheet.title, self.fillings.slots)
        address = page_address(self.site_url, f"worksheets/{worksheet_id}/")
        sources = [self.library.sources[name].short for name in worksheet.sources]
        return {
            "handbook": self.site_name,
            "width": width,
            "height": height,
            "document": f"{title}: worksheet",
            "keywords": ["worksheet", title],
            "title": wording.words(worksheet.title),
            "title-size": 1 if len(title) > _VERY_LONG_TITLE else 1.4 if len(title) > _LONG_TITLE else 2,
            "name": shortened(title, _LONGEST_NAME),
            "handbook-name": shortened(self.site_name, _LONGEST_NAME),
            "summary": wording.pieces(worksheet.summary),
            "use": wording.blocks(worksheet.use),
            "parts": list(PartWriter(wording, filled, width - 2 * MARGIN).parts()),
            "label": LABEL,
            "most": TIGHT,
            "gap": GAP,
            "address": without_scheme(address),
            "qr": qr_code(address) if address else "",
            "sources": f"Made from {'; '.join(sources)}." if sources else "",
        }


def is_wide(worksheet: Worksheet) -> bool:
    """Whether a worksheet is printed across: one of its tables is too wide to be written in upright."""
    room = EITHER.width - 2 * MARGIN
    return any(comfortable_width(part.columns) > room for part in worksheet.parts if isinstance(part, Table))


def print_worksheets(library: Library, site_name: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Every worksheet on every paper, each with its path in the site."""
    for paper, size in PAPERS.items():
        printer = WorksheetPrinter(library, site_name, site_url, size)
        for name in library.worksheets:
            yield WORKSHEET.format(worksheet=name, paper=paper), printer.print(name)


def _lines(data: Data) -> float:
    """How many lines to write on a worksheet has, about."""
    lines = 1.0
    for part in data["parts"]:
        if part["type"] == "form":
            lines += sum(max(field["lines"] for field in row["fields"]) for row in part["rows"])
        elif part["type"] == "table":
            lines += sum(band["factor"] * len(band["rows"]) for band in part["bands"])
        elif part["type"] == "coverage":
            lines += len(part["items"])
    return lines
