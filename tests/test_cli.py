"""The command says in one line what it cannot do, and its exit code tells programs what happened."""

import json
import os
import pty
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from good_handbook import COMMAND, run
from playbook_press.cli import MODULES, main

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"
OTHER = HEAD.replace("A title", "Another title")
BROKEN = f"{HEAD}status: finished\n"
FIELDS = [
    *("path", "line", "column", "end_line", "end_column", "code", "name", "severity"),
    *("message", "help", "url", "fixable"),
]


@pytest.fixture
def lint(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `playbooks lint` where mkdocs.yml is."""
    monkeypatch.chdir(project)
    return lambda *arguments: CliRunner().invoke(main, ["lint", *map(str, arguments)])


COMMANDS: list[list[str]] = [[], *([name] for name in MODULES)]


# Help


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_command_explains_itself_and_its_options(command: list[str], flag: str) -> None:
    result = CliRunner().invoke(main, [*command, flag])
    assert result.exit_code == 0
    assert result.output.startswith("Usage: main" if not command else f"Usage: main {command[0]}")
    found = main.get_command(click.Context(main), command[0]) if command else main
    assert found
    assert found.help
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in result.output
            assert parameter.help


@pytest.mark.parametrize("name", MODULES)
def test_every_command_is_in_the_readme(name: str) -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"`playbooks {name}" in readme


def test_the_installed_command_explains_itself(tmp_path: Path) -> None:
    finished = run("--help", cwd=tmp_path)
    assert finished.returncode == 0
    assert finished.stdout.startswith("Usage: playbooks")
    assert finished.stderr == ""


def test_the_version_is_told(tmp_path: Path) -> None:
    assert re.fullmatch(r"playbooks, version \d+\.\d+\.\d+\n", run("--version", cwd=tmp_path).stdout)


@pytest.mark.parametrize("arguments", [["nonsense"], ["lint", "--nonsense"], ["lint", "--format", "xml"]])
def test_a_wrong_use_is_told_with_2(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: ")
    assert "--help" in result.stderr
    assert len(result.stderr.splitlines()) == 1


# Exit codes


def test_a_clean_handbook_ends_with_0(lint: Callable[..., Result]) -> None:
    result = lint()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "11 files checked: nothing to mend\n"


def test_findings_end_with_1(project: Path, lint: Callable[..., Result]) -> None:
    (project / "playbooks" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    result = lint()
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout.endswith("1 error in 1 file (12 checked)\n")


def test_a_file_that_cannot_be_read_ends_with_2_and_the_rest_is_checked(
    project: Path, lint: Callable[..., Result]
) -> None:
    (project / "playbooks" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    (project / "playbooks" / "empty.yml").write_text("", encoding="utf-8")
    (project / "playbooks" / "folder.yml").mkdir()
    result = lint()
    assert result.exit_code == 2
    assert "error[PB104]" in result.stdout
    assert result.stderr.splitlines() == [
        "error: playbooks/empty.yml: the file is empty: delete it, or start from another playbook",
        "error: playbooks/folder.yml: a folder, where a YAML file should be",
    ]


# What is looked at


@pytest.mark.parametrize(
    ("paths", "checked"),
    [
        (["playbooks"], 11),
        (["playbooks/"], 11),
        (["playbooks/minimal.yml"], 1),
        (["./playbooks/minimal.yml"], 1),
        (["playbooks/../playbooks/minimal.yml"], 1),
        (["playbooks/minimal.yml", "playbooks/with-bom.yml"], 2),
        (["playbooks/minimal.yml", "playbooks/minimal.yml"], 1),
        (["playbooks/vocabulary/contexts.yml"], 1),
        (["playbooks/vocabulary"], 5),
        (["playbooks/worksheets/walk-away.yml"], 1),
    ],
)
def test_files_and_folders_are_checked(lint: Callable[..., Result], paths: list[str], checked: int) -> None:
    result = lint(*paths)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{checked} file{'s' if checked > 1 else ''} checked: nothing to mend\n"


def test_an_absolute_path_is_checked(project: Path, lint: Callable[..., Result]) -> None:
    assert lint(project / "playbooks" / "minimal.yml").stdout == "1 file checked: nothing to mend\n"


@pytest.mark.parametrize(
    ("below", "name"), [("", "minimal.yml"), ("vocabulary", "contexts.yml"), ("worksheets", "walk-away.yml")]
)
def test_a_file_is_checked_from_inside_the_handbook(
    project: Path, lint: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, below: str, name: str
) -> None:
    (project / "mkdocs.yml").unlink()
    monkeypatch.chdir(project / "playbooks" / below)
    result = lint(name)
    assert (result.exit_code, result.stdout) == (0, "1 file checked: nothing to mend\n"), result.output


def test_a_file_is_checked_beside_the_rest_of_its_handbook(
    project: Path, lint: Callable[..., Result]
) -> None:
    (project / "playbooks" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    new = project / "playbooks" / "new.yml"
    new.write_text(f"{OTHER}related: [broken, asking-for-tiem]\n", encoding="utf-8")
    result = lint("playbooks/new.yml")
    assert re.findall(r"\[(PB\d+)\]", result.stdout) == ["PB306"]


def test_a_draft_elsewhere_is_checked_beside_the_handbook_of_mkdocs_yml(
    project: Path, lint: Callable[..., Result]
) -> None:
    (project / "drafts").mkdir()
    (project / "drafts" / "new.yml").write_text(f"{HEAD}related: [minimal]\n", encoding="utf-8")
    (project / "drafts" / "other.yml").write_text(f"{OTHER}related: [nothing]\n", encoding="utf-8")
    assert lint("drafts/new.yml").exit_code == 0
    result = lint("drafts")
    assert " --> drafts/other.yml:4:11\n" in result.stdout
    assert result.stdout.endswith("1 error in 1 file (2 checked)\n")


def test_two_handbooks_are_checked_one_after_the_other(project: Path, lint: Callable[..., Result]) -> None:
    shutil.copytree(project / "playbooks", project / "a-second")
    (project / "a-second" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    (project / "playbooks" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    assert lint("playbooks", "a-second").stdout.count("1 error in 1 file (12 checked)") == 2
    paths = [entry["path"] for entry in json.loads(lint("playbooks", "a-second", "--format", "json").stdout)]
    assert paths == ["a-second/broken.yml", "playbooks/broken.yml"]


@pytest.mark.parametrize(
    "configuration",
    [
        "plugins: [search, {playbooks: {folder: books}}]",
        "plugins:\n  - search\n  - playbooks:\n      folder: books",
        "plugins:\n  search: {}\n  playbooks:\n    folder: books",
        "markdown_extensions:\n  - x: !!python/name:a.b\nhook: !ENV [A, b]\nplugins: [playbooks: {folder: books}]",
        "a: &a 1\nb: *a\nplugins: [playbooks: {folder: books}]",
    ],
)
def test_mkdocs_yml_names_the_folder(project: Path, lint: Callable[..., Result], configuration: str) -> None:
    (project / "mkdocs.yml").write_text(f"{configuration}\n", encoding="utf-8")
    (project / "playbooks").rename(project / "books")
    assert lint().stdout == "11 files checked: nothing to mend\n"


@pytest.mark.parametrize(
    "configuration",
    [
        "",
        "plugins: [playbooks]",
        "plugins:",
        "plugins: playbooks",
        "plugins: [playbooks: {folder: }]",
        "- a",
    ],
)
def test_without_a_folder_in_mkdocs_yml_it_is_playbooks(
    project: Path, lint: Callable[..., Result], configuration: str
) -> None:
    (project / "mkdocs.yml").write_text(f"{configuration}\n", encoding="utf-8")
    assert lint().stdout == "11 files checked: nothing to mend\n"


def test_a_folder_that_is_no_text_is_named(project: Path, lint: Callable[..., Result]) -> None:
    (project / "mkdocs.yml").write_text("plugins: [playbooks: {folder: 12}]\n", encoding="utf-8")
    result = lint()
    assert (result.exit_code, result.stderr) == (2, "error: 12: there is no such folder\n")


# What cannot be read


@pytest.fixture
def unreadable(project: Path) -> Path:
    """A project with everything that is not a playbook."""
    playbooks = project / "playbooks"
    (project / "nothing").mkdir()
    (playbooks / "empty.yml").write_text("# Later\n", encoding="utf-8")
    (playbooks / "folder.yml").mkdir()
    (playbooks / "loop.yml").symlink_to("loop.yml")
    (playbooks / "dangling.yml").symlink_to("nowhere.yml")
    (playbooks / "notes.txt").write_text(HEAD, encoding="utf-8")
    (playbooks / "vocabulary" / "more.yml").write_text(HEAD, encoding="utf-8")
    (playbooks / "drafts").mkdir()
    (playbooks / "drafts" / "new.yml").write_text(HEAD, encoding="utf-8")
    return project


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", "missing: there is no such "),
        ("missing.yml", "missing.yml: there is no such file"),
        ("playbooks/missing.yml", "playbooks/missing.yml: there is no such file"),
        ("nothing", "nothing: no playbooks here: `*.yml` files are looked for"),
        ("playbooks/empty.yml", "playbooks/empty.yml: the file is empty"),
        ("playbooks/folder.yml", "playbooks/folder.yml: a folder, where a YAML file should be"),
        ("playbooks/loop.yml", "playbooks/loop.yml: cannot be read: "),
        ("playbooks/dangling.yml", "playbooks/dangling.yml: there is no such file"),
        ("playbooks/worksheets/none.yml", "playbooks/worksheets/none.yml: there is no such file"),
        ("playbooks/notes.txt", "playbooks/notes.txt: not a file of the handbook"),
        ("playbooks/vocabulary/more.yml", "playbooks/vocabulary/more.yml: no vocabulary has this name: "),
        ("playbooks/drafts/new.yml", "playbooks/drafts/new.yml: is in a folder that is not read: "),
        (f"{'long' * 100}.yml", f"{'long' * 100}.yml"),
        ("playbooks/minimal.yml/x.yml", "playbooks/minimal.yml/x.yml"),
        ("\x1b[31mred.yml", "\ufffd[31mred.yml: there is no such file"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(
    unreadable: Path, monkeypatch: pytest.MonkeyPatch, path: str, message: str
) -> None:
    monkeypatch.chdir(unreadable)
    result = CliRunner().invoke(main, ["lint", path])
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 2
    # Those of the files that were not asked for may be named as well.
    assert [line for line in result.stderr.splitlines() if line.startswith(f"error: {message}")]
    assert {line.partition(" ")[0] for line in result.stderr.splitlines()} == {"error:"}


def test_the_installed_command_shows_no_traceback(unreadable: Path) -> None:
    finished = run("lint", "playbooks", cwd=unreadable)
    assert finished.returncode == 2
    assert finished.stdout == "11 files checked: nothing to mend\n"
    assert [line.partition(": ")[2].partition(":")[0] for line in finished.stderr.splitlines()] == [
        "playbooks/drafts/new.yml",
        "playbooks/vocabulary/more.yml",
        "playbooks/dangling.yml",
        "playbooks/empty.yml",
        "playbooks/folder.yml",
        "playbooks/loop.yml",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "there is no mkdocs.yml here: run this where the handbook's mkdocs.yml is"),
        (
            ["a.yml"],
            "a.yml: belongs to no handbook: there is no vocabulary/ above it, and no mkdocs.yml here",
        ),
    ],
)
def test_without_mkdocs_yml_the_place_is_asked_for(
    tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "a.yml").write_text(HEAD, encoding="utf-8")
    finished = run("lint", *arguments, cwd=tmp_path)
    assert (finished.returncode, finished.stdout, finished.stderr) == (2, "", f"error: {message}\n")


@pytest.mark.parametrize("command", [["lint"], ["build"], ["serve"], ["schema"], ["schema", "--check"]])
def test_every_command_asks_for_mkdocs_yml(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert result.stderr.startswith("error: there is no mkdocs.yml here")


@pytest.mark.parametrize("command", [["lint"], ["build"], ["serve"], ["schema"], ["schema", "--check"]])
def test_a_missing_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text("plugins: [playbooks]\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, command)
    assert (result.exit_code, result.stderr) == (2, "error: playbooks: there is no such folder\n")


def test_an_empty_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text("plugins: [playbooks]\n", encoding="utf-8")
    (tmp_path / "playbooks").mkdir()
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["lint"])
    assert result.exit_code == 2
    assert result.stderr == "error: playbooks: no playbooks here: `*.yml` files are looked for\n"


@pytest.mark.parametrize("command", ["lint", "build"])
def test_a_file_where_nobody_looks_for_it_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(project)
    for name in (
        "sales/asking.yml",
        "worksheets/old/pay.yaml",
        "vocabulary/authors.yml",
        "vocabulary/kinds.yaml",
        "sales/vocabulary/kinds.yml",
        ".drafts/one.yml",
    ):
        (project / "playbooks" / name).parent.mkdir(parents=True, exist_ok=True)
        (project / "playbooks" / name).write_text("title: A title\n", encoding="utf-8")
    result = CliRunner().invoke(main, [command])
    elsewhere = "is in a folder that is not read: put a playbook right beside the others, a worksheet into `worksheets`"
    names = "contexts, stages, kinds, sources, glossary and synonyms"
    told = [
        f"sales/asking.yml: {elsewhere}",
        f"sales/vocabulary/kinds.yml: {elsewhere}",
        f"vocabulary/authors.yml: no vocabulary has this name: there are {names}",
        "vocabulary/kinds.yaml: is not read: call it kinds.yml",
        f"worksheets/old/pay.yaml: {elsewhere}",
    ]
    assert result.exit_code == 2
    assert result.stderr == "".join(f"error: playbooks/{line}\n" for line in told)


@pytest.mark.parametrize("output_format", ["text", "json"])
def test_a_file_name_that_is_not_utf_8_is_reported(project: Path, output_format: str) -> None:
    path = project / "playbooks" / os.fsdecode(b"r\xe9sum\xe9.yml")
    path.write_text(HEAD, encoding="utf-8")
    finished = run("lint", "--format", output_format, cwd=project)
    assert (finished.returncode, finished.stderr) == (1, "")
    assert "PB013" in finished.stdout


# JSON


def test_json_holds_every_field_in_order_and_sorted(project: Path, lint: Callable[..., Result]) -> None:
    (project / "playbooks" / "zoe.yml").write_text(BROKEN, encoding="utf-8")
    (project / "playbooks" / "amy.yml").write_text(f"{OTHER}owners: [7, TODO]\n", encoding="utf-8")
    (project / "mkdocs.yml").write_text(
        "site_url: https://e.org/b/\nplugins: [playbooks]\n", encoding="utf-8"
    )
    result = lint("--format", "json")
    assert result.exit_code == 1
    entries = json.loads(result.stdout)
    assert [list(entry) for entry in entries] == [FIELDS] * 3
    assert [(entry["path"], entry["line"], entry["column"]) for entry in entries] == [
        ("playbooks/amy.yml", 4, 10),
        ("playbooks/amy.yml", 4, 13),
        ("playbooks/zoe.yml", 4, 9),
    ]
    assert entries[-1] == {
        "path": "playbooks/zoe.yml",
        "line": 4,
        "column": 9,
        "end_line": 4,
        "end_column": 17,
        "code": "PB104",
        "name": "unknown-choice",
        "severity": "error",
        "message": "`finished` is not a choice here",
        "help": "the choices are: `draft`, `reviewed`, `superseded`",
        "url": "https://e.org/b/contribute/rules/pb104/",
        "fixable": False,
    }


def test_json_of_a_clean_handbook_is_an_empty_list(lint: Callable[..., Result]) -> None:
    result = lint("--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, [])


def test_json_stays_json_where_a_file_cannot_be_read(project: Path, lint: Callable[..., Result]) -> None:
    (project / "playbooks" / "empty.yml").write_text("", encoding="utf-8")
    result = lint("--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (2, [])
    assert result.stderr.startswith("error: playbooks/empty.yml: ")


# Terminals


def on_a_terminal(folder: Path, **env: str) -> str:
    """What a terminal gets from `playbooks lint`, with both streams on it."""
    ours, theirs = pty.openpty()
    environment = {
        name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}
    }
    with subprocess.Popen(
        [COMMAND, "lint"],
        cwd=folder,
        stdout=theirs,
        stderr=theirs,
        env={**environment, "TERM": "xterm", **env},
    ) as process:
        os.close(theirs)
        received = b""
        # Linux answers a read from a terminal that nobody writes to any more with an error.
        try:
            while piece := os.read(ours, 65_536):
                received += piece
        except OSError:
            pass
    os.close(ours)
    assert process.returncode == 2
    return received.decode()


@pytest.fixture
def dangerous(project: Path) -> Path:
    """A project with findings, with a file that cannot be read, and with texts that act on terminals."""
    (project / "playbooks" / "broken.yml").write_text(
        f'{BROKEN}kynd: "\\e]0;owned\\a"\nreviewed: "\\e[2J\\x9b2J\\rgone"\n', encoding="utf-8"
    )
    (project / "playbooks" / "raw.yml").write_text(f"{HEAD}status: x\x1b[2Jy\x9b2J\n", encoding="utf-8")
    (project / "playbooks" / "\x1b[2J.yml").write_text(HEAD, encoding="utf-8")
    (project / "playbooks" / "\x1b[3J.yml").write_text("", encoding="utf-8")
    return project


COLOUR = re.compile(r"\x1b\[[\d;]*m")
ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def test_a_terminal_gets_colours_and_nothing_else_that_acts_on_it(dangerous: Path) -> None:
    received = on_a_terminal(dangerous)
    assert COLOUR.search(received)
    assert "PB104" in received
    assert not ACTING.search(COLOUR.sub("", received).replace("\r\n", "\n"))


def test_a_terminal_gets_no_colours_where_none_are_wanted(dangerous: Path) -> None:
    received = on_a_terminal(dangerous, NO_COLOR="1")
    assert "PB104" in received
    assert not ACTING.search(received.replace("\r\n", "\n"))


@pytest.mark.parametrize("output_format", ["text", "json"])
def test_a_file_or_a_pipe_gets_no_colours(dangerous: Path, output_format: str) -> None:
    finished = run("lint", "--format", output_format, cwd=dangerous)
    assert "PB104" in finished.stdout
    assert not ACTING.search(finished.stdout + finished.stderr)


# Schemas


def test_schema_writes_what_is_out_of_date_and_check_only_tells(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    runner = CliRunner()
    check = runner.invoke(main, ["schema", "--check"])
    assert check.exit_code == 1
    assert "out of date: playbooks/playbook.schema.json\n" in check.stdout
    assert not list(project.glob("playbooks/*.json"))
    written = runner.invoke(main, ["schema"])
    assert written.exit_code == 0
    assert written.stdout == check.stdout.replace("out of date", "written")
    assert runner.invoke(main, ["schema", "--check"]).exit_code == 0
    (project / "playbooks" / "playbook.schema.json").write_text("{}", encoding="utf-8")
    assert runner.invoke(main, ["schema"]).stdout == "written: playbooks/playbook.schema.json\n"


def test_schemas_do_not_disturb_the_linter(project: Path, lint: Callable[..., Result]) -> None:
    assert CliRunner().invoke(main, ["schema"]).exit_code == 0
    assert (project / "playbooks" / "playbook.schema.json").is_file()
    assert lint().stdout == "11 files checked: nothing to mend\n"


def test_a_broken_mkdocs_yml_is_named_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: X\nplugins: [playbooks\n", encoding="utf-8")
    done = subprocess.run([COMMAND, "lint"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: mkdocs.yml:2:10: the bracket that opens here is not closed")
    assert len(done.stderr.splitlines()) == 1


# Mending

MENDABLE = f"{HEAD}stauts: draft \r\n"


def test_a_file_is_mended_where_it_is(project: Path, lint: Callable[..., Result]) -> None:
    kept = project / "elsewhere.yml"
    kept.write_bytes(MENDABLE.encode())
    kept.chmod(0o640)
    (project / "playbooks" / "new.yml").symlink_to(kept)
    result = lint("--fix")
    assert (result.exit_code, result.stderr) == (0, "2 findings mended\n")
    assert kept.read_bytes() == f"{HEAD}status: draft\r\n".encode()
    assert kept.stat().st_mode & 0o777 == 0o640
    assert (project / "playbooks" / "new.yml").is_symlink()


def test_a_diff_shows_what_would_be_mended_and_changes_nothing(
    project: Path, lint: Callable[..., Result]
) -> None:
    (project / "playbooks" / "new.yml").write_bytes(MENDABLE.encode())
    result = lint("--diff")
    assert result.exit_code == 1
    assert "-stauts: draft" in result.stdout
    assert "+status: draft" in result.stdout
    assert (project / "playbooks" / "new.yml").read_bytes() == MENDABLE.encode()


@pytest.mark.parametrize("how", ["--fix", "--diff"])
def test_a_file_that_is_too_large_to_be_mended_is_left_alone_and_told(
    project: Path, lint: Callable[..., Result], how: str
) -> None:
    large = MENDABLE + "# A remark.\n" * 25_000
    (project / "playbooks" / "new.yml").write_bytes(large.encode())
    (project / "playbooks" / "other.yml").write_bytes(MENDABLE.encode())
    result = lint(how)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == (
        "playbooks/new.yml: more than 256 KiB is not mended by the linter: split the file"
    )
    assert (project / "playbooks" / "new.yml").read_bytes() == large.encode()
    assert ("+status: draft" if how == "--diff" else "PB101") in result.stdout
    findings = json.loads(lint("--format", "json").stdout)
    assert {finding["path"] for finding in findings if finding["fixable"]} <= {"playbooks/other.yml"}


def test_unsafe_fixes_alone_are_a_wrong_use(lint: Callable[..., Result]) -> None:
    result = lint("--unsafe-fixes")
    assert result.exit_code == 2
    assert "--unsafe-fixes goes with --fix or --diff" in result.stderr


@pytest.mark.parametrize("at", [("playbooks", "lint", "."), ("..", "lint", "{name}")])
def test_the_folder_of_a_handbook_stands_for_its_playbooks(project: Path, at: tuple[str, ...]) -> None:
    (project / "playbooks/new.yml").write_text("titel: A\n", encoding="utf-8")
    before = (project / "mkdocs.yml").read_bytes()
    where = project if at[0] == "playbooks" else project.parent
    path = at[2].format(name=project.name)
    done = run("lint", "--fix", path, cwd=where)
    assert "12 checked" in done.stdout + done.stderr
    assert "new.yml" in done.stdout
    assert (project / "mkdocs.yml").read_bytes() == before


@pytest.mark.parametrize(
    "settings", ['ignore = ["PB3"]', 'per-file-ignores = {"*.yml" = ["PB302"]}', 'select = ["PB4"]']
)
def test_what_leads_to_nothing_cannot_be_passed_over(project: Path, settings: str) -> None:
    (project / "playbooks.toml").write_text(f"[lint]\n{settings}\n", encoding="utf-8")
    line = "scripts:\n- {id: a, stage: opne, title: A, say: Go on then.}\n"
    (project / "playbooks/new.yml").write_text(HEAD + line, encoding="utf-8")
    done = run("build", cwd=project)
    assert (done.returncode, "PB302" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize("settings", ['ignore = ["PB003"]', 'per-file-ignores = {"*.yml" = ["PB"]}'])
def test_a_file_that_is_broken_cannot_be_passed_over(
    project: Path, lint: Callable[..., Result], settings: str
) -> None:
    (project / "playbooks.toml").write_text(f"[lint]\n{settings}\n", encoding="utf-8")
    (project / "playbooks/new.yml").write_text('title: "A title\nkind: note\n', encoding="utf-8")
    result = lint()
    assert (result.exit_code, "PB003" in result.stdout) == (1, True)


LINKS = {
    "the file beside the cache": (".playbooks-cache/.gitignore", ["lint"]),
    "the cache": (".playbooks-cache", ["lint"]),
    "what is kept of prints": (".playbooks-cache/paper", ["export", "tree"]),
    "the cache of a build": (".playbooks-cache/pages", ["build"]),
    "a schema": ("playbooks/playbook.schema.json", ["schema"]),
    "a sheet": ("sales.pdf", ["sheet", "sales"]),
}


@pytest.mark.parametrize("case", LINKS)
def test_nothing_is_written_where_a_link_leads_that_a_stranger_may_have_made(
    project: Path, case: str
) -> None:
    link, command = LINKS[case]
    outside = project.parent / f"{project.name}-outside"
    outside.mkdir()
    (outside / "lint.json.bak").write_text("Mine.", encoding="utf-8")
    (project / "docs").mkdir()
    (project / link).parent.mkdir(exist_ok=True)
    is_folder = "." not in Path(link).name.removeprefix(".playbooks")
    (project / link).symlink_to(outside if is_folder else outside / "lint.json.bak")
    done = run(*command, cwd=project)
    assert (done.returncode, Path(link).name in done.stderr) == (2, True), done.stderr
    assert [(path.name, path.read_text(encoding="utf-8")) for path in outside.iterdir()] == [
        ("lint.json.bak", "Mine.")
    ]


@pytest.mark.parametrize(
    ("link", "to", "named"),
    [
        ("reports", "..", "reports/report.txt"),
        ("report.txt", ".git/config", "report.txt"),
        ("report.txt", "report.txt", "report.txt"),
    ],
    ids=["a folder outside", "what is hidden", "itself"],
)
def test_a_report_goes_nowhere_that_a_link_leads_astray(
    project: Path, link: str, to: str, named: str
) -> None:
    (project / ".git").mkdir()
    (project / ".git/config").write_text("Mine.", encoding="utf-8")
    (project / link).symlink_to(to)
    done = run("lint", "-o", named, cwd=project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "a link that leads to" in done.stderr
    assert (project / ".git/config").read_text(encoding="utf-8") == "Mine."
    assert not (project.parent / "report.txt").exists()


def test_a_report_to_a_stream_leaves_what_is_in_its_file(project: Path) -> None:
    with (project / "log.txt").open("w") as log:
        log.write("Before.\n")
        log.flush()
        command = [str(COMMAND), "lint", "--format", "json", "-o", "/dev/stdout"]
        subprocess.run(command, cwd=project, stdout=log, check=True)
    assert (project / "log.txt").read_text(encoding="utf-8").splitlines() == [
        "Before.",
        "[]",
        "11 files checked: nothing to mend",
    ]


def test_a_linked_playbook_is_mended_from_whichever_folder(project: Path) -> None:
    shared = project / "shared.yml"
    shared.write_text(f"{HEAD}owners: [Robin] \n", encoding="utf-8")
    (project / "playbooks/linked.yml").symlink_to("../shared.yml")
    done = run("lint", "--fix", ".", cwd=project / "playbooks")
    assert done.returncode == 0, done.stderr
    assert shared.read_text(encoding="utf-8") == f"{HEAD}owners: [Robin]\n"
    assert (project / "playbooks/linked.yml").is_symlink()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["lint", "-o"], "Option '-o' requires an argument: see `playbooks lint --help`"),
        (["--hepl"], "No such option '--hepl'. Did you mean '--help'? See `playbooks --help`"),
        (["lnit"], "No such command 'lnit'. Did you mean 'lint' or 'init'? See `playbooks --help`"),
        (
            ["lint", "--formt"],
            "No such option '--formt'. Did you mean '--format'? See `playbooks lint --help`",
        ),
        (
            ["hosting"],
            "Missing argument 'HOST'. Choose from: nginx, caddy, _headers: see `playbooks hosting --help`",
        ),
    ],
)
def test_a_mistake_on_the_command_line_is_one_line_with_what_was_meant(words: list[str], told: str) -> None:
    done = CliRunner().invoke(main, words, prog_name="playbooks")
    assert (done.exit_code, done.stderr) == (2, f"error: {told}\n")


@pytest.mark.parametrize("key", ["title", "kind"])
def test_a_draft_needs_what_its_page_is_made_of(project: Path, key: str) -> None:
    text = "".join(f"{line}\n" for line in HEAD.splitlines() if not line.startswith(key))
    (project / "playbooks/new.yml").write_text(f"{key}:\n{text}", encoding="utf-8")
    done = run("build", cwd=project)
    assert (done.returncode, "PB202" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


@pytest.mark.parametrize(
    ("address", "helped"),
    [
        ("paths/frist", "did you mean `paths/first`?"),
        ("paths/frist#why", "did you mean `paths/first`?"),
        ("asking-for-time", "did you mean `playbooks/asking-for-time`?"),
        ("walk-away", "did you mean `worksheets/walk-away`?"),
        ("zzz", "there are: `index`, `offline`, `paths/first`, `pitfalls`, `scripts`, `sources`"),
    ],
)
@pytest.mark.parametrize("command", [("lint",), ("lint", "--no-cache"), ("lint", "--fix"), ("build",)])
def test_a_link_to_no_page_that_is_written_by_hand_is_told_where_it_stands(
    project: Path, command: tuple[str, ...], address: str, helped: str
) -> None:
    (project / "docs/paths").mkdir(parents=True)
    (project / "docs/paths/first.md").write_text("# First\n", encoding="utf-8")
    text = HEAD.replace("A summary", f"See [this]({address}), [that](paths/first#a) and [all](scripts)")
    (project / "playbooks/new.yml").write_text(text, encoding="utf-8")
    done = run(*command, cwd=project)
    assert done.returncode == 1
    told = done.stdout + done.stderr
    assert told.count("PB312") == 1
    assert f"error[PB312]: there is no page `{address}`\n --> playbooks/new.yml:3:21\n" in told
    assert f"help: {helped}\n" in told


@pytest.mark.parametrize(
    "settings",
    [
        "hooks: [makes_pages.py]\n",
        "INHERIT: base.yml\n",
        "docs_dir: !ENV [DOCS, docs]\n",
        "docs_dir: none\n",
        "exclude_docs: other.md\n",
        "plugins: [playbooks, makes-pages]\n",
        "plugins: [playbooks, [{a: b}]]\n",
    ],
)
def test_a_page_that_something_else_may_make_is_left_to_the_build(project: Path, settings: str) -> None:
    (project / "playbooks/new.yml").write_text(
        HEAD.replace("A summary", "See [it](made/page)"), encoding="utf-8"
    )
    (project / "docs").mkdir()
    assert "PB312" in run("lint", cwd=project).stdout
    text = "site_name: Good\n" + settings + ("" if "plugins" in settings else "plugins: [playbooks]\n")
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    done = run("lint", cwd=project)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_in_a_linked_folder_is_known_and_what_no_link_can_name_is_not_proposed(project: Path) -> None:
    (project / "shared").mkdir()
    (project / "shared/page.md").write_text("# Page\n", encoding="utf-8")
    (project / "shared/round").symlink_to("../docs")
    (project / "docs/Guides").mkdir(parents=True)
    (project / "docs/linked").symlink_to("../shared")
    (project / "docs/Guides/Big.md").write_text("# Big\n", encoding="utf-8")
    (project / "docs/team").mkdir()
    (project / "docs/team/index.md").write_text("# Team\n", encoding="utf-8")
    summary = "See [one](linked/page), [two](guides/big), [three](team), [four](worksheets/index)"
    (project / "playbooks/new.yml").write_text(HEAD.replace("A summary", summary), encoding="utf-8")
    found = json.loads(run("lint", "--format", "json", cwd=project).stdout)
    assert [(one["message"], one["help"]) for one in found] == [
        (
            "there is no page `guides/big`",
            "there are: `index`, `linked/page`, `offline`, `pitfalls`, `scripts`, `sources`, `team/index`",
        ),
        ("there is no page `team`", "did you mean `team/index`?"),
    ]


def test_a_link_that_leads_nowhere_ends_the_build(project: Path) -> None:
    (project / "docs").mkdir(exist_ok=True)
    (project / "docs/page.md").write_text("# Page\n\n[there](none.md)\n", encoding="utf-8")
    done = run("build", cwd=project)
    assert done.returncode == 2
    assert "none.md" in done.stdout + done.stderr
    assert not (project / "site").exists()


def test_a_site_without_its_playbooks_is_not_built(project: Path) -> None:
    (project / "mkdocs.yml").write_text("site_name: Good\n", encoding="utf-8")
    done = run("build", cwd=project)
    assert (done.returncode, done.stderr) == (
        2,
        "error: mkdocs.yml: does not name the plugin `playbooks`: add it under `plugins:`\n",
    )


@pytest.mark.parametrize("address", ["127.0.0.1:99999", "127.0.0.1", ":8000", "127.0.0.1:http"])
def test_an_address_that_is_none_is_told_in_a_line(project: Path, address: str) -> None:
    done = run("serve", "-a", address, cwd=project)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith(f"error: {address}: no address with a port")


def test_an_output_that_is_full_is_told_in_a_line(project: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [COMMAND, "lint"], cwd=project, stdout=full, stderr=subprocess.PIPE, check=False, text=True
        )
    assert done.returncode == 2
    assert done.stderr == "error: what was to be said cannot be written: No space left on device\n"


def test_a_terminal_that_lacks_a_character_ends_nothing(project: Path) -> None:
    (project / "playbooks/new.yml").write_text(f"{HEAD}scripts: [Ωμέγα]\n", encoding="utf-8")
    done = run("lint", cwd=project, env={"PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 1
    assert "new.yml" in done.stdout
