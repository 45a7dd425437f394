"""A stage is not in the vocabulary.

It checks every `stage`, and the keys of `stages`, against `vocabulary/stages.yml`.

## Why it matters

Scripts are shown by stage: one of an unknown stage would be shown nowhere.

## Bad

```yaml
scripts:
  - id: ask-why
    stage: exploring
    contexts: [sales]
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
    """Yield each stage that is not known."""
    otherwise = "the stages are"
    yield from unknown_references(playbook, library, "stages", otherwise)
