"""A file uses a tag.

It checks for `!name` and `!!name` before a value.

## Why it matters

Tags ask the reader to build something other than text, lists and mappings. Nothing in a playbook needs that.

## Bad

```yaml
use_when:
  - !!str They have named a figure.
```

## Good

```yaml
use_when:
  - They have named a figure.
```
"""

SEVERITY = "error"
