"""Findings as a code quality report of GitLab."""

from collections.abc import Sequence
from pathlib import Path

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report.json_text import json_text
from playbook_press.report.places import fingerprints, from_root
from playbook_press.report.printing import in_one_line

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def as_gitlab(findings: Sequence[Finding], handbooks: Sequence[Handbook], root: Path) -> str:
    """One JSON list."""
    return json_text(
        [
            {
                "description": f"{finding.code}: {in_one_line(finding)}",
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": from_root(finding.path, root),
                    "lines": {"begin": finding.line, "end": finding.end_line},
                },
            }
            for finding, fingerprint in zip(findings, fingerprints(findings, handbooks, root), strict=True)
        ]
    )
