"""A new playbook lacks only what its author has to write, and its hints are never published."""

import os
import pty
import re
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from good_handbook import COMMAND, GOOD
from playbook_press.cli import main
from playbook_press.cli.asking import UnclearError, chosen, named, several_chosen
from playbook_press.cli.authoring import _vocabulary
from playbook_press.compose import compose
from playbook_press.document import Document
from playbook_press.lint import Finding, check
from playbook_press.load import File, built
from playbook_press.model import Kind, Library, Section
from playbook_press.starter import Start, cleaned, starter_file
from playbook_press.text import parse_inline, plain
from site_under_test import ROOT

SECTIONS = get_args(Section)


def library_of(folder: Path) -> Library:
    """The vocabulary of a handbook."""
    return _vocabulary(folder)


@dataclass(frozen=True)
class Case:
    """A kind of playbook, beside the vocabulary it belongs to."""

    library: Library
    kind: str

    def text(self, title: str = "A title", **more: object) -> str:
        return starter_file(self.library, Start(title, self.kind, **more))  # type: ignore[arg-type]


def cases() -> dict[str, Case]:
    """Every kind of the two handbooks, a kind for each section, and one that needs everything."""
    found = {
        f"{folder.name}: {kind}": Case(library, kind)
        for folder in (GOOD, ROOT / "playbooks")
        for library in [library_of(folder)]
        for kind in library.kinds
    }
    vocabulary = library_of(GOOD)
    for name, requires in {
        "all": dict.fromkeys(SECTIONS, 3),
        **{name: {name: 1} for name in SECTIONS},
    }.items():
        kind = Kind(title=name, summary="A summary: with a colon # and a sign. " * 9, requires=requires)
        library = Library(
            contexts=vocabulary.contexts,
            stages=vocabulary.stages,
            sources=vocabulary.sources,
            kinds={"made-up": kind},
        )
        found[f"needs {name}"] = Case(library, "made-up")
    bare = Library(kinds={"made-up": Kind(title="Bare", summary="", requires=dict.fromkeys(SECTIONS, 1))})
    return {**found, "without a vocabulary": Case(bare, "made-up")}


CASES = cases()
EVERY_KIND = pytest.mark.parametrize("case", CASES.values(), ids=CASES)


def read(text: str, library: Library) -> tuple[Document, list[Finding]]:
    path = Path("new.yml")
    document = built(text.encode(), File("playbooks", path, path))
    return document, sorted(check(document, library).findings)


@EVERY_KIND
def test_all_that_is_wrong_with_a_new_playbook_is_what_is_still_empty(case: Case) -> None:
    document, findings = read(case.text(), case.library)
    needed = {"summary", *case.library.kinds[case.kind].requires}
    assert [finding.code for finding in findings] == ["PB202"] * len(needed)
    assert {document.line(finding.line) for finding in findings} == {f"{key}:" for key in needed}


@EVERY_KIND
def test_nothing_of_a_hint_is_a_value(case: Case) -> None:
    root, problems = compose(case.text(contexts=tuple(case.library.contexts), stage=""))
    needed = {"summary", *case.library.kinds[case.kind].requires}
    assert problems == []
    assert root is not None
    assert root.plain() == {
        "title": "A title",
        "kind": case.kind,
        "status": "draft",
        **dict.fromkeys(needed),
    }


@EVERY_KIND
def test_a_new_playbook_reads_well(case: Case) -> None:
    lines = case.text().splitlines()
    assert lines[0] == "# yaml-language-server: $schema=playbook.schema.json"
    assert all(len(line) <= 110 for line in lines)
    assert all(line == line.rstrip() for line in lines)
    for section, least in case.library.kinds[case.kind].requires.items():
        hint = lines[lines.index(f"{section}:") + 1]
        assert hint.startswith("  ## ")
        if section != "definition":
            assert hint.endswith("One or more." if least == 1 else f"{least} or more.")


def uncommented(text: str) -> str:
    """What is left when an author takes a # away from every line of a hint."""
    return re.sub(r"^  # ", "  ", text, flags=re.MULTILINE)


def fully_uncommented(text: str) -> str:
    """The same with what may be left out."""
    text = uncommented(text)
    while re.search(r"^( +(?:- )*)# ([a-z_]+:|-|  )", text, re.MULTILINE):
        text = re.sub(r"^( +)# (?=[a-z_]+:|  |-|#)", r"\1", text, flags=re.MULTILINE)
    return text


# What an author has to choose, rather than to write.
CHOSEN = {
    **dict.fromkeys(("id", "stage", "context"), "a-name"),
    **dict.fromkeys(("contexts", "sources"), "[a-name]"),
    "purpose": "do",
    "who": "you",
    "channel": "written",
    "illustration": "true",
    "sheet": "1",
}


def with_choices(text: str) -> str:
    """A starter in which everything has been chosen, and nothing has been written."""
    for key, value in CHOSEN.items():
        text = re.sub(rf"\b{key}: \[?<…>\]?", f"{key}: {value}", text)
    return re.sub(r"^  <…>:", "  a-name:", text, flags=re.MULTILINE)


@EVERY_KIND
@pytest.mark.parametrize("uncomment", [uncommented, fully_uncommented])
def test_a_hint_is_the_shape_of_an_entry_and_what_is_left_of_it_is_found(
    case: Case, uncomment: Callable[[str], str]
) -> None:
    text = with_choices(uncomment(case.text()))
    _, findings = read(text, case.library)
    # The ids are made up, and lists of them still hold a blank.
    shapes = {finding.code for finding in findings if finding.code.startswith(("PB0", "PB1"))}
    assert shapes <= {"PB105", "PB107"}
    blanks = {number for number, line in enumerate(text.splitlines(), 1) if re.match(r"  [^#]*<…>", line)}
    assert len(blanks) >= bool(case.library.kinds[case.kind].requires)
    assert blanks <= {finding.line for finding in findings}


@EVERY_KIND
def test_a_hint_names_every_field_of_an_entry(case: Case) -> None:
    text = fully_uncommented(case.text())
    root, _ = compose(text)
    assert root is not None
    scripts = root.plain().get("scripts")
    if scripts:
        assert list(scripts[0]) == [
            *("id", "stage", "contexts", "title", "they_say", "instead_of"),
            *("say", "because", "stop_when", "channel", "sources", "sheet"),
        ]


def test_what_was_asked_for_stands_in_the_hints() -> None:
    case = CASES["playbooks: method"]
    root, _ = compose(uncommented(case.text(contexts=("internal", "sales"), stage="trade")))
    assert root is not None
    entries = root.plain()
    assert entries["scripts"][0]["stage"] == "trade"
    assert entries["scripts"][0]["contexts"] == ("internal", "sales")
    assert entries["moves"][0]["stage"] == "trade"
    assert entries["examples"][0]["context"] == "internal"
    assert list(entries["contexts"]) == ["internal"]
    assert list(entries["stages"]) == ["trade"]


# Titles

TITLES = [
    'She said "no"',
    "It's late: what now?",
    "# not a comment",
    "- not a list",
    "Costs #1 and #2",
    "yes",
    "null",
    "2026",
    "1.10",
    "2026-11-22",
    "🎉 Party",
    "👩‍💻 at work",
    "{amount} more",
    "{ not a slot }",
    "[a link](https://example.org)",
    "*emphasis* and `code`",
    "a_b and __c__",
    "back\\slash \\*",
    "&anchor *alias !tag",
    "%directive",
    "@at `tick",
    "| pipe > fold",
    "? question",
    "key: value",
    "trailing colon:",
    "«Größe» – naïve façade",
    "Łódź, Ærø and Þór",
    "日本語 title",
    "x" * 2_000,
    "long " * 300,
]
titles = st.one_of(
    st.sampled_from(TITLES),
    st.text(min_size=1, max_size=60),
    st.text("abc \"'#:-{}[]*_`\\!&|>%@?.,0…🎉\n\t\x00\x85\u2028\u202e\ufeff", min_size=1, max_size=40),
)


@given(titles)
@settings(max_examples=150, deadline=None)
@example("{a}")
@example("\\{a}")
@example("a\\")
@example("\ufeffa")
@example("\x85 a \u2028")
def test_any_title_is_kept_as_it_was_typed(typed: str) -> None:
    title = cleaned(typed)
    assume(title)
    case = CASES["good: note"]
    document, findings = read(case.text(title), case.library)
    assert plain(parse_inline(document.value.title), lambda name: f"<{name}>") == title
    # What is no title at all, such as "???", is filler, which the command refuses; and its wording may be odd.
    wrong = {finding.code for finding in findings if not finding.code.startswith("PB4")}
    assert wrong <= {"PB202", "PB204"}
    assert [finding.line for finding in findings if finding.code == "PB202"] == [
        document.text[: document.text.index("\nsummary:") + 1].count("\n") + 1
    ]


# The command


@pytest.fixture
def new(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `playbooks new` where mkdocs.yml is, without a terminal."""
    monkeypatch.chdir(project)
    return lambda *arguments: CliRunner().invoke(main, ["new", *arguments])


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_new_writes_a_playbook_and_says_what_to_do_next(project: Path, new: Callable[..., Result]) -> None:
    (project / "mkdocs.yml").write_text(
        "site_url: https://e.org/b/\nplugins: [playbooks]\n", encoding="utf-8"
    )
    result = new("--title", "Saying no", "--kind", "situation", "--context", "sales", "--stage", "trade")
    assert (result.exit_code, result.stderr) == (0, "")
    path = project / "playbooks" / "saying-no.yml"
    start = Start("Saying no", "situation", ("sales",), "trade")
    assert path.read_text(encoding="utf-8") == starter_file(library_of(GOOD), start)
    assert "written: playbooks/saying-no.yml\n" in result.stdout
    assert "playbooks lint playbooks/saying-no.yml " in result.stdout
    assert "playbooks serve " in result.stdout
    assert "playbooks schema " in result.stdout
    assert "https://e.org/b/contribute/fields/ " in result.stdout
    lint = CliRunner().invoke(main, ["lint", "playbooks/saying-no.yml"])
    assert set(re.findall(r"PB\d+", lint.stdout)) == {"PB202"}


def test_new_takes_titles_of_the_vocabulary_and_an_id_of_your_own(
    project: Path, new: Callable[..., Result]
) -> None:
    result = new(
        "--title", "Saying no", "--kind", "Situation", "--context", "Hiring, as the candidate", "--id", "no"
    )
    assert result.exit_code == 0, result.output
    text = (project / "playbooks" / "no.yml").read_text(encoding="utf-8")
    assert "contexts: [hiring-candidate]" in text


def test_new_works_where_the_folder_has_another_name_and_nothing_in_it(
    project: Path, new: Callable[..., Result]
) -> None:
    (project / "mkdocs.yml").write_text("plugins: [playbooks: {folder: books}]\n", encoding="utf-8")
    (project / "playbooks").rename(project / "books")
    for path in (project / "books").glob("*.yml"):
        path.unlink()
    assert new("--title", "First", "--kind", "note").exit_code == 0
    assert (project / "books" / "first.yml").is_file()


def test_new_does_not_mind_other_playbooks_that_are_broken(project: Path, new: Callable[..., Result]) -> None:
    (project / "playbooks" / "broken.yml").write_text("title: [\n", encoding="utf-8")
    (project / "playbooks" / "empty.yml").write_text("", encoding="utf-8")
    assert new("--title", "First", "--kind", "note").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give --title and --kind; the kinds are note, situation"),
        (["--kind", "note"], "give --title; the kinds are note, situation"),
        (["--title", "A"], "give --kind; the kinds are note, situation"),
        (["--title", "A", "--kind", "nots"], "there is no kind `nots`: did you mean `note`?"),
        (["--title", "A", "--kind", "zzz"], "there is no kind `zzz`: the kinds are: `note`, `situation`"),
        (
            ["--title", "A", "--kind", "note", "--context", "sale"],
            "there is no context `sale`: did you mean `sales`?",
        ),
        (
            ["--title", "A", "--kind", "note", "--stage", "opne"],
            "there is no stage `opne`: did you mean `open`?",
        ),
        (["--title", "?!", "--kind", "note"], "`?!` is filler: choose another title"),
        (["--title", "TODO", "--kind", "note"], "`TODO` is filler: choose another title"),
        (
            ["--title", " \n", "--kind", "note"],
            "a title has at least one letter: what is the playbook called?",
        ),
        (["--title", "x" * 2_001, "--kind", "note"], "the title is longer than 2000 characters: shorten it"),
        (
            ["--title", "日本語", "--kind", "note"],
            "no id can be made of the title `日本語`: choose one with --id, such as --id time",
        ),
        (
            ["--title", "Minimal", "--kind", "note"],
            "there is a page `minimal` already: choose another id with --id",
        ),
        (
            ["--title", "Index", "--kind", "note"],
            "there is a page `index` already: choose another id with --id",
        ),
        (
            ["--title", "A", "--kind", "note", "--id", "minimal"],
            "there is a page `minimal` already: choose another id with --id",
        ),
        (
            ["--title", "A", "--kind", "note", "--id", "Not Good"],
            "`Not Good` cannot be an id: write `not-good`",
        ),
        (["--title", "A", "--kind", "note", "--id", "../x"], "`../x` cannot be an id: write `x`"),
        (["--title", "A", "--kind", "note", "--id", "é!"], "`é!` cannot be an id: write `e`"),
    ],
)
def test_what_cannot_be_started_is_one_clear_line_and_nothing_is_written(
    project: Path, new: Callable[..., Result], arguments: list[str], message: str
) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    result = new(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"error: {message}\n")
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_title_without_letters_needs_an_id(project: Path, new: Callable[..., Result]) -> None:
    assert new("--title", "日本語", "--kind", "note", "--id", "nihongo").exit_code == 0
    assert "title: 日本語\n" in (project / "playbooks" / "nihongo.yml").read_text(encoding="utf-8")


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    project: Path, new: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = project / "playbooks" / "first.yml"

    def starter(*_: object) -> str:
        theirs.write_text("theirs", encoding="utf-8")
        return "ours"

    monkeypatch.setattr("playbook_press.cli.authoring.starter_file", starter)
    monkeypatch.setattr("playbook_press.cli.authoring._usable_title", lambda title, _: title)
    result = new("--title", "First", "--kind", "note")
    assert result.exit_code == 2
    assert result.stderr == (
        "error: playbooks/first.yml: there is such a file already: choose another id with --id\n"
    )
    assert theirs.read_text(encoding="utf-8") == "theirs"
    assert not list(project.rglob("*.part"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("a: [", "playbooks/vocabulary/kinds.yml: cannot be used as it is: `playbooks lint` says why"),
        ("{}", "playbooks/vocabulary/kinds.yml: describe a kind of playbook there first"),
        ("", "playbooks/vocabulary/kinds.yml: the file is empty: write `{}` where it has no entries yet"),
        (None, "playbooks/vocabulary/kinds.yml: there is no such file"),
    ],
)
def test_without_kinds_nothing_is_started(
    project: Path, new: Callable[..., Result], content: str | None, message: str
) -> None:
    kinds = project / "playbooks" / "vocabulary" / "kinds.yml"
    kinds.unlink()
    if content is not None:
        kinds.write_text(content, encoding="utf-8")
    result = new("--title", "A", "--kind", "note")
    assert (result.exit_code, result.stderr) == (2, f"error: {message}\n")


def test_new_asks_for_the_place_of_mkdocs_yml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["new", "--title", "A", "--kind", "note"])
    assert result.exit_code == 2
    assert result.stderr.startswith("error: there is no mkdocs.yml here: ")


@pytest.mark.parametrize("folder", ["nowhere", "mkdocs.yml"])
def test_a_folder_that_is_none_is_named(project: Path, new: Callable[..., Result], folder: str) -> None:
    (project / "mkdocs.yml").write_text(f"plugins: [playbooks: {{folder: {folder}}}]\n", encoding="utf-8")
    result = new("--title", "A", "--kind", "note")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {folder}: ")
    assert len(result.stderr.splitlines()) == 1


# Questions


def answered(folder: Path, answers: Sequence[str], *arguments: str) -> tuple[int, str]:
    """The exit code of `playbooks new`, and what a terminal shows while somebody answers."""
    ours, theirs = pty.openpty()
    waiting = list(answers)
    with subprocess.Popen(
        [COMMAND, "new", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"},
    ) as process:
        os.close(theirs)
        shown = b""
        # Linux answers a read from a terminal that nobody writes to any more with an error.
        try:
            while piece := os.read(ours, 65_536):
                shown += piece
                if shown.endswith(b"> ") and waiting:
                    os.write(ours, f"{waiting.pop(0)}\n".encode())
        except OSError:
            pass
    os.close(ours)
    assert waiting == [], shown.decode()
    return process.returncode, shown.decode().replace("\r\n", "\n")


def test_new_asks_for_what_is_missing_until_it_is_clear(project: Path) -> None:
    code, shown = answered(
        project, ["", "TODO", "Saying no", "", "9", "situatoin", "2", "sales, hirng-candidate", "2 sales"]
    )
    assert code == 0, shown
    assert "What is the playbook called?" in shown
    assert "`TODO` is filler: choose another title" in shown
    assert "   1  note       Something worth knowing, in whatever form suits it.\n" in shown
    assert "choose a kind, by its number or its name" in shown
    assert "there is no number 9: choose from 1 to 2" in shown
    assert "there is no kind `situatoin`: did you mean `situation`?" in shown
    assert "there is no context `hirng-candidate`: did you mean `hiring-candidate`?" in shown
    assert "written: playbooks/saying-no.yml\n" in shown
    assert (project / "playbooks" / "saying-no.yml").read_text(encoding="utf-8") == starter_file(
        library_of(GOOD), Start("Saying no", "situation", ("hiring-candidate", "sales"))
    )


def test_new_asks_for_an_id_where_the_title_gives_none_or_one_that_is_taken(project: Path) -> None:
    code, shown = answered(project, ["Minimal", "minimal", "Other One", "other-one", "note", ""])
    assert code == 0, shown
    assert "there is a page `minimal` already\n" in shown
    assert "`Other One` cannot be an id: write `other-one`" in shown
    assert (project / "playbooks" / "other-one.yml").is_file()


def test_new_asks_for_nothing_that_is_given(project: Path) -> None:
    code, shown = answered(project, ["Saying no"], "--kind", "note", "--context", "sales")
    assert code == 0, shown
    assert shown.count("\n> ") == 1
    assert answered(project, [], "--title", "Saying yes", "--kind", "note")[0] == 0


CONTEXTS = library_of(GOOD).contexts


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("", ()),
        ("1", ("sales",)),
        ("2, sales,", ("hiring-candidate", "sales")),
        ("sales hiring-candidate", ("sales", "hiring-candidate")),
        ("Hiring, as the candidate", None),
        ("SALES", ("sales",)),
        ("1,1", ("sales",)),
        ("0", None),
        ("²", None),
        ("sales nothing", None),
    ],
)
def test_contexts_are_chosen_by_number_or_name(answer: str, expected: tuple[str, ...] | None) -> None:
    if expected is None:
        with pytest.raises(UnclearError):
            several_chosen(answer, CONTEXTS, "context")
    else:
        assert several_chosen(answer, CONTEXTS, "context") == expected


def test_a_name_goes_before_a_number() -> None:
    known = {"2": CONTEXTS["sales"], "1": CONTEXTS["hiring-candidate"]}
    assert chosen("1", known, "context") == "1"
    assert named("hiring, AS the candidate", known, "context") == "1"
    with pytest.raises(UnclearError, match="this handbook has no contexts"):
        named("sales", {}, "context")
