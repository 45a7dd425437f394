"""A reviewed playbook belongs to nobody.

It checks that a playbook with `status: reviewed` has `owners`.

## Why it matters

Readers who find a mistake need somebody to tell, and a page without an owner is never reviewed again.

## Bad

```yaml
status: reviewed
reviewed: 2026-11-22
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


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield a reviewed playbook that nobody answers for."""
    if playbook.status == "reviewed" and not playbook.owners:
        yield Found(
            ("status",),
            "it was reviewed, and nobody answers for it",
            "name who does under `owners:`",
            needs=("owners",),
        )
