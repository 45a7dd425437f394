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
```
"""

import re
from collections.abc import Iterable

from pydantic_core import ErrorDetails

from playbook_press.rules import Words, did_you_mean

SEVERITY = "error"
ERRORS = frozenset({"literal_error"})


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    choices = re.findall(r"'([^']+)'", str(details.get("ctx", {}).get("expected", "")))
    value = details["input"]
    if not isinstance(value, str):
        return Words("one word of a few belongs here", did_you_mean("", choices, "the choices are"))
    return Words(f"`{value}` is not a choice here", did_you_mean(value, choices, "the choices are"))
