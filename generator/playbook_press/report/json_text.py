"""Findings as JSON for a program."""

import json
import re
from collections.abc import Sequence
from typing import Any

from playbook_press.lint import Finding

# What JSON may hold as it is, and a terminal or a reader of lines would act on.
_ACTING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def as_json(findings: Sequence[Finding]) -> str:
    """One JSON list."""
    return json_text([finding.as_json() for finding in findings])


def json_text(value: Any) -> str:
    """A value as JSON that a terminal shows as it is."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
