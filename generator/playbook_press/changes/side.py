"""A handbook on one side of a change: what it says, and what of it could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from playbook_press.changes.entries import Unread
from playbook_press.document import Document
from playbook_press.load import Handbook, HandbookError, files_of, read_handbook
from playbook_press.model import VOCABULARY, Library


@dataclass(frozen=True)
class Side:
    """One side of a change."""

    library: Library = field(default_factory=Library)
    unread: Unread = field(default_factory=Unread)
    exists: bool = False
    """Whether there is any handbook."""


def read_side(folder: Path, shown: Path, left_out: Sequence[Path] = ()) -> Side:
    """Read what can be read. `left_out` are files of it, from its folder, that are not there to be read."""
    try:
        handbook = read_handbook(folder, shown)
        files = files_of(folder, shown)
    except HandbookError:
        handbook, files = Handbook(folder, [], []), []
    read = {document.path for document in handbook.documents if document.value is not None}
    lost = [
        *(shown / path for path in left_out),
        *(file.shown for file in files if file.shown not in read and file.path.exists()),
    ]
    partly = [document.path for document in handbook.documents if _is_read_in_part(document)]
    return Side(
        replace(handbook.library, unread=_unread(handbook.library, lost, folder)),
        Unread(tuple(path.as_posix() for path in lost), tuple(path.as_posix() for path in partly)),
        exists=bool(handbook.documents or lost),
    )


def _is_read_in_part(document: Document) -> bool:
    """Whether anything but empty values was left out."""
    empty = {location for location, _ in document.empty}
    return document.value is not None and any(location not in empty for location in document.left_out)


def _unread(library: Library, lost: Sequence[Path], folder: Path) -> dict[str, frozenset[str]]:
    """The ids that could not be read, by collection; a file that is not there holds none."""
    found = {
        name: ids
        for name, ids in library.unread.items()
        if name not in VOCABULARY or (folder / "vocabulary" / f"{name}.yml").exists()
    }
    for path in lost:
        if path.parent.name == "vocabulary":
            found[path.stem] = frozenset({"*"})
        else:
            collection = "worksheets" if path.parent.name == "worksheets" else "playbooks"
            found[collection] = found.get(collection, frozenset()) | {path.stem}
    return found
