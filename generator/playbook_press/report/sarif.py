"""Findings as SARIF 2.1.0, which code scanning reads."""

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from playbook_press.lint import Finding
from playbook_press.load import Handbook, unreadable_in
from playbook_press.report.json_text import json_text
from playbook_press.report.places import fingerprints, from_root, in_address, is_address
from playbook_press.report.printing import in_one_line, printable
from playbook_press.report.rule_pages import documentation
from playbook_press.rules import Rule, all_rules

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
# A name of our own: what GitHub calls primaryLocationLineHash it works out itself.
_FINGERPRINT = "playbookPress/v1"
_WIDTH = 88


def as_sarif(findings: Sequence[Finding], handbooks: Sequence[Handbook], root: Path) -> str:
    """One log with one run."""
    addresses = {finding.code: finding.url for finding in findings}
    rules = {code: rule for code, rule in all_rules().items() if code in addresses}
    order = {code: index for index, code in enumerate(rules)}
    files = {path: _file(path, root) for path in {finding.path for finding in findings}}
    unreadable = unreadable_in(handbooks)
    run = {
        "tool": {"driver": _driver([_rule(rule, addresses[code]) for code, rule in rules.items()])},
        "invocations": [_invocation(unreadable)],
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "results": [
            {
                "ruleId": finding.code,
                "ruleIndex": order[finding.code],
                "level": finding.severity,
                "message": {"text": _message(in_one_line(finding))},
                "locations": [_location(finding, files[finding.path])],
                "partialFingerprints": {_FINGERPRINT: fingerprint},
            }
            for finding, fingerprint in zip(findings, fingerprints(findings, handbooks, root), strict=True)
        ],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(rules: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    number = version("playbook-press")
    driver = {"name": "Playbook Press", "version": number, "semanticVersion": number, "rules": rules}
    if rules and "helpUri" in rules[0]:  # the page that lists all rules
        driver["informationUri"] = rules[0]["helpUri"].rstrip("/").rpartition("/")[0] + "/"
    return driver


def _rule(rule: Rule, address: str) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": _paragraph(rule.documentation, 1)},
        "help": {"text": documentation(rule, _WIDTH), "markdown": rule.documentation},
        "defaultConfiguration": {"level": rule.severity},
    }
    return {**described, "helpUri": address} if is_address(address) else described


def _paragraph(text: str, index: int) -> str:
    return " ".join(text.split("\n\n")[index].split())


def _invocation(unreadable: Iterable[str]) -> Mapping[str, Any]:
    notes = [{"level": "error", "message": {"text": _message(printable(line))}} for line in unreadable]
    return {"executionSuccessful": not notes, "toolExecutionNotifications": notes}


def _message(text: str) -> str:
    """A text in which nothing is taken for a link, or for the place of an argument."""
    return re.sub(r"\{(\d+)\}", r"{{\1}}", text.replace("](", "] ("))


def _location(finding: Finding, file: Mapping[str, str]) -> dict[str, Any]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    return {"physicalLocation": {"artifactLocation": file, "region": region}}


def _file(path: str, root: Path) -> dict[str, str]:
    path = from_root(path, root)
    if Path(path).is_absolute():
        return {"uri": f"file://{in_address(path)}"}
    return {"uri": in_address(path), "uriBaseId": "%SRCROOT%"}
