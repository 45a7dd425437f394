"""A comment passes over a finding that is not there.

It checks each code that a comment `# playbooks: ignore[…]` names.

## Why it matters

Such a comment has outlived what it was for, and would silence the next mistake on its line.

## Bad

```yaml
# playbooks: ignore[PB204] the client really calls it TBD
use_when:
  - They have named a figure.
```

## Good

```yaml
use_when:
  # playbooks: ignore[PB204] the client really calls it TBD
  - They call the project TBD.
```
"""

SEVERITY = "warning"
