"""The report shows the place as a person sees it, and nothing of a file can act on a terminal."""

import json
import re
from pathlib import Path

import pytest

from good_handbook import GOOD, GoodHandbook
from playbook_press.document import Document
from playbook_press.lint import Finding
from playbook_press.load import Handbook, read_handbook
from playbook_press.report import as_json, as_text, statistics, statistics_as_json, summary
from report_samples import made

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"
WIDTH = 100


def report(good: GoodHandbook, text: str) -> str:
    document, findings = good.read(text)
    handbook = Handbook(good.folder, [document], [])
    return as_text(findings, handbook).replace(f"{good.folder.as_posix()}/", "")


def snippet(good: GoodHandbook, text: str) -> tuple[str, str]:
    """The line of the only finding, and the carets below it."""
    lines = report(good, text).splitlines()
    source, carets = (line.partition("|")[2] for line in lines[3:5])
    return source[1:], carets[1:]


def test_a_finding_is_shown_with_its_line_and_its_help(good: GoodHandbook) -> None:
    assert report(good, HEAD + "status: finished\n") == (
        "error[PB104]: `finished` is not a choice here\n"
        " --> minimal.yml:4:9\n"
        "  |\n"
        "4 | status: finished\n"
        "  |         ^^^^^^^^\n"
        "  help: the choices are: `draft`, `reviewed`, `superseded`\n"
    )


def test_the_gutter_is_as_wide_as_the_line_number(good: GoodHandbook) -> None:
    lines = report(good, "\n" * 99 + HEAD + "status: finished\n").splitlines()
    assert lines[1:5] == [
        "   --> minimal.yml:103:9",
        "    |",
        "103 | status: finished",
        "    |         ^^^^^^^^",
    ]


def test_two_findings_about_one_place_share_its_line(good: GoodHandbook) -> None:
    text = report(good, "title: A title\nstatus: draft\n")
    assert text.count("error[PB102]") == text.count("help: ") == 2
    assert text.count(" --> ") == text.count("1 | title: A title") == 1


@pytest.mark.parametrize(
    ("before", "columns"),
    [("", 0), ("é", 1), ("e\u0301", 1), ("😀", 2), ("値段", 4), ("ｗ", 2)],
)
def test_the_caret_stands_under_its_word_on_the_screen(good: GoodHandbook, before: str, columns: int) -> None:
    _, carets = snippet(good, f"{HEAD}planned: [{{title: A {before} title, note: TODO}}]\n")
    assert carets == " " * (len("planned: [{title: A  title, note: ") + columns) + "^^^^"


def test_the_carets_are_as_wide_as_their_words(good: GoodHandbook) -> None:
    source, carets = snippet(good, f"{HEAD}status: 値段\n")
    assert (source, carets) == ("status: 値段", "        ^^^^")


def test_carets_end_with_the_first_line_of_a_longer_span(good: GoodHandbook) -> None:
    source, carets = snippet(good, f"{HEAD}status: half\n  finished\n")
    assert (source, carets) == ("status: half", "        ^^^^")


def test_carets_end_with_the_line_under_crlf(good: GoodHandbook) -> None:
    source, carets = snippet(good, f"{HEAD}status: half\n  finished\n".replace("\n", "\r\n"))
    assert (source, carets) == ("status: half", "        ^^^^")


def test_an_end_of_file_has_a_caret(good: GoodHandbook) -> None:
    _, carets = snippet(good, f"{HEAD}use_when: [One more day\n")
    assert carets.strip() == "^"


@pytest.mark.parametrize("start", [0, 10, 90, 150, 290])
def test_a_long_line_is_cut_around_the_place(good: GoodHandbook, start: int) -> None:
    words = ("word " * 80)[:start] + "TODO" + (" word" * 80)[: 300 - start]
    source, carets = snippet(good, f'{HEAD}use_when: ["{words}"]\n')
    assert len(source) <= WIDTH + len("……")
    shown = source[len(carets) - len(carets.lstrip()) :][: len(carets.strip())]
    assert shown == "TODO"


def test_carets_do_not_run_past_a_line_that_is_cut(good: GoodHandbook) -> None:
    source, carets = snippet(good, f"{HEAD}status: {'long ' * 60}\n")
    assert source.endswith("…")
    assert len(carets) < len(source)


# What a file holds is shown, and does nothing


DANGEROUS = {
    "escape": "\x1b[31m",
    "title": "\x1b]0;owned\x07",
    "bell": "\x07",
    "backspace": "\x08",
    "carriage return": "\r",
    "line feed": "\n",
    "next line": "\x85",
    "csi": "\x9b31m",
    "line separator": "\u2028",
    "right to left": "\u202e",
    "isolate": "\u2067",
    "delete": "\x7f",
}
ACTING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("characters", DANGEROUS.values(), ids=DANGEROUS)
def test_what_acts_on_a_terminal_is_not_printed(good: GoodHandbook, characters: str) -> None:
    hidden = "".join(f"\\U{ord(character):08X}" for character in characters)
    texts = [
        f'{HEAD}status: "x{hidden}y"\n',
        f'{HEAD}"x{hidden}y": 1\n',
        f'{HEAD}sources: ["x{hidden}y"]\n',
        f'{HEAD}reviewed: "x{hidden}y"\n',
        f'{HEAD}use_when: ["a {{x{hidden}y}} b"]\n',
        f'{HEAD}stages: {{"x{hidden}y": 7}}\n',
        f"{HEAD}status: x{characters}y\n",
        f"{HEAD}# {characters}\nstatus: 'x{characters}y'\n",
        f"{HEAD}status: !x{characters}y z\n",
        f"{HEAD}use_when: [&x{characters}y z, *x{characters}y]\n",
        f"{HEAD}'x{characters}y': 1\n'x{characters}y': 2\n",
    ]
    for text in texts:
        printed = report(good, text)
        assert not ACTING.search(printed)
        # Nor can it make a line of its own look like the linter's.
        assert not [line for line in printed.splitlines() if line.startswith("y")]


@pytest.mark.parametrize("characters", DANGEROUS.values(), ids=DANGEROUS)
def test_a_file_name_does_not_act_on_a_terminal(good: GoodHandbook, characters: str) -> None:
    document, findings = good.read(HEAD, f"x{characters}y.yml")
    assert [finding.code for finding in findings] == ["PB013"]
    assert not ACTING.search(as_text(findings, Handbook(good.folder, [document], [])))


@pytest.mark.parametrize("characters", DANGEROUS.values(), ids=DANGEROUS)
def test_json_does_not_act_on_a_terminal_and_loses_nothing(good: GoodHandbook, characters: str) -> None:
    hidden = "".join(f"\\U{ord(character):08X}" for character in characters)
    findings = good.lint(f'{HEAD}status: "x{hidden}y"\n')
    printed = as_json(findings)
    assert not ACTING.search(printed)
    assert [entry["message"] for entry in json.loads(printed)] == [finding.message for finding in findings]


def test_a_file_name_that_is_no_text_is_printed(tmp_path: Path) -> None:
    name = b"x\xff.yml".decode("utf-8", "surrogateescape")
    (tmp_path / name).write_text(HEAD, encoding="utf-8")
    handbook = read_handbook(GOOD, Path("good"), [tmp_path / name])
    document = handbook.documents[-1]
    finding = Finding(document.path.as_posix(), 1, 1, "PB013", "m", 1, 1, "file-name", "error", "h", "u")
    printed = as_text([finding], Handbook(tmp_path, [document], []))
    assert printed.encode("utf-8")


# Counts


def handbook_of(files: int) -> Handbook:
    return Handbook(Path(), [Document(Path(f"{index}.yml"), "playbooks") for index in range(files)], [])


def finding_in(path: str, severity: str = "error") -> Finding:
    return Finding(path, 1, 1, "PB000", "m", 1, 2, "name", severity, "h", "u")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("findings", "files", "expected"),
    [
        ([], 0, "0 files checked: nothing to mend"),
        ([], 1, "1 file checked: nothing to mend"),
        ([finding_in("a")], 1, "1 error in 1 file (1 checked)"),
        ([finding_in("a"), finding_in("b")], 3, "2 errors in 2 files (3 checked)"),
        (
            [finding_in("a", "warning"), finding_in("a", "note"), finding_in("a")],
            3,
            "1 error, 1 warning, 1 note in 1 file (3 checked)",
        ),
    ],
)
def test_the_last_line_counts(findings: list[Finding], files: int, expected: str) -> None:
    assert summary(findings, handbook_of(files)) == expected


def test_no_findings_are_no_text_and_an_empty_list() -> None:
    assert as_text([], handbook_of(1)) == ""
    assert json.loads(as_json([])) == []


def test_statistics_put_the_rule_most_often_broken_first() -> None:
    findings = [
        made(code="PB309", name="unused-slot"),
        *[made(line=line) for line in range(10)],
        made(code="PB101", name="unknown-key", fixable=True),
    ]
    assert statistics(findings) == (
        "10  PB302  [ ]  unknown-stage\n"
        " 1  PB101  [*]  unknown-key\n"
        " 1  PB309  [ ]  unused-slot\n"
        "\n"
        "[*] can be mended by `playbooks lint --fix`\n"
    )
    assert [
        (row["count"], row["code"], row["fixable"]) for row in json.loads(statistics_as_json(findings))
    ] == [
        (10, "PB302", False),
        (1, "PB101", True),
        (1, "PB309", False),
    ]


def test_statistics_explain_no_mark_that_is_not_there() -> None:
    assert statistics([made()]) == "1  PB302  [ ]  unknown-stage\n"
    assert statistics([]) == ""
