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
    "too_short": ("{has} here, where at least {least} must be", "add what is missing"),
    "too_long": ("{has} here, where at most {most} may be", "keep the most useful ones"),
    "string_too_short": ("a text of fewer than {least} characters", "write more"),
    "string_too_long": ("a text of more than {most} characters", "shorten it, or split it in two"),
    "greater_than_equal": ("`{value}` is too small: {ge} is the least it may be", "use a larger number"),
    "less_than_equal": ("`{value}` is too large: {le} is the most it may be", "use a smaller number"),
}
ERRORS = frozenset(_WORDS)


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    message, help_ = _WORDS[details["type"]]
    bounds = details["ctx"]
    length = bounds.get("actual_length", 0)
    return Words(
        message.format(
            **bounds,
            value=details["input"],
            has=f"{length or 'no'} {'entry' if length == 1 else 'entries'}",
            least=bounds.get("min_length"),
            most=f"{bounds.get('max_length', 0):,}",
        ),
        help_,
    )
