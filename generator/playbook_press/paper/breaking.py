"""Words that are too wide for where they stand: they may be broken, rather than run into what is beside."""

import re
from typing import Any

from playbook_press.paper.letters import MAY_BREAK, most_ems

# What is put together with the character before it stays with it.
_PART = re.compile("(\\S{8})(?=[^\\s\u0300-\u036f\u200c\u200d\ufe00-\ufe0f])")
_WIDEST = 1.6
"""Hardly any character is wider, in ems."""


def breakable(content: Any, width: float) -> Any:
    """The same text, or data with texts in it; words that may be wider than so many ems may be broken."""
    if isinstance(content, str):
        long = rf"\S{{{max(9, int(width / _WIDEST))},}}"
        return re.sub(long, lambda word: _broken(word[0], width), content)
    if isinstance(content, list):
        return [breakable(item, width) for item in content]
    if isinstance(content, dict):
        return {key: breakable(item, width) for key, item in content.items()}
    return content


def _broken(word: str, width: float) -> str:
    return word if most_ems(word) <= width else _PART.sub(rf"\1{MAY_BREAK}", word)
