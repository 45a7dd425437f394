"""A document to what it says, by the model; what the model refuses is noted and left out."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from playbook_press.compose import REFUSED, RefusedKey, YamlNode
from playbook_press.document import Document, ShapeError, child_of
from playbook_press.model import (
    Location,
)
from playbook_press.wrong_yaml import Span

_BARE_BLANK = re.compile(r"\{ *[\w-]+ *\}")


def build(document: Document, adapter: TypeAdapter[Any]) -> None:
    """Fill in `document.value`, leaving out what is empty and what the model refuses.

    So the rest of a broken file is checked in the same run; `document.left_out` tells which
    findings about the rest are not to be trusted.
    """
    if document.root is None or document.root.value is REFUSED:
        return
    if document.problems or _has_empty(document.root):
        document.root = _without_empty(document, document.root, ())
    for _ in range(4):  # leaving out one thing can make another incomplete, but not for long
        try:
            document.value = adapter.validate_python(document.root.plain())
        except ValidationError as error:
            found = [_note_error(document, details) for details in error.errors(include_url=False)]
            if () in found:
                return
            for location in found:
                _note_lost(document, location)
            document.root = _without(document.root, found)
            document.left_out += found
        else:
            return


def _note_lost(document: Document, location: Location) -> None:
    owner = _node_at(document, location[:-1])
    if owner is not None:
        document.lost[owner.start].add(location[-1] if isinstance(location[-1], str) else "")


def _node_at(document: Document, location: Location) -> YamlNode | None:
    node = document.root
    for step in location:
        node, _ = child_of(node, step)
    return node


def _without_empty(document: Document, node: YamlNode, location: Location) -> YamlNode:
    """The same nodes without those that are refused or hold nothing; the latter are noted."""
    kept: Any
    if isinstance(node.value, dict):
        kept = {}
        for key, (name, child) in node.value.items():
            is_refused = isinstance(key, RefusedKey) or child.value is REFUSED
            if is_refused or _is_empty(child):
                _leave_out(document, (*location, key), node, None if is_refused else name)
            else:
                kept[key] = (name, _without_empty(document, child, (*location, key)))
        return YamlNode(kept, node.start, node.end)
    if isinstance(node.value, list):
        kept = []
        for index, child in enumerate(node.value):
            if child.value is REFUSED or _is_empty(child):
                shown = None if child.value is REFUSED else child
                _leave_out(document, (*location, index), node, shown)
            else:
                kept.append(_without_empty(document, child, (*location, index)))
        return YamlNode(kept, node.start, node.end)
    return node


def _has_empty(node: YamlNode) -> bool:
    """Whether there is anything to leave out: hardly a file has, and this is quick."""
    value = node.value
    if isinstance(value, dict):
        return not value or any(_has_empty(child) for _, child in value.values())
    if isinstance(value, list):
        return not value or any(map(_has_empty, value))
    return _is_empty(node)


def _is_empty(node: YamlNode) -> bool:
    if isinstance(node.value, str):
        return not node.value.strip()
    return node.value is None or node.value in ({}, [])


def _leave_out(document: Document, location: Location, owner: YamlNode, empty: YamlNode | None) -> None:
    """Note what is left out; `empty` is what to point at, unless a problem has been noted for it."""
    if empty is not None:
        document.empty.append((location, Span(empty.start, empty.end)))
    document.left_out.append(location)
    document.lost[owner.start].add(location[-1] if isinstance(location[-1], str) else "")


def _lacks_what_was_refused(document: Document, details: ErrorDetails, location: Location) -> bool:
    """Whether a list is too short only because entries of it are refused or empty."""
    node = _node_at(document, location)
    if node is None or not isinstance(node.value, list):
        return False
    return "" in document.lost.get(node.start, ()) or len(node.value) >= details["ctx"]["min_length"]


def _note_error(document: Document, details: ErrorDetails) -> Location:
    """Note an error of the model; return what to leave out so that the rest can be read.

    Nothing can be left out where the location is empty.
    """
    location: Location = details["loc"]
    existing = document.existing(location)
    if details["type"] == "missing":
        key = str(location[-1])
        node = _node_at(document, existing)
        if node is None or not isinstance(node.value, dict):
            return existing
        # What a refused key brings in is not known, and a refused value is not missing.
        refused = document.lost.get(node.start, ())
        if key not in refused and not any(isinstance(name, RefusedKey) for name in refused):
            document.shape_errors.append(ShapeError(details, document.where(existing)))
        # Without parts there is nothing left of a worksheet to read.
        if not existing and key != "parts":
            # Every other key that a file must have at its top is text: a stand-in lets the rest be read.
            # No page must show it, so the text that pages do show is empty.
            stand_in = YamlNode("" if key == "summary" else "missing", node.start, node.start)
            node.value[key] = (stand_in, stand_in)
            document.left_out.append((key,))
            document.lost[node.start].add(key)
            return (key, "stand-in")
        return existing
    if details["type"] == "too_short" and _lacks_what_was_refused(document, details, existing):
        return existing
    if details["type"] == "string_type" and (blank := _bare_blank(document, existing)):
        # All that is wrong with it is told here, so nothing in it is empty.
        document.empty = [one for one in document.empty if one[1].start not in range(*blank)]
        details = {**details, "input": document.text[blank.start : blank.end]}
        document.shape_errors.append(ShapeError(details, blank))
        return existing
    is_key = details["type"] == "extra_forbidden" or location[-1:] == ("[key]",)
    document.shape_errors.append(ShapeError(details, document.where(existing, key=is_key)))
    return existing


def _bare_blank(document: Document, location: Location) -> Span | None:
    """Where a text is nothing but a blank, `{such-as-this}`, without the quotation marks that it needs."""
    node = _node_at(document, location)
    match = _BARE_BLANK.match(document.text, node.start) if node and isinstance(node.value, dict) else None
    return Span(*match.span()) if match else None


def _without(node: YamlNode, locations: Sequence[Location]) -> YamlNode:
    """The same nodes without those at the given locations."""
    if not isinstance(node.value, (dict, list)):
        return node
    below: dict[str | int, list[Location]] = {}
    for step, *rest in locations:
        below.setdefault(step, []).append(tuple(rest))
    if isinstance(node.value, dict):
        kept: Any = {
            key: (name, _without_below(child, below.get(key)))
            for key, (name, child) in node.value.items()
            if () not in below.get(key, ())
        }
    else:
        kept = [
            _without_below(child, below.get(index))
            for index, child in enumerate(node.value)
            if () not in below.get(index, ())
        ]
    return YamlNode(kept, node.start, node.end)


def _without_below(child: YamlNode, locations: list[Location] | None) -> YamlNode:
    return _without(child, locations) if locations else child
