"""The chooser, used as a person would."""

import json
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from good_handbook import GOOD
from site_under_test import ROOT, Site, Visit, build, serve, watch

AXE = ROOT / "reader/node_modules/axe-core/axe.min.js"
NO = "They said something that sounds like a no, and you want to know what stands behind it."
HURRY = "You are told to decide now, and nobody says why now."
REAL = "The deadline or the limit is real and explained. Then it is a fact to work with, and no pressure."
PLEASE = re.compile("None of these")


def signs(page: Page) -> Locator:
    return page.get_by_role("group", name="Which of these is so?").get_by_role("checkbox")


def fits(page: Page) -> Locator:
    return page.locator(".pp-chooser__card:not(.pp-chooser__card--leave)")


def test_what_is_so_leads_to_the_playbooks_that_fit_with_the_reason(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("link", name="Answer a few questions").click()
    page.get_by_label("Sales", exact=True).check()
    page.get_by_label(NO).check()
    expect(fits(page)).to_have_count(1)
    expect(fits(page)).to_contain_text("Objections and answers")
    expect(fits(page).get_by_role("listitem")).to_have_text(NO)
    expect(page.locator(".pp-chooser").get_by_role("status")).to_have_text(
        "1 playbook fits: Objections and answers"
    )
    fits(page).get_by_role("link", name="Its lines for Sales").click()
    expect(page).to_have_url(re.compile(r"/scripts/\?context=sales&playbook=objections$"))
    expect(page.locator(".pp-line:visible").first).to_be_visible()


def test_the_playbook_that_more_speaks_for_comes_first(visit: Visit) -> None:
    page = visit.open("tools/choose/")
    page.get_by_label(NO).check()
    page.get_by_label(HURRY).check()
    page.get_by_role("group", name="Pressure and ultimatums").get_by_label("They threaten to leave").check()
    expect(fits(page).nth(0)).to_contain_text("Pressure and ultimatums")
    expect(fits(page).nth(1)).to_contain_text("Objections")


def test_what_speaks_against_a_playbook_sets_it_aside_and_can_be_taken_back(visit: Visit) -> None:
    page = visit.open("tools/choose/")
    page.get_by_label(HURRY).check()
    against = page.get_by_role("group", name="Leave it if").get_by_label(REAL)
    against.check()
    expect(against).to_be_focused()
    expect(page.get_by_text("None of the playbooks fits.")).to_be_visible()
    expect(page.get_by_role("heading", name="Leave it this time")).to_be_visible()
    expect(page.locator(".pp-chooser__card--leave")).to_contain_text(REAL)
    against.uncheck()
    expect(fits(page)).to_contain_text("Pressure and ultimatums")


def test_none_of_these_asks_on_until_it_says_plainly_that_none_fits(visit: Visit) -> None:
    page = visit.open("tools/choose/")
    more = page.get_by_role("button", name=PLEASE)
    before = 0
    for _ in range(20):
        if not more.is_visible():
            break
        assert page.get_by_text("None of the playbooks fits.").is_hidden()
        before = signs(page).count()
        more.focus()
        page.keyboard.press("Enter")
        # The focus goes on to what is new.
        focused = page.locator(":focus")
        expect(focused).to_have_count(1)
        if signs(page).count() > before:
            expect(signs(page).nth(before)).to_be_focused()
    expect(page.get_by_text("None of the playbooks fits.")).to_be_visible()
    expect(page.get_by_role("heading", name="What fits")).to_be_focused()
    page.locator(".pp-chooser__results").get_by_role("link", name="in the words that they use").click()
    page.wait_for_url("**/scripts/")
    page.go_back()
    # Nothing is final: an answer can still be given.
    expect(page.get_by_text("None of the playbooks fits.")).to_be_visible()
    page.get_by_label(NO).check()
    expect(fits(page)).to_have_count(1)


def test_the_answers_are_in_the_address_and_nowhere_else(visit: Visit, context: BrowserContext) -> None:
    page = visit.open("tools/choose/")
    expect(page.get_by_role("button", name="Copy the link to these answers")).to_be_hidden()
    page.get_by_label("Everyday life").check()
    page.get_by_label(NO).check()
    page.wait_for_function("/^[?]context=everyday&so=\\w+$/.test(location.search)")
    expect(page.get_by_role("button", name="Copy the link to these answers")).to_be_visible()
    other = watch(context, visit.site)
    other.page.goto(page.evaluate("location.href"))
    expect(other.page.get_by_label("Everyday life")).to_be_checked()
    expect(other.page.get_by_label(NO)).to_be_checked()
    expect(fits(other.page)).to_contain_text("Objections")
    assert other.trouble == []
    kept = page.evaluate("JSON.stringify(localStorage)")
    assert "everyday" not in kept
    page.get_by_role("button", name="Start again").click()
    page.wait_for_function("location.search === ''")
    expect(page.get_by_label(NO)).not_to_be_checked()
    expect(fits(page)).to_have_count(0)


def test_a_finger_answers_and_comes_to_what_fits(browser: Browser, site: Site) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    visit = watch(context, site)
    page = visit.open("tools/choose/")
    page.get_by_text("Everyday life", exact=True).tap()
    page.get_by_text(NO).first.tap()
    page.get_by_role("link", name="See why").tap()
    expect(page.get_by_role("heading", name="What fits")).to_be_in_viewport()
    page.reload()
    expect(page.get_by_label(NO)).to_be_checked()
    fits(page).get_by_role("link", name="Objections and answers").tap()
    page.wait_for_url("**/playbooks/objections/")
    assert visit.trouble == []
    context.close()


def test_back_leads_to_the_page_before_and_forward_to_the_answers(visit: Visit) -> None:
    page = visit.open("tools/")
    page.get_by_role("main").get_by_role("link", name="Which playbook fits?").last.click()
    page.get_by_label(NO).check()
    page.get_by_label(HURRY).check()
    page.go_back()
    expect(page).to_have_url(re.compile(r"/tools/$"))
    page.go_forward()
    expect(page.get_by_label(HURRY)).to_be_checked()
    expect(fits(page)).to_have_count(2)


def test_a_label_holds_no_link_and_a_reason_does(visit: Visit) -> None:
    page = visit.open("tools/choose/")
    assert page.locator(".pp-chooser label a").count() == 0
    page.get_by_label("They said something that sounds like a no").check()
    page.get_by_label(re.compile("^It comes with a threat or a clock")).check()
    reason = page.locator(".pp-chooser__card--leave").get_by_role("listitem")
    reason.get_by_role("link", name="a playbook of its own").click()
    page.wait_for_url("**/playbooks/pressure-and-ultimatums/")


def test_the_focus_is_never_lost(visit: Visit) -> None:
    page = visit.open("tools/choose/")
    page.get_by_label(HURRY).check()
    other = page.get_by_role("group", name="Pressure and ultimatums").get_by_label("They threaten to leave")
    other.check()
    page.get_by_label(HURRY).uncheck()
    other.focus()
    page.keyboard.press("Space")
    expect(signs(page).first).to_be_focused()


def test_the_chooser_works_from_a_folder(context: BrowserContext, site: Site) -> None:
    visit = watch(context, site)
    page = visit.page
    page.goto((site.folder / "tools/choose/index.html").as_uri())
    page.get_by_label(NO).check()
    fits(page).get_by_role("link", name="Objections and answers").click()
    expect(page).to_have_url(re.compile(r"/playbooks/objections/index\.html$"))
    assert [line for line in visit.trouble if not line.startswith("request to file:")] == []


def test_without_script_the_signs_of_every_playbook_can_be_read(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.address}tools/choose/")
    expect(page.get_by_text(NO)).to_be_visible()
    expect(page.get_by_text("Leave it when").first).to_be_visible()
    assert page.get_by_role("article").get_by_role("radio").count() == 0
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_chooser_is_accessible(browser: Browser, site: Site, scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 800}
    )
    page = watch(context, site).open("tools/choose/")
    page.get_by_label(NO).check()
    page.get_by_label(HURRY).check()
    page.get_by_label(REAL).check()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.add_script_tag(path=str(AXE))
    found = page.evaluate("axe.run('article').then(({ violations }) => JSON.stringify(violations))")
    assert json.loads(found) == []
    context.close()


def small_site(folder: Path, *, signs_of: dict[str, list[str]]) -> None:
    """The good handbook, whose only playbooks are these, each with its signs."""
    shutil.copytree(GOOD, folder / "playbooks")
    for path in (folder / "playbooks").glob("*.yml"):
        path.unlink()
    for name, use in signs_of.items():
        playbook = {"title": name.capitalize(), "kind": "note", "summary": "A note.", "use_when": use}
        (folder / f"playbooks/{name}.yml").write_text(json.dumps(playbook), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(
        "site_name: Small\ntheme: {name: material, font: false}\n"
        "plugins: [{playbooks: {sheets: false}}]\nvalidation: {omitted_files: ignore}\n",
        encoding="utf-8",
    )
    (folder / "playbooks.toml").write_text(
        '[lint]\nignore = ["PB2", "PB3", "PB4", "PB5", "PB6", "PB7"]\n', encoding="utf-8"
    )
    (folder / "docs").mkdir()
    build(folder, folder / "site")


def test_a_handbook_of_other_playbooks_is_asked_about_too(context: BrowserContext, tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> {{ 7*7 }} </label>"
    small_site(tmp_path, signs_of={"one": [hostile, "Both say so."], "two": ["Both say so."], "three": []})
    server, address = serve(tmp_path / "site")
    visit = watch(context, Site(tmp_path / "site", address))
    page = visit.open("tools/choose/")
    expect(signs(page)).to_have_count(2)
    page.get_by_label(hostile).check()
    expect(fits(page).get_by_role("listitem")).to_have_text(hostile)
    page.get_by_label("Both say so.").check()
    expect(fits(page)).to_have_count(2)
    expect(fits(page).first).to_contain_text("One")
    page.get_by_role("button", name="Start again").click()
    page.get_by_role("button", name="None of these").click()
    expect(page.get_by_text("Some do not say when they fit: Three.")).to_be_visible()
    assert visit.trouble == []
    server.shutdown()
    server.server_close()


def test_where_no_playbook_says_when_it_fits_nothing_is_asked(
    context: BrowserContext, tmp_path: Path
) -> None:
    small_site(tmp_path, signs_of={"one": []})
    server, address = serve(tmp_path / "site")
    visit = watch(context, Site(tmp_path / "site", address))
    page = visit.open("tools/choose/")
    expect(page.get_by_text("No playbook says yet when it fits.")).to_be_visible()
    expect(page.get_by_role("article").get_by_role("checkbox")).to_have_count(0)
    assert visit.trouble == []
    server.shutdown()
    server.server_close()
