"""A script has a slot that the playbook does not declare.

It checks every `{name}` in the playbook's texts against `slots`.

## Why it matters

A slot without a label and an example cannot be filled, and reads as a hole in the sentence.

## Bad

```yaml
scripts:
  - id: name-a-figure
    stage: trade
    title: Name a figure
    say: My figure is {my-figure}.
```

## Good

```yaml
slots:
  my-figure:
    label: Your figure
    example: £62,000
    type: money
scripts:
  - id: name-a-figure
    stage: trade
    title: Name a figure
    say: My figure is {my-figure}.
```
"""

from collections.abc import Iterator

from playbook_press.fixes import Add, Fix, Replace
from playbook_press.model import Library, Location, Playbook, in_words
from playbook_press.rules import Found, nearest, only_near

SEVERITY = "error"
FIXABLE = True


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each slot that is used and not declared."""
    for text, name in dict.fromkeys(playbook.used_slots):
        if name not in playbook.slots:
            meant = nearest(name, playbook.slots)
            yield Found(
                text.location,
                f"the slot `{{{name}}}` is not declared",
                f"did you mean `{{{meant}}}`?"
                if meant
                else f"declare it under `slots:` as `{name}:` with a `label` and an `example`",
                excerpt=f"{{{name}}}",
                needs=("slots",),
                fix=_fix(playbook, text.location, name),
            )


def _fix(playbook: Playbook, location: Location, name: str) -> Fix:
    """Write the slot that was meant; else declare what is not, which needs examples that a person chooses."""
    if meant := only_near(name, playbook.slots):
        return Fix((Replace(location, f"{{{meant}}}", excerpt=f"{{{name}}}"),))
    # All at once: the next one may be like the one that was declared just before.
    undeclared = dict.fromkeys(
        slot
        for _, slot in playbook.used_slots
        if slot not in playbook.slots and not only_near(slot, playbook.slots)
    )
    slots = {slot: _declared(slot) for slot in undeclared}
    if playbook.slots:
        return Fix(tuple(Add(("slots",), slot, words) for slot, words in slots.items()), is_safe=False)
    return Fix((Add((), "slots", slots, before=str(location[0])),), is_safe=False)


def _declared(name: str) -> dict[str, str]:
    words = in_words(name)
    return {"label": words, "example": words.lower()}
