"""A text as the words that are printed: what can be counted and divided without starting Typst."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf
from typing import Any

from playbook_press.paper.letters import MAY_BREAK, UNKNOWN, most_ems
from playbook_press.text import Node

SMALL = 8.0
"""The size of small print, in points, which nothing is smaller than."""
_LONGEST_LABEL = 22.0
"""In ems: what is longer stands in brackets, as a blank cannot be broken."""
_BLANK = 2.0
"""What a blank is wider than its label, in ems."""
_UNBROKEN = 12
"""How many characters of an endless word stay together."""
_SENTENCE_END = re.compile(r"[.!?…][’”\"')\]]*\s*")


@dataclass(frozen=True)
class Word:
    """What no line break divides, with the space behind it."""

    pieces: tuple[Mapping[str, Any], ...]
    """For the template: see `text.pieces`."""
    starts_line: bool = False

    @property
    def text(self) -> str:
        """The characters alone; of a blank, its label."""
        return "".join(map(_letters, self.pieces))

    def width(self, size: float) -> float:
        """At least as wide as it can be in a size, in points; the label of a blank is always small."""
        return sum(
            most_ems(_letters(piece)) * SMALL + _BLANK * size
            if _is_blank(piece)
            else most_ems(_letters(piece)) * size
            for piece in self.pieces
        )

    @property
    def ends_sentence(self) -> bool:
        """Whether a reader can pause behind it."""
        return _SENTENCE_END.search(self.text) is not None and not _is_blank(self.pieces[-1])


def most_lines(text: str, width: float) -> float:
    """At least as many lines as a text takes; infinitely many where a word may be wider than a line.

    `width` is in ems. A word that does not fit ends a line, so what is left empty is narrower than
    the widest word.
    """
    widest = max(map(most_ems, re.split("[ \n]+", text)))
    return ceil(most_ems(text) / (width - widest)) + text.count("\n") if widest < width else inf


def shortened(text: str, width: float) -> str:
    """A text that is no wider than so many ems: an ellipsis stands for what is left out."""
    if UNKNOWN * len(text) <= width or most_ems(text) <= width:
        return text
    while len(text) * UNKNOWN > width and most_ems(text) > width - 1:
        text = text[:-1]
    return f"{text.rstrip()}…"


def split(
    nodes: Iterable[Node], label: Callable[[str], str], filled: Mapping[str, str], width: float
) -> tuple[Word, ...]:
    """The words of a text; a slot is what it is `filled` with, or else a blank with its `label`.

    A word that could be wider than a line of small print, whose `width` is in points, may be broken.
    """
    words: list[Word] = []
    glued = starts_line = False
    for piece in _pieces(nodes, label, filled):
        if piece["kind"] == "break":
            glued, starts_line = False, True
            continue
        if glued:
            last = words.pop()
            words.append(Word((*last.pieces, piece), last.starts_line))
        else:
            words.append(Word((piece,), starts_line and bool(words)))
        starts_line = False
        glued = not _letters(piece).endswith(" ")
    return tuple(part for word in words for part in _broken(word, width))


def as_pieces(words: Sequence[Word]) -> list[dict[str, Any]]:
    """Words as data for a template, in as few pieces as it goes."""
    found: list[dict[str, Any]] = []
    for index, word in enumerate(words):
        if word.starts_line and index > 0:
            found.append({"kind": "break", "text": ""})
        for piece in word.pieces:
            if found and found[-1]["kind"] == piece["kind"] and piece["kind"] in {"text", "filled"}:
                found[-1]["text"] += piece["text"]
            else:
                found.append(dict(piece))
    return found


def _pieces(
    nodes: Iterable[Node], label: Callable[[str], str], filled: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """The nodes as pieces of a word each, at most: a word can consist of several."""
    for node in nodes:
        if node.kind in {"text", "code"}:
            yield from _texts("text", node.text)
        elif node.kind == "slot":
            yield from _slot(node.text, label, filled)
        elif node.kind == "break":
            yield {"kind": "break"}
        elif node.kind in {"emphasis", "strong"}:
            for piece in _pieces(node.children, label, filled):
                yield piece if piece["kind"] == "break" else {"kind": node.kind, "children": [piece]}
        elif node.kind in {"bullets", "numbers"}:
            for number, item in enumerate(node.children, start=1):
                yield {"kind": "break"}
                yield {"kind": "text", "text": "• " if node.kind == "bullets" else f"{number}. "}
                first, *more = item.children or (Node("paragraph"),)
                yield from _pieces(first.children if first.kind == "paragraph" else [first], label, filled)
                yield from _pieces(more, label, filled)
        else:
            if node.kind == "paragraph":
                yield {"kind": "break"}
            yield from _pieces(node.children, label, filled)


def _texts(kind: str, text: str) -> Iterator[dict[str, Any]]:
    for match in re.finditer(r"[^ \n]+[ \n]*|[ \n]+", text):
        words = match[0].rstrip(" \n")
        yield {"kind": kind, "text": words + " " if words != match[0] else words}


def _slot(name: str, label: Callable[[str], str], filled: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    if words := filled.get(name):
        yield from _texts("filled", words)
    elif most_ems(label(name)) <= _LONGEST_LABEL:
        yield {"kind": "slot", "text": label(name)}
    else:
        yield from _texts("text", f"({label(name)})")


def _broken(word: Word, width: float) -> Iterator[Word]:
    if word.width(SMALL) <= width:
        yield word
        return
    starts_line = word.starts_line
    for piece in word.pieces:
        text = _letters(piece)
        step = len(text) if _is_blank(piece) else _UNBROKEN
        for start in range(0, len(text), step or 1):
            part = text[start : start + step]
            # Behind a blank a line may end anyway.
            may_break = "" if _is_blank(piece) or part.endswith(" ") else MAY_BREAK
            yield Word((_with_text(piece, part + may_break),), starts_line)
            starts_line = False


def _letters(piece: Mapping[str, Any]) -> str:
    return str(piece["text"]) if "text" in piece else "".join(map(_letters, piece["children"]))


def _is_blank(piece: Mapping[str, Any]) -> bool:
    return piece["kind"] == "slot" or any(map(_is_blank, piece.get("children", ())))


def _with_text(piece: Mapping[str, Any], text: str) -> Mapping[str, Any]:
    if "text" in piece:
        return {**piece, "text": text}
    return {**piece, "children": [_with_text(piece["children"][0], text)]}
