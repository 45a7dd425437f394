"""The pages of a handbook, as Markdown."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from good_handbook import GOOD
from playbook_press.gather import handout
from playbook_press.load import read_handbook
from playbook_press.model import Library, Playbook, Script, Slot, Term
from playbook_press.pages import build_pages, navigation
from playbook_press.render import Page
from playbook_press.search import entries


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


def pages(library: Library) -> dict[str, Page]:
    return {page.path: page for page in build_pages(library, "Good")}


def test_a_blank_shows_the_example_of_its_own_playbook(library: Library) -> None:
    both = replace(library, playbooks={"rent": playbook("Rent", "£900"), "pay": playbook("Pay", "£62,000")})
    built = pages(both)
    assert "£900" in built["playbooks/rent.md"].markdown
    assert "£62,000" not in built["playbooks/rent.md"].markdown
    assert re.search(r"£900.*£62,000", built["contexts/sales.md"].markdown, re.DOTALL)
    found = {entry.at: entry.answer for entry in entries(both)}
    assert found["playbooks/rent/#name-it"] == "Say £900."
    assert found["playbooks/pay/#name-it"] == "Say £62,000."


def test_an_id_that_is_a_term_of_the_glossary_stays_an_id(library: Library) -> None:
    term = Term(term="anchor", meaning="The first figure named.")
    script = Script(id="anchor", stage="trade", title="Anchor", say="One figure.", because="An anchor pulls.")
    made = Playbook(title="Anchors", kind="note", summary="On the anchor.", scripts=(script,))
    both = replace(library, playbooks={"anchors": made}, glossary={"anchor": term})
    markdown = pages(both)["playbooks/anchors.md"].markdown
    assert "{ #anchor }" in markdown
    assert markdown.count('[anchor](../glossary.md#anchor "The first figure named.")') == 1


def test_every_page_of_the_navigation_is_built_and_edited_where_it_is_written(library: Library) -> None:
    built = pages(library)

    def listed(nav: object) -> list[str]:
        if isinstance(nav, str):
            return [nav]
        children = nav.values() if isinstance(nav, dict) else nav
        assert isinstance(children, (list, type({}.values())))
        return [path for child in children for path in listed(child)]

    assert set(listed(navigation(library, {}))) == set(built)
    assert built["playbooks/asking-for-time.md"].edited_at == "asking-for-time.yml"
    for page in built.values():
        assert page.edited_at is None or (GOOD / page.edited_at).is_file()


def test_a_context_has_its_own_lines_first(library: Library) -> None:
    general = Script(id="general", stage="trade", title="For any", say="Any.")
    special = Script(id="special", stage="trade", contexts=("sales",), title="For sales", say="Sales.")
    made = Playbook(title="Lines", kind="note", summary="Two lines.", scripts=(general, special))
    found = handout(replace(library, playbooks={"lines": made}), "sales")
    assert [item.part.id for item in found.scripts["trade"]] == ["special", "general"]
