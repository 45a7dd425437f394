"""A `Library` to the entries that its search finds, each at the very place it opens.

Which of them it loads for a query is found by `search_index`, and the best are found in the browser: see
`reader/src/search-finding.js`.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playbook_press.model import Library, Playbook, Script, Slot, blanks, in_words, shown_for
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
    alias: str = ""
    """What else it is called: these words count as much, and are not shown."""
    more: str = ""
    """Other words by which it can be found; they are not shown."""
    where: str = ""
    """The playbook it stands in, or the contexts it fits."""
    quoted: bool = False
    """Whether the title is something that is said."""
    contexts: tuple[str, ...] = ()
    """The ids of the contexts that it belongs to; without any, it fits all."""
    stages: tuple[str, ...] = ()
    """The ids of the stages that it belongs to."""


def entries(library: Library, *, has_sheets: bool = False) -> Iterator[Entry]:
    """Everything of a handbook that can be found, in the order of its pages."""
    write = _Plain({})
    for name, playbook in library.playbooks.items():
        yield from _playbook_entries(library, f"playbooks/{name}/", playbook)
    for name, context in library.contexts.items():
        title = write(context.title)
        summary, across = write(context.summary), write(context.across)
        yield Entry("Context", f"contexts/{name}/", title, summary, more=across, contexts=(name,))
        if has_sheets:
            title = f"{title}: cheat sheet"
            answer = "What to say, on one sheet of paper."
            yield Entry("Cheat sheet", f"sheets/{name}/", title, answer, "print PDF", contexts=(name,))
    for name, worksheet in library.worksheets.items():
        labels = [blank.label for part in worksheet.parts for blank in blanks(part)]
        more = write(worksheet.use, *(part.title for part in worksheet.parts), *labels)
        at = f"worksheets/{name}/"
        yield Entry("Worksheet", at, write(worksheet.title), write(worksheet.summary), more=more)
    for name, term in library.glossary.items():
        yield Entry("Term", f"glossary/#{name}", write(term.term), write(term.meaning), write(*term.also))
    for name, source in library.sources.items():
        title, contributes = write(source.title), write(source.contributes)
        yield Entry("Source", f"sources/#{name}", title, contributes, more=write(", ".join(source.authors)))


def _playbook_entries(library: Library, page: str, playbook: Playbook) -> Iterator[Entry]:
    write = _Plain(playbook.slots)
    where = write(playbook.title)
    summary, fit = write(playbook.summary), write(*playbook.use_when, *playbook.avoid_when)
    yield Entry("Playbook", page, where, summary, more=fit)
    for script in playbook.scripts:
        yield _script_entry(library, f"{page}#{script.id}", script, where, write)
    contexts = {pitfall.id: pitfall.contexts for pitfall in playbook.pitfalls}
    contexts |= {checklist.id: checklist.contexts for checklist in playbook.checklists}
    contexts |= {example.id: (example.context,) for example in playbook.examples if example.context}
    for kind, name, title, answer, more in _named_parts(playbook):
        yield Entry(
            kind,
            f"{page}#{name}",
            write(title),
            write(*answer),
            more=write(*more) if kind in _NUMBERED else f"{write(*more)} {in_words(name)}",
            where=where,
            contexts=contexts.get(name, ()),
        )


def _script_entry(library: Library, at: str, script: Script, where: str, write: "_Plain") -> Entry:
    contexts = [library.contexts[context].title for context in script.contexts]
    return Entry(
        kind="They say" if script.they_say else "Instead of" if script.instead_of else "Line",
        at=at,
        title=write(script.heading),
        answer=write(script.say),
        alias=write(script.title),
        more=write(script.instead_of, script.because, script.stop_when, in_words(script.id), *contexts),
        where=where,
        quoted=bool(script.they_say or script.instead_of),
        contexts=script.contexts,
        stages=(script.stage,),
    )


_Words = Iterable[str]
_NUMBERED = frozenset({"Question", "Ethics"})
"""The kinds of parts whose ids are numbers, which tell nothing."""


def _named_parts(playbook: Playbook) -> Iterator[tuple[str, str, str, _Words, _Words]]:
    """The kind, anchor, title, answer and other words of each part that is not a script."""
    for signal in playbook.signals:
        yield "Sign", signal.id, signal.name, [signal.respond], [signal.means, *signal.they_say]
    for pitfall in playbook.pitfalls:
        yield "Pitfall", pitfall.id, pitfall.name, [pitfall.instead], [pitfall.why]
    for checklist in playbook.checklists:
        yield "Checklist", checklist.id, checklist.title, checklist.items, [checklist.intro]
    for move in playbook.moves:
        yield (
            "Move",
            move.id,
            move.title,
            [move.when, move.do],
            [move.say, move.stop_when, move.risk, move.safeguard],
        )
    for flow in playbook.flows:
        yield (
            "Steps",
            flow.id,
            flow.title,
            [words for step in flow.steps for words in (step.name, step.do)],
            [flow.intro],
        )
    for dialogue in playbook.dialogues:
        yield "Dialogue", dialogue.id, dialogue.title, [turn.says for turn in dialogue.turns], [dialogue.note]
    for example in playbook.examples:
        yield (
            "Example",
            example.id,
            example.title,
            [example.move, example.resolution],
            [example.situation, example.reaction, example.safeguard],
        )
    for number, question in enumerate(playbook.faq, start=1):
        yield "Question", f"faq-{number}", question.question, [question.answer], []
    for number, note in enumerate(playbook.ethics, start=1):
        yield "Ethics", f"ethics-{number}", note.title, [note.text], []


@dataclass(frozen=True)
class _Plain:
    """Writes texts as plain words, each slot as its example."""

    slots: Mapping[str, Slot]

    def __call__(self, *sources: str) -> str:
        """Give the words of all the texts, one after the other."""
        return " ".join(plain(parse_block(source), self._slot) for source in sources if source)

    def _slot(self, name: str) -> str:
        return shown_for(name, self.slots)[1]


def synonyms_script(synonyms: Iterable[Iterable[str]]) -> str:
    """The words that mean the same, as a script."""
    return _assignment("playbooksSynonyms", list(map(list, synonyms)))


def _assignment(name: str, value: Any) -> str:
    return f"globalThis.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"
