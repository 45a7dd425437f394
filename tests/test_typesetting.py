"""How data become paper, and that the checks of what is printed see what is wrong with it."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from segno import make

from playbook_press.model import Library, Playbook
from playbook_press.paper import typesetting
from playbook_press.paper.breaking import breakable
from playbook_press.paper.columns import balance, fill
from playbook_press.paper.formats import PAPERS, PaperError
from playbook_press.paper.imprint import day_of, qr_code, without_scheme
from playbook_press.paper.typesetting import UNPRINTABLE, compile_pdf, pictures, query, without_glyph
from printed import faults, out_of_order, read, structure_of, text_of

DAY = datetime(2026, 11, 22, tzinfo=UTC)


def sheet(title: str = "A title", **more: Any) -> dict[str, Any]:
    """The least that the template of a sheet asks for."""
    return {
        "mode": "print",
        "document": "A sheet",
        "handbook": "A handbook",
        "keywords": [],
        "columns": 1,
        "title": title,
        "blanks": [{"label": "Mine", "words": ""}],
        "sides": [[[]]],
        "more": "",
        "address": "",
        "sources": "",
        "qr": "",
        **more,
    }


# Data to PDF


def test_a_pdf_says_what_the_data_say() -> None:
    pdf = compile_pdf("sheet", sheet("Żółć → “naïve” £5"), DAY)
    assert "Żółć → “naïve” £5" in text_of(pdf)
    metadata = read(pdf).reader.metadata
    assert metadata
    assert (metadata.title, metadata.author) == ("A sheet", "A handbook")
    assert metadata.creation_date == DAY
    assert faults(pdf, PAPERS["a4"]) == []


def test_the_paper_is_that_of_the_data() -> None:
    width, height = PAPERS["letter"]
    assert faults(compile_pdf("sheet", sheet(width=width, height=height), DAY), PAPERS["letter"]) == []


def test_the_day_is_that_which_was_asked_for_and_not_today() -> None:
    assert compile_pdf("sheet", sheet(), DAY) == compile_pdf("sheet", sheet(), DAY)
    assert compile_pdf("sheet", sheet(), DAY) != compile_pdf("sheet", sheet(), DAY.replace(year=2025))


def test_threads_print_what_one_would_print_alone() -> None:
    titles = [f"Number {number}" for number in range(8)]
    alone = [compile_pdf("sheet", sheet(title), DAY) for title in titles]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda title: compile_pdf("sheet", sheet(title), DAY), titles * 2))
    assert together == alone * 2


def test_what_typst_refuses_is_one_line_that_names_the_document() -> None:
    data = sheet()
    del data["blanks"]
    with pytest.raises(PaperError, match=r"^A sheet: cannot be printed: .*blanks.*$"):
        compile_pdf("sheet", data, DAY)
    with pytest.raises(PaperError, match=r"^A sheet: .*blanks"):
        query("sheet", data | {"mode": "measure"}, "room")


def test_a_warning_of_typst_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    template = b'#set document(title: "T")\n#set text(font: ("None", "Libertinus Serif"))\n= Title'
    monkeypatch.setattr(typesetting, "_templates", lambda: {"letter.typ": template, "common.typ": b""})
    with pytest.raises(PaperError, match=r"^A letter: is not as it should be: unknown font family: none$"):
        compile_pdf("letter", {"document": "A letter"}, DAY)


def test_a_template_tells_what_room_things_take() -> None:
    blank = {
        "mode": "measure",
        "units": [],
        "sections": ["One", "One " * 99],
        "sheets": [sheet(), sheet("A " * 300)],
    }
    room = query("sheet", sheet() | blank, "room")
    assert room["side"] == pytest.approx((297 - 2 * 11) * 72 / 25.4)
    assert room["titles"][0] < room["titles"][1]
    assert room["tops"][0] < room["tops"][1]


def test_pictures_are_as_large_as_was_asked_for() -> None:
    (small,), (large,) = (pictures("sheet", sheet(), resolution) for resolution in (36, 72))
    assert [int.from_bytes(picture[16:20]) for picture in (small, large)] == [298, 595]


# Characters


def test_what_no_font_has_is_found_however_much_there_is() -> None:
    assert without_glyph("aé£→“中😀" + "\u200b\u0301\n") == {"中", "😀"}
    assert without_glyph("漢字仮名" + "äöü") == set("漢字仮名")
    assert without_glyph("") == set()


def test_a_character_without_a_glyph_is_a_square_and_the_rest_is_as_typed() -> None:
    pdf = compile_pdf("sheet", sheet("Ask 中 and 😀, then “wait”"), DAY)
    assert f"Ask {UNPRINTABLE} and {UNPRINTABLE}, then “wait”" in text_of(pdf)
    assert faults(pdf, PAPERS["a4"]) == []
    assert pictures("sheet", sheet("中"), 36) == pictures("sheet", sheet(UNPRINTABLE), 36)


def test_half_a_character_stops_nothing() -> None:
    assert "Half ? of it" in text_of(compile_pdf("sheet", sheet("Half \ud800 of it"), DAY))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("short words stay as they are", "short words stay as they are"),
        ("extraordinarily", "extraord\u200binarily"),
        ("a extraordinarily b", "a extraord\u200binarily b"),
        (["extraordinarily", {"text": "extraordinarily", "n": 1}], ["extraord\u200binarily", {"text": "extraord\u200binarily", "n": 1}]),
        ("aaaaaaae\u0301aaaaaa", "aaaaaaae\u0301\u200baaaaaa"),
        (None, None),
    ],
)  # fmt: skip
def test_words_that_are_wider_than_their_place_may_be_broken(words: Any, expected: Any) -> None:
    assert breakable(words, 5) == expected


@given(st.text(), st.floats(0, 30))
def test_breaking_words_leaves_their_characters(words: str, width: float) -> None:
    assert breakable(words, width).replace("\u200b", "") == words.replace("\u200b", "")


# Codes, days and names


def test_a_code_holds_the_address() -> None:
    address = "https://common-ground.example/contexts/sales/"
    dark = sum(row.count(1) for row in map(bytearray, make(address, error="m", micro=False).matrix))
    drawing = qr_code(address)
    # Its one path goes along the dark squares: `h` tells how many of them stand side by side.
    runs = [
        int(run.split("m")[0].split("z")[0].split('"')[0])
        for run in drawing.split("h")[1:]
        if run[0].isdigit()
    ]
    assert sum(runs) == dark
    assert qr_code(f"{address}?") != drawing


def test_a_code_has_a_description() -> None:
    pdf = compile_pdf("sheet", sheet(address="example.org", qr=qr_code("https://example.org")), DAY)
    assert "Figure" in [tag.name for tag in structure_of(pdf).walk()]
    assert faults(pdf, PAPERS["a4"]) == []


def test_an_address_is_shown_as_it_is_typed() -> None:
    assert without_scheme("https://example.org/https://") == "example.org/https://"
    assert without_scheme("http://example.org") == "example.org"
    assert without_scheme("example.org") == "example.org"


def playbook(reviewed: date | None) -> Playbook:
    return Playbook(title="A", kind="note", summary="B.", reviewed=reviewed)


def test_the_day_of_a_handbook_is_that_of_its_latest_review() -> None:
    days = (date(2025, 1, 2), None, date(2026, 3, 4), date(2024, 5, 6))
    library = Library(playbooks={str(number): playbook(day) for number, day in enumerate(days)})
    assert day_of(library) == datetime(2026, 3, 4, tzinfo=UTC)
    assert day_of(Library()) == datetime(2000, 1, 1, tzinfo=UTC)


# Columns

TITLES = {"open": 1.0, "close": 2.0}


def test_columns_are_filled_from_top_to_bottom_and_headings_take_room() -> None:
    heights, sections = [4.0, 4.0, 4.0], ["open", "open", "close"]
    assert fill([0, 1, 2], heights, sections, TITLES, [9, 9]) == [[0, 1], [2]]
    assert fill([0, 1, 2], heights, sections, TITLES, [8, 10]) == [[0], [1, 2]]
    assert fill([0, 1, 2], heights, sections, TITLES, [8, 9]) == []
    assert fill([0, 2], heights, sections, TITLES, [5, 6, 9]) == [[0], [2], []]
    assert fill([], heights, sections, TITLES, [5]) == [[]]


def test_columns_are_balanced() -> None:
    assert balance(range(6), [1.0] * 6, ["open"] * 6, {"open": 0}, [9, 9, 9]) == [[0, 1], [2, 3], [4, 5]]
    assert balance(range(3), [9.0, 1.0, 1.0], ["open"] * 3, {"open": 0}, [20, 20]) == [[0], [1, 2]]


units = st.lists(st.tuples(st.floats(0.5, 9), st.sampled_from(sorted(TITLES))), max_size=30)
rooms = st.lists(st.floats(0, 40), min_size=1, max_size=6)


def filled(
    columns: Sequence[Sequence[int]], heights: Sequence[float], sections: Sequence[str]
) -> list[float]:
    """How much of each column is taken."""
    before = ""
    taken = []
    for column in columns:
        height = 0.0
        for index in column:
            height += heights[index] + (TITLES[sections[index]] if sections[index] != before else 0)
            before = sections[index]
        taken.append(height)
    return taken


@given(units, rooms)
def test_columns_hold_everything_once_in_order_and_never_too_much(
    given_units: list[tuple[float, str]], given_rooms: list[float]
) -> None:
    heights, sections = [height for height, _ in given_units], [section for _, section in given_units]
    tightest = 1.0
    for arrange in (fill, balance):
        columns = arrange(range(len(heights)), heights, sections, TITLES, given_rooms)
        if columns:
            assert len(columns) == len(given_rooms)
            assert [index for column in columns for index in column] == list(range(len(heights)))
            used = [
                taken / room
                for taken, room in zip(filled(columns, heights, sections), given_rooms, strict=True)
                if taken
            ]
            assert max(used, default=0) <= tightest + 1e-9
            tightest = max(used, default=0)
        else:
            assert sum(filled([range(len(heights))], heights, sections)) > min(given_rooms)


# Whether the checks see what is wrong


def typeset(source: str, **options: Any) -> bytes:
    """A page of Typst, on A4."""
    head = '#set document(title: "T")\n#set page(paper: "a4", margin: 11mm)\n#set text(lang: "en")\n'
    compiler = typst.Compiler((head + source).encode(), font_paths=typst.Fonts(include_system_fonts=False))
    return bytes(compiler.compile(format="pdf", **({"pdf_standards": "ua-1"} | options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("= Title\nSome words.", []),
        ("= Title\n#text(size: 7.5pt)[tiny]", ["page 1 has `tiny` in 7.5 points"]),
        ("= Title\n#rotate(90deg, text(size: 7.5pt)[tiny])", ["page 1 has `tiny` in 7.5 points"]),
        ("= Title\n#scale(70%)[shrunk]", ["page 1 has `shrunk` in 7.7 points"]),
        ("= Title\n#place(dx: 1em)[under]#place(dx: 1.2em)[over]", ["page 1 has `under` over `over`"]),
        ("= Title\n#place(dx: -4mm)[beyond]", ["page 1 has ink within 9 mm of the left edge"]),
        (
            "= Title\n#place(bottom + right, dx: 3mm, dy: 3mm, square(size: 1cm, fill: luma(90%)))",
            ["page 1 has ink within 9 mm of the bottom edge", "page 1 has ink within 9 mm of the right edge"],
        ),
        (
            "= Title\n#pagebreak()\n#place(top, dy: -5mm)[beyond]",
            ["page 2 has ink within 9 mm of the top edge"],
        ),
        ('#set page(paper: "a5")\n= Title', ["page 1 is [420, 595] points, not [595, 842]"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_checks_see_what_is_wrong_on_paper(source: str, expected: list[str]) -> None:
    assert faults(typeset(source), PAPERS["a4"]) == expected


def test_the_checks_see_what_a_screen_reader_misses() -> None:
    untagged = faults(typeset("= Title", pdf_standards=[], pdf_tags=False), PAPERS["a4"])
    assert [fault for fault in untagged if fault.startswith("PDF/UA-1: PDFUA1-STRUCT-TREE-ROOT")]
    unmarked = faults(typeset("= Title", pdf_standards=[]), PAPERS["a4"])
    assert [fault.split(":")[1] for fault in unmarked] == [
        " PDFUA1-ID-PART-001",
        " PDFUA1-ID-SCHEMA-001",
        " PDFUA1-VIEWER-PREFERENCES-001",
    ]


def test_the_checks_see_what_is_missing_or_out_of_order() -> None:
    text = "One line,\nthen a se-\ncond. One line"
    assert out_of_order(text, ["One line", "a second", "one line"]) == ["oneline"]
    assert out_of_order(text, ["a second", "One line", "then"]) == ["then"]
