"""What a browser is told to keep of a site: what comes first, in what a budget allows."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

import pytest

from good_handbook import GOOD
from playbook_press import offline
from playbook_press.load import read_handbook
from playbook_press.model import Library
from playbook_press.offline import asset_address, script_for

ASSETS = Path(offline.__file__).parent / "assets"


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(GOOD, Path("playbooks")).library


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path in (
        *("index.html", "offline/index.html", "404.html", "sitemap.xml"),
        *(asset_address("handbook.js"), "assets/playbooks/search/words-0.js", "assets/playbooks/mark.svg"),
        *("contexts/sales/index.html", "sheets/sales-a4.pdf", "sheets/sales-a4-large.pdf"),
        *("playbooks/minimal/index.html", "contribute/index.html", "été 100%/index.html"),
    ):
        write(tmp_path / path, path.encode())
    return tmp_path


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def told(site: Path, library: Library, *written: str) -> dict[str, Any]:
    first, _, rest = script_for(site, "run();", library, written).partition("\n")
    assert rest == "run();"
    found: dict[str, Any] = json.loads(first.removeprefix("self.playbooksBuild = ").removesuffix(";"))
    return found


def test_what_every_page_needs_comes_first_under_the_address_that_pages_use(
    site: Path, library: Library
) -> None:
    first = told(site, library)["first"]
    assert first[:2] == ["offline/", "./"]
    assert asset_address("handbook.js") in first
    assert "assets/playbooks/mark.svg" in first


@pytest.mark.parametrize(
    "asset", [path for path in ASSETS.iterdir() if path.suffix in {".css", ".js", ".woff2"}]
)
def test_scripts_styles_and_fonts_are_named_by_what_they_hold(asset: Path) -> None:
    digest = hashlib.sha256(asset.read_bytes()).hexdigest()[:8]
    name = asset.name if asset.suffix == ".woff2" else asset_address(asset.name)
    assert name.endswith(f".{digest}{asset.suffix}")


def test_the_search_the_contexts_and_their_sheets_follow_and_nothing_else(
    site: Path, library: Library
) -> None:
    assert told(site, library)["more"] == [
        "assets/playbooks/search/words-0.js",
        "contexts/sales/",
        "playbooks/minimal/",
        "sheets/sales-a4.pdf",
    ]
    written = told(site, library, "été 100%/index.html")["more"]
    assert "%C3%A9t%C3%A9%20100%25/" in written


def test_a_search_is_kept_whole_or_not_at_all(
    site: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(site / "assets/playbooks/search/words-1.js", random.Random(1).randbytes(5_000))
    assert len([path for path in told(site, library)["more"] if "/search/" in path]) == 2
    first = told(site, library)["first"]
    monkeypatch.setattr(offline, "BUDGET", 4_000 + 40 * len(first))
    assert not [path for path in told(site, library)["more"] if "/search/" in path]


def test_what_is_too_large_leaves_room_for_what_follows(
    site: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "BUDGET", 10_000)
    noise = random.Random(1).randbytes(20_000).hex().encode()
    write(site / "contexts/sales/index.html", noise)
    more = told(site, library)["more"]
    assert "contexts/sales/" not in more
    assert "sheets/sales-a4.pdf" in more


def test_a_page_weighs_what_is_sent_of_it(
    site: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offline, "BUDGET", 10_000)
    write(site / "contexts/sales/index.html", b"the same again " * 10_000)
    assert "contexts/sales/" in told(site, library)["more"]


def test_the_same_site_is_the_same_build_on_whatever_day(site: Path, library: Library) -> None:
    before = told(site, library)["version"]
    write(site / "sitemap.xml", b"another day")
    write(site / "service-worker.js", b"whatever was there")
    assert told(site, library)["version"] == before
    write(site / "contribute/index.html", b"changed")
    assert told(site, library)["version"] != before


def test_the_names_at_the_top_of_the_site_are_its_own(site: Path, library: Library) -> None:
    own = told(site, library)["own"]
    assert {"index.html", "playbooks", "été 100%"} <= set(own)
    assert "v2" not in own


def test_a_file_that_is_not_of_the_handbook_has_no_address_of_its_own() -> None:
    assert asset_address("none.css") == ""
    assert asset_address("mark.svg") == ""
