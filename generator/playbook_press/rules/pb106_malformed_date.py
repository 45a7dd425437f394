"""A date is not a day of the calendar.

It checks that a date is written as year, month and day, such as `2026-11-22`.

## Why it matters

Readers see how fresh a playbook is; `3/4/26` is March to some and April to others.

## Bad

```yaml
reviewed: 3/4/2026
```

## Good

```yaml
reviewed: 2026-04-03
```
"""

import re
from collections.abc import Iterable

from pydantic_core import ErrorDetails

from playbook_press.model import DATE_PATTERN
from playbook_press.rules import Words

SEVERITY = "error"
ERRORS = frozenset({"calendar_date"})


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    help_ = "write year, month and day, such as `2026-11-22`"
    if re.fullmatch(DATE_PATTERN, str(details["input"])):
        help_ = "the calendar has no such day: months have 28 to 31 days, and years 12 months"
    return Words(f"`{details['input']}` is not a date", help_)
