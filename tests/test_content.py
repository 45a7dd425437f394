"""The handbook's content, where no rule of the linter can look."""

import html
import re
from pathlib import Path

import pytest

from playbook_press.load import read_handbook
from playbook_press.model import Library, in_words
from playbook_press.text import parse_block, plain

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "content/paths").glob("*.md"))


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(ROOT / "playbooks", Path("playbooks")).library


def quotes(markdown: str) -> list[str]:
    """The lines that a page quotes, without the links below them."""
    found = []
    for block in re.findall(r"(?:^[ ]*> .*\n(?:^[ ]*>.*\n)*)", markdown, flags=re.MULTILINE):
        words = re.sub(r"^[ ]*> ?", "", block, flags=re.MULTILINE).partition("\n\n")[0]
        found.append(html.unescape(re.sub(r"<[^>]+>", "", " ".join(words.split()))))
    return found


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_a_route_quotes_the_handbook_word_for_word(path: Path, library: Library) -> None:
    def slot(name: str) -> str:
        return library.slots[name][1].example if name in library.slots else in_words(name)

    said = {
        plain(parse_block(script.say), slot)
        for playbook in library.playbooks.values()
        for script in playbook.scripts
    }
    found = quotes(path.read_text(encoding="utf-8"))
    assert found
    assert [quote for quote in found if quote not in said] == []


def test_every_context_has_what_its_reader_needs(library: Library) -> None:
    for context in library.contexts:
        parts = {
            section: [
                part
                for playbook in library.playbooks.values()
                for part in getattr(playbook, section)
                if context in part.contexts
            ]
            for section in ("scripts", "pitfalls", "checklists")
        }
        assert len(parts["scripts"]) >= 12, context
        assert {script.stage for script in parts["scripts"]} == set(library.stages), context
        assert len(parts["pitfalls"]) >= 5, context
        assert {"prepare", "close"} <= {checklist.purpose for checklist in parts["checklists"]}, context
        dialogues = [
            dialogue
            for playbook in library.playbooks.values()
            for dialogue in playbook.dialogues
            if dialogue.context == context
        ]
        assert any(len(dialogue.turns) >= 5 for dialogue in dialogues), context


def test_the_handbook_answers_what_is_said_and_rewords_what_is_blunt(library: Library) -> None:
    scripts = [script for playbook in library.playbooks.values() for script in playbook.scripts]
    answers = [script for script in scripts if script.they_say and script.because and script.stop_when]
    assert len(answers) >= 60
    assert len([script for script in scripts if script.instead_of]) >= 25
    assert len(library.glossary) >= 40
