"""Worksheets as somebody puts them on her desk: opened as PDFs, blank and filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf.generic import DictionaryObject

from good_handbook import GOOD, run
from playbook_press.load import read_handbook
from playbook_press.model import Answers, Column, Fillings, Library, Result, Table, Ticks, Worksheet, blanks
from playbook_press.pages import build_pages
from playbook_press.paper.computing import compute, formula_of_column, formula_of_result
from playbook_press.paper.drawing import draw_plot, draw_range, scale
from playbook_press.paper.formats import PAPERS
from playbook_press.paper.worksheets import WorksheetPrinter, print_worksheets
from playbook_press.text import parse_inline, plain
from printed import Printed, fonts_of, is_embedded, read, squeezed, text_of

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem for path in (ROOT / "playbooks/worksheets").glob("*.yml"))
ACROSS = {"concession-log", "interest-map", "red-lines", "story-bank", "three-bundles"}
"""The worksheets with a table that upright paper is too narrow to write in."""
SIZES = {"a4": (595, 842), "letter": (612, 792)}
SMALLEST = 8.0
MILLIMETRE = 72 / 25.4
UNREACHED = 28
"""Home printers reach within a centimetre of the edge, in points."""
FEET = (95, 50)
"""What stands at the foot of the first page, and of the second, is below this, in points."""


@dataclass(frozen=True)
class Blank:
    """A worksheet of the handbook, as it was printed."""

    name: str
    worksheet: Worksheet
    paper: str
    printed: Printed


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(ROOT / "playbooks", Path("playbooks")).library


@pytest.fixture(
    scope="module", params=[(name, paper) for name in NAMES for paper in sorted(PAPERS)], ids="-".join
)
def blank(library: Library, request: pytest.FixtureRequest) -> Blank:
    """Each worksheet on each paper."""
    name, paper = request.param
    return Blank(name, library.worksheets[name], paper, read(print_blank(library, name, paper)))


def print_blank(library: Library, name: str, paper: str = "a4") -> bytes:
    address = "https://common-ground.example/"
    return WorksheetPrinter(library, "Common Ground", address, PAPERS[paper]).print(name)


def words(text: str) -> str:
    """The letters of a text as they are printed."""
    return squeezed(plain(parse_inline(text), str))


def printed_words(worksheet: Worksheet) -> Iterator[str]:
    """Everything that a blank has to say."""
    yield from (worksheet.title, worksheet.summary)
    for part in worksheet.parts:
        yield from (part.title, part.intro)
        for item in blanks(part):
            yield from (item.label, item.hint, *item.options)
        if isinstance(part, Table):
            yield from part.starters
        if isinstance(part, Ticks):
            yield from part.items
        if isinstance(part, Result):
            yield formula_of_result(worksheet, part)


def is_off_the_page(printed: Printed) -> list[str]:
    """The pieces that a home printer would cut off."""
    return [
        piece.text
        for page, pieces in zip(printed.reader.pages, printed.pieces, strict=True)
        for piece in pieces
        if not UNREACHED < piece.x < page.mediabox.width - UNREACHED
        or not UNREACHED < piece.y < page.mediabox.height - UNREACHED
    ]


def test_the_tests_name_every_worksheet(library: Library) -> None:
    assert set(library.worksheets) == set(NAMES) > ACROSS


def test_a_worksheet_is_one_sheet_of_paper_with_all_that_it_says(library: Library, blank: Blank) -> None:
    printed, worksheet = blank.printed, blank.worksheet
    size = SIZES[blank.paper][:: -1 if blank.name in ACROSS else 1]
    pages = printed.reader.pages
    assert len(pages) <= 2
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {size}
    assert [text for text in printed_words(worksheet) if words(text) not in printed.text] == []
    assert squeezed(f"common-ground.example/worksheets/{blank.name}/") in printed.text
    sources = [library.sources[source].short for source in worksheet.sources]
    assert [source for source in sources if squeezed(source) not in printed.text] == []


def test_nothing_on_a_worksheet_is_smaller_than_eight_points_or_off_the_paper(blank: Blank) -> None:
    assert min(piece.size for pieces in blank.printed.pieces for piece in pieces) >= SMALLEST
    assert is_off_the_page(blank.printed) == []


def test_a_worksheet_can_be_read_aloud_and_leafed_through(blank: Blank) -> None:
    reader, worksheet = blank.printed.reader, blank.worksheet
    assert reader.metadata
    assert reader.metadata.title == f"{worksheet.title}: worksheet"
    catalogue = reader.trailer["/Root"]
    assert isinstance(catalogue, DictionaryObject)
    assert str(catalogue["/Lang"]).lower() == "en-gb"
    top, parts = reader.outline
    assert str(top.title) == worksheet.title  # type: ignore[union-attr]
    assert [str(entry.title) for entry in parts] == [part.title for part in worksheet.parts]  # type: ignore[union-attr]
    tags = list(tags_of(catalogue["/StructTreeRoot"]))
    has_table = any(isinstance(part, Table) for part in worksheet.parts)
    assert ("/TH" in {tag for tag, _ in tags}) is has_table
    drawn = sum(part.type in {"range", "plot"} for part in worksheet.parts)
    figures = [alt for tag, alt in tags if tag == "/Figure"]
    assert len(figures) == drawn + 1  # the QR code
    assert all(figures)


def tags_of(element: Any) -> Iterator[tuple[str, str]]:
    """Every tag of a structure tree, with the words that stand for what it holds."""
    element = element.get_object()
    if isinstance(element, DictionaryObject):
        if "/S" in element:
            yield str(element["/S"]), str(element.get("/Alt", ""))
        if "/K" in element:
            yield from tags_of(element["/K"])
    elif isinstance(element, list):
        for child in element:
            yield from tags_of(child)


def test_the_parts_come_in_their_order_and_no_heading_stands_alone(blank: Blank) -> None:
    headings = [words(part.title) for part in blank.worksheet.parts]
    lines = iter([squeezed(piece.text) for pieces in blank.printed.pieces for piece in pieces])
    assert [heading for heading in headings if heading not in lines] == []
    for pieces, foot in zip(blank.printed.pieces, FEET, strict=False):
        lowest = min((piece for piece in pieces if piece.y > foot), key=lambda piece: piece.y)
        assert squeezed(lowest.text) not in headings


def test_every_font_is_in_the_file(blank: Blank) -> None:
    fonts = [font for page in blank.printed.reader.pages for font in fonts_of(page)]
    assert fonts
    assert all(map(is_embedded, fonts))


def test_the_same_worksheet_is_the_same_file(library: Library) -> None:
    assert print_blank(library, "pay-range") == print_blank(library, "pay-range")


def test_there_is_room_to_write_in_every_row(library: Library) -> None:
    table = next(part for part in library.worksheets["tradeables"].parts if isinstance(part, Table))
    pieces = read(print_blank(library, "tradeables")).pieces[0]
    rows = [piece.y for starter in table.starters for piece in pieces if piece.text.strip() == starter]
    assert len(rows) == len(table.starters) == 10
    assert all(upper - lower >= 8 * MILLIMETRE for upper, lower in pairwise(rows))


# Filled in


def filled_in(library: Library, name: str, answers: Answers, **slots: str) -> Printed:
    fillings = Fillings(worksheets={name: answers}, slots=slots)
    printer = WorksheetPrinter(library, "Common Ground", "https://common-ground.example/", fillings=fillings)
    return read(printer.print(name))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_filled_in_stands_on_the_worksheet(library: Library, name: str) -> None:
    example = library.worksheets[name].example
    assert example
    answers = Answers(fields=example.fields, rows=example.rows)
    printed = filled_in(library, name, answers)
    given = [
        *(text for fields in example.fields.values() for text in fields.values()),
        *(text for rows in example.rows.values() for row in rows for text in row.values()),
    ]
    assert given
    assert [text for text in given if words(text) not in printed.text] == []
    assert min(piece.size for pieces in printed.pieces for piece in pieces) >= SMALLEST
    assert is_off_the_page(printed) == []


@pytest.mark.parametrize(
    ("name", "results"),
    [
        ("pay-range", ["£62,000", "£54,500", "£54,500 to £62,000", "£52,000 to £60,000"]),
        ("practice-log", ["8", "67%", "3.83", "2026-01-12"]),
        ("negotiation-budget", ["3", "2.33"]),
        ("story-bank", ["6"]),
        ("evidence-pack", ["75%"]),
        ("anchor", ["£1,950", "£2,550", "£300"]),
    ],
)
def test_what_can_be_worked_out_is(library: Library, name: str, results: list[str]) -> None:
    example = library.worksheets[name].example
    assert example
    printed = filled_in(library, name, Answers(fields=example.fields, rows=example.rows))
    lines = " ".join(piece.text.strip() for pieces in printed.pieces for piece in pieces)
    assert [result for result in results if f" {result} " not in f" {lines} "] == []


def test_computed_columns_are_computed_anew_and_left_alone_where_they_cannot_be(library: Library) -> None:
    rows = (
        {"what": "Alpha", "limit": "8", "spent": "5", "left": "99"},
        {"what": "Beta", "limit": "as long as it takes", "left": "plenty"},
    )
    printed = filled_in(library, "negotiation-budget", Answers(rows={"limits": rows}))
    texts = [piece.text.strip() for piece in printed.pieces[0]]
    assert "99" not in texts
    assert texts[texts.index("Alpha") + 1 :][:3] == ["8", "5", "3"]
    assert "plenty" in texts


def test_there_are_as_many_rows_as_are_filled_in(library: Library) -> None:
    rows = tuple({"item": f"Item{number}", "give": "Something"} for number in range(40))
    printed = filled_in(library, "concession-log", Answers(rows={"log": rows}))
    assert [row["item"] for row in rows if row["item"] not in printed.text] == []
    assert len(printed.reader.pages) > 2
    # The header is on every page that has rows.
    assert all("Youget" in text for text in printed.texts if "Item" in text.replace("Itemofthe", ""))


def test_a_row_is_never_on_two_pages(library: Library) -> None:
    long = " ".join(["word"] * 25)
    rows = tuple({"item": f"From{number}. {long} To{number}."} for number in range(25))
    printed = filled_in(library, "concession-log", Answers(rows={"log": rows}))
    for number in range(25):
        pages = [f"From{number}word" in text for text in printed.texts]
        assert pages.count(True) == 1
        assert f"To{number}" in printed.texts[pages.index(True)]


def test_starters_that_are_named_move_up_and_the_others_stay(library: Library) -> None:
    rows = ({"thing": "Pilot phase", "cost": "3", "worth": "4"},)
    printed = filled_in(library, "tradeables", Answers(rows={"business": rows}))
    assert printed.text.count("Pilotphase") == 1
    assert printed.text.index("Pilotphase") < printed.text.index("Warrantyextension")


def test_words_of_her_own_take_the_place_of_starters(library: Library) -> None:
    rows = ({"bundle": "Early bird"}, {"bundle": "Lean"}, {"bundle": "All in"})
    printed = filled_in(library, "three-bundles", Answers(rows={"grid": rows}))
    assert not {"A", "B", "C"} & {piece.text.strip() for piece in printed.pieces[0]}


def test_a_row_without_its_first_cell_has_the_starter_of_its_place(library: Library) -> None:
    printed = filled_in(library, "pay-range", Answers(rows={"parts": ({"desired": "£5"}, {"minimum": "£4"})}))
    texts = [piece.text.strip() for piece in printed.pieces[0]]
    assert texts[texts.index("Base pay") + 1] == "£5"
    assert texts[texts.index("Bonus") + 1] == "£4"


def test_a_field_that_fills_a_slot_and_has_no_answer_shows_what_the_slot_is_filled_with(
    library: Library,
) -> None:
    slots = {"my-figure": "£62,000", "their-figure": "£60,000"}
    given = {"pay": {"floor": "£54,500", "their-low": "£52,000"}}
    printed = filled_in(library, "pay-range", Answers(fields=given), **slots)
    assert "£54,500 to £62,000" in " ".join(piece.text.strip() for piece in chain(*printed.pieces))
    given["pay"]["target"] = "£61,000"
    printed = filled_in(library, "pay-range", Answers(fields=given), **slots)
    assert "£54,500 to £61,000" in " ".join(piece.text.strip() for piece in chain(*printed.pieces))


# Whatever a stranger writes


def with_worksheet(library: Library, **content: Any) -> Library:
    worksheet = Worksheet.model_validate({"title": "Title", "summary": "Summary", **content}, strict=False)
    return replace(library, worksheets={"strange": worksheet})


def strange(library: Library, fillings: Mapping[str, Any] | None = None, **content: Any) -> Printed:
    printer = WorksheetPrinter(
        with_worksheet(library, **content),
        "Handbook " + "of many words " * 20,
        "https://handbook.example/",
        fillings=Fillings.model_validate(fillings or {}, strict=False),
    )
    printed = read(printer.print("strange"))
    assert is_off_the_page(printed) == []
    assert min(piece.size for pieces in printed.pieces for piece in pieces) >= SMALLEST
    return printed


def test_a_worksheet_of_the_longest_texts_loses_none_of_them(library: Library) -> None:
    given: list[str] = []

    def longest(tag: str) -> str:
        found = [f"{tag}{number}e" for number in range(2000 // (len(tag) + 5))]
        given.extend(found)
        return " ".join(found)

    types = ["text", "long", "money", "number", "percent", "date", "person", "score", "choice"]
    choice = [longest(f"option{number}n") for number in range(3)]
    printed = strange(
        library,
        title=longest("title"),
        summary=longest("summary"),
        use=f"{longest('use')}\n\n- {longest('item')}\n  1. {longest('nested')}\n",
        parts=[
            {
                "type": "form",
                "id": "form",
                "title": longest("form"),
                "intro": longest("intro"),
                "fields": [
                    {"id": kind, "type": kind, "label": longest(f"l{kind}"), "hint": longest(f"h{kind}")}
                    | ({"options": choice} if kind == "choice" else {})
                    for kind in types
                ],
            },
            {
                "type": "table",
                "id": "table",
                "title": "Table",
                "columns": [
                    {"id": f"c{number}", "label": longest(f"c{number}l"), "hint": longest(f"c{number}h")}
                    for number in range(12)
                ],
                "starters": [longest("starter")],
            },
            {"type": "figure", "id": "sum", "title": longest("sum"), "intro": longest("read")}
            | {"computed": "sum", "part": "table", "of": ["c1"]},
            {"type": "range", "id": "range", "title": "Range", "part": "form"}
            | {"floor": "money", "target": "number", "their_low": "text", "their_high": "percent"},
            {"type": "plot", "id": "plot", "title": "Plot", "part": "table", "x": "c0", "y": ["c1", "c2"]},
            {"type": "coverage", "id": "cover", "title": "Cover", "part": "form", "column": "choice"},
            {"type": "ticks", "id": "ticks", "title": "Ticks", "items": [longest("tick")]},
        ],
    )
    assert [word for word in given if word not in printed.text] == []


def test_words_without_end_are_broken_and_not_cut_off(library: Library) -> None:
    printed = strange(
        library,
        title="T" * 2000,
        parts=[
            {
                "type": "form",
                "id": "form",
                "title": "Form",
                "fields": [{"id": "field", "label": "L" * 2000, "hint": "h" * 2000}],
            },
            {
                "type": "table",
                "id": "table",
                "title": "Table",
                "columns": [{"id": f"c{number}", "label": f"{'W' * 8}{number}"} for number in range(12)],
                "starters": ["Q" * 500],
            },
            {"type": "ticks", "id": "ticks", "title": "Ticks", "items": ["K" * 2000]},
        ],
    )
    for letter, count in {"T": 2000, "L": 2000, "h": 2000, "K": 2000, "Q": 500}.items():
        assert printed.text.count(letter) >= count


@pytest.mark.parametrize("count", [2, 12, 30])
def test_a_table_of_many_columns_goes_on_below_with_its_first_column(library: Library, count: int) -> None:
    columns = [{"id": f"c{number}", "label": f"Label{number}end"} for number in range(count)]
    table = {"type": "table", "id": "t", "title": "Table", "columns": columns, "rows": 2, "starters": ["Row"]}
    printed = strange(library, parts=[table])
    assert [column["id"] for column in columns if f"Label{column['id'][1:]}end" not in printed.text] == []
    bands = {2: 1, 12: 2, 30: 3}[count]
    assert printed.text.count("Row") == printed.text.count("Label0end") == bands
    assert printed.text.count("continued") == bands - 1
    width = max(page.mediabox.width for page in printed.reader.pages)
    assert (width > 600) == (count > 2)


def test_markup_is_text_and_slots_are_blanks_or_what_fills_them(library: Library) -> None:
    content: dict[str, Any] = {
        "title": "Ünïcödé “quotes” → ½ 漢字 #let x = $1$ <tag> @ref",
        "summary": "**bold** *slanted* `code` [linked](https://elsewhere.example/) {my-figure} {nobody-knows}",
        "parts": [
            {
                "type": "form",
                "id": "f",
                "title": "About {my-figure}",
                "fields": [{"id": "a", "label": "#set", "hint": "*h* {my-figure}"}],
            }
        ],
    }
    known = replace(library, playbooks=read_handbook(GOOD, Path("good")).library.playbooks, worksheets={})
    text = strange(known, **content).text
    assert "letx1tagref" in text
    assert "boldslantedcodelinkedyourfigurenobodyknows" in text
    assert "elsewhere" not in text
    filled = strange(known, {"slots": {"my-figure": "£70,000"}}, **content).text
    assert "70000" in filled
    assert "yourfigure" not in filled


def test_a_worksheet_of_hardly_anything_is_a_page_to_write_on(library: Library) -> None:
    printed = strange(library, parts=[{"type": "ticks", "id": "t", "title": "Ticks", "items": ["One"]}])
    assert len(printed.reader.pages) == 1
    assert "Notes" in printed.text


def test_without_an_address_there_is_no_code_to_scan(library: Library) -> None:
    one = with_worksheet(library, parts=[{"type": "ticks", "id": "t", "title": "Ticks", "items": ["One"]}])
    pdf = WorksheetPrinter(one, "Handbook", "").print("strange")
    assert "in the handbook" not in text_of(pdf)
    catalogue = read(pdf).reader.trailer["/Root"]
    assert "/Figure" not in {tag for tag, _ in tags_of(catalogue["/StructTreeRoot"])}  # type: ignore[index]


# What is worked out


@pytest.mark.parametrize(
    ("operation", "values", "result"),
    [
        ("sum", ["1", "2.5"], "3.5"),
        ("sum", ["£31,500", "£500"], "£32,000"),
        ("sum", ["£1.50", "£2"], "£3.50"),
        ("sum", ["-£150", "£300", "−£50"], "£100"),
        ("sum", ["£-150", "£50"], "-£100"),
        ("sum", ["1 200,50 €", "100 €"], "€1,300.50"),
        ("sum", ["1.200,50", "0,5"], "1,201"),
        ("sum", ["CHF 1’200", "CHF 300"], "CHF 1,500"),
        ("sum", ["0.1", "0.2"], "0.3"),
        ("sum", ["", "4", " "], "4"),
        ("sum", ["20%", "5 %"], "25%"),
        ("sum", ["£5", "3"], "£8"),
        ("sum", ["£5", "€3"], ""),
        ("sum", ["20%", "3"], ""),
        ("sum", ["5", "a few"], ""),
        ("sum", ["£31 a page"], ""),
        ("sum", ["1,23,456"], ""),
        ("sum", ["--5"], ""),
        ("sum", ["9" * 40], ""),
        ("sum", ["", ""], ""),
        ("difference", ["8", "5", "1"], "2"),
        ("difference", ["8", ""], ""),
        ("product", ["£40", "12"], "£480"),
        ("product", ["£200", "15%"], "£30"),
        ("product", ["£2", "£3"], ""),
        ("product", ["999999999999999"] * 4, ""),
        ("mean", ["1", "2", "4"], "2.33"),
        ("mean", ["£1,800", "£2,100"], "£1,950"),
        ("count", ["this", "", "that"], "2"),
    ],
)
def test_a_figure_comes_from_what_is_written(operation: Any, values: list[str], result: str) -> None:
    assert compute(operation, values) == result


@pytest.mark.parametrize(
    ("values", "result"), [(["Yes", "no", "yes "], "67%"), (["No"], "0%"), ([], ""), (["", "Yes"], "100%")]
)
def test_a_share_is_that_of_the_first_option(values: list[str], result: str) -> None:
    assert compute("share", values, ["Yes", "No"]) == result


def test_a_formula_is_said_in_words(library: Library) -> None:
    said = [
        formula_of_result(worksheet, part)
        for worksheet in library.worksheets.values()
        for part in worksheet.parts
        if isinstance(part, Result)
    ]
    said += [
        formula_of_column(part, column)
        for worksheet in library.worksheets.values()
        for part in worksheet.parts
        if isinstance(part, Table)
        for column in part.columns
        if column.computed
    ]
    assert {
        "= mean of Low",
        "= sum of Impact, Feasibility and Fairness",
        "= Limit minus Spent",
        "= number of lines with Story",
        "= share of lines in which Value was is Made",
    } <= set(said)


def test_two_labels_make_no_markup_together() -> None:
    labels = (("a", "Cost `net*"), ("b", "Gain `net*"))
    total = Column(id="c", label="Both", computed="sum", of=("a", "b"))
    columns = (*(Column(id=name, label=label) for name, label in labels), total)
    table = Table(type="table", id="table", title="A table", columns=columns)
    assert plain(parse_inline(formula_of_column(table, total)), str) == "= sum of Cost `net* and Gain `net*"


@pytest.mark.parametrize(
    ("ends", "overlap", "gap"),
    [
        (("£54,500", "£62,000", "£52,000", "£60,000"), ["£54,500", "£60,000"], ""),
        (("60", "50", "40", "55"), ["50", "55"], ""),  # a buyer's floor is above the target
        (("£50", "£60", "£30", "£45"), None, "£5"),
        (("5", "5", "5", "5"), ["5", "5"], ""),
    ],
)
def test_a_range_shows_where_both_overlap(
    ends: tuple[str, str, str, str], overlap: list[str] | None, gap: str
) -> None:
    drawn = draw_range(*ends)
    assert drawn
    assert (drawn["overlap"] and drawn["overlap"]["words"]) == overlap
    assert drawn["gap"] == gap
    places = [drawn[side][end] for side in ("yours", "theirs") for end in ("from", "to")]
    assert all(0 <= place <= 1 for place in places)


def test_a_range_with_an_end_that_is_no_figure_is_left_to_draw() -> None:
    assert draw_range("£5", "more", "£3", "£4") is None


def test_a_plot_has_a_point_for_each_row_with_a_day_and_a_figure() -> None:
    rows = [("2026-03-01", ["5"]), ("2026-01-01", ["1"]), ("soon", ["3"]), ("2026-02-01", [""])]
    drawn = draw_plot(rows, [Decimal(1), Decimal(5)])
    assert drawn
    assert drawn["lines"] == [[[0.0, 0.0], [1.0, 1.0]]]
    assert draw_plot([("soon", ["3"])]) is None
    assert draw_plot([("2026-W10-1", ["3"])]) is None, "a browser takes no weeks"


@pytest.mark.parametrize(
    "values", [["1"], ["0", "0.003"], ["-3", "17"], ["52000", "62000"], ["99", "1000001"]]
)
def test_a_scale_is_round_even_and_goes_around_its_values(values: list[str]) -> None:
    numbers = [Decimal(value) for value in values]
    marks = scale(numbers)
    assert marks[0] <= min(numbers) <= max(numbers) <= marks[-1]
    assert 2 <= len(marks) <= 7
    assert len({later - earlier for earlier, later in pairwise(marks)}) == 1


# The command, and the site


def test_an_unknown_worksheet_is_one_clear_line(project: Path) -> None:
    done = run("worksheet", "walk-awya", "-o", "out", cwd=project)
    assert done.returncode == 2
    assert done.stderr == "error: there is no worksheet `walk-awya`: did you mean `walk-away`?\n"
    assert not (project / "out").exists()


def test_the_command_prints_what_was_filled_in(project: Path) -> None:
    (project / "mine.yml").write_text(
        "worksheets:\n"
        "  walk-away:\n"
        "    fields: {terms: {floor: '£50', target: '£80'}}\n"
        "    rows: {offers: [{day: 2026-11-20, price: '£60', fee: '£5'}]}\n",
        encoding="utf-8",
    )
    done = run("worksheet", "--all", "--paper", "letter", "--fill", "mine.yml", "-o", "out", cwd=project)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{Path('out/walk-away.pdf')}\n"
    printed = read((project / "out/walk-away.pdf").read_bytes())
    assert round(printed.reader.pages[0].mediabox.width) in SIZES["letter"]
    texts = {piece.text.strip() for pieces in printed.pieces for piece in pieces}
    assert {"2026-11-20", "£60", "£65", "£30"} <= texts


def test_a_blank_that_is_not_there_is_named_with_its_place(project: Path) -> None:
    (project / "mine.yml").write_text(
        "worksheets:\n"
        "  walk-away:\n"
        "    fields:\n"
        "      terms: {flor: '£50'}\n"
        "      trems: {day: Monday}\n"
        "    rows:\n"
        "      offers:\n"
        "        - prize: '£60'\n",
        encoding="utf-8",
    )
    done = run("worksheet", "walk-away", "--fill", "mine.yml", cwd=project)
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: mine.yml:4:15: there is no blank `flor`: did you mean `floor`?",
        "error: mine.yml:5:7: there is no form `trems`: did you mean `terms`?",
        "error: mine.yml:8:11: there is no blank `prize`: did you mean `price`?",
    ]
    assert not list(project.glob("*.pdf"))


def test_the_site_has_every_worksheet_on_every_paper_and_leads_to_it() -> None:
    good = read_handbook(GOOD, Path("good")).library
    printed = dict(print_worksheets(good, "Good", "https://good.example/"))
    assert printed.keys() == {"worksheets/walk-away-a4.pdf", "worksheets/walk-away-letter.pdf"}
    assert all(pdf.startswith(b"%PDF") for pdf in printed.values())

    def page(*, has_sheets: bool) -> str:
        pages = build_pages(good, "Good", "https://good.example/", has_sheets=has_sheets)
        return next(page.markdown for page in pages if page.path == "worksheets/walk-away.md")

    assert "[A4](walk-away-a4.pdf) or [US Letter](walk-away-letter.pdf)" in page(has_sheets=True)
    assert "walk-away-a4.pdf" not in page(has_sheets=False)
