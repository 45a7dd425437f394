"""Findings as text for a person."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report.printing import COLOURS, Style, printable, unstyled

_WIDTH = 100


def as_text(findings: Sequence[Finding], handbook: Handbook, style: Style = unstyled) -> str:
    """Each finding with the line it stands on, a caret under the place, and what to do."""
    documents = {document.path.as_posix(): document for document in handbook.documents}
    blocks: list[str] = []
    shown: tuple[str, int, int] | None = None
    # Many findings can stand on one line, and it can be long.
    line_of = lru_cache(maxsize=1)(lambda path, number: documents[path].line(number))
    for finding in findings:
        colour = COLOURS[finding.severity]
        title = style(f"{finding.severity}[{finding.code}]", fg=colour, bold=True)
        lines = [f"{title}: {style(printable(finding.message), bold=True)}"]
        gutter = " " * len(str(finding.line))
        place = (finding.path, finding.line, finding.column)
        # Several findings about one place need its line only once.
        if place != shown:
            arrow, bar = style("-->", fg="blue"), style("|", fg="blue")
            lines.append(f"{gutter}{arrow} {printable(finding.path)}:{finding.line}:{finding.column}")
            source, caret = _snippet(line_of(finding.path, finding.line), finding)
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


def _snippet(line: str, finding: Finding) -> tuple[str, str]:
    """The part of a line around a finding, and the carets for the line below it."""
    start = finding.column - 1
    end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
    cut = max(0, min(start - 20, len(line) - _WIDTH)) if len(line) > _WIDTH else 0
    shown = printable(line[cut : cut + _WIDTH])
    before, after = ("…" if cut else ""), ("…" if cut + _WIDTH < len(line) else "")
    room = _columns(before) + _columns(shown[: start - cut])
    carets = max(1, _columns(shown[start - cut : max(end - cut, 0)]))
    return f"{before}{shown}{after}".rstrip(), f"{' ' * room}{'^' * carets}"


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
