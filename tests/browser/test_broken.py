"""A broken playbook never becomes a page, whichever command builds the site."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from preview_under_test import RunningPreview
from site_under_test import build

BROKEN = "playbooks/every-field.yml"


@pytest.fixture
def handbook(project: Path) -> Path:
    """The good handbook, which has no page that is written by hand."""
    (project / "docs").mkdir()
    settings = "site_name: Good\ntheme: {name: material, font: false}\nplugins: [playbooks]\n"
    (project / "mkdocs.yml").write_text(settings, encoding="utf-8")
    return project


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", *words]


PLAYBOOKS = ("playbook_press", "build")
MKDOCS = ("mkdocs", "build", "--strict")


def break_it(handbook: Path) -> None:
    path = handbook / BROKEN
    path.write_text(path.read_text().replace("status: reviewed", "status: reviewd"))


@pytest.mark.parametrize("words", [PLAYBOOKS, MKDOCS])
def test_a_broken_playbook_stops_the_build_and_leaves_the_last_good_site(
    handbook: Path, words: tuple[str, ...]
) -> None:
    build(handbook, handbook / "site")
    before = {path: path.read_bytes() for path in (handbook / "site").rglob("*") if path.is_file()}
    break_it(handbook)
    built = subprocess.run(command(*words), cwd=handbook, capture_output=True, text=True, check=False)
    assert built.returncode == 1
    said = built.stdout + built.stderr
    assert re.search(rf"{re.escape(BROKEN)}:\d+:\d+", said)
    assert "did you mean `reviewed`?" in said
    assert "Traceback" not in said
    after = {path: path.read_bytes() for path in (handbook / "site").rglob("*") if path.is_file()}
    assert after == before


def test_a_site_that_cannot_be_written_is_one_clear_line(handbook: Path) -> None:
    (handbook / "occupied").write_text("a file")
    words = command("playbook_press", "build", "-o", "occupied/site")
    built = subprocess.run(words, cwd=handbook, capture_output=True, text=True, check=False)
    assert built.returncode == 2
    assert built.stderr.splitlines() == ["error: occupied: cannot be written: File exists"]


@pytest.fixture
def preview(handbook: Path) -> Iterator[RunningPreview]:
    preview = RunningPreview(handbook)
    yield preview
    preview.stop()


def test_the_preview_keeps_the_last_good_page_and_recovers(
    handbook: Path, preview: RunningPreview, context: BrowserContext
) -> None:
    address = preview.wait_for(r"Serving on (http://\S+)")[1]
    page = context.new_page()
    page.goto(f"{address}playbooks/every-field/")
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("A playbook with everything")
    good = (handbook / BROKEN).read_text()

    break_it(handbook)
    preview.wait_for(r"every-field\.yml:\d+:\d+")
    page.reload(timeout=60_000)
    expect(heading).to_contain_text("A playbook with everything")

    (handbook / BROKEN).write_text(good.replace("title: A playbook with everything", "title: Mended", 1))
    expect(heading).to_contain_text("Mended", timeout=60_000)


def test_a_preview_that_is_stopped_leaves_nothing_behind(preview: RunningPreview) -> None:
    port = int(preview.wait_for(r"Serving on http://[^:]+:(\d+)")[1])
    preview.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=5)
