"""Pocket cards as a practitioner gets them: opened as PDFs, and printed."""

import io
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import DictionaryObject

from good_handbook import GOOD, run
from playbook_press.load import read_handbook
from playbook_press.model import Fillings, Library, Pitfall, Script
from playbook_press.paper.card import BACK, WIDTH, Text, overruns
from playbook_press.paper.card import _most_height as height_at_most
from playbook_press.paper.cards import CardPrinter, divide, print_cards
from playbook_press.paper.formats import PAPERS
from playbook_press.paper.press import paths_of_prints
from playbook_press.paper.words import split
from playbook_press.text import parse_block
from printed import CONTEXTS

ROOT = Path(__file__).parents[1]
INCH = 72
CARD = (3.5 * INCH, 2.5 * INCH)
MARGIN = 10 / 25.4
"""What home printers do not reach, in inches."""
SMALLEST = 8.0

Cell = tuple[int, int]
"""A column and a row, from the upper left."""


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(ROOT / "playbooks", Path("playbooks")).library


@pytest.fixture(scope="module")
def printer(library: Library) -> CardPrinter:
    printer = CardPrinter(library, "Common Ground", "https://common-ground.example/")
    printer.measure(CONTEXTS)
    return printer


@pytest.fixture(scope="module")
def good() -> Library:
    return read_handbook(GOOD, Path("good")).library


def with_parts(library: Library, *parts: Script | Pitfall) -> Library:
    """A handbook of these lines and pitfalls only."""
    playbook = library.playbooks["every-field"].model_copy(
        update={
            "scripts": tuple(part for part in parts if isinstance(part, Script)),
            "pitfalls": tuple(part for part in parts if isinstance(part, Pitfall)),
        }
    )
    return replace(library, playbooks={"every-field": playbook})


def script(say: str, they_say: str = "Why?", **more: Any) -> Script:
    return Script.model_validate(
        {"id": "it", "stage": "trade", "say": say, "they_say": they_say, "sheet": 1, **more}
    )


def opened(library: Library, context: str = "sales", **fillings: Mapping[str, str]) -> PdfReader:
    printer = CardPrinter(library, "Good", "", Fillings.model_validate(fillings))
    return PdfReader(io.BytesIO(printer.print(context, PAPERS["a4"])))


@dataclass
class Piece:
    """A piece of text: where its baseline starts, in points from the upper left, and its size."""

    text: str
    x: float
    y: float
    size: float
    is_upright: bool


def pieces_of(page: PageObject) -> list[Piece]:
    found: list[Piece] = []

    def note(text: str, outer: list[float], inner: list[float], _: object, size: float) -> None:
        if text.strip():
            x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
            y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
            across = inner[2] * outer[0] + inner[3] * outer[2]
            up = inner[2] * outer[1] + inner[3] * outer[3]
            found.append(
                Piece(text, x, float(page.mediabox.height) - y, size * hypot(across, up), abs(across) < 0.1)
            )

    page.extract_text(visitor_text=note)
    return found


def corner(page: PageObject) -> tuple[float, float]:
    """The upper left corner of the first card, where the cards are in the middle of the page."""
    return (float(page.mediabox.width) - 2 * CARD[0]) / 2, (float(page.mediabox.height) - 4 * CARD[1]) / 2


def cells_of(page: PageObject) -> dict[Cell, str]:
    """The text on each card of a page."""
    left, top = corner(page)
    cells: dict[Cell, str] = {}
    for piece in pieces_of(page):
        if piece.is_upright:
            cell = int((piece.x - left) // CARD[0]), int((piece.y - top) // CARD[1])
            cells[cell] = cells.get(cell, "") + piece.text
    return cells


def squeezed(text: str) -> str:
    """The letters alone: a PDF breaks lines where the card ends."""
    return "".join(character for character in text if character.isalnum())


def words_of(pieces: list[Mapping[str, Any]]) -> str:
    return "".join(
        words_of(piece["children"]) if "children" in piece else str(piece["text"]) for piece in pieces
    )


def rows_of(picture: Path) -> list[bytes]:
    """The pixels of a grey picture, from 0 for black to 255."""
    kind, width, height, _, pixels = picture.read_bytes().split(maxsplit=4)
    assert kind == b"P5"
    across = int(width)
    # What stands before the pixels ends with one character, and a pixel may look like more of it.
    pixels = picture.read_bytes()[-across * int(height) :]
    return [pixels[start : start + across] for start in range(0, len(pixels), across)]


def sheets_of(reader: PdfReader) -> Iterator[tuple[int, dict[Cell, str], dict[Cell, str]]]:
    """For each sheet of paper, the number of its first card and its two sides."""
    for number in range(0, len(reader.pages), 2):
        yield number * 4, cells_of(reader.pages[number]), cells_of(reader.pages[number + 1])


def test_the_tests_name_every_context(library: Library) -> None:
    assert set(CONTEXTS) == set(library.contexts)


@pytest.mark.parametrize("paper", sorted(PAPERS))
@pytest.mark.parametrize("context", CONTEXTS)
def test_each_front_has_its_own_back_behind_it(printer: CardPrinter, context: str, paper: str) -> None:
    reader = PdfReader(io.BytesIO(printer.print(context, PAPERS[paper])))
    deck = printer.deck(context)
    assert (len(deck), len(reader.pages)) == (32, 8)
    for first, fronts, backs in sheets_of(reader):
        assert set(fronts) == set(backs) == {(column, row) for column in range(2) for row in range(4)}
        for index, card in enumerate(deck[first : first + 8]):
            column, row = index % 2, index // 2
            # Turned over at its long edge, the left of a sheet lies behind the right.
            front, back = squeezed(fronts[column, row]), squeezed(backs[1 - column, row])
            assert squeezed(words_of(card["front"]["pieces"])) in front
            for text in (card["back"], *card["notes"]):
                assert squeezed(words_of(text["pieces"])) in back
            assert str(first + index + 1) in front
            assert str(first + index + 1) in back


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_the_cards_are_in_the_middle_of_the_paper_and_in_large_letters(
    printer: CardPrinter, paper: str
) -> None:
    size = {"a4": (595, 842), "letter": (612, 792)}[paper]
    reader = PdfReader(io.BytesIO(printer.print("hiring-candidate", PAPERS[paper])))
    inset = 5 / 25.4 * INCH
    for page in reader.pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        left, _ = corner(page)
        found = pieces_of(page)
        assert min(piece.size for piece in found) >= SMALLEST - 0.01
        starts = [piece.x for piece in found if piece.is_upright and piece.size > 10]
        assert min(starts) == pytest.approx(left + inset, abs=1)
        assert min(x for x in starts if x > size[0] / 2) == pytest.approx(left + CARD[0] + inset, abs=1)


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_there_is_no_ink_where_home_printers_do_not_reach(
    printer: CardPrinter, tmp_path: Path, paper: str
) -> None:
    (tmp_path / "cards.pdf").write_bytes(printer.print("hiring-employer", PAPERS[paper]))
    subprocess.run(["pdftoppm", "-r", "60", "-gray", "cards.pdf", "page"], cwd=tmp_path, check=True)
    pictures = sorted(tmp_path.glob("page*.pgm"))
    assert len(pictures) == 8
    for picture in pictures:
        rows = rows_of(picture)
        border = int(60 * MARGIN)
        inside = [row[border:-border] for row in rows[border:-border]]
        assert min(map(min, inside)) < 100, "the page is empty"
        outside = [*rows[:border], *rows[-border:], *(row[:border] + row[-border:] for row in rows)]
        assert min(map(min, outside)) > 250


def test_the_cards_are_for_screen_readers_too(printer: CardPrinter) -> None:
    reader = PdfReader(io.BytesIO(printer.print("sales", PAPERS["a4"])))
    assert reader.metadata
    assert reader.metadata.title == "Sales: pocket cards"
    catalogue = reader.trailer["/Root"]
    assert isinstance(catalogue, DictionaryObject)
    assert str(catalogue["/Lang"]).lower() == "en-gb"
    assert "/StructTreeRoot" in catalogue
    title, sections = reader.outline
    assert not isinstance(title, list)
    assert isinstance(sections, list)
    assert title.title == "Sales: pocket cards"
    shown = list(dict.fromkeys(card["section"] for card in printer.deck("sales")))
    assert [entry.title for entry in sections if not isinstance(entry, list)] == shown
    assert shown[-1] == "What goes wrong"


def test_every_font_is_in_the_file(printer: CardPrinter) -> None:
    reader = PdfReader(io.BytesIO(printer.print("sales", PAPERS["a4"])))
    fonts = [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    ]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)


def test_the_same_cards_are_the_same_file(library: Library, printer: CardPrinter) -> None:
    again = CardPrinter(library, "Common Ground", "https://common-ground.example/")
    assert printer.print("everyday", PAPERS["a4"]) == again.print("everyday", PAPERS["a4"])


def test_the_site_has_the_cards_of_every_context_on_every_paper(good: Library) -> None:
    printed = dict(print_cards(good, "Good", "https://good.example/"))
    assert set(printed) == {
        f"sheets/{context}-{paper}-cards.pdf" for context in good.contexts for paper in PAPERS
    }
    assert {pdf[:5] for pdf in printed.values()} == {b"%PDF-"}


def test_no_two_prints_are_in_the_same_place_whatever_the_contexts_are_called(good: Library) -> None:
    context = good.contexts["sales"]
    names = ("sales", "sales-a4", "sales-cards", "sales-cards-a4", "sales-large", "sales-1", "cards", "a4")
    paths = list(paths_of_prints(replace(good, contexts=dict.fromkeys(names, context))))
    assert len(set(paths)) == len(paths) == 2 * (3 * len(names) + len(good.worksheets)) + 2 * len(names)


def test_how_to_print_them_is_said_once(printer: CardPrinter) -> None:
    reader = PdfReader(io.BytesIO(printer.print("sales", PAPERS["letter"])))
    said = ["fliponthelongedge" in squeezed(page.extract_text()) for page in reader.pages]
    assert said == [True] + [False] * 7


def test_a_text_too_long_for_a_card_goes_on_on_the_next(good: Library) -> None:
    sentences = [f"Sentence {number} says what it says." for number in range(120)]
    reader = opened(with_parts(good, script(" ".join(sentences), "How so?")))
    ((_, fronts, backs),) = sheets_of(reader)
    order = [(column, row) for row in range(4) for column in range(2)]
    told = [squeezed(backs[1 - column, row]) for column, row in order]
    parts = [text for text in told if "Sentence" in text]
    assert len(parts) > 2
    assert parts == told[: len(parts)]
    for number, text in enumerate(parts):
        assert f"{number + 1}of{len(parts)}" in text
        assert "Howso" in squeezed(fronts[order[number]])
    # None is lost, and none is cut in two.
    assert [sum(squeezed(sentence) in text for text in parts) for sentence in sentences] == [1] * 120
    assert min(piece.size for page in reader.pages for piece in pieces_of(page)) >= SMALLEST - 0.01


def test_what_they_say_can_go_on_too(good: Library) -> None:
    heard = [f"Objection {number} is long." for number in range(80)]
    ((_, fronts, backs),) = sheets_of(opened(with_parts(good, script("No.", " ".join(heard)))))
    parts = [text for text in map(squeezed, fronts.values()) if "Objection" in text]
    assert len(parts) > 1
    assert [sum(squeezed(words) in text for text in parts) for words in heard] == [1] * 80
    assert sum("No." in text for text in backs.values()) == len(parts)


def test_a_long_line_keeps_its_size_and_leaves_its_notes_out(good: Library) -> None:
    notes = {"because": "They know what it rests on, and so do you.", "stop_when": "They look away twice."}
    short = opened(with_parts(good, script("I see.", **notes))).pages[1].extract_text()
    assert short.index("They look away twice") < short.index("They know what it rests on")
    page = opened(with_parts(good, script("I see what you mean, and I would like to. " * 9, **notes))).pages[
        1
    ]
    text = page.extract_text()
    assert "They look away twice" not in text
    assert text.count("I would like to") == 9
    assert max(piece.size for piece in pieces_of(page)) >= 11


def test_a_pitfall_has_the_better_way_behind_it(good: Library) -> None:
    pitfall = Pitfall(id="it", name="Answering at once", why="It costs you.", instead="Ask for a day.")
    ((_, fronts, backs),) = sheets_of(opened(with_parts(good, pitfall)))
    assert "Answering at once" in fronts[0, 0]
    assert "Ask for a day." in backs[1, 0]
    assert "It costs you." in backs[1, 0]


def test_what_answers_nothing_stands_under_what_it_replaces_or_under_its_title(good: Library) -> None:
    parts = [
        script("Let us look.", "", instead_of="You are wrong.", title="Look"),
        script("Shall we begin?", "", title="Begin together", sheet=2),
    ]
    ((_, fronts, _backs),) = sheets_of(opened(with_parts(good, *parts)))
    assert "Instead of" in fronts[0, 0]
    assert "“You are wrong.”" in fronts[0, 0]
    assert "Begin together" in fronts[1, 0]
    assert "“" not in fronts[1, 0]


def test_what_is_left_of_a_page_is_for_lines_of_ones_own(good: Library) -> None:
    reader = opened(with_parts(good))
    assert len(reader.pages) == 2
    ((_, fronts, _backs),) = sheets_of(reader)
    assert [text.count("Your own") for text in fronts.values()] == [1] * 8


def test_what_is_typed_is_printed_and_stays_on_its_card(good: Library, tmp_path: Path) -> None:
    markup = "<b> #eval(1) $x$ @it [y] 谈"
    library = with_parts(good, script(f"{markup} {'x' * 300} {'Wm' * 60}", f"{markup} {'https://' * 20}"))
    pdf = CardPrinter(library, "Good", "").print("sales", PAPERS["a4"])
    front, back = (page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for text in (front, back):
        assert "<b> #eval(1) $x$ @it [y] □" in text
    assert (back.count("x"), back.count("Wm")) == (301, 60)
    (tmp_path / "cards.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "60", "-gray", "-f", "2", "cards.pdf", "back"], cwd=tmp_path, check=True
    )
    rows = rows_of(next(tmp_path.glob("back*.pgm")))
    middle, gap = len(rows[0]) // 2, int(4 / 25.4 * 60)
    assert min(min(row[middle - gap : middle + gap]) for row in rows) > 250


def test_blanks_are_filled_with_what_was_given(good: Library) -> None:
    library = with_parts(good, script("I had {my-figure} in mind.", "What of {my-figure}?"))
    front, back = (page.extract_text() for page in opened(library).pages)
    assert "your figure" in front
    assert "your figure" in back
    front, back = (page.extract_text() for page in opened(library, slots={"my-figure": "£71,500"}).pages)
    assert "What of £71,500?" in front
    assert "I had £71,500 in mind." in back
    assert "your figure" not in front + back


def test_cutting_off_what_overruns_makes_a_text_fit(good: Library) -> None:
    said, heard = "All of us know it. " * 80, "All of us said so. " * 80
    over = overruns(good, script(said, heard))
    assert set(over) == {"say", "they_say"}
    assert overruns(good, script(said[: -over["say"]], heard[: -over["they_say"]])) == {}
    assert set(overruns(good, script(said[: 20 - over["say"]], heard[: -over["they_say"]]))) == {"say"}
    pitfall = {"id": "it", "name": "Short", "why": "x" * 900, "instead": said}
    assert set(overruns(good, Pitfall.model_validate(pitfall))) == {"instead"}


def test_what_is_never_on_a_card_overruns_none(good: Library) -> None:
    assert overruns(good, script("All of us know it. " * 80, channel="written")) == {}
    assert overruns(good, script("All of us know it. " * 80, sheet=None)) == {}


@pytest.mark.parametrize(
    "word",
    ["i ", "W ", "WWWWWWWW ", "mmm ", "{my-figure} ", "({my-figure}), ", "É—Ž ", "**ab** ", "a\n\n", "- a\n"],
)
def test_what_is_let_pass_without_measuring_does_fit(good: Library, word: str) -> None:
    passed = max((count for count in range(1, 500) if height_at_most(good, word * count) <= BACK), default=0)
    assert passed > 3
    text = Text("said", split(parse_block(word * passed), lambda _: "your figure", {}, WIDTH))
    assert [len(cuts) for cuts in divide([text])] == [1]
    assert good.slots["my-figure"][1].label == "Your figure"


def test_the_command_prints_the_cards_with_what_was_filled_in(project: Path) -> None:
    (project / "mine.yml").write_text("slots: {deadline: Friday at noon}\n", encoding="utf-8")
    done = run("cards", "sales", "--paper", "letter", "--fill", "mine.yml", "-o", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["out/sales-cards.pdf"]
    reader = PdfReader(project / "out/sales-cards.pdf")
    assert round(reader.pages[0].mediabox.height) == 792
    assert "Friday at noon" in "".join(page.extract_text() for page in reader.pages)


def test_the_command_prints_the_cards_of_every_context(project: Path) -> None:
    done = run("cards", "--all", cwd=project)
    assert done.returncode == 0, done.stderr
    contexts = read_handbook(GOOD, Path("good")).library.contexts
    assert done.stdout.splitlines() == [f"{context}-cards.pdf" for context in contexts]


def test_an_unknown_context_is_one_clear_line(project: Path) -> None:
    done = run("cards", "sale", "-o", "out", cwd=project)
    assert done.returncode == 2
    # What else stands there are the linter's warnings.
    wrong = [line for line in done.stderr.splitlines() if line.startswith("error")]
    assert wrong == ["error: there is no context `sale`: did you mean `sales`?"]
    assert "Traceback" not in done.stderr
    assert not (project / "out").exists()
