"""A fix changes what it means to change, and leaves every other byte of the file alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from good_handbook import GOOD, GoodHandbook
from playbook_press.autofix import Mended, mend
from playbook_press.fixes import Fix, Respace
from playbook_press.lint import lint
from playbook_press.load import File, files_of, read_files
from playbook_press.rules import all_rules
from playbook_press.settings import Settings

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"
SCRIPT = "scripts:\n  - id: ask\n    stage: open\n    say: Why is that?\n"
FORM = "title: A form\nsummary: A summary.\nparts:\n- type: form\n  id: pay\n  title: Pay\n  fields:\n"


def mended(folder: Path, text: str, *, is_unsafe: bool = False) -> tuple[str, Mended]:
    """What becomes of a playbook, or of a worksheet, beside the good ones."""
    path = folder / "book.yml"
    path.write_bytes(text.encode())
    collection = "worksheets" if "\nparts:" in text.replace("\r", "") else "playbooks"
    handbook = read_files(GOOD, [*files_of(GOOD, Path("good")), File(collection, path, path)])
    found = mend(handbook, Settings(), [path], is_unsafe=is_unsafe)
    document = next(document for document in found.handbook.documents if document.path == path)
    return "\ufeff" * document.byte_order_marks + document.text, found


def of(folder: Path, text: str, *, is_unsafe: bool = False) -> str:
    return mended(folder, text, is_unsafe=is_unsafe)[0]


# What is mended

MENDED = {
    "PB004 a tab in a text": (f"{HEAD}use_when:\n  - They\thave.\n", f"{HEAD}use_when:\n  - They have.\n"),
    "PB015 spaces at the ends of lines": (f"{HEAD}owners: [Robin]  \n   \n", f"{HEAD}owners: [Robin]\n\n"),
    "PB101 a misspelt key": (f"{HEAD}use_wen:\n  - They have.\n", f"{HEAD}use_when:\n  - They have.\n"),
    "PB101 a misspelt key in quotes": (
        f'{HEAD}"use-when": [They have.]\n',
        f'{HEAD}"use_when": [They have.]\n',
    ),
    "PB102 a missing id": (
        f"{HEAD}scripts:\n  - stage: open\n    title: Ask why, then wait\n    say: Why?\n",
        f"{HEAD}scripts:\n  - id: ask-why-then-wait\n    stage: open\n    title: Ask why, then wait\n    say: Why?\n",
    ),
    "PB102 a missing id in braces": (
        f"{HEAD}scripts: [{{stage: open, title: Ask why, say: Why?}}]\n",
        f'{HEAD}scripts: [{{id: "ask-why", stage: open, title: Ask why, say: Why?}}]\n',
    ),
    "PB104 a misspelt choice": (f"{HEAD}status: 'reviewd' # soon\n", f"{HEAD}status: 'reviewed' # soon\n"),
    "PB105 an id in capitals": (
        f"{HEAD}{SCRIPT}".replace("id: ask", "id: Ask Why"),
        f"{HEAD}{SCRIPT}".replace("id: ask", "id: ask-why"),
    ),
    "PB301 a misspelt context": (
        f"{HEAD}{SCRIPT}    contexts: [slaes] # whoever buys\n",
        f"{HEAD}{SCRIPT}    contexts: [sales] # whoever buys\n",
    ),
    "PB303 a misspelt kind": (HEAD.replace("kind: note", "kind: noet"), HEAD),
    "PB304 a misspelt source": (
        f'{HEAD}sources: ["fishre-ury-2011"]\n',
        f'{HEAD}sources: ["fisher-ury-2011"]\n',
    ),
    "PB305 a misspelt worksheet": (f"{HEAD}worksheets:\n- walk-awya\n", f"{HEAD}worksheets:\n- walk-away\n"),
    "PB405 an address without its scheme": (
        f"{HEAD}use_when:\n  - See [the list](www.example.org/a) first.  # often\n",
        f"{HEAD}use_when:\n  - See [the list](https://www.example.org/a) first.  # often\n",
    ),
    "PB407 curly quotation marks": (
        f"{HEAD}use_when:\n  - They don\u2019t say \u201cyes\u201d.\n",
        f'{HEAD}use_when:\n  - They don\'t say "yes".\n',
    ),
    "PB408 an entry that stands there twice": (
        f"{HEAD}{SCRIPT}    contexts: [sales,  sales, hiring-candidate]\n",
        f"{HEAD}{SCRIPT}    contexts: [sales, hiring-candidate]\n",
    ),
    "PB408 a line that stands there twice": (
        f"{HEAD}use_when:\n  - They have.  # one\n  - They have.\n  - They had.\n",
        f"{HEAD}use_when:\n  - They have.  # one\n  - They had.\n",
    ),
    "PB302 a misspelt stage": (f"{HEAD}{SCRIPT}".replace("stage: open", "stage: opne"), f"{HEAD}{SCRIPT}"),
    "PB306 a misspelt playbook": (
        f"{HEAD}related: [asking-for-tiem] # next\n",
        f"{HEAD}related: [asking-for-time] # next\n",
    ),
    "PB308 a misspelt slot": (
        f"{HEAD}slots:\n  amount: {{label: A sum, example: £5}}\nuse_when:\n  - >-\n    They name\n    {{amuont}} or {{amount}}.\n",
        f"{HEAD}slots:\n  amount: {{label: A sum, example: £5}}\nuse_when:\n  - >-\n    They name\n    {{amount}} or {{amount}}.\n",
    ),
    "PB314 a misspelt slot in a worksheet": (
        f"{FORM}  - {{id: target, label: A target, slot: my-figrue}} # first\n",
        f"{FORM}  - {{id: target, label: A target, slot: my-figure}} # first\n",
    ),
}


@pytest.mark.parametrize("value", ["related: [minimal asking-for-time]", "worksheets: [../walk-away]"])
def test_a_reference_that_is_no_id_is_not_mended_without_being_asked_to_guess(
    tmp_path: Path, value: str
) -> None:
    before = f"{HEAD}{value}\n"
    assert of(tmp_path, before) == before


@pytest.mark.parametrize("case", MENDED)
def test_a_safe_fix_changes_what_it_names_and_nothing_else(tmp_path: Path, case: str) -> None:
    before, after = MENDED[case]
    assert of(tmp_path, before) == after
    assert of(tmp_path, before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")
    assert of(tmp_path, "\ufeff" + before) == "\ufeff" + after


@pytest.mark.parametrize("case", MENDED)
def test_a_second_time_there_is_nothing_left_to_mend(tmp_path: Path, case: str) -> None:
    text, found = mended(tmp_path, MENDED[case][1])
    assert text == MENDED[case][1]
    assert found.fixed == []


UNSAFE = {
    "PB004 a tab in front of a line": (
        f"{HEAD}use_when:\n\t- They have.\n",
        f"{HEAD}use_when:\n  - They have.\n",
    ),
    "PB404 a title in capitals": (
        HEAD.replace("A title", "How To Ask For More"),
        HEAD.replace("A title", "How to ask for more"),
    ),
    "PB308 a slot that nobody declared": (
        f"{HEAD}use_when: ['They name {{their-figure}}.']\n",
        f"{HEAD}slots:\n  their-figure:\n    label: Their figure\n    example: their figure\nuse_when: ['They name {{their-figure}}.']\n",
    ),
}


@pytest.mark.parametrize("case", UNSAFE)
def test_a_fix_that_guesses_waits_to_be_asked_for(tmp_path: Path, case: str) -> None:
    before, after = UNSAFE[case]
    assert of(tmp_path, before) == before
    assert of(tmp_path, before, is_unsafe=True) == after


# What is left alone


@pytest.mark.parametrize("stage", ["preparing-to-open", "the-moon"])
def test_a_name_that_none_or_two_come_near_is_left_to_the_author(tmp_path: Path, stage: str) -> None:
    text = f"{HEAD}{SCRIPT}".replace("stage: open", f"stage: {stage}")
    assert of(tmp_path, text) == text


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("slots:\n  min-price: {label: A price, example: £5}\nuse_when: ['{min-price}, {max-price}.']", "PB308"),
        ("slots:\n  date-1: {label: A date, example: Friday}\nuse_when: ['{date-1}, {date-2}.']", "PB308"),
        ("scripts:\n  - {id: ask, stage: open, channel: unspoken, say: 'Why is that?'}", "PB104"),
    ],
)  # fmt: skip
def test_what_is_near_and_no_slip_of_the_keyboard_is_told_and_left(
    tmp_path: Path, wrong: str, code: str
) -> None:
    text = f"{HEAD}{wrong}\n"
    unchanged, found = mended(tmp_path, text)
    assert unchanged == text
    [finding] = [one for one in found.left if one.path.endswith("book.yml")]
    assert (finding.code, finding.help[:13]) == (code, "did you mean ")


def test_two_slots_that_are_like_each_other_are_both_declared(tmp_path: Path) -> None:
    used = "use_when: ['{this-day}, {that-day}, {date}, {dates}.']\n"
    text = of(tmp_path, f"{HEAD}{used}", is_unsafe=True)
    assert text.endswith(used)
    for name in ("this-day", "that-day", "date", "dates"):
        assert f"\n  {name}:\n    label: " in text
    declared = "slots:\n  amount:\n    label: A sum\n    example: £5\n"
    more = of(tmp_path, f"{HEAD}{declared}{used}", is_unsafe=True)
    assert more.endswith(used)
    assert more.count("    label: ") == 5


@pytest.mark.parametrize(
    "entries",
    [
        "use_when:\n  - They ask.\n  - They ask.  # chapter 3\n  - They answer.\n",
        "use_when:\n  - They ask.\n  # chapter 3\n  - They ask.\n  - They answer.\n",
        "use_when:\n  - They ask.\n  - >-  # chapter 3\n    They ask.\n  - They answer.\n",
        "use_when: [They ask., # chapter 3\n  They ask., They answer.]\n",
    ],
)
def test_an_entry_with_a_comment_is_left_to_the_author(tmp_path: Path, entries: str) -> None:
    text, found = mended(tmp_path, f"{HEAD}{entries}")
    assert text == f"{HEAD}{entries}"
    assert "PB408" in [finding.code for finding in found.left]


def test_comments_quotes_order_and_odd_spacing_stay(tmp_path: Path) -> None:
    text = (
        "# A comment first\n"
        "summary:   'It''s a summary.'   # why\n"
        "kind:   note\n\n\n"
        'title: "A \\u00e9 title"\n'
        "staus:  draft\n"
        "use_when: [ 'One thing.',   \"Another.\" ,\n   A third. ]\n"
        "# the end"
    )
    expected = text.replace("staus:", "status:")
    assert of(tmp_path, text) == expected


def test_fixes_of_one_place_are_made_in_turns(tmp_path: Path) -> None:
    text = f"{HEAD}scripts:\n  - stge: opne \n    title: Ask why\n    say: Why is that?\n"
    assert of(tmp_path, text) == (
        f"{HEAD}scripts:\n  - id: ask-why\n    stage: open\n    title: Ask why\n    say: Why is that?\n"
    )


def test_a_rename_that_would_make_two_keys_of_one_name_is_not_made(tmp_path: Path) -> None:
    text = f"{HEAD}use_when: [They have.]\nuse_wen: [They had.]\n"
    assert of(tmp_path, text) == text


def test_a_synonym_of_two_words_is_no_id_to_be(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.yml"
    path.write_text("- [a b, price]\n- [Fee, cost]\n", encoding="utf-8")
    handbook = read_files(GOOD, [*files_of(GOOD, Path("good")), File("vocabulary", path, path)])
    found = mend(handbook, Settings(), [path])
    assert found.handbook.documents[-1].text == "- [a b, price]\n- [fee, cost]\n"
    assert len(found.fixed) == 1
    [left] = found.left
    assert (left.message, left.help) == (
        "`a b` is not a word in small letters",
        "write a single word, of the letters a to z",
    )


def test_a_fix_after_which_the_file_is_as_it_was_is_no_mending(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.yml"
    path.write_text(f"{HEAD}owners: [Robin] \n", encoding="utf-8")
    handbook = read_files(GOOD, [*files_of(GOOD, Path("good")), File("playbooks", path, path)])
    [finding] = [one for one in lint(handbook) if one.path == path.as_posix()]
    assert finding.fix is not None
    [change] = finding.fix.changes
    assert isinstance(change, Respace)
    useless = replace(finding, fix=Fix((change._replace(text=" "),)))
    monkeypatch.setattr("playbook_press.autofix.lint", lambda *_: [useless])
    found = mend(handbook, Settings(), [path])
    assert (found.fixed, found.left) == ([], [useless])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_whatever_is_broken_a_second_run_changes_nothing(tmp_path: Path, data: st.DataObject) -> None:
    text = (GOOD / "asking-for-time.yml").read_text(encoding="utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text) - 1))
        text = (
            text[:place]
            + data.draw(st.sampled_from(["", " ", "\t", "x", "\n", "- ", "  \n"]))
            + text[place + 1 :]
        )
    once, _ = mended(tmp_path, text, is_unsafe=True)
    twice, found = mended(tmp_path, once, is_unsafe=True)
    assert twice == once
    assert found.fixed == []


def test_every_rule_that_can_mend_is_seen_to_mend() -> None:
    mended_codes = {case[:5] for case in {**MENDED, **UNSAFE}}
    assert mended_codes == {code for code, rule in all_rules().items() if rule.fixable}
    assert len(mended_codes) >= 8


def test_a_rule_says_whether_it_can_mend(good: GoodHandbook) -> None:
    for before, _ in [*MENDED.values(), *UNSAFE.values()]:
        for finding in good.lint(before):
            assert all_rules()[finding.code].fixable or not finding.fixable
