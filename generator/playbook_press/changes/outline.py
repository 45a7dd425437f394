"""Changes in the order in which they are told, without any markup: sections, items and their lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from playbook_press.changes.entries import Change, Changes, Field, SheetChange, Unread, Value
from playbook_press.changes.headline import headline
from playbook_press.changes.wording import (
    ENTRIES,
    GROUPS,
    PARTS,
    entry_label,
    field_label,
    name_of,
    named,
    naming_field,
    number_of,
    one_line,
    shown,
    verbs,
)
from playbook_press.changes.words import Run, same, word_diff
from playbook_press.model import Library, Part, in_words

_FACTS = ("stage", "context", "contexts", "purpose", "sheet")
"""What stands beside the name of a part that was added, rather than on a line of its own."""


@dataclass(frozen=True)
class Line:
    """A line under an item: what it is about, and the words with what differs in them."""

    label: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Item:
    """Something that changed."""

    verb: str
    """What happened to it; nothing where its section says so."""
    name: tuple[Run, ...]
    facts: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Group:
    """Items under one small heading, or under none."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Section:
    """Groups of items under one heading."""

    title: str
    note: str
    """What happened to the whole."""
    groups: tuple[Group, ...]
    is_playbook: bool = False
    """Whether it tells of one playbook, of which there may be many."""

    @property
    def items(self) -> int:
        """How many items there are."""
        return sum(len(group.items) for group in self.groups)


@dataclass(frozen=True)
class Outline:
    """All there is to tell."""

    headline: str
    sections: tuple[Section, ...]


def outline(changes: Changes) -> Outline:
    """What to tell of changes, in order."""
    teller = _Teller((changes.old, changes.new))
    sections = [
        *_unread(changes),
        *map(teller.playbook, changes.of("playbooks")),
        *_sheets(changes),
        *teller.vocabulary(changes),
    ]
    return Outline(headline(changes), tuple(sections))


def _unread(changes: Changes) -> Iterator[Section]:
    items = [
        *_unread_files(changes.unread_before, "before the change"),
        *_unread_files(changes.unread_after, "after the change"),
    ]
    if items:
        yield Section("Could not be read", "", (Group("", tuple(items)),))


def _unread_files(unread: Unread, when: str) -> Iterator[Item]:
    for path in unread.lost:
        yield Item("", same(path), (f"{when}: it is not compared",))
    for path in unread.partly:
        yield Item("", same(path), (f"in part, {when}: what is broken counts as missing",))


def _sheets(changes: Changes) -> Iterator[Section]:
    if changes.sheets_unknown:
        yield Section("Cheat sheets", f"not compared: {changes.sheets_unknown}", ())
    elif changes.sheets:
        yield Section("Cheat sheets", "", (Group("", tuple(map(_sheet, changes.sheets))),))


def _sheet(sheet: SheetChange) -> Item:
    if sheet.kind != "changed":
        return Item(sheet.kind, same(sheet.title))
    told: list[tuple[str, Any, Sequence[str]]] = [
        ("comes on", "new", sheet.came),
        ("leaves", "old", sheet.left),
        ("reads differently", "same", sheet.reworded),
    ]
    lines = [Line(label, _in_a_row([(kind, name) for name in names])) for label, kind, names in told if names]
    return Item("", same(sheet.title), () if lines else ("its lines stand in another order",), tuple(lines))


def _run(kind: Any, words: str) -> tuple[Run, ...]:
    return (Run(kind, words, space=False),)


@dataclass(frozen=True)
class _Teller:
    """Tells changes in the names that the two handbooks give to ids."""

    libraries: tuple[Library, Library]

    def playbook(self, change: Change) -> Section:
        """What happened to a playbook."""
        path = f"{change.id}.yml"
        if change.kind == "removed":
            held = ", ".join(
                number_of(names, len(getattr(change.before, section)))
                for section, names in PARTS.items()
                if isinstance(getattr(change.before, section, None), tuple | dict)
                and getattr(change.before, section)
            )
            note = f"{path}, removed" + (f": it held {held}" if held else "")
            moved = [part for part in change.parts if part.kind == "gone"]
            return Section(change.before.title, note, tuple(self._groups(moved)), is_playbook=True)
        note = f"{path}, new" if change.kind == "added" else path
        if change.was:
            note = f"{path}, renamed from {change.was}.yml"
        lines = tuple(self._fields(change))
        own = [Group("", (Item("", same("The playbook itself"), (), lines),))] if lines else []
        groups = self._groups(change.parts, change.reordered, is_new=change.kind == "added")
        return Section(change.after.title, note, (*own, *groups), is_playbook=True)

    def _groups(
        self, parts: Sequence[Change], reordered: Sequence[str] = (), *, is_new: bool = False
    ) -> Iterator[Group]:
        """The parts of a playbook under the headings of its page."""
        for section, title in GROUPS.items():
            items = [self._item(part, is_new=is_new) for part in parts if part.section == section]
            if section in reordered:
                items.append(Item("", same("The order differs")))
            if items:
                yield Group(title, tuple(items))

    def vocabulary(self, changes: Changes) -> Iterator[Section]:
        """What happened to what the playbooks share."""
        for collection, (_, several) in ENTRIES.items():
            items = [self._item(change) for change in changes.of(collection)]
            if collection in changes.reordered:
                items.append(Item("", same("The order differs")))
            if collection == "sources":
                items += [Item("cited now", same(self._name("sources", id_))) for id_ in changes.cited]
                items += [
                    Item("no longer cited", same(self._name("sources", id_))) for id_ in changes.uncited
                ]
            if items:
                yield Section(several.capitalize(), "", (Group("", tuple(items)),))

    def _name(self, collection: str, id_: str) -> str:
        return name_of(collection, id_, self.libraries)

    def _item(self, change: Change, *, is_new: bool = False) -> Item:
        if isinstance(change.part, str):
            return _sentence(change, is_new=is_new)
        name = same(named(change, self.libraries))
        match change.kind:
            case "gone":
                return Item(f"moved to {self._name('playbooks', change.now.partition('#')[0])}", name)
            case "removed":
                said = getattr(change.before, "say", "")
                lines = [Line("say", _run("old", said))] if said and isinstance(said, str) else []
                return Item("removed", name, (), tuple(lines))
            case "added":
                lines = [*self._fields(change), *self._below(change)]
                return Item("" if is_new else "added", name, tuple(self._facts(change)), tuple(lines))
        told = verbs(change)
        if "#" in change.was:
            origin = self._name("playbooks", change.was.partition("#")[0])
            told = [f"moved from {origin}", *(verb for verb in told if verb != "moved")]
        return Item(", ".join(told), name, (), (*self._fields(change), *self._below(change)))

    def _facts(self, change: Change) -> Iterator[str]:
        for field in change.fields:
            if field.name in _FACTS:
                words = ", ".join(shown(field, field.after, self.libraries))
                yield f"rank {words} on the sheet" if field.name == "sheet" else words

    def _fields(self, change: Change, within: str = "") -> Iterator[Line]:
        """A line for each value that differs."""
        left_out: set[str | None] = set()
        if change.kind == "added":
            left_out = {"type", *(() if within else _FACTS)}
            if change.section != "slots":  # which are named by their ids
                left_out.add(naming_field(change.after))
        for field in change.fields:
            if field.name not in left_out:
                label = f"{within}{field_label(field.name)}" if field.name else within.removesuffix(" · ")
                yield Line(label, self._runs(field, is_new=change.kind == "added"))
        if change.was and "#" not in change.was and change.section != "playbooks":
            yield Line(f"{within}address", word_diff(change.was, change.id))

    def _runs(self, field: Field, *, is_new: bool) -> tuple[Run, ...]:
        before, after = (shown(field, value, self.libraries) for value in (field.before, field.after))
        if is_new:
            return same(", ".join(after))
        if before == after:  # two ids that are called the same
            before, after = (_ids(value) for value in (field.before, field.after))
        if isinstance(field.before, tuple) or isinstance(field.after, tuple):
            return _names_in_a_row(before, after)
        return word_diff(", ".join(before), ", ".join(after))

    def _below(self, change: Change, within: str = "") -> Iterator[Line]:
        """The lines for what differs in the lists and mappings of a part."""
        for part in change.parts:
            label = f"{within}{entry_label(part.section)}"
            if not isinstance(part.part, Part | str):  # a value under a key
                label += f" “{in_words(part.id)}”"
            if part.kind == "added":
                words = one_line(part.after)
                is_new = change.kind == "added"
                yield Line(label, same(words)) if is_new else Line(f"{label} added", _run("new", words))
            elif part.kind != "changed":
                yield Line(f"{label} removed", _run("old", one_line(part.before)))
            elif isinstance(part.part, str):
                yield Line(f"{label} reworded", word_diff(part.before, part.after))
            else:
                name = named(part, self.libraries) if isinstance(part.part, Part) else ""
                inner = f"{label} “{name}” · " if name else f"{label} · "
                yield from self._fields(part, inner)
                yield from self._below(part, inner)
        for section in change.reordered:
            yield Line(f"{within}{field_label(section)}", same("in another order"))


def _sentence(change: Change, *, is_new: bool) -> Item:
    """An entry that is nothing but a sentence."""
    if change.kind == "changed":
        return Item("reworded", word_diff(change.before, change.after))
    if is_new:
        return Item("", same(change.part))
    return Item(change.kind, _run("new" if change.kind == "added" else "old", change.part))


def _ids(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _names_in_a_row(before: Sequence[str], after: Sequence[str]) -> tuple[Run, ...]:
    """Names that stay, went and came, with commas between them."""
    told: list[tuple[Any, str]] = [("same" if name in before else "new", name) for name in after]
    told += [("old", name) for name in before if name not in after]
    runs = _in_a_row(told)
    if before != after and set(before) == set(after):
        return (*runs, Run("same", "(in another order)"))
    return runs


def _in_a_row(names: Sequence[tuple[Any, str]]) -> tuple[Run, ...]:
    last = len(names) - 1
    return tuple(
        Run(kind, f"{name}{',' if index < last else ''}", space=index > 0)
        for index, (kind, name) in enumerate(names)
    )
