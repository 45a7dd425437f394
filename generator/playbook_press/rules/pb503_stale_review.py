"""A review is missing, or too long ago.

It checks that a playbook with `status: reviewed` has a date in `reviewed`, and that no date lies before `reviewed-since` under `[tool.playbooks.lint.limits]`, if that is set. It never looks at the clock: the same files give the same findings on any day.

## Why it matters

"Reviewed" without a day tells a reader nothing, and a review before the last change of the law tells them too much.

## Bad

```yaml
status: reviewed
owners: [Robin Example]
```

## Good

```yaml
status: reviewed
owners: [Robin Example]
reviewed: 2026-11-22
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found

SEVERITY = "warning"


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield a reviewed playbook without a date, or a date before the handbook's limit."""
    since = library.limits.reviewed_since
    if playbook.reviewed is None:
        if playbook.status == "reviewed":
            yield Found(
                ("status",),
                "it was reviewed, and nobody knows when",
                "write the day it was last read through as `reviewed: YYYY-MM-DD`",
                needs=("reviewed",),
            )
    elif since and playbook.reviewed < since and playbook.status != "superseded":
        yield Found(
            ("reviewed",),
            f"it was last reviewed on {playbook.reviewed}, and the handbook asks for a review since {since}",
            "read it through, mend what no longer holds, and write the day you did",
        )
