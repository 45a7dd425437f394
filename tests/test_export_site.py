"""What a built site has for other programs: it is all there, and it leads where it says."""

import csv
import json
import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import feedparser  # type: ignore[import-untyped]
import pytest

from playbook_press.load import read_handbook
from playbook_press.model import Playbook
from playbook_press.text import parse_block, plain
from reading import Reading, read_markdown, read_page
from site_under_test import ROOT, Site

TOP = "https://common-ground.example/"


@pytest.fixture(scope="module")
def playbooks() -> Mapping[str, Playbook]:
    return read_handbook(ROOT / "playbooks", Path("playbooks")).library.playbooks


@cache
def page(path: Path) -> Reading:
    return read_page(path)


def leads_somewhere(site: Site, address: str) -> bool:
    """Whether an absolute address is a file of the site, and has the part that it names."""
    assert address.startswith(TOP)
    parts = urlsplit(address)
    path = site.folder / unquote(parts.path.removeprefix("/"))
    if path.is_dir():
        path /= "index.html"
    twin_of = path.with_suffix(".html") if path.suffix == ".md" else path
    return path.is_file() and (not parts.fragment or parts.fragment in page(twin_of).ids)


def pages(site: Site) -> list[Path]:
    """Every page, but for the one that stands in for pages that cannot be reached."""
    listed = re.findall(r"<loc>(.+)</loc>", (site.folder / "sitemap.xml").read_text(encoding="utf-8"))
    paths = [unquote(urlsplit(address).path.removeprefix("/")) for address in listed]
    return [site.folder / path / "index.html" for path in paths if path != "offline/"]


def twins(site: Site) -> list[tuple[Path, str]]:
    """Every page, with its twin."""
    return [(path, path.with_suffix(".md").read_text(encoding="utf-8")) for path in pages(site)]


def test_every_page_has_a_twin_with_the_same_headings(site: Site) -> None:
    found = twins(site)
    assert len(found) > 100
    for path, twin in found:
        assert read_markdown(twin).headings == page(path).headings, path


def test_a_twin_says_every_line_that_its_page_says(site: Site, playbooks: Mapping[str, Playbook]) -> None:
    for name, playbook in playbooks.items():
        path = site.folder / "playbooks" / name / "index.html"
        shown = page(path).text
        twin = read_markdown(path.with_suffix(".md").read_text(encoding="utf-8")).text
        slots = {slot: declared.example for slot, declared in playbook.slots.items()}
        for text in playbook.said:
            nodes = parse_block(text.words)
            assert "".join(plain(nodes, slots.__getitem__).split()) in shown
            assert "".join(plain(nodes, lambda slot: f"{{{slots[slot]}}}").split()) in twin  # noqa: B023


def test_a_twin_has_the_sentences_of_its_page(site: Site) -> None:
    for path, twin in twins(site):
        said = re.sub(r"[{}]", "", read_markdown(twin).text)
        for words in page(path).words:
            sentence = re.sub(r"[{}]", "", "".join(words.split()))
            if len(sentence) > 40:
                assert sentence in said, path


def test_every_link_of_a_twin_leads_somewhere(site: Site) -> None:
    for path, twin in twins(site):
        here = urljoin(TOP, path.relative_to(site.folder).as_posix())
        links = [link for link in read_markdown(twin).links if ":" not in link]
        assert [link for link in links if not leads_somewhere(site, urljoin(here, link))] == [], path


def test_every_page_names_its_twin_and_the_feed(site: Site) -> None:
    for path in (*pages(site), site.folder / "404.html"):
        here = urljoin(TOP, path.relative_to(site.folder).as_posix())
        links = {
            link.get("type"): link.get("href")
            for link in page(path).head
            if "alternate" in (link.get("rel") or "").split()
        }
        assert urljoin(here, str(links["application/atom+xml"])) == f"{TOP}feed.xml"
        if path.name == "404.html":
            assert "text/markdown" not in links
            continue
        twin = urljoin(here, str(links["text/markdown"]))
        assert twin == posixpath.splitext(here)[0] + ".md"
        assert leads_somewhere(site, twin)


def addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "address" in value:
            yield value["address"]
        value = list(value.values())
    if isinstance(value, list):
        for child in value:
            yield from addresses(child)


def test_every_address_of_the_exports_leads_to_the_part_it_names(site: Site) -> None:
    data = json.loads((site.folder / "handbook.json").read_text(encoding="utf-8"))
    found = list(addresses(data))
    assert len(found) > 1000
    with (site.folder / "scripts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == sum(len(playbook["scripts"]) for playbook in data["playbooks"])
    found += [row["address"] for row in rows]
    found += re.findall(r"\]\(([^)]+)\)", (site.folder / "llms.txt").read_text(encoding="utf-8"))
    feed = feedparser.parse((site.folder / "feed.xml").read_bytes())
    found += [link.href for part in (feed.feed, *feed.entries) for link in part.links]
    assert [address for address in found if not leads_somewhere(site, address)] == []
    assert data["$schema"] == f"{TOP}handbook.schema.json"


def test_take_along_leads_to_every_export(site: Site) -> None:
    links = {posixpath.basename(link) for link in page(site.folder / "tools/take-along/index.html").links}
    assert {"handbook.json", "handbook.schema.json", "scripts.csv", "llms.txt", "feed.xml"} <= links
