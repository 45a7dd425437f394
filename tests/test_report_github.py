"""Annotations of GitHub Actions say what was found, keep its limits, and command nothing else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report.github import ANNOTATIONS, MESSAGE_LENGTH, SUMMARY_BYTES, as_github, job_summary
from report_samples import ACTING, FINDING, HOSTILE, made, many

HERE = Path.cwd()
COMMAND = re.compile(r"::(\w+) ([^:]*)::(.*)", re.DOTALL)


def unescaped(text: str, *marks: str) -> str:
    for mark in (*marks, "\r", "\n", "%"):
        text = text.replace(f"%{ord(mark):02X}", mark)
    return text


def read(line: str) -> tuple[str, dict[str, str], str]:
    """A command as GitHub reads it: its name, its properties and its message."""
    command = COMMAND.fullmatch(line)
    assert command, line
    name, properties, message = command.groups()
    pairs = [pair.split("=", 1) for pair in properties.split(",")]
    return name, {key: unescaped(value, ":", ",") for key, value in pairs}, unescaped(message)


def commands(findings: list[Finding], root: Path = HERE) -> list[tuple[str, dict[str, str], str]]:
    return [read(line) for line in as_github(findings, [], root).splitlines()]


def test_a_finding_is_a_command_with_its_place_and_its_rule() -> None:
    assert as_github([FINDING], [], HERE) == (
        "::error file=playbooks/objections.yml,line=2,col=8,endLine=2,endColumn=11,title=PB302 unknown-stage"
        "::unknown stage `opne`%0Ahelp: did you mean `open`?"
    )


def test_no_findings_are_no_commands() -> None:
    assert as_github([], [], HERE) == ""


@pytest.mark.parametrize(
    ("severity", "command"), [("error", "error"), ("warning", "warning"), ("note", "notice")]
)
def test_each_severity_has_its_command(severity: str, command: str) -> None:
    assert commands([made(severity=severity)])[0][0] == command


def test_columns_are_left_out_of_a_finding_of_several_lines() -> None:
    [(_, properties, _)] = commands([made(end_line=4, end_column=3)])
    assert (properties["line"], properties["endLine"]) == ("2", "4")
    assert not {"col", "endColumn"} & properties.keys()


def test_a_finding_that_ends_where_a_line_starts_ends_on_the_line_before() -> None:
    [(_, properties, _)] = commands([made(end_line=4, end_column=1)])
    assert properties["endLine"] == "3"


def test_a_finding_of_no_width_has_one_column() -> None:
    [(_, properties, _)] = commands([made(end_column=8)])
    assert (properties["col"], properties["endColumn"]) == ("8", "8")


def test_errors_come_first() -> None:
    findings = [made(severity="note"), made(severity="warning"), made(severity="error", line=9, end_line=9)]
    assert [name for name, _, _ in commands(findings)] == ["error", "warning", "notice"]


# Limits


def test_as_many_as_github_shows_are_printed_without_more_words() -> None:
    findings = [*many(10), *many(10, severity="warning"), *many(10, severity="note")]
    assert [name for name, _, _ in commands(findings)] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10


@pytest.mark.parametrize(
    ("errors", "warnings", "notes", "rest"),
    [
        (11, 0, 0, "1 error more"),
        (5000, 12, 0, "4990 errors, 2 warnings more"),
        (0, 0, 11, "2 notes more"),
        (11, 0, 10, "1 error, 1 note more"),
        (11, 0, 9, "1 error more"),
    ],
)
def test_the_rest_is_counted_within_the_limit(errors: int, warnings: int, notes: int, rest: str) -> None:
    findings = [
        *many(errors),
        *many(warnings, severity="warning"),
        *many(notes, severity="note"),
    ]
    printed = commands(findings)
    for name in ("error", "warning", "notice"):
        assert sum(command[0] == name for command in printed) <= ANNOTATIONS
    name, _, message = printed[-1]
    assert (name, message.partition(":")[0]) == ("notice", rest)


@pytest.mark.parametrize("field", ["message", "help"])
def test_a_long_message_leaves_room_for_the_help(field: str) -> None:
    [(_, _, message)] = commands([made(**{field: "word " * 10_000})])
    assert len(message) <= MESSAGE_LENGTH
    assert "\nhelp: " in message
    assert message.endswith(("open`?", "…"))


# Places


@pytest.mark.parametrize(
    ("path", "root", "shown"),
    [
        ("playbooks/a.yml", HERE, "playbooks/a.yml"),
        ("./playbooks/../playbooks/a.yml", HERE, "playbooks/a.yml"),
        (f"{HERE}/playbooks/a.yml", HERE, "playbooks/a.yml"),
        ("playbooks/a.yml", HERE.parent, f"{HERE.name}/playbooks/a.yml"),
        ("../elsewhere/a.yml", HERE, f"{HERE.parent}/elsewhere/a.yml"),
        ("/elsewhere/a.yml", HERE, "/elsewhere/a.yml"),
        ("a: b, c=d 100%.yml", HERE, "a: b, c=d 100%.yml"),
        ("a\n::error::b\r.yml", HERE, "a\n::error::b\r.yml"),
    ],
)
def test_a_path_is_told_from_the_root_of_the_repository(path: str, root: Path, shown: str) -> None:
    [(_, properties, _)] = commands([made(path=path)], root)
    assert properties["file"] == shown


# What a file holds


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_one_command_and_do_not_act_on_a_terminal(text: str) -> None:
    printed = as_github([made(message=text, help=text, path=f"playbooks/{text[:200]}.yml")], [], HERE)
    assert len(printed.splitlines()) == 1
    assert not ACTING.search(printed)
    assert printed.encode()
    name, properties, message = read(printed)
    assert name == "error"
    assert properties.keys() == {"file", "line", "col", "endLine", "endColumn", "title"}
    assert "\nhelp: " in message


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]) | st.sampled_from(" \n\r%:,=")))
def test_github_reads_the_words_that_were_meant(text: str) -> None:
    [(_, properties, message)] = commands([made(message=text, path=f"x{text}x")])
    assert message == f"{text}\nhelp: {FINDING.help}"
    assert properties["title"] == "PB302 unknown-stage"


# The summary of a job


def cells(markdown: str) -> list[list[Token]]:
    """The cells of each row of the only table, the heading's left out; nothing else may be there."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    assert [token.type for token in tokens if token.level == 0 and token.nesting >= 0] == [
        "heading_open",
        "table_open",
    ]
    rows: list[list[Token]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append(token)
    return rows[1:]


def words(cell: Token) -> str:
    return "".join(token.content for token in cell.children or [] if token.type == "text")


def test_the_summary_has_a_row_for_each_finding() -> None:
    findings = [made(severity="warning"), made(message="the key `say` is missing here")]
    rows = cells(job_summary(findings, [], HERE))
    assert [[words(cell) for cell in row[:3]] for row in rows] == [
        ["error", "PB302 unknown-stage", "playbooks/objections.yml:2:8"],
        ["warning", "PB302 unknown-stage", "playbooks/objections.yml:2:8"],
    ]
    assert [token.content for token in rows[0][3].children or [] if token.type == "html_inline"] == [
        *("<code>", "</code>", "<br>", "<code>", "</code>")
    ]


def test_the_summary_counts() -> None:
    assert job_summary(many(2), [], HERE).startswith("\n### playbooks lint: 2 errors\n")
    assert job_summary([], [], HERE) == "\n### playbooks lint: nothing to mend\n\n"


def test_a_file_that_could_not_be_read_is_told_and_is_not_called_clean() -> None:
    broken = [Handbook(HERE, [], ["playbooks/one|`.yml: the file is empty: delete it"])]
    [(name, _, message)] = [read(line) for line in as_github([], broken, HERE).splitlines()]
    assert (name, message) == ("error", broken[0].unreadable[0])
    for findings in ([], many(2)):
        markdown = job_summary(findings, broken, HERE)
        assert "1 file not read" in markdown
        assert "nothing to mend" not in markdown
        assert "the file is empty" in markdown


def test_the_summary_links_to_the_rule_and_to_the_line() -> None:
    markdown = job_summary(
        [made(path="playbooks/a (b)#c.yml")], [], HERE, files="https://git.example/o/r/blob/1f"
    )
    links = [
        token.attrs["href"]
        for cell in cells(markdown)[0]
        for token in cell.children or []
        if token.type == "link_open"
    ]
    assert links == [FINDING.url, "https://git.example/o/r/blob/1f/playbooks/a%20%28b%29%23c.yml#L2"]


@pytest.mark.parametrize(
    "url", ["/contribute/rules/pb302/", "javascript:alert(1)", "https://x>y/", "https://x y/"]
)
def test_the_summary_links_to_nothing_but_addresses(url: str) -> None:
    assert "](" not in job_summary([made(url=url)], [], HERE)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_stay_in_their_cell(text: str) -> None:
    findings = [made(message=text, help=text, path=f"playbooks/{text[:200]}.yml"), FINDING]
    markdown = job_summary(findings, [], HERE, files="https://git.example/o/r/blob/1f")
    rows = cells(markdown)
    assert [len(row) for row in rows] == [4, 4]
    inside = [token for row in rows for cell in row for token in cell.children or []]
    assert {token.type for token in inside} <= {"text", "html_inline", "link_open", "link_close"}
    assert {token.content for token in inside if token.type == "html_inline"} <= {"<code>", "</code>", "<br>"}
    assert not ACTING.search(markdown)


def test_a_summary_is_cut_between_rows_where_it_would_be_too_large() -> None:
    markdown = job_summary(many(10_000), [], HERE)
    assert SUMMARY_BYTES - 1000 < len(markdown.encode()) <= SUMMARY_BYTES
    table, left_out = markdown.rstrip().rsplit("\n\n", 1)
    assert int(left_out.split()[0]) + len(cells(f"{table}\n")) == 10_000


@pytest.mark.parametrize("room", [-1, 0, 50, 100, 150, 200, 300, 1000])
def test_a_summary_keeps_to_the_room_that_is_left(room: int) -> None:
    for findings in ([], many(1), many(20)):
        assert len(job_summary(findings, [], HERE, room).encode()) <= max(0, room)
