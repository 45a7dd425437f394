"""Comments that say why a finding is to be passed over.

    # playbooks: ignore[PB402] this client counts in absolutes
    say: You always get the same price as everyone else.

The comment stands on the line of the finding or above it, names the rules, and gives a reason.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from playbook_press.compose import LINE_BREAK, YamlNode
from playbook_press.document import Document, children_of

_COMMENT = re.compile(
    r"(?:^|(?<=[ \t]))#[ \t]*playbooks:[ \t]*ignore\b[ \t]*(?:\[([^\]\n]*)\])?([^\r\n]*)", re.MULTILINE
)
_CODE = re.compile(r"[^\s,]+")


class Suppression(NamedTuple):
    """One comment: which rules it silences, and on which lines. Lines and columns are 1-based."""

    line: int
    column: int
    end_column: int
    codes: tuple[tuple[str, int], ...]
    """What it names, each with its column."""
    reason: str
    first_line: int
    """The first line that it is about."""
    last_line: int
    """The last one: the end of a text that starts there."""


def suppressions_in(document: Document) -> list[Suppression]:
    """Every comment of a document that silences findings."""
    text = document.text
    if "playbooks:" not in text or "ignore" not in text:
        return []
    found = []
    scalars = sorted(_scalars(document.root)) if document.root else []
    starts = [start for start, _, _ in scalars]
    last_lines = _last_lines(document, scalars)
    lines_below = _lines_below(text)
    for match in _COMMENT.finditer(text):
        before = bisect_right(starts, match.start()) - 1
        if before >= 0 and _is_within(text, match.start(), scalars[before]):
            continue  # words of a text, not a comment
        line, column = document.line_and_column(match.start())
        codes = tuple(
            (code[0], column + match.start(1) - match.start() + code.start())
            for code in _CODE.finditer(match[1] or "")
        )
        says_something = document.line(line)[: column - 1].strip()
        target = line if says_something else lines_below[line]
        reason = match[2].strip(" \t:,.-–—")
        end_column = column + match.end() - match.start()
        last = last_lines.get(target, target)
        found.append(Suppression(line, column, end_column, codes, reason, target, last))
    return found


def _is_within(text: str, place: int, scalar: tuple[int, int, int]) -> bool:
    """Whether a place is in the words of a text: those of a block start in the line below its mark."""
    start, end, _ = scalar
    is_in_words = text[start] not in "|>" or LINE_BREAK.search(text, start, place) is not None
    return place < end and is_in_words


def _last_lines(document: Document, scalars: Iterable[tuple[int, int, int]]) -> Mapping[int, int]:
    """By the line where a text or its key stands, the one where the text ends."""
    found: dict[int, int] = {}
    for start, end, opening in scalars:
        last = document.line_and_column(end)[0]
        for line in {document.line_and_column(place)[0] for place in (start, opening)}:
            found[line] = max(last, found.get(line, last))
    return found


def _lines_below(text: str) -> Sequence[int]:
    """By the 1-based number of a line, the first one below it that says something, or the one behind the last."""
    lines = LINE_BREAK.split(text)
    below = len(lines) + 1
    found = [below]
    for number in range(len(lines), 0, -1):
        found.append(below)
        words = lines[number - 1].strip()
        if words and not words.startswith("#"):
            below = number
    found.append(below)
    return found[:0:-1]


def _scalars(node: YamlNode, opening: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Each text: where it starts and ends, and where its key stands, or else it itself."""
    if isinstance(node.value, dict):
        for name, child in node.value.values():
            yield from _scalars(child, name.start)
    elif isinstance(node.value, list):
        for child in children_of(node):
            yield from _scalars(child)
    else:
        yield (node.start, node.end, node.start if opening is None else opening)
