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

from collections.abc import Iterator, Sequence
from itertools import islice

from playbook_press.fixes import Add, Fix, Replace
from playbook_press.model import Library, Location, Playbook, Text, in_words
from playbook_press.near_names import nearest, only_near
from playbook_press.rules import Found

SEVERITY = "error"
FIXABLE = True
_MOST_AT_ONCE = 20


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each slot that is used and not declared."""
    undeclared = [
        (text, name) for text, name in dict.fromkeys(playbook.used_slots) if name not in playbook.slots
    ]
    if not undeclared:
        return
    declaring = _declaring(playbook, undeclared)
    for text, name in undeclared:
        meant = nearest(name, playbook.slots)
        yield Found(
            text.location,
            f"the slot `{{{name}}}` is not declared",
            f"did you mean `{{{meant}}}`?"
            if meant
            else f"declare it under `slots:` as `{name}:` with a `label` and an `example`",
            excerpt=f"{{{name}}}",
            needs=("slots",),
            fix=_renaming(playbook, text.location, name) or declaring,
        )


def _renaming(playbook: Playbook, location: Location, name: str) -> Fix | None:
    """Write the slot that was meant."""
    meant = only_near(name, playbook.slots)
    return Fix((Replace(location, f"{{{meant}}}", excerpt=f"{{{name}}}"),)) if meant else None


def _declaring(playbook: Playbook, undeclared: Sequence[tuple[Text, str]]) -> Fix:
    """Declare what is not declared, which needs examples that a person chooses.

    It takes several at once: alone, the second of two that are like each other would then be
    taken for a slip.
    """
    first = undeclared[0][0].location
    names = dict.fromkeys(name for _, name in undeclared)
    new = (name for name in names if not only_near(name, playbook.slots))
    slots = {name: _declared(name) for name in islice(new, _MOST_AT_ONCE)}
    if playbook.slots:
        return Fix(tuple(Add(("slots",), name, slot) for name, slot in slots.items()), is_safe=False)
    return Fix((Add((), "slots", slots, before=str(first[0])),), is_safe=False)


def _declared(name: str) -> dict[str, str]:
    words = in_words(name)
    return {"label": words, "example": words.lower()}
