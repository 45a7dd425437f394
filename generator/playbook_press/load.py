"""A folder of YAML to a `Library`, with the place of every value."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from playbook_press.compose import TOO_MUCH, compose
from playbook_press.document import MODELS, Document
from playbook_press.links import leading_out
from playbook_press.model import (
    ID_PATTERN,
    OPTIONAL_VOCABULARY,
    VOCABULARY,
    Library,
    WalkAway,
)
from playbook_press.shape import build
from playbook_press.wrong_yaml import Problem, Span

MAX_BYTES = 1024 * 1024
ASTRAY = "astray"

_ADAPTERS: Mapping[str, TypeAdapter[Any]] = {
    name: TypeAdapter(model) for name, model in (*MODELS.items(), *VOCABULARY.items())
}


class HandbookError(Exception):
    """The handbook cannot be read; the message is for a person."""


class File(NamedTuple):
    """A file of a handbook that may not have been read."""

    collection: str
    """`ASTRAY` where it is none that a handbook has."""
    path: Path
    shown: Path
    """The path as a person knows it."""


@dataclass(frozen=True)
class Handbook:
    """A folder that was read: its files, and what they say together."""

    folder: Path
    documents: Sequence[Document]
    unreadable: Sequence[str]
    """A line for each file that could not be read."""
    written: frozenset[str] | None = None
    """The addresses of the pages that are written by hand; None where nobody has looked."""

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
            elif document.collection in collections:  # what somebody filled in is no part of it
                collections[document.collection][document.id] = document.value
        ids_unread = {name: frozenset(ids) for name, ids in unread.items()}
        return Library(**collections, unread=ids_unread, written=self.written)


def pages_in(content: Path) -> frozenset[str]:
    """The addresses of the pages that are written by hand in a folder, such as `paths/first`."""
    found = set()
    seen = {os.path.realpath(content)}
    for folder, folders, names in os.walk(content, followlinks=True):
        above = Path(folder)
        found |= {
            (above / name).relative_to(content).with_suffix("").as_posix() for name in names if _is_page(name)
        }
        new = [
            name
            for name in folders
            if os.path.realpath(above / name) not in seen and not name.startswith(".")
        ]
        seen |= {os.path.realpath(above / name) for name in new}
        folders[:] = new
    return frozenset(found)


def _is_page(name: str) -> bool:
    return name.endswith(".md") and not name.startswith(".")


def unreadable_in(handbooks: Iterable[Handbook]) -> list[str]:
    """A line for each file of some handbooks that could not be read."""
    return list(dict.fromkeys(line for handbook in handbooks for line in handbook.unreadable))


def read_handbook(folder: Path, shown: Path, extra: Iterable[Path] = ()) -> Handbook:
    """Read the handbook of a folder, and further playbooks from elsewhere.

    `shown` is the folder as a person knows it. A further playbook takes the place of one of the
    same name. Raises HandbookError where there is no handbook to read.
    """
    return read_files(folder, files_of(folder, shown, extra))


def read_files(folder: Path, files: Iterable[File]) -> Handbook:
    """Read files that make up a handbook."""
    documents: list[Document] = []
    unreadable: list[str] = []
    for file in files:
        try:
            documents.append(built(read_bytes(file.path, file.shown), file))
        except HandbookError as error:
            unreadable.append(str(error))
    return Handbook(folder, documents, unreadable)


def files_of(folder: Path, shown: Path, extra: Iterable[Path] = ()) -> list[File]:
    """The files of a handbook: vocabulary, worksheets, then playbooks. HandbookError where there are none.

    Files where nobody looks for them come last, so that their authors are told.
    """
    further = {path.stem: path for path in extra}
    names = _yaml_files(folder, shown)
    if not names and not further:
        raise HandbookError(f"{shown}: no playbooks here: `*.yml` files are looked for")
    if astray := leading_out(folder, shown, folder.absolute().parent):
        raise HandbookError("\n".join(astray))
    sheets = _yaml_files(folder / "worksheets", shown) if (folder / "worksheets").is_dir() else []
    files = [
        *(
            ("vocabulary", f"vocabulary/{name}.yml")
            for name in VOCABULARY
            if name not in OPTIONAL_VOCABULARY or (folder / f"vocabulary/{name}.yml").exists()
        ),
        *(("worksheets", f"worksheets/{name}") for name in sheets),
        *(("playbooks", name) for name in names if Path(name).stem not in further),
    ]
    known = {name for _, name in files}
    files += [(ASTRAY, name) for name in _below(folder) if name not in known]
    return [
        *(File(collection, folder / name, shown / name) for collection, name in files),
        *(File("playbooks", path, path) for path in further.values()),
    ]


def read_fillings(path: Path) -> Document:
    """Read what a person has filled in, in YAML or JSON; empty values are blanks.

    Raises HandbookError where the file cannot be read.
    """
    document = built(read_bytes(path, path), File("fillings", path, path))
    # What is no blank at all is told: `{limit: £3,900}` has a key `900`.
    document.empty[:] = [
        (location, span)
        for location, span in document.empty
        if location[0] == "walk_away" and location[-1] not in WalkAway.model_fields
    ]
    return document


def _below(folder: Path) -> list[str]:
    """The YAML files in the folders of a folder, but for hidden ones."""
    found = []
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if Path(path) != folder:
            found += [
                (Path(path) / name).relative_to(folder).as_posix() for name in names if is_yaml(Path(name))
            ]
    return sorted(found)


def is_yaml(path: Path) -> bool:
    """Whether a file is YAML, by its name."""
    return path.suffix.lower() in {".yml", ".yaml"}


def _yaml_files(folder: Path, shown: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if is_yaml(path))
    except FileNotFoundError:
        raise HandbookError(f"{shown}: there is no such folder") from None
    except NotADirectoryError:
        raise HandbookError(f"{shown}: a file, where a folder of playbooks should be") from None
    except OSError as error:
        raise HandbookError(f"{shown}: cannot be read: {error.strerror or error}") from None


def built(content: bytes, file: File) -> Document:
    """Read what a file holds, as far as its model takes it. HandbookError where it holds nothing, or is astray."""
    if file.collection == ASTRAY:
        raise HandbookError(f"{file.shown}: {_where_it_belongs(file.shown)}")
    document = parse_document(content, file.shown, file.collection)
    is_read = all(problem.code == "PB013" for problem in document.problems)
    if is_read and (document.root is None or document.root.value is None):
        raise HandbookError(f"{file.shown}: the file is empty: {_instead_of_nothing(file)}")
    build(document, _adapter(document))
    return document


def _where_it_belongs(path: Path) -> str:
    if path.parent.name == "vocabulary" and path.stem in VOCABULARY and path.suffix != ".yml":
        return f"is not read: call it {path.stem}.yml"
    if path.parent.name == "vocabulary" and path.stem not in VOCABULARY:
        *others, last = VOCABULARY
        return f"no vocabulary has this name: there are {', '.join(others)} and {last}"
    return "is in a folder that is not read: put a playbook right beside the others, a worksheet into `worksheets`"


def _instead_of_nothing(file: File) -> str:
    if file.collection == "vocabulary":
        is_needed = file.path.stem not in OPTIONAL_VOCABULARY
        return "write `{}` where it has no entries yet" if is_needed else "delete it, or write its entries"
    return (
        f"delete it, or start from another {'worksheet' if file.collection == 'worksheets' else 'playbook'}"
    )


def parse_document(content: bytes, shown: Path, collection: str) -> Document:
    """Take a file apart into nodes, and note what is wrong with its YAML."""
    document = Document(shown, collection)
    is_named_well = shown.suffix == ".yml" and re.fullmatch(ID_PATTERN, shown.stem)
    if shown.name == "index.yml" and collection in {"playbooks", "worksheets"}:
        document.problems.append(
            Problem(
                "PB013",
                Span(0, 0),
                "the file name `index.yml` is taken: its page would be the one that lists all of them",
                "name it after what it is about, such as `ask-for-time.yml`",
            )
        )
    elif not is_named_well and collection != "fillings":
        document.problems.append(
            Problem(
                "PB013",
                Span(0, 0),
                f"the file name `{shown.name}` cannot be an address",
                "name it in small letters, digits and hyphens, then `.yml`, such as `ask-for-time.yml`",
            )
        )
    if len(content) > MAX_BYTES:
        document.problems.append(
            Problem(
                "PB002",
                Span(0, 0),
                "the file is larger than 1 MiB",
                TOO_MUCH,
            )
        )
        return document
    text = content.decode("utf-8", errors="replace")
    document.text = text.lstrip("\ufeff")
    document.byte_order_marks = len(text) - len(document.text)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        start = len(content[: error.start].decode("utf-8").lstrip("\ufeff"))
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
    document.problems += problems
    return document


def with_text(document: Document, text: str) -> Document:
    """Read a document anew, as if its file held another text."""
    content = ("\ufeff" * document.byte_order_marks + text).encode()
    again = parse_document(content, document.path, document.collection)
    build(again, _adapter(again))
    return again


def _adapter(document: Document) -> TypeAdapter[Any]:
    return _ADAPTERS[document.id if document.collection == "vocabulary" else document.collection]


def read_bytes(path: Path, shown: Path) -> bytes:
    """Read a file, no further than a byte beyond what it may hold. HandbookError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise HandbookError(f"{shown}: there is no such file") from None
    except IsADirectoryError:
        raise HandbookError(f"{shown}: a folder, where a YAML file should be") from None
    except OSError as error:
        raise HandbookError(f"{shown}: cannot be read: {error.strerror or error}") from None
