"""The last good site is whole, whatever happens to the build of the next."""

import contextlib
import filecmp
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook_press.cli import replacing as module
from playbook_press.cli.common import CannotRunError
from playbook_press.cli.replacing import replacing

BUILD = (sys.executable, "-m", "playbook_press", "build")


@pytest.fixture
def small(project: Path) -> Path:
    """A handbook whose site is quickly built: without PDFs."""
    (project / "mkdocs.yml").write_text(
        "site_name: Good\ntheme: {name: material, font: false}\nplugins:\n  - playbooks: {sheets: false}\n",
        encoding="utf-8",
    )
    (project / "docs").mkdir()
    return project


def build(folder: Path, *words: str, most_bytes: int | None = None) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if most_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.run(
        [*BUILD, *words], cwd=folder, capture_output=True, text=True, check=False, preexec_fn=limit
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.glob(".site-*")]


def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_site(small: Path) -> None:
    page = small / "docs/page.md"
    page.write_text("# First\n", encoding="utf-8")
    began = time.monotonic()
    assert build(small).returncode == 0
    takes = time.monotonic() - began
    known = {"First": contents(small / "site")}
    page.write_text("# Second\n", encoding="utf-8")
    assert build(small, "-o", "other").returncode == 0
    known["Second"] = contents(small / "other")
    assert known["First"] != known["Second"]
    moments = random.Random(20261122)
    for _ in range(100):
        process = subprocess.Popen(
            BUILD, cwd=small, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=moments.uniform(0, takes * 1.1))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert contents(small / "site") in known.values()
    assert build(small).returncode == 0
    assert contents(small / "site") == known["Second"]
    assert left_behind(small) == []


def test_a_disk_that_is_full_is_told_in_a_line_and_leaves_the_last_site(small: Path) -> None:
    assert build(small).returncode == 0
    before = contents(small / "site")
    built = build(small, most_bytes=20_000)
    assert (built.returncode, built.stdout) == (2, "")
    assert built.stderr == "error: the site cannot be written: File too large\n"
    assert contents(small / "site") == before
    assert left_behind(small) == []


def test_a_folder_that_cannot_be_written_is_told_in_a_line(small: Path) -> None:
    built = build(small, "-o", "/proc/site")
    assert (built.returncode, built.stdout) == (2, "")
    assert built.stderr.startswith("error: /proc")
    assert len(built.stderr.splitlines()) == 1


def test_two_builds_at_once_both_end_well_and_leave_one_whole_site(small: Path) -> None:
    assert build(small, "-o", "other").returncode == 0
    both = [subprocess.Popen(BUILD, cwd=small, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait() for process in both] == [0, 0]
    assert contents(small / "site") == contents(small / "other")
    assert left_behind(small) == []


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/old").write_text("old", encoding="utf-8")
    return tmp_path / "site"


def put(output: Path) -> None:
    with replacing(output, lambda _: True) as new:
        new.folder.mkdir()
        (new.folder / "new").write_text("new", encoding="utf-8")


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_folder_takes_the_place_of_another_whole(
    output: Path, monkeypatch: pytest.MonkeyPatch, *, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(module, "_exchange", lambda *_: False)
    put(output)
    assert contents(output) == {"new": b"new"}
    assert list(output.parent.iterdir()) == [output]


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(output: Path) -> None:
    link = output.with_name("link")
    link.symlink_to(output)
    put(link)
    assert link.is_symlink()
    assert contents(output) == {"new": b"new"}


def fail(output: Path) -> None:
    with replacing(output, lambda _: True) as new:
        new.folder.mkdir()
        raise ZeroDivisionError


def test_a_block_that_fails_changes_nothing(output: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(output)
    assert contents(output) == {"old": b"old"}
    assert list(output.parent.iterdir()) == [output]


def test_what_was_not_built_here_is_not_replaced(output: Path) -> None:
    with (
        pytest.raises(CannotRunError, match="is not empty, and was not built here"),
        replacing(output, lambda _: False),
    ):
        pass
    (output / "old").unlink()
    with replacing(output, lambda _: False) as new:
        new.folder.mkdir()
    assert output.is_dir()
    file = output.with_name("file")
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(CannotRunError, match="it is a file"), replacing(file, lambda _: True):
        pass
    assert file.read_text(encoding="utf-8") == "mine"


@pytest.fixture
def killed(output: Path) -> Iterator[Path]:
    """What is left by a build that was killed between its two renames."""
    work = output.with_name(".site-abc")
    work.mkdir()
    (work / "lock").touch()
    output.rename(work / "old")
    yield work
    shutil.rmtree(work, ignore_errors=True)


def test_a_folder_that_a_killed_build_moved_aside_comes_back(output: Path, killed: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        fail(output)
    assert contents(output) == {"old": b"old"}
    assert not killed.exists()


def test_what_another_build_is_making_stays(output: Path) -> None:
    with replacing(output, lambda _: True) as first:
        first.folder.mkdir()
        (first.folder / "first").touch()
        put(output)
        assert filecmp.dircmp(output, first.folder).left_only == ["new"]
    assert contents(output) == {"first": b""}
