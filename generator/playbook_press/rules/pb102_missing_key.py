"""A key is missing that its neighbours cannot do without.

It checks every mapping against the model, and points at the one that lacks the key.

## Why it matters

A script without a line to say, or a pitfall without the better way, leaves its reader stranded.

## Bad

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
```

## Good

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
```
"""

from collections.abc import Iterable

from pydantic_core import ErrorDetails

from playbook_press.rules import Words

SEVERITY = "error"
ERRORS = frozenset({"missing", "union_tag_not_found"})


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    key = "type" if details["type"] == "union_tag_not_found" else details["loc"][-1]
    return Words(f"the key `{key}` is missing here", f"add a line `{key}: …`")
