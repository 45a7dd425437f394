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
from itertools import islice
from typing import Any

from playbook_press.model import Library, Playbook, Text
from playbook_press.rules import MOST_FINDINGS, Facts, Found, unknown

SEVERITY = "error"
FIXABLE = True


def facts(playbook: Playbook) -> list[str]:
    """The playbooks that it refers to."""
    return list(playbook.related)


def compare(related: Facts, library: Library) -> Iterator[tuple[str, Found]]:
    """Yield each playbook that is not known, or is the one that refers to it."""
    known = [name.removeprefix("playbooks/") for name in related if name.startswith("playbooks/")]
    otherwise = "name it under `planned` if nobody has written it yet; there are"
    names = frozenset(known)

    def of_one(owner: str, ids: list[Any]) -> Iterator[Found]:
        others: list[Any] | None = None
        for index, name in enumerate(ids):
            location = ("related", index)
            if f"playbooks/{name}" == owner:
                yield Found(location, f"`{name}` is this playbook", "name another, or delete the line")
            elif name not in names and not library.knows("playbooks", name):
                others = others or [other for other in known if f"playbooks/{other}" != owner]
                yield unknown(Text(location, name, "related"), "playbooks", others, otherwise)

    for owner, ids in related.items():
        # What is near each name takes long to find out.
        yield from ((owner, found) for found in islice(of_one(owner, ids), MOST_FINDINGS))
