"""Units of known height into columns, from top to bottom."""

from collections.abc import Mapping, Sequence


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
