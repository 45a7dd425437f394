"""What may be printed, and in which colours."""

import re
from collections.abc import Callable, Mapping

from playbook_press.lint import Finding
from playbook_press.rules import Severity
from playbook_press.text import CONTROL

COLOURS: Mapping[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}
"""The severities, the gravest first."""

_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")

Style = Callable[..., str]
"""Gives a text a colour: `click.style`, or anything called alike."""


def unstyled(text: str, **_: object) -> str:
    """A text without colour."""
    return text


def printable(text: str) -> str:
    """A text that cannot move a terminal's cursor or change its colours."""
    return CONTROL.sub("\ufffd", _BREAKS.sub(" ", text)).encode(errors="replace").decode()


def count(number: int, what: str) -> str:
    """A number of things."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def in_one_line(finding: Finding) -> str:
    """What is wrong and what to do, where there is room for one line only."""
    return printable(f"{finding.message}; {finding.help}")
