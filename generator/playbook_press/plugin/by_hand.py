"""The pages of a site that are written by hand: where they lead from, what is exported of them, and what is found."""

import html
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from playbook_press.export.everything import Source, source_written
from playbook_press.search import Entry


def by_folder(files: Files) -> Mapping[str, Sequence[str]]:
    """Their paths by the folder at the top that they are in; those at the top itself under nothing."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in files.documentation_pages():
        found[posixpath.dirname(file.src_uri).partition("/")[0]].append(file.src_uri)
    return found


def shortcuts(files: Files) -> list[tuple[str, str]]:
    """The title and the path of each that the home page leads to, by the rank under `home` in its front matter."""
    found = []
    for file in files.documentation_pages():
        _, meta = get_data(file.content_string)
        if isinstance(meta.get("home"), int):
            found.append((meta["home"], str(meta.get("title", file.name)), file.src_uri))
    return [(title, path) for _, title, path in sorted(found)]


def sources(files: Files) -> Iterator[Source]:
    """What they hold."""
    for file in files.documentation_pages():
        if file.generated_by is None:
            _, meta = get_data(file.content_string)
            yield source_written(file.src_uri, file.content_string, meta)


def entry(page: Page, content: str) -> Entry:
    """What the search finds of a page, from its HTML."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", content))
    return Entry("Page", page.url, html.unescape(str(page.title)), " ".join(words.split()))
