"""The script finder, used as a person would."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from site_under_test import ROOT, Site, Visit, watch

AXE = ROOT / "reader/node_modules/axe-core/axe.min.js"


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="What they say")


def shown(page: Page) -> Locator:
    return page.locator(".pp-line:visible")


def status(page: Page) -> Locator:
    return page.locator(".pp-finder").get_by_role("status")


def wait_for_query(page: Page, query: str) -> None:
    """Wait until the address has it: the browser tells its driver of a mere replacement now and then too late."""
    page.wait_for_function("query => location.search === query", arg=query)


def counted(page: Page, name: str, option: str) -> int:
    """The number behind an option of a filter, once the filters are counted."""
    expect(page.get_by_label(name, exact=True)).to_contain_text(re.compile(r"\(\d+\)"))
    text = page.get_by_label(name, exact=True).locator(f'option[value="{option}"]').text_content() or ""
    found = re.search(r"\((\d+)\)$", text)
    assert found, text
    return int(found[1])


def test_what_she_heard_finds_the_line_that_answers_it(visit: Visit) -> None:
    page = visit.open("scripts/")
    whole = shown(page).count()
    expect(status(page)).to_have_text(f"{whole} lines")
    field(page).press_sequentially("they say my salary is too high")
    expect(shown(page).first).to_contain_text("salary expectations are too high")
    expect(status(page)).to_contain_text(re.compile(r"^1 line with|the best first"))
    wait_for_query(page, "?q=they+say+my+salary+is+too+high")


def test_a_beginning_and_a_word_that_means_the_same_find_too(visit: Visit) -> None:
    page = visit.open("scripts/")
    field(page).press_sequentially("salary expecta")
    expect(shown(page).first).to_contain_text("expecta")
    field(page).fill("wages")
    expect(shown(page).first).to_contain_text(re.compile("pay|salary|wage", re.IGNORECASE))


def test_where_no_line_has_all_the_words_the_nearest_are_shown_as_such(visit: Visit) -> None:
    page = visit.open("scripts/")
    field(page).fill("my salary is too high for your zeppelin")
    expect(status(page)).to_contain_text("No line has all of these words. The nearest:")
    expect(shown(page).first).to_contain_text("salary expectations are too high")
    assert shown(page).count() <= 12


def test_where_there_is_nothing_it_says_so_and_leads_on(visit: Visit) -> None:
    page = visit.open("scripts/?context=sales")
    field(page).fill("xylophone")
    expect(status(page)).to_contain_text("No line has any of these words")
    expect(shown(page)).to_have_count(0)
    page.get_by_role("button", name="Search the whole handbook").click()
    expect(page.locator(".md-search__input")).to_have_value("xylophone")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clear all").click()
    expect(field(page)).to_be_focused()
    expect(field(page)).to_have_value("")
    expect(shown(page).first).to_be_visible()
    wait_for_query(page, "")


def test_it_is_told_which_filter_to_drop(visit: Visit) -> None:
    page = visit.open("scripts/?context=sales&stage=trade")
    field(page).fill("salary expectations too high")
    expect(status(page)).to_contain_text("No line here has all of these words")
    page.get_by_role("button", name=re.compile(r"lines? in other contexts: show")).click()
    expect(page.get_by_label("Context", exact=True)).to_have_value("")
    expect(shown(page).first).to_contain_text("salary expectations")
    expect(shown(page).get_by_role("link").first).to_be_focused()


def test_a_filters_number_is_what_choosing_it_shows(visit: Visit) -> None:
    page = visit.open("scripts/")
    for name, option in (("Context", "hiring-candidate"), ("Stage", "close"), ("Channel", "written")):
        promised = counted(page, name, option)
        page.get_by_label(name, exact=True).select_option(option)
        expect(shown(page)).to_have_count(promised)
        expect(status(page)).to_contain_text(str(promised))
    assert promised > 0
    # Another choice in one filter is counted given the two others.
    assert counted(page, "Context", "") > promised


def test_stages_without_lines_are_gone_from_the_page_and_from_its_contents(visit: Visit) -> None:
    page = visit.open("scripts/")
    contents = page.get_by_role("navigation", name="Table of contents")
    expect(contents.get_by_role("link", name="Prepare")).to_be_visible()
    page.get_by_label("Stage", exact=True).select_option("close")
    expect(page.get_by_role("heading", level=2)).to_have_count(1)
    expect(contents.get_by_role("link", name="Close")).to_be_visible()
    expect(contents.get_by_role("link", name="Prepare")).not_to_be_visible()
    page.get_by_label("Stage", exact=True).select_option("")
    expect(contents.get_by_role("link", name="Prepare")).to_be_visible()


def test_a_link_shows_the_same_list_at_once_and_after_coming_back(visit: Visit) -> None:
    page = visit.open("scripts/?q=too+expensive&context=sales&channel=moon&x=1")
    expect(field(page)).to_have_value("too expensive")
    expect(page.get_by_label("Context", exact=True)).to_have_value("sales")
    expect(page.get_by_label("Channel", exact=True)).to_have_value("")
    wait_for_query(page, "?q=too+expensive&context=sales")
    words = shown(page).first.inner_text()
    shown(page).first.locator(".pp-line__heard a").click()
    page.wait_for_url("**/playbooks/**")
    page.go_back()
    expect(field(page)).to_have_value("too expensive")
    assert shown(page).first.inner_text() == words
    page.reload()
    expect(field(page)).to_have_value("too expensive")
    assert shown(page).first.inner_text() == words


def test_nothing_moves_while_a_shared_list_opens(visit: Visit) -> None:
    visit.page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach("
        "(entry) => { window.shifts += entry.value; })).observe({ type: 'layout-shift', buffered: true })"
    )
    page = visit.open("scripts/?q=too+expensive&context=sales")
    expect(shown(page).first).to_be_visible()
    assert page.evaluate("window.shifts") < 0.01


def test_the_link_to_a_list_is_copied(visit: Visit, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = visit.open("scripts/?stage=close")
    field(page).fill("write it down")
    page.get_by_role("button", name="Copy the link to this list").click()
    expect(page.get_by_text("Link copied.")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address.endswith("/scripts/?q=write+it+down&stage=close")


def test_the_finder_is_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open("scripts/")
    field(page).focus()
    page.keyboard.type("deadline")
    page.keyboard.press("ArrowDown")
    links = page.locator(".pp-line:visible .pp-line__heard a")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    wait_for_query(page, "")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Context", exact=True)).to_be_focused()
    page.keyboard.type("Sales")
    wait_for_query(page, "?context=sales")


def test_a_line_that_is_shown_first_can_be_starred_and_goes_back_to_its_place(visit: Visit) -> None:
    page = visit.open("scripts/")
    order = "[...document.querySelectorAll('.pp-line')].map((line) => line.querySelector('a').href).join()"
    before = page.evaluate(order)
    field(page).fill("deadline")
    shown(page).first.get_by_role("button", name="Star").click()
    expect(shown(page).first.get_by_role("button", name="Starred")).to_be_visible()
    field(page).fill("")
    assert page.evaluate(order) == before


def test_a_finger_finds_a_line_on_a_phone(browser: Browser, site: Site) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 320, "height": 640})
    visit = watch(context, site)
    page = visit.open("scripts/")
    field(page).tap()
    field(page).press_sequentially("too expensive")
    page.keyboard.press("Enter")
    expect(field(page)).not_to_be_focused()
    expect(shown(page).first).to_contain_text("expensive")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert visit.trouble == []
    context.close()


def test_a_contexts_page_leads_to_its_lines(visit: Visit) -> None:
    page = visit.open("contexts/everyday/")
    page.get_by_role("link", name="Find a line for this context").click()
    expect(page).to_have_url(re.compile(r"/scripts/\?context=everyday$"))
    expect(page.get_by_label("Context", exact=True)).to_have_value("everyday")


def test_the_finder_works_from_a_folder(context: BrowserContext, site: Site) -> None:
    visit = watch(context, site)
    page = visit.page
    page.goto(f"{(site.folder / 'scripts/index.html').as_uri()}?q=too+expensive")
    expect(field(page)).to_have_value("too expensive")
    expect(shown(page).first).to_contain_text("expensive")
    field(page).fill("deadline")
    expect(status(page)).to_contain_text("the best first")
    assert [line for line in visit.trouble if not line.startswith("request to file:")] == []


def test_without_script_every_line_is_there_and_no_form(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}scripts/?q=deadline")
    expect(page.locator(".pp-finder")).not_to_be_visible()
    assert page.locator(".pp-line").count() == shown(page).count() > 100
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["scripts/?q=deadline&context=sales", "scripts/?q=zeppelin&stage=close"])
def test_the_finder_is_accessible(browser: Browser, site: Site, scheme: str, path: str) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 1280, "height": 800}
    )
    visit = watch(context, site)
    page = visit.open(path)
    assert violations(page) == []
    context.close()


def violations(page: Page, axe: Path = AXE) -> list[str]:
    """What axe-core finds in the page's content."""
    page.add_script_tag(path=str(axe))
    found: list[str] = page.evaluate(
        "axe.run('article').then(({ violations }) => violations.flatMap("
        "(rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}`)))"
    )
    return found
