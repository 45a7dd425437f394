"""All that the press adds to a site beside its pages: each file with its path, and what makes it."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib.resources import files as package_files
from typing import NamedTuple

from playbook_press.anki import package
from playbook_press.decks import decks, slug
from playbook_press.model import Library
from playbook_press.offline import ASSETS, WORKER, asset_address
from playbook_press.parts import parts_script
from playbook_press.search import synonyms_script

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
