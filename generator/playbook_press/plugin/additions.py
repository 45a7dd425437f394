"""All that the press adds to a site beside its pages: each file with its path, and what makes it."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from importlib.resources import files as package_files
from pathlib import Path
from typing import NamedTuple

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from playbook_press.anki import package
from playbook_press.decks import decks, slug
from playbook_press.export.everything import Source, everything, twin_of
from playbook_press.export.place import Site
from playbook_press.export.twins import Twins
from playbook_press.model import Library
from playbook_press.offline import ASSETS, WORKER, asset_address
from playbook_press.paper.press import paths_of_prints, print_all
from playbook_press.parts import parts_script
from playbook_press.plugin.conversion import twin_at
from playbook_press.search import synonyms_script
from playbook_press.shelf import kept_in

_BAR = 30
Addition = tuple[str, Callable[[], str | bytes]]


class Named(NamedTuple):
    """A handbook, with what it is called and where it is published."""

    library: Library
    site_name: str
    site_url: str


def assets() -> Iterator[Addition]:
    """The styles, the scripts, and the search engine, which MkDocs brings along for a search of its own."""
    for asset in sorted((package_files("playbook_press") / "assets").iterdir(), key=lambda path: path.name):
        if asset.name != WORKER:  # it stands at the top of the site, which it serves
            yield asset_address(asset.name) or f"{ASSETS}/{asset.name}", asset.read_bytes
    lunr = package_files("mkdocs") / "contrib/search/templates/search/lunr.js"
    yield f"{ASSETS}/lunr.js", lunr.read_bytes


def loaded_by_scripts(library: Library) -> Iterator[Addition]:
    """What scripts load: words that mean the same, and what a reader can star."""
    yield f"{ASSETS}/synonyms.js", lambda: synonyms_script(library.synonyms)
    for name in library.playbooks:
        yield f"{ASSETS}/parts/{name}.js", partial(parts_script, library, name)


def deck(named: Named, changed: Callable[[], Mapping[str, int]]) -> Iterator[Addition]:
    """The lines to practise for Anki; `changed` tells when each file was, in seconds since 1970."""
    if decks(named.library):
        yield (
            f"practice/{slug(named.site_name)}.apkg",
            lambda: package(*named, {name.removesuffix(".yml"): when for name, when in changed().items()}),
        )


def prints(named: Named, kept: Path) -> Iterator[Addition]:
    """What is printed, each once it is done. PaperError where something cannot be."""
    with kept_in(kept):
        total = sum(1 for _ in paths_of_prints(named.library))
        for path, pdf in _with_progress(print_all(*named), total):
            yield path, partial(bytes, pdf)


def prints_when_asked_for(named: Named) -> Iterator[Addition]:
    """What is printed, all at once, as soon as one of them is wanted."""
    made: dict[str, bytes] = {}

    def make(path: str) -> bytes:
        if not made:
            made.update(print_all(*named))
        return made[path]

    yield from ((path, partial(make, path)) for path in paths_of_prints(named.library))


def _with_progress(printed: Iterable[tuple[str, bytes]], total: int) -> Iterator[tuple[str, bytes]]:
    """What is printed, with a bar on a terminal that tells how far it has come."""
    is_watched = sys.stderr.isatty()
    for number, one in enumerate(printed, start=1):
        if is_watched:
            bar = "#" * (_BAR * number // total)
            sys.stderr.write(f"\r\x1b[KPrinting [{bar:<{_BAR}}] {number} of {total}")
            sys.stderr.flush()
        yield one
    if is_watched:
        sys.stderr.write("\r\x1b[K")


def exports(
    named: Named,
    config: MkDocsConfig,
    files: Files,
    sources: Iterable[Source],
    twin_known: Callable[[str], str | None],
) -> Iterator[tuple[str, Callable[[], str]]]:
    """What other programs read; a file that is there already, such as one that is written by hand, stays.

    `twin_known` gives the Markdown twin of a page by the path of its source, where it has been made with the page.
    """
    addresses = {file.src_uri: file.dest_uri for file in files.documentation_pages()}
    urls = {file.src_uri: file.url.removeprefix("./") for file in files.documentation_pages()}
    site = Site(
        named.site_name,
        named.site_url,
        config.site_description or "",
        str(config.theme.get("language") or "en"),
        lambda path: urls.get(path, path),
    )

    def place(path: str) -> str:
        return twin_at(path, addresses.get(path, ""))

    twins = Twins(place)

    def twin(source: Source) -> str:
        known = twin_known(source.path)
        return twin_of(twins, source) if known is None else known

    taken = {file.dest_uri for file in files}
    for path, make in everything(named.library, site, list(sources), place, twin):
        if path not in taken:
            yield path, make
