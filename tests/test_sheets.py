"""Cheat sheets as a practitioner gets them: opened as PDFs, and looked at by programs that print."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from good_handbook import GOOD, run
from playbook_press.load import read_handbook
from playbook_press.model import Fillings, Library, Pitfall, Script
from playbook_press.paper.formats import PAPERS
from playbook_press.paper.printer import Options, Printer, print_sheets
from playbook_press.paper.sheet import Sheet, Unit
from printed import (
    CONTEXTS,
    Printed,
    bookmarks_of,
    faults,
    out_of_order,
    read,
    squeezed,
    structure_of,
    text_of,
)

ROOT = Path(__file__).parents[1]
SITE = "https://common-ground.example/"
SIZES = {"a4": (595, 842), "letter": (612, 792)}
ORDINARY, LARGE = 8.0, 14.0
"""The least size of text, in points."""


@dataclass(frozen=True)
class Print:
    """A sheet that has been printed."""

    sheet: Sheet
    chosen: Sequence[Unit]
    """What stands on it, in reading order."""
    pdf: bytes

    @property
    def words(self) -> list[str]:
        """All that is to be read on it, in that order."""
        return [words for unit in self.chosen for words in words_of(unit)]


Edition = tuple[str, bool]
"""On which paper, and whether in large print."""
EDITIONS: list[Edition] = [(paper, large) for large in (False, True) for paper in SIZES]
each_edition = pytest.mark.parametrize(
    "edition", EDITIONS, ids=[f"{paper}-{'large' if large else 'ordinary'}" for paper, large in EDITIONS]
)
each_context = pytest.mark.parametrize("context", CONTEXTS)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(ROOT / "playbooks", Path("playbooks")).library


@pytest.fixture(scope="module")
def good() -> Library:
    return read_handbook(GOOD, Path("good")).library


@pytest.fixture(scope="module")
def sheets(library: Library) -> Callable[[str, Edition], Print]:
    """Every sheet of the handbook, printed when it is first asked for."""

    @cache
    def printer(edition: Edition) -> Printer:
        paper, large = edition
        return Printer(library, "Common Ground", SITE, Options(PAPERS[paper], large=large))

    return cache(lambda context, edition: print_with(printer(edition), context))


def print_with(printer: Printer, context: str) -> Print:
    sheet = printer.sheet(context)
    chosen = [unit for side in printer.lay_out(sheet) for column in side for unit in column]
    return Print(sheet, chosen, printer.print(sheet))


def page_count(pdf: bytes) -> int:
    return len(PdfReader(BytesIO(pdf)).pages)


def words_of(unit: Unit) -> Iterator[str]:
    if unit.kind == "tick":
        yield unit.item
    elif unit.kind == "pitfall":
        yield from (unit.item["name"], unit.item["instead"])
    else:
        yield unit.item["heard"] or unit.item["title"]
        yield said_in(unit.item["said"])
        yield unit.item["stop"]


def said_in(pieces: Sequence[Mapping[str, Any]]) -> str:
    return "".join(piece["text"] if "text" in piece else said_in(piece["children"]) for piece in pieces)


def test_the_tests_name_every_context(library: Library) -> None:
    assert set(CONTEXTS) == set(library.contexts)


# Every sheet


@each_edition
@each_context
def test_a_sheet_holds_all_that_was_chosen_in_reading_order(
    library: Library, sheets: Callable[[str, Edition], Print], context: str, edition: Edition
) -> None:
    sheet = sheets(context, edition)
    text = text_of(sheet.pdf, as_drawn=True)
    title = library.contexts[context].title
    address = f"common-ground.example/contexts/{context}/"
    assert out_of_order(text, [title, *sheet.words, f"All {sheet.sheet.total} lines", address]) == []
    assert len(sheet.chosen) > 60


@each_edition
@each_context
def test_a_sheet_can_be_printed_at_home_and_read_by_everybody(
    sheets: Callable[[str, Edition], Print], context: str, edition: Edition
) -> None:
    paper, large = edition
    pdf = sheets(context, edition).pdf
    assert faults(pdf, PAPERS[paper], smallest=LARGE if large else ORDINARY) == []
    assert page_count(pdf) > 2 if large else page_count(pdf) == 2


@pytest.mark.parametrize("paper", SIZES)
@each_context
def test_a_sheet_is_full_and_its_columns_are_even(
    sheets: Callable[[str, Edition], Print], context: str, paper: str
) -> None:
    width, height = SIZES[paper]
    for number, pieces in enumerate(read(sheets(context, (paper, False)).pdf).pieces):
        lowest = [float(height)] * 3
        for piece in pieces:
            # What stands at the foot of the second side belongs to no column.
            if number == 0 or piece.y > 85:
                column = min(int(piece.x / width * 3), 2)
                lowest[column] = min(lowest[column], piece.y)
        assert max(lowest) < 0.2 * height, f"side {number + 1} ends at {lowest} of {height}"
        assert max(lowest) - min(lowest) < 0.08 * height, f"side {number + 1} ends at {lowest} of {height}"


@pytest.mark.parametrize("paper", SIZES)
def test_large_print_says_the_same_as_ordinary_print(
    sheets: Callable[[str, Edition], Print], paper: str
) -> None:
    assert sheets("sales", (paper, True)).words == sheets("sales", (paper, False)).words


def test_a_screen_reader_finds_its_way(sheets: Callable[[str, Edition], Print]) -> None:
    sheet = sheets("sales", ("a4", False))
    reader = read(sheet.pdf).reader
    assert reader.metadata
    assert reader.metadata.title == "Sales: cheat sheet"
    catalogue = reader.trailer["/Root"]
    assert isinstance(catalogue, DictionaryObject)
    assert str(catalogue["/Lang"]).lower() == "en-gb"
    # The title is shown at the top of the window, rather than the name of the file.
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value is True  # type: ignore[index]
    sections = list(dict.fromkeys(unit.section for unit in sheet.chosen))
    assert bookmarks_of(sheet.pdf) == [(0, "Sales"), *((1, section) for section in sections)]
    tags = [tag.name for tag in structure_of(sheet.pdf).walk()]
    assert [tag for tag in tags if tag[0] == "H"] == ["H1", *(["H2"] * len(sections))]
    ticks = [unit.section for unit in sheet.chosen if unit.kind == "tick"]
    assert tags.count("LI") == len(ticks)
    assert tags.count("L") == len(set(ticks)), "each checklist is one list"
    paragraphs = [
        words for unit in sheet.chosen for words in words_of(unit) if unit.kind == "script" and words
    ]
    assert tags.count("P") >= len(paragraphs)


# The same input, the same bytes


def test_the_same_sheet_is_the_same_file(sheets: Callable[[str, Edition], Print], library: Library) -> None:
    again = Printer(library, "Common Ground", SITE, Options(PAPERS["letter"]))
    assert again.print(again.sheet("everyday")) == sheets("everyday", ("letter", False)).pdf
    assert again.print(again.sheet("everyday")) == sheets("everyday", ("letter", False)).pdf


def test_the_same_sheet_is_the_same_file_whatever_was_printed_before_it(tmp_path: Path) -> None:
    alone, after = tmp_path / "alone", tmp_path / "after"
    for folder, names in ((alone, ["internal"]), (after, ["sales", "everyday", "internal"])):
        done = run("sheet", *names, "-o", folder, cwd=ROOT, env={"PYTHONHASHSEED": str(len(names))})
        assert done.returncode == 0, done.stderr
    assert (alone / "internal.pdf").read_bytes() == (after / "internal.pdf").read_bytes()


def test_the_site_gets_every_sheet_in_every_edition(
    sheets: Callable[[str, Edition], Print], library: Library
) -> None:
    found = dict(print_sheets(library, "Common Ground", SITE))
    names = {
        f"sheets/{context}-{paper}{'-large' if large else ''}.pdf": (context, (paper, large))
        for context in CONTEXTS
        for paper, large in EDITIONS
    }
    assert set(found) == set(names)
    for name in ("sheets/internal-a4.pdf", "sheets/sales-letter-large.pdf"):
        assert found[name] == sheets(*names[name]).pdf


# Filled in


STRANGE = (
    "São Paulo, Żółć, naïve façade",
    "‘her’ and “his”, l’été",
    "£62,000, €54,000, ¥9, ₹8, 10 ¢",
    "up → down ← both ↔",
    "½, 3 × 4, 5 °C, 6 %, § 7, 8 – 9 — 10…",
)


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large"])
def test_what_is_filled_in_stands_where_the_blanks_were(library: Library, *, large: bool) -> None:
    words = {name: STRANGE[number % len(STRANGE)] for number, name in enumerate(library.slots)}
    walk_away = {"target": "£70,000 → ‘done’", "limit": "€62,000", "alternative": "I’ll stay at Żabka"}
    fillings = Fillings.model_validate({"slots": words, "walk_away": walk_away})
    printer = Printer(library, "Common Ground", SITE, Options(large=large), fillings)
    sheet = print_with(printer, "hiring-candidate")
    assert faults(sheet.pdf, PAPERS["a4"], smallest=LARGE if large else ORDINARY) == []
    assert out_of_order(text_of(sheet.pdf, as_drawn=True), sheet.words) == []
    text = " ".join(text_of(sheet.pdf, as_drawn=True).split())
    assert [given for given in (*STRANGE, *walk_away.values()) if given not in text] == []
    blank = print_with(Printer(library, "Common Ground", SITE), "hiring-candidate")
    assert "your figure" in text_of(blank.pdf)
    assert "your figure" not in text


def test_a_word_that_is_too_long_is_broken_and_nothing_is_lost(library: Library) -> None:
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    address = "https://example.org/a/very/long/address?with=a-question&and=another#and-a-fragment_at_the_end"
    fillings = Fillings.model_validate(
        {
            "slots": {
                name: (long, address, "W" * 60)[number % 3] for number, name in enumerate(library.slots)
            },
            "walk_away": {"target": "W" * 40, "limit": address, "alternative": long},
        }
    )
    sheet = print_with(Printer(library, "Common Ground", SITE, Options(), fillings), "sales")
    assert faults(sheet.pdf, PAPERS["a4"]) == []
    text = squeezed(text_of(sheet.pdf, as_drawn=True))
    assert [word for word in (long, address, "W" * 60) if squeezed(word) not in text] == []
    assert out_of_order(text, sheet.words) == []


# Other handbooks


def with_parts(library: Library, *parts: Script | Pitfall) -> Library:
    """A handbook of these lines and pitfalls only."""
    playbook = library.playbooks["every-field"].model_copy(
        update={
            "scripts": tuple(part for part in parts if isinstance(part, Script)),
            "pitfalls": tuple(part for part in parts if isinstance(part, Pitfall)),
            "checklists": (),
        }
    )
    return replace(library, playbooks={"every-field": playbook})


def script(say: str, **more: Any) -> Script:
    fields = {"id": "it", "stage": "trade", "say": say, "they_say": "Why?", "sheet": 1}
    return Script.model_validate(fields | more)


def print_a4(library: Library, *, large: bool = False, name: str = "Good", url: str = "") -> Print:
    """The sheet for sales, on which there is nothing to find fault with."""
    sheet = print_with(Printer(library, name, url, Options(large=large)), "sales")
    assert faults(sheet.pdf, PAPERS["a4"], smallest=LARGE if large else ORDINARY) == []
    assert out_of_order(text_of(sheet.pdf, as_drawn=True), sheet.words) == []
    return sheet


def test_a_few_lines_take_one_side(good: Library) -> None:
    sheet = print_a4(good)
    assert page_count(sheet.pdf) == 1
    assert len(sheet.chosen) == len(sheet.sheet.units)


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large"])
def test_a_context_without_a_line_has_a_sheet_to_write_on(good: Library, *, large: bool) -> None:
    sheet = print_a4(with_parts(good), large=large)
    assert page_count(sheet.pdf) == 1
    assert squeezed("If no deal, I") in squeezed(text_of(sheet.pdf))


@pytest.mark.parametrize("large", [False, True], ids=["ordinary", "large"])
@pytest.mark.parametrize(
    "say",
    [" ".join(f"word{number}" for number in range(250))[:2_000], "\n".join(f"- Item {n}" for n in range(60))],
    ids=["words", "lines"],
)
def test_a_very_long_line_is_whole(good: Library, say: str, *, large: bool) -> None:
    lines = [script(say), script("Before it.", id="a", sheet=2), script("And after.", id="z", sheet=2)]
    library = with_parts(good, lines[1], lines[0], lines[2])
    assert len(print_a4(library, large=large).chosen) == 3


def test_a_line_that_can_be_on_no_sheet_leaves_its_room_to_others(good: Library) -> None:
    say = "never ending " * 500
    lines = [script(say), *(script(f"Line {number}.", id=f"line-{number}") for number in range(90))]
    assert say.strip() not in print_a4(with_parts(good, *lines)).words
    assert len(print_a4(with_parts(good, *lines)).chosen) == 90


def test_long_titles_take_the_room_they_need(good: Library) -> None:
    endless = "Negotiating*about*everything" * 4
    title = "Before the first formal conversation with a department for procurement and its lawyers"
    library = with_parts(
        good, *(script(f"A line, number {number}. " * 9, id=f"line-{number}") for number in range(60))
    )
    library = replace(
        library,
        contexts={
            "sales": library.contexts["sales"].model_copy(update={"title": f"{title} *and* {endless}"})
        },
        stages={
            name: stage.model_copy(update={"title": f"{title}, {endless}"})
            for name, stage in library.stages.items()
        },
    )
    for large in (False, True):
        sheet = print_a4(
            library, large=large, name=f"The handbook of {title}", url=f"https://{'long.' * 60}example"
        )
        text = squeezed(text_of(sheet.pdf, as_drawn=True))
        assert out_of_order(text, [f"{title} and {endless}", f"{title}, {endless}", "longlonglong"]) == []
        assert page_count(sheet.pdf) == 2 or large


def test_without_an_address_there_is_no_code_to_scan(good: Library) -> None:
    with_address, without = print_a4(good, url="https://good.example"), print_a4(good)
    assert "Figure" in [tag.name for tag in structure_of(with_address.pdf).walk()]
    assert "Figure" not in [tag.name for tag in structure_of(without.pdf).walk()]
    assert "good.example/contexts/sales/" in text_of(with_address.pdf)
    assert "contexts/" not in text_of(without.pdf)


def test_a_handbook_without_sources_names_none(good: Library) -> None:
    assert "Made from" in text_of(print_a4(good).pdf)
    assert "Made from" not in text_of(print_a4(replace(good, sources={})).pdf)


def test_nothing_that_anybody_types_is_read_as_typst(good: Library) -> None:
    hostile = '#panic("x") $x$ @ref <label> = no // heading /* no */ - \\# `code` _no_ ~ "quotes" \\u{41}'
    lines: list[Script | Pitfall] = [
        script(f"{hostile} {{my-figure}}", they_say=hostile, stop_when=hostile),
        Pitfall.model_validate({"id": "pit", "name": hostile, "why": "x", "instead": hostile, "sheet": 1}),
    ]
    fillings = Fillings.model_validate({"slots": {"my-figure": hostile}, "walk_away": {"target": "#panic()"}})
    library = with_parts(good, *lines)
    sheet = print_with(Printer(library, hostile, "", Options(), fillings), "sales")
    text = " ".join(text_of(sheet.pdf, as_drawn=True).split())
    assert text.count('#panic("x") $x$ @ref <label>') == 7
    assert "#panic()" in text


def test_one_side_is_one_page(library: Library) -> None:
    sheet = print_with(Printer(library, "Common Ground", SITE, Options(sides=1)), "sales")
    assert page_count(sheet.pdf) == 1
    assert faults(sheet.pdf, PAPERS["a4"]) == []
    assert 30 < len(sheet.chosen) < 60


def test_both_sides_are_shown_as_pictures(library: Library) -> None:
    printer = Printer(library, "Common Ground", SITE)
    pictures = printer.thumbnails(printer.sheet("sales"))
    assert [picture[:8] for picture in pictures] == [b"\x89PNG\r\n\x1a\n"] * 2
    # The width stands in the first chunk: 210 mm at 48 pixels an inch.
    assert {int.from_bytes(picture[16:20]) for picture in pictures} == {397}


# The command


def opened(path: Path) -> Printed:
    return read(path.read_bytes())


def test_the_command_prints_the_sheets_it_was_asked_for(project: Path) -> None:
    done = run("sheet", "sales", "--paper", "letter", "-o", "out/of", cwd=project)
    assert (done.returncode, done.stdout, done.stderr) == (0, "out/of/sales.pdf\n", "")
    page = opened(project / "out/of/sales.pdf").reader.pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == SIZES["letter"]
    done = run("sheet", "--all", "--large-print", cwd=project)
    assert done.stdout.splitlines() == ["sales.pdf", "hiring-candidate.pdf"]
    assert min(piece.size for pieces in opened(project / "sales.pdf").pieces for piece in pieces) == LARGE
    assert not list(project.rglob("*.part"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mine.yml", 'slots:\n  my-figure: "£61,500"\nwalk_away:\n  limit: "€58,000"\n'),
        ("mine.json", '{"slots": {"my-figure": "£61,500"}, "walk_away": {"limit": "€58,000"}}'),
    ],
)
def test_the_command_fills_in_what_a_file_says(project: Path, name: str, content: str) -> None:
    (project / name).write_text(content, encoding="utf-8")
    done = run("sheet", "sales", "--fill", name, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    text = text_of((project / "sales.pdf").read_bytes())
    assert "£61,500" in text
    assert "€58,000" in text
    assert "your figure" not in text


def test_who_has_no_other_way_may_say_so(project: Path) -> None:
    (project / "mine.yml").write_text("walk_away: {alternative: none}\n", encoding="utf-8")
    assert run("sheet", "sales", "--fill", "mine.yml", cwd=project).stderr == ""


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("slots:\n  my-figre: 1\n", ["mine.yml:2:13"]),
        (
            "slots:\n  my-figre: £5\n",
            ["error: mine.yml:2:3: there is no slot `my-figre`: did you mean `my-figure`?"],
        ),
        (
            "slots:\n  my-figre: £5\n  deadlin: soon\n",
            ["mine.yml:2:3: there is no slot `my-figre`", "mine.yml:3:3: there is no slot `deadlin`"],
        ),
        ("slots: [my-figure]\n", ["mine.yml:1:1"]),
        ("slots:\n  my-figure: [£5]\nwalk_away: £5\n", ["mine.yml:2:3", "mine.yml:3:12"]),
        ("walk-away:\n  target: £5\n", ["mine.yml:1:1", "walk_away"]),
        ("slots: {my-figure: £5\n", ["mine.yml:1:8"]),
        ('{"slots": {"my-figure": "x",}', ["mine.yml:1:"]),
        ("walk_away: {limit: £3,900}\n", ["mine.yml:1:23", "900"]),
        ("- x\n", ["mine.yml:1:1"]),
        ("", ["mine.yml: the file is empty"]),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_file_of_fillings_is_told_by_its_place(
    project: Path, content: str, lines: list[str]
) -> None:
    (project / "mine.yml").write_text(content, encoding="utf-8")
    done = run("sheet", "sales", "--fill", "mine.yml", cwd=project)
    assert done.returncode == 2
    assert [line for line in lines if line not in done.stderr] == []
    assert "Traceback" not in done.stderr
    assert not (project / "sales.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sale"], "there is no context `sale`: did you mean `sales`?"),
        ([], "name a context, or use --all: the contexts are sales, hiring-candidate"),
        (["sales", "--paper", "a5"], "Invalid value for '--paper': 'a5' is not one of 'a4', 'letter'"),
        (["sales", "--sides", "3"], "Invalid value for '--sides': '3' is not one of '1', '2'"),
        (["sales", "--fill", "none.yml"], "none.yml: there is no such file"),
        (["sales", "--fill", "playbooks"], "playbooks: a folder, where a YAML file should be"),
        (["sales", "-o", "mkdocs.yml"], "mkdocs.yml: a file, where the folder to write into should be"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_one_clear_line(project: Path, arguments: list[str], message: str) -> None:
    done = run("sheet", *arguments, cwd=project)
    assert done.returncode == 2
    assert message in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("error: ")
    assert not list(project.rglob("*.pdf*"))


def test_a_sheet_that_cannot_be_written_leaves_the_old_one_and_nothing_else(project: Path) -> None:
    (project / "out" / "sales.pdf").mkdir(parents=True)
    done = run("sheet", "--all", "-o", "out", cwd=project)
    assert done.returncode == 2
    assert done.stderr.startswith("error: out/sales.pdf: cannot be written: ")
    assert len(done.stderr.splitlines()) == 1
    assert [path.name for path in (project / "out").iterdir()] == ["sales.pdf"]


def test_a_sheet_that_was_printed_before_stays_until_there_is_a_new_one(project: Path) -> None:
    assert run("sheet", "sales", cwd=project).returncode == 0
    before = (project / "sales.pdf").read_bytes()
    (project / "mine.yml").write_text("slots: {none: £5}\n", encoding="utf-8")
    assert run("sheet", "sales", "--fill", "mine.yml", cwd=project).returncode == 2
    assert (project / "sales.pdf").read_bytes() == before
    (project / "mine.yml").write_text("slots: {my-figure: £5}\n", encoding="utf-8")
    assert run("sheet", "sales", "--fill", "mine.yml", cwd=project).returncode == 0
    assert (project / "sales.pdf").read_bytes() != before
