"""A key is not known.

It checks every key against the model, and names the one that was probably meant.

## Why it matters

What stands under an unknown key would never be shown, and nobody would notice.

## Bad

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    says: What would that change for you?
```

## Good

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What would that change for you?
```
"""

from collections.abc import Iterable

from pydantic_core import ErrorDetails

from playbook_press.fixes import Fix, Replace
from playbook_press.near_names import did_you_mean, only_near
from playbook_press.rules import Words

SEVERITY = "error"
FIXABLE = True
ERRORS = frozenset({"extra_forbidden"})


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:
    """Put the error into words; `known` are the keys that the mapping may have."""
    key = str(details["loc"][-1])
    known = list(known)
    meant = only_near(key, known)
    fix = Fix((Replace(details["loc"], meant, is_key=True),)) if meant else None
    return Words(f"unknown key `{key}`", did_you_mean(key, known, "the keys here are"), fix)
