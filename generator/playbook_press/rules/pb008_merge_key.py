"""A file uses a merge key.

It checks for the key `<<`.

## Why it matters

YAML 1.2 has dropped it, and what it brings in is not written where it is read.

## Bad

```yaml
definition:
  <<: What it is.
  what: A conversation about terms.
```

## Good

```yaml
definition:
  what: A conversation about terms.
```
"""

SEVERITY = "error"
