"""All that a site has for other programs: each file with its path in the site, and what writes it."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
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
    title: str
    """What it is called, as plain text."""
    summary: str
    """What it holds, as plain text."""
    read: Callable[[], str] = field(repr=False)
    """Gives its Markdown."""


def source_of(page: Page) -> Source:
    """Give what a generated page holds for its twin."""
    return Source(page.path, page.plain_title, page.summary, lambda: page.markdown)


def source_written(path: str, markdown: str, meta: Mapping[str, Any]) -> Source:
    """Give what a page holds that is written by hand, with its front matter."""
    heading = re.search(r"^# +(.+?)(?: *\{[^{}]*\})?$", markdown, re.MULTILINE)
    name = posixpath.basename(path).removesuffix(".md")
    title = meta.get("title") or (heading[1] if heading else in_words(name))
    return Source(path, str(title), str(meta.get("description") or ""), lambda: markdown)


def tables(library: Library, site: Site) -> Iterator[tuple[str, Callable[[], str]]]:
    """What programs read that needs no pages: each file with what writes it."""
    yield JSON, partial(handbook_json, library, site)
    yield SCHEMA, partial(handbook_schema, site)
    yield CSV, partial(scripts_csv, library, site)
    if has_feed(library, site.url):
        yield FEED, partial(feed, library, site)


def everything(
    library: Library,
    site: Site,
    pages: Iterable[Source],
    place: Callable[[str], str] = place_of,
    twin: Callable[[Source], str] | None = None,
) -> Iterator[tuple[str, Callable[[], str]]]:
    """Every file with what writes it; `place` says where the twin of each page is, and `twin` makes it."""
    make = twin or partial(twin_of, Twins(place))
    listed: list[Listed] = []
    for page in pages:
        yield place(page.path), partial(make, page)
        listed.append(Listed(page.path, page.title, page.summary, place(page.path)))
    found = list(tables(library, site))
    yield from found
    yield LLMS, partial(llms_txt, site, listed, [name for name, _ in found])


def twin_of(twins: Twins, page: Source) -> str:
    """Make the twin of a page."""
    return twins.twin(page.read(), page.path, page.title)
