"""Practice as a reader does it: aloud, a few lines a day, with the mouse, the keyboard or a thumb."""

import json
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from site_under_test import ROOT, Site, Visit, watch

DECK = "practice/sales/"
KEPT = "playbooks/Common Ground/practice"
MORNING = "2026-11-23T09:00:00"
BLOCKED = (
    'Object.defineProperty(window, "localStorage", {get() { throw new DOMException("", "SecurityError") }})'
)
AXE = ROOT / "reader/node_modules/axe-core/axe.min.js"


@pytest.fixture
def page(visit: Visit) -> Page:
    """A page on a Monday morning."""
    visit.page.clock.set_fixed_time(MORNING)
    return visit.page


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


def title(page: Page) -> str:
    return page.locator(".pp-practice h2").inner_text()


def heard(page: Page) -> str:
    return page.locator("#pp-heard").inner_text()


def start(page: Page) -> None:
    page.get_by_role("button", name="Start").click()


def answer(page: Page, grade: str) -> str:
    """Reveal the line that is shown and grade it; gives what was said."""
    said = heard(page)
    page.get_by_role("button", name="Reveal").click()
    page.get_by_role("button", name=re.compile(rf"^{grade} ")).click()
    return said


def kept(page: Page) -> dict[str, Any]:
    found = page.evaluate("key => localStorage.getItem(key)", KEPT)
    assert found
    read: dict[str, Any] = json.loads(found)
    return read


def keep(page: Page, practice: object) -> None:
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [KEPT, json.dumps(practice)])
    page.reload()


def test_a_line_is_heard_answered_revealed_and_graded(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    assert title(page) == "10 lines for today"
    start(page)
    line = page.locator(".pp-recall").first
    assert heard(page) in line.inner_text()
    card = page.locator(".pp-session__card")
    expect(card.get_by_text("They say")).to_be_visible()
    expect(card.locator(".pp-you")).to_have_count(0)
    page.get_by_role("button", name="Reveal").click()
    expect(card.locator(".pp-you")).to_be_visible()
    expect(card.get_by_text("Why it works.")).to_be_visible()
    grades = page.get_by_role("group", name="How well did it come?").get_by_role("button")
    assert [" ".join(words.split()) for words in grades.all_inner_texts()] == [
        "Again in a moment",
        "Hard tomorrow",
        "Good in 2 days",
        "Easy in 8 days",
    ]
    before = heard(page)
    grades.nth(2).click()
    expect(page.locator("#pp-heard")).not_to_have_text(before)
    expect(page.get_by_text("1 of 10 done")).to_be_visible()


def test_the_keyboard_alone_does_a_session(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    page.get_by_role("button", name="Start").focus()
    page.keyboard.press("Enter")
    for number, grade in enumerate("344443343", start=1):
        page.keyboard.press("Space" if number % 2 else "Enter")
        expect(page.locator(".pp-session__answer")).to_be_focused()
        page.keyboard.press(grade)
        expect(page.locator(".pp-session__card")).to_be_focused()
        expect(page.get_by_text(f"{number} of 10 done")).to_be_visible()
    page.keyboard.press("2")  # nothing is graded unseen
    expect(page.get_by_text("9 of 10 done")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("1")
    expect(page.get_by_text("9 of 10 done")).to_be_visible()
    page.keyboard.press("Space")
    page.keyboard.press("2")
    expect(page.get_by_role("heading", name="Done: 11 answers")).to_be_focused()
    assert len(kept(page)["cards"]) == 10


def test_what_did_not_come_is_asked_again_after_three_others(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    start(page)
    missed = answer(page, "Again")
    others = [answer(page, "Good") for _ in range(3)]
    assert missed not in others
    assert heard(page) == missed
    expect(page.get_by_text("3 of 10 done")).to_be_visible()


def test_lines_come_again_on_their_day_and_not_before(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    start(page)
    said = [answer(page, "Good") for _ in range(4)] + [answer(page, "Easy") for _ in range(6)]
    expect(page.locator("#pp-told")).to_have_text("Next: 4 lines on Wednesday 25 November.")
    page.reload()
    assert title(page) == "Nothing for today"
    page.clock.set_fixed_time("2026-11-24T09:00:00")
    page.reload()
    expect(page.locator("#pp-told")).to_contain_text("10 new")
    page.clock.set_fixed_time("2026-11-25T00:01:00")
    page.reload()
    expect(page.locator("#pp-told")).to_contain_text("4 to repeat, 10 new")
    start(page)
    assert [answer(page, "Good") for _ in range(4)] == said[:4]
    assert heard(page) not in said


def test_more_new_lines_can_be_asked_for(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    start(page)
    said = {answer(page, "Good") for _ in range(10)}
    page.get_by_role("button", name="10 more new lines").click()
    assert heard(page) not in said
    expect(page.get_by_text("0 of 10 done")).to_be_visible()


def test_the_last_grade_can_be_taken_back(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    start(page)
    answer(page, "Good")
    before = kept(page)
    said = answer(page, "Again")
    page.get_by_role("button", name="Undo the last grade").click()
    assert heard(page) == said
    assert kept(page) == before
    expect(page.get_by_text("1 of 10 done")).to_be_visible()
    page.get_by_role("button", name="Easy in 8 days").click()
    page.get_by_role("button", name="Finish").click()
    assert title(page) == "Done: 2 answers"
    page.get_by_role("button", name="Undo the last grade").click()
    assert heard(page) == said
    assert kept(page) == before


def test_a_line_is_one_memory_in_every_deck(visit: Visit, page: Page) -> None:
    visit.open("practice/procurement/")
    shared = set(page.locator(".pp-recall").evaluate_all("all => all.map(line => line.dataset.line)"))
    visit.open(DECK)
    ours = page.locator(".pp-recall").evaluate_all("all => all.map(line => line.dataset.line)")
    both = next(line for line in ours if line in shared).removeprefix("playbooks/")
    day = {"first": "2026-11-01", "last": "2026-11-20", "due": "2026-11-23"}
    keep(page, {"cards": {both: {**day, "stability": 9, "difficulty": 5}}, "days": {}})
    expect(page.locator("#pp-told")).to_contain_text("1 to repeat")
    visit.open("practice/procurement/")
    expect(page.locator("#pp-told")).to_contain_text("1 to repeat")
    start(page)
    answer(page, "Good")
    visit.open(DECK)
    expect(page.locator("#pp-told")).not_to_contain_text("to repeat")


def test_progress_is_drawn_and_told(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    start(page)
    for grade in ("Good", "Good", "Easy"):
        answer(page, grade)
    page.get_by_role("button", name="Finish").click()
    standings, days = page.locator(".pp-drawn").get_by_role("img").all()
    expect(standings).to_have_attribute(
        "aria-label", re.compile("^Of 94 lines: 1 known, 2 being learnt, 91 new")
    )
    expect(days).to_have_attribute(
        "aria-label",
        "Answers in the last 14 days: 3 today."
        " Lines that come again in the next 7 days: 2 on Wednesday 25 November.",
    )
    visit.open("practice/")
    expect(page.get_by_text("Nothing to repeat today.")).to_be_visible()
    expect(page.locator(".pp-deck[data-deck=sales]")).to_contain_text("94 lines · 1 known · 0 due")
    expect(page.locator(".pp-drawn").get_by_role("img").nth(1)).to_have_attribute(
        "aria-label", re.compile("days: 3 today")
    )


def test_an_answer_shows_what_is_filled_in_and_can_be_copied_and_starred(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    line = page.locator(".pp-recall", has=page.locator(".pp-slot")).first
    key = (line.get_attribute("data-line") or "").removeprefix("playbooks/")
    slot = line.locator(".pp-slot").first.get_attribute("data-slot")
    page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)",
        ["playbooks/Common Ground/slots", json.dumps({slot: "nine lamps"})],
    )
    day = {"first": "2026-11-01", "last": "2026-11-20", "due": "2026-11-23"}
    keep(page, {"cards": {key: {**day, "stability": 9, "difficulty": 5}}, "days": {}})
    start(page)
    page.get_by_role("button", name="Reveal").click()
    card = page.locator(".pp-session__card")
    expect(card.locator(".pp-you")).to_contain_text("nine lamps")
    card.locator(".pp-slot").first.click()
    page.get_by_label("Fill in").or_(page.locator("#pp-filling")).first.fill("ten lamps")
    page.keyboard.press("Enter")
    expect(card.locator(".pp-you")).to_contain_text("ten lamps")
    expect(card.locator(".pp-slot").first).to_be_focused()
    card.get_by_role("button", name=re.compile("^Star")).click()
    expect(card.get_by_role("button", name=re.compile("^Starred"))).to_be_visible()
    card.get_by_role("link").first.click()
    page.wait_for_url(f"**/playbooks/{key.replace('#', '/#')}")


def test_two_tabs_do_not_undo_each_other(
    visit: Visit, page: Page, context: BrowserContext, site: Site
) -> None:
    other = watch(context, site)
    other.page.clock.set_fixed_time(MORNING)
    visit.open(DECK)
    other.open(DECK)
    start(page)
    start(other.page)
    # The line that both showed is graded: the other tab goes on to the next.
    for here, there in ((other.page, page), (page, other.page)):
        said = answer(here, "Good")
        expect(there.locator("#pp-heard")).not_to_have_text(said)
    assert len(kept(page)["cards"]) == 2
    page.get_by_role("button", name="Finish").click()
    answer(other.page, "Good")
    expect(page.locator(".pp-drawn").get_by_role("img").first).to_have_attribute(
        "aria-label", re.compile("91 new")
    )
    assert other.trouble == []


@pytest.mark.parametrize(
    "practice",
    [
        {"cards": {"objections#it-is-too-expensive": {"due": "never", "stability": -4}}, "days": {}},
        {"cards": {"objections#it-is-too-expensive": {}}, "days": {"2026-11-23": {"gone": 4}, "x": {}}},
    ],
    ids=["damaged", "empty"],
)
def test_a_damaged_card_is_new_again(visit: Visit, page: Page, practice: object) -> None:
    visit.open(DECK)
    keep(page, practice)
    assert title(page) == "10 lines for today"
    start(page)
    answer(page, "Good")
    expect(page.get_by_text("1 of 10 done")).to_be_visible()


def test_after_years_away_a_session_is_as_long_as_any(visit: Visit, page: Page) -> None:
    visit.open(DECK)
    start(page)
    for _ in range(10):
        answer(page, "Good")
    page.get_by_role("button", name="10 more new lines").click()
    for _ in range(10):
        answer(page, "Good")
    page.get_by_role("button", name="10 more new lines").click()
    answer(page, "Good")
    page.clock.set_fixed_time("2036-02-29T12:00:00")
    page.reload()
    expect(page.locator("#pp-told")).to_contain_text("21 to repeat, 10 new")
    start(page)
    expect(page.get_by_text("0 of 20 done")).to_be_visible()
    answer(page, "Easy")
    # The clock is put right again: what was answered then does not stay away for ten years.
    page.clock.set_fixed_time(MORNING)
    page.reload()
    expect(page.locator("#pp-told")).to_contain_text("1 to repeat")


def test_a_day_begins_at_the_readers_own_midnight(browser: Browser, site: Site) -> None:
    context = browser.new_context(timezone_id="America/Los_Angeles")
    visit = watch(context, site)
    visit.page.clock.set_fixed_time("2026-11-23T23:30:00-08:00")
    visit.open(DECK)
    start(visit.page)
    answer(visit.page, "Hard")
    assert list(kept(visit.page)["days"]) == ["2026-11-23"]
    visit.page.clock.set_fixed_time("2026-11-24T00:10:00-08:00")
    visit.page.reload()
    expect(visit.page.locator("#pp-told")).to_contain_text("1 to repeat")
    assert visit.trouble == []
    context.close()


def test_a_thumb_does_a_session(phone: BrowserContext, site: Site) -> None:
    visit = watch(phone, site)
    visit.open(DECK)
    page = visit.page
    page.get_by_role("button", name="Start").tap()
    for number in range(1, 4):
        reveal = page.get_by_role("button", name="Reveal")
        place = reveal.bounding_box()
        top = page.locator(".pp-they").bounding_box()
        reveal.tap()
        good = page.get_by_role("button", name=re.compile("^Good"))
        expect(good).to_be_in_viewport(ratio=1)
        after = page.locator(".pp-session .pp-they").bounding_box()
        size = good.bounding_box()
        assert place
        assert top
        assert after
        assert size
        assert abs(after["y"] - top["y"]) < 1, "what they say has moved"
        assert min(size["width"], size["height"], place["height"]) >= 44
        good.tap()
        expect(page.get_by_text(f"{number} of 10 done")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.trouble == []


def test_without_script_every_line_can_be_opened(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    visit = watch(context, site)
    page = visit.open("practice/")
    expect(page.get_by_text("scripts switched off")).to_be_visible()
    expect(page.get_by_text("94 lines", exact=True)).to_be_visible()
    page.locator(".pp-deck").get_by_role("link", name="Sales").click()
    expect(page.locator(".pp-practice")).to_be_hidden()
    line = page.locator(".pp-recall").first
    expect(line.locator(".pp-you")).to_be_hidden()
    line.locator("summary").click()
    expect(line.locator(".pp-you")).to_be_visible()
    expect(line.get_by_text("Why it works.")).to_be_visible()
    assert visit.trouble == []
    context.close()


def test_where_nothing_can_be_kept_one_can_still_practise(context: BrowserContext, site: Site) -> None:
    context.add_init_script(BLOCKED)
    visit = watch(context, site)
    page = visit.open(DECK)
    start(page)
    answer(page, "Good")
    answer(page, "Good")
    expect(page.get_by_text("2 of 10 done")).to_be_visible()
    expect(page.get_by_text("does not let the page keep anything")).to_be_visible()
    # What the theme asks for before any script of ours has run.
    assert set(visit.trouble) <= {"error: SecurityError"}


def test_nothing_moves_while_a_page_loads(context: BrowserContext, site: Site) -> None:
    page = context.new_page()
    # A font that comes late moves text on every page: here it is about what the script puts in.
    page.route("**/*.woff2", lambda route: route.abort())
    page.add_init_script(
        "globalThis.shifts = 0;"
        "new PerformanceObserver(list => list.getEntries().forEach(entry => { shifts += entry.value }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    for path in (DECK, "practice/"):
        page.goto(site.address + path, wait_until="load")
        expect(page.locator(".pp-drawn").get_by_role("img").first).to_be_visible()
        assert page.evaluate("shifts") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_practice_is_accessible(browser: Browser, site: Site, scheme: Any) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 800})
    visit = watch(context, site)
    page = visit.page

    def problems() -> object:
        page.add_script_tag(path=AXE)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        return page.evaluate(
            "axe.run('.md-content').then(found => found.violations.map(one => [one.id, one.nodes.map(node => node.html)]))"
        )

    visit.open(DECK)
    assert problems() == []
    start(page)
    assert problems() == []
    page.get_by_role("button", name="Reveal").click()
    assert problems() == []
    page.get_by_role("button", name=re.compile("^Good")).click()
    page.get_by_role("button", name="Finish").click()
    page.locator(".pp-recall").first.locator("summary").click()
    assert problems() == []
    visit.open("practice/")
    assert problems() == []
    assert visit.trouble == []
    context.close()


def test_the_handbook_leads_to_practice_and_to_the_file_for_anki(
    visit: Visit, page: Page, site: Site
) -> None:
    visit.open("contexts/sales/")
    page.get_by_role("link", name="Practise these lines").click()
    page.wait_for_url(f"**/{DECK}")
    page.get_by_role("link", name="All decks").click()
    page.wait_for_url("**/practice/")
    with page.expect_download() as download:
        page.get_by_role("link", name="Common Ground for Anki").click()
    assert download.value.suggested_filename == "common-ground.apkg"
    with zipfile.ZipFile(site.folder / "practice/common-ground.apkg") as archive:
        assert "collection.anki2" in archive.namelist()
        assert archive.testzip() is None
