"""A `Library` to the entries that its search finds, each at the very place it opens.

The browser builds the index from them (see `assets/search.js`): it takes lunr a few milliseconds a
hundred entries, and the entries are smaller than an index made of them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from playbook_press.model import Library, Playbook, in_words
from playbook_press.text import parse_block, plain


@dataclass(frozen=True)
class Entry:
    """Something that can be found: its words are plain text."""

    kind: str
    """What it is, as a reader would call it."""
    at: str
    """Its address, from the top of the site."""
    title: str
    """What is heard, or what it is called: the words that count most."""
    answer: str
    """What the reader came for, shown below the title."""
    more: str = ""
    """Other words by which it can be found; they are not shown."""
    where: str = ""
    """The playbook it stands in, or the contexts it fits."""
    quoted: bool = False
    """Whether the title is something that is said."""


def entries(library: Library) -> Iterator[Entry]:
    """Everything of a handbook that can be found, in the order of its pages."""
    for name, playbook in library.playbooks.items():
        yield from _playbook_entries(library, f"playbooks/{name}/", playbook)
    for name, context in library.contexts.items():
        yield Entry("Context", f"contexts/{name}/", context.title, context.summary, context.across)
    write = _Plain(library)
    for name, term in library.glossary.items():
        yield Entry("Term", f"glossary/#{name}", term.term, write(term.meaning), " ".join(term.also))
    for name, source in library.sources.items():
        authors = ", ".join(source.authors)
        yield Entry("Source", f"sources/#{name}", source.title, source.contributes, authors)


def _playbook_entries(library: Library, page: str, playbook: Playbook) -> Iterator[Entry]:
    write = _Plain(library)
    title = write(playbook.title)
    yield Entry(
        "Playbook", page, title, write(playbook.summary), write(*playbook.use_when, *playbook.avoid_when)
    )
    for script in playbook.scripts:
        contexts = [library.contexts[context].title for context in script.contexts]
        heard = script.they_say or script.instead_of
        yield Entry(
            "They say" if script.they_say else "Instead of" if script.instead_of else "Line",
            f"{page}#{script.id}",
            write(script.heading),
            write(script.say),
            write(
                script.title,
                script.instead_of,
                script.because,
                script.stop_when,
                in_words(script.id),
                *contexts,
            ),
            title,
            quoted=bool(heard),
        )
    for signal in playbook.signals:
        words = write(signal.means, *signal.they_say)
        yield Entry("Sign", f"{page}#{signal.id}", write(signal.name), write(signal.respond), words, title)
    for pitfall in playbook.pitfalls:
        yield Entry(
            "Pitfall",
            f"{page}#{pitfall.id}",
            write(pitfall.name),
            write(pitfall.instead),
            write(pitfall.why),
            title,
        )
    for checklist in playbook.checklists:
        yield Entry(
            "Checklist", f"{page}#{checklist.id}", write(checklist.title), write(*checklist.items),
            write(checklist.intro), title,
        )  # fmt: skip
    for move in playbook.moves:
        words = write(move.say, move.stop_when, move.risk, move.safeguard)
        yield Entry(
            "Move", f"{page}#{move.id}", write(move.title), write(f"{move.when} {move.do}"), words, title
        )
    for flow in playbook.flows:
        steps = [words for step in flow.steps for words in (step.name, step.do, *step.say)]
        yield Entry("Steps", f"{page}#{flow.id}", write(flow.title), write(*steps), write(flow.intro), title)
    for dialogue in playbook.dialogues:
        turns = write(*(turn.says for turn in dialogue.turns))
        yield Entry(
            "Dialogue", f"{page}#{dialogue.id}", write(dialogue.title), turns, write(dialogue.note), title
        )
    for example in playbook.examples:
        story = write(example.move, example.resolution)
        steps = [words for step in example.steps for words in (step.name, step.do)]
        words = write(example.situation, example.reaction, example.safeguard, *steps)
        yield Entry("Example", f"{page}#{example.id}", write(example.title), story, words, title)
    for number, question in enumerate(playbook.faq, start=1):
        yield Entry(
            "Question", f"{page}#faq-{number}", write(question.question), write(question.answer), "", title
        )
    for number, note in enumerate(playbook.ethics, start=1):
        yield Entry("Ethics", f"{page}#ethics-{number}", write(note.title), write(note.text), "", title)


@dataclass(frozen=True)
class _Plain:
    """Writes texts as plain words, each slot as its example."""

    library: Library

    def __call__(self, *sources: str) -> str:
        """Give the words of all the texts, one after the other."""
        return " ".join(plain(parse_block(source), self._slot) for source in sources if source)

    def _slot(self, name: str) -> str:
        found = self.library.slots.get(name)
        return found[1].example if found else in_words(name)


def as_script(found: Iterable[Entry]) -> str:
    """The entries as a script, which loads from a folder as well as over http."""
    listed: list[Mapping[str, Any]] = [
        {key: value for key, value in asdict(entry).items() if value} for entry in found
    ]
    return f"globalThis.playbooksEntries = {json.dumps(listed, ensure_ascii=False, separators=(',', ':'))};\n"
