"""A file of the handbook: what it says, and where everything in it stands."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import ErrorDetails

from playbook_press.compose import LINE_BREAK, YamlNode
from playbook_press.model import (
    VOCABULARY,
    Fillings,
    Location,
    Playbook,
    Worksheet,
)
from playbook_press.wrong_yaml import Problem, Span

MODELS = {"playbooks": Playbook, "worksheets": Worksheet, "fillings": Fillings}


class ShapeError(NamedTuple):
    """Something that the model refuses: pydantic's error, and where it stands."""

    details: ErrorDetails
    span: Span


@dataclass
class Document:
    """One file of the handbook: what it says, and what is wrong with its form."""

    path: Path
    """The path as it is shown to a person."""
    collection: str
    """What it belongs to: `playbooks`, `worksheets`, `vocabulary` or `fillings`."""
    text: str = ""
    """What the file holds, without a byte order mark."""
    byte_order_marks: int = 0
    """How many of them stand before the text."""
    root: YamlNode | None = None
    """Its nodes, without those that `left_out` names."""
    value: Any = None
    """The `Playbook`, the `Worksheet` or the mapping by id; None where the file is too broken."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the YAML."""
    shape_errors: list[ShapeError] = field(default_factory=list)
    """What the model refuses."""
    empty: list[tuple[Location, Span]] = field(default_factory=list)
    """Keys and items with nothing in them."""
    left_out: list[Location] = field(default_factory=list)
    """What stands in the file and not in `value`: it is empty, or the model refuses it."""
    lost: defaultdict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The same in terms of the file, since what is left of a list has other indices than there:
    by where a mapping starts, its keys; by where a list starts, no key."""

    @property
    def model(self) -> Any:
        """The type of what the file should hold."""
        if self.collection == "vocabulary":
            return VOCABULARY[self.id]
        return MODELS[self.collection]

    @property
    def id(self) -> str:
        """The name that others refer to it by."""
        return self.path.stem

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in LINE_BREAK.finditer(self.text))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset, in code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, by its 1-based number, without its end."""
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[self._line_starts[number - 1] : end].rstrip("\r\n")

    def where(self, location: Location, *, key: bool = False, excerpt: str = "") -> Span:
        """The span of a value, of its key, or of an excerpt of its text.

        Steps that the file does not have are passed over, so that the location of something that
        is missing leads to what lacks it.
        """
        node, name = self.root, None
        for step in location:
            child, child_name = child_of(node, step)
            if child is not None:
                node, name = child, child_name
        if node is None:
            return Span(0, 0)
        if name and (key or isinstance(node.value, (dict, list))):
            return Span(name.start, name.end)
        if isinstance(node.value, (dict, list)):
            return _first_span(node)
        if excerpt and (found := self.text.find(excerpt, node.start, node.end)) >= 0:
            return Span(found, found + len(excerpt))
        return Span(node.start, node.end)

    def is_whole(self, location: Location) -> bool:
        """Whether the value there is not left out, and nothing was left out of it."""
        if not self.lost:
            return True
        node = self.root
        for step in location:
            if node is not None and step in self.lost.get(node.start, ()):
                return False
            child, _ = child_of(node, step)
            if child is None:
                return True
            node = child
        return node is not None and not _is_collection_in(node, self._holding)

    @cached_property
    def _holding(self) -> AbstractSet[int]:
        """Where each mapping and each list starts that something was left out of, or out of one in it."""
        found: set[int] = set()
        if self.root is not None:
            _gather_holding(self.root, self.lost, found)
        return found

    def existing(self, location: Location) -> Location:
        """The location without the steps that the file does not have."""
        node, steps = self.root, []
        for step in location:
            child, _ = child_of(node, step)
            if child is not None:
                node = child
                steps.append(step)
        return tuple(steps)


def child_of(node: YamlNode | None, step: str | int) -> tuple[YamlNode | None, YamlNode | None]:
    """The value under a step, and the key it stands under."""
    value = node.value if node else None
    if isinstance(value, dict) and step in value:
        name, child = value[step]
        return child, name
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step], None
    return None, None


def children_of(node: YamlNode) -> Iterable[YamlNode]:
    """The values right under a mapping or a sequence."""
    if isinstance(node.value, dict):
        return (child for _, child in node.value.values())
    return node.value if isinstance(node.value, list) else ()


def _is_collection_in(node: YamlNode, starts: AbstractSet[int]) -> bool:
    return isinstance(node.value, (dict, list)) and node.start in starts


def _gather_holding(node: YamlNode, starts: Collection[int], found: set[int]) -> bool:
    """Gather where the collections start that are, or hold, one that starts at one of the offsets."""
    if not isinstance(node.value, (dict, list)):
        return False
    below = [_gather_holding(child, starts, found) for child in children_of(node)]
    if node.start in starts or any(below):
        found.add(node.start)
        return True
    return False


def _first_span(node: YamlNode) -> Span:
    """Where a mapping or a list begins: its first key, or its first hyphen or bracket."""
    if isinstance(node.value, dict) and node.value:
        node = next(iter(node.value.values()))[0]
        return Span(node.start, max(node.end, node.start + 1))
    return Span(node.start, node.start + 1)
