"""A kind is not in the vocabulary.

It checks `kind` against `vocabulary/kinds.yml`.

## Why it matters

The kind says which sections the playbook needs. Without it, nothing can be said about what is missing.

## Bad

```yaml
kind: nots
```

## Good

```yaml
kind: note
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found, unknown_references

SEVERITY = "error"
FIXABLE = True


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each kind that is not known."""
    otherwise = "the kinds are"
    yield from unknown_references(playbook, library, "kinds", otherwise)
