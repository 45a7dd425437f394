"""A value is not one of the few that its key takes.

It checks keys such as `status`, `purpose`, `channel`, `who` and the `type` of a slot.

## Why it matters

The pages sort and show by these words; another word would show nothing.

## Bad

```yaml
status: finished
```

## Good

```yaml
status: reviewed
owners: [Robin Example]
reviewed: 2026-11-22
```
"""

import re
from collections.abc import Iterable

from pydantic_core import ErrorDetails

from playbook_press.fixes import Fix, Replace
from playbook_press.near_names import did_you_mean, only_near
from playbook_press.rules import Words

SEVERITY = "error"
FIXABLE = True
ERRORS = frozenset({"literal_error", "union_tag_invalid"})


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    context = details.get("ctx", {})
    choices = re.findall(r"'([^']+)'", str(context.get("expected") or context.get("expected_tags")))
    value = details["input"]
    if "tag" in context and isinstance(value, dict):
        value = value.get("type")
    if not isinstance(value, str):
        return Words("one word of a few belongs here", did_you_mean("", choices, "the choices are"))
    meant = only_near(value, choices)
    # The model names the mapping where the word tells what the mapping is.
    location = (*details["loc"], "type") if "tag" in context else details["loc"]
    fix = Fix((Replace(location, meant),)) if meant else None
    return Words(f"`{value}` is not a choice here", did_you_mean(value, choices, "the choices are"), fix)
