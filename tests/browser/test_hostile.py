"""Whatever is typed into a playbook is read as text: proven in the browser."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from playbook_press.compose import compose
from site_under_test import ROOT, Site, build, serve, watch

HOSTILE = (Path(__file__).parent / "hostile.txt").read_text(encoding="utf-8").splitlines()

# Fields whose values are ids, or words of a few: anything else there is refused by the linter.
NOT_TEXT = frozenset(
    {
        *("id", "stage", "stages", "context", "contexts", "kind", "status", "sources", "cited_by", "type"),
        *("purpose", "channel", "who", "reviewed", "worksheets", "related", "sheet", "illustration", "year"),
        *(
            "requires",
            "computed",
            "part",
            "of",
            "floor",
            "target",
            "their_low",
            "their_high",
            "x",
            "y",
            "column",
            "slot",
        ),
    }
)
PAGES = (
    "",
    "playbooks/hostile/",
    "contexts/sales/",
    "scripts/",
    "pitfalls/",
    "glossary/",
    "sources/",
    "contexts/",
    "sheets/",
    "practice/",
    "practice/sales/",
    "playbooks/",
    "worksheets/",
    "worksheets/story-bank/",
    "worksheets/the-walk-away/",
)


def poison(value: Any, strings: Iterator[str], key: str = "") -> Any:
    """The same YAML with every text replaced."""
    if key in NOT_TEXT and not (key in {"stages", "contexts"} and isinstance(value, dict)):
        return value
    if isinstance(value, dict):
        return {name: poison(child, strings, name) for name, child in value.items()}
    if isinstance(value, (tuple, list)):
        return [poison(child, strings) for child in value]
    return next(strings) if isinstance(value, str) else value


def endless() -> Iterator[str]:
    while True:
        yield from HOSTILE


def write_handbook(folder: Path, strings: Iterator[str]) -> None:
    """A handbook in whose texts there is nothing but the given strings."""
    shutil.copy(ROOT / "mkdocs.yml", folder)
    # What the linter says of such wording is not the point here: it has to be harmless without it.
    (folder / "playbooks.toml").write_text(
        '[lint]\nignore = ["PB2", "PB314", "PB4", "PB5", "PB6", "PB7"]\n', encoding="utf-8"
    )
    (folder / "content").mkdir()
    (folder / "playbooks/vocabulary").mkdir(parents=True)
    for name in ("contexts", "stages", "kinds", "sources", "glossary"):
        text = (ROOT / f"playbooks/vocabulary/{name}.yml").read_text(encoding="utf-8")
        write_poisoned(folder / f"playbooks/vocabulary/{name}.yml", text, strings)
    (folder / "playbooks/worksheets").mkdir()
    for name in ("story-bank", "pay-range", "practice-log", "the-walk-away"):
        text = (ROOT / f"playbooks/worksheets/{name}.yml").read_text(encoding="utf-8")
        write_poisoned(folder / f"playbooks/worksheets/{name}.yml", text, strings)
    text = (ROOT / "playbooks/collaborative-negotiation.yml").read_text(encoding="utf-8")
    write_poisoned(folder / "playbooks/hostile.yml", text, strings)


def write_poisoned(path: Path, text: str, strings: Iterator[str]) -> None:
    root, problems = compose(text)
    assert root
    assert problems == []
    value = poison(root.plain(), strings)
    value.pop("related", None)
    value.pop("worksheets", None)
    # A slot that no text uses would be a finding of its own.
    value.pop("slots", None)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("hostile")
    write_handbook(folder, endless())
    build(folder, folder / "site")
    server, address = serve(folder / "site")
    yield Site(folder / "site", address)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("harmless")
    write_handbook(folder, iter(lambda: "harmless", ""))
    build(folder, folder / "site")
    server, address = serve(folder / "site")
    yield Site(folder / "site", address)
    server.shutdown()
    server.server_close()


ELEMENTS = """() => {
  const counts = {};
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const leads = ["href", "src", "action", "formaction", "srcdoc", "xlink:href"].includes(name);
      if (name.startsWith("on") || (leads && /^\\s*(javascript|data|vbscript):/i.test(value))) counts[`${name}=${value}`] = 1;
    }
    counts[element.localName] = (counts[element.localName] ?? 0) + 1;
  }
  return counts;
}"""

# What the dialect itself can write: emphasis, strong, code, links, paragraphs, lists.
DIALECT = frozenset({"em", "strong", "code", "a", "p", "ul", "ol", "li", "br"})


@pytest.mark.parametrize("path", PAGES)
def test_hostile_text_stays_text(
    context: BrowserContext, hostile_site: Site, harmless_site: Site, path: str
) -> None:
    visit = watch(context, hostile_site)
    found = visit.open(path).evaluate(ELEMENTS)
    assert visit.trouble == []
    harmless = watch(context, harmless_site).open(path).evaluate(ELEMENTS)
    different = {name for name in {*found, *harmless} if found.get(name) != harmless.get(name)}
    assert different - DIALECT == set()


def test_hostile_text_stays_text_on_a_sheet(context: BrowserContext, hostile_site: Site) -> None:
    visit = watch(context, hostile_site)
    found = visit.open("sheets/sales/").evaluate(ELEMENTS)
    # How much fits depends on the length of the texts, so the elements are not counted.
    assert [name for name in found if "=" in name] == []
    assert visit.trouble == []


def test_hostile_text_is_shown_as_it_was_typed(context: BrowserContext, hostile_site: Site) -> None:
    page = watch(context, hostile_site).open("playbooks/hostile/")
    text = page.locator("main").inner_text()
    for string in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }}",
        "--8<--",
        "!!! danger",
    ):
        assert string in text


def test_hostile_text_stays_text_in_search_results(context: BrowserContext, hostile_site: Site) -> None:
    visit = watch(context, hostile_site)
    page = visit.open()
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("alert script onerror")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.locator(".md-search-result :is(script, img, svg, iframe)").count() == 0
    assert visit.trouble == []
