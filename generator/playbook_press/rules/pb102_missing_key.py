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

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from playbook_press.fixes import Add, Fix
from playbook_press.model import id_from
from playbook_press.rules import Words

SEVERITY = "error"
FIXABLE = True
ERRORS = frozenset({"missing", "union_tag_not_found"})
_WORDS = 6


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    key = "type" if details["type"] == "union_tag_not_found" else details["loc"][-1]
    fix = None
    if key == "id" and isinstance(details["input"], dict) and (name := _name_for(details["input"])):
        fix = Fix((Add(details["loc"][:-1], "id", name),))
    return Words(f"the key `{key}` is missing here", f"add a line `{key}: …`", fix)


def _name_for(part: Mapping[str, Any]) -> str:
    """An id from the first thing that the part says of itself."""
    for key in ("title", "name", "label", "they_say", "instead_of", "say"):
        if found := id_from(str(part.get(key, ""))):
            return "-".join(found.split("-")[:_WORDS])
    return ""
