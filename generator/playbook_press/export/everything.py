"""All that a site has for other programs, each file with its path in the site."""

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playbook_press.export.as_csv import scripts_csv
from playbook_press.export.as_json import handbook_json, handbook_schema
from playbook_press.export.feed import feed
from playbook_press.export.llms import Listed, llms_txt
from playbook_press.export.place import CSV, FEED, JSON, LLMS, SCHEMA, Site
from playbook_press.export.twins import Twins, place_of
from playbook_press.model import Library, in_words
from playbook_press.pages import has_feed
from playbook_press.render import Page


@dataclass(frozen=True)
class Source:
    """A page of the site, from whatever its twin is made."""

    path: str
    """Its path among the Markdown files."""
    markdown: str
    title: str
    """What it is called, as plain text."""
    summary: str = ""
    """What it holds, as plain text."""


def source_of(page: Page) -> Source:
    """Give what a generated page holds for its twin."""
    return Source(page.path, page.markdown, html.unescape(page.title), page.summary)


def source_written(path: str, markdown: str, meta: Mapping[str, Any]) -> Source:
    """Give what a page holds that is written by hand, with its front matter."""
    heading = re.search(r"^# +(.+?)(?: *\{[^{}]*\})?$", markdown, re.MULTILINE)
    name = posixpath.basename(path).removesuffix(".md")
    title = meta.get("title") or (heading[1] if heading else in_words(name))
    return Source(path, markdown, str(title), str(meta.get("description") or ""))


def tables(library: Library, site: Site) -> Iterator[tuple[str, str]]:
    """Write what programs read: the files that need no pages."""
    yield JSON, handbook_json(library, site)
    yield SCHEMA, handbook_schema(site)
    yield CSV, scripts_csv(library, site)
    if has_feed(library, site.url):
        yield FEED, feed(library, site)


def everything(
    library: Library, site: Site, pages: Iterable[Source], place: Callable[[str], str] = place_of
) -> Iterator[tuple[str, str]]:
    """Write every file; `place` says where the twin of each page is."""
    twins = Twins(place)
    listed: list[Listed] = []
    for page in pages:
        yield place(page.path), twins.twin(page.markdown, page.path, page.title)
        listed.append(Listed(page.path, page.title, page.summary, place(page.path)))
    files: list[str] = []
    for name, text in tables(library, site):
        files.append(name)
        yield name, text
    yield LLMS, llms_txt(site, listed, files)
