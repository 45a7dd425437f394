"""Findings made up for the tests of what is reported: ordinary ones, many, and hostile ones."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from playbook_press.document import Document
from playbook_press.lint import Finding
from playbook_press.load import Handbook

FINDING = Finding(
    path="playbooks/objections.yml",
    line=2,
    column=8,
    code="PB302",
    message="unknown stage `opne`",
    end_line=2,
    end_column=12,
    name="unknown-stage",
    severity="error",
    help="did you mean `open`?",
    url="https://example.org/contribute/rules/pb302/",
)
TEXT = "scripts:\nstage: opne\n"

HOSTILE = {
    "line feed": "x\n::error::owned",
    "carriage return": "x\r::error::owned\r\n::warning::too",
    "command": "::error file=a,line=1::owned",
    "old command": "##[error]owned",
    "escape sequences of a terminal": "\x1b[31mred\x1b]0;title\x07\x9b2J",
    "escapes of a command": "100%0A%25%3A,:=",
    "end of a section of XML": "]]><failure/><!--",
    "entities": "&amp;&lt;&#0;&x;",
    "quotation marks": "\"'`\\",
    "markup": "<img src=x onerror=alert(1)> [click](https://evil.example) ![](https://evil.example/x.png)",
    "table": "a | b ` c | d ` \\| e",
    "arguments": "{0} {amount} {{1}}",
    "half a pair": "a\ud800b\udcffc",
    "no characters": "\ufffe\uffff\x00",
    "separators": "a\x85b\u2028c\u2029d",
    "right to left": "\u202eevil\u2067",
    "emoji": "🤝🏽👩‍👩‍👧 値段",
    "very long": "word " * 20_000,
    "nothing": "",
}
ACTING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What acts on a terminal, or ends a line for some readers."""


def made(**fields: Any) -> Finding:
    """A finding that differs from the ordinary one."""
    return replace(FINDING, **fields)


def many(number: int, **fields: Any) -> list[Finding]:
    """That many findings, one below the other."""
    return [
        made(line=line, end_line=line, message=f"number {line}", **fields) for line in range(1, number + 1)
    ]


def handbook_with(texts: dict[str, str], unreadable: tuple[str, ...] = ()) -> Handbook:
    """A handbook of files with these texts, by path."""
    documents = [Document(Path(path), "playbooks", text) for path, text in texts.items()]
    return Handbook(Path("playbooks"), documents, unreadable)


HANDBOOK = handbook_with({FINDING.path: TEXT, "playbooks/clean.yml": "title: Clean\n"})
