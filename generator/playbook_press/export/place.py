"""The site that a handbook is exported with: what it is called, and where its pages are."""

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playbook_press.model import Slot, shown_for
from playbook_press.text import CONTROL, Node, parse_block, parse_inline, plain

JSON, SCHEMA, CSV = "handbook.json", "handbook.schema.json", "scripts.csv"
LLMS, FEED = "llms.txt", "feed.xml"


def address_of(path: str) -> str:
    """Where a page is, in a site with a folder for each page, by its path among the Markdown files."""
    stem = path.removesuffix(".md")
    folder, name = posixpath.split(stem)
    if name in {"index", "README"}:
        return f"{folder}/" if folder else ""
    return f"{stem}/"


@dataclass(frozen=True)
class Site:
    """What an export needs to know of the site."""

    title: str
    """Its name, as plain text."""
    url: str = ""
    """Where it is published; nothing where nobody has said."""
    summary: str = ""
    """What it is about, as plain text."""
    language: str = "en"
    page: Callable[[str], str] = address_of
    """From the path of a page among the Markdown files to its address, from the top of the site."""

    @property
    def top(self) -> str:
        """The address of the home page, with a slash at its end; nothing where it is not known."""
        return f"{self.url.rstrip('/')}/" if self.url else ""

    def address(self, path: str, anchor: str = "") -> str:
        """The address of a page or of a part of it: absolute, or else from the top of the site."""
        return f"{self.top}{self.page(path)}{f'#{anchor}' if anchor else ''}"

    def file(self, path: str) -> str:
        """The address of a file that is no page."""
        return f"{self.top}{path}"


@dataclass(frozen=True)
class Words:
    """Writes texts as plain words; a blank shows the example of its slot."""

    slots: Mapping[str, Slot]
    marked: bool = False
    """Whether blanks stand in braces."""

    def line(self, source: str) -> str:
        """Give the words of one paragraph."""
        return CONTROL.sub("\ufffd", plain(parse_inline(source), self._slot))

    def block(self, source: str) -> str:
        """Give the words of a text; its paragraphs and items stand on lines of their own."""
        return CONTROL.sub("\ufffd", "\n".join(self._lines(parse_block(source))))

    def _lines(self, nodes: tuple[Node, ...], indent: str = "") -> list[str]:
        found: list[str] = []
        for node in nodes:
            if node.kind not in {"bullets", "numbers"}:
                found.append(indent + plain((node,), self._slot))
                continue
            for number, item in enumerate(node.children, start=1):
                mark = "- " if node.kind == "bullets" else f"{number}. "
                first, *rest = self._lines(item.children, indent + " " * len(mark)) or [""]
                found += [f"{indent}{mark}{first.strip()}", *rest]
        return found

    def _slot(self, name: str) -> str:
        words = shown_for(name, self.slots)[1]
        return f"{{{words}}}" if self.marked else words
