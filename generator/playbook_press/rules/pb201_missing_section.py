"""A section is missing that this kind of playbook needs.

It checks the top of the playbook against `vocabulary/kinds.yml`, and points at the kind.

## Why it matters

Readers count on finding the same things in every playbook of a kind, above all when they are in a hurry.

## Bad

```yaml
kind: situation
```

## Good

```yaml
kind: note
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found

SEVERITY = "error"


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each section that is missing."""
    kind = library.kinds.get(playbook.kind)
    for section, least in kind.requires.items() if kind else ():
        if not getattr(playbook, section):
            entries = "an entry" if least == 1 else f"{least} entries or more"
            yield Found(
                ("kind",),
                f"the section `{section}` is missing: a playbook of the kind `{playbook.kind}` needs it",
                f"add `{section}:` at the start of a line, with {entries} under it",
                needs=(section,),
            )
