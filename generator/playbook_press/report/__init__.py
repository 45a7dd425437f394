"""What was found, as text for a person and in the formats that programs read: a module for each."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report.counts import statistics, statistics_as_json, summary
from playbook_press.report.github import SUMMARY_BYTES, as_github, job_summary
from playbook_press.report.gitlab import as_gitlab
from playbook_press.report.json_text import as_json
from playbook_press.report.junit import as_junit
from playbook_press.report.printing import Style, printable, unstyled
from playbook_press.report.rule_pages import rule_page, rules_as_json, rules_table
from playbook_press.report.sarif import as_sarif
from playbook_press.report.text import as_text

__all__ = [
    "FORMATS",
    "SUMMARY_BYTES",
    "Style",
    "as_github",
    "as_gitlab",
    "as_json",
    "as_junit",
    "as_sarif",
    "as_text",
    "job_summary",
    "printable",
    "rule_page",
    "rules_as_json",
    "rules_table",
    "statistics",
    "statistics_as_json",
    "summary",
    "unstyled",
]

FORMATS: Mapping[str, Callable[[Sequence[Finding], Sequence[Handbook], Path], str]] = {
    "json": lambda findings, *_: as_json(findings),
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
    "gitlab": as_gitlab,
}
"""The formats for programs: each takes what was found, in which handbooks, and the folder that
paths are relative to."""
