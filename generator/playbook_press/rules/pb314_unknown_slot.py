"""A field of a worksheet fills a slot that no playbook declares.

It checks the `slot` of each field against the slots of all playbooks.

## Why it matters

What is written into the field should stand in every script with that slot. Under another name it stands in none.

## Bad

```yaml
title: Your range
summary: What you ask for, and the least that you accept.
parts:
  - type: form
    id: pay
    title: Pay
    fields:
      - id: target
        label: What you ask for
        type: money
        slot: my-figrue
```

## Good

```yaml
title: Your range
summary: What you ask for, and the least that you accept.
parts:
  - type: form
    id: pay
    title: Pay
    fields:
      - id: target
        label: What you ask for
        type: money
        slot: my-figure
```
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from playbook_press.fixes import Fix, Replace
from playbook_press.model import Form, Library, Playbook, Worksheet
from playbook_press.near_names import did_you_mean, only_near
from playbook_press.rules import MOST_FINDINGS, Facts, Found

SEVERITY = "error"
EVERYWHERE = True
FIXABLE = True
WHOLE = True


def facts(part: object) -> dict[str, Any]:
    """The slots that a playbook declares, or those that a worksheet fills, each with its location."""
    if isinstance(part, Playbook):
        return {"declared": list(part.slots)}
    if not isinstance(part, Worksheet):
        return {}
    filled = [
        [entry.slot, ["parts", index, "fields", place, "slot"]]
        for index, piece in enumerate(part.parts)
        if isinstance(piece, Form)
        for place, entry in enumerate(piece.fields)
        if entry.slot
    ]
    return {"filled": filled}


def compare(slots: Facts, library: Library) -> Iterator[tuple[str, Found]]:
    """Yield each slot that is filled and declared nowhere."""
    read = {owner: found for owner, found in slots.items() if found is not None}
    are_all = all(owner in read for owner in slots if owner.startswith("playbooks/"))
    if library.unread.get("playbooks") or not are_all:  # what could not be read may declare it
        return
    known = dict.fromkeys(sorted({name for found in read.values() for name in found.get("declared", ())}))
    for owner, found in read.items():
        unknown = ((name, tuple(place)) for name, place in found.get("filled", ()) if name not in known)
        for name, place in islice(unknown, MOST_FINDINGS):
            meant = only_near(name, known)
            yield (
                owner,
                Found(
                    place,
                    f"unknown slot `{name}`",
                    did_you_mean(name, known, "the playbooks declare"),
                    fix=Fix((Replace(place, meant),)) if meant else None,
                ),
            )
