"""All changes in one sentence."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter

from playbook_press.changes.entries import Change, Changes
from playbook_press.changes.wording import ENTRIES, PARTS, number_of, verbs

_MOST_CLAUSES = 6
_MOST_SHEETS = 4
_ORDER = ("added", "reworded", "moved", "re-ranked", "changed", "renamed", "removed")


def headline(changes: Changes) -> str:
    """What a change does, in a sentence: how many of what, and whose sheets."""
    clauses = list(_clauses(changes))
    if not clauses and not changes.sheets:
        is_whole = not (changes.unread_before.lost or changes.unread_after.lost)
        return f"Nothing changes for a reader{'' if is_whole else ', as far as could be read'}."
    if len(clauses) > _MOST_CLAUSES:
        clauses = [*clauses[: _MOST_CLAUSES - 1], "and more"]
    sentence = "; ".join([*clauses, *_sheets(changes)])
    return f"{sentence[:1].upper()}{sentence[1:]}."


def _clauses(changes: Changes) -> Iterator[str]:
    playbooks = changes.of("playbooks")
    yield from _counted(PARTS["playbooks"], playbooks, _whole_verb)
    for section, names in PARTS.items():
        found = [part for playbook in playbooks for part in playbook.parts if part.section == section]
        yield from _counted(names, found, _verb)
    edited = sum(playbook.kind == "changed" and bool(playbook.fields) for playbook in playbooks)
    if edited:
        yield f"the particulars of {number_of(PARTS['playbooks'], edited)} changed"
    reordered = sum(bool(playbook.reordered) for playbook in playbooks)
    if reordered:
        yield f"entries of {number_of(PARTS['playbooks'], reordered)} stand in another order"
    for collection, names in ENTRIES.items():
        yield from _counted(names, changes.of(collection), attrgetter("kind"))
    for collection in changes.reordered:
        yield f"the {ENTRIES[collection][1]} stand in another order"


def _whole_verb(playbook: Change) -> str:
    return "renamed" if playbook.was else "" if playbook.kind == "changed" else playbook.kind


def _verb(part: Change) -> str:
    return "" if part.kind == "gone" else verbs(part)[0]


def _counted(
    names: tuple[str, str], found: Sequence[Change], verb_of: Callable[[Change], str]
) -> Iterator[str]:
    """So many were added, so many reworded: only the first says of what."""
    counts = Counter(map(verb_of, found))
    told = [verb for verb in _ORDER if counts[verb]]
    if told:
        first, *others = told
        yield ", ".join(
            [f"{number_of(names, counts[first])} {first}", *(f"{counts[verb]} {verb}" for verb in others)]
        )


def _sheets(changes: Changes) -> Iterator[str]:
    titles = [sheet.title for sheet in changes.sheets if sheet.kind != "removed"]
    if not titles:
        return
    if len(titles) == 1:
        yield f"the sheet of {titles[0]} changes"
    elif len(titles) == len(changes.new.contexts):
        yield f"the sheets of all {len(titles)} contexts change"
    elif len(titles) > _MOST_SHEETS:
        yield f"{len(titles)} of {len(changes.new.contexts)} sheets change"
    else:
        yield f"the sheets of {', '.join(titles[:-1])} and {titles[-1]} change"
