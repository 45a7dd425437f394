"""What every printed page has to be, as programs see it that had no part in printing it.

Most of it asks Poppler (`pdftotext`, `pdftoppm`, `pdffonts`); PDF/UA is judged by `page-validation`.
"""

import io
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import Any
from xml.etree import ElementTree as ET

import page as page_validation
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from playbook_press.paper.formats import Paper

CONTEXTS = (
    "sales",
    "partnerships",
    "procurement",
    "customer-success",
    "hiring-candidate",
    "hiring-employer",
    "internal",
    "everyday",
)
"""The contexts of the project's own handbook."""
POINTS = 72 / 25.4
"""So many points are a millimetre."""
REACH = 9.0
"""How near to the edge of the paper home printers print, in millimetres."""
_PIXELS_PER_INCH = 50
_HAIR = 0.5
"""Words may meet by so many points: the boxes of slanted letters do."""


def faults(pdf: bytes, paper: Paper, *, smallest: float = 8.0, reach: float = REACH) -> list[str]:
    """Everything about a PDF that nobody should get from a printer; an empty list where all is well.

    `paper` may lie across. `smallest` is the least size of text, in points, and `reach` the margin
    without ink, in millimetres.
    """
    return [
        *_not_on(pdf, paper),
        *_ink_in_the_margin(pdf, reach),
        *_words_over_words(pdf),
        *_small_print(pdf, smallest),
        *_fonts_left_out(pdf),
        *_characters_lost(pdf),
        *_not_for_everybody(pdf),
    ]


def text_of(pdf: bytes, *, as_drawn: bool = False) -> str:
    """The text in the order in which `pdftotext` reads it, or else in that in which it is drawn."""
    return _poppler(pdf, "pdftotext", *(["-raw"] if as_drawn else []), "-", "-").decode()


def squeezed(text: str) -> str:
    """The letters and figures alone: a PDF breaks lines where a column ends."""
    return "".join(character for character in text if character.isalnum())


def out_of_order(text: str, parts: list[str]) -> list[str]:
    """Those parts that a text lacks, or has before the parts before them. Only letters count."""
    text = squeezed(text)
    start = 0
    wrong: list[str] = []
    for part in map(squeezed, parts):
        found = text.find(part, start)
        if found < 0:
            wrong.append(part)
        else:
            start = found + len(part)
    return wrong


@dataclass(frozen=True)
class Word:
    """A word on a page, and the box around it: in points, from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def words_on(pdf: bytes) -> list[list[Word]]:
    """Every word of every page."""
    found = ET.fromstring(_poppler(pdf, "pdftotext", "-bbox-layout", "-", "-"))  # noqa: S314 (it is Poppler's)
    return [
        [
            Word(word.text or "", *(float(word.attrib[edge]) for edge in ("xMin", "yMin", "xMax", "yMax")))
            for word in page.findall(".//{*}word")
        ]
        for page in found.findall(".//{*}page")
    ]


@dataclass(frozen=True)
class Tag:
    """An element of the structure that a screen reader follows."""

    name: str
    children: tuple["Tag", ...]

    def walk(self) -> Iterator["Tag"]:
        """This element and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def structure_of(pdf: bytes) -> Tag:
    """The structure of a PDF, from its root."""
    catalogue = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert isinstance(catalogue, DictionaryObject)
    return _tag(catalogue["/StructTreeRoot"])


def _tag(element: Any) -> Tag:
    children = element.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    found = [child.get_object() for child in (children if isinstance(children, list) else [children])]
    elements = [child for child in found if isinstance(child, DictionaryObject) and "/S" in child]
    return Tag(str(element.get("/S", "/Root"))[1:], tuple(map(_tag, elements)))


def bookmarks_of(pdf: bytes) -> list[tuple[int, str]]:
    """The bookmarks of a PDF, each with how deep it stands."""

    def walk(entries: Any, depth: int) -> Iterator[tuple[int, str]]:
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            else:
                yield depth, str(entry.title)

    return list(walk(PdfReader(io.BytesIO(pdf)).outline, 0))


@dataclass(frozen=True)
class Piece:
    """A piece of text: where its baseline starts, in points from the lower left corner, and its size."""

    text: str
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Printed:
    """A PDF that has been read."""

    reader: PdfReader
    pieces: list[list[Piece]]
    """The pieces of text on each page, as they are drawn."""
    texts: list[str]
    """The text of each page, squeezed."""

    @property
    def text(self) -> str:
        """All text, squeezed."""
        return "".join(self.texts)


def read(pdf: bytes) -> Printed:
    """Read a PDF with pypdf."""
    reader = PdfReader(io.BytesIO(pdf))
    pieces = [pieces_of(page) for page in reader.pages]
    return Printed(reader, pieces, [squeezed(page.extract_text()) for page in reader.pages])


def pieces_of(page: PageObject) -> list[Piece]:
    """The pieces of text on a page, as they are drawn."""
    found: list[Piece] = []

    def note(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        if text.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            found.append(Piece(text, x, y, round(size * sqrt(abs(_area(inner) * _area(outer))), 2)))

    page.extract_text(visitor_text=note)
    return found


def _area(matrix: list[float]) -> float:
    return matrix[0] * matrix[3] - matrix[1] * matrix[2]


def fonts_of(page: PageObject) -> list[DictionaryObject]:
    """The fonts of a page."""
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]


def is_embedded(font: DictionaryObject) -> bool:
    """Whether a font is in the file."""
    descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]  # type: ignore[index]
    return bool({"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor))


def pictures_of(pdf: bytes, pixels_per_inch: int) -> list[tuple[int, int, bytes]]:
    """Every page in grey: its width and height, and a byte for each pixel, row by row; 255 is white."""
    rest = _poppler(pdf, "pdftoppm", "-r", str(pixels_per_inch), "-gray", "-")
    pages = []
    while rest:
        kind, size, depth, rest = rest.split(b"\n", 3)
        assert (kind, depth) == (b"P5", b"255")
        width, height = map(int, size.split())
        pages.append((width, height, rest[: width * height]))
        rest = rest[width * height :]
    return pages


def _not_on(pdf: bytes, paper: Paper) -> Iterator[str]:
    expected = sorted(round(side * POINTS) for side in paper)
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, start=1):
        found = sorted(round(side) for side in (page.mediabox.width, page.mediabox.height))
        if found != expected:
            yield f"page {number} is {found} points, not {expected}"


def _ink_in_the_margin(pdf: bytes, reach: float) -> Iterator[str]:
    edge = int(reach / 25.4 * _PIXELS_PER_INCH)
    for number, (width, height, pixels) in enumerate(pictures_of(pdf, _PIXELS_PER_INCH), start=1):
        rows = [pixels[start : start + width] for start in range(0, len(pixels), width)]
        edges = {
            "top": b"".join(rows[:edge]),
            "bottom": b"".join(rows[height - edge :]),
            "left": b"".join(row[:edge] for row in rows),
            "right": b"".join(row[width - edge :] for row in rows),
        }
        for side, ink in edges.items():
            if min(ink) < 255:
                yield f"page {number} has ink within {reach:g} mm of the {side} edge"


def _words_over_words(pdf: bytes) -> Iterator[str]:
    for number, words in enumerate(words_on(pdf), start=1):
        # A word's box is as high as any letter of its font, so that lines touch: its middle half counts.
        lines: dict[int, list[Word]] = defaultdict(list)
        for word in words:
            quarter = (word.bottom - word.top) / 4
            slim = Word(word.text, word.left, word.top + quarter, word.right, word.bottom - quarter)
            for line in range(int(slim.top), int(slim.bottom) + 1):
                lines[line].append(slim)
        found = {
            (one.text, other.text)
            for line in lines.values()
            for one, other in pairwise(sorted(line, key=lambda word: word.left))
            if other.left < one.right - _HAIR and one.top < other.bottom and other.top < one.bottom
        }
        yield from (f"page {number} has `{one}` over `{other}`" for one, other in sorted(found))


def _small_print(pdf: bytes, smallest: float) -> Iterator[str]:
    for number, page in enumerate(PdfReader(io.BytesIO(pdf)).pages, start=1):
        for piece in pieces_of(page):
            if piece.size < smallest:
                yield f"page {number} has `{piece.text.strip()}` in {piece.size:g} points"


def _fonts_left_out(pdf: bytes) -> Iterator[str]:
    _, _, *fonts = _poppler(pdf, "pdffonts", "-").decode().splitlines()
    if not fonts:
        yield "there is no font in it"
    for font in fonts:
        name, *_, embedded, _, has_unicode, _, _ = font.split()
        if embedded != "yes":
            yield f"the font {name} is not in the file"
        if has_unicode != "yes":
            yield f"what is set in the font {name} cannot be copied or read out"


def _characters_lost(pdf: bytes) -> Iterator[str]:
    for character in sorted(set(text_of(pdf)) & set("\0\N{REPLACEMENT CHARACTER}")):
        yield f"a character comes out as {character!r}"


def _not_for_everybody(pdf: bytes) -> Iterator[str]:
    report = page_validation.validate_pdf_bytes(pdf, profile="ua1")
    for failure in report.failures:
        yield f"PDF/UA-1: {failure.rule_id}: {failure.message}"


def _poppler(pdf: bytes, *command: str) -> bytes:
    done = subprocess.run(command, input=pdf, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
