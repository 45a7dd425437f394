"""The search of a large handbook in Chromium, against Material's own and Pagefind, on the same entries."""

import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from corpus import write_corpus
from measuring import COMMANDS, HERE, Command, Row, every_core
from playbook_press.load import read_handbook
from playbook_press.search import Entry, entries
from playbook_press.search_index import FOLDER, search_files
from sites import build_command, write_handbook

_MOST_BYTES = 250_000
_SHELL = 100
"""The playbooks of the sites that are really built: only what is searched in them grows."""
_PAGEFIND = """<!doctype html><title>Pagefind</title><input><p></p><script type="module">
const pagefind = await import("./pagefind/pagefind.js");
document.querySelector("input").addEventListener("input", async ({ target }) => {
  const { results } = await pagefind.search(target.value);
  const found = await Promise.all(results.slice(0, 5).map((result) => result.data()));
  document.querySelector("p").textContent = found.map(({ meta }) => meta.title).join("; ");
});
</script>
"""


def search_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """From the opening of a page until its search has a result, at a thirtieth and a third of the playbooks and at all of them."""
    ours, tree = folder / "ours", folder / "tree"
    write_handbook(ours, _SHELL)
    Command([COMMANDS / "playbooks", "export", tree, "--no-sheets"], ours).run()
    for where in (ours, tree):
        build_command(where).run()
    pagefind = folder / "pagefind"
    pagefind.mkdir()
    (pagefind / "index.html").write_text(_PAGEFIND, encoding="utf-8")
    for size in (playbooks // 30, playbooks // 3, playbooks):
        corpus = folder / f"{size}"
        write_corpus(corpus, size)
        library = read_handbook(corpus, corpus).library
        found = list(entries(library))
        shutil.rmtree(ours / "site" / FOLDER)
        for path, text in search_files(found, library):
            (ours / "site" / path).parent.mkdir(exist_ok=True)
            (ours / "site" / path).write_text(text, encoding="utf-8")
        index = tree / "site/search/search_index.json"
        index.write_text(_of_material(found, index), encoding="utf-8")
        for before in ("pages", "pagefind"):
            shutil.rmtree(pagefind / before, ignore_errors=True)
        _index_pages(found, pagefind)
        taken = {}
        box, result = ".md-search__input", ".md-search-result__item"
        for name, site, selectors, files in (
            ("ours", ours / "site", (box, result), r"/(search/|lunr|synonyms)"),
            ("Material's", tree / "site", (box, result), r"/(search/|workers/search)"),
            ("Pagefind", pagefind, ("input", "p:not(:empty)"), r"/pagefind/"),
        ):
            times = folder / "search.json"
            search: list[str | Path] = [sys.executable, HERE / "search_once.py", site, *selectors, files]
            with every_core():
                Command([*search, str(rounds), times], folder).run()
            taken[name] = json.loads(times.read_text(encoding="utf-8"))
        mine = taken.pop("ours")
        for name, peer in taken.items():
            yield Row(
                f"search, {size} playbooks: bytes before the first result, against {name}",
                f"{mine['bytes'] / 1000:.0f} KB",
                f"{peer['bytes'] / 1000:.0f} KB",
                f"{mine['bytes'] / peer['bytes']:.2f} × the bytes",
                "under 250 KB",
                mine["bytes"] < _MOST_BYTES,
            )
            yield Row(
                f"search, {size} playbooks: time to the first result, against {name}",
                f"{mine['seconds']:.2f} s",
                f"{peer['seconds']:.2f} s",
                f"{peer['seconds'] / mine['seconds']:.1f} × faster",
                "no slower",
                mine["seconds"] <= peer["seconds"],
            )


def _pages(found: Sequence[Entry]) -> Iterator[tuple[str, list[Entry]]]:
    """The entries by the page that they stand on."""
    for page, on_page in groupby(found, key=lambda entry: entry.at.partition("#")[0]):
        yield page, list(on_page)


def _of_material(found: Sequence[Entry], index: Path) -> str:
    """The index that Material loads, with a document for each page and each part that can be found."""
    settings = json.loads(index.read_text(encoding="utf-8"))
    docs = []
    for page, on_page in _pages(found):
        docs.append({"location": page, "title": on_page[0].title, "text": ""})
        docs += [
            {"location": entry.at, "title": entry.title, "text": f"<p>{entry.answer} {entry.more}</p>"}
            for entry in on_page
        ]
    return json.dumps({**settings, "docs": docs}, ensure_ascii=False, separators=(",", ":"))


def _index_pages(found: Sequence[Entry], site: Path) -> None:
    """Have Pagefind index a page for each; its own interface for Python waits a tenth of a second for each of them."""
    for number, (_, on_page) in enumerate(_pages(found)):
        words = "".join(f"<p>{escape(f'{entry.title} {entry.answer} {entry.more}')}</p>" for entry in on_page)
        head = f"<!doctype html><html lang=en><title>{escape(on_page[0].title)}</title>"
        page = site / f"pages/{number}.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"{head}<body data-pagefind-body>{words}</body></html>", encoding="utf-8")
    Command([sys.executable, "-m", "pagefind", "--site", site], site).run()
