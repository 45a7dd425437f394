"""Pages as they come out of the reader's own printer: printed to PDF with Chromium."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

import printed
from playbook_press.load import read_handbook
from printed import squeezed, text_of, words_on
from site_under_test import ROOT, Site, Visit, watch

CONTEXTS = tuple(read_handbook(ROOT / "playbooks", Path("playbooks")).library.contexts)
SIZES = {"A4": (596, 843), "Letter": (612, 792)}
"""In points, as Chromium rounds them."""
SMALLEST = 7.99
"""8 points, as Chromium rounds them."""
PAGES = (
    "",
    "contexts/hiring-employer/",
    "playbooks/the-walk-away/",
    "scripts/",
    "pitfalls/",
    "worksheets/the-walk-away/",
    "glossary/",
    "sources/",
    "contribute/rules/pb201/",
    "paths/my-first-negotiation/",
)
FRAME = ("Skip to content", "Table of contents", "Back to top", "Edit this page", "named under Sources.")
"""Words of what surrounds every page."""
WHOLE = ".pp-script, .pp-pitfall, .pp-line, .pp-ticks, .pp-card, .tabbed-labels > label, tbody tr"
"""What is read at a glance, and so stands on one page."""

ON_PAPER = """elements => elements.map((element) => {
  const blanks = [...element.querySelectorAll(".pp-slot:not(.pp-slot--filled)")];
  const examples = blanks.map((blank) => blank.textContent);
  for (const blank of blanks) blank.textContent = blank.dataset.label ?? blank.title;
  const words = element.innerText;
  blanks.forEach((blank, index) => { blank.textContent = examples[index]; });
  return words;
})"""
"""The words of elements, in which a blank has what belongs in it in place of its example."""


@pytest.fixture(scope="module")
def printing(browser: Browser, site: Site) -> Iterator[Visit]:
    """One page of the browser for all of this file."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    visit = watch(context, site)
    yield visit
    context.close()
    assert visit.trouble == []


def texts(pdf: bytes) -> list[str]:
    """The letters of each page, in the order in which they are drawn."""
    return [squeezed(text) for text in text_of(pdf, as_drawn=True).split("\f")[:-1]]


def words_of(page: Page, selector: str) -> list[str]:
    """The letters of each element that has any, as it is on paper."""
    page.emulate_media(media="print")
    found = page.locator(selector).filter(visible=True).evaluate_all(ON_PAPER)
    page.emulate_media(media="null")
    return [words for words in map(squeezed, found) if words]


def drawn(page: Page) -> list[bytes]:
    """Everything that is on the paper, with its colours and tints."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", print_background=True)))
    return [sheet.get_contents().get_data() for sheet in reader.pages]  # type: ignore[union-attr]


def with_fonts(page: Page) -> Page:
    """The page in its own fonts, which a browser does without where they take long to come."""
    page.evaluate("document.fonts.ready.then(() => null)")
    page.reload()
    return page


def faults(pdf: bytes, paper: str) -> list[str]:
    """What is too small, off the paper, over other text, or in a font that is not in the file."""
    sizes = {
        (round(page.mediabox.width), round(page.mediabox.height)) for page in PdfReader(io.BytesIO(pdf)).pages
    }
    return [
        *(f"a page of {size} points" for size in sizes - {SIZES[paper]}),
        *printed._ink_in_the_margin(pdf, reach=10),
        *printed._small_print(pdf, SMALLEST),
        *printed._words_over_words(pdf),
        *printed._fonts_left_out(pdf),
    ]


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_page_of_a_sheet_comes_out_on_one_sheet_with_every_line(printing: Visit, context: str) -> None:
    page = with_fonts(printing.open(f"sheets/{context}/"))
    (title,) = words_of(page, "h1")
    lines = words_of(page, ".pp-sheet :is(.pp-line, .pp-ticks li, h2, .pp-sheet__blanks p)")
    assert len(lines) > 60
    for paper in SIZES:
        pdf = page.pdf(format=paper)
        sides = texts(pdf)
        assert len(sides) <= 2
        assert faults(pdf, paper) == []
        text = "".join(sides)
        assert [line for line in lines if line not in text] == []
        # The sheet alone: no frame, and none of what leads to the PDFs.
        assert text.startswith(title)
        assert [words for words in (*FRAME, "Large print") if squeezed(words) in text] == []
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) <= 2


def test_a_sheet_has_three_columns_in_black(printing: Visit) -> None:
    page = printing.open("sheets/sales/")
    for words in words_on(page.pdf(format="A4")):
        assert {int(word.left / SIZES["A4"][0] * 3) for word in words} == {0, 1, 2}
    for drawing in drawn(page):
        colours = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b", drawing)
        assert colours
        assert all(red == green == blue for red, green, blue in colours)


@pytest.mark.parametrize("path", ["sheets/sales/", "worksheets/the-walk-away/", "glossary/", ""])
def test_the_dark_scheme_prints_like_the_light_one(
    printing: Visit, browser: Browser, site: Site, path: str
) -> None:
    context = browser.new_context(color_scheme="dark")
    page = with_fonts(watch(context, site).open(path))
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert drawn(page) == drawn(with_fonts(printing.open(path)))
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_comes_out_readable_and_without_its_frame_and_nothing_is_torn_apart(
    printing: Visit, path: str
) -> None:
    page = printing.open(path)
    (title,) = words_of(page, "h1")
    parts = words_of(page, f".md-typeset :is({WHOLE})")
    headings = tuple(words_of(page, ".md-typeset :is(h2, h3, h4, .tabbed-labels > label)"))
    sides = texts(page.pdf(format="A4"))
    assert sides[0].startswith(title)
    assert [words for words in FRAME if squeezed(words) in "".join(sides)] == []
    assert [part for part in parts if not any(part in side for side in sides)] == []
    assert [side[-60:] for side in sides if headings and side.endswith(headings)] == []
    # Of a long page, what comes later is no different.
    assert faults(page.pdf(format="A4", page_ranges="1-8"), "A4") == []


def test_every_tab_is_open_under_its_label(printing: Visit) -> None:
    page = printing.open("playbooks/job-interview-negotiation/")
    labels = words_of(page, ".tabbed-labels > label")
    blocks = words_of(page, ".tabbed-block")
    assert len(labels) == len(blocks) == 2
    text = "".join(texts(page.pdf()))
    found = [f"{label}{block}" in text for label, block in zip(labels, blocks, strict=True)]
    assert found == [True, True]


def test_what_is_closed_on_the_screen_is_open_on_paper(printing: Visit) -> None:
    page = printing.open("sources/")
    page.locator(".md-typeset h1").evaluate(
        "heading => heading.insertAdjacentHTML('afterend', '<details><summary>More</summary><p>Behind it</p></details>')"
    )
    expect(page.get_by_text("Behind it")).to_be_hidden()
    assert "SourcesMoreBehinditTheworks" in "".join(texts(page.pdf()))


def test_paper_shows_where_links_to_other_sites_lead_once(printing: Visit) -> None:
    page = printing.open("sources/")
    before = "".join(texts(page.pdf()))
    page.locator(".md-typeset h1").evaluate(
        """heading => heading.insertAdjacentHTML('afterend',
            '<p><a class="pp-address" href="https://b.example/">https://b.example/</a>, ' +
            '<a href="https://a.example/work">A work</a>, <a href="../glossary/">inside</a></p>')"""
    )
    after = "".join(texts(page.pdf()))
    assert "httpsaexample" not in before
    assert after.count("Aworkhttpsaexamplework") == 1
    assert after.count("httpsbexample") == 1
    assert "insideTheworks" in after


def test_tick_boxes_and_blanks_are_on_the_paper(printing: Visit) -> None:
    page = printing.open("worksheets/the-walk-away/")
    page.emulate_media(media="print")
    box = page.locator(".pp-ticks input").first
    assert box.evaluate("box => getComputedStyle(box).borderTopStyle") == "solid"
    for blank in page.locator(".pp-field .pp-cell").all():
        assert blank.evaluate("blank => getComputedStyle(blank).borderBottomStyle") == "solid"
        room = blank.bounding_box()
        assert room
        assert room["height"] > 20, "nobody writes as small as that"
    for cell in page.locator(".pp-rows tbody td:visible").all():
        room = cell.bounding_box()
        assert room
        assert room["height"] > 20
    page.emulate_media(media="null")


@pytest.mark.parametrize("has_script", [True, False])
@pytest.mark.parametrize("name", ["the-walk-away", "concession-log", "practice-log", "story-bank"])
def test_a_blank_worksheet_is_paper_to_write_on(
    browser: Browser, site: Site, name: str, *, has_script: bool
) -> None:
    context = browser.new_context(java_script_enabled=has_script)
    page = watch(context, site).open(f"worksheets/{name}/")
    pdf = page.pdf(format="A4")
    text = "".join(texts(pdf))
    labels = [
        squeezed(words)
        for words in page.locator(".pp-part :is(label[for], th:not(.pp-tools))").all_inner_texts()
    ]
    assert [label for label in labels if label and label not in text] == []
    # What is on the screen to be pressed is not on the paper, and neither is the example.
    for words in ("Rename", "Add a row", "Save as CSV", "Open the example", "What you write is kept"):
        assert squeezed(words) not in text
    assert "Anexample" not in text
    assert faults(pdf, "A4") == []
    context.close()


def test_a_worksheet_prints_all_that_was_typed_into_it(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = watch(context, site).open("worksheets/pay-range/")
    given = {
        "Role and level": "Project lead, with a title that goes on and on beyond the end of any line",
        "Your tasks": " ".join(f"task{number}e" for number in range(400)),
        "Desired pay": "£62,000 as soon as the first year is over and both of us are content with it",
        "Minimum pay": "£54,500",
    }
    for label, words in given.items():
        page.get_by_label(label, exact=True).fill(words)
    rows = {"Part of pay, row 4": "A bicycle, " * 12, "Desired, row 4": "£1,200", "Minimum, row 1": "£50,000"}
    for label, words in rows.items():
        page.get_by_label(label, exact=True).fill(words)
    pdf = page.pdf(format="A4")
    text = "".join(texts(pdf))
    typed = [*given.values(), *rows.values()]
    assert [words for words in typed if squeezed(words) not in text] == []
    assert faults(pdf, "A4") == []
    context.close()


def test_the_drawing_of_a_worksheet_is_on_its_paper(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = watch(context, site).open("worksheets/pay-range/")
    page.get_by_role("button", name="Open the example as a copy").click()
    pdf = page.pdf(format="A4")
    text = "".join(texts(pdf))
    assert "Yours" in text
    assert squeezed("They overlap from £54,500 to £60,000.") in text
    assert text.count(squeezed("£54,500")) >= 3, "in its field, at the end of the drawn range, in its words"
    assert faults(pdf, "A4") == []
    context.close()


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["sheets/", "sheets/hiring-candidate/"])
def test_the_pages_of_sheets_fit_the_screen_and_hold_still(visit: Visit, path: str, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    page = visit.open(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    pictures = page.locator(".pp-thumbnail img")
    assert pictures.count() >= 2
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", value=True)
        assert picture.get_attribute("alt")
        # The room that is kept for it has its shape, so that nothing moves when it comes.
        wide, high = (int(picture.get_attribute(name) or 0) for name in ("width", "height"))
        shape: float = picture.evaluate("picture => picture.naturalWidth / picture.naturalHeight")
        assert shape == pytest.approx(wide / high, rel=0.01)


def test_a_sheet_is_two_steps_from_the_home_page_in_every_form(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("main").get_by_role("link", name="Cheat sheet").first.click()
    page.wait_for_url("**/sheets/*/")
    for name in ("A4", "US Letter"):
        links = page.locator(".pp-prints").get_by_role("link", name=name, exact=True)
        assert links.count() == 3
        for link in links.all():
            address = link.evaluate("link => link.href")
            assert page.request.get(address).headers["content-type"] == "application/pdf"


def test_all_tabs_fit_beside_each_other(visit: Visit) -> None:
    page = visit.open("sheets/")
    right = page.locator(".md-tabs__item").last.bounding_box()
    assert right
    assert right["x"] + right["width"] < 1280
