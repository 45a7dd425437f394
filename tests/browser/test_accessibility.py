"""Every kind of page is for everybody: axe finds nothing, the keyboard reaches all, and nothing moves."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from kinds_of_page import ALL, KINDS, templates
from site_under_test import ROOT, Site, Visit, watch

AXE = ROOT / "reader" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
RUN_AXE = """async (only) => {
  const { violations } = await axe.run({ runOnly: only, resultTypes: ['violations'] });
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]);
}"""
SETTLED = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
PHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 800}


def test_there_is_a_page_of_every_template() -> None:
    assert templates() == set(KINDS)


@pytest.mark.parametrize("kind", ALL)
def test_axe_finds_nothing_on_a_phone_and_on_a_desk_in_light_and_in_the_dark(visit: Visit, kind: str) -> None:
    page = visit.open(ALL[kind])
    # Where parts are laid out only once they come near, or colours change bit by bit, axe sees a moment
    # that no reader sees.
    page.add_style_tag(content="* { content-visibility: visible !important; transition: none !important; }")
    page.add_script_tag(path=AXE)
    found = {}
    for scheme, only in (("default", TAGS), ("slate", OF_COLOUR)):
        choose(page, scheme)
        for size in (DESK, PHONE):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            page.evaluate(SETTLED)
            found[f"{size['width']} px, {scheme}"] = page.evaluate(RUN_AXE, only)
    assert not {where: what for where, what in found.items() if what}


def choose(page: Page, scheme: str) -> None:
    """Choose light or dark as the theme lets a reader, and wait until it has changed all of its colours."""
    page.locator(f"input[data-md-color-scheme={scheme}]").evaluate("option => option.click()")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", scheme)
    expect(body).not_to_have_attribute("data-md-color-switching", "")


@pytest.mark.parametrize(
    "opened", [".pp-yours-opener", ".pp-slot[data-slot]", '.md-header__button[for="__search"]', "#drawer"]
)
def test_axe_finds_nothing_in_what_opens(context: BrowserContext, site: Site, opened: str) -> None:
    visit = watch(context, site)
    page = visit.page
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    visit.open("playbooks/asking-for-time-and-declining/")
    if opened == "#drawer":
        page.get_by_role("button", name="Navigation").click()
        expect(page.get_by_role("button", name="Close", exact=True)).to_be_focused()
    else:
        page.locator(opened).first.click()
    if "search" in opened:
        page.locator(".md-search__input").press_sequentially("budget")
        expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.add_script_tag(path=AXE)
    page.evaluate("Promise.allSettled(document.getAnimations().map(({ finished }) => finished))")
    assert page.evaluate(RUN_AXE, TAGS) == []
    assert visit.trouble == []


@pytest.mark.parametrize("kind", ALL)
def test_nothing_is_wider_than_a_narrow_phone(visit: Visit, kind: str) -> None:
    visit.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page = visit.open(ALL[kind])
    page.add_style_tag(content="* { content-visibility: visible !important; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


# What is kept of a reader ---------------------------------------------------------------------------

FILL_ALL = """() => {
  for (const { dataset } of document.querySelectorAll('.pp-slot[data-slot]')) {
    playbooks.fill(dataset.slot, 'Something that is a good deal longer than the example');
  }
  for (const star of document.querySelectorAll('.pp-star')) star.click();
  for (const box of document.querySelectorAll('.pp-ticks input')) box.click();
}"""


@pytest.fixture(scope="module")
def filled(browser: Browser, site: Site) -> Iterator[StorageState]:
    """What a reader's browser holds who has filled in, starred and ticked whatever she met."""
    context = browser.new_context()
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    for kind in ("playbook", "sheet", "worksheet"):
        page.goto(site.address + KINDS[kind])
        page.evaluate(FILL_ALL)
    yield context.storage_state()
    context.close()


SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) {
        shifts.push(...entry.sources.map(({ node }) => node?.parentElement?.outerHTML.slice(0, 200) ?? '?'));
      }
    }
  }).observe({ type: 'layout-shift', buffered: true });
"""


def test_nothing_moves_once_it_is_shown(browser: Browser, site: Site, filled: StorageState) -> None:
    def page_of(size: Any, kept: StorageState | None) -> Page:
        context = browser.new_context(viewport=size, storage_state=kept)
        context.add_init_script("delete Navigator.prototype.serviceWorker")
        context.add_init_script(SHIFTS)
        return context.new_page()

    # They are waited for side by side: most of that time, nothing happens.
    pages = {
        f"{who}, {size['width']} px": page_of(size, kept)
        for size in (PHONE, DESK)
        for who, kept in (("new reader", None), ("reader with things kept", filled))
    }
    moved = {}
    for kind, path in ALL.items():
        for page in pages.values():
            page.goto(site.address + path, wait_until="commit")
        for whose, page in pages.items():
            page.wait_for_load_state("networkidle")
            page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
            moved[f"{kind}, {whose}"] = page.evaluate("shifts")
    for page in pages.values():
        page.context.close()
    assert not {where: what for where, what in moved.items() if what}


# The keyboard alone ---------------------------------------------------------------------------------


def focused(page: Page) -> str:
    """What has the focus, by its name."""
    name: str = page.evaluate(
        "(({ ariaLabel, textContent }) => (ariaLabel ?? textContent).trim())(document.activeElement)"
    )
    return re.sub(r"\s+", " ", name)


def test_the_first_stop_leads_past_the_frame(visit: Visit) -> None:
    page = visit.open("contexts/sales/")
    page.keyboard.press("Tab")
    assert focused(page) == "Skip to content"
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


def test_the_drawer_is_opened_walked_through_and_closed_with_the_keyboard(visit: Visit) -> None:
    page = visit.page
    page.set_viewport_size({"width": 390, "height": 800})
    visit.open("contexts/sales/")
    opener = page.get_by_role("button", name="Navigation")
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Space")
    expect(opener).to_have_attribute("aria-expanded", "true")
    assert focused(page) == "Close"
    page.keyboard.press("Tab")
    assert focused(page) == "Contexts"  # the way back to the level above
    page.keyboard.press("Enter")
    assert focused(page) == "Contexts"  # the same, as one of them
    page.keyboard.press("Tab")
    assert focused(page) == "Playbooks"
    # The page behind is no stop, so the way round comes back to the drawer.
    stops = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.add(page.evaluate("document.activeElement.closest('.md-sidebar--primary, body').tagName"))
    assert stops == {"DIV", "BODY"}
    assert page.evaluate("document.querySelector('.md-content').inert")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".md-sidebar--primary")).not_to_be_visible()
    opener.press("Enter")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("() => !document.querySelector('.md-content').inert")


def test_the_links_of_a_closed_drawer_and_a_closed_search_are_no_stops(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 800})
    page = visit.open("contexts/sales/")
    stops = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.md-sidebar, .md-search') === null")
        stops.add(page.evaluate("document.activeElement.outerHTML"))
    assert len(stops) > 8


def test_the_search_is_opened_and_closed_on_a_phone_with_the_keyboard(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 800})
    page = visit.open("contexts/sales/")
    opener = page.get_by_role("button", name="Search", exact=True)
    opener.press("Enter")
    box = page.get_by_role("search").get_by_role("searchbox")
    expect(box).to_be_focused()
    page.keyboard.type("budget")
    page.keyboard.press("Tab")
    assert focused(page) == "Close the search"
    page.keyboard.press("Tab")
    assert focused(page) == "Clear"
    page.keyboard.press("Enter")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    page.get_by_role("button", name="Close the search").press("Space")
    expect(opener).to_be_focused()
    expect(box).not_to_be_visible()
    page.keyboard.press("/")
    expect(box).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_colours_are_chosen_with_the_keyboard_and_kept(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name="Switch to dark").press("Enter")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    expect(page.get_by_role("button", name="Switch to light")).to_be_focused()
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_role("button", name="Switch to light").press("Space")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_a_section_below_a_section_is_opened_with_the_keyboard(visit: Visit) -> None:
    page = visit.open("contribute/rules/")
    section = page.get_by_role("navigation").get_by_role("button", name="Rules")
    expect(section).to_have_attribute("aria-expanded", "true")
    section.press("Enter")
    expect(section).to_have_attribute("aria-expanded", "false")
    expect(section).to_be_focused()


@pytest.mark.parametrize("letter", ["n", "p", ".", ","])
def test_a_single_letter_leads_to_no_other_page(visit: Visit, letter: str) -> None:
    page = visit.open("contexts/sales/")
    page.evaluate("window.untouched = true")
    page.keyboard.press(letter)
    page.keyboard.press("Tab")
    assert page.evaluate("window.untouched")


UNSEEN_FOCUS = """() => {
  const found = [];
  for (const stop of document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')) {
    if (stop.tabIndex < 0 || !stop.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    stop.focus();
    if (document.activeElement !== stop) continue;
    const { outlineStyle, outlineWidth } = getComputedStyle(stop);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) found.push(stop.outerHTML.slice(0, 150));
  }
  return found;
}"""


@pytest.mark.parametrize("kind", ALL)
def test_the_focus_is_seen_wherever_it_is(visit: Visit, kind: str) -> None:
    page = visit.open(ALL[kind])
    page.keyboard.press("Tab")
    assert page.evaluate(UNSEEN_FOCUS) == []


def test_nothing_is_animated_for_who_asked_for_less_motion(browser: Browser, site: Site) -> None:
    context = browser.new_context(reduced_motion="reduce", viewport={"width": 390, "height": 800})
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    page = context.new_page()
    page.goto(f"{site.address}contexts/sales/")
    moving = page.evaluate(
        """() => Array.from(document.querySelectorAll('*'), (one) => getComputedStyle(one))
          .filter(({ transitionDuration, animationDuration, scrollBehavior }) =>
            [...transitionDuration.split(','), ...animationDuration.split(',')]
              .some((time) => parseFloat(time) > 0.001) || scrollBehavior === 'smooth').length"""
    )
    context.close()
    assert moving == 0


# Weight ---------------------------------------------------------------------------------------------


def assets() -> dict[str, bytes]:
    """Our own scripts and styles."""
    folder = ROOT / "generator" / "playbook_press" / "assets"
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in {".css", ".js"}}


def test_our_scripts_and_styles_are_small_and_a_page_loads_its_own_alone(visit: Visit, site: Site) -> None:
    weights = {name: len(gzip.compress(content, 9)) for name, content in assets().items()}
    assert sum(weights.values()) <= 60 * 1024, weights
    tools = {"scripts": "finder", "worksheet": "worksheet", "choose": "chooser", "my_sheet": "my-sheet"}
    tools |= {"practice": "practice", "practice_deck": "practice", "offline": "kept-pages"}
    for kind, path in ALL.items():
        html = Path(site.folder, path, "" if path.endswith(".html") else "index.html").read_text("utf-8")
        named = r'(?:src|href)="[^"]*assets/playbooks/([\w-]+)\.[0-9a-f]{8}(\.css|\.js)"'
        loaded = {name + suffix for name, suffix in re.findall(named, html)}
        own = (
            {f"{tools[kind]}.{suffix}" for suffix in ("css", "js")} & set(weights) if kind in tools else set()
        )
        assert loaded == {"handbook.css", "print.css", "handbook.js"} | own, kind
    asked: list[str] = []
    visit.page.on("request", lambda request: asked.append(request.url))
    visit.open()
    assert not [
        url for url in asked if re.search(r"/(lunr|search/.*|synonyms|finder|practice)[.\w]*\.js", url)
    ]


def test_what_is_kept_is_what_the_tests_of_movement_think(filled: StorageState) -> None:
    [origin] = filled["origins"]
    kept = {item["name"].rpartition("/")[2]: json.loads(item["value"]) for item in origin["localStorage"]}
    assert kept["slots"]
    assert kept["stars"]
    assert kept["ticks"]
