"""A move has a risk and nothing that guards against it.

It checks each of the `moves` that has a `risk` for a `safeguard`.

## Why it matters

A reader who is told what can go wrong, and not what to do about it, will try it on somebody all the same.

## Bad

```yaml
moves:
  - id: two-packages
    title: Offer two packages
    when: They have said what matters to them.
    do: Put two packages side by side.
    risk: They take the cheaper parts of each.
```

## Good

```yaml
moves:
  - id: two-packages
    title: Offer two packages
    when: They have said what matters to them.
    do: Put two packages side by side.
    risk: They take the cheaper parts of each.
    safeguard: Say that each package holds only as a whole.
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found

SEVERITY = "warning"


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each risk that stands alone."""
    for index, move in enumerate(playbook.moves):
        if move.risk.strip() and not move.safeguard.strip():
            yield Found(
                ("moves", index, "risk"),
                f"the move `{move.id}` has a risk and no safeguard",
                "say under `safeguard:` what keeps it from going wrong",
                needs=("moves", index),
            )
