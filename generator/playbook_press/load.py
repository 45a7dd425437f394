"""A folder of YAML to a `Library`, with the place of every value."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from playbook_press.compose import Problem, Span, YamlNode, compose
from playbook_press.model import (
    ID_PATTERN,
    VOCABULARY,
    Library,
    Location,
    Playbook,
    Worksheet,
)

MAX_BYTES = 1024 * 1024

_PLAYBOOK: TypeAdapter[Any] = TypeAdapter(Playbook)
_WORKSHEET: TypeAdapter[Any] = TypeAdapter(Worksheet)
_VOCABULARY = {name: TypeAdapter(model) for name, model in VOCABULARY.items()}

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


class HandbookError(Exception):
    """The handbook cannot be read; each argument is a line for a person."""


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
    """What it belongs to: `playbooks`, `worksheets` or `vocabulary`."""
    text: str = ""
    """What the file holds, without a byte order mark."""
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

    @property
    def model(self) -> Any:
        """The type of what the file should hold."""
        if self.collection == "vocabulary":
            return VOCABULARY[self.id]
        return Worksheet if self.collection == "worksheets" else Playbook

    @property
    def id(self) -> str:
        """The name that others refer to it by."""
        return self.path.stem

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset, in code points."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line, by its 1-based number, without its end."""
        ends = [*self._line_starts[1:], len(self.text)]
        return self.text[self._line_starts[number - 1] : ends[number - 1]].rstrip("\r\n")

    def where(self, location: Location, *, key: bool = False, excerpt: str = "") -> Span:
        """The span of a value, of its key, or of an excerpt of its text.

        Steps that the file does not have are passed over, so that the location of something that
        is missing leads to what lacks it.
        """
        node, name = self.root, None
        for step in location:
            child, child_name = _child(node, step)
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

    def existing(self, location: Location) -> Location:
        """The location without the steps that the file does not have."""
        node, steps = self.root, []
        for step in location:
            child, _ = _child(node, step)
            if child is not None:
                node = child
                steps.append(step)
        return tuple(steps)


def _child(node: YamlNode | None, step: str | int) -> tuple[YamlNode | None, YamlNode | None]:
    """The value under a step, and the key it stands under."""
    value = node.value if node else None
    if isinstance(value, dict) and step in value:
        name, child = value[step]
        return child, name
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step], None
    return None, None


def _first_span(node: YamlNode) -> Span:
    """Where a mapping or a sequence begins: its first key, or its first item."""
    while isinstance(node.value, (dict, list)) and node.value:
        node = next(iter(node.value.values()))[0] if isinstance(node.value, dict) else node.value[0]
    return Span(node.start, max(node.end, node.start + 1))


@dataclass(frozen=True)
class Handbook:
    """A folder that was read: its files, and what they say together."""

    folder: Path
    documents: Sequence[Document]
    unreadable: Sequence[str]
    """A line for each file that could not be read."""

    @cached_property
    def library(self) -> Library:
        """What could be read, as one."""
        collections: dict[str, Any] = {"playbooks": {}, "worksheets": {}}
        unread: dict[str, set[str]] = {name: {"*"} for name in VOCABULARY}
        for document in self.documents:
            if document.collection == "vocabulary":
                if document.value is not None:
                    collections[document.id] = document.value
                    unread[document.id] = {str(location[0]) for location in document.left_out}
            elif document.value is None:
                unread.setdefault(document.collection, set()).add(document.id)
            else:
                collections[document.collection][document.id] = document.value
        return Library(**collections, unread={name: frozenset(ids) for name, ids in unread.items()})


def read_handbook(folder: Path, shown: Path, extra: Iterable[Path] = ()) -> Handbook:
    """Read the handbook of a folder, and further playbooks from elsewhere.

    `shown` is the folder as a person knows it. A further playbook takes the place of one of the
    same name. Raises HandbookError where there is no handbook to read.
    """
    further = {path.stem: path for path in extra}
    names = _yaml_files(folder, shown)
    if not names and not further:
        raise HandbookError(f"{shown}: no playbooks here: `*.yml` files are looked for")
    sheets = _yaml_files(folder / "worksheets", shown) if (folder / "worksheets").is_dir() else []
    files = [
        *(("vocabulary", f"vocabulary/{name}.yml", adapter) for name, adapter in _VOCABULARY.items()),
        *(("worksheets", f"worksheets/{name}", _WORKSHEET) for name in sheets),
        *(("playbooks", name, _PLAYBOOK) for name in names if Path(name).stem not in further),
    ]
    documents: list[Document] = []
    unreadable: list[str] = []
    for collection, path, as_shown, adapter in [
        *((collection, folder / name, shown / name, adapter) for collection, name, adapter in files),
        *(("playbooks", path, path, _PLAYBOOK) for path in further.values()),
    ]:
        try:
            document = read_document(path, as_shown, collection)
        except HandbookError as error:
            unreadable.append(str(error))
        else:
            build(document, adapter)
            documents.append(document)
    return Handbook(folder, documents, unreadable)


def _yaml_files(folder: Path, shown: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if path.suffix in {".yml", ".yaml"})
    except FileNotFoundError:
        raise HandbookError(f"{shown}: there is no such folder") from None
    except NotADirectoryError:
        raise HandbookError(f"{shown}: a file, where a folder of playbooks should be") from None
    except OSError as error:
        raise HandbookError(f"{shown}: cannot be read: {error.strerror or error}") from None


def read_document(path: Path, shown: Path, collection: str) -> Document:
    """Read one file and note what is wrong with its YAML.

    Raises HandbookError where the file cannot be read, or holds nothing.
    """
    document = Document(shown, collection)
    content = _read_bytes(path, shown)
    if path.suffix != ".yml" or not re.fullmatch(ID_PATTERN, path.stem):
        document.problems.append(
            Problem(
                "PB013",
                Span(0, 0),
                f"the file name `{path.name}` cannot be an address",
                "name it in small letters, digits and hyphens, then `.yml`, such as `ask-for-time.yml`",
            )
        )
    if len(content) > MAX_BYTES:
        document.problems.append(
            Problem(
                "PB002",
                Span(0, 0),
                "the file is larger than 1 MiB",
                "a playbook is text that a person reads: split it, and keep other things elsewhere",
            )
        )
        return document
    document.text = content.decode("utf-8", errors="replace").removeprefix("\ufeff")
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        start = len(content[: error.start].decode("utf-8").removeprefix("\ufeff"))
        document.problems.append(
            Problem(
                "PB001",
                Span(start, start + 1),
                f"the byte 0x{content[error.start]:02X} is not UTF-8",
                "save the file as UTF-8: editors offer that as an encoding",
            )
        )
        return document
    document.root, problems = compose(document.text)
    if not problems and (document.root is None or document.root.value is None):
        raise HandbookError(f"{shown}: the file is empty: delete it, or start from another playbook")
    document.problems += problems
    return document


def _read_bytes(path: Path, shown: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise HandbookError(f"{shown}: there is no such file") from None
    except IsADirectoryError:
        raise HandbookError(f"{shown}: a folder, where a YAML file should be") from None
    except OSError as error:
        raise HandbookError(f"{shown}: cannot be read: {error.strerror or error}") from None


def build(document: Document, adapter: TypeAdapter[Any]) -> None:
    """Fill in `document.value`, leaving out what is empty and what the model refuses.

    So the rest of a broken file is checked in the same run; `document.left_out` tells which
    findings about the rest are not to be trusted.
    """
    if document.root is None:
        return
    emptied: set[tuple[int, str]] = set()
    if _has_empty(document.root):
        document.root = _without_empty(document, document.root, (), emptied)
    for _ in range(4):  # leaving out one thing can make another incomplete, but not for long
        try:
            document.value = adapter.validate_python(document.root.plain())
        except ValidationError as error:
            found = [_note_error(document, details, emptied) for details in error.errors(include_url=False)]
            if () in found:
                return
            document.root = _without(document.root, found)
            document.left_out += found
        else:
            return


def _without_empty(
    document: Document, node: YamlNode, location: Location, emptied: set[tuple[int, str]]
) -> YamlNode:
    """The same nodes without those that hold nothing, each of which is noted."""
    kept: Any
    if isinstance(node.value, dict):
        kept = {}
        for key, (name, child) in node.value.items():
            if _is_empty(child):
                _note_empty(document, (*location, key), Span(name.start, name.end))
                emptied.add((node.start, key))
            else:
                kept[key] = (name, _without_empty(document, child, (*location, key), emptied))
        return YamlNode(kept, node.start, node.end)
    if isinstance(node.value, list):
        kept = []
        for index, child in enumerate(node.value):
            if _is_empty(child):
                _note_empty(document, (*location, index), Span(child.start, child.end))
            else:
                kept.append(_without_empty(document, child, (*location, index), emptied))
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


def _note_empty(document: Document, location: Location, span: Span) -> None:
    document.empty.append((location, span))
    document.left_out.append(location)


def _note_error(document: Document, details: ErrorDetails, emptied: set[tuple[int, str]]) -> Location:
    """Note an error of the model; return what to leave out so that the rest can be read.

    Nothing can be left out where the location is empty.
    """
    location: Location = details["loc"]
    existing = document.existing(location)
    if details["type"] == "missing":
        key = str(location[-1])
        node = document.root
        for step in existing:
            node, _ = _child(node, step)
        if node is None or not isinstance(node.value, dict):
            return existing
        if (node.start, key) not in emptied:
            document.shape_errors.append(ShapeError(details, document.where(existing)))
        if not existing:
            # Every key that a file must have at its top is text: a stand-in lets the rest be read.
            stand_in = YamlNode("missing", node.start, node.start)
            node.value[key] = (stand_in, stand_in)
            document.left_out.append((key,))
            return (key, "stand-in")
        return existing
    is_key = details["type"] == "extra_forbidden" or location[-1:] == ("[key]",)
    document.shape_errors.append(ShapeError(details, document.where(existing, key=is_key)))
    return existing


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
