"""A key stands twice in one mapping.

It checks every mapping of the file.

## Why it matters

YAML readers keep the last of the two without a word, and what the first held is lost.

## Bad

```yaml
use_when:
  - They have named a figure.
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
