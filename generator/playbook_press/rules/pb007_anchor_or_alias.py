"""A file uses an anchor or an alias.

It checks for `&name` before a value, and for `*name` in place of one.

## Why it matters

A reader has to look elsewhere for the text, and a few lines of aliases can blow up to gigabytes.

## Bad

```yaml
use_when:
  - &figure They have named a figure.
avoid_when:
  - *figure
```

## Good

```yaml
use_when:
  - They have named a figure.
avoid_when:
  - They have named a figure and left the room.
```
"""

SEVERITY = "error"
