"""A file is nested deeper than 32 levels.

It counts the lists and mappings that are open at once.

## Why it matters

A playbook needs six levels. Depth without end is a way to crash the programs that read a file.

## Bad

```yaml
use_when: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[deep]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
```

## Good

```yaml
use_when: [They have named a figure.]
```
"""

SEVERITY = "error"
