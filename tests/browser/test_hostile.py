"""Whatever is typed into a playbook is read as text: proven in the browser, for every text field of the model.

`hostile` writes the handbook. It is built with the real command, and each of its pages is compared with the pages
of the same handbook with harmless words. Then a reader uses it, and types the same strings herself.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hostile import as_read, corpus, portions, text_fields, text_fields_used, together, write_handbook
from playbook_press.load import read_handbook
from playbook_press.model import VOCABULARY, Playbook, Worksheet
from site_under_test import Site, Visit, build, serve, watch

STRINGS = corpus()
PORTIONS = portions(STRINGS)
HARMLESS = [f"harmless words {number}" for number in range(len(PORTIONS[0]))]
COLLECTIONS = ("playbooks", "worksheets", "contexts", "stages", "kinds", "sources", "glossary")
ATTACKS = [
    *("<img src=x onerror=alert(1)>", '"><script>alert(1)</script>', "javascript:alert(1)", "__proto__"),
    *(
        "[a](javascript:alert(1))",
        "' onfocus=alert(1) autofocus '",
        "<svg/onload=alert(1)>",
        "=cmd|'/C calc'!A0",
    ),
]

# Before anything of a page runs: whatever a string would do shows in `ran`.
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"])
  window[name] = (...words) => { window.ran.push([name, ...words.map(String)]); };
"""
# What a page is made of: each kind of element with its attributes, where links lead, what runs or is loaded, and the
# names that a script could take for its own.
MADE_OF = r"""() => {
  const names = Object.getOwnPropertyNames(window);
  const found = { kinds: new Set(), leads: new Set(), loaded: new Set(), names: new Set(names) };
  for (const element of document.querySelectorAll("*")) {
    // The theme's script places the line under a tab and, some time, the sidebars; lists hide what is one too many.
    const isPlaced = (name, value) =>
      value.startsWith("--md-") ||
      (name === "style" && /^(top|height): [\d.]+px;$/.test(value) && element.matches(".md-sidebar, .md-sidebar__scrollwrap"));
    const attributes = [...element.attributes].filter(({ name, value }) => name !== "hidden" && !isPlaced(name, value));
    found.kinds.add([element.localName, ...attributes.map(({ name }) => name).sort()].join(" "));
    for (const { name, value } of attributes) {
      const address = () => new URL(value, document.baseURI).href;
      if (/^(href|xlink:href|action|formaction)$/.test(name)) found.leads.add(address());
      if (name === "src") found.loaded.add(address().replace(/hostile-\d+|\.[0-9a-f]{8}(?=\.\w+$)/g, ""));
      if (/^(srcset|srcdoc|data|poster|style)$/.test(name)) found.loaded.add(`${element.localName} ${name}=${value}`);
    }
    if (/^(script|style|link|base|meta)$/.test(element.localName))
      found.loaded.add(`${element.localName} ${element.rel} ${element.httpEquiv} ${element.text}`);
  }
  const lists = Object.fromEntries(Object.entries(found).map(([name, set]) => [name, [...set]]));
  const words = document.querySelector("main").textContent.replace(/\s+/g, " ");
  return { ...lists, words, ran: window.ran };
}"""
# What no text may become, wherever on a page a script has put it; and what has run.
ALIVE = r"""() => {
  const elements = [...document.querySelectorAll(":is(article, dialog, .md-search, .pp-notice) *")];
  const runs = /^(script|iframe|object|embed|base|meta|link|style|math|animate|video|audio)$/;
  const leads = /^(href|src|action|formaction|xlink:href)$/, scheme = /^[\s\x00-\x1f]*(javascript|data|vbscript):/i;
  const isAlive = (element) =>
    runs.test(element.localName) ||
    (element.localName === "img" && !element.src.startsWith(location.origin)) ||
    [...element.attributes].some(({ name, value }) => /^on/.test(name) || (leads.test(name) && scheme.test(value)));
  return elements.filter(isAlive).map((element) => element.outerHTML.slice(0, 300)).concat(window.ran.map(String));
}"""
LEADS_OUT = ("https://", "http://", "mailto:")
# What the dialect itself writes, wherever it stands.
DIALECT = {"em", "strong", "code", "p", "ul", "ol", "li", "br", "a href", "a class href", "span"}


def built(folder: Path, strings: list[str]) -> Iterator[Site]:
    write_handbook(folder, strings)
    build(folder, folder / "site")
    server, address = serve(folder / "site")
    yield Site(folder / "site", address)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from built(tmp_path_factory.mktemp("hostile"), STRINGS)


@pytest.fixture(scope="module")
def harmless_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    assert len(portions(HARMLESS)) == 1
    yield from built(tmp_path_factory.mktemp("harmless"), HARMLESS)


@pytest.fixture
def watched(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    context.add_init_script(WATCH)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def hostile(watched: BrowserContext, hostile_site: Site) -> Iterator[Visit]:
    """A page of the hostile handbook, on which nothing may come to life whatever a reader does."""
    visit = watch(watched, hostile_site)
    yield visit
    assert visit.page.evaluate(ALIVE) == []
    assert visit.trouble == []


def pages(site: Site) -> list[str]:
    """The pages that show anything of the playbooks; what is practised stands on others, too."""
    aside = re.compile(r"contribute/(rules|fields)/|practice/hostile-[1-9]|404\.html|offline")
    return [path for path in site.pages() if not aside.match(path)]


# What is built


def test_the_strings_stand_in_every_text_field_of_the_model(hostile_site: Site) -> None:
    library = read_handbook(hostile_site.folder.parent / "playbooks", Path("playbooks")).library
    used = set().union(*(text_fields_used(dict(getattr(library, name))) for name in COLLECTIONS))
    assert used == set().union(*map(text_fields, (Playbook, Worksheet, *VOCABULARY.values())))
    assert len(STRINGS) >= 400


def test_no_page_is_made_of_anything_but_text(
    watched: BrowserContext, hostile_site: Site, harmless_site: Site
) -> None:
    visit = watch(watched, harmless_site)
    harmless = {path: visit.open(path).evaluate(MADE_OF) for path in pages(harmless_site)}
    assert visit.trouble == []
    known: dict[str, set[str]] = {
        key: {
            one.replace(harmless_site.address, hostile_site.address)
            for page in harmless.values()
            for one in page[key]
        }
        for key in ("kinds", "loaded", "names")
    }
    visit = watch(watched, hostile_site)
    wrong: list[tuple[str, object]] = []
    for path in pages(hostile_site):
        found = visit.open(path).evaluate(MADE_OF)
        wrong += [(path, one) for one in set(found["kinds"]) - known["kinds"] - DIALECT]
        wrong += [(path, one) for key in ("names", "loaded") for one in set(found[key]) - known[key]]
        wrong += [
            (path, lead) for lead in found["leads"] if not lead.startswith((hostile_site.address, *LEADS_OUT))
        ]
        wrong += [(path, one) for one in found["ran"]]
        wrong += [(path, one) for one in lost(path, found["words"], harmless)]
    assert wrong == []
    assert visit.trouble == []


def lost(path: str, words: str, harmless: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Whether a page shows its portion less often than the harmless page of its kind shows the harmless words."""
    number = path.rstrip("/").rpartition("-")[2]
    like = harmless.get(path.replace(f"hostile-{number}/", "hostile-0/"))
    if like is not None and number.isdecimal():
        typed = " ".join(as_read(together(PORTIONS[int(number)])).split())
        times = like["words"].count(as_read(together(HARMLESS)))
        if not times or words.count(typed) < times:
            yield f"shown {words.count(typed)} times instead of {times}"


# What a reader does with it


def test_what_comes_to_life_is_seen(watched: BrowserContext, harmless_site: Site) -> None:
    """Or the tests below would show nothing."""
    page = watch(watched, harmless_site).open("playbooks/hostile-0/")
    for markup in (
        "<img src=x onerror=alert(1)>",
        "<a href=' JavaScript:alert(1)'>a</a>",
        "<svg><animate></svg>",
    ):
        assert page.evaluate(ALIVE) == []
        page.evaluate(
            "(markup) => document.querySelector('article').insertAdjacentHTML('beforeend', markup)", markup
        )
        assert page.evaluate(ALIVE)
        page.wait_for_function("document.querySelector('article').lastElementChild.complete !== false")
        page.evaluate("document.querySelector('article').lastElementChild.remove()")
        assert page.evaluate("window.ran.splice(0).map(String)") == (
            ["alert,1"] if "onerror" in markup else []
        )


def test_search_results_are_words(hostile: Visit) -> None:
    page = hostile.open()
    page.keyboard.press("/")
    page.locator(".md-search__input").fill("<img src=x onerror=alert(1)>")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_a_line_is_copied_as_it_reads(hostile: Visit) -> None:
    for number in range(0, len(PORTIONS), 4):
        page = hostile.open(f"playbooks/hostile-{number}/")
        page.locator(".pp-script").first.get_by_role("button", name=re.compile("^Copy: ")).click()
        expect(page.get_by_role("status").filter(has_text="Copied").first).to_be_visible()
        copied = str(page.evaluate("navigator.clipboard.readText()"))
        assert " ".join(copied.split()) == " ".join(as_read(together(PORTIONS[number])).split())


@pytest.mark.parametrize(
    "path", ["scripts/", "tools/choose/", "practice/", "worksheets/hostile-0/", "404.html"]
)
def test_nothing_in_an_address_is_more_than_words(
    watched: BrowserContext, harmless_site: Site, path: str
) -> None:
    visit = watch(watched, harmless_site)
    names = ("q", "context", "stage", "playbook", "channel", "so", "more", "copy")
    for first in range(0, len(ATTACKS), 3):
        attacks = [*ATTACKS[first:], *ATTACKS[:first]]
        query = "&".join(f"{name}={attack}" for name, attack in zip(names, attacks, strict=True))
        assert visit.open(f"{path}?{query}#{attacks[0]}").evaluate(ALIVE) == []
    assert visit.trouble == []


def test_a_starred_line_is_words_on_my_sheet(hostile: Visit) -> None:
    page = hostile.open("playbooks/hostile-1/")
    for card in (".pp-script", ".pp-pitfall", ".pp-checklist"):
        for button in page.locator(card).get_by_role("button", name=re.compile("^Star: ")).all()[:2]:
            button.click()
    page = hostile.open("tools/my-sheet/")
    expect(page.locator(".pp-my-sheet")).to_contain_text("javascript:alert(1)")


def test_a_card_to_practise_is_words(hostile: Visit) -> None:
    page = hostile.open("practice/hostile-2/")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Reveal").click()
    expect(page.locator(".pp-session__card .pp-you")).to_be_visible()


def test_what_is_typed_into_a_worksheet_is_words(hostile: Visit, tmp_path: Path) -> None:
    page = hostile.open("worksheets/hostile-0/")
    page.get_by_role("button", name="Open the example as a copy").click()
    assert page.evaluate(ALIVE) == []
    fields = page.locator("main input[type=text]:visible, main textarea:visible")
    for place, field in enumerate(fields.all()):
        field.fill(ATTACKS[place % len(ATTACKS)])
    page.reload()
    expect(fields.first).to_have_value(ATTACKS[0])
    take_in_again(page, tmp_path)


def take_in_again(page: Page, folder: Path) -> None:
    """Save the worksheet as a file, put an attack in place of every text in it, and open it."""
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a file").first.click()
    filled = json.loads(saved.value.path().read_text(encoding="utf-8"))
    (folder / '"><img src=x onerror=alert(1)>.json').write_text(
        json.dumps(attacked(filled)), encoding="utf-8"
    )
    (folder / "unknown.json").write_text(json.dumps({ATTACKS[0]: {ATTACKS[1]: ATTACKS}}), encoding="utf-8")
    (folder / "unknown.csv").write_text(
        ",".join(f'"{one.replace(chr(34), "")}"' for one in ATTACKS), encoding="utf-8"
    )
    for name in ('"><img src=x onerror=alert(1)>.json', "unknown.json", "unknown.csv"):
        with page.expect_file_chooser() as chosen:
            page.get_by_role("button", name="Open a file").click()
        chosen.value.set_files(folder / name)
        expect(page.locator(".pp-notice").first).to_be_visible()
        assert page.evaluate(ALIVE) == []


def attacked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: attacked(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [attacked(inner) for inner in value]
    return ATTACKS[0] if isinstance(value, str) else value


def test_what_was_exported_and_tampered_with_is_words(hostile: Visit, tmp_path: Path) -> None:
    page = hostile.open("playbooks/hostile-0/")
    page.locator(".pp-script").first.get_by_role("button", name=re.compile("^Star: ")).click()
    page.get_by_role("button", name="Yours: what you filled in").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Export all").click()
    mine = json.loads(saved.value.path().read_text(encoding="utf-8"))
    mine["kept"] = attacked(mine["kept"])
    mine["kept"]["slots"] = dict.fromkeys(("slot-0-0", *ATTACKS), ATTACKS[0])
    (tmp_path / "mine.json").write_text(json.dumps(mine), encoding="utf-8")
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Import").click()
    chosen.value.set_files(tmp_path / "mine.json")
    expect(page.get_by_role("status").filter(has_text="mine.json").first).to_be_visible()
    assert page.evaluate(ALIVE) == []
    page.reload()
    hostile.open("tools/my-sheet/")
