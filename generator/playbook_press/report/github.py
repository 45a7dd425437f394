"""Findings as annotations of GitHub Actions, and as the summary of a job.

The runner makes annotations of the first ten errors, warnings and notices of a step, cuts each
message at 4096 characters, and refuses a summary of more than 1 MiB. It takes columns only where a
finding starts and ends on one line.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from playbook_press.lint import Finding
from playbook_press.load import Handbook, unreadable_in
from playbook_press.report.counts import by_severity
from playbook_press.report.places import from_root, in_address, is_address
from playbook_press.report.printing import COLOURS, count, printable
from playbook_press.text import escape

ANNOTATIONS = 10
MESSAGE_LENGTH = 4096
SUMMARY_BYTES = 1024 * 1024
_CELL = 500

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_GRAVITY = {severity: place for place, severity in enumerate(COLOURS)}
_DATA: dict[str, str | int | None] = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY: dict[str, str | int | None] = {**_DATA, ":": "%3A", ",": "%2C"}


def as_github(findings: Sequence[Finding], handbooks: Sequence[Handbook], root: Path) -> str:
    """A workflow command for each finding that GitHub will show, and one that counts the rest.

    Before them, one for each file that could not be read.
    """
    shown, rest = _within_limits(_gravest_first(findings))
    title = {"title": "playbooks lint"}
    lines = [_command("error", title, line) for line in unreadable_in(handbooks)]
    lines += [
        _command(_COMMANDS[finding.severity], _properties(finding, root), _message(finding))
        for finding in shown
    ]
    if rest:
        words = f"{by_severity(rest)} more: GitHub shows ten of a kind; the summary of the job lists them all"
        lines.append(_command("notice", title, words))
    return "\n".join(lines)


def _gravest_first(findings: Sequence[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: _GRAVITY[finding.severity])


def _within_limits(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """The findings that will be shown, and the others, which a notice of its own counts."""
    counted = Counter(finding.severity for finding in findings)
    limits = dict.fromkeys(COLOURS, ANNOTATIONS)
    if any(counted[severity] > limits[severity] for severity in limits):
        limits["note"] -= 1
    met: Counter[str] = Counter()
    shown: list[Finding] = []
    rest: list[Finding] = []
    for finding in findings:
        met[finding.severity] += 1
        (shown if met[finding.severity] <= limits[finding.severity] else rest).append(finding)
    return shown, rest


def _properties(finding: Finding, root: Path) -> dict[str, str]:
    place = {"file": from_root(finding.path, root), "line": str(finding.line)}
    if finding.end_line == finding.line:
        # The last column is part of what is annotated.
        last = max(finding.column, finding.end_column - 1)
        place |= {"col": str(finding.column), "endLine": str(finding.line), "endColumn": str(last)}
    else:
        place["endLine"] = str(finding.end_line - (finding.end_column == 1))
    return {**place, "title": f"{finding.code} {finding.name}"}


def _message(finding: Finding) -> str:
    room = MESSAGE_LENGTH // 2 - len("\nhelp: ")
    return f"{_shortened(finding.message, room)}\nhelp: {_shortened(finding.help, room)}"


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _command(name: str, properties: Mapping[str, str], message: str) -> str:
    pairs = ",".join(f"{key}={_escaped(value, _PROPERTY)}" for key, value in properties.items())
    return f"::{name} {pairs}::{_escaped(message, _DATA)}"


def _escaped(text: str, marks: dict[str, str | int | None]) -> str:
    return printable(text.translate(str.maketrans(marks)))


def job_summary(
    findings: Sequence[Finding],
    handbooks: Sequence[Handbook],
    root: Path,
    room: int = SUMMARY_BYTES,
    files: str = "",
) -> str:
    """All findings as a Markdown table of at most `room` bytes, and above it what could not be read.

    `files` is the address of the folder `root` on the web, without the last slash.
    """
    unread = unreadable_in(handbooks)
    told = filter(None, (by_severity(findings), f"{count(len(unread), 'file')} not read" if unread else ""))
    heading = f"\n### playbooks lint: {', '.join(told) or 'nothing to mend'}\n\n"
    heading += "".join(f"- {escape(printable(_shortened(line, _CELL)))}\n" for line in unread[:ANNOTATIONS])
    heading += "\n" if unread else ""
    if not findings:
        return heading if len(heading.encode()) <= room else ""
    head = f"{heading}| Severity | Rule | Place | What is wrong, and what to do |\n|---|---|---|---|\n"
    cut = "\n{} more did not fit here.\n"
    room -= len(head.encode()) + len(cut.format(len(findings))) + 1
    if room < 0:
        return ""
    rows: list[str] = []
    for finding in _gravest_first(findings):
        row = _row(finding, root, files)
        room -= len(row.encode())
        if room < 0:
            break
        rows.append(row)
    left_out = len(findings) - len(rows)
    return f"{head}{''.join(rows)}{cut.format(left_out) if left_out else ''}\n"


def _row(finding: Finding, root: Path, files: str) -> str:
    path = from_root(finding.path, root)
    place = escape(printable(f"{path}:{finding.line}:{finding.column}"))
    if files and not Path(path).is_absolute():
        place = f"[{place}](<{files}/{in_address(path)}#L{finding.line}>)"
    code = f"[{finding.code}](<{finding.url}>)" if is_address(finding.url) else finding.code
    advice = "<br>".join(_with_code(_shortened(text, _CELL)) for text in (finding.message, finding.help))
    return f"| {finding.severity} | {code} {finding.name} | {place} | {advice} |\n"


def _with_code(text: str) -> str:
    """A text as Markdown in which only pairs of backticks mean something."""
    parts = printable(text).split("`")
    if len(parts) % 2 == 0:
        return escape(printable(text))
    return "".join(
        f"<code>{escape(part)}</code>" if index % 2 else escape(part) for index, part in enumerate(parts)
    )
