"""A pair of braces is not a slot.

It checks for braces in texts that hold something other than a slot's name.

## Why it matters

`{My figure}` would be printed as it stands, braces and all, instead of a blank to fill in.

## Bad

```yaml
scripts:
  - id: name-a-figure
    stage: trade
    title: Name a figure
    say: I had {My figure} in mind.
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

import re
from collections.abc import Iterator

from playbook_press.model import Library, Playbook, id_from
from playbook_press.rules import Found
from playbook_press.text import SLOT

SEVERITY = "error"
# A backslash before the brace says that a brace is meant. Braces in a row are looked at once, or a thousand
# of them that are never closed would be looked at a million times.
_BRACES = re.compile(r"(?<!\\)(?<!(?<!\\)\{)\{++([^{}]*+)\}++")


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each pair of braces that is not a slot."""
    for text in playbook.texts:
        if "{" not in text.words:
            continue
        for match in _BRACES.finditer(text.words):
            if SLOT.fullmatch(match[0]):
                continue
            name = id_from(match[1])
            yield Found(
                text.location,
                f"`{match[0]}` is not a slot",
                (f"write `{{{name}}}`" if name else "name the slot")
                + ", in small letters, digits and hyphens; or `\\{` for a brace",
                excerpt=match[0],
            )
