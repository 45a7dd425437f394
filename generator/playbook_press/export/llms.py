"""The `llms.txt` of a site: what there is for language models to read, after the public proposal.

A title, a summary as a quote, a few words, and sections of links to the Markdown twins of the pages;
what can be left out where there is little room stands under "Optional".
"""

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from playbook_press.export.commonmark import escape
from playbook_press.export.place import CSV, FEED, JSON, SCHEMA, Site
from playbook_press.model import in_words


class Listed(NamedTuple):
    """A page, to be listed."""

    path: str
    """Its path among the Markdown files."""
    title: str
    """What it is called, as plain text."""
    summary: str
    """What it holds, as plain text; may be empty."""
    twin: str
    """Where its twin is, from the top of the site."""


_FIRST = ("playbooks", "contexts", "")
_OPTIONAL = frozenset({"sheets", "tools", "practice", "contribute"})
_OPTIONAL_PAGES = frozenset({"index.md", "sources.md", "take-along.md"})
_REFERENCE = "contribute/rules"
"""Pages that only those look up who are led to them; the list of them is listed."""
_TITLES = {"": "Lines and terms"}
_FILES = {
    JSON: "The whole handbook as JSON, with an address for each part.",
    SCHEMA: "The JSON Schema of that file.",
    CSV: "Every line to say, as a table.",
    FEED: "An Atom feed of the playbooks, by the day of their last review.",
}


def llms_txt(site: Site, pages: Iterable[Listed], files: Sequence[str]) -> str:
    """The text of the file; `files` are the exports that there are."""
    sections: dict[str, list[Listed]] = {name: [] for name in _FIRST}
    optional: list[Listed] = []
    for page in pages:
        if posixpath.dirname(page.path) == _REFERENCE and not page.path.endswith("/index.md"):
            continue
        folder = page.path.partition("/")[0] if "/" in page.path else ""
        if folder in _OPTIONAL or page.path in _OPTIONAL_PAGES:
            optional.append(page)
        else:
            sections.setdefault(folder, []).append(page)
    found = [f"# {escape(site.title)}"]
    if site.summary:
        found.append(f"> {escape(site.summary)}")
    found.append(
        "Each page below is the Markdown twin of a page of the site. In the lines to say, words in {braces} are "
        "examples: put your own in their place."
    )
    for folder, listed in sections.items():
        if listed:
            found.append(f"## {_section(folder, listed)}\n\n{_links(site, listed)}")
    kept = [(site.file(name), name, _FILES[name]) for name in files if name in _FILES]
    links = "\n".join(f"- [{name}]({address}): {about}" for address, name, about in kept)
    found.append("## Optional\n\n" + "\n".join(filter(None, (_links(site, optional), links))))
    return "\n\n".join(found) + "\n"


def _section(folder: str, listed: Sequence[Listed]) -> str:
    """What a folder is called: as the page that stands for it, or by its name."""
    names: Mapping[str, str] = {page.path: page.title for page in listed}
    title = names.get(posixpath.join(folder, "index.md")) if folder else None
    return escape(title or _TITLES.get(folder) or in_words(folder))


def _links(site: Site, listed: Iterable[Listed]) -> str:
    return "\n".join(
        f"- [{escape(page.title)}]({site.file(page.twin)})"
        + (f": {escape(page.summary)}" if page.summary else "")
        for page in listed
    )
