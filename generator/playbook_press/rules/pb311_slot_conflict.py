"""Two playbooks mean different things by one slot.

It checks that a slot has the same label and type in every playbook that declares it.

## Why it matters

A reader fills a slot once and sees it in every script of the handbook: what is a figure here must not be a name there.

## Bad

```yaml
slots:
  deadline:
    label: Your manager
    example: Robin
    type: person
scripts:
  - id: ask-for-a-day
    stage: pressure
    title: Ask for a day
    say: May I ask {deadline} first?
```

## Good

```yaml
slots:
  deadline:
    label: Day and time
    example: Friday noon
    type: date
scripts:
  - id: ask-for-a-day
    stage: pressure
    title: Ask for a day
    say: May I answer by {deadline}?
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found

SEVERITY = "error"


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each slot that the first playbook to declare it declares otherwise."""
    for name, slot in playbook.slots.items():
        first_id, first = library.slots[name]
        if first_id and (slot.label, slot.type) != (first.label, first.type):
            differing = "label" if slot.label != first.label else "type"
            yield Found(
                ("slots", name, differing),
                f"the slot `{name}` means something else in `{first_id}`:"
                f" its {differing} there is `{getattr(first, differing)}`",
                f"give it the same {differing}, or a name of its own",
            )
