"""Files that are compressed beside a site's own."""

import gzip
import random
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from good_handbook import run
from playbook_press.compressing import compress

TEXT = b"the same again, " * 200


@pytest.fixture
def site(tmp_path: Path) -> Path:
    noise = random.Random(1).randbytes(5000)
    files = {"page.html": TEXT, "below/twin.md": TEXT, "small.css": TEXT[:1000], "noise.txt": noise}
    for name, content in {**files, "sheet.pdf": TEXT, "font.woff2": TEXT}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path


def added(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.rglob("*")
        if path.suffix in {".br", ".gz"}
    }


def test_text_that_gets_smaller_is_compressed_in_two_ways(site: Path) -> None:
    assert compress(site) == 2
    found = added(site)
    assert set(found) == {"page.html.gz", "page.html.br", "below/twin.md.gz", "below/twin.md.br"}
    assert gzip.decompress(found["page.html.gz"]) == TEXT
    assert brotli.decompress(found["page.html.br"]) == TEXT
    assert (site / "page.html").read_bytes() == TEXT


def test_the_same_is_compressed_to_the_same_bytes_whenever_it_is(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compress(site)
    before = added(site)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    compress(site)
    assert added(site) == before


def test_a_site_is_built_with_compressed_files_where_they_are_asked_for(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(
        "site_name: Good\ntheme: {name: material, font: false}\nplugins:\n  - playbooks: {sheets: false}\n",
        encoding="utf-8",
    )
    built = run("build", "--compress", cwd=project)
    assert (built.returncode, built.stderr) == (0, "")
    page = (project / "site/index.html").read_bytes()
    assert gzip.decompress((project / "site/index.html.gz").read_bytes()) == page
    assert brotli.decompress((project / "site/index.html.br").read_bytes()) == page
    assert run("build", cwd=project).returncode == 0
    assert added(project / "site").keys() <= {"sitemap.xml.gz"}
