"""Every system of the sources stands in the built handbook, at its place and with its content."""

import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NotRequired, TypedDict

import pytest
import yaml

from site_under_test import ROOT, Site


class Place(TypedDict):
    at: str
    says: list[str]
    shows: NotRequired[list[str]]


class System(TypedDict):
    row: str
    system: str
    places: list[Place]


SYSTEMS: list[System] = yaml.safe_load((ROOT / "tests/systems.yml").read_text(encoding="utf-8"))
SERIES = {"A": 24, "B": 12, "C": 6, "D": 10, "E": 4}
SOURCES = {
    "A": "sales-repository-2025",
    "B": "khomich-2025",
    "C": "cooper-2025",
    "D": "interests-2025",
    "E": "kona-win-win",
}
CARDS = {"pp-script", "pp-pitfall", "pp-ticks", "pp-dialogue", "pp-fit__use", "pp-fit__avoid"}
"""The boxes that hold one thing whole: a heading in one of them names the box."""
INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
HEADING = re.compile(r"h[1-6]")


@dataclass
class Element:
    """An element of a page, with where its words begin and end in the words of the page."""

    tag: str
    name: str
    classes: set[str]
    address: str
    start: int
    end: int = 0


@dataclass
class Section:
    """A part of a page: what a reader reads there, and what it is made of."""

    words: str
    classes: set[str]
    addresses: set[str]

    def says(self, words: str) -> bool:
        """Whether the words stand here whole: "close" is not said by "disclose"."""
        return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", self.words, re.IGNORECASE))


@dataclass
class _Page(HTMLParser):
    words: list[str] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    unclosed: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in INLINE:
            self.words.append(" ")
        element = Element(
            tag,
            name=found.get("id", ""),
            classes=set(found.get("class", "").split()),
            address=found.get("href", ""),
            start=len(self.words),
        )
        self.elements.append(element)
        if tag in VOID:
            element.end = element.start
        else:
            self.unclosed.append(element)

    def handle_endtag(self, tag: str) -> None:
        # An end tag may be left out, so it closes what was opened within its element too.
        while any(element.tag == tag for element in self.unclosed):
            element = self.unclosed.pop()
            element.end = len(self.words)
            if element.tag == tag:
                break
        if tag not in INLINE:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if not any(
            element.tag in {"script", "style"} or "headerlink" in element.classes for element in self.unclosed
        ):
            self.words.append(data)

    def section(self, anchor: str) -> Section:
        """Give the box that an anchor's heading names, or all that stands below it; without one, all."""
        article = next(element for element in self.elements if element.tag == "article")
        if not anchor:
            return self._between(article.start, article.end)
        heading = next((element for element in self.elements if element.name == anchor), None)
        assert heading, f"there is no #{anchor}"
        around = [
            element
            for element in self.elements
            if element.classes & CARDS and element.start <= heading.start and heading.end <= element.end
        ]
        if around:
            return self._between(around[-1].start, around[-1].end)
        following = [
            element.start
            for element in self.elements
            if HEADING.fullmatch(element.tag) and element.start >= heading.end and element.tag <= heading.tag
        ]
        return self._between(heading.start, min([*following, article.end]))

    def _between(self, start: int, end: int) -> Section:
        inside = [element for element in self.elements if start <= element.start and element.end <= end]
        return Section(
            words=" ".join("".join(self.words[start:end]).split()),
            classes={name for element in inside for name in element.classes},
            addresses={element.address for element in inside},
        )


@cache
def read(path: Path) -> _Page:
    page = _Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page


def section_at(site: Site, at: str) -> Section:
    path, _, anchor = at.partition("#")
    file = site.folder / path / "index.html"
    assert file.is_file(), f"there is no page {path}"
    return read(file).section(anchor)


def test_no_system_is_left_out() -> None:
    rows = [f"{letter}{number}" for letter, count in SERIES.items() for number in range(1, count + 1)]
    assert [system["row"] for system in SYSTEMS] == rows
    assert len(rows) == 56
    assert all(system["places"] for system in SYSTEMS)
    assert all(place["says"] for system in SYSTEMS for place in system["places"])


@pytest.mark.parametrize("system", SYSTEMS, ids=[system["row"] for system in SYSTEMS])
def test_a_system_stands_in_its_place_with_its_content(site: Site, system: System) -> None:
    missing = []
    for place in system["places"]:
        section = section_at(site, place["at"])
        missing += [
            f"{place['at']} does not say: {words}" for words in place["says"] if not section.says(words)
        ]
        missing += [
            f"{place['at']} shows no {name}" for name in place.get("shows", []) if name not in section.classes
        ]
    assert not missing, "\n".join([system["system"], *missing])


@pytest.mark.parametrize("system", SYSTEMS, ids=[system["row"] for system in SYSTEMS])
def test_a_system_is_cited_where_it_stands(site: Site, system: System) -> None:
    source = f"sources/#{SOURCES[system['row'][0]]}"
    addresses = {address for place in system["places"] for address in section_at(site, place["at"]).addresses}
    assert any(address.endswith(source) for address in addresses), f"no place of it leads to {source}"
