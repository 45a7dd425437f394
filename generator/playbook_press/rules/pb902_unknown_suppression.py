"""A comment passes over a rule that does not exist.

It checks each code that a comment `# playbooks: ignore[…]` names.

## Why it matters

A misspelt code silences nothing, and the reader of the comment believes that it does.

## Bad

```yaml
use_when:
  # playbooks: ignore[PB2004] the client really calls it TBD
  - They call the project by its first name.
```

## Good

```yaml
use_when:
  # playbooks: ignore[PB204] the client really calls it TBD
  - They call the project TBD.
```
"""

SEVERITY = "warning"
