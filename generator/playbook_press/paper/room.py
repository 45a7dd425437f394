"""How much room words take on paper, and how wide the columns of a table to write in should be.

Estimates, on the safe side: they decide the form of a page, and Typst then measures for itself.
"""

import re
from collections.abc import Sequence
from math import ceil, inf

from playbook_press.model import Blank, CellType, Column
from playbook_press.paper.letters import MAY_BREAK, UNKNOWN, most_ems

_POINT = 25.4 / 72
_LINE = 1.3
"""How far apart lines are, in times the size of the text."""
_FULL = 0.92
"""How much of a line is filled, on average."""
INSET = 1.2
"""The room at either side of a cell, in millimetres."""
_TICK = 4.5
"""The room of a tick box and what is around it."""

_COMFORTABLE: dict[CellType, float] = {
    "text": 36,
    "long": 50,
    "person": 32,
    "money": 20,
    "number": 15,
    "percent": 15,
    "date": 20,
    "score": 13,
    "choice": 26,
}
_TIGHTEST: dict[CellType, float] = {
    "text": 24,
    "long": 34,
    "person": 24,
    "money": 18,
    "number": 13,
    "percent": 13,
    "date": 18,
    "score": 12,
    "choice": 20,
}
"""The least that a column can be written in, in millimetres."""
_WIDEST_FOR_A_WORD = 34
_FORMULA = 24
"""A column that is computed has this width for the words that say how."""
_GROWS: dict[CellType, float] = {
    "text": 1,
    "long": 1.8,
    "person": 0.7,
    "money": 0.35,
    "number": 0.25,
    "percent": 0.25,
    "date": 0.25,
    "score": 0.2,
    "choice": 0.4,
}
"""Who takes what is left of the width, and how much of it."""
_MOST_OPTIONS = 3
_LONGEST_OPTION = 12


def width_of(words: str, size: float = 10) -> float:
    """About how long words are on one line, in millimetres."""
    ems = most_ems(words)
    if ems == inf:
        ems = sum(min(most_ems(character), UNKNOWN) for character in words)
    return ems * size * _POINT


def lines_of(words: str, room: float, size: float = 10) -> int:
    """About how many lines words take in some room."""
    return ceil(width_of(words, size) / room / _FULL)


def height_of(words: str, room: float, size: float = 10) -> float:
    """About how high words are in some room, in millimetres."""
    return lines_of(words, room, size) * size * _LINE * _POINT


def breakable(words: str, room: float, size: float = 10) -> str:
    """Words that can be broken wherever one of them is longer than a line."""
    return re.sub(r"\S{6,}", lambda match: _broken(match[0], room, size), words)


def _broken(word: str, room: float, size: float) -> str:
    if width_of(word, size) <= room:
        return word
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size) > room / 2:
            pieces.append("")
        pieces[-1] += character
    return MAY_BREAK.join(pieces)


def shows_options(blank: Blank) -> bool:
    """Whether the options of a column are few and short enough to stand in each of its cells."""
    return (
        blank.type == "choice"
        and 0 < len(blank.options) <= _MOST_OPTIONS
        and all(len(option) <= _LONGEST_OPTION for option in blank.options)
    )


def _needed(column: Column, by_type: dict[CellType, float]) -> float:
    """How wide a column has to be for its type, the words of its label, its options and its formula."""
    longest = max((width_of(word, 9.5) for word in column.label.split()), default=0.0)
    needed = max(by_type[column.type], min(longest + 2 * INSET, _WIDEST_FOR_A_WORD))
    if shows_options(column):
        widest = max(width_of(option, 9) for option in column.options)
        needed = max(needed, widest + _TICK + 2 * INSET)
    return max(needed, _FORMULA) if column.computed and by_type is _COMFORTABLE else needed


def comfortable_width(columns: Sequence[Column]) -> float:
    """How wide a table should be, to be written in with ease."""
    return sum(_needed(column, _COMFORTABLE) for column in columns)


def column_widths(columns: Sequence[Column], room: float) -> list[float]:
    """The widths of columns that fill some room, in millimetres."""
    tight = [_needed(column, _TIGHTEST) for column in columns]
    easy = [max(_needed(column, _COMFORTABLE), least) for column, least in zip(columns, tight, strict=True)]
    if sum(easy) > room:
        share = max(0, room - sum(tight)) / (sum(easy) - sum(tight)) if sum(easy) > sum(tight) else 0
        widths = [least + share * (most - least) for least, most in zip(tight, easy, strict=True)]
        scale = min(1, room / sum(widths))
        return [width * scale for width in widths]
    grows = [_GROWS[column.type] for column in columns]
    left = room - sum(easy)
    return [width + left * grow / sum(grows) for width, grow in zip(easy, grows, strict=True)]


def bands(columns: Sequence[Column], room: float) -> list[list[int]]:
    """The columns of a table, by index, in as many pieces as it takes to write in all of them.

    Each piece begins with the first column, which says what a row is about.
    """
    tight = [_needed(column, _TIGHTEST) for column in columns]
    greedy = [[0]]
    for index in range(1, len(columns)):
        if len(greedy[-1]) > 1 and sum(tight[place] for place in greedy[-1]) + tight[index] > room:
            greedy.append([0])
        greedy[-1].append(index)
    each = ceil((len(columns) - 1) / len(greedy))
    even = [[0, *range(start, min(start + each, len(columns)))] for start in range(1, len(columns), each)]
    return even if all(sum(tight[place] for place in band) <= room for band in even) else greedy
