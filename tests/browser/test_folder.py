"""The built site opened from a folder: what works over http works there."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from site_under_test import UNPAINTED, Site, Visit, watch

LEADING = "a[href], area[href], form[action], [formaction]"
ADDRESSES = f"""() => Array.from(document.querySelectorAll({LEADING!r}), (found) => ({{
  words: found.textContent.trim(),
  leads: new URL(found.getAttribute('href') ?? found.getAttribute('action')
    ?? found.getAttribute('formaction'), document.baseURI).href,
}}))"""


@pytest.fixture
def folder(context: BrowserContext, site: Site, tmp_path: Path) -> Iterator[Visit]:
    """A page of the site as it is opened from a folder, with a name that an address has to escape."""
    top = tmp_path / "50% off #1? ünï"
    top.symlink_to(site.folder)
    visit = watch(context, replace(site, address=f"{top.as_uri()}/"))
    yield visit
    assert visit.trouble == []


def files_led_to(page: Page, visit: Visit) -> set[str]:
    """The files that the links of a page lead to; asserts that there is a file at each."""
    found = set()
    for link in page.evaluate(ADDRESSES):
        address, _ = urldefrag(link["leads"])
        if urlsplit(address).scheme != "file":
            continue
        assert address.startswith(visit.site.address), f"{page.url}: {link}"
        name = unquote(urlsplit(address).path)
        assert Path(name).is_file(), f"{page.url}: {link}"
        found.add(address.removeprefix(visit.site.address))
    return found


def test_every_link_of_every_page_leads_to_a_file(folder: Visit, site: Site) -> None:
    folder.page.add_init_script(UNPAINTED)
    seen: set[str] = set()
    left = {"index.html"}
    while left:
        path = left.pop()
        seen.add(path)
        if path.endswith(".html"):
            left |= files_led_to(folder.open(path), folder) - seen
    pages = {path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.html")}
    # Nothing leads to what stands in for a page that is not there.
    assert pages - {path for path in seen if path.endswith(".html")} == {"404.html", "offline/index.html"}


def test_links_that_come_later_lead_to_a_file_too(folder: Visit) -> None:
    page = folder.open("index.html")
    page.evaluate(
        """() => {
          document.querySelector('article').insertAdjacentHTML('beforeend', `
            <p id="later"><a href="glossary/#batna">a</a> <a href="glossary/?q=1">b</a>
            <a href="sheets/sales-a4.pdf">c</a> <a href="#here">d</a> <a href="https://elsewhere.example/">e</a>
            <map><area href="contexts/" alt="f"></map>
            <svg><a href="playbooks/"><text>g</text></a></svg></p>`);
        }"""
    )
    later = page.locator("#later")
    expect(later.locator("area")).to_have_attribute("href", re.compile("index.html$"))
    addresses = later.locator("[href]").evaluate_all("found => found.map((one) => one.getAttribute('href'))")
    top = folder.site.address
    assert addresses == [
        f"{top}glossary/index.html#batna",
        f"{top}glossary/index.html?q=1",
        "sheets/sales-a4.pdf",
        "#here",
        "https://elsewhere.example/",
        f"{top}contexts/index.html",
        f"{top}playbooks/index.html",
    ]
    later.locator("a").first.evaluate("found => found.setAttribute('href', 'pitfalls/')")
    expect(later.locator("a").first).to_have_attribute("href", f"{top}pitfalls/index.html")


def test_the_search_finds_and_opens_a_line(folder: Visit) -> None:
    page = folder.open("contexts/sales/index.html")
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("we have no budget")
    found = page.locator(".md-search-result__link").first
    expect(found).to_be_visible()
    files_led_to(page, folder)
    page.keyboard.press("Enter")
    page.wait_for_url("**/playbooks/*/index.html#*")
    expect(page.locator(f"[id='{urlsplit(page.url).fragment}']")).to_be_in_viewport()


def test_the_home_page_hands_its_question_to_the_search(folder: Visit) -> None:
    page = folder.open("index.html")
    page.get_by_role("main").get_by_role("searchbox").press_sequentially("answer by tonight")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_what_is_filled_in_starred_and_ticked_is_there_on_the_next_page(folder: Visit) -> None:
    page = folder.open("playbooks/objections/index.html")
    slot = page.locator(".pp-slot[data-slot]").first
    name = slot.get_attribute("data-slot")
    slot.click()
    page.locator("#pp-filling").fill("£61,500 on Friday")
    page.get_by_role("button", name="Fill in").click()
    page.locator(".pp-star").first.click()
    tick = page.locator(".pp-ticks input").first
    tick.check()
    page.reload()
    expect(page.locator(f".pp-slot[data-slot='{name}']").first).to_have_text("£61,500 on Friday")
    expect(page.locator(".pp-star").first).to_have_attribute("aria-pressed", "true")
    expect(tick).to_be_checked()
    page.locator(".pp-yours-opener").click()
    page.get_by_role("dialog").get_by_role("link", name="My sheet").click()
    page.wait_for_url("**/tools/my-sheet/index.html")
    files_led_to(page, folder)
    page.evaluate("localStorage.clear()")


def test_the_way_is_found_through_navigation_and_content(folder: Visit) -> None:
    page = folder.open("index.html")
    page.locator(".md-tabs").get_by_role("link", name="Contexts").click()
    page.wait_for_url("**/contexts/index.html")
    page.get_by_role("main").get_by_role("link", name="Sales").first.click()
    page.wait_for_url("**/contexts/sales/index.html")
    page.go_back()
    page.wait_for_url("**/contexts/index.html")
    page.locator("a.md-logo").first.click()
    page.wait_for_url(f"{folder.site.address}index.html")
