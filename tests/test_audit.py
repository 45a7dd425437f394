"""What is said of known weaknesses is what was answered, and no answer is not taken for a good one."""

import json
import runpy

import pytest

from site_under_test import ROOT

weaknesses = runpy.run_path(str(ROOT / "tools/audit.py"))["weaknesses"]

PIP = {
    "name": "jinja2",
    "version": "3.1.4",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.6"], "aliases": []}],
}
UNKNOWN = {"name": "jinja2", "skip_reason": "Dependency not found and could not be audited"}
NPM = {"name": "terser", "severity": "high", "via": [], "range": "<5.0.0", "fixAvailable": True}


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        ({"dependencies": [PIP], "fixes": []}, ["jinja2 3.1.4: PYSEC-1, mended in 3.1.6"]),
        ({"dependencies": [{**PIP, "vulns": []}], "fixes": []}, []),
        ({"dependencies": [UNKNOWN], "fixes": []}, None),
        ({"auditReportVersion": 2, "vulnerabilities": {"terser": NPM}}, ["terser <5.0.0: high"]),
        ({"auditReportVersion": 2, "vulnerabilities": {}}, []),
        ({"message": "405 Method Not Allowed", "error": {"summary": ""}}, None),
    ],
)
def test_a_report_is_read_as_its_program_writes_it(report: object, expected: list[str] | None) -> None:
    assert weaknesses(json.dumps(report)) == expected


def test_what_is_no_report_is_no_answer() -> None:
    assert weaknesses("") is None
