"""A value is of the wrong type.

It checks that text is text, a list is a list and a number is a number.

## Why it matters

YAML takes `1.10` for a number and drops the last digit; a text where a list belongs would become a list of letters.

## Bad

```yaml
use_when: They have named a figure.
```

```yaml
title: 2030
```

## Good

```yaml
use_when:
  - They have named a figure.
```

```yaml
title: "2030"
```
"""

from collections.abc import Iterable

from pydantic_core import ErrorDetails

from playbook_press.rules import Words
from playbook_press.wrong_yaml import quote_help

SEVERITY = "error"
ERRORS = frozenset(
    {"string_type", "tuple_type", "dict_type", "model_type", "int_type", "bool_type", "float_type"}
    | {"model_attributes_type"}
)

_EXPECTED = {
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "int_type": "a whole number",
    "bool_type": "`true` or `false`",
    "float_type": "a number",
}
_HELP = {
    "string_type": "write it as one text",
    "tuple_type": "start each entry on a line of its own, with `- ` before it",
    "dict_type": "write `key: value` lines, indented under the key",
    "model_type": "write `key: value` lines, indented under the key",
    "model_attributes_type": "write `key: value` lines, indented under the key",
    "int_type": "write it in digits, without quotation marks",
    "bool_type": "write one of the two words, without quotation marks",
    "float_type": "write it in digits, without quotation marks",
}


def explain(details: ErrorDetails, known: Iterable[str]) -> Words:  # noqa: ARG001 (all rules are called alike)
    """Put the error into words."""
    kind, value = details["type"], details["input"]
    expected = _EXPECTED.get(kind)
    if expected is None:  # a type that the model did not have when this was written
        return Words(f"not what belongs here: {details['msg']}", "compare it with the field reference")
    help_ = _HELP[kind]
    if kind == "string_type" and isinstance(value, str):  # a blank alone, as it stands in the file
        return Words(f"a blank such as `{value}` is taken for a mapping", quote_help(value))
    if kind == "string_type" and isinstance(value, (int, float)):
        help_ = "put it in quotation marks"
    elif kind == "string_type" and isinstance(value, dict):
        help_ = "put the whole text in quotation marks if it holds a colon and a space"
    elif kind == "string_type" and isinstance(value, tuple):
        help_ = "put the whole text in quotation marks if it starts with a bracket or a hyphen"
    elif kind in {"int_type", "float_type", "bool_type"} and isinstance(value, tuple):
        help_ = f"write {'the word' if kind == 'bool_type' else 'the number'} without brackets"
    elif kind == "model_type" and not details["loc"]:
        help_ = "start with lines such as `title: …`, each key at the start of its line"
    return Words(f"{expected} belongs here, not {_named(value)}", help_)


def _named(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int):
        return "a number"
    if isinstance(value, float):
        return "a number with a decimal point"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, tuple) else "a mapping"
