"""Mends what can be mended: applies the fixes of findings until none is left that can be applied."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from playbook_press.document import Document
from playbook_press.fixes import LARGEST, Edit, Fix, Taken, apply_edits, edits_of, says_what_was_meant
from playbook_press.lint import Finding, lint
from playbook_press.load import Handbook, with_text
from playbook_press.settings import Settings

_MOST_TURNS = 20
_NOT_WHOLE = frozenset({"PB001", "PB002"})
_MOST_READ = 4 * LARGEST
"""How many characters of a file are read to see what its fixes come to, and read anew with them: a large one that
needs more is mended in several runs."""


@dataclass(frozen=True)
class Mended:
    """A handbook as it would be with its fixes."""

    handbook: Handbook
    fixed: Sequence[Finding]
    """What was mended, in the order of the turns."""
    left: list[Finding]
    """What is still to mend."""
    too_large: Sequence[Path] = ()
    """The files that have fixes and are too large for them."""


def mend(
    handbook: Handbook,
    settings: Settings,
    only: Collection[Path] = (),
    site_url: str = "",
    *,
    is_unsafe: bool = False,
) -> Mended:
    """Apply the fixes of a handbook's findings, in turns where they touch the same place.

    `only` are the files to mend; without any, all. None is longer than `LARGEST`. A fix whose outcome
    does not say what it was meant to say is left out, and its finding stays.
    """
    fixed: list[Finding] = []
    refused: set[tuple[str, str, str]] = set()
    room: dict[str, int] = {}
    seen = {(document.path.as_posix(), document.text) for document in handbook.documents}
    # What is no UTF-8 is shown with a sign for each byte that is none: written back, the byte would be lost.
    # Of what is too large, nobody can tell what mending it comes to.
    whole = {
        document.path.as_posix(): document
        for document in handbook.documents
        if all(problem.code not in _NOT_WHOLE for problem in document.problems)
    }
    too_large: dict[Path, None] = {}
    for _ in range(_MOST_TURNS):
        findings = lint(handbook, site_url, settings)
        wanted: dict[str, list[Finding]] = {}
        for finding in findings:
            if (
                finding.path in whole
                and finding.fix is not None
                and (finding.fix.is_safe or is_unsafe)
                and (not only or Path(finding.path) in only)
                and _mark(finding) not in refused
                and room.get(finding.path, _MOST_READ) > 0
            ):
                if len(whole[finding.path].text) > LARGEST:
                    too_large[Path(finding.path)] = None
                else:
                    wanted.setdefault(finding.path, []).append(finding)
        if not wanted:
            break
        documents = []
        for document in handbook.documents:
            path = document.path.as_posix()
            if path in wanted:
                turn = _mend_document(document, wanted[path], room.get(path, _MOST_READ))
                room[path] = turn.room
                refused.update(map(_mark, turn.refused))
                if (path, turn.document.text) in seen:  # the file would only go round in circles
                    refused.update(map(_mark, turn.applied))
                else:
                    seen.add((path, turn.document.text))
                    fixed += turn.applied
                    document = turn.document  # noqa: PLW2901 (the one before is of no more use)
            documents.append(document)
        handbook = replace(handbook, documents=documents)
    return Mended(handbook, fixed, findings, [*too_large])


def _mark(finding: Finding) -> tuple[str, str, str]:
    """What tells a finding from others after the file has changed."""
    return finding.path, finding.code, finding.message


@dataclass(frozen=True)
class _Turn:
    """What one turn has made of a document."""

    document: Document
    room: int
    """How many characters of it may still be read; 0 where the next attempt would be one too many."""
    applied: Sequence[Finding]
    refused: Sequence[Finding]
    """What is not to be tried again."""


class _Mending(NamedTuple):
    """A finding, its fix, and what that changes in the text."""

    finding: Finding
    fix: Fix
    edits: Sequence[Edit]


def _mend_document(document: Document, findings: Sequence[Finding], room: int) -> _Turn:
    """The document with as many fixes as fit beside each other, and what they mend."""
    refused: list[Finding] = []
    mendings: list[_Mending] = []
    taken = Taken()
    for finding in findings:
        edits = edits_of(document, finding.fix) if finding.fix else []
        if finding.fix is None or not edits:
            refused.append(finding)
        elif taken.take(edits):
            mendings.append(_Mending(finding, finding.fix, edits))
    kept: list[_Mending] = []
    waiting = [mendings]
    while waiting:
        batch = waiting.pop()
        room -= len(document.text)  # each attempt reads the whole file again
        if room <= 0:
            break
        both = [*kept, *batch]
        if says_what_was_meant(document, _text(document, both), [one.fix for one in both]):
            kept = both
        elif len(batch) > 1:
            half = len(batch) // 2
            waiting += [batch[half:], batch[:half]]
        else:
            refused.append(batch[0].finding)
    if not kept:
        return _Turn(document, max(room, 0), (), refused)
    applied = [one.finding for one in kept]
    # What was no good this time may be in what the file has become.
    again = with_text(document, _text(document, kept))
    return _Turn(again, max(room - len(again.text), 0), applied, ())


def _text(document: Document, mendings: Iterable[_Mending]) -> str:
    return apply_edits(document.text, [edit for one in mendings for edit in one.edits])
