"""A handbook as a tree of plain Markdown with an mkdocs.yml of its own, which needs none of our plugins.

MkDocs and Zensical both build it. The tree's pages are those of the site but for what stands in for a
page that cannot be reached; cheat sheets, decks and files for other programs are there as files.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files as package_files
from typing import Any

import yaml

from playbook_press.anki import package
from playbook_press.decks import decks, slug
from playbook_press.export.configuration import ASSETS, text_of, tree_settings
from playbook_press.export.everything import tables
from playbook_press.export.place import Site, address_of
from playbook_press.model import Library
from playbook_press.navigation import navigation
from playbook_press.pages import OFFLINE, build_pages
from playbook_press.parts import parts_script
from playbook_press.search import synonyms_script

_FRONT_MATTER = re.compile(r"---[ ]*\n(.*?)^(?:---|\.\.\.)[ ]*$", re.DOTALL | re.MULTILINE)
_NOT_IN_A_TREE = frozenset({"service-worker.js", "kept-pages.js", "kept-pages.css"})


@dataclass(frozen=True)
class Origin:
    """What a tree is made from."""

    library: Library
    settings: Mapping[str, Any]
    """The settings of the handbook's mkdocs.yml."""
    written: Mapping[str, bytes]
    """The files that are written by hand, by their paths in the folder of pages."""
    has_sheets: bool = True
    """Whether there are cheat sheets in the tree."""
    prints: Iterable[tuple[str, bytes]] = ()
    """What was printed, each with its path in the site."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """When each playbook was last changed, in seconds since 1970."""

    def setting(self, name: str) -> str:
        """A setting that is a text."""
        return text_of(self.settings, name)


def tree(origin: Origin) -> Iterator[tuple[str, bytes]]:
    """Every file of the tree, with its path in it."""
    library = origin.library
    named = (library, origin.setting("site_name"), origin.setting("site_url"))
    pages = _by_folder(origin.written)
    nav = origin.settings.get("nav") or navigation(library, pages, has_sheets=origin.has_sheets)
    yield "mkdocs.yml", tree_settings(origin.settings, nav).encode()
    yield "overrides/main.html", (package_files("playbook_press") / "templates/tree/main.html").read_bytes()
    found = dict(_files(origin))
    for page in build_pages(
        *named, _shortcuts(origin.written), has_sheets=origin.has_sheets, has_twins=False
    ):
        if page.path != OFFLINE:
            found[page.path] = page.markdown.encode()
    found |= origin.written  # what is written by hand stays
    for path, content in found.items():
        yield f"docs/{path}", content


def _files(origin: Origin) -> Iterator[tuple[str, bytes]]:
    """What is no page: styles, scripts, prints, decks, and files for other programs."""
    library = origin.library
    for asset in sorted((package_files("playbook_press") / "assets").iterdir(), key=lambda path: path.name):
        if asset.name not in _NOT_IN_A_TREE:
            yield f"{ASSETS}/{asset.name}", asset.read_bytes()
    for name in library.playbooks:
        yield f"{ASSETS}/parts/{name}.js", parts_script(library, name).encode()
    yield f"{ASSETS}/synonyms.js", synonyms_script(library.synonyms).encode()
    site = _site(origin)
    for path, write in tables(library, site):
        yield path, write().encode()
    if decks(library):
        name = f"practice/{slug(site.title)}.apkg"
        yield name, package(library, site.title, site.url, dict(origin.changed))
    yield from origin.prints


def _site(origin: Origin) -> Site:
    theme = origin.settings.get("theme")
    language = theme.get("language") if isinstance(theme, Mapping) else None
    has_folders = origin.settings.get("use_directory_urls", True)
    return Site(
        origin.setting("site_name"),
        origin.setting("site_url"),
        origin.setting("site_description"),
        language if isinstance(language, str) else "en",
        address_of if has_folders else lambda path: f"{path.removesuffix('.md')}.html",
    )


def _by_folder(written: Iterable[str]) -> dict[str, list[str]]:
    """The pages that are written by hand, by their top folder; a folder's own page is its first."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(
        written, key=lambda path: (posixpath.dirname(path), not path.endswith("/index.md"), path)
    ):
        if path.endswith(".md"):
            found[posixpath.dirname(path).partition("/")[0]].append(path)
    return found


def _shortcuts(written: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The hand-written pages that the home page leads to, by the rank under `home` in their front matter."""
    found = []
    for path, content in written.items():
        meta = _meta(content) if path.endswith(".md") else {}
        if isinstance(meta.get("home"), int):
            name = posixpath.basename(path).removesuffix(".md")
            found.append((meta["home"], str(meta.get("title", name)), path))
    return [(title, path) for _, title, path in sorted(found)]


def _meta(content: bytes) -> Mapping[str, Any]:
    """The front matter of a page; nothing where there is none that can be read."""
    match = _FRONT_MATTER.match(content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"))
    try:
        found = yaml.safe_load(match[1]) if match else None
    except yaml.YAMLError:
        return {}
    return found if isinstance(found, dict) else {}
