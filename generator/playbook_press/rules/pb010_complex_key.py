"""A key is a list or a mapping.

It checks the keys of every mapping.

## Why it matters

It is nearly always a slip: a text that starts with a bracket, or a stray question mark.

## Bad

```yaml
stages:
  ? [open]
  : goal: Agree what the conversation is for.
```

## Good

```yaml
stages:
  open:
    goal: Agree what the conversation is for.
```
"""

SEVERITY = "error"
