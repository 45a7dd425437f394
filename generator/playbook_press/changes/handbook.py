"""Two handbooks compared."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from playbook_press.changes.compare import added, compare_mappings, moved_between, removed
from playbook_press.changes.entries import COLLECTIONS, Change, Changes
from playbook_press.changes.matching import ALIKE, Pairs, alike, best_pairs, identity, words_in
from playbook_press.changes.words import likeness
from playbook_press.model import Library, Part, Playbook


def diff(old: Library, new: Library) -> Changes:
    """Everything that differs between two handbooks but their sheets.

    What either could not read is passed over, so that nothing counts as removed that is only broken.
    """
    collections: dict[str, tuple[Change, ...]] = {}
    reordered: list[str] = []
    for name in COLLECTIONS:
        unknown = _unread(old, name) | _unread(new, name)
        if name == "synonyms":
            collections[name] = _synonyms(old, new)
        elif "*" not in unknown:
            pairs = _kin if name == "playbooks" else alike
            found, is_reordered = compare_mappings(
                name, getattr(old, name), getattr(new, name), pairs, unknown
            )
            collections[name] = tuple(found)
            if is_reordered and name in {"contexts", "stages", "kinds"}:
                reordered.append(name)
    collections["playbooks"] = _with_moves(collections["playbooks"])
    before, after = _cited(old), _cited(new)
    return Changes(
        old,
        new,
        collections,
        cited=tuple(name for name in new.sources if name in after - before and _is_whole(old)),
        uncited=tuple(name for name in old.sources if name in before - after and _is_whole(new)),
        reordered=tuple(reordered),
    )


def _unread(library: Library, collection: str) -> frozenset[str]:
    return library.unread.get(collection, frozenset())


def _synonyms(old: Library, new: Library) -> tuple[Change, ...]:
    before, after = ({", ".join(words) for words in library.synonyms} for library in (old, new))
    return (
        *(added("synonyms", words) for words in sorted(after - before)),
        *(removed("synonyms", words) for words in sorted(before - after)),
    )


_CITING = ("playbooks", "worksheets", "glossary")


def _is_whole(library: Library) -> bool:
    """Whether everything that cites sources could be read."""
    return not any(_unread(library, name) for name in _CITING)


def _cited(library: Library) -> set[str]:
    """The sources that anything names."""
    found: set[str] = set()
    for collection in _CITING:
        for part in getattr(library, collection).values():
            found |= set(_sources_in(part))
    return found


def _sources_in(value: Any) -> Iterator[str]:
    if isinstance(value, Part):
        for name, entry in value:
            if name == "sources":
                yield from entry
            else:
                yield from _sources_in(entry)
    elif isinstance(value, Mapping):
        for entry in value.values():
            yield from _sources_in(entry)
    elif isinstance(value, tuple):
        for entry in value:
            yield from _sources_in(entry)


def _kin(old: Sequence[Playbook], new: Sequence[Playbook]) -> Pairs:
    """Playbooks that were renamed: most of their parts have the same ids, else most words are the same."""
    before, after = [_ids(playbook) for playbook in old], [_ids(playbook) for playbook in new]
    scores = {
        (one, two): likeness(ids, others)
        for one, ids in enumerate(before)
        for two, others in enumerate(after)
    }
    found = best_pairs(scores)
    old_left = [index for index in range(len(old)) if index not in dict(found)]
    new_left = [index for index in range(len(new)) if index not in {two for _, two in found}]
    further = alike([old[index] for index in old_left], [new[index] for index in new_left])
    return [*found, *((old_left[one], new_left[two]) for one, two in further)]


def _ids(playbook: Playbook) -> Counter[str]:
    return Counter(
        f"{section} {entry.id}"
        for section, value in playbook
        if isinstance(value, tuple)
        for entry in value
        if identity(entry)
    )


class _Place(NamedTuple):
    """Where a change stands: the playbook's among all, and its own in the playbook's."""

    playbook: int
    part: int


def _with_moves(playbooks: Sequence[Change]) -> tuple[Change, ...]:
    """The same changes; what left one playbook for another is told as a move."""
    found = [list(playbook.parts) for playbook in playbooks]
    gone: dict[tuple[str, str], list[_Place]] = {}
    for index, playbook in enumerate(playbooks):
        before = playbook.before
        if playbook.kind == "removed":  # what it held counts as removed with it
            found[index] = [
                removed(section, entry)
                for section, value in before
                if isinstance(value, tuple)
                for entry in value
                if identity(entry)
            ]
        for number, change in enumerate(found[index]):
            if change.kind == "removed" and change.id:
                gone.setdefault((change.section, change.id), []).append(_Place(index, number))
    for index, playbook in enumerate(playbooks):
        for number, change in enumerate(found[index]):
            if change.kind != "added" or not gone.get((change.section, change.id)):
                continue
            place = gone[change.section, change.id][0]
            origin = found[place.playbook][place.part]
            if place.playbook == index or likeness(words_in(origin.before), words_in(change.after)) < ALIKE:
                continue
            gone[change.section, change.id].pop(0)
            source = playbooks[place.playbook]
            found[index][number] = moved_between(
                change, origin.before, f"{source.was or source.id}#{change.id}"
            )
            found[place.playbook][place.part] = replace(origin, kind="gone", now=f"{playbook.id}#{change.id}")
    return tuple(
        replace(playbook, parts=tuple(parts)) for playbook, parts in zip(playbooks, found, strict=True)
    )
