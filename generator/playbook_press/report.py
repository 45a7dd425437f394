"""Findings as text for a person, and as JSON for a program."""

import json
import re
import unicodedata
from collections.abc import Callable, Sequence

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.text import CONTROL

_WIDTH = 100
_BREAKS = re.compile("[\t\n\v\f\r\x85\u2028\u2029]")
# What JSON may hold as it is, and a terminal or a reader of lines would act on.
_ACTING = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}

Style = Callable[..., str]
"""Gives a text a colour: `click.style`, or anything called alike."""


def unstyled(text: str, **_: object) -> str:
    """A text without colour."""
    return text


def as_text(findings: Sequence[Finding], handbook: Handbook, style: Style = unstyled) -> str:
    """Each finding with the line it stands on, a caret under the place, and what to do."""
    documents = {document.path.as_posix(): document for document in handbook.documents}
    blocks: list[str] = []
    shown: tuple[str, int, int] | None = None
    for finding in findings:
        colour = _COLOURS[finding.severity]
        title = style(f"{finding.severity}[{finding.code}]", fg=colour, bold=True)
        lines = [f"{title}: {style(printable(finding.message), bold=True)}"]
        gutter = " " * len(str(finding.line))
        place = (finding.path, finding.line, finding.column)
        # Several findings about one place need its line only once.
        if place != shown:
            arrow, bar = style("-->", fg="blue"), style("|", fg="blue")
            lines.append(f"{gutter}{arrow} {printable(finding.path)}:{finding.line}:{finding.column}")
            source, caret = _snippet(documents[finding.path].line(finding.line), finding)
            if source:
                lines += [
                    f"{gutter} {bar}",
                    f"{style(str(finding.line), fg='blue')} {bar} {source}",
                    f"{gutter} {bar} {style(caret, fg=colour, bold=True)}",
                ]
        shown = place
        lines.append(f"{gutter} {style('help:', fg='cyan', bold=True)} {printable(finding.help)}")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def summary(findings: Sequence[Finding], handbook: Handbook) -> str:
    """How many findings there are, in how many files."""
    files = len(handbook.documents)
    if not findings:
        return f"{_count(files, 'file')} checked: nothing to mend"
    counts = [
        _count(number, severity)
        for severity in _COLOURS
        if (number := sum(finding.severity == severity for finding in findings))
    ]
    touched = len({finding.path for finding in findings})
    return f"{', '.join(counts)} in {_count(touched, 'file')} ({files} checked)"


def as_json(findings: Sequence[Finding]) -> str:
    """One JSON list."""
    text = json.dumps([finding.as_json() for finding in findings], indent=2, ensure_ascii=False)
    return _ACTING.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def printable(text: str) -> str:
    """A text that cannot move a terminal's cursor or change its colours."""
    return CONTROL.sub("\ufffd", _BREAKS.sub(" ", text)).encode(errors="replace").decode()


def _snippet(line: str, finding: Finding) -> tuple[str, str]:
    """The part of a line around a finding, and the carets for the line below it."""
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    line = printable(line)
    cut = max(0, min(start - 20, len(line) - _WIDTH)) if len(line) > _WIDTH else 0
    shown = line[cut : cut + _WIDTH]
    before, after = ("…" if cut else ""), ("…" if cut + _WIDTH < len(line) else "")
    room = _columns(before) + _columns(line[cut:start])
    carets = max(1, _columns(line[start : min(end, cut + _WIDTH)]))
    return f"{before}{shown}{after}".rstrip(), f"{' ' * room}{'^' * carets}"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
