"""What a plain scalar of YAML means: the core schema of YAML 1.2, in which `no` and a date are text."""

import re
from collections.abc import Mapping
from typing import Any

_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_LONGEST_NUMBER = 100


def resolve(words: str) -> Any:
    """A plain scalar's value by the YAML 1.2 core schema."""
    if words in _WORDS:
        return _WORDS[words]
    # Python refuses to read numbers of thousands of digits; nobody means them as numbers.
    if len(words) > _LONGEST_NUMBER or words[0] not in "+-.0123456789":
        return words
    if _INTEGER.fullmatch(words):
        return int(words)
    if _BASED.fullmatch(words):
        return int(words[2:], 8 if words[1] == "o" else 16)
    if _FLOAT.fullmatch(words):
        return float(words)
    return words
