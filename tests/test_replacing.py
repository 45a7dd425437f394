"""The last good site is whole, whatever happens to the build of the next."""

import filecmp
import os
import random
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest

from playbook_press.cli import replacing as module
from playbook_press.cli.common import CannotRunError
from playbook_press.cli.replacing import replacing
from prepared_builds import Build

BUILD = (sys.executable, "-m", "playbook_press", "build")
Contents = Mapping[str, bytes]


@pytest.fixture
def small(project: Path) -> Path:
    """A handbook whose site is quickly built: without PDFs, and with hardly a theme."""
    (project / "mkdocs.yml").write_text(
        "site_name: Good\ntheme: {name: null, custom_dir: theme}\nplugins:\n  - playbooks: {sheets: false}\n",
        encoding="utf-8",
    )
    (project / "theme").mkdir()
    (project / "theme/base.html").write_text(
        "<!doctype html><title>{{ page.title }}</title>{% block extrahead %}{% endblock %}{{ page.content }}",
        encoding="utf-8",
    )
    (project / "docs").mkdir()
    (project / "docs/page.md").write_text("# First\n", encoding="utf-8")
    return project


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def wait_until(happened: Callable[[], object]) -> None:
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, "it does not happen"
        time.sleep(0.01)


def left_behind(folder: Path) -> list[str]:
    """What only a build that is under way may have there."""
    unfinished = [path.name for path in folder.glob(".site-*")]
    cache = folder / ".playbooks-cache"
    known = {".gitignore", "lint.json", "pages", "paper"}
    unfinished += [path.name for path in cache.iterdir() if path.name not in known]
    unfinished += [path.name for path in (cache / "pages").iterdir() if path.name.startswith("tmp")]
    return unfinished


def built(folder: Path, *words: str) -> Contents:
    """Build a site, and give what is in it."""
    code, said = Build(folder, *words).result()
    assert code == 0, said
    return contents(folder / (words[-1] if words else "site"))


def test_a_build_that_is_killed_at_any_moment_leaves_a_whole_site(small: Path) -> None:
    versions = ("First", "Second")
    known = []
    for words in versions:
        (small / "docs/page.md").write_text(f"# {words}\n", encoding="utf-8")
        began = time.monotonic()
        known.append(built(small))
        takes = time.monotonic() - began
    assert known[0] != known[1]
    done = f"{pages(known[0])} pages in site\n"
    moments = random.Random(20261122)
    caught = 0
    for turn in range(100):
        (small / "docs/page.md").write_text(f"# {versions[turn % 2]}\n", encoding="utf-8")
        build = Build(small)
        build.wait(moments.uniform(0, takes * 1.1))
        # Sometimes the first process alone: what it has started ends with it.
        build.kill(alone=turn % 3 == 0)
        code, said = build.result()
        # It may still be killed between its last words and its end: what it has said is true by then.
        assert (code, said) in {(-signal.SIGKILL, ""), (-signal.SIGKILL, done), (0, done)}
        caught += bool(left_behind(small))
        found = contents(small / "site")
        possible = [known[turn % 2]] if said else known
        assert found in possible, sorted(name for name in known[0] if found.get(name) != known[0][name])
    assert caught >= 10, "most were killed before or after they wrote anything"
    assert built(small) == known[1]
    assert left_behind(small) == []


def pages(site: Contents) -> int:
    return sum(name.endswith(".html") for name in site)


def run(folder: Path, *command: str, before: Callable[[], None] | None = None) -> tuple[int, str]:
    """Run a command; its exit code, and all that it says."""
    done = subprocess.run(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=before,
    )
    return done.returncode, done.stdout


ON_A_DISK = f"""
    mkdir disk
    mount -t tmpfs -o size=3m,mode=755 tmpfs disk
    cp -a site disk/site
    attempt() {{
        {shlex.join(BUILD)} -o disk/site && exit 1
        echo "exit code $?"
        ls -A disk
    }}
    # For another site there is not enough room, and none at all.
    for left in 1000 0; do
        head -c "$(($(df --output=avail disk | tail -n 1) - left))k" /dev/zero > disk/something-else
        attempt
        rm disk/something-else
    done
    mount -o remount,ro disk
    attempt
    cp -a disk/site after
"""
"""Builds on a small disk that nobody else sees."""


def can_mount(folder: Path, *space: str) -> bool:
    return run(folder, *space, "mount", "-t", "tmpfs", "tmpfs", "docs")[0] == 0


def test_a_disk_that_is_full_is_told_in_a_line_and_leaves_the_last_site(small: Path) -> None:
    before = built(small)
    space = ("unshare", "--mount", *(["--map-root-user"] if os.geteuid() else []))
    if can_mount(small, *space):
        assert run(small, *space, "sh", "-ec", ON_A_DISK) == (
            0,
            "error: the site cannot be written: No space left on device\nexit code 2\nsite\nsomething-else\n"
            * 2
            + "error: disk/site: cannot be written: Read-only file system\nexit code 2\nsite\n",
        )
        assert contents(small / "after") == before
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (20_000, 20_000))
    told = "error: the site cannot be written: File too large\n"
    assert run(small, *BUILD, before=limit) == (2, told)
    assert contents(small / "site") == before
    assert left_behind(small) == []


def test_the_pages_of_an_exported_tree_are_not_taken_for_a_site(small: Path) -> None:
    assert run(small, sys.executable, "-m", "playbook_press", "export", "tree")[0] == 0
    before = contents(small / "tree")
    code, said = run(small, *BUILD, "-o", "tree/docs")
    assert (code, said.count("\n")) == (2, 1)
    assert contents(small / "tree") == before


def test_a_folder_that_cannot_be_written_is_told_in_a_line(small: Path) -> None:
    code, said = Build(small, "-o", "/proc/site").result()
    assert (code, said) == (2, "error: /proc/site: cannot be written: No such file or directory\n")


WAITING = """
import pathlib, signal

def on_page_context(context, **_):
    pathlib.Path("half-way").touch()
    signal.pause()
"""
"""A hook of a build that never gets past its first page."""


def test_a_build_that_is_told_to_end_says_so_and_tidies_up(small: Path) -> None:
    before = built(small)
    (small / "waiting.py").write_text(WAITING, encoding="utf-8")
    with (small / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("hooks: [waiting.py]\n")
    for sign, said in (
        (signal.SIGTERM, "error: the build was ended by SIGTERM; the site is as it was\n"),
        (signal.SIGINT, "\nAborted!\n"),
    ):
        build = subprocess.Popen(
            BUILD,
            cwd=small,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
            # Where the tests run in the background, what they start would ignore it.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 (no threads)
        )
        wait_until((small / "half-way").exists)
        (os.killpg if sign == signal.SIGINT else os.kill)(build.pid, sign)
        assert build.communicate()[0] == said
        assert build.returncode in {1, 2}
        assert contents(small / "site") == before
        assert left_behind(small) == []
        (small / "half-way").unlink()


def test_builds_at_once_end_well_and_leave_one_whole_site(small: Path) -> None:
    """Three of one handbook, and one who empties its cache all the time."""
    alone = built(small, "-o", "alone")
    shutil.rmtree(small / "alone")
    pages = small / ".playbooks-cache/pages"
    builds = [Build(small), Build(small), Build(small)]
    while not all(build.wait(0.01) for build in builds):
        for path in pages.iterdir():
            path.unlink(missing_ok=True)
    assert [build.result()[0] for build in builds] == [0, 0, 0]
    assert contents(small / "site") == alone
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
    (work / module._LOCK).touch()
    output.rename(work / module._OLD)
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
