"""Which of many names may have been meant by one that is not among them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

_FEW = 100
"""So few names are all looked at."""
_MOST = 5_000
_LIKELY = 30


def likely(name: str, known: Iterable[str]) -> Sequence[str]:
    """Those of the known names that have most in common with a name: all of them, where they are few.

    To compare a name with each of thousands takes long, and a file can have hundreds of wrong ones.
    """
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
    marked = f" {name.casefold().replace('_', '-')} "
    return frozenset(map("".join, pairwise(marked)))
