"""Worksheets as a reader uses them: typed into, kept, worked out, taken along and printed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from good_handbook import run
from printed import read
from site_under_test import ROOT, Site, Visit, watch

AXE = ROOT / "reader/node_modules/axe-core/axe.min.js"
BLOCKED = 'Object.defineProperty(window, "localStorage", {get() { throw new DOMException("no", "SecurityError"); }})'
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((entry) => entry.value)))
    .observe({ type: "layout-shift", buffered: true });
"""
PAY = "worksheets/pay-range/"
LOG = "worksheets/practice-log/"
BUNDLES = "worksheets/three-bundles/"


def cell(page: Page, column: str, row: int) -> Locator:
    return page.get_by_label(f"{column}, row {row}", exact=True)


def part(page: Page, name: str) -> Locator:
    return page.locator(f".pp-part[data-part='{name}']")


def copies(page: Page) -> Locator:
    return page.get_by_label("Copy", exact=True)


def make_copy(page: Page, name: str, button: str = "New") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_label("Its name").fill(name)
    page.keyboard.press("Enter")
    expect(copies(page).locator("option:checked")).to_have_text(name)


def open_example(page: Page) -> None:
    page.get_by_role("button", name="Open the example as a copy").click()
    expect(copies(page).locator("option:checked")).to_have_text("The example")


def fill_range(page: Page, *ends: str) -> None:
    for label, words in zip(
        ("Minimum pay", "Desired pay", "Their low end", "Their high end"), ends, strict=True
    ):
        page.get_by_label(label, exact=True).fill(words)


# Typing


def test_what_is_typed_is_kept_and_worked_out(visit: Visit) -> None:
    page = visit.open(PAY)
    page.get_by_label("Your tasks").fill("Two projects.\nNo sales calls.")
    cell(page, "Desired", 1).fill("£58,000")
    cell(page, "Desired", 2).fill("£4,000.50")
    expect(part(page, "desired-total").locator("output")).to_have_text("£62,000.50")
    page.reload()
    expect(page.get_by_label("Your tasks")).to_have_value("Two projects.\nNo sales calls.")
    expect(cell(page, "Desired", 2)).to_have_value("£4,000.50")
    expect(cell(page, "Part of pay", 1)).to_have_value("Base pay")
    expect(part(page, "desired-total").locator("output")).to_have_text("£62,000.50")
    cell(page, "Desired", 2).fill("")
    expect(part(page, "desired-total").locator("output")).to_have_text("£58,000")


def test_what_is_no_figure_is_kept_with_a_kind_word(visit: Visit) -> None:
    page = visit.open(PAY)
    desired = cell(page, "Desired", 1)
    desired.press_sequentially("about 50")
    expect(page.locator(".pp-problem")).to_have_count(0)
    desired.press("Tab")
    problem = page.get_by_text("not a figure to work with")
    expect(problem).to_be_visible()
    assert problem.get_attribute("id") in (desired.get_attribute("aria-describedby") or "").split()
    cell(page, "How certain", 1).fill("7")
    cell(page, "How certain", 1).press("Tab")
    expect(page.get_by_text("A score is a whole number from 1 to 5.")).to_be_visible()
    page.reload()
    expect(desired).to_have_value("about 50")
    expect(problem).to_be_visible()
    total = part(page, "desired-total")
    expect(total.locator("output")).to_have_text("")
    expect(total.get_by_text("It cannot be worked out from “about 50”.")).to_be_visible()
    desired.fill("£50")
    expect(problem).to_have_count(0)
    expect(total.locator(".pp-problem")).to_be_hidden()
    cell(page, "Desired", 2).fill("50%")
    expect(total.get_by_text("The figures are not of one kind.")).to_be_visible()


def test_both_ranges_are_drawn_and_said_in_words(visit: Visit) -> None:
    page = visit.open(PAY)
    drawing = part(page, "overlap")
    expect(drawing.locator("figcaption")).to_contain_text("it needs a figure for Minimum pay, Desired pay")
    expect(drawing.locator("svg")).to_have_count(0)
    fill_range(page, "£54,500", "£62,000", "£52,000", "£60,000")
    words = "Yours is from £54,500 to £62,000, theirs from £52,000 to £60,000. They overlap from £54,500 to £60,000."
    expect(drawing.get_by_role("img")).to_have_accessible_name(words)
    expect(drawing.locator("figcaption")).to_have_text(words)
    page.get_by_label("Their high end").fill("£53,000")
    expect(drawing.locator("figcaption")).to_contain_text("They do not overlap: £1,500 lies between them.")


def test_the_practice_log_is_drawn_as_lines_that_are_told_too(visit: Visit) -> None:
    page = visit.open(LOG)
    for row, (day, score) in enumerate((("2026-03-17", "5"), ("2026-01-12", "4"), ("soon", "2")), 1):
        cell(page, "Date settled", row).fill(day)
        cell(page, "Satisfaction", row).fill(score)
    drawing = part(page, "satisfaction-over-time")
    expect(drawing.locator("circle")).to_have_count(2)
    expect(drawing.get_by_role("img")).to_have_accessible_name(
        "Satisfaction: 4 on 2026-01-12, 5 on 2026-03-17."
    )
    expect(part(page, "mean-satisfaction").locator("output")).to_have_text("3.67")
    expect(page.get_by_text("a day looks like 2026-03-31")).to_be_visible()


def test_a_day_may_be_chosen_in_a_calendar(visit: Visit) -> None:
    page = visit.open(LOG)
    page.get_by_role("button", name="Calendar: Date settled, row 2").click()
    page.locator(".pp-calendar__picker").evaluate(
        "picker => { picker.value = '2026-05-06'; picker.dispatchEvent(new Event('change')); }"
    )
    expect(cell(page, "Date settled", 2)).to_have_value("2026-05-06")


def test_the_row_with_the_highest_figure_is_marked_and_named(visit: Visit) -> None:
    page = visit.open(BUNDLES)
    for row, (mine, theirs) in enumerate((("4", "2"), ("4", "4"), ("4", "3")), 1):
        cell(page, "Worth to you", row).fill(mine)
        cell(page, "Worth to them", row).fill(theirs)
    expect(cell(page, "Together", 2)).to_have_text("8")
    expect(page.locator(".pp-highest")).to_have_text("8")
    expect(part(page, "grid").locator(".pp-outcome")).to_have_text("Highest in Together: B (8).")
    cell(page, "Worth to them", 3).fill("4")
    expect(part(page, "grid").locator(".pp-outcome")).to_have_text("Highest in Together: B and C (8).")


def test_the_coverage_says_what_is_there_and_what_is_missing(visit: Visit) -> None:
    page = visit.open("worksheets/story-bank/")
    expect(part(page, "kinds").locator(".pp-outcome")).to_contain_text("0 of 6 are there.")
    cell(page, "Story", 1).fill("The late project")
    cell(page, "Kind", 1).select_option("Budget")
    kinds = part(page, "kinds")
    expect(kinds.get_by_role("listitem").filter(has_text="Budget")).to_contain_text("The late project")
    expect(kinds.locator(".pp-outcome")).to_have_text(
        "1 of 6 are there. Still missing: Without authority, Scarce resources, Conflict into shared problem, "
        "Vendor or supplier, Across teams."
    )


def test_a_screen_reader_hears_the_outcome_once_and_not_at_every_key(visit: Visit) -> None:
    page = visit.open(PAY)
    region = page.locator(".pp-worksheet > [role=status]")
    region.evaluate(
        "region => { window.said = []; new MutationObserver(() => said.push(region.textContent))"
        ".observe(region, { childList: true, characterData: true, subtree: true }); }"
    )
    cell(page, "Desired", 1).press_sequentially("£58,000")
    expect(region).to_have_text("Desired, in all: £58,000.")
    assert page.evaluate("said") == ["Desired, in all: £58,000."]


def test_long_text_and_odd_names_are_words_like_others(visit: Visit) -> None:
    page = visit.open(PAY)
    long = "word " * 2_000
    page.get_by_label("Your tasks").fill(long)
    page.get_by_label("Place and hours").fill("__proto__")
    cell(page, "Part of pay", 5).fill("<img src=x onerror=alert(1)>")
    make_copy(page, "__proto__", "Duplicate")
    page.reload()
    expect(page.get_by_label("Your tasks")).to_have_value(long)
    expect(page.get_by_label("Place and hours")).to_have_value("__proto__")
    expect(cell(page, "Part of pay", 5)).to_have_value("<img src=x onerror=alert(1)>")
    expect(copies(page).locator("option")).to_have_text(["My copy", "__proto__"])
    tasks = page.get_by_label("Your tasks")
    assert tasks.evaluate("area => area.scrollHeight - area.clientHeight") <= 1, "some of it is hidden"


# Tables that grow


def test_a_table_grows_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.open(BUNDLES)
    cell(page, "Scope", 3).focus()
    page.keyboard.type("Lean")
    page.keyboard.press("Enter")
    expect(cell(page, "Scope", 4)).to_be_focused()
    page.keyboard.type("Two lines")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("in one cell")
    expect(cell(page, "Scope", 4)).to_have_value("Two lines\nin one cell")
    page.reload()
    expect(cell(page, "Scope", 4)).to_have_value("Two lines\nin one cell")
    page.get_by_role("button", name="Add a row").press("Enter")
    expect(cell(page, "Bundle", 5)).to_be_focused()


def test_a_row_is_removed_and_brought_back_and_focus_is_never_lost(visit: Visit) -> None:
    page = visit.open(BUNDLES)
    cell(page, "Scope", 2).fill("the second")
    page.get_by_role("button", name="Remove row 2").press("Enter")
    expect(cell(page, "Bundle", 2)).to_have_value("C")
    expect(page.get_by_role("button", name="Remove row 2")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(cell(page, "Bundle", 2)).to_have_value("B")
    expect(cell(page, "Scope", 2)).to_have_value("the second")
    for _ in range(3):
        page.get_by_role("button", name="Remove row 1", exact=True).click()
    expect(part(page, "grid").locator("tbody tr")).to_have_count(1)
    expect(cell(page, "Bundle", 1)).to_have_value("")
    page.reload()
    expect(part(page, "grid").locator("tbody tr")).to_have_count(1)


def test_five_hundred_rows_are_taken_in_and_typed_into(visit: Visit, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    lines = [f"2026-01-{n % 28 + 1:02},Talk {n},{n % 30},Yes,4,Asking why" for n in range(500)]
    head = "Date settled,What about,Days it took,Both gained?,Satisfaction,What I practised"
    file.write_text("\n".join([head, *lines]), encoding="utf-8")
    page = visit.open(LOG)
    take_in(page, file)
    expect(part(page, "log").locator("tbody tr")).to_have_count(500)
    cell(page, "Days it took", 500).fill("3000")
    expect(part(page, "mean-days").locator("output")).to_have_text("20.26")
    page.reload()
    expect(cell(page, "What about", 500)).to_have_value("Talk 499")


# Copies


def test_there_are_several_copies_each_with_a_name_and_words_of_its_own(visit: Visit) -> None:
    page = visit.open(PAY)
    page.get_by_label("Team and budget").fill("Four people")
    make_copy(page, "The other firm")
    expect(page.get_by_label("Team and budget")).to_have_value("")
    page.get_by_label("Team and budget").fill("Nobody")
    make_copy(page, "The other firm, later", "Duplicate")
    expect(page.get_by_label("Team and budget")).to_have_value("Nobody")
    make_copy(page, "The third", "Rename")
    copies(page).select_option(label="My copy")
    expect(page.get_by_label("Team and budget")).to_have_value("Four people")
    page.reload()
    expect(copies(page).locator("option:checked")).to_have_text("My copy")
    expect(copies(page).locator("option")).to_have_text(["My copy", "The other firm", "The third"])


def test_a_deleted_copy_can_be_brought_back(visit: Visit) -> None:
    page = visit.open(PAY)
    page.get_by_label("Team and budget").fill("Four people")
    make_copy(page, "Second")
    copies(page).select_option(label="My copy")
    page.get_by_role("button", name="Delete").press("Enter")
    expect(copies(page)).to_be_focused()
    expect(copies(page).locator("option")).to_have_text(["Second"])
    expect(page.get_by_label("Team and budget")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(copies(page).locator("option")).to_have_text(["My copy", "Second"])
    expect(page.get_by_label("Team and budget")).to_have_value("Four people")


def test_ticks_belong_to_their_copy(visit: Visit) -> None:
    page = visit.open(BUNDLES)
    box = page.get_by_label("They differ in at least two of scope")
    box.check()
    make_copy(page, "Second")
    expect(box).not_to_be_checked()
    copies(page).select_option(label="My copy")
    page.reload()
    expect(box).to_be_checked()


def test_the_example_is_opened_as_a_copy_beside_ones_own(visit: Visit) -> None:
    page = visit.open("worksheets/tradeables/")
    cell(page, "In return for", 1).first.fill("mine")
    open_example(page)
    business = part(page, "business")
    expect(business.get_by_label("In return for, row 1", exact=True)).to_have_value("A second year")
    expect(business.get_by_label("Gain, row 3", exact=True)).to_have_text("3")
    # The starters that the example does not name are still there.
    expect(business.get_by_label("Tradeable, row 5", exact=True)).to_have_value("Payment terms")
    page.get_by_role("button", name="Undo").click()
    expect(copies(page).locator("option")).to_have_text(["My copy"])
    expect(business.get_by_label("In return for, row 1", exact=True)).to_have_value("mine")


def test_two_tabs_work_on_one_worksheet_without_undoing_each_other(
    visit: Visit, context: BrowserContext, site: Site
) -> None:
    page = visit.open(PAY)
    beside = watch(context, site)
    other = beside.open(PAY)
    page.get_by_label("Team and budget").fill("Four people")
    expect(other.get_by_label("Team and budget")).to_have_value("Four people")
    other.get_by_label("Place and hours").fill("At home")
    expect(page.get_by_label("Place and hours")).to_have_value("At home")
    expect(page.get_by_label("Team and budget")).to_have_value("Four people")
    make_copy(other, "Second")
    expect(copies(page).locator("option")).to_have_text(["My copy", "Second"])
    # Another copy is open there; here it is still the first.
    expect(page.get_by_label("Team and budget")).to_have_value("Four people")
    copies(other).select_option(label="My copy")
    other.get_by_role("button", name="Delete").click()
    expect(copies(page).locator("option:checked")).to_have_text("Second")
    assert beside.trouble == []


# Slots


def test_a_figure_on_a_worksheet_stands_in_every_line(visit: Visit) -> None:
    page = visit.open(PAY)
    page.get_by_label("Desired pay").fill("£61,500")
    page = visit.open("playbooks/job-interview-negotiation/")
    slot = page.locator(".pp-slot[data-slot='my-figure']").first
    expect(slot).to_have_text("£61,500")
    slot.click()
    page.get_by_role("textbox", name="Your figure").fill("£63,000")
    page.get_by_role("button", name="Fill in").click()
    expect(slot).to_have_text("£63,000")
    page = visit.open(PAY)
    expect(page.get_by_label("Desired pay")).to_have_value("£63,000")
    # And on another worksheet, where nothing has been written yet.
    expect(visit.open("worksheets/anchor/").get_by_label("Opening figure")).to_have_value("£63,000")


def test_copies_keep_their_own_figures_whatever_the_lines_say(visit: Visit) -> None:
    page = visit.open(PAY)
    page.get_by_label("Desired pay").fill("£61,500")
    open_example(page)
    expect(page.get_by_label("Desired pay")).to_have_value("£62,000")
    expect(page.get_by_text("Your lines say “£61,500”.")).to_be_visible()
    page.get_by_label("Desired pay").fill("£70,000")
    copies(page).select_option(label="My copy")
    expect(page.get_by_label("Desired pay")).to_have_value("£61,500")
    page.reload()
    expect(page.get_by_label("Desired pay")).to_have_value("£61,500")
    expect(page.get_by_text("Your lines say “£70,000”.")).to_be_visible()


# Files


def take_in(page: Page, file: Path) -> None:
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Open a file").click()
    chosen.value.set_files(file)


def save(page: Page, button: str, folder: Path) -> Path:
    with page.expect_download() as saved:
        page.get_by_role("button", name=button).first.click()
    path = folder / saved.value.suggested_filename
    saved.value.save_as(path)
    return path


def test_a_copy_is_saved_as_a_file_that_the_command_prints_and_the_page_takes_in(
    visit: Visit, tmp_path: Path
) -> None:
    page = visit.open(PAY)
    open_example(page)
    page.get_by_label("Place and hours").fill("*Three* days_at_home {my-figure}")
    cell(page, "Part of pay", 4).fill("Car")
    file = save(page, "Save as a file", tmp_path)
    assert json.loads(file.read_text(encoding="utf-8"))["slots"]["my-figure"] == "£62,000"
    done = run("worksheet", "pay-range", "--fill", file, "-o", tmp_path, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    text = read((tmp_path / "pay-range.pdf").read_bytes()).text
    for words in ("Projectleadwiththetitle", "Car", "62000", "Threedaysathomemyfigure"):
        assert words in text
    done = run("sheet", "hiring-candidate", "--fill", file, "-o", tmp_path, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert "62000" in read((tmp_path / "hiring-candidate.pdf").read_bytes()).text
    take_in(page, file)
    expect(copies(page).locator("option:checked")).to_have_text("pay-range-the-example")
    expect(page.get_by_label("Place and hours")).to_have_value("*Three* days_at_home {my-figure}")
    expect(cell(page, "Part of pay", 4)).to_have_value("Car")


def test_a_table_goes_to_a_spreadsheet_and_comes_back(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(BUNDLES)
    open_example(page)
    cell(page, "Scope", 1).fill('=SUM(A1) "all", daily')
    file = save(page, "Save as CSV", tmp_path)
    text = file.read_text(encoding="utf-8-sig")
    assert text.startswith("Bundle,Scope,Timing,Cost,Something else,Worth to you,Worth to them,Together\n")
    assert '"\'=SUM(A1) ""all"", daily"' in text
    assert ",4,4,8\n" in text
    # As a spreadsheet of another country saves it.
    file.write_text("Bundle;Worth to them;Scope\nOwn;5;=SUM(A1)\n", encoding="utf-8-sig")
    take_in(page, file)
    expect(cell(page, "Bundle", 1)).to_have_value("Own")
    expect(cell(page, "Worth to them", 1)).to_have_value("5")
    expect(cell(page, "Scope", 1)).to_have_value("=SUM(A1)")
    expect(copies(page).locator("option")).to_have_text(["The example", "three-bundles-grid"])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.json", "{", "a.json is not taken in: it is not JSON (line 1, column 2)."),
        ("b.json", '{"worksheets": {"anchor": {}}}', "it has nothing for pay-range, only for anchor"),
        (
            "c.json",
            '{"worksheets": {"pay-range": {"fields": {"pay": {"targte": "5"}}}}}',
            "worksheets.pay-range.fields.pay.targte: there is no such blank, only target, floor",
        ),
        ("d.csv", "Part of pay,Wanted\nBase,5\n", "line 1, column 2: there is no column “Wanted”"),
        ("e.csv", 'Part of pay\n"Base\n', "line 2: a quotation mark is never closed"),
    ],
)
def test_a_file_that_cannot_be_taken_in_says_why_and_changes_nothing(
    visit: Visit, tmp_path: Path, name: str, content: str, said: str
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    page = visit.open(PAY)
    page.get_by_label("Team and budget").fill("Four people")
    take_in(page, file)
    expect(page.locator(".pp-notice")).to_contain_text(said)
    expect(copies(page).locator("option")).to_have_text(["My copy"])
    expect(page.get_by_label("Team and budget")).to_have_value("Four people")


# Everywhere


def test_without_script_a_worksheet_can_be_typed_into(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = watch(context, site).open(PAY)
    page.get_by_label("Desired pay").fill("£5")
    cell(page, "Part of pay", 4).fill("Car")
    expect(cell(page, "Part of pay", 1)).to_have_value("Base pay")
    expect(page.get_by_label("Copy", exact=True)).to_have_count(0)
    expect(page.get_by_text("The overlap is where both of you")).to_be_visible()
    context.close()


def test_where_nothing_can_be_kept_it_works_and_says_so(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    context.add_init_script(BLOCKED)
    visit = watch(context, site)
    page = visit.open(PAY)
    cell(page, "Desired", 1).fill("£5")
    cell(page, "Desired", 2).fill("£6")
    expect(part(page, "desired-total").locator("output")).to_have_text("£11")
    expect(page.get_by_text("does not let the page keep anything")).to_be_visible()
    # The theme's own script says what it says on every page.
    theme = watch(context, site)
    theme.open("glossary/")
    assert visit.trouble == theme.trouble
    context.close()


def test_a_site_in_a_folder_has_working_worksheets(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"file://{site.folder}/worksheets/pay-range/index.html")
    cell(page, "Desired", 1).fill("£5")
    expect(part(page, "desired-total").locator("output")).to_have_text("£5")
    context.close()


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Visit]:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    visit = watch(context, site)
    yield visit
    assert visit.trouble == []
    context.close()


def test_on_a_phone_a_row_is_a_card_with_labels(phone: Visit) -> None:
    page = phone.open("worksheets/concession-log/")
    log = part(page, "log")
    row = log.locator("tbody tr").first
    row.get_by_label("Item, row 1").tap()
    page.keyboard.type("Length")
    row.get_by_label("Worth to you, row 1").fill("4")
    row.get_by_label("Worth to them, row 1").fill("1")
    expect(row.get_by_label("Difference, row 1")).to_have_text("3")
    label = row.locator("td").nth(1).evaluate("cell => getComputedStyle(cell, '::before').content")
    assert label == '"You give"'
    page.get_by_role("button", name="Remove row 1", exact=True).tap()
    expect(log.locator("tbody tr")).to_have_count(7)
    for width in (390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert [box for box in boxes(page, ".pp-control") if box["x"] + box["width"] > width] == []


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found = page.locator(selector).evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().toJSON()).filter(({ width }) => width)"
    )
    return list(found)


@pytest.mark.parametrize("path", [PAY, LOG, BUNDLES, "worksheets/red-lines/"])
def test_nothing_moves_when_what_is_kept_comes_back(browser: Browser, site: Site, path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(SHIFTS)
    page = watch(context, site).open(path)
    open_example(page)
    page.reload()
    expect(copies(page).locator("option:checked")).to_have_text("The example")
    page.evaluate("document.fonts.ready")
    assert page.evaluate("window.shifts.reduce((sum, shift) => sum + shift, 0)") < 0.01
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [PAY, LOG, "worksheets/concession-log/", "worksheets/story-bank/"])
def test_axe_finds_nothing(browser: Browser, site: Site, path: str, scheme: Any, width: int) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    page = watch(context, site).open(path)
    open_example(page)
    page.locator(".pp-control").first.fill("not a figure")
    page.add_script_tag(path=AXE)
    violations = page.evaluate(
        "axe.run('article').then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.html}`)))"
    )
    assert violations == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = [box for box in boxes(page, ".pp-worksheet :is(button, select, input)") if box["height"] < 24]
    assert [box for box in small if box["height"] < 18] == [], "boxes of checklists stand in a larger label"
    context.close()


def test_the_buttons_of_a_worksheet_have_names_that_tell_them_apart(visit: Visit) -> None:
    page = visit.open("worksheets/tradeables/")
    names = page.locator(".pp-worksheet button").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label') ?? one.textContent)"
    )
    assert {"Save as CSV: In a job offer", "Add a row", "Remove row 13"} <= set(names)
    assert all(re.search(r"\w", name) for name in names)
