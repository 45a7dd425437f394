r"""A file holds a character that nobody can see.

It checks for control characters, for the marks that reverse the order in which text is shown, for spaces and letters that take no room, and for a carriage return alone where other lines end otherwise.

## Why it matters

Such a character comes along when text is pasted. It breaks search and copying, and it can make a line read otherwise than it is.

## Bad

```yaml
use_when:
  - "They have named\u202e a figure."
```

## Good

```yaml
use_when:
  - They have named a figure.
```
"""

SEVERITY = "error"
