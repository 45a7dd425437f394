"""The search loads the pieces that a query is about, narrows what it finds, and is the same from a folder."""

import re

from playwright.sync_api import BrowserContext, Page, Response, expect

from site_under_test import Site, Visit

MOST_BYTES = 250_000
"""What may be fetched before the first result, at any size."""
RESULTS = ".md-search-result__item"


def search(page: Page, words: str) -> None:
    page.keyboard.press("/")
    page.locator(".md-search__input").fill(words)
    expect(page.locator(".md-search-result__list")).to_have_attribute("data-query", words)


def kinds(page: Page) -> set[str]:
    shown: list[str] = page.locator(".pp-found__kind").evaluate_all(
        "found => found.map(({ firstChild }) => firstChild.textContent)"
    )
    return set(shown)


def test_little_is_fetched_before_the_first_result(visit: Visit) -> None:
    page = visit.open()
    fetched: list[Response] = []
    page.on("response", lambda response: fetched.append(response))  # noqa: PLW0108 (Playwright marks what it is given)
    search(page, "they say that the salary I ask for is much too high for somebody without experience")
    expect(page.locator(RESULTS).first).to_be_visible()
    names = [response.url.rpartition("/")[2] for response in fetched]
    assert any(name.startswith("words-") for name in names)
    # As they come from the test's server, which compresses nothing.
    assert sum(len(response.body()) for response in fetched) < 3 * MOST_BYTES
    pieces = list((visit.site.folder / "assets/playbooks/search").iterdir())
    assert len(names) < len(pieces) / 2


def test_what_is_found_is_narrowed_by_context_stage_and_kind(visit: Visit) -> None:
    page = visit.open()
    search(page, "price")
    choices = page.locator(".pp-narrow select")
    expect(choices).to_have_count(3)
    everywhere = page.locator(RESULTS).all_inner_texts()
    page.get_by_label("The kind to search in").select_option("Pitfall")
    expect(page.locator(".pp-found__kind").first).to_contain_text("Pitfall")
    assert kinds(page) == {"Pitfall"}
    page.get_by_label("The kind to search in").select_option("Any kind")
    expect(page.locator(RESULTS)).to_have_count(len(everywhere))
    page.get_by_label("The context to search in").select_option("Sales")
    page.get_by_label("The stage to search in").select_option(index=2)
    said = re.compile("^(They say|Instead of|Line)")
    expect(page.locator(".pp-found__kind", has_not_text=said)).to_have_count(0)
    assert page.locator(RESULTS).count()


def test_what_is_said_of_no_context_is_found_in_each(visit: Visit) -> None:
    page = visit.open()
    search(page, "batna")
    page.get_by_label("The context to search in").select_option("Sales")
    page.get_by_label("The kind to search in").select_option("Term")
    expect(page.locator(RESULTS).first).to_contain_text("BATNA")


def test_a_word_is_found_however_it_is_spelt(visit: Visit) -> None:
    page = visit.open()
    for typed, meant in (
        ("teeager", "teenager"),
        ("agnry", "angry"),
        ("eamil", "email"),
        ("bugdet", "budget"),
        ("ernt", "rent"),
        ("concssion", "concession"),
        ("organize", "organise"),
        ("behavioral", "behavioural"),
    ):
        found = []
        for words in (meant, typed):
            search(page, words)
            found.append(page.locator(RESULTS).all_inner_texts()[:3])
        assert set(found[0]) & set(found[1]), typed


def test_a_word_that_is_none_holds_nothing_up(visit: Visit) -> None:
    page = visit.open()
    search(page, "x" * 500)
    expect(page.locator(RESULTS)).to_have_count(0)


def test_enter_opens_nothing_that_was_found_for_other_words(visit: Visit) -> None:
    page = visit.open()
    search(page, "good cop bad cop")
    wanted = page.locator(".md-search-result__link").first.evaluate("link => link.href")
    search(page, "rent increase")
    expect(page.locator(RESULTS).first).to_be_visible()
    box = page.locator(".md-search__input")
    box.fill("good cop bad cop")
    box.press("Enter")
    box.press("Enter")
    page.wait_for_url("**/playbooks/*/#*")
    assert page.url == wanted


def test_the_arrow_keys_change_a_choice(visit: Visit) -> None:
    page = visit.open()
    search(page, "price")
    kind = page.get_by_label("The kind to search in")
    kind.focus()
    kind.press("ArrowDown")
    expect(kind).to_be_focused()
    expect(kind).to_have_value("kind-0")


def test_nothing_among_some_is_told_and_taking_the_words_back_takes_the_choice_back(visit: Visit) -> None:
    page = visit.open()
    search(page, "zeppelin")
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("^Nothing found. Try"))
    page.get_by_label("The kind to search in").select_option("Term")
    expect(page.locator(".md-search-result__meta")).to_contain_text("Nothing found among these")
    page.get_by_role("button", name="Clear").click()
    expect(page.get_by_label("The kind to search in")).to_have_value("")
    expect(page.locator(".md-search__input")).to_be_focused()


def test_the_choices_are_reached_with_the_keyboard(visit: Visit) -> None:
    page = visit.open()
    search(page, "deadline")
    expect(page.locator(".pp-narrow select")).to_have_count(3)
    context = page.get_by_label("The context to search in")
    while not context.evaluate("select => select === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("Procure")
    expect(page.get_by_role("status").first).to_contain_text("answer")
    expect(context).to_have_value(re.compile(r"^context-\d+$"))
    expect(page.locator(".md-search__output")).to_be_visible()


def test_from_a_folder_the_same_is_found(context: BrowserContext, site: Site, visit: Visit) -> None:
    hosted, opened = visit.open(), context.new_page()
    opened.goto((site.folder / "index.html").as_uri())
    for words in ("your price is too high", "sallary expectatons", "batna", "we need an answer today"):
        found = []
        for page in (hosted, opened):
            search(page, words)
            found.append(page.locator(RESULTS).all_inner_texts())
        assert found[0] == found[1]
        assert found[0]
