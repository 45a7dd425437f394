"""A context is not in the vocabulary.

It checks every `context` and `contexts` against `vocabulary/contexts.yml`.

## Why it matters

The script would be on no context's page and on no cheat sheet.

## Bad

```yaml
scripts:
  - id: ask-why
    stage: explore
    contexts: [slaes]
    title: Ask why
    say: What would that change for you?
    sources: [fisher-ury-2011]
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

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found, unknown_references

SEVERITY = "error"
FIXABLE = True


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each context that is not known."""
    otherwise = "the contexts are"
    yield from unknown_references(playbook, library, "contexts", otherwise)
