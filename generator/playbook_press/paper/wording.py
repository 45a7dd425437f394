"""The text of a field as data for a template of paper, with words that fit their line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from playbook_press.model import Library
from playbook_press.paper.room import breakable, width_of
from playbook_press.paper.sheet import slot_label, words_of
from playbook_press.text import Node, parse_block, parse_inline, pieces

USUAL_LINE = 44
"""A line of this length, in millimetres, is nowhere too long."""
_LABEL_SIZE = 8
_AROUND_A_BLANK = 8
"""What a blank is longer than its label, in millimetres."""

Data = dict[str, Any]


@dataclass(frozen=True)
class Wording:
    """Writes text for paper; `slots` are the words that take the place of slots."""

    library: Library
    slots: Mapping[str, str]

    def words(self, source: str, room: float = USUAL_LINE, size: float = 10) -> str:
        """The words alone, which can be broken to fit a line of `room` millimetres."""
        return breakable(words_of(self.library, source, self.slots), room, size)

    def pieces(self, source: str, room: float = USUAL_LINE, size: float = 10) -> list[Data]:
        """A text of one paragraph, in pieces."""
        return self._pieces(parse_inline(source), room, size)

    def blocks(self, source: str) -> list[Data]:
        """A text of paragraphs and lists."""
        return [self._block(node) for node in parse_block(source)]

    def _block(self, node: Node) -> Data:
        if node.kind in {"bullets", "numbers"}:
            items = [[self._block(child) for child in item.children] for item in node.children]
            return {"kind": node.kind, "items": items}
        return {"kind": "paragraph", "words": self._pieces(node.children, USUAL_LINE, 10)}

    def _pieces(self, nodes: Sequence[Node], room: float, size: float) -> list[Data]:
        found = pieces(nodes, partial(slot_label, self.library), self.slots)
        return [_fitted(piece, room, size) for piece in found]


def _fitted(piece: Data, room: float, size: float) -> Data:
    """A piece whose words can be broken; a blank that is too long for its line is its label only."""
    if "children" in piece:
        return piece | {"children": [_fitted(child, room, size) for child in piece["children"]]}
    if piece["kind"] == "slot" and width_of(piece["text"], _LABEL_SIZE) + _AROUND_A_BLANK > room:
        return {"kind": "text", "text": breakable(f"({piece['text']})", room, size)}
    return piece | {"text": breakable(piece["text"], room, size)}
