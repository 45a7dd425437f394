"""The decks as a file for Anki, taken in by Anki's own library."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportLogWithChanges,
)
from anki.notes import Note

from good_handbook import GOOD
from playbook_press.anki import package
from playbook_press.decks import decks
from playbook_press.history import last_changed
from playbook_press.load import read_handbook
from playbook_press.model import Context, Library, Playbook, Script, Slot

HOSTILE = "<img src=x onerror=alert(1)> {{They say}} [sound:x.mp3] [latex]x[/latex] \\(x\\) & \"'"
PAST, LATER = 1_700_000_000, 1_700_000_060
BUILD = """
import hashlib, sys
from pathlib import Path
from playbook_press.anki import package
from playbook_press.load import read_handbook
library = read_handbook(Path(sys.argv[1]), Path("good")).library
print(hashlib.sha256(package(library, "Good", "https://good.example/")).hexdigest())
"""


def script(name: str, **fields: object) -> Script:
    given = {"id": name, "stage": "trade", "contexts": ("sales",), "they_say": f"{name}?", "say": "So."}
    return Script.model_validate({**given, **fields})


def library_of(*scripts: Script, slots: dict[str, Slot] | None = None, title: str = "Lines") -> Library:
    good = read_handbook(GOOD, Path("playbooks")).library
    made = Playbook(title=title, kind="note", summary="A few.", slots=slots or {}, scripts=scripts)
    return replace(good, playbooks={"lines": made})


class Anki:
    """A collection of Anki's, to take files into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.collection = Collection(str(folder / "collection.anki2"))

    def take_in(self, content: bytes) -> ImportLogWithChanges.Log:
        path = self.folder / "taken.apkg"
        path.write_bytes(content)
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        return self.collection.import_anki_package(request).log

    def notes(self) -> dict[str, Note]:
        found = map(self.collection.get_note, self.collection.find_notes(""))
        return {note["Line"]: note for note in found}

    def deck_of(self, note: Note) -> str:
        return self.collection.decks.name(note.cards()[0].did)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    anki = Anki(tmp_path)
    yield anki
    anki.collection.close()


def test_every_line_arrives_once_and_a_second_import_adds_none(anki: Anki) -> None:
    library = read_handbook(GOOD, Path("playbooks")).library
    lines = {f"{line.playbook_id}#{line.part.id}" for deck in decks(library) for line in deck.lines}
    assert len(lines) > 1
    content = package(library, "Good", "https://good.example/")
    assert len(anki.take_in(content).new) == len(lines)
    assert set(anki.notes()) == lines
    again = anki.take_in(content)
    assert (len(again.new), len(again.updated)) == (0, 0)
    assert anki.collection.note_count() == anki.collection.card_count() == len(lines)


def test_the_file_is_the_same_in_every_process() -> None:
    def digest(seed: str) -> str:
        command = [sys.executable, "-c", BUILD, str(GOOD)]
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout

    assert digest("1") == digest("2") != ""


def test_a_later_edition_changes_its_notes_and_keeps_their_progress(anki: Anki) -> None:
    anki.take_in(package(library_of(script("ask", say="One.")), "Good", changed={"lines": PAST}))
    card = anki.notes()["lines#ask"].cards()[0]
    card.start_timer()
    anki.collection.sched.answerCard(card, 3)
    due = anki.collection.get_card(card.id).due
    edition = library_of(script("first"), script("ask", say="Two."), title="Renamed")
    log = anki.take_in(package(edition, "Good", changed={"lines": LATER}))
    assert (len(log.new), len(log.updated)) == (1, 1)
    note = anki.notes()["lines#ask"]
    assert note["You say"] == "<p>Two.</p>"
    assert [(card.id, card.due, card.reps) for card in note.cards()] == [(card.id, due, 1)]


def test_a_line_is_in_the_deck_of_its_first_context_and_has_the_others_as_tags(anki: Anki) -> None:
    contexts = ("hiring-candidate", "sales")
    library = library_of(script("both", contexts=contexts), script("any", contexts=()), script("one"))
    anki.take_in(package(library, "Good"))
    notes = anki.notes()
    assert anki.deck_of(notes["lines#both"]) == "Good::Hiring, as the candidate"
    assert anki.deck_of(notes["lines#any"]) == "Good::Any context"
    assert anki.deck_of(notes["lines#one"]) == "Good::Sales"
    assert set(notes["lines#both"].tags) == {
        "good::context::hiring-candidate",
        "good::context::sales",
        "good::playbook::lines",
        "good::stage::trade",
    }


def test_a_card_asks_with_what_they_say_and_answers_with_the_line_and_its_place(anki: Anki) -> None:
    asked = script(
        "price",
        they_say="How much?",
        say="Say *{figure}*.\n\n- See [why](playbooks/lines#price)",
        because="It is true.",
        stop_when="They shout.",
    )
    slot = Slot(label="Your figure", example="£62,000", type="money")
    edition = library_of(asked, slots={"figure": slot})
    anki.take_in(package(edition, "Good", "https://good.example/book/"))
    card = anki.notes()["lines#price"].cards()[0]
    front, back = card.question(), card.answer()
    assert "How much?" in front
    assert "62,000" not in front
    assert '<em><span class="slot" title="Your figure">£62,000</span></em>' in back
    assert "It is true." in back
    assert "They shout." in back
    place = '<a href="https://good.example/book/playbooks/lines/#price">'
    assert back.count(place) == 2
    anki.take_in(package(edition, "Elsewhere"))
    found = anki.collection.find_notes('deck:"Elsewhere"')
    assert "<a " not in anki.collection.get_note(found[0]).cards()[0].answer()


def test_a_line_that_replaces_a_blunter_one_asks_for_a_better_one(anki: Anki) -> None:
    anki.take_in(package(library_of(script("blunt", they_say="", instead_of="Never.")), "Good"))
    front = anki.notes()["lines#blunt"].cards()[0].question()
    assert "Say it better than this" in front
    assert "“Never.”" in front


def test_nothing_that_an_author_writes_becomes_markup(anki: Anki) -> None:
    everywhere = dict.fromkeys(("they_say", "say", "because", "stop_when"), HOSTILE)
    library = library_of(
        script("hostile", **everywhere, stage="trade", contexts=("sales",)),
        title=HOSTILE,
        slots={"figure": Slot(label=HOSTILE, example=HOSTILE)},
    )
    context = Context(title=f"{HOSTILE} :: deep", summary=HOSTILE, across="Anybody.")
    library = replace(library, contexts={**library.contexts, "sales": context})
    anki.take_in(package(library, f"Good::{HOSTILE}", "https://good.example/"))
    note = anki.notes()["lines#hostile"]
    assert anki.deck_of(note).count("::") == 1
    back = note.cards()[0].answer()
    assert "<img" not in back
    for mark in ("[sound:", "[latex]", "[anki:"):
        assert mark not in back
    # Anki leaves formulas alone in what is marked so.
    assert back.partition("</style>")[2].startswith('<div class="tex2jax_ignore">')
    assert "They say}}" in back
    assert note.cards()[0].question_av_tags() == note.cards()[0].answer_av_tags() == []


def test_a_handbook_with_a_name_in_another_script_has_a_file_of_its_own(anki: Anki) -> None:
    anki.take_in(package(library_of(script("ask", they_say="多少钱?")), "谈判"))
    note = anki.notes()["lines#ask"]
    assert anki.deck_of(note) == "谈判::Sales"
    assert "多少钱?" in note["They say"]


def test_git_tells_when_a_playbook_was_last_changed(tmp_path: Path) -> None:
    playbooks = tmp_path / "playbooks"
    playbooks.mkdir()
    assert last_changed(playbooks) == {}

    def git(*arguments: str, when: int = 0) -> None:
        settings = ("-c", "user.name=Robin", "-c", "user.email=robin@example.org")
        dates = {"GIT_COMMITTER_DATE": f"{when} +0100", "GIT_AUTHOR_DATE": f"{when} +0100"}
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", *settings, *arguments]
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env={**environment, **dates})

    git("init", "--quiet")
    for when, changed in ((PAST, ("a", "b")), (LATER, ("b",))):
        for name in changed:
            (playbooks / f"{name}.yml").write_text(f"title: {when}\n", encoding="utf-8")
        (tmp_path / "other.yml").write_text(f"{when}", encoding="utf-8")
        git("add", "--all")
        git("commit", "--quiet", "--message", "A change", when=when)
    (playbooks / "new.yml").write_text("title: New\n", encoding="utf-8")
    assert last_changed(playbooks) == {"a.yml": PAST, "b.yml": LATER}
