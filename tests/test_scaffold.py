"""A new handbook builds at once, and becomes another one by its vocabulary alone."""

import json
import os
import re
import subprocess
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from pathspec import GitIgnoreSpec

from good_handbook import run
from playbook_press.cli import MODULES, main
from playbook_press.scaffold import files_of_a_new_handbook
from playbook_press.schema import schemas
from site_under_test import ROOT, build

TEMPLATES = ROOT / "generator/playbook_press/templates/init"
FILES = files_of_a_new_handbook("A handbook")


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `playbooks init` in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return lambda *arguments: CliRunner().invoke(main, ["init", *arguments])


def written_in(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


# It builds


def test_a_new_handbook_is_clean_and_builds_without_a_warning(tmp_path: Path) -> None:
    made = run("init", "our-handbook", cwd=tmp_path)
    assert (made.returncode, made.stderr) == (0, "")
    folder = tmp_path / "our-handbook"
    assert run("lint", cwd=folder).stdout == "6 files checked: nothing to mend\n"
    assert run("schema", "--check", cwd=folder).returncode == 0
    build(folder, tmp_path / "site")
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "Our handbook" in home
    assert "Giving feedback" in home
    page = (tmp_path / "site/playbooks/giving-feedback/index.html").read_text(encoding="utf-8")
    for section in ("scripts", "pitfalls", "checklists", "stages", "examples", "ethics", "faq"):
        assert f'id="{section}"' in page
    assert (tmp_path / "site/sheets/in-private-a4.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "site/contribute/index.html").is_file()


SUPPORT = {
    "contexts": """
on-the-phone:
  title: On the phone
  summary: A customer who cannot see you.
  across: A customer who has waited.
in-the-chat:
  title: In the chat
  summary: A customer who types while doing something else.
  across: A customer with three windows open.
""",
    "stages": """
calm:
  title: Calm
  summary: They know that they are heard.
solve:
  title: Solve
  summary: They know what happens next.
""",
    "kinds": """
complaint:
  title: Complaint
  summary: Something went wrong, and a customer says so.
  requires:
    use_when: 1
    stages: 1
    scripts: 2
    pitfalls: 1
""",
}
COMPLAINT = """\
title: A late parcel
kind: complaint
summary: What to say when a parcel has not come.
status: draft
use_when:
  - The day that was promised has passed.
stages:
  calm:
    goal: They know that you have understood.
slots:
  parcel:
    label: What they ordered
    example: the blue lamp
scripts:
  - id: where-is-it
    stage: calm
    contexts: [on-the-phone]
    they_say: Where is my parcel?
    say: You have waited for {parcel}. I am looking for it now.
    because: It says what they need to know first.
    sheet: 1
  - id: next-step
    stage: solve
    contexts: [in-the-chat]
    they_say: And now?
    say: You get a message from me today, whatever I find.
    sheet: 1
pitfalls:
  - id: blaming-the-carrier
    name: Blaming the carrier
    why: They bought it from you.
    instead: Say what you will do.
"""


def test_another_subject_needs_another_vocabulary_and_nothing_else(
    tmp_path: Path, init: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert init("support", "--title", "Customer support").exit_code == 0
    folder = tmp_path / "support"
    (folder / "playbooks/giving-feedback.yml").unlink()
    for name, text in SUPPORT.items():
        (folder / f"playbooks/vocabulary/{name}.yml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    arguments = ["new", "--title", "A late parcel", "--kind", "complaint", "--context", "on-the-phone"]
    started = CliRunner().invoke(main, arguments)
    assert started.exit_code == 0, started.output
    playbook = folder / "playbooks/a-late-parcel.yml"
    assert "contexts: [on-the-phone]" in playbook.read_text(encoding="utf-8")
    playbook.write_text(COMPLAINT, encoding="utf-8")
    assert run("lint", cwd=folder).stdout == "6 files checked: nothing to mend\n"
    build(folder, tmp_path / "site")
    home = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "Customer support" in home
    assert "A late parcel" in home
    for context in ("on-the-phone", "in-the-chat"):
        assert (tmp_path / f"site/contexts/{context}/index.html").is_file()
        assert (tmp_path / f"site/sheets/{context}-a4.pdf").is_file()
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html"))
    assert "negotiat" not in re.sub(r"contribute/\S+", "", home).casefold()
    assert "Complaint" in pages
    assert "In private" not in pages


# What is written


def test_init_writes_everything_and_says_what_to_do_next(tmp_path: Path, init: Callable[..., Result]) -> None:
    result = init("a/deep folder")
    assert (result.exit_code, result.stderr) == (0, "")
    assert written_in(tmp_path / "a/deep folder") == files_of_a_new_handbook("Deep folder")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["deep folder"]
    assert f"written: a/deep folder/, with {len(FILES)} files\n" in result.stdout
    assert "cd 'a/deep folder' " in result.stdout
    assert "make serve " in result.stdout
    assert "playbooks new " in result.stdout


@pytest.mark.parametrize("directory", [".", "../here"])
def test_an_empty_folder_is_filled(
    tmp_path: Path, init: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, directory: str
) -> None:
    here = tmp_path / "here"
    (here / ".git").mkdir(parents=True)
    monkeypatch.chdir(here)
    result = init(directory)
    assert result.exit_code == 0, result.output
    assert "cd " not in result.stdout
    assert written_in(here) == files_of_a_new_handbook("Here")
    assert CliRunner().invoke(main, ["lint"]).exit_code == 0


@pytest.mark.parametrize(
    ("directory", "message"),
    [
        ("full", "full: not empty: a handbook starts in a folder of its own"),
        ("hidden", "hidden: not empty: a handbook starts in a folder of its own"),
        ("file", "file: a file, where the folder of the handbook should be"),
        ("file/below", "file/below: cannot be written: Not a directory"),
        ("long" * 100, f"{'long' * 100}: cannot be written: File name too long"),
    ],
)
def test_what_cannot_be_started_is_one_clear_line_and_nothing_is_touched(
    tmp_path: Path, init: Callable[..., Result], directory: str, message: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/notes.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden/.env").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    result = init(directory)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"error: {message}\n")
    assert sorted(tmp_path.rglob("*")) == before
    assert {path.read_text(encoding="utf-8") for path in before if path.is_file()} == {"mine"}


@pytest.mark.parametrize("directory", ["new", "a/b", "empty"])
@pytest.mark.parametrize("failing", ["write_text", "rename"])
def test_a_handbook_is_written_whole_or_not_at_all(
    tmp_path: Path,
    init: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    directory: str,
    failing: str,
) -> None:
    (tmp_path / "empty").mkdir()
    before = sorted(tmp_path.rglob("*"))
    real = getattr(Path, failing)
    # The last file of all, and where there are several things to move, not the first of them.
    calls_left = len(FILES) - 1 if failing == "write_text" else 3 if directory == "empty" else 0

    def full_disk(path: Path, *arguments: object, **options: object) -> object:
        nonlocal calls_left
        if calls_left == 0:
            raise OSError(28, "No space left on device", str(path))
        calls_left -= 1
        return real(path, *arguments, **options)

    monkeypatch.setattr(Path, failing, full_disk)
    result = init(directory)
    assert result.exit_code == 2
    assert result.stderr == f"error: {directory}: cannot be written: No space left on device\n"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    "title",
    ["Bob’s “Team”: #1", '"Quoted" & \\ escaped', "- [[ title ]] {{ x }}", "*Stars* <b>", "yes", "日本語"],
)
def test_a_title_stays_as_it_was_typed(title: str) -> None:
    files = files_of_a_new_handbook(title)
    assert yaml.safe_load(files["mkdocs.yml"])["site_name"] == title
    shown = files["README.md"].partition("\n")[0]
    assert shown.startswith("# ")
    assert "<b>" not in shown


def test_a_title_is_cleaned_of_what_nobody_sees(tmp_path: Path, init: Callable[..., Result]) -> None:
    assert init("new", "--title", "  Two\n lines\x07 ").exit_code == 0
    configuration = (tmp_path / "new/mkdocs.yml").read_text(encoding="utf-8")
    assert configuration.startswith('site_name: "Two lines"\n')


# What the files say


def test_every_template_is_written_and_nothing_of_the_templates_is_left() -> None:
    templates = [path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()]
    names = {re.sub(r"(^|/)_", r"\1.", name) for name in templates}
    assert FILES.keys() == names | {f"playbooks/{name}" for name in schemas()}
    for name, text in FILES.items():
        assert text.endswith("\n"), name
        assert "[[" not in text, name
        assert not re.search(r"[ \t]$", text, re.MULTILINE), name


def test_every_template_is_in_the_package() -> None:
    """Hatch takes the whole folder, except for what git ignores."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["tool"]["hatch"]["build"]["targets"]["wheel"] == {
        "packages": ["generator/playbook_press"]
    }
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    templates = [path.relative_to(ROOT).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()]
    assert len(templates) > 10
    assert list(ignored.match_files(templates)) == []


def test_the_press_is_asked_for_in_this_version() -> None:
    assert FILES["requirements.txt"] == f"playbook-press=={version('playbook-press')}\n"


def test_the_commands_that_are_named_exist() -> None:
    named = {
        (name, command)
        for name, text in FILES.items()
        if not name.startswith("playbooks/")
        for command in re.findall(r"(?:[`/]|run: |^ *- )playbooks ([a-z]+)", text, re.MULTILINE)
    }
    assert {command for _, command in named} >= {"lint", "build", "serve", "new", "schema"}
    for name, command in named:
        assert command in MODULES, name
    targets = set(re.findall(r"^([a-z]+):", FILES["Makefile"], re.MULTILINE))
    for name, text in FILES.items():
        assert set(re.findall(r"^make ([a-z]+)|`make ([a-z]+)", text, re.MULTILINE)) <= {
            pair for target in targets for pair in ((target, ""), ("", target))
        }, name


def test_make_knows_how_to_do_everything(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text(FILES["Makefile"], encoding="utf-8")
    (tmp_path / "requirements.txt").write_text(FILES["requirements.txt"], encoding="utf-8")
    for target in ("site", "serve", "lint", "schema", "clean"):
        shown = subprocess.run(
            ["make", "--dry-run", target], cwd=tmp_path, check=False, capture_output=True, text=True
        )
        assert shown.returncode == 0, shown.stderr
        assert target == "clean" or "pip install" in shown.stdout


def test_the_workflow_asks_for_little_and_pins_its_actions_to_the_commits_that_ours_use() -> None:
    text = FILES[".github/workflows/handbook.yml"]
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow[True].keys() == {"push", "pull_request"}  # YAML 1.1 takes `on` for true
    [job] = workflow["jobs"].values()
    pins = re.findall(r"uses: (actions/[a-z-]+@[0-9a-f]{40} # v[\d.]+)$", text, re.MULTILINE)
    assert len(pins) == sum("uses" in step for step in job["steps"]) == 3
    check = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")
    assert all(f"uses: {pin}\n" in check for pin in pins)
    steps = [step["run"] for step in job["steps"] if "run" in step]
    assert "playbooks lint --format github" in steps
    assert steps[-1] == "playbooks build"
    [pipeline] = yaml.safe_load(FILES[".gitlab-ci.yml"]).values()
    assert pipeline["script"][-1] == "playbooks build"
    assert pipeline["artifacts"]["paths"] == ["site"]


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def test_an_editor_finds_the_schema_of_every_file() -> None:
    settings = json.loads(FILES[".vscode/settings.json"])
    patterns = settings["yaml.schemas"]

    def matched(pattern: str | list[str]) -> list[str]:
        # As in an editor, a star stands for anything but a slash.
        found = re.compile("|".join(re.escape(one).replace(r"\*", "[^/]*") for one in listed(pattern)))
        return [name for name in FILES if found.fullmatch(name)]

    assert patterns.keys() == {f"./playbooks/{name}" for name in schemas()}
    for name, text in FILES.items():
        if name.startswith("playbooks/") and name.endswith(".yml"):
            [schema] = [schema for schema, pattern in patterns.items() if name in matched(pattern)]
            modeline, *_ = text.splitlines()
            path = modeline.removeprefix("# yaml-language-server: $schema=")
            assert os.path.normpath(Path(name).parent / path) == os.path.normpath(schema)
    assert json.loads(FILES[".vscode/extensions.json"]) == {"recommendations": ["redhat.vscode-yaml"]}


@pytest.mark.parametrize("name", ["settings.json", "extensions.json"])
def test_this_handbook_has_the_editor_settings_of_a_new_one(name: str) -> None:
    assert (ROOT / ".vscode" / name).read_text(encoding="utf-8") == FILES[f".vscode/{name}"]
