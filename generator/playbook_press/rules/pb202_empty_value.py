"""A key or a list entry has nothing in it.

It checks the whole file for keys without a value, entries without a text, and empty lists.

## Why it matters

A heading with nothing under it promises something that the reader will look for. A draft may have one for the time
being; a script whose `say` is empty, or any other entry without what it needs, is on no page until then.

## Bad

```yaml
use_when:
  - They have named a figure.
  -
```

```yaml
avoid_when:
```

## Good

```yaml
use_when:
  - They have named a figure.
```
"""

SEVERITY = "error"
