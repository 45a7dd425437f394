"""Writes a handbook of made-up playbooks to measure with: the same one for the same seed, on any machine.

The sentences are put together from patterns and words, so that hardly two are alike, and no cache
has an easy day. They are laid out as a person would lay them out: plain, quoted, folded and in
paragraphs. The handbook lints clean.

    python benchmarks/corpus.py FOLDER [--playbooks 1000] [--seed 1]
"""

import argparse
import itertools
import random
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Entry = str | Sequence["Entry"] | Mapping[str, "Entry"]

_WIDTH = 78
_LONGEST_PLAIN = 60
_FEWEST = 4  # each playbook names three others
_ONE_BREATH = 32  # words, with room for slots that stand for several
_ON_SHEETS = 8  # this many playbooks put lines on the cheat sheets, which have little room

_LEXICON = """
person: buyer, manager, supplier, founder, recruiter, director, colleague, neighbour, landlord,
  client, partner, accountant, planner, engineer, lawyer, owner, lead, sponsor, analyst, user
thing: price, delivery, scope, salary, notice, warranty, support, training, renewal, volume,
  discount, deposit, title, schedule, budget, travel, holiday, rent, repair, licence, forecast,
  payment, access, handover, staffing, storage, margin, credit, liability, reporting
gain: quality, risk, trust, speed, cost, effort, attention, stock, data, advice, reach, comfort,
  safety, growth, goodwill, freedom, clarity, stability, income, capacity
basis: benchmark, contract, invoice, study, survey, calendar, forecast, ledger, plan, review,
  statute, comparison, quotation, catalogue, minute, record, log, tender, audit, estimate
do: ask, wait, listen, pause, explain, compare, write, offer, check, name, move, sort, confirm,
  measure, share, test, repeat, weigh, trade, split
manner: calmly, early, openly, slowly, briefly, plainly, kindly, twice, first, together, fully,
  fairly, clearly, gently, quietly, firmly
quality: clear, fair, early, plain, firm, modest, workable, honest, steady, narrow, generous, quick,
  careful, friendly, simple, lasting, complete, gradual, shared, written
feeling: tired, worried, hurried, pleased, doubtful, curious, proud, wary, cornered, relieved,
  bored, keen
time: week, month, quarter, season, morning, meeting, call, visit, year, fortnight, round, sprint,
  phase, term, deadline, holiday
count: two, three, four, five, six, seven, eight, nine, ten, twelve
place: in the office, on the phone, over lunch, by letter, at the counter, in a corridor, in the
  meeting room, on a site visit, after the review, before the audit, at the kitchen table, on the
  train
"""
_WORDS: Mapping[str, Sequence[str]] = {
    name: words.replace("\n ", "").strip().split(", ")
    for name, words in re.findall(r"^(\w+):((?:.*\n)(?:  .*\n)*)", _LEXICON, flags=re.MULTILINE)
}

_SENTENCES = (
    "The {person} wants the {thing} settled by the next {time}, and you need {quality} {gain} for it.",
    "When the {thing} is open, a {quality} question about {gain} does more than a {quality} {basis}.",
    "You {do} {manner}, and the {person} says what the {thing} is worth {place}.",
    "A {basis} that is {count} {time}s old says little about {thing} or {gain}.",
    "Put the {thing} beside the {gain}, so that the {person} can compare them {manner}.",
    "They are {feeling} about the {thing}, though it is the {gain} that they keep coming back to.",
    "Nobody gives up {gain} for a {quality} {thing} before the {basis} is on the table.",
    "What looks like a matter of {thing} is often {gain}, as the {person} knows after {count} {time}s.",
    "Keep {thing} and {gain} apart until the {person} has seen the {basis} {place}.",
    "If the {person} seems {feeling}, {do} {manner} and come back to the {thing} after a {time}.",
    "It takes {count} {time}s to change the {thing}, and one {quality} {basis} to agree on the {gain}.",
    "Agree who looks after the {thing}, who pays for the {gain}, and when the {person} is told.",
)
_PHRASES = (
    "{do} about the {thing} {place}",
    "{do} {manner} when the {person} is {feeling}",
    "a {quality} {thing} for more {gain}",
    "the {basis} behind the {thing} and the {gain}",
    "{count} {time}s of {quality} {gain}",
    "the {person} who asks for {thing} {manner}",
)
_SPOKEN = (
    "Before we settle the {thing}, could you tell me what {gain} means to your {person}?",
    "I can move on the {thing} if we find a {quality} answer on {gain}. Shall we {do} {manner}?",
    "It sounds as if the {person} is {feeling} about {gain}. What would a {quality} {thing} change?",
    "I had {slot} in mind, on the basis of the {basis}. How does that sit with your {thing}?",
    "Let me think about the {thing} until {slot}, and come back with a {quality} {basis}.",
    "My {person} asks for {gain} first. Could we {do} {place}, with {slot} as a start?",
    "May I say it back: you need {thing} within {count} {time}s, and *no* surprise about {gain}?",
    "For {slot} I would need **{thing}** for {count} {time}s. What would make that {quality} for you?",
)
_SLOTS = {
    "my-figure": ("Your figure", "£62,000", "money"),
    "their-figure": ("Their figure", "£54,000", "money"),
    "deadline": ("Day and time", "Friday noon", "date"),
    "their-name": ("Their name", "Sam", "person"),
    "their-need": ("What they need most", "a launch before the summer", "text"),
    "my-offer": ("What you can offer", "a second training day", "text"),
    "volume": ("How many", "40", "number"),
    "first-step": ("A first step", "a trial of six weeks", "text"),
}
_TITLE_STARTS = (
    "Asking about", "Agreeing on", "Opening up", "Protecting", "Sharing", "Reviewing", "Postponing",
    "Renewing", "Explaining", "Limiting", "Trading", "Naming",
)  # fmt: skip

_CONTEXTS = (
    "sales", "partnerships", "procurement", "customer-success", "hiring-candidate", "hiring-employer",
    "internal", "everyday",
)  # fmt: skip
_STAGES = ("prepare", "open", "explore", "trade", "pressure", "close", "follow-through")
_SOURCES = tuple(f"{name}-{year}" for year in range(2001, 2009) for name in ("archer", "baker", "cole"))
_KINDS = {
    "situation": {"sources": 1, "use_when": 3, "avoid_when": 1, "definition": 1, "stages": 3, "scripts": 6,
                  "pitfalls": 3, "checklists": 1, "ethics": 1, "faq": 2},
    "skill": {"sources": 1, "use_when": 2, "scripts": 4, "pitfalls": 3, "checklists": 1, "faq": 2},
}  # fmt: skip


class Author:
    """Makes up texts, from one random generator."""

    def __init__(self, seed: str) -> None:
        self.random = random.Random(seed)
        self.slots: set[str] = set()

    def _fill(self, pattern: str) -> str:
        taken: list[str] = []

        def word(match: re.Match[str]) -> str:
            if match[1] == "slot":
                slot = self.random.choice(tuple(_SLOTS))
                self.slots.add(slot)
                return f"{{{slot}}}"
            taken.append(self.random.choice([word for word in _WORDS[match[1]] if word not in taken]))
            return taken[-1]

        words = re.sub(r"\{(\w+)\}", word, pattern)
        return re.sub(r"\b([Aa]) (?=[aeio]|hon)", r"\1n ", words)

    def sentences(self, least: int, most: int) -> str:
        """Some sentences in a row."""
        patterns = self.random.sample(_SENTENCES, self.random.randint(least, most))
        return " ".join(map(self._fill, patterns))

    def paragraphs(self) -> str:
        """Two paragraphs."""
        return f"{self.sentences(2, 3)}\n\n{self.sentences(1, 2)}"

    def phrase(self) -> str:
        """A few words, such as a title."""
        words = self._fill(self.random.choice(_PHRASES))
        return words[0].upper() + words[1:]

    def spoken(self, least: int = 1, most: int = 2) -> str:
        """Something to say, with slots now and then."""
        before = set(self.slots)
        while True:
            patterns = self.random.sample(_SPOKEN, self.random.randint(least, most))
            words = " ".join(map(self._fill, patterns))
            if words.count(" ") < _ONE_BREATH:
                return words
            self.slots = set(before)

    def some(self, choices: Sequence[str], least: int, most: int) -> list[str]:
        """Some of the choices, in their order."""
        chosen = self.random.sample(choices, self.random.randint(least, most))
        return [choice for choice in choices if choice in chosen]


def write_corpus(folder: Path, playbooks: int = 1_000, seed: int = 1) -> list[Path]:
    """Write a handbook of so many playbooks; return the playbooks' files.

    Raises ValueError where there are not that many titles, or too few to name one another.
    """
    (folder / "vocabulary").mkdir(parents=True, exist_ok=True)
    for name, entries in _vocabulary(Author(f"{seed} vocabulary")).items():
        (folder / "vocabulary" / f"{name}.yml").write_text(_file(entries), encoding="utf-8")
    things = (*_WORDS["thing"], *_WORDS["gain"])
    pairs = (
        f"{start} {one} and {two}"
        for start in _TITLE_STARTS
        for one, two in itertools.combinations(things, 2)
    )
    titles = [*(f"{start} {thing}" for start in _TITLE_STARTS for thing in things), *pairs]
    if not _FEWEST <= playbooks <= len(titles):
        raise ValueError(f"the number of playbooks has to be between {_FEWEST} and {len(titles)}")
    titles = random.Random(seed).sample(titles, playbooks)
    ids = [title.lower().replace(" ", "-") for title in titles]
    for number, (name, title) in enumerate(zip(ids, titles, strict=True)):
        entries = _playbook(Author(f"{seed} {name}"), number, title, ids)
        (folder / f"{name}.yml").write_text(_file(entries), encoding="utf-8")
    return [folder / f"{name}.yml" for name in ids]


def _vocabulary(author: Author) -> dict[str, dict[str, Entry]]:
    def entry(name: str) -> dict[str, str]:
        return {"title": name.replace("-", " ").capitalize(), "summary": author.sentences(1, 1)}

    return {
        "contexts": {name: {**entry(name), "across": author.sentences(1, 1)} for name in _CONTEXTS},
        "stages": {name: entry(name) for name in _STAGES},
        "kinds": {
            name: {**entry(name), "requires": {section: str(least) for section, least in sections.items()}}
            for name, sections in _KINDS.items()
        },
        "sources": {
            name: {
                "title": author.phrase(),
                "authors": [f"Alex {name.partition('-')[0].capitalize()}"],
                "year": name.partition("-")[2],
                "contributes": author.sentences(1, 1),
            }
            for name in _SOURCES
        },
        "glossary": {
            name: {
                "term": name.replace("-", " "),
                "meaning": author.sentences(1, 1),
                "sources": [_SOURCES[0]],
            }
            for name in ("walk-away", "trade-off", "red-line", "zone-of-agreement", "objective-criterion")
        },
    }


def _playbook(author: Author, number: int, title: str, ids: Sequence[str]) -> dict[str, Entry]:
    context = _CONTEXTS[number % len(_CONTEXTS)]
    others = author.random.sample([other for other in ids if other != ids[number]], 3)
    scripts = [_script(author, context, index) for index in range(6)]
    if number < _ON_SHEETS:
        for rank, script in enumerate(scripts[:3], start=1):
            script["sheet"] = str(rank)
    dialogue: dict[str, Entry] = {
        "id": "a-short-exchange",
        "title": author.phrase(),
        "context": context,
        "turns": [
            {"who": who, "says": author.spoken(1, 1) if who == "you" else author.sentences(1, 1)}
            for who in ("they", "you", "they")
        ],
    }
    before: dict[str, Entry] = {
        "title": title,
        "kind": "skill" if number % 4 == 0 else "situation",
        "summary": f"{author.sentences(1, 1)} Read [another one](playbooks/{others[0]}) as well.",
        "status": "draft",
        "owners": ["The editors"],
        "sources": author.some(_SOURCES, 1, 3),
        "use_when": [author.sentences(1, 1) for _ in range(3)],
        "avoid_when": [author.sentences(1, 1) for _ in range(1)],
        "definition": {
            "what": author.paragraphs(),
            "kin": [{"name": author.phrase(), "how": author.sentences(1, 1)} for _ in range(2)],
            "unlike": [{"name": author.phrase(), "how": author.sentences(1, 1)}],
        },
        "stages": {name: _stage(author) for name in author.some(_STAGES, 3, 3)},
        "contexts": {
            context: {
                "across": author.sentences(1, 1),
                "goal": author.sentences(1, 1),
                "changes": author.paragraphs(),
            }
        },
    }
    slots: dict[str, Entry] = {
        name: dict(zip(("label", "example", "type"), _SLOTS[name], strict=True))
        for name in sorted(author.slots)
    }
    return {
        **before,
        **({"slots": slots} if slots else {}),
        "scripts": scripts,
        "dialogues": [dialogue],
        "pitfalls": [_pitfall(author, index) for index in range(3)],
        "checklists": [_checklist(author, "prepare")],
        "ethics": [{"title": author.phrase(), "text": author.sentences(1, 2)}],
        "faq": [{"question": f"{author.phrase()}?", "answer": author.sentences(1, 2)} for _ in range(2)],
        "related": sorted(others),
    }


def _stage(author: Author) -> dict[str, Entry]:
    return {
        "goal": author.sentences(1, 1),
        "principle": author.sentences(1, 1),
        "steps": [f"{author.phrase()}." for _ in range(3)],
    }


def _script(author: Author, context: str, index: int) -> dict[str, Entry]:
    script: dict[str, Entry] = {
        "id": f"line-{index + 1}-{author.random.choice(_WORDS['thing'])}",
        "stage": author.random.choice(_STAGES),
        "contexts": [context],
    }
    kind = author.random.choice(("they_say", "instead_of", "title"))
    script[kind] = author.phrase() if kind == "title" else author.sentences(1, 1)
    script["say"] = author.spoken(2, 2)
    script["because"] = author.sentences(1, 1)
    if index % 2:
        script["sources"] = author.some(_SOURCES, 1, 2)
    return script


def _pitfall(author: Author, index: int) -> dict[str, Entry]:
    return {
        "id": f"slip-{index + 1}",
        "name": author.phrase(),
        "why": author.sentences(1, 1),
        "instead": author.sentences(1, 1),
    }


def _checklist(author: Author, purpose: str) -> dict[str, Entry]:
    return {
        "id": f"{purpose}-list",
        "title": author.phrase(),
        "purpose": purpose,
        "items": [f"{author.phrase()}." for _ in range(4)],
    }


def _file(entries: Mapping[str, Entry]) -> str:
    """The YAML of a file, with a blank line before each of its sections."""
    text = "\n".join(_mapping(entries, 0)) + "\n"
    return re.sub(r"^(?=\w+:$)", "\n", text, flags=re.MULTILINE).lstrip()


def _mapping(entries: Mapping[str, Entry], indent: int) -> Iterable[str]:
    for key, value in entries.items():
        start = f"{' ' * indent}{key}:"
        if isinstance(value, str):
            yield from _text(start, value, indent + 2)
        elif isinstance(value, Mapping):
            yield start
            yield from _mapping(value, indent + 2)
        elif _fits_one_line(value):
            yield f"{start} [{', '.join(map(str, value))}]"
        else:
            yield start
            for item in value:
                yield from _item(item, indent + 2)


def _item(value: Entry, indent: int) -> Iterable[str]:
    if isinstance(value, str):
        yield from _text(f"{' ' * indent}-", value, indent + 2)
    elif isinstance(value, Mapping):
        first, *rest = _mapping(value, indent + 2)
        yield f"{first[:indent]}- {first[indent + 2 :]}"
        yield from rest


def _fits_one_line(values: Sequence[Entry]) -> bool:
    return all(isinstance(value, str) and re.fullmatch(r"[\w -]+", value) for value in values) and (
        sum(map(len, values)) <= _LONGEST_PLAIN
    )


def _text(start: str, words: str, indent: int) -> Iterable[str]:
    """A text behind its key or its hyphen, in the style that a person would choose for it."""
    margin = " " * indent
    if "\n" in words:
        yield f"{start} |-"
        for paragraph in words.split("\n"):
            yield from textwrap.wrap(paragraph, _WIDTH, initial_indent=margin, subsequent_indent=margin) or [
                ""
            ]
    elif len(start) + len(words) > _WIDTH:
        yield f"{start} >-"
        yield from textwrap.wrap(
            words, _WIDTH, initial_indent=margin, subsequent_indent=margin, break_long_words=False,
            break_on_hyphens=False,
        )  # fmt: skip
    elif ": " in words or words[0] in "{*" or start.endswith(" example:"):
        yield f'{start} "{words}"'
    else:
        yield f"{start} {words}"


def main() -> None:
    """Write a corpus where the command line says."""
    parser = argparse.ArgumentParser(description="Write a handbook of made-up playbooks.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--playbooks", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    try:
        paths = write_corpus(**vars(arguments))
    except ValueError as error:
        parser.error(str(error))
    print(f"{len(paths)} playbooks in {arguments.folder}")


if __name__ == "__main__":
    main()
