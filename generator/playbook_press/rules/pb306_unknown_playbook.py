"""A related playbook does not exist.

It checks `related` against the files of the handbook.

## Why it matters

The page would link to a playbook that is not there. One that is only planned belongs under `planned`.

## Bad

```yaml
related: [asking-for-tiem]
```

## Good

```yaml
related: [asking-for-time]
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found, unknown_references

SEVERITY = "error"


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each playbook that is not known."""
    otherwise = "name it under `planned` if nobody has written it yet; there are"
    yield from unknown_references(playbook, library, "playbooks", otherwise)
