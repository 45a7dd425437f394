"""A value is too long, too short, too large or too small.

It checks the bounds that the model sets.

## Why it matters

A dialogue of one turn is no dialogue, and a line of two thousand characters is no line.

## Bad

```yaml
dialogues:
  - id: price
    title: The price
    context: sales
    turns:
      - who: they
        says: Your price is high.
```

## Good

```yaml
dialogues:
  - id: price
    title: The price
    context: sales
    turns:
      - who: they
        says: Your price is high.
      - who: you
        says: Compared with what?
```
"""

from collections.abc import Iterable, Mapping

from pydantic_core import ErrorDetails

from playbook_press.rules import Words

SEVERITY = "error"
_WORDS: Mapping[str, tuple[str, str]] = {
    "too_short": ("fewer than {min_length} entries", "add what is missing"),
    "too_long": ("more than {max_length} entries", "keep the most useful ones"),
    "string_too_short": ("shorter than {min_length} characters", "write more"),
    "string_too_long": ("longer than {max_length} characters", "shorten it, or split it in two"),
    "greater_than_equal": ("smaller than {ge}", "use a larger number"),
    "less_than_equal": ("larger than {le}", "use a smaller number"),
}
ERRORS = frozenset(_WORDS)


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    message, help_ = _WORDS[details["type"]]
    return Words(message.format_map(details["ctx"]), help_)
