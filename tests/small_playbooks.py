"""Playbooks of a few lines, for what the rules make of their words."""

import json
from collections.abc import Iterable

from playbook_press.lint import Finding

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"


def text(words: str) -> str:
    """A text as YAML, whatever is in it."""
    return json.dumps(words, ensure_ascii=False)


def saying(*lines: str, channel: str = "spoken") -> str:
    """A playbook whose scripts say some lines."""
    scripts = (
        f"  - {{id: line-{index}, stage: open, title: A line, say: {text(line)}, channel: {channel}}}\n"
        for index, line in enumerate(lines)
    )
    return f"{HEAD}scripts:\n{''.join(scripts)}"


def listing(*entries: str) -> str:
    """A playbook with some texts."""
    return f"{HEAD}use_when:\n{''.join(f'  - {text(entry)}' + chr(10) for entry in entries)}"


def titled(title: str, words: str = "A summary.") -> str:
    return f"title: {text(title)}\nkind: note\nsummary: {text(words)}\n"


def explaining(why: str, rest: str = "") -> str:
    """A playbook that gives the reason for a mistake."""
    pitfall = f"  - {{id: haste, name: Haste, why: {text(why)}, instead: Wait.}}\n"
    return f"{HEAD}pitfalls:\n{pitfall}{rest}"


def codes(findings: Iterable[Finding]) -> list[str]:
    return [finding.code for finding in findings]
