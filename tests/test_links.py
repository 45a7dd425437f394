"""A link among the handbook's files takes nothing into the site that is not of the handbook."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from good_handbook import GoodHandbook, run
from playbook_press.links import leading_out

HEAD = "title: Secret\nkind: note\nsummary: Not in the handbook.\n"


@pytest.fixture
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret.yml").write_text(HEAD, encoding="utf-8")
    return folder


@pytest.mark.parametrize("command", [["lint"], ["build"], ["sheet", "--all"]])
@pytest.mark.parametrize("link", ["new.yml", "vocabulary/extra", "worksheets/new.yml"])
def test_a_link_among_the_playbooks_that_leads_out_is_refused(
    project: Path, outside: Path, link: str, command: list[str]
) -> None:
    (project / "playbooks" / link).symlink_to(outside / "secret.yml")
    done = run(*command, cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: playbooks/{link}: leads out of the handbook: put the file itself there\n"


def test_a_folder_that_cannot_be_read_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def scandir(path: Path, really: Callable[[Path], Any] = os.scandir) -> Any:
        if Path(path).name == "worksheets":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return really(path)

    monkeypatch.setattr(os, "scandir", scandir)
    folder = project / "playbooks"
    (folder / "worksheets").mkdir(exist_ok=True)
    found = leading_out(folder, Path("playbooks"), project)
    assert found == ["playbooks/worksheets: cannot be read: Permission denied"]


def test_a_link_among_the_pages_that_leads_out_is_refused_before_it_is_followed(
    project: Path, outside: Path
) -> None:
    (project / "docs/below").mkdir(parents=True)
    (project / "docs/below/all").symlink_to("/")
    (project / "docs/secret.md").symlink_to(outside / "secret.yml")
    done = run("build", cwd=project)
    assert done.returncode == 2
    assert [line for line in (done.stdout + done.stderr).splitlines() if line] == [
        "error: docs/below/all: leads out of the handbook: put the file itself there",
        "error: docs/secret.md: leads out of the handbook: put the file itself there",
    ]
    assert not (project / "site").exists()


@pytest.mark.parametrize("name", ["playbooks/pipe.yml", "playbooks/worksheets/pipe.yml", "docs/pipe.md"])
def test_a_pipe_is_refused_unread(project: Path, name: str) -> None:
    (project / "docs").mkdir()
    os.mkfifo(project / name)
    done = run("build", cwd=project)
    assert done.returncode == 2
    said = [line for line in (done.stdout + done.stderr).splitlines() if line]
    assert said == [f"error: {name}: neither a file nor a folder: delete it"]


def test_a_link_within_the_handbook_is_followed(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "README.md").write_text("# Read me\n", encoding="utf-8")
    (tmp_path / "pages/index.md").symlink_to("../README.md")
    (tmp_path / "pages/nothing.md").symlink_to("nowhere.md")
    (tmp_path / "pages/loop.md").symlink_to("loop.md")
    assert leading_out(tmp_path / "pages", Path("pages"), tmp_path) == []
    (tmp_path / "pages/out.md").symlink_to("../../out.md")
    [told] = leading_out(tmp_path / "pages", Path("pages"), tmp_path)
    assert told.startswith("pages/out.md: leads out")


def test_a_link_to_what_is_hidden_is_refused(project: Path) -> None:
    (project / ".git").mkdir()
    (project / ".git/config").write_text("[remote]\n", encoding="utf-8")
    (project / "docs").mkdir()
    (project / "docs/config.md").symlink_to("../.git/config")
    done = run("build", cwd=project)
    assert done.returncode == 2
    said = [line for line in (done.stdout + done.stderr).splitlines() if line]
    assert said == ["error: docs/config.md: leads to what is hidden: put the file itself there"]


def test_a_folder_that_is_a_link_leads_out_as_a_whole(project: Path, outside: Path) -> None:
    (project / "playbooks").rename(outside / "playbooks")
    (project / "playbooks").symlink_to(outside / "playbooks")
    done = run("lint", cwd=project)
    assert (done.returncode, done.stderr) == (
        2,
        "error: playbooks: leads out of the handbook: put the file itself there\n",
    )


PATHS = ("../../etc/passwd", "..", "/etc/passwd", "..\\secret", "%2e%2e%2fsecret", "C:\\secret")
SCRIPT = "stage: open\n    title: A title\n    say: A word.\n"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "text",
    [
        "related: ['{}']\n",
        "worksheets: ['{}']\n",
        "sources: ['{}']\n",
        "contexts:\n  '{}': {{across: A, goal: B, changes: C}}\n",
        "slots:\n  '{}': {{label: A, example: B}}\n",
        f"scripts:\n  - id: '{{}}'\n    {SCRIPT}",
        f"scripts:\n  - id: a\n    contexts: ['{{}}']\n    {SCRIPT}",
        "use_when: ['See [a page]({}).']\n",
        "use_when: ['See [a page](playbooks/../{}).']\n",
    ],
)
def test_an_id_or_a_link_that_is_a_path_is_an_error(good: GoodHandbook, text: str, path: str) -> None:
    found = good.lint(HEAD + text.format(path))
    assert "error" in {finding.severity for finding in found}
