"""What a browser keeps of a built site for when there is no network (see `reader/src/service-worker.js`)."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from urllib.parse import quote

from playbook_press.model import Library
from playbook_press.pages import OFFLINE, PAPER_NAMES
from playbook_press.paper.paths import SHEET
from playbook_press.search_index import FOLDER as SEARCH

BUDGET = 4_000_000
"""How many bytes are fetched beforehand, as they are sent. It is done once, behind a page that is being
read: a phone on a slow line, of 1.6 megabits a second, has them in twenty seconds. The pages of a
handbook of a dozen playbooks fit into it, with the cheat sheets on both papers; of a larger one, those
that come first below. Whatever else a reader visits is kept from then on."""

ASSETS = "assets/playbooks"
WORKER = "service-worker.js"
_FIRST = (
    f"{OFFLINE.removesuffix('.md')}/index.html",
    "index.html",
    *(f"{ASSETS}/*.{kind}" for kind in ("css", "js", "svg", "woff2")),
    "assets/stylesheets/*.css",
    "assets/javascripts/bundle*.js",
    "assets/images/favicon.*",
)
"""Without these, no page looks and works as it should: they are fetched whatever they weigh."""

_COMPRESSED = frozenset({".css", ".html", ".js", ".svg"})
"""What servers compress as they send it."""


def script_for(folder: Path, script: str, library: Library, written: Iterable[str] = ()) -> str:
    """Write the service worker of the site that was built in a folder.

    `written` are the files of the pages that are written by hand, from the top of the site.
    """
    first = [*_found(folder, _FIRST)]
    left = BUDGET - sum(_weight(folder / path) for path in first)
    # A search that lacks a piece would find some things and not others.
    more = [*_found(folder, (f"{SEARCH}/*.js",))]
    weight = sum(_weight(folder / path) for path in more)
    if weight > left:
        more, weight = [], 0
    left -= weight
    for path in _found(folder, _most_needed(library, written)):
        weight = 0 if path in first else _weight(folder / path)
        if path not in first and weight <= left:
            more.append(path)
            left -= weight
    build = {
        "version": _version(folder),
        "first": [_address(path) for path in first],
        "more": [_address(path) for path in more],
        "own": sorted(path.name for path in folder.iterdir()),
    }
    written_out = json.dumps(build, ensure_ascii=False, separators=(",", ":"))
    return f"self.playbooksBuild = {written_out};\n{script}"


def _most_needed(library: Library, written: Iterable[str]) -> Iterator[str]:
    """What else every reader may need, the most needed first."""
    yield from ("scripts/index.html", "tools/**/index.html", "practice/**/index.html")
    for folder, names in (("contexts", library.contexts), ("sheets", library.contexts)):
        yield from (f"{folder}/index.html", *(f"{folder}/{name}/index.html" for name in names))
    yield from written
    yield "playbooks/index.html"
    for name in library.playbooks:
        yield from (f"playbooks/{name}/index.html", f"{ASSETS}/parts/{name}.js")
    yield from ("glossary/index.html", "pitfalls/index.html", "worksheets/**/index.html")
    yield from (SHEET.format(context=name, paper=paper) for paper in PAPER_NAMES for name in library.contexts)


def _found(folder: Path, patterns: Iterable[str]) -> Iterator[str]:
    """The files that match, each once, from the top of the folder."""
    seen = set()
    for pattern in patterns:
        for path in sorted(folder.glob(pattern)):
            name = path.relative_to(folder).as_posix()
            if name not in seen and path.is_file():
                seen.add(name)
                yield name


def _weight(path: Path) -> int:
    """How many bytes are sent for a file."""
    content = path.read_bytes()
    return len(zlib.compress(content)) if path.suffix in _COMPRESSED else len(content)


def _address(path: str) -> str:
    """The address of a file, from the top of the site, as pages refer to it."""
    return quote(path.removesuffix("index.html")) or "./"


def _version(folder: Path) -> str:
    """A digest of the whole site, but for the day on which it was built."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != WORKER and not name.startswith("sitemap.xml"):
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


@cache
def asset_address(name: str) -> str:
    """Where a style or a script stands in the site: its name tells what it holds, as `finder.0123abcd.js`.

    So a page never gets the scripts of another day, and a browser need not ask for them twice. Empty where
    this package has no such file.
    """
    asset = package_files("playbook_press") / "assets" / name
    if not asset.is_file() or not name.endswith((".css", ".js")):
        return ""
    stem, _, kind = name.rpartition(".")
    return f"{ASSETS}/{stem}.{hashlib.sha256(asset.read_bytes()).hexdigest()[:8]}.{kind}"
