"""The handbook as a reader meets it: searched, followed and read in Chromium."""

import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from site_under_test import ROOT, UNPAINTED, Site, Visit, build


def search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially(words)
    expect(page.locator(".md-search-result__item").first).to_be_visible()


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("your price is higher than others", "price"),
        ("we need your answer today", "answer"),
        ("your salary expectations are too high", "expect"),
        ("we have no budget for this", "budget"),
        ("you do not have enough experience", "experience"),
    ],
)
def test_searching_what_they_say_opens_a_line_at_its_very_place(visit: Visit, words: str, line: str) -> None:
    page = visit.open()
    search(page, words)
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/playbooks/**#*")
    anchor = unquote(urlsplit(page.url).fragment)
    heading = page.locator(f"[id='{anchor}']")
    expect(heading).to_be_in_viewport()
    expect(heading).to_contain_text(line, ignore_case=True)
    card = page.locator(".pp-script", has=heading)
    expect(card.locator(".pp-they")).to_be_visible()
    expect(card.locator(".pp-you")).not_to_be_empty()


@pytest.mark.parametrize(
    ("words", "anchor"),
    [("explaining too much", "explaining-too-much"), ("the least you would still accept", "batna")],
)
def test_search_finds_a_pitfall_by_its_name_and_a_checklist_by_its_items(
    visit: Visit, words: str, anchor: str
) -> None:
    page = visit.open()
    search(page, words)
    expect(page.locator(f".md-search-result__item a[href*='#{anchor}']").first).to_be_visible()


def test_the_search_is_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open("glossary/")
    search(page, "take it or leave it")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).not_to_be_visible()


def test_the_search_forgives_a_slip_and_says_when_there_is_nothing(visit: Visit) -> None:
    page = visit.open()
    search(page, "sallary expectatons")
    expect(page.locator(".md-search-result__link").first).to_contain_text("expect")
    page.locator(".md-search__input").fill("xylophone")
    expect(page.locator(".md-search-result__meta")).to_contain_text("Nothing found")


def test_the_home_page_hands_what_is_typed_to_the_search(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("main").get_by_role("searchbox").press_sequentially("answer by tonight")
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator(".md-search__input")).to_have_value("answer by tonight")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_edit_links_lead_to_a_file_of_the_repository(visit: Visit, site: Site) -> None:
    edited = set()
    for path in ("playbooks/job-interview-negotiation/", "contexts/sales/", "glossary/", "contribute/"):
        address = visit.open(path).get_by_role("link", name="Edit this page").get_attribute("href")
        assert address
        name = address.partition("/edit/main/")[2]
        assert (ROOT / name).is_file(), f"{path}: {address}"
        edited.add(name)
    assert "playbooks/job-interview-negotiation.yml" in edited
    assert site.folder.is_dir()


class _Links(HTMLParser):
    """The anchors of a page, and the addresses that it refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, _tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if anchor := found.get("id") or found.get("name"):
            self.anchors.add(anchor)
        for name in ("href", "src"):
            # MkDocs' error page and the edit links have addresses of their own kind.
            if (address := found.get(name)) and "md-content__button" not in (found.get("class") or ""):
                self.addresses.append(address)


def test_no_link_is_broken(site: Site) -> None:
    pages = {}
    for path in site.pages():
        parser = _Links()
        parser.feed(
            (site.folder / (f"{path}index.html" if path.endswith("/") or not path else path)).read_text()
        )
        pages[path] = parser
    broken = []
    for path, parser in pages.items():
        if path == "404.html":
            continue
        for address in parser.addresses:
            target, anchor = urldefrag(urljoin(f"http://site/{path}", address))
            if urlsplit(target).netloc != "site":
                continue
            name = unquote(urlsplit(target).path.lstrip("/"))
            if name in pages:
                if anchor and unquote(anchor) not in pages[name].anchors and not anchor.startswith("__"):
                    broken.append(f"{path}: {address}")
            elif not (site.folder / name).is_file():
                broken.append(f"{path}: {address}")
    assert broken == []
    assert len(pages) > 50


def test_no_page_asks_another_host_or_complains(visit: Visit, site: Site) -> None:
    visit.page.add_init_script(UNPAINTED)
    for path in site.pages():
        if path != "404.html":
            visit.open(path)


@pytest.mark.parametrize("width", [320, 390, 1440])
@pytest.mark.parametrize("path", ["", "playbooks/job-interview-negotiation/", "contexts/sales/", "scripts/"])
def test_no_page_is_wider_than_the_screen(visit: Visit, path: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    page = visit.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_term_leads_to_its_meaning(visit: Visit) -> None:
    page = visit.open("playbooks/collaborative-negotiation/")
    term = page.locator(".pp-term").first
    address = term.get_attribute("href") or ""
    assert posixpath.basename(urlsplit(address).path.rstrip("/")) == "glossary"
    term.click()
    page.wait_for_url("**/glossary/#*")
    expect(page.locator(f"[id='{urlsplit(page.url).fragment}']")).to_be_in_viewport()


def test_mkdocs_alone_builds_the_same_pages(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = tmp_path_factory.mktemp("again") / "site"
    build(ROOT, again)
    names = sorted(path.relative_to(site.folder) for path in site.folder.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    different = [name for name in names if (site.folder / name).read_bytes() != (again / name).read_bytes()]
    assert different == []
