"""`playbooks diff` reads both sides of a change from real git repositories, and touches neither."""

import contextlib
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from good_handbook import GOOD
from playbook_press.cli import main

CONFIGURATION = "site_name: Good\nplugins: [playbooks]\n"
TIME = "playbooks/asking-for-time.yml"
OLD, NEW = "We need your answer today.", "We need your answer at once."
REWORDED = "they say: We need your answer [-today.-] {+at once.+}"


@pytest.fixture(autouse=True)
def _no_settings_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


class Repository:
    """A git repository, and `playbooks diff` in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def git(self, *arguments: str | Path, folder: Path | None = None) -> str:
        command = ["git", "-c", "user.name=Robin", "-c", "user.email=robin@example.org", *arguments]
        return subprocess.run(
            command,
            cwd=folder or self.folder,
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout.strip()

    def commit(self, message: str = "a commit") -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def write(self, path: str, text: str) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert old in text
        self.write(path, text.replace(old, new))

    def diff(self, *arguments: str, inside: str = ".") -> Result:
        """What `playbooks diff` does in a folder of the repository."""
        with contextlib.chdir(self.folder / inside):
            return CliRunner().invoke(main, ["diff", *arguments], catch_exceptions=False)

    def told(self, *arguments: str, inside: str = ".") -> str:
        done = self.diff(*arguments, inside=inside)
        assert (done.exit_code, done.stderr) == (0, "")
        return done.stdout

    def refusal(self, *arguments: str, inside: str = ".") -> str:
        """The one line that says why it cannot be told."""
        done = self.diff(*arguments, inside=inside)
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith("error: ")
        return done.stderr.removeprefix("error: ").rstrip("\n")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository whose one commit, on main, holds the good handbook."""
    repository = Repository(tmp_path / "repository")
    repository.git("init", "--quiet", "--initial-branch=main")
    shutil.copytree(GOOD, repository.folder / "playbooks")
    repository.write("mkdocs.yml", CONFIGURATION)
    repository.commit("the good handbook")
    return repository


# Both sides


def test_without_head_the_work_tree_is_compared_as_it_is_on_disk(repository: Repository) -> None:
    repository.edit(TIME, OLD, NEW)
    repository.write("playbooks/new.yml", "title: Not yet added\nkind: note\nsummary: To git.\n")
    text = repository.told("main")
    assert text.startswith("1 playbook added; 1 script reworded; ")
    assert REWORDED in text
    assert "Not yet added  new.yml, new" in text


def test_a_file_whose_name_ends_in_capitals_is_on_both_sides(repository: Repository) -> None:
    repository.write("playbooks/new.YML", "title: New\nkind: note\nsummary: Read, and told to be renamed.\n")
    repository.commit()
    assert repository.told("main") == "Nothing changes for a reader.\n"


def test_two_commits_are_compared_whatever_is_on_disk(repository: Repository) -> None:
    repository.edit(TIME, OLD, NEW)
    repository.commit()
    repository.git("tag", "v2")
    repository.write(TIME, "title: [")
    assert REWORDED in repository.told("main~1", "v2")
    assert repository.told("v2", "main") == "Nothing changes for a reader.\n"


def test_neither_the_work_tree_nor_the_index_is_touched(repository: Repository) -> None:
    repository.edit(TIME, OLD, NEW)
    repository.git("add", TIME)
    repository.edit(TIME, NEW, "We need it now.")
    repository.write("playbooks/new.yml", "title: New\nkind: note\nsummary: New.\n")

    def state() -> dict[Path, tuple[bytes, int]]:
        files = [path for path in repository.folder.rglob("*") if path.is_file()]
        return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}

    before = state()
    repository.told("main")
    repository.told("HEAD", "main")
    assert state() == before


def test_from_the_merge_base_what_main_has_gained_since_is_left_out(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "topic")
    repository.edit(TIME, OLD, NEW)
    repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.write("playbooks/new.yml", "title: New\nkind: note\nsummary: New.\n")
    repository.commit()
    assert repository.told("main", "topic").startswith("1 playbook removed; 1 script reworded; ")
    assert repository.told("main", "topic", "--merge-base").startswith("1 script reworded; ")
    repository.git("switch", "--quiet", "topic")
    assert repository.told("--merge-base", "main").startswith("1 script reworded; ")


def test_in_a_hook_of_git_the_folder_still_says_which_repository_is_meant(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (repository.folder / "handbook").mkdir()
    repository.git("mv", "playbooks", "mkdocs.yml", "handbook")
    repository.commit()
    repository.edit(f"handbook/{TIME}", OLD, NEW)
    for name, value in (("GIT_DIR", ".git"), ("GIT_INDEX_FILE", str(tmp_path / "no-index"))):
        monkeypatch.setenv(name, value)
    assert REWORDED in repository.told("main", inside="handbook")


# Where the handbook is


@pytest.mark.parametrize("inside", ["handbook", "handbook/playbooks", "handbook/playbooks/vocabulary"])
def test_a_handbook_below_the_root_is_found_from_inside_it(repository: Repository, inside: str) -> None:
    (repository.folder / "handbook").mkdir()
    repository.git("mv", "playbooks", "mkdocs.yml", "handbook")
    repository.commit()
    repository.edit(f"handbook/{TIME}", OLD, NEW)
    assert REWORDED in repository.told("main", inside=inside)
    repository.commit()
    assert REWORDED in repository.told("main~1", "main", inside=inside)


def test_each_side_is_read_from_the_folder_that_its_own_mkdocs_yml_names(repository: Repository) -> None:
    repository.git("mv", "playbooks", "texts")
    repository.write("mkdocs.yml", "site_name: Good\nplugins:\n  - playbooks:\n      folder: ./texts\n")
    repository.edit("texts/asking-for-time.yml", OLD, NEW)
    assert repository.told("main").startswith("1 script reworded; ")
    repository.commit()
    assert repository.told("main~1", "main").startswith("1 script reworded; ")


def test_where_there_was_no_handbook_everything_is_new(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--orphan", "empty")
    repository.write("README.md", "Nothing here.\n")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    text = repository.told("empty", "main")
    assert text.startswith("5 playbooks added; ")


def test_where_there_is_no_handbook_on_either_side_one_line_says_so(repository: Repository) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.git("switch", "--quiet", "--orphan", "empty")
    repository.write("mkdocs.yml", CONFIGURATION)
    repository.commit()
    assert repository.refusal("HEAD") == (
        "playbooks: there are no playbooks here, neither before the change nor after it"
    )
    assert repository.told(first).startswith("5 playbooks removed; ")


def test_a_handbook_without_sheets_hears_nothing_of_them(repository: Repository) -> None:
    repository.edit(TIME, OLD, NEW)
    assert "Cheat sheets" in repository.told("main")
    repository.write("mkdocs.yml", "plugins:\n  - playbooks:\n      sheets: false\n")
    assert "sheet" not in repository.told("main")


# What cannot be done


def test_a_commit_that_there_is_not_is_one_clear_line(repository: Repository) -> None:
    assert repository.refusal("mian") == (
        "there is no commit `mian` in this repository: `git log --all --oneline` lists what there is"
    )
    assert repository.refusal("main", "mian").startswith("there is no commit `mian`")
    assert repository.refusal("").startswith("there is no commit ``")
    assert repository.refusal("main:playbooks").startswith("there is no commit `main:playbooks`")


def test_a_name_that_looks_like_an_option_is_a_name(repository: Repository) -> None:
    target = repository.folder / "written"
    for name in (f"--output={target}", "-h", "--all", "--git-dir"):
        assert repository.refusal("--", name).startswith(f"there is no commit `{name}`")
        assert repository.refusal("--", "main", name).startswith(f"there is no commit `{name}`")
    assert not target.exists()


def test_a_range_is_asked_for_as_two_names(repository: Repository) -> None:
    assert repository.refusal("main..HEAD") == (
        "`main..HEAD` is not one commit: name the two of them, with a space between"
    )


def test_a_name_cannot_act_on_a_terminal(repository: Repository) -> None:
    assert "\x1b" not in repository.refusal("\x1b[2Jx")


def test_without_a_git_repository_one_line_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    plain = Repository(tmp_path / "plain")
    plain.write("mkdocs.yml", CONFIGURATION)
    refusal = plain.refusal("main")
    assert refusal.startswith("this is not a git repository: ")


def test_without_git_one_line_says_so(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert repository.refusal("main").startswith("git is not installed")


def test_without_mkdocs_yml_one_line_says_where_to_run_it(tmp_path: Path) -> None:
    plain = Repository(tmp_path / "plain")
    assert plain.refusal("main").startswith("there is no mkdocs.yml here or above")


def test_a_shallow_clone_that_lacks_the_commit_says_how_to_fetch_it(
    repository: Repository, tmp_path: Path
) -> None:
    first = repository.git("rev-parse", "HEAD")
    repository.edit(TIME, OLD, NEW)
    second = repository.commit()
    clone = Repository(tmp_path / "clone")
    clone.git("clone", "--quiet", "--depth=1", repository.folder.as_uri(), ".")
    assert "this clone is shallow, so fetch it first" in clone.refusal(first)
    assert "shallow" in clone.refusal(first[:12], "main")
    assert clone.told(second) == "Nothing changes for a reader.\n"


def test_two_histories_without_a_common_commit_have_no_merge_base(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--orphan", "other")
    repository.commit()
    repository.git("switch", "--quiet", "main")
    assert repository.refusal("main", "other", "--merge-base") == "the two have no commit in common"


def test_a_folder_outside_the_repository_is_named(repository: Repository, tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path / "elsewhere")
    repository.write("mkdocs.yml", "plugins:\n  - playbooks:\n      folder: ../elsewhere\n")
    repository.commit()
    assert repository.refusal("main").startswith("../elsewhere: is outside this git repository")


def test_a_file_where_the_playbooks_should_be_is_no_handbook(repository: Repository) -> None:
    repository.git("rm", "-r", "--quiet", "playbooks")
    repository.write("playbooks", "A file.\n")
    repository.commit()
    assert repository.told("main~1", "main").startswith("5 playbooks removed; ")
    assert repository.told("main~1").startswith("5 playbooks removed; ")


# What is in a commit


def test_a_side_that_is_broken_still_tells_what_can_be_read(repository: Repository) -> None:
    repository.write("playbooks/minimal.yml", "title: [\n")
    repository.write("playbooks/with-bom.yml", "")
    repository.edit("playbooks/every-field.yml", "    because: A reason", "    becuase: A reason")
    repository.edit(TIME, OLD, NEW)
    for text in (repository.told("main"), repository.commit() and repository.told("main~1", "main")):
        assert "1 script reworded, 1 changed" in text.splitlines()[0]
        assert "  - playbooks/minimal.yml (after the change: it is not compared)" in text
        assert "  - playbooks/with-bom.yml (after the change: it is not compared)" in text
        assert "  - playbooks/every-field.yml (in part, after the change" in text
        assert "removed" not in text.splitlines()[0]
    back = repository.told("main", "main~1")
    assert "  - playbooks/minimal.yml (before the change: it is not compared)" in back
    assert "added" not in back.splitlines()[0]


def test_attributes_of_the_repository_hide_nothing(repository: Repository) -> None:
    repository.write(".gitattributes", "*.yml export-ignore export-subst eol=crlf\n")
    repository.edit(TIME, OLD, f"{NEW} $Format:%an$")
    repository.commit()
    assert "once. $Format:%an$+}" in repository.told("main~1", "main")


def test_a_link_inside_the_commit_is_followed_and_one_that_leads_out_is_not(
    repository: Repository, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("title: Secret\nkind: note\nsummary: Not in the repository.\n", encoding="utf-8")
    repository.write("drafts/inside.yml", "title: Inside\nkind: note\nsummary: In the commit.\n")
    (repository.folder / "playbooks/inside.yml").symlink_to("../drafts/inside.yml")
    (repository.folder / "playbooks/outside.yml").symlink_to(secret)
    (repository.folder / "playbooks/nowhere.yml").symlink_to("nothing.yml")
    repository.commit()
    text = repository.told("main~1", "main")
    assert text.startswith("1 playbook added")
    assert "Inside  inside.yml, new" in text
    assert "Secret" not in text
    for name in ("outside", "nowhere"):
        assert f"  - playbooks/{name}.yml (after the change: it is not compared)" in text


def test_a_folder_that_is_a_link_is_followed(repository: Repository) -> None:
    repository.git("mv", "playbooks/vocabulary", "words")
    (repository.folder / "playbooks/vocabulary").symlink_to("../words", target_is_directory=True)
    repository.commit()
    assert repository.told("main~1", "main") == "Nothing changes for a reader.\n"


def test_a_file_that_is_too_large_is_named_and_not_read(repository: Repository) -> None:
    repository.write("playbooks/huge.yml", "title: Huge\nkind: note\nsummary: " + "x" * 1_100_000)
    repository.commit()
    assert "  - playbooks/huge.yml (after the change: it is not compared)" in repository.told(
        "main~1", "main"
    )


def test_a_link_out_of_the_folder_on_disk_is_told_and_nothing_is_called_removed(
    repository: Repository,
) -> None:
    (repository.folder / "playbooks/there.yml").symlink_to("/etc/passwd")
    assert "playbooks/there.yml: leads out of the handbook" in repository.refusal("main")


def test_odd_names_of_files_do_no_harm(repository: Repository) -> None:
    for name in (
        "a b.yml",
        "néw.yml",
        "tab\t.yml",
        "line\nbreak.yml",
        "-rf.yml",
        "\x1b[2J.yml",
        "folder.yml/x.yml",
    ):
        repository.write(f"playbooks/{name}", f"title: {len(name)} letters\nkind: note\nsummary: Odd.\n")
    repository.write(
        f"playbooks/{os.fsdecode(bytes([0xE9]))}.yml", "title: Latin\nkind: note\nsummary: Odd.\n"
    )
    repository.commit()
    for arguments in (["main~1", "main"], ["main~1"]):
        text = repository.told(*arguments)
        assert text.startswith("7 playbooks added")
        assert "\x1b" not in text
        assert "playbooks/folder.yml (after the change: it is not compared)" in text


def test_a_submodule_and_a_merge_are_no_obstacle(repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "topic")
    repository.edit(TIME, OLD, NEW)
    topic = repository.commit()
    repository.git("switch", "--quiet", "main")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{topic},playbooks/module.yml")
    repository.git("commit", "--quiet", "--message", "a submodule")
    repository.git("merge", "--quiet", "--no-edit", "topic")
    assert repository.told("HEAD^1", "HEAD").startswith("1 script reworded; ")


# Formats


def test_markdown_is_for_a_comment_and_json_for_a_program(repository: Repository) -> None:
    repository.edit(TIME, OLD, f"{NEW} @everyone")
    markdown = repository.told("main", "--format", "markdown")
    assert markdown.startswith("## What this change does\n\n**1 script reworded; ")
    assert "We need your answer ~~today.~~ **at once. &#64;&#8203;everyone**" in markdown
    record = json.loads(repository.told("main", "--format", "json"))
    assert record["playbooks"][0]["id"] == "asking-for-time"
    assert record["sheets"][0]["change"] == "changed"


def test_a_pipe_gets_no_colours(repository: Repository) -> None:
    repository.edit(TIME, OLD, NEW)
    assert "\x1b" not in repository.told("main")
