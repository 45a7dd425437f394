"""What the rules on marks, titles, links and repetitions find, leave alone and mend."""

import json
from pathlib import Path

import pytest

from good_handbook import GOOD, GoodHandbook
from playbook_press.autofix import mend
from playbook_press.load import read_handbook
from playbook_press.settings import Settings
from small_playbooks import HEAD, codes, listing, saying, titled

# Marks


@pytest.mark.parametrize(
    "entry",
    [
        "They ask (twice.",
        "They ask twice).",
        'They say "no and leave.',
        "They write [sic.",
        "They say “no and leave.",
        "They say no” and leave.",
        "They ask (twice] and leave.",
        "They ask )twice( and leave.",
    ],
)
def test_a_mark_without_a_partner_is_found(good: GoodHandbook, entry: str) -> None:
    assert "PB403" in codes(good.lint(listing(entry)))


@pytest.mark.parametrize(
    "entry",
    [
        "It's the other sides' figure, and they don't say 'why'.",
        'Theirs is 24" wide, and ours 18".',
        'A 24" screen stands between you.',
        'A "24" is on their shirt.',
        "You weigh a) the price and b) the date.",
        "You weigh (a) the price and (b) the date.",
        "They smile :) and wait.",
        "Their range is [10, 20), they say.",
        "They write `f(x` on the board.",
        r"They write \( on the board.",
        "They name [the term](glossary#batna) (and mean it).",
        'They say "yes (or so)" and leave.',
        "They say „nein“ and leave.",
    ],
)
def test_marks_with_partners_and_what_looks_like_marks_are_left_alone(good: GoodHandbook, entry: str) -> None:
    assert "PB403" not in codes(good.lint(listing(entry)))


def test_a_quotation_that_goes_on_in_the_next_paragraph_is_opened_again(good: GoodHandbook) -> None:
    note = {"title": "A note", "text": 'They wrote: "We can.\n\n"We will." That was all.'}
    assert good.lint(f"{HEAD}ethics: [{json.dumps(note)}]\n") == []


@pytest.mark.parametrize(
    ("title", "words", "meant"),
    [
        ("Asking For More", "How to ask.", "Asking for more"),
        ("Difficult Customers", "For talks with difficult customers.", "Difficult customers"),
        ("Asking With BATNA in Hand", "A good hand.", "Asking with BATNA in hand"),
        ("BEFORE YOU ASK", "What to do before.", "Before you ask"),
    ],
)
def test_a_title_like_a_headline_is_put_into_the_case_of_a_sentence(
    good: GoodHandbook, title: str, words: str, meant: str
) -> None:
    [finding] = good.lint(titled(title, words))
    assert (finding.code, finding.help) == ("PB404", f"write `{meant}`")


@pytest.mark.parametrize(
    "title",
    [
        "Asking for more",
        "A letter to Robin",
        "Writing to Mary Robinson",
        "Asking Will",
        "A day in May",
        "Talks in The Hague",
        "The price: What it holds",
        "HR and IT",
        "BATNA",
        "Use your BATNA",
        "Getting to Yes, briefly",
        'The sentence "Take It Or Leave It"',
        "Mr. Smith asks",
        "Übung macht den Meister",
        "I think I'll wait",
    ],
)
def test_names_acronyms_terms_and_works_keep_their_capitals(good: GoodHandbook, title: str) -> None:
    everything = (
        "The day you take it, leave a letter to the smith, will you? Getting it may be what it holds."
    )
    assert codes(good.lint(titled(title, everything))) == []


@pytest.mark.parametrize(
    ("address", "help_"),
    [
        ("www.example.org", "did you mean `https://www.example.org`?"),
        ("example.org/a?b=c", "did you mean `https://example.org/a?b=c`?"),
        ("robin@example.org", "did you mean `mailto:robin@example.org`?"),
        ("/playbooks/asking-for-time/", "did you mean `playbooks/asking-for-time`?"),
        ("../glossary.md#batna", "did you mean `glossary#batna`?"),
        ("javascript:alert(1)", "start it with `https://`"),
        ("data:text/html,hello", "start it with `https://`"),
        ("file:///etc/hosts", "start it with `https://`"),
        ("notes.pdf", "start it with `https://`"),
        ("https://", "start it with `https://`"),
    ],
)
def test_a_link_that_would_be_printed_as_text_is_told(good: GoodHandbook, address: str, help_: str) -> None:
    [finding] = good.lint(listing(f"Read [this]({address}) first."))
    assert finding.code == "PB405"
    assert finding.help.startswith(help_)


@pytest.mark.parametrize(
    "entry",
    [
        "Read [this](https://example.org/a_(b)) first.",
        "Read [this](mailto:robin@example.org) first.",
        "Read [this](playbooks/asking-for-time) first.",
        "They write `[this](www.example.org)`.",
        "They wrote it [sic](and meant it).",
        r"They wrote \[this\](www.example.org).",
    ],
)
def test_allowed_links_and_what_is_no_link_are_left_alone(good: GoodHandbook, entry: str) -> None:
    assert codes(good.lint(listing(entry))) == []


# The same twice


def test_the_same_line_in_two_playbooks_is_told_with_the_other_place(good: GoodHandbook) -> None:
    line = "I want to give you an answer that holds; may I come back to you by {deadline}?"
    slots = "slots: {deadline: {label: Day and time, example: Friday noon, type: date}}\n"
    [finding] = good.lint(saying(line) + slots)
    assert finding.code == "PB406"
    assert finding.message == "`ask-for-a-day` of `asking-for-time` says the same"


def test_short_lines_are_common_property_and_other_words_make_another_line(good: GoodHandbook) -> None:
    assert good.lint(saying("What else is there?", "What else?", "What, else?", "What else was there?")) == []


@pytest.mark.parametrize(
    "entries",
    [
        ["They have.", "They have"],
        ["They have.", "You have.", "THEY HAVE."],
        ["**They** have.", "**They** have."],
    ],
)
def test_an_entry_that_is_in_its_list_before_is_found(good: GoodHandbook, entries: list[str]) -> None:
    assert codes(good.lint(listing(*entries))) == ["PB408"]


def test_the_same_entry_in_two_lists_is_left_alone(good: GoodHandbook) -> None:
    steps = "steps: [{name: One, do: Ask., say: [Why is that?]}, {name: Two, do: Ask., say: [Why is that?]}]"
    signal = "{id: hm, name: Hm, they_say: [Hm., Hm.], means: Sums., respond: Wait.}"
    flow = f"{{id: ask, title: Ask, {steps}}}"
    assert good.lint(f"{listing('A day.')}avoid_when: [A day.]\nflows: [{flow}]\nsignals: [{signal}]\n") == []


def test_the_mark_to_write_is_that_of_the_mark_that_is_shown(good: GoodHandbook) -> None:
    [finding] = good.lint(f"{HEAD}use_when: [He says “no” and don’t.]\n")
    assert (finding.message, finding.help) == ("`’` is a curly mark", "write `'`")


# What is mended

CURLY = "They don’t say “yes” or ‘no’."
MENDED = {
    "a curly apostrophe": (f"{HEAD}use_when: [They don’t.]\n", f"{HEAD}use_when: [They don't.]\n"),
    "curly marks in a block": (
        f"{HEAD}use_when:\n  - >-\n    {CURLY}\n",
        f"{HEAD}use_when:\n  - >-\n    They don't say \"yes\" or 'no'.\n",
    ),
    "curly marks in double quotes": (
        f'{HEAD}use_when: ["{CURLY}"]\n',
        f'{HEAD}use_when: ["They don\'t say \\"yes\\" or \'no\'."]\n',
    ),
    "curly marks in single quotes": (
        f"{HEAD}use_when: ['{CURLY}']\n",
        f"{HEAD}use_when: ['They don''t say \"yes\" or ''no''.']\n",
    ),
    "a curly mark in front": (
        f"{HEAD}use_when:\n  - “Never” was their word.\n",
        f'{HEAD}use_when:\n  - "\\"Never\\" was their word."\n',
    ),
    "marks around a line": (saying("“Why is that?”"), saying("Why is that?")),
    "straight marks around a line": (saying('"Why: is it?"'), saying("Why: is it?")),
    "an address without https": (
        f"{HEAD}use_when: ['Read www.a.org, [a](www.a.org).']\n",
        f"{HEAD}use_when: ['Read www.a.org, [a](https://www.a.org).']\n",
    ),
    "an entry that is there twice": (
        f"{HEAD}owners: [Robin, Sam, Robin] # us\n",
        f"{HEAD}owners: [Robin, Sam] # us\n",
    ),
    "a text that is there twice": (
        f"{HEAD}use_when:\n  - They ask.\n  - They ask.\n  # then\n  - They go.\n",
        f"{HEAD}use_when:\n  - They ask.\n  # then\n  - They go.\n",
    ),
}
GUESSED = {
    "a title": (titled("Asking For More"), titled("Asking for more")),
    "entries that are nearly the same": (listing("They ask.", "they ask"), listing("They ask.")),
}


def mended(folder: Path, content: str, *, is_unsafe: bool) -> str:
    path = folder / "book.yml"
    path.write_text(content, encoding="utf-8", newline="")
    found = mend(read_handbook(GOOD, Path("good"), [path]), Settings(), [path], is_unsafe=is_unsafe)
    return next(document.text for document in found.handbook.documents if document.path == path)


@pytest.mark.parametrize("case", MENDED)
def test_what_is_surely_wrong_is_mended_and_nothing_else(tmp_path: Path, case: str) -> None:
    before, after = MENDED[case]
    assert mended(tmp_path, before, is_unsafe=False) == after
    crlf = before.replace("\n", "\r\n"), after.replace("\n", "\r\n")
    assert mended(tmp_path, crlf[0], is_unsafe=False) == crlf[1]
    assert mended(tmp_path, after, is_unsafe=True) == after


@pytest.mark.parametrize("case", GUESSED)
def test_what_may_be_meant_so_is_mended_when_asked_for(tmp_path: Path, case: str) -> None:
    before, after = GUESSED[case]
    assert mended(tmp_path, before, is_unsafe=False) == before
    assert mended(tmp_path, before, is_unsafe=True) == after


@pytest.mark.parametrize("line", ['"Yes" and "no"', '"Why?" is all I ask.', "'Tis late", "«Oui» et «non»"])
def test_marks_that_are_part_of_a_line_stay(good: GoodHandbook, line: str) -> None:
    assert codes(good.lint(saying(line))) == []


@pytest.mark.parametrize("comment", ["", " # for the night shift"])
def test_what_is_left_for_a_person_is_not_called_mendable(good: GoodHandbook, comment: str) -> None:
    (twice,) = good.lint(f"{HEAD}use_when:\n  - They ask.\n  - They ask.{comment}\n")
    assert (twice.code, twice.fixable) == ("PB408", comment == "")
