"""A comment passes over a finding without saying which, or why.

It checks that a comment `# playbooks: ignore[…]` names codes and gives a reason behind them.

## Why it matters

Without a reason nobody dares to delete the comment, and without a code it would silence everything.

## Bad

```yaml
use_when:
  # playbooks: ignore[PB204]
  - They call the project TBD.
```

## Good

```yaml
use_when:
  # playbooks: ignore[PB204] the client really calls it TBD
  - They call the project TBD.
```
"""

SEVERITY = "warning"
