"""The pages of a handbook, as Markdown."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from good_handbook import GOOD
from playbook_press.gather import handout
from playbook_press.lint import lint
from playbook_press.load import read_handbook
from playbook_press.model import Context, Library, Playbook, Script, Slot, Source, Term
from playbook_press.navigation import navigation
from playbook_press.pages import BROWSER, PAPER_NAMES, PRINTS, build_pages
from playbook_press.paper.cards import print_cards
from playbook_press.paper.formats import EITHER
from playbook_press.paper.printer import Options, Printer, print_sheets
from playbook_press.render import Page, mark_addresses
from playbook_press.search import entries
from small_playbooks import HEAD, codes


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(GOOD, Path("playbooks")).library


def playbook(title: str, example: str) -> Playbook:
    script = Script(
        id="name-it", stage="trade", contexts=("sales",), they_say="How much?", say="Say {my-figure}."
    )
    slot = Slot(label="Your figure", example=example, type="money")
    return Playbook(
        title=title, kind="note", summary="A summary.", slots={"my-figure": slot}, scripts=(script,)
    )


def pages(library: Library, *, has_sheets: bool = False) -> dict[str, Page]:
    built = build_pages(library, "Good", "https://good.example/", has_sheets=has_sheets)
    return {page.path: page for page in built}


def test_a_blank_shows_the_example_of_its_own_playbook(library: Library) -> None:
    both = replace(library, playbooks={"rent": playbook("Rent", "£900"), "pay": playbook("Pay", "£62,000")})
    built = pages(both)
    assert "£900" in built["playbooks/rent.md"].markdown
    assert "£62,000" not in built["playbooks/rent.md"].markdown
    assert re.search(r"£900.*£62,000", built["contexts/sales.md"].markdown, re.DOTALL)
    found = {entry.at: entry.answer for entry in entries(both)}
    assert found["playbooks/rent/#name-it"] == "Say £900."
    assert found["playbooks/pay/#name-it"] == "Say £62,000."


def test_what_is_found_is_plain_words() -> None:
    term = Term(term="*anchor*", meaning="The `first` figure.", also=("_opening_ figure",))
    source = Source(title="*A book*", authors=("Ann \\& Bob",), contributes="What **it** says.")
    context = Context(title="*Sales*", summary="To sell.", across="A buyer.")
    marked = Library(contexts={"sales": context}, sources={"book": source}, glossary={"anchor": term})
    for entry in entries(marked, has_sheets=True):
        assert not re.search(r"[*_`\\]", f"{entry.title} {entry.answer} {entry.more}"), entry


def test_an_id_that_is_a_term_of_the_glossary_stays_an_id(library: Library) -> None:
    term = Term(term="anchor", meaning="The first figure named.")
    script = Script(id="anchor", stage="trade", title="Anchor", say="One figure.", because="An anchor pulls.")
    made = Playbook(title="Anchors", kind="note", summary="On the anchor.", scripts=(script,))
    both = replace(library, playbooks={"anchors": made}, glossary={"anchor": term})
    markdown = pages(both)["playbooks/anchors.md"].markdown
    assert "{ #anchor }" in markdown
    assert markdown.count('[anchor](../glossary.md#anchor "The first figure named.")') == 1


def test_a_letter_that_only_looks_like_one_of_a_term_makes_another_word(library: Library) -> None:
    term = Term(term="sunk cost", meaning="What is spent.")
    made = Playbook(title="Costs", kind="note", summary="A ſunk coſt, and a sunk cost.")
    both = replace(library, playbooks={"costs": made}, glossary={"sunk-cost": term})
    assert "A ſunk coſt, and a [sunk cost](" in pages(both)["playbooks/costs.md"].markdown


@pytest.mark.parametrize("has_sheets", [False, True])
def test_every_page_of_the_navigation_is_built_and_edited_where_it_is_written(
    library: Library, *, has_sheets: bool
) -> None:
    built = pages(library, has_sheets=has_sheets)

    def listed(nav: object) -> list[str]:
        if isinstance(nav, str):
            return [nav]
        children = nav.values() if isinstance(nav, dict) else nav
        assert isinstance(children, (list, type({}.values())))
        return [path for child in children for path in listed(child)]

    # What is shown without a network is for nobody to choose.
    assert {*listed(navigation(library, {}, has_sheets=has_sheets)), "offline.md"} == set(built)
    assert ("sheets/sales.md" in built) == has_sheets
    assert built["playbooks/asking-for-time.md"].edited_at == "asking-for-time.yml"
    for page in built.values():
        assert page.edited_at is None or (GOOD / page.edited_at).is_file()


def test_every_page_can_be_linked_to(library: Library, tmp_path: Path) -> None:
    addresses = [path.removesuffix(".md").removesuffix("/index") for path in pages(library, has_sheets=True)]
    links = " ".join(f"[it]({address})" for address in addresses)
    (tmp_path / "links.yml").write_text(f"{HEAD}use_when: ['{links}']\n", encoding="utf-8")
    handbook = read_handbook(GOOD, Path("good"), [tmp_path / "links.yml"])
    found = codes(lint(replace(handbook, written=frozenset())))
    assert len(addresses) > 50
    assert "PB312" not in found


def test_a_context_has_its_own_lines_first(library: Library) -> None:
    general = Script(id="general", stage="trade", title="For any", say="Any.")
    special = Script(id="special", stage="trade", contexts=("sales",), title="For sales", say="Sales.")
    made = Playbook(title="Lines", kind="note", summary="Two lines.", scripts=(general, special))
    found = handout(replace(library, playbooks={"lines": made}), "sales")
    assert [item.part.id for item in found.scripts["trade"]] == ["special", "general"]


def test_a_sheets_page_leads_to_every_pdf_of_it(library: Library) -> None:
    markdown = pages(library, has_sheets=True)["sheets/sales.md"].markdown
    linked = set(re.findall(r"\(([\w-]+\.pdf)\)", markdown))
    printed = {
        path for print_all in (print_sheets, print_cards) for path, _ in print_all(library, "Good", "")
    }
    assert {f"sheets/{name}" for name in linked} == {path for path in printed if "/sales-" in path}
    assert len(linked) == len(PRINTS) * len(PAPER_NAMES)


def test_a_sheets_page_holds_what_fits_with_some_room_to_spare() -> None:
    # As long as lines on a sheet are, and more of them than any sheet has room for.
    script = Script(
        id="line", stage="trade", they_say="Is that all?", say="So {my-figure} it is. " * 6, sheet=1
    )
    slot = Slot(label="Your figure", example="£62,000", type="money")
    scripts = tuple(
        script.model_copy(update={"id": f"line-{number}", "they_say": f"Question {number}?"})
        for number in range(100)
    )
    made = playbook("Lines", "£900").model_copy(update={"scripts": scripts, "slots": {"my-figure": slot}})
    good = read_handbook(GOOD, Path("playbooks")).library
    full = replace(good, playbooks={"lines": made})
    markdown = pages(full, has_sheets=True)["sheets/sales.md"].markdown
    shown = len(re.findall(r"\[“Question", markdown))
    printer = Printer(full, "Good", "", Options(EITHER))
    on_paper = len(printer.choose(printer.sheet("sales")))
    assert 0.7 * on_paper < shown < on_paper < 100
    assert (
        markdown.count(
            '<span class="pp-slot" data-slot="my-figure" data-type="money" title="Your figure">£62,000</span>'
        )
        == 6 * shown
    )
    assert "All 100 lines" in markdown
    assert BROWSER.height < EITHER.height


def test_a_sheets_page_has_what_a_sheet_has(library: Library) -> None:
    markdown = pages(library, has_sheets=True)["sheets/sales.md"].markdown
    for label in ("My target", "My limit", "If no deal, I"):
        assert f"<span>{label}</span>" in markdown
    printer = Printer(library, "Good", "", Options(BROWSER))
    sheet = printer.sheet("sales")
    sections = [sheet.units[index].section for index in printer.choose(sheet)]
    assert re.findall(r"^## (.+)$", markdown, re.MULTILINE) == list(dict.fromkeys(sections))
    assert "(../contexts/sales.md)" in markdown
    assert "good.example/contexts/sales/" in markdown


def test_only_a_link_whose_words_are_its_address_is_marked() -> None:
    for words in ("https://a.example/b?c&amp;d", "a.example/b?c&amp;d"):
        link = f'<a href="https://a.example/b?c&amp;d">{words}</a>'
        assert mark_addresses(link) == link.replace("<a ", '<a class="pp-address" ')
    other = '<a href="https://a.example/">A work</a>, <a href="../b/">../b/</a>'
    assert mark_addresses(other) == other
