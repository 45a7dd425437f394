"""Findings are sorted, unique and inside the file, whatever the file holds; no input is a crash."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from good_handbook import GOOD, GoodHandbook, run
from playbook_press import lint as lint_module
from playbook_press.document import Document
from playbook_press.lint import Finding, lint
from playbook_press.load import HandbookError, read_handbook
from playbook_press.rules import Rule, all_rules

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"
EVERY_FIELD = (GOOD / "every-field.yml").read_bytes()


def test_the_good_handbook_is_clean() -> None:
    finished = run("lint", "good", cwd=GOOD.parent)
    assert (finished.stdout, finished.stderr) == ("11 files checked: nothing to mend\n", "")
    assert finished.returncode == 0


def test_findings_are_sorted_by_place_then_code(good: GoodHandbook) -> None:
    text = f"{HEAD}use_when: [TODO, TBD]\nstatus: finished\nsources: [my-aunt]\nkind: situation\n"
    findings = good.lint(text)
    assert findings == sorted(findings)
    assert [(finding.line, finding.code) for finding in findings] == [
        (4, "PB204"),
        (4, "PB204"),
        (5, "PB104"),
        (6, "PB304"),
        (7, "PB006"),
    ]


def test_a_finding_stands_once_however_often_it_is_made(good: GoodHandbook) -> None:
    text = f"{HEAD}use_when:\n  - One {{due}}, and another {{due}}.\n"
    assert good.places(text) == [("PB308", 5, 9)]


def test_one_text_may_have_several_findings(good: GoodHandbook) -> None:
    text = f"{HEAD}use_when:\n  - One {{due}}, and [a page](playbooks/none), {{Two}}.\n"
    assert good.places(text) == [("PB308", 5, 9), ("PB312", 5, 29), ("PB310", 5, 46)]


def test_a_slot_in_two_pairs_of_braces_is_told(good: GoodHandbook) -> None:
    text = f"{HEAD}use_when:\n  - Say {{{{my-figure}}}} now.\nslots:\n  my-figure: {{label: Yours, example: £5}}\n"
    assert ("PB310", 5, 9) in good.places(text)


def test_a_finding_spans_what_is_wrong(good: GoodHandbook) -> None:
    [finding] = good.lint(f"{HEAD}owners:\n  - 1.50\n")
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (5, 5, 5, 9)


def test_a_finding_may_span_several_lines(good: GoodHandbook) -> None:
    [finding] = good.lint(f"{HEAD}status: >-\n  half\n  finished\nowners: [Robin]\n")
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (4, 9, 6, 11)


@pytest.mark.parametrize(
    ("site_url", "url"),
    [
        ("", "/contribute/rules/pb103/"),
        ("https://example.org/book/", "https://example.org/book/contribute/rules/pb103/"),
        ("https://example.org/book", "https://example.org/book/contribute/rules/pb103/"),
    ],
)
def test_a_finding_leads_to_the_page_of_its_rule(tmp_path: Path, site_url: str, url: str) -> None:
    (tmp_path / "book.yml").write_text(HEAD + "owners: [7]\n", encoding="utf-8")
    [finding] = lint(read_handbook(GOOD, Path("good"), [tmp_path / "book.yml"]), site_url)
    assert finding.url == url


def test_a_rule_that_crashes_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(part: object, library: object) -> None:
        raise RuntimeError(part, library)

    broken = Rule("PB999", "broken", "error", "A rule.", frozenset(), None, crash, everywhere=False)  # type: ignore[arg-type]
    monkeypatch.setattr(lint_module, "all_rules", lambda: {**all_rules(), "PB999": broken})
    with pytest.raises(RuntimeError):
        lint(read_handbook(GOOD, Path("good")))


@pytest.mark.parametrize("name", ["id", "stage", "contexts", "sources", "say", "scripts"])
def test_a_slot_may_have_the_name_of_a_field(good: GoodHandbook, name: str) -> None:
    text = (
        f"{HEAD}slots:\n"
        f"  {name}: {{label: A name, example: Robin}}\n"
        "scripts:\n"
        "  - id: id\n"
        "    stage: open\n"
        f"    say: My name is {{{name}}}.\n"
    )
    assert good.lint(text) == []


def test_rules_that_look_everywhere_look_into_worksheets_and_vocabulary(tmp_path: Path) -> None:
    for name in ("vocabulary", "worksheets"):
        (tmp_path / name).mkdir()
    (tmp_path / "book.yml").write_text(HEAD, encoding="utf-8")
    for path in [*GOOD.glob("vocabulary/*.yml"), *GOOD.glob("worksheets/*.yml")]:
        text = path.read_text(encoding="utf-8").replace("[fisher-ury-2011]", "[my-aunt]")
        text = text.replace("summary: ", "summary: TBD [a page](contexts/none) ")
        (tmp_path / path.relative_to(GOOD)).write_text(text, encoding="utf-8")
    found = {(finding.path, finding.code) for finding in lint(read_handbook(tmp_path, Path()))}
    assert found == {
        *(
            (f"vocabulary/{name}.yml", code)
            for name in ("contexts", "kinds", "stages")
            for code in ("PB204", "PB312")
        ),
        ("vocabulary/glossary.yml", "PB304"),
        ("vocabulary/sources.yml", "PB304"),
        ("vocabulary/sources.yml", "PB502"),
        *(("worksheets/walk-away.yml", code) for code in ("PB204", "PB304", "PB312", "PB314")),
    }


def test_a_blank_of_a_worksheet_may_have_the_name_of_a_field(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOOD, tmp_path / "good"))
    (folder / "worksheets" / "new.yml").write_text(
        "title: Who told you\n"
        "summary: Where each figure comes from.\n"
        "parts:\n"
        "  - type: table\n"
        "    id: related\n"
        "    title: Figures\n"
        "    columns:\n"
        "      - {id: sources, label: Who told you}\n"
        "      - {id: context, label: Where}\n"
        "example:\n"
        "  rows:\n"
        "    related:\n"
        "      - sources: My neighbour\n"
        "        context: At the shop\n",
        encoding="utf-8",
    )
    assert lint(read_handbook(folder, Path("good"))) == []


# Whatever a file holds


def assert_checked_without_a_crash(good: GoodHandbook, content: bytes) -> None:
    """Lint the content, and see that every finding stands inside the file and says something."""
    try:
        document, findings = good.read(content)
    except HandbookError as error:
        assert "the file is empty" in str(error)  # noqa: PT017 (an empty file is the one that is not checked)
        return
    assert_inside(document, findings)


def assert_inside(document: Document, findings: list[Finding]) -> None:
    for finding in findings:
        assert (finding.line, finding.column) <= (finding.end_line, finding.end_column)
        assert 1 <= finding.column <= len(document.line(finding.line)) + 1
        assert 1 <= finding.end_column <= len(document.line(finding.end_line)) + 1
        assert finding.message
        assert finding.help
    assert findings == sorted(set(findings))


PIECES = [
    piece.encode()
    for piece in (
        "\n- ", "\n  ", "\n", "\r", "\r\n", "\t", ": ", ":", "? ", "- ", "[", "]", "{", "}", ", ", "&a ", "*a ",
        "!t ", "!!str ", "<<: ", "|\n", ">-\n  ", "'", '"', "\\", "#", " # ", "---\n", "...\n", "%YAML 1.1\n",
        "\ufeff", "\x85", "\u2028", "\u202e", "\x00", "\x1b[31m", "😀", "é", "{due}", "{Due}", "](", "TODO", "~",
        "id: ", "title: ", "scripts:\n", "kind: situation\n", "12", "1e9999", "0x", "sheet: -1\n",
    )
]  # fmt: skip


@st.composite
def slips(draw: st.DrawFn, content: bytes) -> bytes:
    """A good file after a few slips: something cut out, doubled, or put in the middle of it."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        put_in = draw(st.sampled_from(PIECES) | st.binary(max_size=3) | st.just(content[start:end] * 2))
        content = content[:start] + put_in + content[end:]
    return content


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=slips(EVERY_FIELD) | slips((GOOD / "asking-for-time.yml").read_bytes()))
def test_a_good_file_with_slips_in_it_is_checked(good: GoodHandbook, content: bytes) -> None:
    assert_checked_without_a_crash(good, content)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.lists(st.sampled_from(PIECES) | st.binary(max_size=4), max_size=30).map(b"".join))
@example(content=b"*a")
@example(content=b"&a")
@example(content=b"? ")
@example(content=b"'")
@example(content=b'"\\')
@example(content=b"%")
@example(content=b"\xef\xbb\xbf\xef\xbb\xbftitle: 7")
@example(content=b"title: \xff")
@example(content=b"{[a]: 1, [a]: 2}")
@example(content=b"*a : 1\n*a : 2")
@example(content=b"title: |\n")
@example(content=b"title: 1e9999\nsheet: .nan")
def test_any_bytes_are_checked(good: GoodHandbook, content: bytes) -> None:
    assert_checked_without_a_crash(good, content)


VOCABULARY = st.sampled_from(sorted(GOOD.glob("vocabulary/*.yml")) + sorted(GOOD.glob("worksheets/*.yml")))


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the good handbook, to be damaged."""
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("slips") / "good"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(path_and_content=VOCABULARY.flatmap(lambda path: st.tuples(st.just(path), slips(path.read_bytes()))))
def test_a_vocabulary_with_slips_in_it_is_checked(
    scratch: Path, path_and_content: tuple[Path, bytes]
) -> None:
    path, content = path_and_content
    damaged = scratch / path.relative_to(GOOD)
    damaged.write_bytes(content)
    handbook = read_handbook(scratch, Path("good"))
    damaged.write_bytes(path.read_bytes())
    findings = lint(handbook)
    for document in handbook.documents:
        shown = document.path.as_posix()
        assert_inside(document, [finding for finding in findings if finding.path == shown])
