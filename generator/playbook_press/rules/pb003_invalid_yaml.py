"""A file is not valid YAML.

It checks that the file can be read at all, and points at the place where it stops making sense.

## Why it matters

Nothing behind that place can be read, so nothing of the playbook can be shown.

## Bad

```yaml
summary: What to say: and when.
```

## Good

```yaml
summary: "What to say: and when."
```
"""

SEVERITY = "error"
