"""A slot is declared and stands in no text.

It checks every name under `slots` against the playbook's texts.

## Why it matters

The reader would be asked for something that no line shows. More often the slot's name is misspelt in the line.

## Bad

```yaml
slots:
  my-figure:
    label: Your figure
    example: £62,000
    type: money
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
from itertools import islice

from playbook_press.model import Library, Playbook
from playbook_press.near_names import nearest
from playbook_press.rules import MOST_FINDINGS, Found

SEVERITY = "error"


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each slot that is declared and not used, nor meant by one that is not declared."""
    used = {name: None for _, name in playbook.used_slots}
    unused = [name for name in playbook.slots if name not in used]
    if not unused:
        return
    undeclared = islice((name for name in used if name not in playbook.slots), MOST_FINDINGS)
    meant = {nearest(name, playbook.slots) for name in undeclared}
    for name in unused:
        if name not in meant:
            yield Found(
                ("slots", name),
                f"the slot `{name}` is declared and never used",
                f"write `{{{name}}}` where it belongs in a script, or delete it here",
                is_key=True,
                needs=(),
            )
