"""Mends what can be mended: applies the fixes of findings until none is left that can be applied."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from playbook_press.document import Document
from playbook_press.fixes import Edit, Fix, apply_edits, edits_of, overlap, says_what_was_meant
from playbook_press.lint import Finding, lint
from playbook_press.load import Handbook, with_text
from playbook_press.settings import Settings

_MOST_TURNS = 20


@dataclass(frozen=True)
class Mended:
    """A handbook as it would be with its fixes."""

    handbook: Handbook
    fixed: Sequence[Finding]
    """What was mended, in the order of the turns."""
    left: Sequence[Finding]
    """What is still to mend."""


def mend(
    handbook: Handbook, settings: Settings, only: Collection[Path] = (), *, is_unsafe: bool = False
) -> Mended:
    """Apply the fixes of a handbook's findings, in turns where they touch the same place.

    `only` are the files to mend; without any, all. A fix whose outcome does not say what it was
    meant to say is left out, and its finding stays.
    """
    fixed: list[Finding] = []
    refused: set[tuple[str, str, str]] = set()
    for _ in range(_MOST_TURNS):
        findings = lint(handbook, settings=settings)
        wanted = [
            finding
            for finding in findings
            if finding.fix is not None
            and (finding.fix.is_safe or is_unsafe)
            and (not only or Path(finding.path) in only)
            and _mark(finding) not in refused
        ]
        if not wanted:
            break
        documents = []
        for document in handbook.documents:
            mine = [finding for finding in wanted if finding.path == document.path.as_posix()]
            again, applied = _mend_document(document, mine)
            refused |= {_mark(finding) for finding in mine if finding not in applied and again is document}
            fixed += applied
            documents.append(again)
        handbook = replace(handbook, documents=documents)
    return Mended(handbook, fixed, findings)


def _mark(finding: Finding) -> tuple[str, str, str]:
    """What tells a finding from others after the file has changed."""
    return finding.path, finding.code, finding.message


def _mend_document(document: Document, findings: Sequence[Finding]) -> tuple[Document, list[Finding]]:
    """The document with as many fixes as fit beside each other, and what they mend."""
    applied: list[Finding] = []
    fixes: list[Fix] = []
    edits: list[Edit] = []
    for finding in findings:
        if finding.fix is None:
            continue
        more = edits_of(document, finding.fix)
        if not more or overlap(more, edits):
            continue
        text = apply_edits(document.text, [*edits, *more])
        if says_what_was_meant(document, text, [*fixes, finding.fix]):
            applied.append(finding)
            fixes.append(finding.fix)
            edits += more
    if not edits:
        return document, []
    return with_text(document, apply_edits(document.text, edits)), applied
