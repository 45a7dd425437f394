"""Changes as JSON, for a program."""

import json
from typing import Any

from playbook_press.changes.compare import plain_value
from playbook_press.changes.entries import COLLECTIONS, Change, Changes, Unread
from playbook_press.changes.headline import headline
from playbook_press.changes.wording import named
from playbook_press.model import Library


def as_json(changes: Changes) -> str:
    """One JSON object; letters beyond ASCII are escaped, so that it is safe on any terminal."""
    libraries = changes.old, changes.new
    record = {
        "headline": headline(changes),
        **{name: [_change(change, libraries) for change in changes.of(name)] for name in COLLECTIONS},
        "cited_now": list(changes.cited),
        "no_longer_cited": list(changes.uncited),
        "reordered": list(changes.reordered),
        "sheets": [
            {
                "context": sheet.context_id,
                "change": sheet.kind,
                "came": list(sheet.came),
                "left": list(sheet.left),
                "reworded": list(sheet.reworded),
            }
            for sheet in changes.sheets
        ],
        "sheets_unknown": changes.sheets_unknown,
        "unread": {
            "before": _unread(changes.unread_before),
            "after": _unread(changes.unread_after),
        },
    }
    return json.dumps(record, indent=2)


def _unread(unread: Unread) -> dict[str, list[str]]:
    return {"lost": list(unread.lost), "partly": list(unread.partly)}


def _change(change: Change, libraries: tuple[Library, Library]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "section": change.section,
        "change": "moved" if change.kind == "gone" else change.kind,
        "id": change.id,
        "name": named(change, libraries),
        "was": change.was,
        "now": change.now,
        "fields": [
            {"field": field.name, "before": field.before, "after": field.after} for field in change.fields
        ],
        "parts": [_change(part, libraries) for part in change.parts],
        "reordered": list(change.reordered),
    }
    if isinstance(change.part, str):
        record |= {"before": plain_value(change.before), "after": plain_value(change.after)}
    return record
