"""An id cannot be an address.

It checks that an id is made of small letters, digits and single hyphens, and is at most 80 long; and that no context
is called `index`, as the page of all contexts is. A word of `vocabulary/synonyms.yml` has only the letters a to z.

## Why it matters

Ids stand in the addresses of pages, and other files refer to them.

## Bad

```yaml
scripts:
  - id: Ask_Why
    stage: explore
    say: What would that change for you?
```

## Good

```yaml
scripts:
  - id: ask-why
    stage: explore
    say: What would that change for you?
```
"""

import re
from collections.abc import Iterable

from pydantic_core import ErrorDetails

from playbook_press.fixes import Fix, Replace
from playbook_press.model import ID_PATTERN, id_from
from playbook_press.rules import Words

SEVERITY = "error"
FIXABLE = True
ERRORS = frozenset({"string_pattern_mismatch"})


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    value = str(details["input"])
    if value == "index":
        return Words(
            "the id `index` is taken: the page of all contexts is called so", "name it after what it is about"
        )
    better = id_from(value)
    pattern = details["ctx"]["pattern"]
    if pattern != ID_PATTERN and not re.search(pattern, better):  # a field that takes less than an id
        return Words(
            f"`{value}` is not a word in small letters", "write a single word, of the letters a to z"
        )
    help_ = f"write `{better}`" if better else "use small letters, digits and hyphens"
    location = details["loc"]
    is_key = location[-1:] == ("[key]",)
    change = Replace(location[:-1] if is_key else location, better, is_key=is_key)
    return Words(f"`{value}` cannot be an id", help_, Fix((change,)) if better else None)
