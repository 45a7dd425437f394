"""A text ends at a #, as if the rest were a comment.

It checks texts without quotation marks that a space and a # end, with no other space behind it.

## Why it matters

Whatever stands behind ` #` is a comment in YAML: it is on no page, and nobody says so.

## Bad

```yaml
summary: What to do about their #1 concern.
```

## Good

```yaml
summary: "What to do about their #1 concern."
```
"""

SEVERITY = "warning"
