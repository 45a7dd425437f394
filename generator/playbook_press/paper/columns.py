"""Units of known height into columns, from top to bottom."""

from collections.abc import Sequence


def fill(
    indices: Sequence[int],
    heights: Sequence[float],
    sections: Sequence[str],
    title: float,
    rooms: Sequence[float],
) -> list[list[int]]:
    """Fill columns with units; nothing where they do not all fit.

    A unit whose section differs from that of the one before stands under a heading of height
    `title`. `rooms` are the heights of the columns, in the same measure.
    """
    columns: list[list[int]] = [[]]
    used = 0.0
    section = ""
    for index in indices:
        height = heights[index] + (title if sections[index] != section else 0)
        section = sections[index]
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
    title: float,
    rooms: Sequence[float],
) -> list[list[int]]:
    """Fill the columns as evenly as they go: into the least room that holds everything."""
    columns = fill(indices, heights, sections, title, rooms)
    low, high = 0.0, 1.0
    for _ in range(10):
        middle = (low + high) / 2
        tighter = fill(indices, heights, sections, title, [room * middle for room in rooms])
        if tighter:
            columns, high = tighter, middle
        else:
            low = middle
    return columns
