"""A source is not in the vocabulary.

It checks every `sources` and `cited_by` against `vocabulary/sources.yml`, in vocabulary files and worksheets too.

## Why it matters

A citation that leads nowhere is worse than none: the reader cannot check the claim.

## Bad

```yaml
scripts:
  - id: ask-why
    stage: explore
    contexts: [sales]
    title: Ask why
    say: What would that change for you?
    sources: [fisher-1981]
```

## Good

```yaml
scripts:
  - id: ask-why
    stage: explore
    contexts: [sales]
    title: Ask why
    say: What would that change for you?
    sources: [fisher-ury-2011]
```
"""

from collections.abc import Iterator

from playbook_press.model import Library
from playbook_press.rules import Found, unknown_references

SEVERITY = "error"
FIXABLE = True
EVERYWHERE = True


def check(part: object, library: Library) -> Iterator[Found]:
    """Yield each source that is not known."""
    otherwise = "add it to `vocabulary/sources.yml`, where these stand"
    yield from unknown_references(part, library, "sources", otherwise)
