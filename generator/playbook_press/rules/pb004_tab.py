"""A file holds a tab.

It checks the whole file, texts included.

## Why it matters

YAML refuses tabs as indentation, and its message about them misleads. In a text a tab is shown as one space.

## Bad

The sign ⇥ stands for a tab, which nobody could see.

```yaml
use_when:
  - They⇥have named a figure.
```

## Good

```yaml
use_when:
  - They have named a figure.
```
"""

SEVERITY = "error"
FIXABLE = True
