"""How many findings there are, and of which rules."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report.json_text import json_text
from playbook_press.report.printing import COLOURS, Style, count, unstyled


def summary(findings: Sequence[Finding], handbook: Handbook) -> str:
    """How many findings there are, in how many files."""
    files = len(handbook.documents)
    if not findings:
        return f"{count(files, 'file')} checked: nothing to mend"
    touched = len({finding.path for finding in findings})
    return f"{by_severity(findings)} in {count(touched, 'file')} ({files} checked)"


def by_severity(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity."""
    counted = Counter(finding.severity for finding in findings)
    return ", ".join(count(counted[severity], severity) for severity in COLOURS if counted[severity])


class _Row(NamedTuple):
    """How often a rule was broken."""

    number: int
    code: str
    name: str
    fixable: bool


def statistics(findings: Sequence[Finding], style: Style = unstyled) -> str:
    """A line for each rule that was broken, the one most often broken first."""
    rows = list(_rows(findings))
    width = max((len(str(row.number)) for row in rows), default=0)
    lines = [
        f"{row.number:{width}}  {style(row.code, bold=True)}  {mark(style, fixable=row.fixable)}  {row.name}\n"
        for row in rows
    ]
    return "".join(lines) + (legend(style) if any(row.fixable for row in rows) else "")


def statistics_as_json(findings: Sequence[Finding]) -> str:
    """The same as a list for programs."""
    return json_text(
        [
            {"count": row.number, "code": row.code, "name": row.name, "fixable": row.fixable}
            for row in _rows(findings)
        ]
    )


MENDED = "can be mended by `playbooks lint --fix`"


def mark(style: Style = unstyled, *, fixable: bool) -> str:
    """A sign for whether `--fix` mends something."""
    return f"[{style('*', fg='green', bold=True)}]" if fixable else "[ ]"


def legend(style: Style = unstyled) -> str:
    """What the sign means, to stand below the lines that have it."""
    return f"\n{mark(style, fixable=True)} {MENDED}\n"


def _rows(findings: Sequence[Finding]) -> Iterator[_Row]:
    names = {finding.code: finding.name for finding in findings}
    fixable = {finding.code for finding in findings if finding.fixable}
    counted = Counter(finding.code for finding in findings)
    for code, number in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        yield _Row(number, code, names[code], code in fixable)
