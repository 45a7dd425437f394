"""Comments that say why a finding is to be passed over.

    # playbooks: ignore[PB402] this client counts in absolutes
    say: You always get the same price as everyone else.

The comment stands on the line of the finding or above it, names the rules, and gives a reason.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from playbook_press.compose import YamlNode
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
    scalars = list(_scalars(document.root)) if document.root else []
    for match in _COMMENT.finditer(text):
        if any(start <= match.start() < end for _, start, end in scalars):
            continue  # words of a text, not a comment
        line, column = document.line_and_column(match.start())
        codes = tuple(
            (code[0], column + match.start(1) - match.start() + code.start())
            for code in _CODE.finditer(match[1] or "")
        )
        target = _target(document, line, column)
        last = max(
            (
                document.line_and_column(end)[0]
                for opening, _, end in scalars
                if document.line_and_column(opening)[0] == target
            ),
            default=target,
        )
        reason = match[2].strip(" \t:,.-–—")
        end_column = column + match.end() - match.start()
        found.append(Suppression(line, column, end_column, codes, reason, target, last))
    return found


def _target(document: Document, line: int, column: int) -> int:
    """The line that a comment is about: its own, or the first below that says something."""
    if document.line(line)[: column - 1].strip():
        return line
    last = document.line_and_column(len(document.text))[0]
    below = line + 1
    while below <= last and (not (words := document.line(below).strip()) or words.startswith("#")):
        below += 1
    return below


def _scalars(node: YamlNode, opening: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Each text: where its key stands, or else it itself, then where it starts and ends."""
    if isinstance(node.value, dict):
        for name, child in node.value.values():
            yield from _scalars(child, name.start)
    elif isinstance(node.value, list):
        for child in children_of(node):
            yield from _scalars(child)
    else:
        yield (node.start if opening is None else opening, node.start, node.end)
