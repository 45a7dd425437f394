"""Which lines come onto a sheet, and in which order: nothing is measured, and Typst is not needed."""

from collections.abc import Sequence

from playbook_press.model import Library, Pitfall, Purpose, Script

MOST_TICKS = 6
MOST_UNITS = 120
MOST_PITFALLS = 9
MOST_STOPS = 8
"""How many items of a list, lines of any kind, pitfalls, and stop signals a sheet holds at most."""
LONGEST_UNRANKED = 34
"""How many words a script may have that nobody ranked."""
PURPOSES: tuple[Purpose, ...] = ("prepare", "close")
"""The purposes of the lists that stand on a sheet: one list of each."""


def is_for_sheets(script: Script) -> bool:
    """Whether a script can be on a sheet at all: not what is sent in writing, nor what is long and unranked."""
    return script.channel == "spoken" and (
        script.sheet is not None or len(script.say.split()) <= LONGEST_UNRANKED
    )


def rank_of(library: Library, part: Script | Pitfall) -> float:
    """How early a part comes onto a sheet: what names its contexts says more to each of them."""
    words = len(part.say.split()) if isinstance(part, Script) else 0
    rank = part.sheet if part.sheet is not None else 100 + words
    return rank + breadth(library, part.contexts)


def breadth(library: Library, contexts: Sequence[str]) -> float:
    """What a part that is about so many contexts comes later for: less than a rank."""
    return 0.5 * (len(contexts) or len(library.contexts)) / len(library.contexts)


def usefulness(library: Library, sheet: int | None, contexts: Sequence[str]) -> tuple[int, int]:
    """How early a list deserves to be the one of its purpose on a sheet: the least is printed."""
    return sheet or 100, len(contexts) or len(library.contexts)
