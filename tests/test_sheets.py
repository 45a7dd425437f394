"""Cheat sheets as a practitioner gets them: opened as PDFs."""

import io
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from playbook_press.load import read_handbook
from playbook_press.model import Library
from playbook_press.paper.columns import fill
from playbook_press.paper.printer import Options, Printer
from playbook_press.paper.sheet import Unit, build_sheet
from playbook_press.paper.typesetting import PAPERS

ROOT = Path(__file__).parents[1]
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
SIZES = {"a4": (595, 842), "letter": (612, 792)}
SMALLEST = 8.0


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(ROOT / "playbooks", Path("playbooks")).library


@pytest.fixture(scope="module", params=sorted(PAPERS))
def printer(library: Library, request: pytest.FixtureRequest) -> Printer:
    printer = Printer(
        library, "Common Ground", "https://common-ground.example/", Options(PAPERS[request.param])
    )
    printer.measure([build_sheet(library, context) for context in CONTEXTS])
    return printer


def paper_of(printer: Printer) -> tuple[int, int]:
    return SIZES[next(name for name, paper in PAPERS.items() if paper == printer.options.paper)]


def squeezed(text: str) -> str:
    """The letters alone: a PDF breaks lines where the column ends."""
    return "".join(character for character in text if character.isalnum())


def words_of(unit: Unit) -> Iterator[str]:
    if unit.kind == "tick":
        yield unit.item
    elif unit.kind == "pitfall":
        yield from (unit.item["name"], unit.item["instead"])
    else:
        yield unit.item["heard"] or unit.item["title"]
        yield "".join(piece["text"] for part in unit.item["said"] for piece in part["children"])


def test_the_tests_name_every_context(library: Library) -> None:
    assert set(CONTEXTS) == set(library.contexts)


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_sheet_is_one_sheet_of_paper_with_all_that_was_chosen(
    library: Library, printer: Printer, context: str
) -> None:
    sheet = build_sheet(library, context)
    reader = PdfReader(io.BytesIO(printer.print(sheet)))
    assert len(reader.pages) == 2
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == paper_of(printer)
    text = squeezed("".join(page.extract_text() for page in reader.pages))
    chosen = [unit for side in printer.lay_out(sheet) for column in side for unit in column]
    missing = [words for unit in chosen for words in words_of(unit) if squeezed(words) not in text]
    assert missing == []
    assert len(chosen) > 60
    assert squeezed(library.contexts[context].title) in text
    assert f"contexts{squeezed(context)}" in text


@dataclass
class Piece:
    """A piece of text on a page: where its baseline starts, in points from the lower left, and its size."""

    text: str
    x: float
    y: float
    size: float


def pieces_of(page: PageObject) -> list[Piece]:
    found: list[Piece] = []

    def note(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        if text.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            found.append(Piece(text, x, y, size * abs(inner[3] * outer[3])))

    page.extract_text(visitor_text=note)
    return found


@pytest.mark.parametrize("context", CONTEXTS)
def test_a_sheet_is_full_and_its_columns_are_even(library: Library, printer: Printer, context: str) -> None:
    reader = PdfReader(io.BytesIO(printer.print(build_sheet(library, context))))
    width, height = paper_of(printer)
    for number, page in enumerate(reader.pages):
        lowest = [float(height)] * 3
        for piece in pieces_of(page):
            # What stands at the foot of the second side belongs to no column.
            if number == 0 or piece.y > 85:
                column = min(int(piece.x / width * 3), 2)
                lowest[column] = min(lowest[column], piece.y)
        assert max(lowest) < 0.22 * height, f"side {number + 1} ends at {lowest} of {height}"


@pytest.mark.parametrize("context", CONTEXTS)
def test_nothing_on_a_sheet_is_smaller_than_eight_points_or_off_the_paper(
    library: Library, printer: Printer, context: str
) -> None:
    reader = PdfReader(io.BytesIO(printer.print(build_sheet(library, context))))
    width, height = paper_of(printer)
    found = [piece for page in reader.pages for piece in pieces_of(page)]
    assert found
    assert min(piece.size for piece in found) >= SMALLEST
    # Home printers reach within a centimetre of the edge.
    assert all(28 < piece.x < width - 28 and 28 < piece.y < height - 28 for piece in found)


def test_a_sheet_is_for_screen_readers_too(library: Library, printer: Printer) -> None:
    reader = PdfReader(io.BytesIO(printer.print(build_sheet(library, "sales"))))
    assert reader.metadata
    assert reader.metadata.title == "Sales: cheat sheet"
    catalogue = reader.trailer["/Root"]
    assert isinstance(catalogue, DictionaryObject)
    assert str(catalogue["/Lang"]).lower() == "en-gb"
    assert "/StructTreeRoot" in catalogue
    assert [str(entry.title) for entry in reader.outline if not isinstance(entry, list)] == ["Sales"]


def test_every_font_is_in_the_file(library: Library, printer: Printer) -> None:
    reader = PdfReader(io.BytesIO(printer.print(build_sheet(library, "sales"))))
    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_same_sheet_is_the_same_file(library: Library, printer: Printer) -> None:
    again = Printer(library, "Common Ground", "https://common-ground.example/", printer.options)
    sheet = build_sheet(library, "everyday")
    assert printer.print(sheet) == again.print(sheet)


def test_one_side_is_one_page(library: Library) -> None:
    printer = Printer(library, "Common Ground", "https://common-ground.example/", Options(sides=1))
    reader = PdfReader(io.BytesIO(printer.print(build_sheet(library, "sales"))))
    assert len(reader.pages) == 1


def test_columns_are_filled_from_top_to_bottom_and_headings_take_room() -> None:
    heights, sections = [4.0, 4.0, 4.0], ["open", "open", "close"]
    assert fill([0, 1, 2], heights, sections, 1, [9, 9]) == [[0, 1], [2]]
    assert fill([0, 1, 2], heights, sections, 1, [8, 9]) == [[0], [1, 2]]
    assert fill([0, 1, 2], heights, sections, 1, [8, 8]) == []


def sheet(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "playbook_press", "sheet", *words]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_an_unknown_context_is_one_clear_line(tmp_path: Path) -> None:
    done = sheet("sale", "-o", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr.startswith("error: there is no context `sale`: did you mean `sales`?")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "occupied").write_text("a file")
    done = sheet("sales", "-o", str(tmp_path / "occupied"))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be written" in done.stderr


def test_the_command_prints_the_sheet_it_was_asked_for(tmp_path: Path) -> None:
    done = sheet("everyday", "--paper", "letter", "-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [str(tmp_path / "everyday.pdf")]
    assert len(PdfReader(tmp_path / "everyday.pdf").pages) == 2
