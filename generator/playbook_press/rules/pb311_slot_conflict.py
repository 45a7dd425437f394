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
from playbook_press.rules import Facts, Found

SEVERITY = "error"


def facts(playbook: Playbook) -> dict[str, list[str]]:
    """The label and the type of each slot."""
    return {name: [slot.label, slot.type] for name, slot in playbook.slots.items()}


def compare(declared: Facts, library: Library) -> Iterator[tuple[str, Found]]:  # noqa: ARG001 (all rules are called alike)
    """Yield each slot that the first playbook to declare it declares otherwise."""
    first: dict[str, tuple[str, list[str]]] = {}
    for owner, slots in declared.items():
        for name, (label, type_) in slots.items():
            first_owner, (first_label, first_type) = first.setdefault(name, (owner, [label, type_]))
            if (label, type_) != (first_label, first_type):
                differing, there = ("label", first_label) if label != first_label else ("type", first_type)
                yield (
                    owner,
                    Found(
                        ("slots", name, differing),
                        f"the slot `{name}` means something else in"
                        f" `{first_owner.removeprefix('playbooks/')}`: its {differing} there is `{there}`",
                        f"give it the same {differing}, or a name of its own",
                    ),
                )
