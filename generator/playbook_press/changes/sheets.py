"""Which lines come onto the cheat sheets of a handbook, and which leave them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from playbook_press.changes.entries import Changes, SheetChange
from playbook_press.changes.matching import pairs_of
from playbook_press.model import Library
from playbook_press.paper.formats import PaperError
from playbook_press.paper.imprint import cited
from playbook_press.paper.printer import Printer
from playbook_press.paper.sheet import Sheet, Unit

NEEDED = ("contexts", "stages")


def with_sheets(changes: Changes, site_name: str, site_url: str) -> Changes:
    """The same changes, with what they do to the sheets on A4."""
    if not any(changes.collections.values()) and not changes.reordered:
        return changes
    for library in (changes.old, changes.new):
        if any("*" in library.unread.get(name, ()) for name in NEEDED):
            return replace(
                changes, sheets_unknown="the contexts or the stages of the handbook could not be read"
            )
    try:
        sheets = _compare(changes, site_name, site_url)
    except PaperError as error:
        return replace(changes, sheets_unknown=str(error))
    return replace(changes, sheets=sheets)


def _compare(changes: Changes, site_name: str, site_url: str) -> tuple[SheetChange, ...]:
    old, new = _printable(changes.old), _printable(changes.new)
    renamed = {
        change.was: change.id for change in changes.of("contexts") if change.kind == "changed" and change.was
    }
    printers = Printer(old, site_name, site_url), Printer(new, site_name, site_url)
    before = {renamed.get(context, context): printers[0].sheet(context) for context in old.contexts}
    after = {context: printers[1].sheet(context) for context in new.contexts}
    for printer, sheets in zip(printers, (before, after), strict=True):
        if sheets:  # in one go, which is quicker
            printer.measure(list(sheets.values()))
    pages = _pages(changes)
    found: list[SheetChange] = []
    for context in [*after, *(context for context in before if context not in after)]:
        if context not in before:
            found.append(SheetChange(context, after[context].title, "added"))
        elif context not in after:
            found.append(SheetChange(context, before[context].title, "removed"))
        elif _content(before[context]) != _content(after[context]) or cited(old) != cited(new):
            change = _changed(
                context,
                after[context].title,
                _chosen(printers[0], before[context]),
                _chosen(printers[1], after[context]),
                pages,
            )
            found += [change] if change else []
    return tuple(found)


def _printable(library: Library) -> Library:
    """The handbook without what no sheet can place: lines of a stage that there is not."""
    playbooks = {
        name: playbook.model_copy(
            update={"scripts": tuple(script for script in playbook.scripts if script.stage in library.stages)}
        )
        for name, playbook in library.playbooks.items()
    }
    return replace(library, playbooks=playbooks)


def _content(sheet: Sheet) -> tuple[object, ...]:
    return sheet.title, sheet.order, [(unit.section, unit.data) for unit in sheet.units]


def _chosen(printer: Printer, sheet: Sheet) -> list[Unit]:
    return [sheet.units[index] for index in printer.choose(sheet)]


def _pages(changes: Changes) -> Mapping[str, str]:
    """From where a part of a playbook stood to where it stands, for what moved or was renamed."""
    found: dict[str, str] = {}
    for playbook in changes.of("playbooks"):
        old_id = playbook.was or playbook.id
        if playbook.was:
            found[old_id] = playbook.id
        for change in playbook.parts:
            if change.now:
                found[f"{old_id}#{change.id}"] = change.now
            elif change.was and "#" not in change.was:
                found[f"{old_id}#{change.was}"] = f"{playbook.id}#{change.id}"
    return found


def _place(unit: Unit, pages: Mapping[str, str]) -> str:
    """Where a line stands now."""
    place = unit.at.removeprefix("playbooks/")
    playbook, _, part = place.partition("#")
    return pages.get(place) or f"{pages.get(playbook, playbook)}#{part}"


def _changed(
    context: str, title: str, before: Sequence[Unit], after: Sequence[Unit], pages: Mapping[str, str]
) -> SheetChange | None:
    if [(unit.section, unit.item) for unit in before] == [(unit.section, unit.item) for unit in after]:
        return None
    old = {_place(unit, pages): unit for unit in before if unit.kind != "tick"}
    new = {_place(unit, {}): unit for unit in after if unit.kind != "tick"}
    came = [name_of(unit) for place, unit in new.items() if place not in old]
    left = [name_of(unit) for place, unit in old.items() if place not in new]
    reworded = [name_of(unit) for place, unit in new.items() if place in old and unit.item != old[place].item]
    ticks = [[unit.item for unit in units if unit.kind == "tick"] for units in (before, after)]
    pairs = pairs_of(*ticks)
    came += [words for index, words in enumerate(ticks[1]) if index not in {two for _, two in pairs}]
    left += [words for index, words in enumerate(ticks[0]) if index not in dict(pairs)]
    reworded += [ticks[1][two] for one, two in pairs if ticks[0][one] != ticks[1][two]]
    return SheetChange(context, title, "changed", tuple(came), tuple(left), tuple(reworded))


def name_of(unit: Unit) -> str:
    """What names a line on a sheet."""
    if unit.kind == "tick":
        return str(unit.item)
    if unit.kind == "pitfall":
        return str(unit.item["name"])
    return f"“{unit.item['heard']}”" if unit.item["heard"] else str(unit.item["title"])
