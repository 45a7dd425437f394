"""A section has too few entries to be useful.

It checks the sections of the playbook against the counts in `vocabulary/kinds.yml`.

## Why it matters

Two scripts are not a playbook: the reader whose case is not among them leaves with nothing.

## Bad

```yaml
kind: situation
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
```

## Good

```yaml
kind: note
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
```
"""

from collections.abc import Iterator, Sized

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found

SEVERITY = "error"


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each section with too few entries."""
    kind = library.kinds.get(playbook.kind)
    for section, least in kind.requires.items() if kind else ():
        entries = getattr(playbook, section)
        if isinstance(entries, Sized) and 0 < len(entries) < least:
            missing = least - len(entries)
            yield Found(
                (section,),
                f"`{section}` has {len(entries)} of the {least} entries that a playbook"
                f" of the kind `{playbook.kind}` needs",
                f"add {missing} more",
                is_key=True,
            )
