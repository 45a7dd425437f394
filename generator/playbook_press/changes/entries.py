"""What a comparison finds: plain values that are told as text, as Markdown or as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from playbook_press.model import Library

Kind = Literal["added", "removed", "changed", "gone"]
"""`gone` is a part that now stands in another playbook, where it is a change of its own."""
Value = str | int | bool | tuple[str, ...] | None
COLLECTIONS = ("playbooks", "contexts", "stages", "kinds", "sources", "glossary", "synonyms", "worksheets")
"""What a handbook is compared by, in the order of telling."""


@dataclass(frozen=True)
class Field:
    """A single value that differs; None stands for nothing."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Change:
    """Something that was added, removed or changed: a playbook, a script, an item of a list."""

    section: str
    """The field or the collection that holds it, such as `scripts` or `glossary`."""
    kind: Kind
    id: str
    """Its id, or nothing where it has none."""
    before: Any = None
    """The part of the model, or the text, as it was; None where it is added."""
    after: Any = None
    """As it is now; None where it is removed."""
    was: str = ""
    """Where it stood before, if elsewhere: its old id, or `playbook#id`."""
    now: str = ""
    """Where it stands now, as `playbook#id`, if it is gone to another playbook."""
    fields: tuple[Field, ...] = ()
    """The values that differ; all values of a part that was added."""
    parts: tuple["Change", ...] = ()
    """What differs in its lists and mappings."""
    reordered: tuple[str, ...] = ()
    """The lists whose entries stand in another order."""

    @property
    def part(self) -> Any:
        """What it is about, as it is now if it still is."""
        return self.before if self.after is None else self.after

    @property
    def touched(self) -> frozenset[str]:
        """The names of the values that differ."""
        return frozenset(field.name for field in self.fields)


@dataclass(frozen=True)
class SheetChange:
    """What happens to the cheat sheet of a context; lines are named as the sheet names them."""

    context_id: str
    title: str
    kind: Literal["added", "removed", "changed"]
    came: tuple[str, ...] = ()
    """Lines that come onto the sheet."""
    left: tuple[str, ...] = ()
    """Lines that leave it."""
    reworded: tuple[str, ...] = ()
    """Lines that stay and read differently."""


@dataclass(frozen=True)
class Unread:
    """What a comparison could not see; each a path, or a sentence that begins with one."""

    lost: tuple[str, ...] = ()
    """Files that could not be read at all."""
    partly: tuple[str, ...] = ()
    """Files of which a part could not be read."""


@dataclass(frozen=True)
class Changes:
    """All that differs between two handbooks."""

    old: Library
    new: Library
    collections: Mapping[str, tuple[Change, ...]]
    """By collection, what was added, removed or changed in it."""
    cited: tuple[str, ...] = ()
    """Sources that nothing cited before."""
    uncited: tuple[str, ...] = ()
    """Sources that nothing cites any more."""
    sheets: tuple[SheetChange, ...] = ()
    sheets_unknown: str = ""
    """Why the sheets could not be compared, if so."""
    reordered: tuple[str, ...] = ()
    """The collections whose entries stand in another order."""
    unread_before: Unread = field(default_factory=Unread)
    unread_after: Unread = field(default_factory=Unread)

    def of(self, collection: str) -> tuple[Change, ...]:
        """What differs in a collection."""
        return self.collections.get(collection, ())
