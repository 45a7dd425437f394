"""Lines, pitfalls and checklists: copied, passed on, ticked, starred, and gathered on one sheet."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from printed import squeezed, text_of
from site_under_test import ROOT, Site, Visit, build, serve, watch

PLAYBOOK = "playbooks/objections/"


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def copying(context: BrowserContext, visit: Visit) -> Visit:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    return visit


def status(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_visible()


def test_a_line_is_copied_as_text_with_what_is_filled_in_and_the_blanks_named(copying: Visit) -> None:
    page = copying.open("playbooks/job-interview-negotiation/")
    card = page.locator(".pp-script", has=page.locator("[id='what-do-you-expect-to-earn']"))
    card.get_by_role("button", name="Copy").click()
    status(page, "Copied, with blanks for: Your figure.")
    said = (
        "For the tasks you've described I'm aiming for {} a year, gross. How does that sit with your range?"
    )
    assert clipboard(page) == said.format("[Your figure]")
    card.locator(".pp-slot").click()
    page.keyboard.type("64000")
    page.keyboard.press("Enter")
    card.get_by_role("button", name="Copy").click()
    status(page, "Copied.")
    assert clipboard(page) == said.format("£64,000")


def test_a_letter_is_copied_with_its_paragraphs(copying: Visit) -> None:
    page = copying.open("playbooks/job-interview-negotiation/")
    card = page.locator(".pp-script", has=page.locator("[id='move-the-interview']"))
    card.get_by_role("button", name="Copy").click()
    status(page, "Copied")
    paragraphs = clipboard(page).split("\n\n")
    assert len(paragraphs) == card.locator(".pp-you > p:not(.pp-label)").count()
    assert paragraphs[0] == "Hello [Their name],"


def test_the_address_of_a_line_leads_to_its_very_place(copying: Visit) -> None:
    page = copying.open("contexts/sales/")
    line = page.locator(".pp-line").filter(has=page.get_by_role("button", name="Copy")).nth(3)
    said = line.locator(".pp-line__said p").first.inner_text()
    line.get_by_role("button", name="Link").click()
    status(page, "Link copied.")
    page.goto(clipboard(page))
    anchor = page.url.partition("#")[2]
    expect(page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    card = page.locator(".pp-script", has=page.locator(f"[id='{anchor}']"))
    assert card.locator(".pp-you > p:not(.pp-label)").first.inner_text() == said


def test_ticks_are_kept_shared_between_pages_and_tabs_and_reset_with_a_way_back(visit: Visit) -> None:
    page = visit.open("playbooks/job-interview-negotiation/")
    other = watch(page.context, visit.site).open("contexts/hiring-candidate/")
    here = page.locator(".pp-ticks", has=page.get_by_role("heading", name="Homework before the interview"))
    there = other.locator(".pp-ticks", has=other.get_by_role("heading", name="Homework before the interview"))
    here.get_by_role("checkbox").first.check()
    here.get_by_role("checkbox").nth(2).focus()
    page.keyboard.press("Space")
    expect(there.get_by_role("status")).to_have_text("2 of 8 done")
    there.get_by_role("checkbox").first.uncheck()
    expect(here.get_by_role("status")).to_have_text("1 of 8 done")
    page.reload()
    expect(here.get_by_role("checkbox", checked=True)).to_have_count(1)
    here.get_by_role("button", name="Reset").click()
    expect(here.get_by_role("checkbox", checked=True)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(here.get_by_role("status")).to_have_text("1 of 8 done")
    expect(here.get_by_role("checkbox").nth(2)).to_be_checked()


def star(page: Page, selector: str, number: int = 0) -> str:
    """Star a card, and give its name."""
    button = page.locator(selector).nth(number).get_by_role("button", name=re.compile("^Star: "))
    name = (button.get_attribute("aria-label") or "").removeprefix("Star: ")
    button.click()
    status(page, "Starred")
    return name


def test_what_is_starred_stands_on_one_sheet_in_the_order_of_a_conversation(visit: Visit) -> None:
    page = visit.open("tools/my-sheet/")
    expect(page.get_by_text("Nothing is starred yet.")).to_be_visible()
    page = visit.open(PLAYBOOK)
    last = star(page, ".pp-script", 60)
    first = star(page, ".pp-script", 0)
    pitfall = star(page, ".pp-pitfall")
    checklist = star(page, ".pp-ticks")
    page = visit.open("contexts/sales/")
    shared = star(page, "#ready ~ .pp-script")
    page = visit.open("tools/my-sheet/")
    sheet = page.locator(".pp-my-sheet")
    expect(sheet.locator(".pp-line")).to_have_count(4)
    heard = [words.strip("“”") for words in sheet.locator(".pp-line__heard a").all_inner_texts()]
    names = [name.strip("“”") for name in (first, last, shared, pitfall)]
    assert sorted(heard) == sorted(names)
    assert heard.index(names[0]) < heard.index(names[1])
    expect(sheet.get_by_role("heading", name=checklist)).to_be_visible()
    sheet.get_by_role("checkbox").first.check()
    sheet.locator(".pp-line").first.get_by_role("button", name="Starred").click()
    expect(sheet.locator(".pp-line")).to_have_count(3)
    page.reload()
    expect(sheet.locator(".pp-line")).to_have_count(3)
    expect(sheet.get_by_role("checkbox").first).to_be_checked()
    page.get_by_role("button", name="Clear all stars").click()
    expect(page.get_by_text("Nothing is starred yet.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(sheet.locator(".pp-line")).to_have_count(3)


def test_the_keyboard_alone_copies_stars_and_clears_the_sheet_of_every_tab(
    copying: Visit, context: BrowserContext, site: Site
) -> None:
    beside = watch(context, site)
    sheet = beside.open("tools/my-sheet/").locator(".pp-my-sheet")
    page = copying.open(PLAYBOOK)
    cards = page.locator(".pp-script")
    cards.first.get_by_role("button", name="Copy").focus()
    page.keyboard.press("Enter")
    status(page, "Copied")
    for number in range(2):
        cards.nth(number).get_by_role("button", name=re.compile("^Star: ")).focus()
        page.keyboard.press("Space")
        starred = cards.nth(number).get_by_role("button", name=re.compile("^Starred: "))
        expect(starred).to_be_focused()
        expect(starred).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    status(page, "Link copied.")
    expect(sheet.locator(".pp-line")).to_have_count(2)
    # The focus goes on to what has taken the place of what is gone.
    sheet.get_by_role("button", name=re.compile("^Starred: ")).first.focus()
    beside.page.keyboard.press("Enter")
    expect(sheet.locator(".pp-line")).to_have_count(1)
    expect(sheet.locator(":focus")).to_have_count(1)
    expect(cards.first.get_by_role("button", name=re.compile("^Star: "))).to_be_visible()
    assert beside.trouble == []


SHARE = """
  window.shared = [];
  navigator.share = async (what) => { window.shared.push(what); };
"""


def test_a_finger_stars_ticks_and_passes_on_and_nothing_moves_under_it(browser: Browser, site: Site) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    context.add_init_script(SHARE)
    visit = watch(context, site)
    page = visit.open("playbooks/job-interview-negotiation/")
    card = page.locator(".pp-script").nth(5)
    before = card.bounding_box()
    card.get_by_role("button", name=re.compile("^Star: ")).tap()
    expect(card.get_by_role("button", name=re.compile("^Starred: "))).to_be_visible()
    after = card.bounding_box()
    assert before
    assert after
    assert after["height"] == before["height"]
    card.get_by_role("button", name=re.compile("^Link to: ")).tap()
    page.wait_for_function("shared.length === 1")
    place = card.get_by_role("heading").get_attribute("id")
    assert page.evaluate("shared[0].url") == f"{site.address}playbooks/job-interview-negotiation/#{place}"
    ticks = page.locator(".pp-ticks").first
    ticks.get_by_role("listitem").first.tap()
    expect(ticks.get_by_role("checkbox").first).to_be_checked()
    expect(ticks.get_by_role("status")).to_contain_text("1 of ")
    page.goto(f"{site.address}tools/my-sheet/")
    page.locator(".pp-line").get_by_role("button", name=re.compile("^Starred: ")).tap()
    expect(page.get_by_text("Nothing is starred yet.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert visit.trouble == []
    context.close()


def test_my_sheet_prints_what_is_starred_and_what_is_filled_in(visit: Visit) -> None:
    page = visit.open("playbooks/job-interview-negotiation/")
    names = [star(page, ".pp-script", number) for number in range(0, 40, 4)]
    page = visit.open("tools/my-sheet/")
    page.get_by_role("textbox", name="My target").fill("£64,000 by May")
    expect(page.locator(".pp-line")).to_have_count(len(names))
    text = squeezed(text_of(page.pdf(format="A4"), as_drawn=True))
    assert [name for name in names if squeezed(name) not in text] == []
    assert squeezed("£64,000 by May") in text
    assert [words for words in ("Clear all stars", "Copy", "127.0.0.1") if squeezed(words) in text] == []


def test_a_star_whose_line_is_gone_is_told_and_can_be_removed(visit: Visit) -> None:
    page = visit.open()
    page.evaluate(
        "localStorage.setItem('playbooks/Common Ground/stars',"
        " JSON.stringify(['playbooks/objections#gone', 'playbooks/never#was', '<b>', 'playbooks/objections#__proto__']))"
    )
    page = visit.open("tools/my-sheet/")
    expect(page.get_by_text("playbooks/objections#gone was starred, and is no longer")).to_be_visible()
    expect(page.get_by_text("<b> was starred")).to_be_visible()
    for _ in range(4):
        page.get_by_role("button", name="Remove").first.click()
    expect(page.get_by_text("is no longer in the handbook")).to_have_count(0)
    page.reload()
    expect(page.get_by_text("Nothing is starred yet.")).to_be_visible()


def test_everything_is_exported_forgotten_and_taken_in_again(visit: Visit, tmp_path: Path) -> None:
    page = visit.open(PLAYBOOK)
    star(page, ".pp-script")
    page.locator(".pp-you .pp-slot").first.click()
    page.keyboard.type("Alex 7")
    page.keyboard.press("Enter")
    page.locator(".pp-ticks input").first.check()
    page.get_by_role("button", name="Yours: what you filled in").click()
    panel = page.get_by_role("dialog", name="Yours")
    with page.expect_download() as download:
        panel.get_by_role("button", name="Export all").click()
    assert download.value.suggested_filename == "common-ground-mine.json"
    download.value.save_as(tmp_path / "mine.json")
    panel.get_by_role("button", name="Forget all").click()
    panel.get_by_role("button", name="Forget all of it").click()
    expect(panel.get_by_text("0 things starred")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('playbooks/'))") == []
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Import").click()
    chooser.value.set_files(tmp_path / "mine.json")
    expect(panel.get_by_text("1 thing starred")).to_be_visible()
    expect(panel.get_by_text("Alex 7")).to_be_visible()
    page.reload()
    expect(page.locator(".pp-ticks input").first).to_be_checked()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "is not taken in: it is not JSON."),
        ('{"slots": {}}', "is not taken in: it was not exported here."),
        ('{"format": "playbooks-reader", "version": 99, "kept": {}}', "exported by a newer version"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_in_words_and_changes_nothing(
    visit: Visit, tmp_path: Path, content: str, message: str
) -> None:
    page = visit.open(PLAYBOOK)
    star(page, ".pp-script")
    (tmp_path / "odd.json").write_text(content, encoding="utf-8")
    page.get_by_role("button", name="Yours: what you filled in").click()
    panel = page.get_by_role("dialog", name="Yours")
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Import").click()
    chooser.value.set_files(tmp_path / "odd.json")
    status(page, message)
    expect(panel.get_by_text("1 thing starred")).to_be_visible()


def test_the_fillings_of_the_browser_are_read_by_the_printed_sheet(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("sheets/hiring-candidate/")
    page.get_by_role("textbox", name="My target").fill("£64,321 by May")
    page.get_by_role("textbox", name="My limit").fill(r"*£60* {now} [or] not\at_all")
    page.locator(".pp-slot[data-slot='my-figure']").first.click()
    page.locator("dialog[open]").get_by_role("textbox").fill("64321")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yours: what you filled in").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="For printed sheets").click()
    download.value.save_as(tmp_path / "fillings.json")
    words = ("sheet", "hiring-candidate", "--fill", str(tmp_path / "fillings.json"), "-o", str(tmp_path))
    subprocess.run(
        [sys.executable, "-m", "playbook_press", *words], cwd=ROOT, check=True, capture_output=True
    )
    text = text_of((tmp_path / "hiring-candidate.pdf").read_bytes(), as_drawn=True)
    assert "£64,321 by May" in text
    assert squeezed(r"*£60* {now} [or] not\at_all") in squeezed(text)
    assert len(re.findall("£64,321", text)) > 1


def test_a_hostile_handbook_is_starred_as_words(browser: Browser, project: Path) -> None:
    attack = "<img src=x onerror=alert(1)></script><script>alert(2)</script>"
    path = project / "playbooks/asking-for-time.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"( +say: ).*", rf'\g<1>"{attack}"', text, count=1), encoding="utf-8")
    (project / "playbooks.toml").write_text('[lint]\nignore = ["PB3", "PB4"]\n', encoding="utf-8")
    (project / "content").mkdir()
    shutil.copy(ROOT / "mkdocs.yml", project)
    build(project, project / "site")
    server, address = serve(project / "site")
    context = browser.new_context()
    visit = watch(context, Site(project / "site", address))
    page = visit.open("playbooks/asking-for-time/")
    card = page.locator(".pp-script").filter(has_text="onerror=alert(1)")
    card.get_by_role("button", name=re.compile("^Star: ")).click()
    page = visit.open("tools/my-sheet/")
    expect(page.locator(".pp-my-sheet")).to_contain_text(attack)
    context.close()
    server.shutdown()
    server.server_close()
    assert visit.trouble == []
