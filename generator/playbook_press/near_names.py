"""Names that are not known: which of those that are may have been meant.

To compare a name with each of thousands takes long, and a file can have hundreds of wrong ones: so those that have
most in common with it are found first.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache, partial
from itertools import pairwise, takewhile
from operator import eq

_SHORTEST_WORD = 4
"""A slip is looked for where the longer of two words has so many letters."""
_LONGEST_NAME = 200
"""Nothing is near a longer name; to look would take long."""
_FEW = 100
"""So few names are all looked at."""
_MOST = 5_000
_LIKELY = 30


def folded(name: str) -> str:
    """A name as it is compared: in small letters, with hyphens."""
    return name.casefold().replace("_", "-")


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    return _nearest(name, tuple(known)) if len(name) <= _LONGEST_NAME else None


@lru_cache(maxsize=64)  # what is wrong once in a file often is so many times
def _nearest(name: str, known: tuple[str, ...]) -> str | None:
    by_folded = {candidate.casefold(): candidate for candidate in _likely(name, known)}
    for typed in (folded(name), name.casefold()):
        if matches := get_close_matches(typed, by_folded, n=5):
            return by_folded[max(matches, key=partial(_likeness, typed))]
    return None


def _likeness(name: str, candidate: str) -> tuple[float, int]:
    """How near a name comes to another; of two as near, the one with more letters in place is nearer."""
    return SequenceMatcher(None, candidate, name).ratio(), sum(map(eq, candidate, name))


def only_near(name: str, known: Iterable[str]) -> str | None:
    """The known name that was surely meant: what was typed is a slip of the keyboard for it, and for no other."""
    if len(name) > _LONGEST_NAME:
        return None
    by_folded = {folded(candidate): candidate for candidate in _likely(name, known)}
    typed = folded(name)
    if typed in by_folded:
        return by_folded[typed]
    meant = [candidate for candidate in by_folded if _is_slip(typed, candidate)]
    return by_folded[meant[0]] if len(meant) == 1 else None


def _is_slip(name: str, candidate: str) -> bool:
    """Whether two names differ by a hyphen that was left out, or by a slip in one of their words."""
    joined = candidate.replace("-", "")
    if name.replace("-", "") == joined:
        return not any(map(str.isdigit, joined))
    words, others = name.split("-"), candidate.split("-")
    different = [pair for pair in zip(words, others, strict=False) if pair[0] != pair[1]]
    return len(words) == len(others) and len(different) == 1 and _is_slip_in_word(*different[0])


def _is_slip_in_word(word: str, other: str) -> bool:
    """Whether a letter is wrong, missing or one too many, or two neighbours are swapped.

    Short words become others so, as `min` and `mix`; and a digit that differs is another number.
    """
    if max(len(word), len(other)) < _SHORTEST_WORD or not (word.isalpha() and other.isalpha()):
        return False
    backwards = (rest[::-1] for rest in _from_first_difference(word, other))
    rest, other_rest = _from_first_difference(*backwards)
    is_swapped = len(rest) == 2 and rest == other_rest[::-1]  # noqa: PLR2004
    return is_swapped or max(len(rest), len(other_rest)) == 1


def _from_first_difference(word: str, other: str) -> tuple[str, str]:
    same = sum(takewhile(bool, map(eq, word, other)))
    return word[same:], other[same:]


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Help for a name that is not known."""
    known = list(known)
    meant = nearest(name, known)
    if meant:
        return f"did you mean `{meant}`?"
    if not known and otherwise.endswith(" are"):
        return "there are none yet"
    listed = ", ".join(f"`{candidate}`" for candidate in known[:12])
    return f"{otherwise}{': ' if listed else ''}{listed}{', …' if len(known) > 12 else ''}"  # noqa: PLR2004


def _likely(name: str, known: Iterable[str]) -> Sequence[str]:
    """Those of the known names that have most in common with a name: all of them, where they are few."""
    names = tuple(known)
    if len(names) <= _FEW:
        return names
    pairs = _pairs_of(names[:_MOST])
    counts: Counter[int] = Counter()
    for pair in _pairs(name):
        counts.update(pairs.get(pair, ()))
    return [names[place] for place, _ in counts.most_common(_LIKELY)]


@lru_cache(maxsize=4)
def _pairs_of(names: tuple[str, ...]) -> Mapping[str, Sequence[int]]:
    """The places of the names in which each pair of characters stands."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for pair in _pairs(name):
            found[pair].append(place)
    return found


def _pairs(name: str) -> frozenset[str]:
    marked = f" {folded(name)} "
    return frozenset(map("".join, pairwise(marked)))
