"""What the search loads, in pieces: the words of a query, and the entries that have them.

An index that is loaded whole grows with the handbook: at three thousand playbooks it would be several
megabytes. So the words are divided by how they begin, and the entries by number; a query loads the few
pieces that it is about, whatever the size. They are scripts, which load from a folder as well as over
http, so that there is one search, not two.

Measured against Pagefind 1.5 at a thousand playbooks, with a record for each: its engine is 105 KB before
the first word, and each word of a query another 25 to 50 KB, since it keeps where on a page each stands.
With a record for each entry, which is what a reader looks for, the list of records alone would be some 350 KB
at three thousand playbooks.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from playbook_press.model import Library
from playbook_press.search import Entry

FOLDER = "assets/playbooks/search"
PIECE = 16
"""How many entries are loaded together."""
_LARGEST = 16_000
"""A piece of words is divided where it has more characters, if it can be."""
_LONGEST_PREFIX = 8
_NEARLY_EVERYWHERE = 4_000
"""A word that more entries have tells nothing about any of them: the first will do."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

_Postings = dict[str, tuple[list[int], list[int]]]
"""By word, the entries that have it in their title, and those that have it elsewhere."""


def search_files(found: Sequence[Entry], library: Library) -> Iterator[tuple[str, str]]:
    """Every piece with its path in the site."""
    words = _postings(found)
    prefixes = sorted(_divided(words, sorted(words), 1), key=lambda piece: piece[0])
    for number, (_, of_piece) in enumerate(prefixes):
        written = {word: _lists(words[word]) for word in of_piece}
        yield f"{FOLDER}/words-{number}.js", _piece(f"words-{number}", written)
    for start in range(0, len(found), PIECE):
        name = f"entries-{start // PIECE}"
        yield f"{FOLDER}/{name}.js", _piece(name, [_shown(entry) for entry in found[start : start + PIECE]])
    facets = _facets(found, library)
    for label, choices in facets.items():
        for number, numbers in enumerate(choices.values()):
            name = f"{label}-{number}"
            yield f"{FOLDER}/{name}.js", _piece(name, _list(numbers))
    directory = {
        "size": len(found),
        "piece": PIECE,
        "prefixes": [prefix for prefix, _ in prefixes],
        "facets": {label: list(choices) for label, choices in facets.items()},
    }
    yield f"{FOLDER}/directory.js", _piece("directory", directory)


def plain(text: str) -> list[str]:
    """The words of a text as they are compared: as `plain` in `reader/src/words.js` gives them."""
    folded = "".join(
        letter for letter in unicodedata.normalize("NFKD", text.lower()) if not "\u0300" <= letter <= "\u036f"
    )
    folded = folded.replace("’", "'").replace("‘", "'")
    if "'" in folded:
        folded = re.sub(r"\bcan't\b", "can not", folded)
        folded = re.sub(r"\bwon't\b", "will not", folded)
        folded = re.sub(r"n't\b", " not", folded)
        folded = re.sub(r"'(?:re|ve|ll|s|d|m)\b", "", folded)
    folded = re.sub(r"([iy])z(?=[aei])", r"\1s", folded)
    folded = re.sub(r"([a-z]{3})our", r"\1or", folded)
    return re.findall(r"[^\W_]+", folded)


def _postings(found: Iterable[Entry]) -> _Postings:
    words: _Postings = defaultdict(lambda: ([], []))
    for number, entry in enumerate(found):
        titled = set(plain(f"{entry.title} {entry.alias}"))
        for word in titled:
            words[word][0].append(number)
        for word in {*plain(f"{entry.answer} {entry.more} {entry.where} {entry.kind}")} - titled:
            words[word][1].append(number)
    return {word: (titled, elsewhere[:_NEARLY_EVERYWHERE]) for word, (titled, elsewhere) in words.items()}


def _divided(words: _Postings, of_piece: list[str], length: int) -> Iterator[tuple[str, list[str]]]:
    """Words in order, in pieces by how they begin, each with its beginning."""
    groups: dict[str, list[str]] = {}
    for word in of_piece:
        groups.setdefault(word[:length], []).append(word)
    for prefix, group in groups.items():
        size = sum(len(word) + 2 * sum(map(len, words[word])) for word in group)
        if size > _LARGEST and len(group) > 1 and length < _LONGEST_PREFIX:
            yield from _divided(words, group, length + 1)
        else:
            yield prefix, group


def _facets(found: Iterable[Entry], library: Library) -> Mapping[str, Mapping[str, list[int]]]:
    """What results can be narrowed to: by facet and choice, the numbers of the entries."""
    titles = {
        "context": {name: context.title for name, context in library.contexts.items()},
        "stage": {name: stage.title for name, stage in library.stages.items()},
    }
    facets: dict[str, dict[str, list[int]]] = {
        label: {title: [] for title in names.values()} for label, names in titles.items()
    }
    facets["kind"] = {}
    for number, entry in enumerate(found):
        facets["kind"].setdefault(entry.kind, []).append(number)
        # What is said of no context in particular holds in all of them.
        for label, names in (("context", entry.contexts or library.contexts), ("stage", entry.stages)):
            for name in names:
                if name in titles[label]:
                    facets[label][titles[label][name]].append(number)
    return {
        label: {choice: numbers for choice, numbers in choices.items() if numbers}
        for label, choices in facets.items()
    }


def _shown(entry: Entry) -> dict[str, Any]:
    return {key: value for key, value in asdict(entry).items() if value and key not in {"contexts", "stages"}}


def _lists(postings: tuple[list[int], list[int]]) -> list[str]:
    return [_list(numbers) for numbers in postings]


def _list(numbers: Iterable[int]) -> str:
    """Rising numbers, each as how far it is from the one before, to base 36."""
    steps = []
    last = -1
    for number in numbers:
        steps.append(_base36(number - last))
        last = number
    return " ".join(steps)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def _piece(name: str, content: Any) -> str:
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f"(globalThis.playbooksFound??={{}})[{json.dumps(name)}]={written};\n"
