"""Units of known height into columns, from top to bottom."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence


def fill(
    indices: Sequence[int],
    heights: Sequence[float],
    sections: Sequence[str],
    titles: Mapping[str, float],
    rooms: Sequence[float],
) -> list[list[int]]:
    """Fill columns with units; nothing where they do not all fit.

    A unit whose section differs from that of the one before stands under its heading, whose height
    is in `titles`. `rooms` are the heights of the columns, in the same measure.
    """
    columns: list[list[int]] = [[]]
    used = 0.0
    section = ""
    for index in indices:
        height = heights[index]
        if sections[index] != section:
            section = sections[index]
            height += titles[section]
        while used + height > rooms[len(columns) - 1]:
            if len(columns) == len(rooms):
                return []
            columns.append([])
            used = 0
        columns[-1].append(index)
        used += height
    return columns + [[] for _ in range(len(rooms) - len(columns))]


def choose(
    order: Sequence[int],
    heights: Sequence[float],
    sections: Sequence[str],
    titles: Mapping[str, float],
    rooms: Sequence[float],
) -> list[int]:
    """Which units fit together, of those in `order`, the best first: as many of the best as go, then what still does."""

    def fits(indices: Iterable[int]) -> bool:
        return bool(fill(sorted(indices), heights, sections, titles, rooms))

    # How many of the best fit is quicker to find out by halves than one by one.
    most = bisect_left(range(len(order)), 1, key=lambda count: not fits(order[: count + 1]))
    taken = list(order[:most])
    left = sum(rooms) - sum(heights[index] for index in taken)
    for index in order[most:]:
        if heights[index] <= left and fits([*taken, index]):
            taken.append(index)
            left -= heights[index]
    return taken


def balance(
    indices: Sequence[int],
    heights: Sequence[float],
    sections: Sequence[str],
    titles: Mapping[str, float],
    rooms: Sequence[float],
) -> list[list[int]]:
    """Fill the columns as evenly as they go: into the least room that holds everything."""
    columns = fill(indices, heights, sections, titles, rooms)
    low, high = 0.0, 1.0
    for _ in range(10):
        middle = (low + high) / 2
        tighter = fill(indices, heights, sections, titles, [room * middle for room in rooms])
        if tighter:
            columns, high = tighter, middle
        else:
            low = middle
    return columns
