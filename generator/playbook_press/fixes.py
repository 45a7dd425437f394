"""What a finding would change in a file, as edits that leave everything else alone, byte for byte.

A `Fix` names changes to values. They are written at the positions of the nodes, and what comes out
is read again: it is refused unless it says the same as before but for those changes.
"""

import json
import re
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from playbook_press.compose import RefusedKey, YamlNode, compose
from playbook_press.core_schema import resolve
from playbook_press.document import Document, child_of
from playbook_press.model import Location
from playbook_press.wrong_yaml import Span


class Replace(NamedTuple):
    """Put other words in place of a text, of a part of it, or of a key."""

    location: Location
    words: str
    excerpt: str = ""
    """The part of the text to replace, each time it stands there; by default the whole."""
    is_key: bool = False


class Remove(NamedTuple):
    """Take an entry out of a list."""

    location: Location


class Add(NamedTuple):
    """Put a key into a mapping, in front."""

    location: Location
    key: str
    value: str | Mapping[str, Any]
    before: str = ""
    """The key to put it in front of; by default the first."""


class Respace(NamedTuple):
    """Put other characters where the file has nothing but blank ones."""

    span: Span
    text: str


Change = Replace | Remove | Add | Respace

LARGEST = 256 * 1024
"""How many characters a file may have to be mended: several times the longest playbook that anybody has written."""

_AT_LINE_END = re.compile(r"(?<![ \t])[ \t]+(?=\n|$)")

_COMMENT = re.compile(r"(?<![^\s,])#")
_COMMENT_LINE = re.compile(r"[ \t]*#")
# The first line of a block, with a comment.
_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+#")


@dataclass(frozen=True, slots=True)
class Fix:
    """What to change so that a finding is gone."""

    changes: tuple[Change, ...]
    is_safe: bool = True
    """Whether nobody would want it otherwise; a fix that guesses is not."""
    at: int | None = None
    """Where in the text the changed value or key starts, if that is not to be found by its location:
    what the model refuses is left out of the document."""


class Edit(NamedTuple):
    """Some text in place of what stands between two offsets."""

    start: int
    end: int
    text: str


def edits_of(document: Document, fix: Fix) -> list[Edit]:
    """Where a fix changes the text; nothing where it cannot be written."""
    edits: list[Edit] = []
    for change in fix.changes:
        found = _edits(document, fix, change)
        if not found:
            return []
        edits += found
    return sorted(edits)


class Taken:
    """The places that fixes change, so that no two of them touch."""

    def __init__(self) -> None:
        self._edits: list[Edit] = []

    def take(self, edits: Sequence[Edit]) -> bool:
        """Take the places of a fix; False where another has one of them."""
        if any(map(self._touches, edits)):
            return False
        for edit in edits:
            insort(self._edits, edit)
        return True

    def _touches(self, edit: Edit) -> bool:
        place = bisect_right(self._edits, edit.end, key=lambda other: other.start)
        return place > 0 and self._edits[place - 1].end >= edit.start


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits that do not overlap."""
    pieces: list[str] = []
    end = 0
    for edit in sorted(edits):
        pieces += text[end : edit.start], edit.text
        end = edit.end
    return "".join([*pieces, text[end:]])


def says_what_was_meant(document: Document, text: str, fixes: Iterable[Fix]) -> bool:
    """Whether a text says what the document says, but for what the fixes change."""
    before, problems = _composed(document.text)
    after, problems_after = compose(text)
    if after is None or len(problems_after) > len(problems):
        return before is None and len(problems_after) < len(problems)
    if before is None:
        return True
    meant = _Meant(document, fixes)
    return bool(_normal(meant.of(before)) == _normal(_Meant(document, ()).of(after)))


# Writing


def _edits(document: Document, fix: Fix, change: Change) -> list[Edit]:
    if isinstance(change, Respace):
        return [Edit(change.span.start, change.span.end, change.text)]
    owner, node, name = _place(document, fix, change)
    if node is None:
        return []
    if isinstance(change, Replace):
        return _replacing(document, name if change.is_key else node, change)
    if isinstance(change, Remove):
        return _removing(document, owner, node)
    return _adding(document, node, change)


class _Place(NamedTuple):
    """The collection that holds a value, the value, and its key."""

    owner: YamlNode | None
    node: YamlNode | None
    name: YamlNode | None


def _place(document: Document, fix: Fix, change: Replace | Remove | Add) -> _Place:
    if fix.at is not None:
        known = _places_by_start(document.text)[_is_told_by(change)]
        return known.get(fix.at, _Place(None, None, None))
    owner, node, name = None, document.root, None
    for step in change.location:
        owner = node
        node, name = child_of(node, step)
    return _Place(owner, node, name)


# A file is looked at once for each of its findings.
_composed = lru_cache(maxsize=4)(compose)
_Told = Literal["by its key", "by its first key", "by itself"]


@lru_cache(maxsize=4)
def _places_by_start(text: str) -> Mapping[_Told, Mapping[int, _Place]]:
    """The places of a file by where they start: keys, mappings by their first key, and texts."""
    found: dict[_Told, dict[int, _Place]] = {"by its key": {}, "by its first key": {}, "by itself": {}}
    for place in _places(_composed(text)[0]):
        if place.name is not None:
            found["by its key"].setdefault(place.name.start, place)
        value = place.node.value if place.node else None
        if isinstance(value, dict) and value:
            found["by its first key"].setdefault(next(iter(value.values()))[0].start, place)
        elif place.node is not None and not isinstance(value, (dict, list)):
            found["by itself"].setdefault(place.node.start, place)
    return found


def _is_told_by(change: Change) -> _Told:
    if isinstance(change, Replace) and change.is_key:
        return "by its key"
    return "by its first key" if isinstance(change, Add) else "by itself"


def _places(root: YamlNode | None) -> Iterator[_Place]:
    if root is not None:
        yield _Place(None, root, None)
        yield from _places_in(root)


def _places_in(owner: YamlNode) -> Iterator[_Place]:
    if isinstance(owner.value, dict):
        for name, child in owner.value.values():
            yield _Place(owner, child, name)
            yield from _places_in(child)
    elif isinstance(owner.value, list):
        for child in owner.value:
            yield _Place(owner, child, None)
            yield from _places_in(child)


def _replacing(document: Document, node: YamlNode | None, change: Replace) -> list[Edit]:
    if node is None or not isinstance(node.value, (str, int, float)):
        return []
    raw = document.text[node.start : node.end]
    if change.excerpt:
        words = _in_style(change.words, raw)
        excerpt = _in_style(change.excerpt, raw)
        return [
            Edit(node.start + match.start(), node.start + match.end(), words)
            for match in re.finditer(re.escape(excerpt), raw)
        ]
    return [Edit(node.start, node.end, _scalar(change.words, raw))]


def _in_style(words: str, raw: str) -> str:
    """A part of a text as it stands between the marks of its scalar."""
    if raw[:1] == "'":
        return words.replace("'", "''")
    return json.dumps(words, ensure_ascii=False)[1:-1] if raw[:1] == '"' else words


def _scalar(words: str, raw: str) -> str:
    """A whole text in the style of the one it takes the place of."""
    if raw[:1] == "'" and "\n" not in words:
        return f"'{_in_style(words, raw)}'"
    is_plain = re.fullmatch(r"[A-Za-z0-9](?:[\w ,.()'/-]*[\w.)'])?", words) and resolve(words) == words
    return words if is_plain and raw[:1] != '"' else json.dumps(words, ensure_ascii=False)


def _removing(document: Document, owner: YamlNode | None, node: YamlNode) -> list[Edit]:
    if owner is None or not isinstance(owner.value, list) or len(owner.value) < 2:  # noqa: PLR2004
        return []  # an empty list would only be the next thing to mend
    text = document.text
    index = bisect_right(owner.value, node.start, key=lambda item: item.start) - 1
    if text[owner.start : owner.start + 1] == "[":
        if index:
            edit = Edit(text.rindex(",", owner.start, node.start), _end_of(node), "")
        else:
            edit = Edit(node.start, owner.value[1].start, "")
        return [] if _COMMENT.search(text, edit.start, edit.end) else [edit]
    line = text.rfind("\n", 0, node.start) + 1
    if re.fullmatch(r" *- *", text[line : node.start]) is None:
        return []
    # A comment on the entry would be lost, and one above it would come to stand above the next.
    above = text.rfind("\n", 0, max(line - 1, 0)) + 1
    if _COMMENT_LINE.match(text, above) or _HEADER.match(text, node.start):
        return []
    end = text.find("\n", _end_of(node))
    end = len(text) if end < 0 else end + 1
    return [] if _COMMENT.search(text, _end_of(node), end) else [Edit(line, end, "")]


def _end_of(node: YamlNode) -> int:
    """Where the last thing in a node ends: a collection knows only where it starts."""
    if isinstance(node.value, dict):
        return max((_end_of(child) for _, child in node.value.values()), default=node.end)
    if isinstance(node.value, list):
        return max(map(_end_of, node.value), default=node.end)
    return node.end


def _adding(document: Document, node: YamlNode, change: Add) -> list[Edit]:
    if not isinstance(node.value, dict) or not node.value:
        return []
    text = document.text
    if text[node.start : node.start + 1] == "{":
        if not isinstance(change.value, str):
            return []
        start = node.start + 1
        return [Edit(start, start, f"{change.key}: {json.dumps(change.value, ensure_ascii=False)}, ")]
    first = next(iter(node.value.values()))[0].start
    if change.before in node.value:
        first = node.value[change.before][0].start
    column = first - text.rfind("\n", 0, first) - 1
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = list(_lines(change.key, change.value))
    return [Edit(first, first, "".join(f"{line}{newline}{' ' * column}" for line in lines))]


def _lines(key: str, value: str | Mapping[str, Any]) -> Iterable[str]:
    if isinstance(value, str):
        yield f"{key}: {_scalar(value, '')}"
        return
    yield f"{key}:"
    for name, inner in value.items():
        for line in _lines(name, inner):
            yield f"  {line}"


# Reading again


class _Meant:
    """What a file is meant to say once it is fixed.

    Places are told by where they start in the text before: what is left out of `document.root`
    has other indices there than in the file.
    """

    def __init__(self, document: Document, fixes: Iterable[Fix]) -> None:
        self.replaced: dict[int, list[Replace]] = {}
        self.removed: set[int] = set()
        self.added: dict[int, list[Add]] = {}
        for fix in fixes:
            for change in fix.changes:
                if isinstance(change, Respace):
                    continue
                _, node, name = _place(document, fix, change)
                if node is None:
                    continue
                if isinstance(change, Replace):
                    place = name if change.is_key and name else node
                    self.replaced.setdefault(place.start, []).append(change)
                elif isinstance(change, Remove):
                    self.removed.add(node.start)
                else:
                    self.added.setdefault(node.start, []).append(change)

    def of(self, node: YamlNode) -> Any:
        """The value of a node as it is meant to be."""
        if isinstance(node.value, dict):
            added = {change.key: change.value for change in self.added.get(node.start, ())}
            return added | {
                self._words(name, "?" if isinstance(key, RefusedKey) else key): self.of(child)
                for key, (name, child) in node.value.items()
            }
        if isinstance(node.value, list):
            return [self.of(item) for item in node.value if item.start not in self.removed]
        return self._words(node, node.plain())

    def _words(self, node: YamlNode, value: Any) -> Any:
        for change in self.replaced.get(node.start, ()):
            if not change.excerpt:
                value = change.words
            elif isinstance(value, str):
                value = value.replace(change.excerpt, change.words)
        return value


def _normal(value: Any) -> Any:
    """A value as it compares: blank characters at the end of a line say nothing."""
    if isinstance(value, dict):
        return {key: _normal(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_normal(inner) for inner in value]
    return _AT_LINE_END.sub("", value) if isinstance(value, str) else value
