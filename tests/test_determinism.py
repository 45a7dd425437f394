"""Two builds of one handbook are the same to the byte, wherever, whenever and however they are made."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from good_handbook import GOOD

SETTINGS = """\
site_name: Good
site_url: https://good.example/
theme: {name: material, font: false}
plugins: [playbooks]
"""
A_YEAR_ON = "import time\nnow = time.time\ntime.time = lambda: now() + 366 * 24 * 3600\n"
DAY = 1_700_000_000  # 14 November 2023


def handbook(folder: Path) -> Path:
    shutil.copytree(GOOD, folder / "playbooks")
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/page.md").write_text("# A page\n", encoding="utf-8")
    return folder


def build(folder: Path, *, processors: int | None = None, **environment: str) -> dict[str, bytes]:
    """Build a site; what is in it."""
    known = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    some = set(sorted(os.sched_getaffinity(0))[:processors])
    subprocess.run(
        [sys.executable, "-m", "playbook_press", "build", "--compress"],
        cwd=folder,
        env={**known, **environment},
        preexec_fn=lambda: os.sched_setaffinity(0, some),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    site = folder / "site"
    return {
        path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """A handbook and its site, as it is built there for the first time."""
    folder = handbook(tmp_path_factory.mktemp("here"))
    return folder, build(folder)


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_elsewhere_a_year_on_and_on_one_processor_a_site_is_the_same(
    first: tuple[Path, dict[str, bytes]], tmp_path: Path
) -> None:
    (tmp_path / "clock").mkdir()
    (tmp_path / "clock/sitecustomize.py").write_text(A_YEAR_ON, encoding="utf-8")
    there = handbook(tmp_path / "another name/and deeper")
    elsewhere = {"PYTHONPATH": str(tmp_path / "clock"), "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
    site = build(there, processors=1, **elsewhere)
    for kind in (
        ".pdf",
        ".png",
        ".apkg",
        ".xml",
        ".gz",
        ".br",
        "feed.xml",
        "handbook.json",
        "service-worker.js",
    ):
        assert any(name.endswith(kind) for name in site), kind
    assert different(first[1], site) == []


def test_a_sitemap_has_no_day_but_the_one_that_is_given(first: tuple[Path, dict[str, bytes]]) -> None:
    folder, site = first
    assert site["sitemap.xml"].count(b"<loc>https://good.example/") > 10
    assert b"lastmod" not in site["sitemap.xml"]
    assert site["sitemap.xml.gz"][4:8] == bytes(4)  # no time, says RFC 1952
    # What is known from the first build is the same again, too.
    dated = build(folder, SOURCE_DATE_EPOCH=str(DAY))
    assert different(site, dated) == ["sitemap.xml", "sitemap.xml.br", "sitemap.xml.gz"]
    found = dated["sitemap.xml"]
    assert found.count(b"<lastmod>2023-11-14</lastmod>") == found.count(b"<loc>")
