"""The handbook where scripts are switched off, and where the browser keeps nothing or has kept rubbish."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kinds_of_page import ALL, KINDS
from site_under_test import Site, Visit, watch

READING = {kind: path for kind, path in ALL.items() if kind not in {"offline", "not found"}}

# Script switched off --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def still(browser: Browser, site: Site) -> Iterator[Visit]:
    """A browser with scripts switched off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    yield watch(context, site)
    context.close()


SEEN = """(all) => all
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .map((one) => one.outerHTML)"""


@pytest.mark.parametrize("kind", ALL)
def test_a_page_shows_its_words_and_leads_on_and_no_button_is_dead(still: Visit, kind: str) -> None:
    still.trouble.clear()
    page = still.open(ALL[kind])
    main = page.locator("article")
    expect(main.get_by_role("heading", level=1)).to_be_visible()
    words = main.inner_text().split()
    assert len(words) > (2 if kind == "not found" else 20)
    if kind not in {"not found", "offline", "rule", "fields"}:
        links = main.locator("a").evaluate_all(SEEN)
        assert [link for link in links if "href" in link and not re.search(r'href="(#|https:)', link)]
    assert page.locator("button, [role=button]").evaluate_all(SEEN) == []
    assert still.trouble == []


def test_every_line_can_be_read_and_found_without_a_script(still: Visit) -> None:
    page = still.open(KINDS["scripts"])
    lines = page.locator(".pp-line")
    assert lines.count() > 300
    expect(lines.nth(200)).to_be_visible()
    expect(lines.last.get_by_role("link").first).to_be_visible()


def test_the_question_of_the_home_page_leads_to_the_lines_without_a_script(still: Visit) -> None:
    page = still.open()
    box = page.get_by_role("main").get_by_role("searchbox")
    box.fill("no budget")
    box.press("Enter")
    page.wait_for_url("**/scripts/?q=no+budget")
    expect(page.locator(".pp-line").first).to_be_visible()


def test_the_drawer_opens_without_a_script_with_the_keyboard_too(still: Visit) -> None:
    page = still.open("contexts/sales/")
    page.locator('[for="__drawer"].md-header__button').click()
    expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
    page.reload()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
    page.locator(".md-sidebar--primary").get_by_role("link", name="Procurement").click()
    expect(page.get_by_role("heading", name="Procurement", level=1)).to_be_visible()


# Storage blocked, full, damaged ---------------------------------------------------------------------

BLOCKED = """
  for (const name of ['localStorage', 'sessionStorage', 'caches', 'indexedDB']) {
    Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
  }
"""
FULL = """
  Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
"""
DAMAGED = """
  if (!localStorage.getItem('damaged')) {
    for (const area of ['slots', 'walkAway', 'ticks', 'stars', 'worksheets', 'practice']) {
      localStorage.setItem(`playbooks/Common Ground/${area}`, '{"broken": [');
    }
    for (const [at, kept] of [['/.__palette', '{"color":"x"}'], ['/.__tabs', '{'], ['/.__announce', '{']]) {
      localStorage.setItem(at, kept);
      sessionStorage.setItem(at, kept);
    }
    localStorage.setItem('damaged', 'once');
  }
"""
SAID = {
    BLOCKED: "This browser does not let the page keep anything",
    FULL: "This browser has no room left",
    DAMAGED: "Something that was kept here could not be read",
}
NAMES = {BLOCKED: "blocked", FULL: "full", DAMAGED: "damaged"}


@pytest.fixture(params=SAID, ids=NAMES.get)
def storage(request: pytest.FixtureRequest, context: BrowserContext) -> str:
    """What is wrong with the storage, as a script that makes it so."""
    script: str = request.param
    context.add_init_script(script)
    return script


def test_every_page_can_be_read_whatever_is_wrong_with_the_storage(storage: str, visit: Visit) -> None:
    for kind, path in READING.items():
        page = visit.open(path)
        expect(page.locator("article").get_by_role("heading", level=1)).to_be_visible()
        assert visit.trouble == [], kind
    assert storage


def fill_in(page: Page, words: str) -> None:
    page.locator(".pp-slot[data-slot]").first.click()
    page.locator("#pp-filling").fill(words)
    page.get_by_role("button", name="Fill in").click()


def test_what_is_wrong_with_the_storage_is_said_once_and_all_works_for_as_long_as_the_page_is_open(
    storage: str, visit: Visit
) -> None:
    page = visit.open("playbooks/asking-for-time-and-declining/")
    fill_in(page, "£61,500 on Friday")
    expect(page.locator(".pp-slot[data-slot]").first).to_have_text("£61,500 on Friday")
    star = page.locator(".pp-star").first
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    tick = page.locator(".pp-ticks input").first
    tick.check()
    expect(tick).to_be_checked()
    expect(page.locator(".pp-notice--stays")).to_have_count(1)
    expect(page.locator(".pp-notice--stays")).to_contain_text(SAID[storage])
    page.locator(".pp-yours-opener").click()
    expect(page.get_by_role("dialog")).to_contain_text("£61,500 on Friday")


def test_the_colours_are_chosen_whatever_is_wrong_with_the_storage(storage: str, visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="Switch to dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert storage


def test_what_is_damaged_is_set_aside_and_what_comes_after_it_is_kept(
    context: BrowserContext, visit: Visit
) -> None:
    context.add_init_script(DAMAGED)
    page = visit.open("playbooks/asking-for-time-and-declining/")
    fill_in(page, "£61,500 on Friday")
    page.reload()
    expect(page.locator(".pp-slot[data-slot]").first).to_have_text("£61,500 on Friday")
    aside = page.evaluate("localStorage.getItem('playbooks/Common Ground/damaged/slots')")
    assert re.fullmatch(r'\{"broken": \[', aside)
