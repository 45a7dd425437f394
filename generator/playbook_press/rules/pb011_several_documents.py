"""A file holds more than one YAML document.

It checks for a line of three hyphens after the first key, and for anything behind a line of three full stops.

## Why it matters

One file is one playbook, and its name is the playbook's id. A second document would be lost.

## Bad

```yaml
use_when:
  - They have named a figure.
---
use_when:
  - You meet again next year.
```

## Good

```yaml
use_when:
  - They have named a figure.
  - You meet again next year.
```
"""

SEVERITY = "error"
