"""Which entry of a list is which entry of another."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Sequence
from typing import Any

from playbook_press.changes.words import counted, likeness
from playbook_press.model import Part, texts

ALIKE = 0.55
"""The share of words in common from which two entries count as one that was reworded."""
_MOST_PAIRS = 10_000
NAMES = ("title", "name", "question", "label", "term")

Pairs = list[tuple[int, int]]


def pairs_of(old: Sequence[Any], new: Sequence[Any]) -> Pairs:
    """The indices of entries that belong together, in the order of the new list.

    Entries belong together that have one id, else that say the same, else that are called the
    same, else that are most alike.
    """
    found = _pairs_by(identity, old, new, [])
    found = _pairs_by(_content, old, new, found)
    found = _pairs_by(name_of, old, new, found)
    old_left = _left(len(old), {one for one, _ in found})
    new_left = _left(len(new), {two for _, two in found})
    further = alike([old[index] for index in old_left], [new[index] for index in new_left])
    found += [(old_left[one], new_left[two]) for one, two in further]
    return sorted(found, key=lambda pair: pair[1])


def identity(entry: Any) -> str:
    """The id of an entry, if it has one."""
    return str(getattr(entry, "id", ""))


def name_of(entry: Any) -> str:
    """What an entry is called, if it is called anything."""
    return next((str(getattr(entry, name)) for name in NAMES if getattr(entry, name, "")), "")


def words_in(entry: Any) -> Counter[str]:
    """How often each word stands in an entry."""
    return counted([entry] if isinstance(entry, str) else (text.words for text in texts(entry)))


def _content(entry: Any) -> str:
    """What an entry says, whatever its id."""
    if isinstance(entry, Part):
        return repr([(name, value) for name, value in entry if name != "id"])
    return repr(entry)


def _left(length: int, taken: set[int]) -> list[int]:
    return [index for index in range(length) if index not in taken]


def _pairs_by(key: Callable[[Any], str], old: Sequence[Any], new: Sequence[Any], found: Pairs) -> Pairs:
    """The pairs that were found, and those that have a key in common."""
    waiting: dict[str, deque[int]] = defaultdict(deque)
    for index in _left(len(old), {pair[0] for pair in found}):
        if key(old[index]):
            waiting[key(old[index])].append(index)
    further = [
        (waiting[key(new[index])].popleft(), index)
        for index in _left(len(new), {pair[1] for pair in found})
        if waiting.get(key(new[index]))
    ]
    return [*found, *further]


def alike(old: Sequence[Any], new: Sequence[Any]) -> Pairs:
    """The pairs of entries that have most words in common; none where there are too many to compare."""
    if len(old) * len(new) > _MOST_PAIRS:
        return []
    before, after = [words_in(entry) for entry in old], [words_in(entry) for entry in new]
    return best_pairs(
        {
            (one, two): likeness(words, others)
            for one, words in enumerate(before)
            for two, others in enumerate(after)
        }
    )


def best_pairs(scores: dict[tuple[int, int], float], least: float = ALIKE) -> Pairs:
    """The pairs with the highest scores, each entry in one pair at most."""
    found: Pairs = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for (one, two), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if score >= least and one not in taken_old and two not in taken_new:
            found.append((one, two))
            taken_old.add(one)
            taken_new.add(two)
    return found
