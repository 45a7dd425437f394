"""A worksheet does not exist.

It checks `worksheets` against the files in `worksheets/`.

## Why it matters

The page would link to a worksheet that is not there.

## Bad

```yaml
worksheets: [walk-awya]
```

## Good

```yaml
worksheets: [walk-away]
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found, unknown_references

SEVERITY = "error"
FIXABLE = True


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each worksheet that is not known."""
    otherwise = "the worksheets are"
    yield from unknown_references(playbook, library, "worksheets", otherwise)
