"""Readers ask the handbook's search in their own words, and find the place that answers."""

from typing import TypedDict

import yaml
from playwright.sync_api import Page, expect

from site_under_test import ROOT, Visit

ENOUGH = 54
"""How many of the questions must be answered among the first three results."""


class Question(TypedDict):
    question: str
    answers: list[str]


QUESTIONS: list[Question] = yaml.safe_load((ROOT / "tests/questions.yml").read_text(encoding="utf-8"))


def ask(page: Page, words: str) -> list[str]:
    """Type the words into the search, and give the addresses it finds, best first."""
    page.locator(".md-search__input").fill(words)
    # The list says which words its results belong to: those of the question before may still stand there.
    expect(page.locator(".md-search-result__list")).to_have_attribute("data-query", words)
    found: list[str] = page.locator(".md-search-result__link").evaluate_all(
        "links => links.map((link) => link.href)"
    )
    return found


def test_there_are_sixty_different_questions_and_each_answer_is_a_place_of_the_site(visit: Visit) -> None:
    assert len({question["question"] for question in QUESTIONS}) == len(QUESTIONS) == 60
    missing = []
    for question in QUESTIONS:
        assert 1 <= len(question["answers"]) <= 4, question["question"]
        for answer in question["answers"]:
            path, _, anchor = answer.partition("#")
            page = visit.site.folder / path / "index.html"
            if not page.is_file() or (anchor and f'id="{anchor}"' not in page.read_text(encoding="utf-8")):
                missing.append(f"{question['question']}: {answer}")
    assert not missing, "\n".join(missing)


def test_most_questions_find_an_answer_among_the_first_three_results(visit: Visit) -> None:
    page = visit.open()
    missed = []
    for question in QUESTIONS:
        found = [address.removeprefix(visit.site.address) for address in ask(page, question["question"])]
        if not set(found[:3]) & set(question["answers"]):
            lines = [question["question"], *(f"    {place}" for place in found[:5] or ["nothing"])]
            missed.append("\n".join(lines))
    answered = len(QUESTIONS) - len(missed)
    report = "\n".join([f"{answered} of {len(QUESTIONS)} are answered; these are not:", *missed])
    assert answered >= ENOUGH, report
