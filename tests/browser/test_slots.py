"""Blanks in lines: filled in once, shown wherever they stand, kept, cleared, and copied."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from site_under_test import Site, Visit, watch

PLAYBOOK = "playbooks/job-interview-negotiation/"


def blank(page: Page, name: str = "my-figure") -> str:
    """A selector of a line's blank."""
    expect(page.locator(f".pp-you .pp-slot[data-slot='{name}']").first).to_have_role("button")
    return f".pp-you .pp-slot[data-slot='{name}']"


def fill(page: Page, words: str, name: str = "my-figure") -> None:
    page.locator(blank(page, name)).first.click()
    page.locator("dialog[open]").get_by_role("textbox").first.fill(words)
    page.get_by_role("button", name="Fill in", exact=True).click()


def test_a_blank_that_is_filled_in_stands_in_every_line_of_every_page(visit: Visit) -> None:
    page = visit.open(PLAYBOOK)
    fill(page, "£64,500")
    for found in page.locator(".pp-slot[data-slot='my-figure']").all():
        expect(found).to_have_text("£64,500")
    for path in ("contexts/hiring-candidate/", "scripts/", "sheets/hiring-candidate/", PLAYBOOK):
        page = visit.open(path)
        assert page.locator(".pp-slot[data-slot='my-figure']").count()
        for found in page.locator(".pp-slot[data-slot='my-figure']").all():
            expect(found).to_have_text("£64,500")


def test_a_blank_is_filled_in_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open(PLAYBOOK)
    first = page.locator(blank(page)).first
    first.focus()
    page.keyboard.press("Enter")
    field = page.locator("dialog[open]").get_by_role("textbox", name="Your figure")
    expect(field).to_be_focused()
    page.keyboard.type("70000")
    page.keyboard.press("Enter")
    expect(first).to_have_text("£70,000")
    expect(first).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Your figure is filled in.")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    expect(first).to_be_focused()
    expect(first).to_have_text("£70,000")


def test_a_blank_is_filled_in_by_touch(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    visit = watch(context, site)
    page = visit.open(PLAYBOOK)
    page.locator(blank(page)).first.tap()
    dialog = page.locator("dialog[open]")
    dialog.get_by_role("textbox").fill("61000")
    box = dialog.bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 390)
    dialog.get_by_role("button", name="Fill in").tap()
    expect(page.locator(blank(page)).first).to_have_text("£61,000")
    context.close()
    assert visit.trouble == []


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("my-figure", "1250000", "£1,250,000"),
        ("my-figure", "999.5", "£999.5"),
        ("my-figure", "  EUR 4.000 ", "EUR 4.000"),
        ("their-name", "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
        ("office-days", "three or 3", "three or 3"),
    ],
)
def test_what_is_typed_is_shown_as_words_and_a_bare_sum_with_its_sign(
    visit: Visit, name: str, typed: str, shown: str
) -> None:
    page = visit.open(PLAYBOOK)
    fill(page, typed, name)
    expect(page.locator(blank(page, name)).first).to_have_text(shown)


def test_a_figure_without_a_figure_is_refused_in_words(visit: Visit) -> None:
    page = visit.open(PLAYBOOK)
    fill(page, "a lot")
    expect(page.get_by_role("alert")).to_have_text("This has no figure in it. Write one, such as £62,000.")
    page.locator("dialog[open]").get_by_role("textbox").fill("60 or more")
    page.keyboard.press("Enter")
    expect(page.locator(blank(page)).first).to_have_text("60 or more")


def test_a_day_can_be_chosen_or_written(visit: Visit) -> None:
    page = visit.open(PLAYBOOK)
    page.locator(blank(page, "deadline")).first.click()
    dialog = page.locator("dialog[open]")
    dialog.get_by_label("Or choose the day").fill("2027-03-05")
    expect(dialog.get_by_role("textbox", name="Day and time")).to_have_value("Friday 5 March")
    dialog.get_by_role("button", name="Fill in").click()
    expect(page.locator(blank(page, "deadline")).first).to_have_text("Friday 5 March")


def test_two_tabs_show_the_same_and_do_not_undo_each_other(visit: Visit) -> None:
    first = visit.open(PLAYBOOK)
    second = watch(first.context, visit.site).open("contexts/hiring-candidate/")
    fill(first, "£64,500")
    expect(second.locator(".pp-slot[data-slot='my-figure']").first).to_have_text("£64,500")
    second.locator(".pp-slot[data-slot='their-name']").first.click()
    second.locator("dialog[open]").get_by_role("textbox").fill("Alex")
    second.keyboard.press("Enter")
    expect(first.locator(".pp-slot[data-slot='their-name']").first).to_have_text("Alex")
    first.reload()
    expect(first.locator(".pp-slot[data-slot='my-figure']").first).to_have_text("£64,500")
    expect(first.locator(".pp-slot[data-slot='their-name']").first).to_have_text("Alex")


def test_the_panel_lists_changes_and_clears_what_was_filled_in(visit: Visit) -> None:
    page = visit.open(PLAYBOOK)
    fill(page, "£64,500")
    fill(page, "Alex", "their-name")
    page = visit.open("glossary/")
    page.get_by_role("button", name="Yours: what you filled in").click()
    panel = page.get_by_role("dialog", name="Yours")
    expect(panel.get_by_role("listitem").filter(has_text="£64,500")).to_be_visible()
    panel.get_by_role("button", name="Change My figure").click()
    page.get_by_role("textbox").fill("£66,000")
    page.keyboard.press("Enter")
    expect(panel.get_by_role("listitem").filter(has_text="£66,000")).to_be_visible()
    panel.get_by_role("button", name="Clear Their name").click()
    expect(panel.get_by_text("Alex")).to_have_count(0)
    panel.get_by_role("button", name="Undo").click()
    expect(panel.get_by_text("Alex")).to_be_visible()
    panel.get_by_role("button", name="Clear all blanks").click()
    expect(panel.get_by_text("No blank is filled in yet.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Yours: what you filled in")).to_be_focused()
    page = visit.open(PLAYBOOK)
    expect(page.locator(blank(page)).first).to_have_text("£62,000")


def test_paper_has_what_was_filled_in_and_rules_a_line_for_what_was_not(visit: Visit) -> None:
    page = visit.open(PLAYBOOK)
    fill(page, "£64,500")
    page.emulate_media(media="print")
    filled = page.locator(blank(page)).first
    empty = page.locator(blank(page, "their-name")).first
    expect(filled).to_have_css("text-decoration-line", "underline")
    expect(filled).not_to_have_css("font-size", "0px")
    expect(empty).to_have_css("font-size", "0px")
    ruled = "blank => { const style = getComputedStyle(blank, '::after'); return style.content + style.textDecorationLine }"
    assert re.fullmatch(r'"Their name\s+"underline', empty.evaluate(ruled))


def test_the_lines_at_the_top_of_a_sheet_are_kept_for_every_sheet(visit: Visit) -> None:
    page = visit.open("sheets/sales/")
    page.get_by_role("textbox", name="My limit").fill("No later than Friday")
    page = visit.open("sheets/hiring-candidate/")
    expect(page.get_by_role("textbox", name="My limit")).to_have_value("No later than Friday")
    page = visit.open("tools/my-sheet/")
    expect(page.get_by_role("textbox", name="My limit")).to_have_value("No later than Friday")


def test_what_was_filled_in_moves_nothing_when_a_page_comes(visit: Visit) -> None:
    page = visit.open(PLAYBOOK)
    fill(page, "a figure that is a great deal longer than the one that stood there: £64,500")
    page.add_init_script(
        "new PerformanceObserver((list) => { globalThis.shifts = [...(globalThis.shifts ?? []), ...list.getEntries()]; })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    for path in (PLAYBOOK, "contexts/hiring-candidate/", "scripts/"):
        page = visit.open(path)
        expect(page.locator(".pp-slot[data-slot='my-figure']").first).to_contain_text("a great deal longer")
        assert page.evaluate("(globalThis.shifts ?? []).reduce((sum, shift) => sum + shift.value, 0)") == 0
