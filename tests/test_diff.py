"""What a change does is told in a reader's words, and nothing that differs is passed over."""

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from good_handbook import GOOD
from playbook_press.changes.entries import Changes
from playbook_press.changes.handbook import diff
from playbook_press.changes.headline import headline
from playbook_press.changes.markdown import as_markdown
from playbook_press.changes.outline import outline
from playbook_press.changes.record import as_json
from playbook_press.changes.sheets import with_sheets
from playbook_press.changes.side import Side, read_side
from playbook_press.changes.terminal import as_text
from playbook_press.changes.words import split, word_diff
from playbook_press.model import Library, Text, texts

Edits = Mapping[str, tuple[str, str] | str | None]
"""By file: what to replace in it and by what, or all of its text, or None to delete it."""

EVERY = "every-field.yml"
TIME = "asking-for-time.yml"


@pytest.fixture
def after(tmp_path: Path) -> Callable[[Edits], Side]:
    """Reads the good handbook as it is after some edits."""

    def edited(edits: Edits) -> Side:
        folder = tmp_path / f"handbook-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(GOOD, folder)
        for name, edit in edits.items():
            path = folder / name
            if edit is None:
                path.unlink()
            elif isinstance(edit, str):
                path.write_text(edit, encoding="utf-8")
            else:
                text = path.read_text(encoding="utf-8")
                assert edit[0] in text, f"{name} has no {edit[0]!r}"
                path.write_text(text.replace(edit[0], edit[1]), encoding="utf-8")
        return read_side(folder, Path("playbooks"))

    return edited


@pytest.fixture
def changes(after: Callable[[Edits], Side]) -> Callable[[Edits], Changes]:
    """What some edits of the good handbook do, but for its sheets."""
    return lambda edits: diff(read_side(GOOD, Path("playbooks")).library, after(edits).library)


@pytest.fixture
def told(changes: Callable[[Edits], Changes]) -> Callable[[Edits], str]:
    """The same, as text for a terminal without colours."""
    return lambda edits: as_text(outline(changes(edits)))


Told = Callable[[Edits], str]


# Scripts


def test_a_reworded_script_shows_the_words_that_differ(told: Told) -> None:
    text = told({EVERY: ("I ask because the answer helps us both.", "I ask because it would help us both.")})
    assert text.startswith("1 script reworded.\n")
    assert "  - reworded “Your price is too high.”\n" in text
    assert "because [-the answer helps-] {+it would help+} us both." in " ".join(text.split())


@pytest.mark.parametrize(
    ("old", "new", "verb", "line"),
    [
        ("they_say: Your price", "they_say: The price", "reworded", "they say: [-Your-] {+The+} price"),
        ("instead_of: That is", "instead_of: It is", "reworded", "instead of: [-That-] {+It+} is our price."),
        ("stage: explore", "stage: trade", "moved", "stage: [-Explore-] {+Trade+}"),
        (
            "contexts: [sales, hiring-candidate]",
            "contexts: [sales]",
            "moved",
            "contexts: Sales, [-Hiring, as the candidate-]",
        ),
        (
            "    contexts: [sales, hiring-candidate]\n",
            "",
            "moved",
            "contexts: {+every context,+} [-Sales,-] [-Hiring, as the candidate-]",
        ),
        ("because: A reason", "because: Reasons", "changed", "because: [-A reason-] {+Reasons+} can"),
        ("stop_when: They repeat", "stop_when: She repeats", "changed", "[-They repeat-] {+She repeats+}"),
        ("    channel: written\n", "", "changed", "channel: [-written-] {+spoken+}"),
    ],
)
def test_each_way_to_change_a_script_has_its_verb(
    told: Told, old: str, new: str, verb: str, line: str
) -> None:
    text = told({EVERY: (old, new)})
    assert f"1 script {verb}" in text.splitlines()[0]
    assert f"  - {verb} " in text
    assert line in text


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (TIME, "stage: pressure\n", "stage: pressure\n    sheet: 3\n", "[-no rank-] {+3+}"),
        (EVERY, "    sheet: 2\n", "    sheet: 7\n", "[-2-] {+7+}"),
        (EVERY, "    sheet: 2\n", "", "[-2-] {+no rank+}"),
    ],
)
def test_a_rank_that_is_given_changed_or_taken_is_told(
    told: Told, name: str, old: str, new: str, line: str
) -> None:
    text = told({name: (old, new)})
    assert text.splitlines()[0] in {"1 script re-ranked.", "1 pitfall re-ranked."}
    assert f"rank on the sheet: {line}" in text


OPEN = (
    "  - id: name-what-is-open\n    stage: close\n    title: Name what is open\n"
    "    say: Two points are open for me. Let us settle them by {deadline}.\n"
)


def test_a_new_script_is_shown_whole(told: Told) -> None:
    script = (
        "scripts:\n  - id: be-quiet\n    stage: trade\n    contexts: [sales]\n    sheet: 4\n"
        "    they_say: Well?\n    say: Give me a moment.\n    because: Silence is yours, too.\n"
        "    sources: [fisher-ury-2011]\n"
    )
    text = told({EVERY: ("scripts:\n", script)})
    assert text.splitlines()[0] == "1 script added."
    assert "  - added “Well?” (Trade; Sales; rank 4 on the sheet)\n" in text
    assert "      say: Give me a moment.\n" in text
    assert "      because: Silence is yours, too.\n" in text
    assert "      sources: Fisher and Ury, 2011" in text


def test_a_removed_script_shows_what_was_said(told: Told) -> None:
    text = told({TIME: (OPEN, "")})
    assert text.splitlines()[0] == "1 script removed."
    assert "  - removed Name what is open\n      say: [-Two points are open for me." in text


def test_a_script_with_a_new_id_is_the_same_script(told: Told) -> None:
    text = told({EVERY: ("id: ask-why", "id: why")})
    assert text.splitlines()[0] == "1 script renamed."
    assert "address: [-ask-why-] {+why+}" in text


def test_a_script_that_goes_to_another_playbook_is_moved_and_not_lost(told: Told) -> None:
    text = told({TIME: (OPEN, ""), EVERY: ("scripts:\n", f"scripts:\n{OPEN}")})
    assert text.splitlines()[0] == "1 script moved."
    assert "  - moved to A playbook with everything Name what is open" in text
    assert "  - moved from Asking for time Name what is open" in text


def test_scripts_in_another_order_are_told(told: Told) -> None:
    first, second = "  - id: ask-for-a-day\n", "  - id: name-what-is-open\n"
    text = (GOOD / TIME).read_text(encoding="utf-8")
    head, rest = text.split(first)
    one, rest = rest.split(second)
    two, tail = rest.split("pitfalls:")
    swapped = f"{head}{second}{two}{first}{one}pitfalls:{tail}"
    assert "The order differs" in told({TIME: swapped})


# Playbooks


def test_a_change_that_no_reader_sees_is_called_so(told: Told) -> None:
    assert told({}) == "Nothing changes for a reader."
    rewritten = (
        (GOOD / TIME)
        .read_text(encoding="utf-8")
        .replace("title: Asking for time", "# Why\ntitle: 'Asking for time'")
    )
    assert told({TIME: rewritten}) == "Nothing changes for a reader."


def test_a_renamed_playbook_is_not_a_new_one(told: Told) -> None:
    text = (GOOD / TIME).read_text(encoding="utf-8")
    found = told({TIME: None, "time-to-think.yml": text.replace("Asking for time", "Time to think")})
    assert found.startswith("1 playbook renamed; ")
    assert "time-to-think.yml, renamed from asking-for-time.yml" in found
    assert "title: [-Asking for time-] {+Time to think+}" in found
    assert "script" not in found.splitlines()[0]


def test_a_playbook_that_was_rewritten_under_another_name_is_known_by_its_ids(told: Told) -> None:
    text = (GOOD / TIME).read_text(encoding="utf-8").replace("minimal", "every-field")
    for words in ("We need your answer today", "Answering at once", "How to ask for a day"):
        text = text.replace(words, "Etwas ganz anderes auf Deutsch")
    assert told({TIME: None, "zeit.yml": text}).startswith("1 playbook renamed; ")


def test_a_new_playbook_is_told_with_all_it_says(told: Told) -> None:
    text = told({"new.yml": (GOOD / EVERY).read_text(encoding="utf-8").replace("Ask ", "Inquire ")})
    assert text.startswith("1 playbook added; 2 scripts added; ")
    for words in ("new.yml, new", "Use it when", "They have named a figure", "“Your price is too high.”"):
        assert words in text
    assert "[-" not in text


def test_a_removed_playbook_says_what_it_held(told: Told) -> None:
    text = told({TIME: None})
    assert text.startswith("1 playbook removed")
    assert "asking-for-time.yml, removed: it held 2 scripts, 1 pitfall, 1 sign that it fits, 1 slot" in text


def test_items_of_a_checklist_are_told_one_by_one(told: Told) -> None:
    item = "      - Your walk-away point is written down.\n"
    text = told({EVERY: (item, f"{item.replace('written', 'noted')}      - You have slept.\n")})
    assert text.startswith("1 checklist changed.\n")
    assert "item reworded: Your walk-away point is [-written-] {+noted+} down." in text
    assert "item added: {+You have slept.+}" in text


def test_what_stands_deep_in_a_part_is_told_with_its_place(told: Told) -> None:
    text = told({EVERY: ("        say:\n          - Which months", "        say:\n          - What months")})
    assert "step “Ask” · line reworded: [-Which-] {+What+} months are slow?" in text


# All that differs


def other(value: Any) -> Any:
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return 77
    return date(1999, 1, 31) if isinstance(value, date) else f"{value}-zzz"


def leaves(part: Any, location: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The location of every single value under a part."""
    if isinstance(part, BaseModel):
        pairs: list[tuple[Any, Any]] = [(name, value) for name, value in part if value is not None]
    elif isinstance(part, dict):
        pairs = list(part.items())
    elif isinstance(part, tuple):
        pairs = list(enumerate(part))
    else:
        return [location]
    return [leaf for step, value in pairs for leaf in leaves(value, (*location, step))]


def with_another(part: Any, location: tuple[Any, ...]) -> Any:
    """A part with another value in one place."""
    if not location:
        return other(part)
    step, *rest = location
    if isinstance(part, BaseModel):
        return part.model_copy(update={step: with_another(getattr(part, step), tuple(rest))})
    if isinstance(part, dict):
        return {**part, step: with_another(part[step], tuple(rest))}
    return tuple(
        with_another(entry, tuple(rest)) if index == step else entry for index, entry in enumerate(part)
    )


COLLECTIONS = ("playbooks", "contexts", "stages", "kinds", "sources", "glossary", "worksheets", "synonyms")


@pytest.mark.parametrize("collection", COLLECTIONS)
def test_every_single_value_that_differs_is_told(collection: str) -> None:
    old = read_side(GOOD, Path("playbooks")).library
    if collection == "synonyms":
        old = Library(**{**vars(old), "synonyms": (("rise", "raise"), ("boss", "manager"))})
    silent = []
    places = leaves(getattr(old, collection))
    for place in places:
        new = Library(**{**vars(old), collection: with_another(getattr(old, collection), place)})
        found = diff(old, new)
        shown = [as_text(outline(found)), as_markdown(outline(found)), as_json(found)]
        sign = "77" if "77" in shown[2] else "1999-01-31" if "1999-01-31" in shown[2] else "zzz"
        is_switch = place[-1] == "illustration"
        silent += [place for text in shown if not (sign in text or (is_switch and "illustration" in text))]
    assert places
    assert silent == []


@pytest.mark.parametrize("collection", COLLECTIONS[:-1])
def test_every_entry_that_goes_or_comes_is_told(collection: str) -> None:
    old = read_side(GOOD, Path("playbooks")).library
    entries = getattr(old, collection)
    for name in entries:
        fewer = Library(
            **{**vars(old), collection: {key: part for key, part in entries.items() if key != name}}
        )
        gone, came = as_text(outline(diff(old, fewer))), as_text(outline(diff(fewer, old)))
        assert ("removed" in gone, "removed" in came) == (True, False), name
        assert "1 " in came.splitlines()[0]
        words = next(text.words for text in texts(entries[name]) if not text.is_key)
        assert " ".join(words.split())[:30] in came


def test_every_text_of_a_new_playbook_is_told(told: Told) -> None:
    text = (GOOD / EVERY).read_text(encoding="utf-8")
    unlike_any = text.replace("id: ", "id: x").replace("[x", "[")
    found = " ".join(told({"x.yml": unlike_any}).split())
    playbook = read_side(GOOD, Path("playbooks")).library.playbooks["every-field"]
    sentences: list[Text] = [entry for entry in playbook.texts if " " in entry.words and not entry.is_key]
    missing = [entry.location for entry in sentences if " ".join(entry.words.split())[:25] not in found]
    assert len(sentences) > 60
    assert [place for place in missing if place[-1] != "what"] == []


# Sources, vocabulary, worksheets


def test_sources_say_what_cites_them_now(told: Told) -> None:
    works = "vocabulary/sources.yml"
    added = (GOOD / works).read_text(
        encoding="utf-8"
    ) + "new-2020:\n  title: New work\n  contributes: A thought.\n"
    text = told({works: added, "minimal.yml": ("title:", "sources: [new-2020]\ntitle:")})
    assert "1 source added" in text.splitlines()[0]
    assert "  - added New work\n      contributes: A thought.\n" in text
    assert "  - cited now New work" in text
    assert "      sources: {+New work+}" in text


def test_a_source_that_nothing_cites_any_more_is_named(told: Told) -> None:
    move = (
        "    safeguard: Say that each package holds only as a whole.\n    sources: [malhotra-bazerman-2007]\n"
    )
    text = told({EVERY: (move, move.replace("malhotra-bazerman-2007", "fisher-ury-2011"))})
    assert "no longer cited" not in text  # the definition still cites it
    again = told({EVERY: ("malhotra-bazerman-2007", "fisher-ury-2011")})
    assert "  - no longer cited Malhotra and Bazerman, 2007" in again


def test_a_kind_that_asks_for_more_is_told(told: Told) -> None:
    text = told({"vocabulary/kinds.yml": ("scripts: 2", "scripts: 12")})
    assert text.startswith("1 kind changed.\n")
    assert "required entries of “Scripts”: [-2-] {+12+}" in text


def test_contexts_in_another_order_are_told(told: Told) -> None:
    entries = (GOOD / "vocabulary/contexts.yml").read_text(encoding="utf-8").split("hiring-candidate:")
    text = told({"vocabulary/contexts.yml": f"hiring-candidate:{entries[1]}{entries[0]}"})
    assert text.startswith("The contexts stand in another order.\n")


def test_a_worksheet_that_is_edited_is_told(told: Told) -> None:
    text = told({"worksheets/walk-away.yml": ("label: Topic", "label: Subject")})
    assert text.startswith("1 worksheet changed.\n")
    assert "part “Offers” · column “Subject” · label: [-Topic-] {+Subject+}" in text


# Sheets


@pytest.fixture
def sheets(changes: Callable[[Edits], Changes]) -> Callable[[Edits], str]:
    """The sentence that some edits lead to, and what is said of the sheets."""

    def found(edits: Edits) -> str:
        text = as_text(outline(with_sheets(changes(edits), "Good", "https://good.example/")))
        first, *others = text.split("\n\n")
        return "\n".join([first, *(block for block in others if block.startswith("Cheat sheets"))])

    return found


def test_a_line_that_is_ranked_comes_onto_the_sheets_of_its_contexts(sheets: Callable[[Edits], str]) -> None:
    script = "scripts:\n  - id: be-quiet\n    stage: trade\n    contexts: [sales]\n    they_say: Well?\n    say: Hm.\n"
    found = sheets({EVERY: ("scripts:\n", script)})
    assert found.startswith("1 script added; the sheet of Sales changes.\n")
    assert "  - Sales\n      comes on: {+“Well?”+}" in found
    assert "Hiring" not in found


def test_a_line_that_moves_to_other_contexts_leaves_a_sheet(sheets: Callable[[Edits], str]) -> None:
    pitfall = "    instead: Ask what the figure rests on.\n    contexts: [sales]\n"
    found = sheets({EVERY: (pitfall, pitfall.replace("sales", "hiring-candidate"))})
    assert "the sheets of all 2 contexts change" in found
    assert "leaves: [-Splitting the difference-]" in found
    assert "comes on: {+Splitting the difference+}" in found


def test_a_line_that_is_reworded_stays_on_its_sheet(sheets: Callable[[Edits], str]) -> None:
    found = sheets({EVERY: ("Your walk-away point is written", "Your walk-away point is noted")})
    assert "  - Sales\n      reads differently: Your walk-away point is noted down." in found


def test_what_no_sheet_shows_leaves_the_sheets_alone(sheets: Callable[[Edits], str]) -> None:
    assert sheets({EVERY: ("because: A reason", "because: Reasons")}) == "1 script changed."


def test_a_renamed_playbook_leaves_the_sheets_alone(sheets: Callable[[Edits], str]) -> None:
    text = (GOOD / EVERY).read_text(encoding="utf-8")
    assert sheets({EVERY: None, "all.yml": text}) == "1 playbook renamed."


def test_a_new_context_has_a_new_sheet(sheets: Callable[[Edits], str]) -> None:
    entry = "everyday:\n  title: Everyday\n  summary: At home.\n  across: A flatmate.\n"
    added = (GOOD / "vocabulary/contexts.yml").read_text(encoding="utf-8") + entry
    assert "  - added Everyday" in sheets({"vocabulary/contexts.yml": added})


def test_a_line_of_a_stage_that_there_is_not_does_no_harm(sheets: Callable[[Edits], str]) -> None:
    found = sheets({TIME: ("    stage: pressure", "    stage: presure")})
    assert "leaves: [-“We need your answer today.”-]" in found


def test_sheets_are_not_compared_where_the_contexts_are_broken(after: Callable[[Edits], Side]) -> None:
    old, new = after({}), after({"vocabulary/contexts.yml": "sales: [", EVERY: ("I ask", "We ask")})
    found = with_sheets(diff(old.library, new.library), "Good", "")
    assert "not compared: the contexts or the stages of the handbook could not be read" in as_text(
        outline(found)
    )
    assert "1 script reworded" in headline(found)
    assert "context" not in headline(found)


# What cannot be read


def test_a_playbook_that_is_broken_now_is_not_told_as_removed(after: Callable[[Edits], Side]) -> None:
    old, new = after({}), after({TIME: "title: [", EVERY: ("I ask", "We ask")})
    assert new.unread.lost == ("playbooks/asking-for-time.yml",)
    for found in (diff(old.library, new.library), diff(new.library, old.library)):
        assert headline(found) == "1 script reworded."


def test_a_file_that_is_read_in_part_is_named(after: Callable[[Edits], Side]) -> None:
    side = after({EVERY: ("    because: A reason", "    becuase: A reason")})
    assert side.unread.partly == ("playbooks/every-field.yml",)
    assert (
        after(
            {EVERY: ("    because: A reason can be met where a figure cannot.", "    because:")}
        ).unread.partly
        == ()
    )


# Words

PHRASES = st.lists(
    st.one_of(
        st.sampled_from(["a", "b", "the", "café", "国", "中", "x,", "{slot}", "—"]), st.text(max_size=4)
    ),
    max_size=30,
).map(" ".join)


@settings(deadline=None)
@given(PHRASES, PHRASES)
def test_the_words_that_stay_and_went_are_the_old_text_and_those_that_stay_and_came_the_new(
    before: str, after: str
) -> None:
    runs = word_diff(before, after)
    for text, kinds in ((before, {"same", "old"}), (after, {"same", "new"})):
        words = [word.letters for run in runs if run.kind in kinds for word in split(run.words)]
        assert words == [word.letters for word in split(text)]


def test_two_texts_with_hardly_a_word_in_common_are_not_woven_together() -> None:
    runs = word_diff("We could meet on Friday at noon.", "Nobody has ever said such a thing at sea.")
    assert [run.kind for run in runs] == ["old", "new"]


def test_a_language_without_spaces_is_compared_by_its_characters() -> None:
    runs = word_diff("我们可以下周见面吗", "我们可以明天见面吗")
    assert [(run.kind, run.words) for run in runs] == [
        ("same", "我们可以"),
        ("old", "下周"),
        ("new", "明天"),
        ("same", "见面吗"),
    ]


def test_a_paragraph_that_is_split_is_a_change() -> None:
    assert ("new", "¶") in [(run.kind, run.words) for run in word_diff("One. Two.", "One.\n\nTwo.")]


def test_long_texts_of_the_same_few_words_are_compared_in_good_time() -> None:
    runs = word_diff("a b " * 5_000, "b a " * 5_000 + "c")
    assert {run.kind for run in runs} <= {"same", "old", "new"}


# Terminals


def test_a_text_for_a_terminal_is_wrapped_and_cannot_act_on_it(told: Told) -> None:
    wild = "\\e[2J\\a " + "long words that go on " * 30
    text = told({EVERY: ("summary: Read", f'summary: "{wild}"\nplanned_: Read')})
    assert "\x1b" not in text
    assert "\x07" not in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_terminal_gets_colours_as_well_as_marks(changes: Callable[[Edits], Changes]) -> None:
    found = outline(changes({EVERY: ("I ask because", "I inquire because")}))
    text = as_text(found, click.style)
    assert click.style("[-ask-]", fg="red", strikethrough=True) in text
    assert click.unstyle(text) == as_text(found)


# JSON


def test_json_holds_what_differs_by_id(changes: Callable[[Edits], Changes]) -> None:
    record = json.loads(as_json(changes({EVERY: ("stage: explore", "stage: trade")})))
    (playbook,) = record["playbooks"]
    (script,) = playbook["parts"]
    assert record["headline"] == "1 script moved."
    assert (playbook["id"], script["id"], script["section"]) == ("every-field", "ask-why", "scripts")
    assert script["fields"] == [{"field": "stage", "before": "explore", "after": "trade"}]
