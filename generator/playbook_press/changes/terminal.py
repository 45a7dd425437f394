"""Changes as text for a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from playbook_press.changes.outline import Item, Outline
from playbook_press.changes.words import Run
from playbook_press.report import Style, printable, unstyled

Piece = tuple[str, Mapping[str, object]]
"""Words, and how they look: what a style takes."""

_WIDTH = 100
_COLOURS = {"added": "green", "removed": "red"}
_MARKS = {"same": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "same": {},
    "old": {"fg": "red", "strikethrough": True},
    "new": {"fg": "green", "bold": True},
}


def as_text(told: Outline, style: Style = unstyled) -> str:
    """The headline, then every section; what differs is marked as git marks words."""
    lines = list(_wrapped([(printable(told.headline), {"bold": True})], "", style))
    for section in told.sections:
        note = f"  {style(printable(section.note), fg='cyan')}" if section.note else ""
        lines += ["", f"{style(printable(section.title), bold=True, underline=True)}{note}"]
        for group in section.groups:
            if group.title:
                lines.append(f"  {style(printable(group.title), bold=True)}")
            for item in group.items:
                lines += _item(item, style)
    return "\n".join(lines)


def _item(item: Item, style: Style) -> Iterator[str]:
    pieces: list[Piece] = []
    if item.verb:
        pieces.append((printable(item.verb), {"fg": _COLOURS.get(item.verb, "yellow")}))
    pieces += _pieces(item.name)
    if item.facts:
        pieces.append((f"({printable('; '.join(item.facts))})", {"fg": "cyan"}))
    yield from _wrapped(pieces, "  - ", style)
    for line in item.lines:
        label: list[Piece] = [(f"{printable(line.label)}:", {"dim": True})] if line.label else []
        yield from _wrapped([*label, *_pieces(line.runs)], "      ", style)


def _pieces(runs: Sequence[Run]) -> list[Piece]:
    pieces: list[Piece] = []
    for run in runs:
        before, after = _MARKS[run.kind]
        pieces.append((f"{before}{printable(run.words)}{after}", _LOOKS[run.kind]))
    return pieces


def _wrapped(pieces: Sequence[Piece], indent: str, style: Style) -> Iterator[str]:
    """Words in lines that a terminal holds, each stretch of one look styled as one."""
    line: list[Piece] = []
    used = len(indent)
    for text, look in pieces:
        for word in text.split():
            if line and used + 1 + len(word) > _WIDTH:
                yield indent + _styled(line, style)
                line, indent = [], " " * len(indent)
                used = len(indent)
            used += len(word) + bool(line)
            line.append((word, look))
    yield indent + _styled(line, style)


def _styled(words: Sequence[Piece], style: Style) -> str:
    stretches = groupby(words, key=lambda piece: piece[1])
    joined = [(" ".join(word for word, _ in stretch), look) for look, stretch in stretches]
    return " ".join(style(text, **look) if look else text for text, look in joined)
