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
from playbook_press.model import ID_PATTERN, REFERENCES, id_from
from playbook_press.near_names import folded
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
    if pattern != ID_PATTERN:  # a field that takes less than an id
        message, help_ = (
            f"`{value}` is not a word in small letters",
            "write a single word, of the letters a to z",
        )
        better = better if re.search(pattern, better) else ""
    else:
        message, help_ = f"`{value}` cannot be an id", "use small letters, digits and hyphens"
    if not better:
        return Words(message, help_)
    location = details["loc"]
    is_key = location[-1:] == ("[key]",)
    location = location[:-1] if is_key else location
    typed = folded(value)
    if not REFERENCES.keys() & set(location):  # where ids are listed, a space may be a comma that is missing
        typed = typed.replace(" ", "-")
    change = Replace(location, better, is_key=is_key)
    return Words(message, f"write `{better}`", Fix((change,), is_safe=typed == better))
