"""What a page says, read from its HTML and from its Markdown."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

_ENGINE = MarkdownIt("commonmark").enable("table")
_SILENT = frozenset({"script", "style", "svg", "form", "button", "nav", "template", "select"})
_APART = frozenset({"headerlink", "md-content__button", "pp-scripted"})
"""What is no part of the words, and what there is only with scripts."""
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"})


@dataclass
class Reading(HTMLParser):
    """The article of a page: its words, headings, ids and links."""

    words: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    head: list[dict[str, str | None]] = field(default_factory=list)
    """The links of the page's head."""
    _open: list[tuple[str, bool]] = field(default_factory=list)
    _heading: list[str] | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.add(str(given["id"]))
        if tag == "link":
            self.head.append(given)
        if tag in _VOID:
            return
        classes = (given.get("class") or "").split()
        is_article = tag == "article" and "md-content__inner" in classes
        is_shown = is_article or bool(self._open and self._open[-1][1])
        is_shown = is_shown and tag not in _SILENT and not _APART & set(classes)
        self._open.append((tag, is_shown))
        if not is_shown:
            return
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if re.fullmatch(r"h[1-6]", tag):
            self._heading = []

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(name == tag for name, _ in self._open):
            return
        is_shown = self._open[-1][1]
        while self._open.pop()[0] != tag:
            pass
        if is_shown and self._heading is not None and re.fullmatch(r"h[1-6]", tag):
            self.headings.append((int(tag[1]), " ".join("".join(self._heading).split())))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1][1]:
            self.words.append(data)
            if self._heading is not None:
                self._heading.append(data)

    @property
    def text(self) -> str:
        """All words, without space, in which engines differ."""
        return "".join("".join(self.words).split())


def read_page(path: Path) -> Reading:
    """Read a page of a site."""
    reading = Reading()
    reading.feed(path.read_text(encoding="utf-8"))
    return reading


def read_markdown(text: str) -> Reading:
    """Read Markdown as CommonMark with tables."""
    reading = Reading()
    reading.feed(f'<article class="md-content__inner">{_ENGINE.render(text)}</article>')
    return reading
