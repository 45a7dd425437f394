"""The rules about paper: what they say is what Typst prints, and they hardly ever have to ask it."""

import json
import re
import shutil
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import typst
from click.testing import CliRunner

from good_handbook import GOOD, GoodHandbook
from playbook_press.cli import main
from playbook_press.lint import Finding, lint
from playbook_press.load import read_handbook
from playbook_press.model import Library
from playbook_press.paper import typesetting
from playbook_press.paper.card import overruns
from playbook_press.paper.estimates import (
    SURELY_FITS,
    column_rooms,
    pitfall_room,
    script_room,
    tick_room,
)
from playbook_press.paper.formats import EITHER, PAPERS
from playbook_press.paper.letters import most_ems, unusual_in
from playbook_press.paper.printer import Options, Printer
from playbook_press.paper.sheet import Unit, build_sheet
from playbook_press.paper.typesetting import without_glyph
from playbook_press.rules import pb604_card_overrun

ROOT = Path(__file__).parents[1]
HEAD = "title: A title\nkind: note\nsummary: A summary.\n"
SENTENCE = "We looked at what three comparable firms paid last year before we came to this figure. "
STAGES = ("open", "explore", "trade", "close")


@pytest.fixture
def handbook(tmp_path: Path) -> Path:
    """A folder with a copy of the good handbook, to add playbooks to."""
    return Path(shutil.copytree(GOOD, tmp_path / "playbooks"))


def scripts(count: int, words: int, context: str = "sales") -> str:
    """A playbook of scripts with so many words, ranked in the order in which they stand there."""
    said = " ".join((SENTENCE * words).split()[:words])
    return f"{HEAD}scripts:\n" + "".join(
        f"  - id: line-{rank}\n"
        f"    stage: {STAGES[rank % len(STAGES)]}\n"
        f"    contexts: [{context}]\n"
        f"    they_say: Your price is too high for us this year.\n"
        f"    say: {said}\n"
        f"    sheet: {rank}\n"
        for rank in range(1, count + 1)
    )


def found(folder: Path, code: str) -> list[Finding]:
    return [finding for finding in lint(read_handbook(folder, Path())) if finding.code == code]


def on_sheets(library: Library, context: str) -> set[str]:
    """The ids of the scripts that are printed for a context, on either paper."""
    sheet = build_sheet(library, context)
    printers = [
        Printer(library, "A handbook", "https://handbook.example/", Options(paper))
        for paper in PAPERS.values()
    ]
    return {
        unit.part.id
        for printer in printers
        for unit in (sheet.units[index] for index in printer.choose(sheet))
        if unit.kind == "script" and not isinstance(unit.part, str)
    }


# Crowded out


@pytest.mark.parametrize("words", [20, 30, 60])
def test_a_script_that_others_leave_no_room_for_is_found(handbook: Path, words: int) -> None:
    """All that are found are on no sheet; one that just misses may not be found."""
    (handbook / "many.yml").write_text(scripts(99, words), encoding="utf-8")
    messages = " ".join(finding.message for finding in found(handbook, "PB602"))
    named = re.findall(r"puts `(.+?)` on no sheet", messages)
    printed = on_sheets(read_handbook(handbook, Path()).library, "sales")
    left_out = [f"line-{rank}" for rank in range(1, 100) if f"line-{rank}" not in printed]
    assert len(named) >= len(left_out) - 5 > 0
    assert set(named) <= set(left_out)


def test_the_rank_that_is_advised_puts_a_script_on_its_sheet(handbook: Path) -> None:
    text = scripts(90, 30)
    (handbook / "many.yml").write_text(text, encoding="utf-8")
    finding = found(handbook, "PB602")[-1]
    [name] = re.findall(r"puts `(.+?)` on no sheet", finding.message)
    [advised] = re.findall(r"rank it (\d+) or better", finding.help)
    line = finding.line - 1
    lines = text.splitlines()
    assert lines[line] == "    sheet: 90"
    for rank, is_on in ((int(advised), True), (int(advised) + 1, False)):
        changed = [*lines[:line], f"    sheet: {rank}", *lines[line + 1 :]]
        (handbook / "many.yml").write_text("\n".join(changed), encoding="utf-8")
        printed = on_sheets(read_handbook(handbook, Path()).library, "sales")
        assert (name in printed) is is_on


def test_a_script_that_has_room_in_one_of_its_contexts_is_not_found(handbook: Path) -> None:
    text = scripts(90, 30).replace("contexts: [sales]\n", "contexts: [sales, hiring-candidate]\n", 90)
    (handbook / "many.yml").write_text(text, encoding="utf-8")
    crowded = len(found(handbook, "PB602"))
    first, _, rest = text.partition("  - id: line-90")
    rest = rest.replace("[sales, hiring-candidate]", "[hiring-candidate]")
    others = first.replace("[sales, hiring-candidate]", "[sales]")
    (handbook / "many.yml").write_text(f"{others}  - id: line-90{rest}", encoding="utf-8")
    names = " ".join(finding.message for finding in found(handbook, "PB602"))
    assert crowded > 0
    assert "`line-89`" in names
    assert "`line-90`" not in names


def test_from_the_cache_the_same_is_found(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "playbooks" / "many.yml").write_text(scripts(90, 30), encoding="utf-8")
    monkeypatch.chdir(project)
    first, second = (CliRunner().invoke(main, ["lint"]).output for _ in range(2))
    assert "warning[PB602]" in first
    assert second == first


def test_ranks_in_a_stage_that_there_is_not_are_no_crash(good: GoodHandbook) -> None:
    text = scripts(99, 60).replace("stage: open", "stage: opne")
    codes = {finding.code for finding in good.lint(text)}
    assert codes >= {"PB302", "PB602"}


# Too tall


def test_a_script_shortened_as_advised_fits_a_column(good: GoodHandbook) -> None:
    text = f"{HEAD}scripts:\n  - id: long\n    stage: open\n    title: Long\n    sheet: 1\n    say: "
    words = (SENTENCE * 50).split()
    [finding] = [finding for finding in good.lint(text + " ".join(words)) if finding.code == "PB602"]
    [advised] = re.findall(r"shorten it by (\d+) words", finding.help)
    assert (finding.line, finding.column) == (9, 10)
    shorter = words[: -int(advised)]
    codes = [found.code for found in good.lint(text + " ".join(shorter))]
    assert "PB602" not in codes
    assert len(shorter) > 300


def test_a_rank_on_what_is_short_enough_is_not_found(good: GoodHandbook) -> None:
    text = f"{HEAD}scripts:\n  - id: long\n    stage: open\n    title: Long\n    sheet: 1\n    say: {SENTENCE * 15}.\n"
    assert "PB602" not in [finding.code for finding in good.lint(text)]


# Too empty


def test_in_a_new_handbook_no_sheet_is_too_empty(handbook: Path) -> None:
    assert found(handbook, "PB601") == []


def test_a_sheet_is_too_empty_once_another_is_not(handbook: Path) -> None:
    (handbook / "more.yml").write_text(scripts(9, 12), encoding="utf-8")
    [finding] = found(handbook, "PB601")
    assert (finding.path, finding.line) == ("vocabulary/contexts.yml", 5)
    assert finding.message == "the sheet of `hiring-candidate` holds 3 lines: too few to be of use"


@pytest.mark.parametrize("broken", ["scripts: [", f"{HEAD}scripts:\n  - id: open\n    stage: open\n"])
def test_while_a_playbook_is_broken_no_sheet_is_called_empty(handbook: Path, broken: str) -> None:
    (handbook / "more.yml").write_text(scripts(9, 12), encoding="utf-8")
    (handbook / "broken.yml").write_text(broken, encoding="utf-8")
    assert found(handbook, "PB601") == []


# The same rank


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("contexts: [sales]", "contexts: [hiring-candidate]", False),
        ("contexts: [sales]", "contexts: [sales, hiring-candidate]", True),
        ("contexts: [sales]", "because: It works.", True),
        # What is left of an empty list would be about every context.
        ("contexts: [sales]", "contexts: ['']", False),
    ],
)
def test_two_ranks_are_the_same_only_in_one_context(
    good: GoodHandbook, first: str, second: str, *, is_same: bool
) -> None:
    text = f"{HEAD}scripts:\n" + "".join(
        f"  - id: {name}\n    stage: open\n    say: Hello.\n    sheet: 1\n    {more}\n"
        for name, more in (("one", first), ("two", second))
    )
    assert ("PB603" in [finding.code for finding in good.lint(text)]) is is_same


def test_two_lists_of_different_purposes_may_have_the_same_rank(good: GoodHandbook) -> None:
    text = f"{HEAD}checklists:\n" + "".join(
        f"  - id: {purpose}\n    title: A list\n    purpose: {purpose}\n    items: [One.]\n    sheet: 1\n"
        for purpose in ("prepare", "close")
    )
    assert "PB603" not in [finding.code for finding in good.lint(text)]


# Cards


@pytest.mark.parametrize("field", ["they_say", "say"])
def test_a_text_shortened_as_advised_fits_its_card(good: GoodHandbook, field: str) -> None:
    other = "say" if field == "they_say" else "they_say"
    text = f"{HEAD}scripts:\n  - id: long\n    stage: open\n    sheet: 1\n    {other}: Yes.\n    {field}: "
    long = (SENTENCE * 14).strip()
    [finding] = [finding for finding in good.lint(text + long) if finding.code == "PB604"]
    [advised] = re.findall(r"shorten it by (\d+) characters", finding.help)
    assert (finding.code, finding.line, finding.column) == ("PB604", 9, 7 + len(field))
    assert "PB604" not in {found.code for found in good.lint(text + long[: -int(advised)].rstrip())}
    assert "PB604" in {found.code for found in good.lint(text + long[: 20 - int(advised)])}


@pytest.mark.parametrize("words", ["W" * 13, "W" * 26, "W", "Wij"])
def test_what_is_not_looked_at_closely_fits_its_card(
    good: GoodHandbook, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The widest letters, at the length up to which no card is asked."""
    text = f"{words} " * 200
    while not pb604_card_overrun._is_short(text):
        text = text[:-1]
    document, _ = good.read(
        f"{HEAD}scripts:\n  - id: wide\n    stage: open\n    they_say: {text}\n    say: {text}\n    sheet: 1\n"
    )
    [script] = document.value.scripts
    monkeypatch.setattr("playbook_press.paper.card._most_height", lambda *_: 10_000)
    assert len(text) > 100
    assert overruns(read_handbook(GOOD, Path()).library, script) == {}


@pytest.mark.parametrize("blanks", [" " * 2_500, "\\n" * 2_500])
def test_blanks_in_front_of_a_text_take_no_room_on_its_card(good: GoodHandbook, blanks: str) -> None:
    text = f'{HEAD}scripts:\n  - id: long\n    stage: open\n    sheet: 1\n    say: "{blanks}Yes."\n'
    assert "PB604" not in {finding.code for finding in good.lint(text)}


def test_what_is_never_on_a_card_overruns_none(good: GoodHandbook) -> None:
    text = f"{HEAD}scripts:\n  - id: long\n    stage: open\n    say: {SENTENCE * 20}Yes.\n"
    assert "PB604" in {finding.code for finding in good.lint(f"{text}    sheet: 1\n")}
    assert "PB604" not in {finding.code for finding in good.lint(text)}


# Characters


def test_a_character_without_a_glyph_is_named_and_pointed_at(good: GoodHandbook) -> None:
    text = f"{HEAD}pitfalls:\n  - id: one\n    name: A cup 🍵\n    why: 漢\n    instead: Ask.\n"
    first, second = good.lint(text)
    assert first.message == (
        "neither Libertinus Serif nor a font beside it has `🍵` (U+1F375 TEACUP WITHOUT HANDLE):"
        " it is printed as an empty box"
    )
    assert (first.code, first.line, first.column, first.end_column) == ("PB605", 6, 17, 18)
    assert (second.line, second.column) == (7, 10)


def test_what_is_not_printed_may_hold_any_character(good: GoodHandbook) -> None:
    text = f"{HEAD}use_when: [漢字]\nfaq:\n  - question: 漢字\n    answer: 漢字\n"
    assert good.lint(text) == []


def test_characters_on_worksheets_and_in_the_vocabulary_are_found(handbook: Path) -> None:
    for name, old, new in (
        ("worksheets/walk-away.yml", "title: ", "title: 漢 "),
        ("vocabulary/contexts.yml", "title: ", "title: 漢 "),
        ("vocabulary/stages.yml", "summary: ", "summary: 漢 "),
        ("vocabulary/sources.yml", "William Ury", "William Ury 漢"),
        ("vocabulary/glossary.yml", "meaning: ", "meaning: 漢 "),
    ):
        text = (handbook / name).read_text(encoding="utf-8")
        assert old in text
        (handbook / name).write_text(text.replace(old, new), encoding="utf-8")
    assert {finding.path for finding in found(handbook, "PB605")} == {
        "worksheets/walk-away.yml",
        "vocabulary/contexts.yml",
        "vocabulary/sources.yml",
    }


# What is known without Typst


USUAL = [
    character
    for character in map(chr, range(0xA0, 0x3000))
    if not unusual_in(character) and unicodedata.category(character) != "Cf"
]


def test_what_is_not_called_unusual_can_be_printed() -> None:
    assert {"é", "Ł", "Ω", "ж", "–", "€", "→"} <= set(USUAL)
    assert without_glyph(USUAL) == set()


WIDTHS = """
#set text(font: "{font}", size: 1000pt)
#let width(..style) = json("data.json").map(c => measure(text(..style, c)).width.pt())
#context [#metadata((width(), width(style: "italic"), width(weight: "bold"))) <widths>]
"""


def test_no_letter_is_wider_than_it_is_said_to_be() -> None:
    characters = [*map(chr, range(0x20, 0x7F)), *USUAL]
    project: Any = {
        "main.typ": WIDTHS.format(font=typesetting.FONT).encode(),
        "data.json": json.dumps(characters).encode(),
    }
    compiler = typst.Compiler(project, font_paths=typesetting._fonts())
    widths = json.loads(compiler.query("<widths>", field="value", one=True))
    wider = [
        character
        for character, *measured in zip(characters, *widths, strict=True)
        if max(measured) > 1000 * most_ems(character) + 0.1
    ]
    assert wider == []


@pytest.fixture(scope="module")
def common_ground() -> Library:
    return read_handbook(ROOT / "playbooks", Path("playbooks")).library


def room(unit: Unit) -> float:
    if isinstance(unit.part, str):
        return tick_room(unit.playbook, unit.part)
    if unit.kind == "pitfall":
        return pitfall_room(unit.playbook, unit.part)  # type: ignore[arg-type]
    said, stop = script_room(unit.playbook, unit.part)  # type: ignore[arg-type]
    return said + (stop if unit.item["stop"] else 0)


def test_a_sheet_takes_about_as_much_room_as_estimated(common_ground: Library) -> None:
    sheets = [build_sheet(common_ground, context) for context in common_ground.contexts]
    printer = Printer(common_ground, "A handbook", "https://handbook.example/", Options())
    printer.measure(sheets)
    for sheet in sheets:
        measured = sum(map(printer.height, sheet.units))
        assert sum(map(room, sheet.units)) == pytest.approx(measured, rel=0.025)
        assert column_rooms(common_ground, sheet.context_id) == pytest.approx(printer._rooms(2), rel=0.01)


def test_what_surely_fits_a_column_fits_it_on_either_paper(common_ground: Library) -> None:
    printer = Printer(common_ground, "A handbook", "https://handbook.example/", Options(EITHER))
    printer.measure([build_sheet(common_ground, "sales")])
    assert 0.9 * printer.tallest() > SURELY_FITS


@pytest.fixture
def _without_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("Typst was started")

    monkeypatch.setattr(typst, "Compiler", refuse)
    monkeypatch.setattr(typesetting._own, "compiler", None)


@pytest.mark.usefixtures("_without_typst")
def test_a_handbook_without_trouble_is_linted_without_typst(handbook: Path) -> None:
    (handbook / "many.yml").write_text(scripts(55, 30).replace("firms", "Firmen für €"), encoding="utf-8")
    codes = {finding.code for finding in lint(read_handbook(handbook, Path()))}
    assert {code for code in codes if code.startswith("PB6")} == {"PB601"}
