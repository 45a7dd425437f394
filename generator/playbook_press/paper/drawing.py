"""Where things stand in a drawing: scales, the ends of a range, the points of a plot, from 0 to 1."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from playbook_press.paper.computing import Amount, read_amount, write_amount

_DAY = re.compile(r"[0-9]{4}(-?)[0-9]{2}\1[0-9]{2}")
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_MOST_STEPS = 6
_MOST_DAYS = 6
_ROOM_BESIDE = 12
"""This part of a range is left free at either side of it."""


def scale(values: Sequence[Decimal], most: int = _MOST_STEPS) -> list[Decimal]:
    """Round values from below the least of some values to above the greatest, at even distances."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - 1, high + 1
    power = Decimal(10) ** ((high - low) / most).adjusted()
    for step in (step * power for step in _STEPS):
        first = (low / step).to_integral_value(ROUND_FLOOR)
        last = (high / step).to_integral_value(ROUND_CEILING)
        if last - first <= most:
            break
    return [step * number for number in range(int(first), int(last) + 1)]


def _place(value: Decimal, marks: Sequence[Decimal]) -> float:
    return round(float((value - marks[0]) / (marks[-1] - marks[0])), 4)


def _scale_data(marks: Sequence[Decimal], like: Amount) -> list[dict[str, Any]]:
    return [{"at": _place(mark, marks), "words": write_amount(like._replace(value=mark))} for mark in marks]


def draw_range(floor: str, target: str, their_low: str, their_high: str) -> dict[str, Any] | None:
    """Both ranges on one scale, and where they overlap; None where an end is not a figure.

    `gap` says how far they are apart where they do not overlap.
    """
    found = [read_amount(words) for words in (floor, target, their_low, their_high)]
    ends = [end for end in found if end]
    if len(ends) < len(found):
        return None
    like = next((end for end in ends if end.currency), ends[0])
    values = [end.value for end in ends]
    room = (max(values) - min(values)) / _ROOM_BESIDE
    marks = scale([min(values) - room, max(values) + room])
    yours, theirs = sorted(ends[:2]), sorted(ends[2:])
    low, high = max(yours[0], theirs[0]), min(yours[1], theirs[1])

    def piece(start: Amount, end: Amount) -> dict[str, Any]:
        return {
            "from": _place(start.value, marks),
            "to": _place(end.value, marks),
            "words": [write_amount(start), write_amount(end)],
        }

    overlap = piece(low, high) if low.value <= high.value else None
    gap = "" if overlap else write_amount(like._replace(value=low.value - high.value))
    return {
        "scale": _scale_data(marks, like),
        "yours": piece(*yours),
        "theirs": piece(*theirs),
        "overlap": overlap,
        "gap": gap,
    }


def draw_plot(
    rows: Sequence[tuple[str, Sequence[str]]], marks: Sequence[Decimal] = ()
) -> dict[str, Any] | None:
    """The lines of a plot through rows of a date and the figure of each line; None without a point.

    A row without a date has no point, and neither has a figure that is none. `marks` is the scale,
    where it is known and all figures are on it.
    """
    points = [
        (day, line, amount)
        for when, figures in rows
        if (day := _day(when)) is not None
        for line, words in enumerate(figures)
        if (amount := read_amount(words)) is not None
    ]
    if not points:
        return None
    points.sort()
    values = [amount.value for _, _, amount in points]
    if not marks or min(values) < marks[0] or max(values) > marks[-1]:
        marks = scale(values)
    days = sorted({day for day, _, _ in points})
    span = max(days[-1] - days[0], 1)
    lines: dict[int, list[list[float]]] = {}
    for day, line, amount in points:
        at = [round((day - days[0]) / span, 4), _place(amount.value, marks)]
        lines.setdefault(line, []).append(at)
    return {
        "scale": _scale_data(marks, points[0][2]),
        "days": [
            {"at": round((day - days[0]) / span, 4), "words": date.fromordinal(day).isoformat()}
            for day in _apart(days, span / _MOST_DAYS)
        ],
        "lines": [lines.get(line, []) for line in range(max(lines) + 1)],
    }


def _apart(days: Sequence[int], least: float) -> list[int]:
    """The days that are far enough from the one before to be written below a line."""
    found = [days[0]]
    for day in days[1:]:
        if day - found[-1] >= least:
            found.append(day)
    return found


def _day(words: str) -> int | None:
    words = words.strip()
    if not _DAY.fullmatch(words):  # Python knows dates by the week too, which a browser does not
        return None
    try:
        return date.fromisoformat(words).toordinal()
    except ValueError:
        return None
