"""Two parts of a handbook compared, by the fields that the model gives them.

Every field is compared because it is a field: a new one needs nothing here.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from playbook_press.changes.entries import Change, Field, Value
from playbook_press.changes.matching import Pairs, identity, pairs_of
from playbook_press.model import Part

TEXT_LISTS = frozenset({"use_when", "avoid_when", "steps", "items", "say", "they_say"})
"""Lists of sentences: each entry is told for itself. Other lists of strings are names in a row."""


class Compared(NamedTuple):
    """What differs between two parts."""

    fields: tuple[Field, ...] = ()
    parts: tuple[Change, ...] = ()
    reordered: tuple[str, ...] = ()


def compare(section: str, before: Any, after: Any, name: str = "", was: str = "") -> Change | None:
    """What changed in one entry; None where nothing did. `name` is its id now."""
    if isinstance(before, Part) and type(before) is type(after):
        found = compare_parts(before, after)
    elif before == after:
        found = Compared()
    else:
        found = Compared((Field("", plain_value(before), plain_value(after)),))
    was = was or (identity(before) if identity(before) != identity(after) else "")
    if not (any(found) or was):
        return None
    return Change(section, "changed", name or identity(after), before, after, was, "", *found)


def added(section: str, part: Any, name: str = "") -> Change:
    """An entry that is new, with all that it says."""
    fields: tuple[Field, ...] = ()
    parts: tuple[Change, ...] = ()
    if isinstance(part, Part):
        fields, parts, _ = compare_parts(type(part).model_construct(), part)
    return Change(section, "added", name or identity(part), None, part, fields=fields, parts=parts)


def removed(section: str, part: Any, name: str = "") -> Change:
    """An entry that is no more."""
    return Change(section, "removed", name or identity(part), part)


def compare_parts(before: Part, after: Part) -> Compared:
    """What differs between two parts of one type, field by field."""
    fields: list[Field] = []
    parts: list[Change] = []
    reordered: list[str] = []
    for name in type(after).model_fields:
        if name == "id":
            continue
        old, new = getattr(before, name, None), getattr(after, name, None)
        if old == new and not _is_mapping_in_another_order(old, new):
            continue
        if _is_list_of_entries(name, old, new):
            found, is_reordered = compare_sequences(name, old or (), new or ())
            parts += found
        elif isinstance(old, dict | None) and isinstance(new, dict | None) and (old or new):
            found, is_reordered = compare_mappings(name, old or {}, new or {})
            parts += found
        else:
            is_reordered = False
            parts_or_fields = _compare_values(name, old, new)
            fields += [entry for entry in parts_or_fields if isinstance(entry, Field)]
            parts += [entry for entry in parts_or_fields if isinstance(entry, Change)]
        if is_reordered:
            reordered.append(name)
    return Compared(tuple(fields), tuple(parts), tuple(reordered))


def _compare_values(name: str, old: Any, new: Any) -> Sequence[Field | Change]:
    if isinstance(old, Part) and isinstance(new, Part):
        change = compare(name, old, new)
        return [change] if change else []
    if isinstance(new, Part):
        return [added(name, new)]
    if isinstance(old, Part):
        return [removed(name, old)]
    before, after = plain_value(old), plain_value(new)
    return [Field(name, before, after)] if before != after else []


def _is_mapping_in_another_order(old: Any, new: Any) -> bool:
    return isinstance(old, dict) and isinstance(new, dict) and list(old) != list(new)


def _is_list_of_entries(name: str, old: Any, new: Any) -> bool:
    values = [*(old if isinstance(old, tuple) else ()), *(new if isinstance(new, tuple) else ())]
    if not values:
        return False
    return name in TEXT_LISTS or isinstance(values[0], Part)


def compare_sequences(section: str, old: Sequence[Any], new: Sequence[Any]) -> tuple[list[Change], bool]:
    """What differs between two lists, in the order of the new one, and whether the order differs."""
    pairs = pairs_of(old, new)
    partners = {two: one for one, two in pairs}
    changes: list[Change] = []
    for index, entry in enumerate(new):
        if index in partners:
            change = compare(section, old[partners[index]], entry)
            changes += [change] if change else []
        else:
            changes.append(added(section, entry))
    stays = {one for one, _ in pairs}
    changes += [removed(section, entry) for index, entry in enumerate(old) if index not in stays]
    return changes, _is_reordered(pairs)


def compare_mappings(
    section: str,
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    pairs: Callable[[Sequence[Any], Sequence[Any]], Pairs] = pairs_of,
    unknown: Collection[str] = (),
) -> tuple[list[Change], bool]:
    """What differs between two mappings by id, and whether the order differs.

    Entries whose ids differ are paired by `pairs`. Ids that are `unknown` could not be read on one
    side or the other, so nothing is said of them.
    """
    old = {name: entry for name, entry in old.items() if name not in unknown or name in new}
    new = {name: entry for name, entry in new.items() if name not in unknown or name in old}
    old_left = [name for name in old if name not in new and isinstance(old[name], Part)]
    new_left = [name for name in new if name not in old and isinstance(new[name], Part)]
    paired = pairs([old[name] for name in old_left], [new[name] for name in new_left])
    was = {new_left[two]: old_left[one] for one, two in paired}
    changes: list[Change] = []
    for name, entry in new.items():
        if name in old:
            change = compare(section, old[name], entry, name)
        elif name in was:
            change = compare(section, old[was[name]], entry, name, was[name])
        else:
            change = added(section, entry, name)
        changes += [change] if change else []
    gone = [name for name in old if name not in new and name not in was.values()]
    changes += [removed(section, old[name], name) for name in gone]
    places = {name: index for index, name in enumerate(old)}
    order = [places[was.get(name, name)] for name in new if was.get(name, name) in places]
    return changes, order != sorted(order)


def moved_between(change: Change, before: Any, was: str) -> Change:
    """An entry that was added, as one that came from elsewhere."""
    found = compare(change.section, before, change.after, change.id, was)
    return found or replace(change, was=was)


def _is_reordered(pairs: Pairs) -> bool:
    order = [one for one, _ in pairs]
    return order != sorted(order)


def plain_value(value: Any) -> Value:
    """A value of the model as text, a number, a switch, or names in a row."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return tuple(_as_words(entry) for entry in value)
    return _as_words(value)


def _as_words(value: Any) -> str:
    """A value of any shape on one line."""
    if isinstance(value, Part):
        value = {name: entry for name, entry in value if entry not in (None, "", (), {})}
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_as_words(entry)}" for name, entry in value.items())
    if isinstance(value, tuple | list):
        return ", ".join(map(_as_words, value))
    return str(value)
