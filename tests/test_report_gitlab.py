"""The code quality report has the form that GitLab reads."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report import as_gitlab
from report_samples import ACTING, FINDING, HANDBOOK, HOSTILE, TEXT, handbook_with, made

HERE = Path.cwd()
SEVERITIES = {"info", "minor", "major", "critical", "blocker"}


def entries(findings: list[Finding], handbook: Handbook = HANDBOOK, root: Path = HERE) -> list[Any]:
    return list(json.loads(as_gitlab(findings, [handbook], root)))


def test_a_finding_is_an_entry_with_its_place() -> None:
    [entry] = entries([FINDING])
    assert len(entry.pop("fingerprint")) == 32
    assert entry == {
        "description": "PB302: unknown stage `opne`; did you mean `open`?",
        "check_name": "PB302",
        "severity": "major",
        "location": {"path": "playbooks/objections.yml", "lines": {"begin": 2, "end": 2}},
    }


def test_no_findings_are_an_empty_list() -> None:
    assert entries([]) == []


def test_an_entry_has_the_form_of_what_ruff_writes_for_gitlab(tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("import os\n", encoding="utf-8")
    ruff = Path(sys.executable).with_name("ruff")
    arguments = ["check", "--isolated", "--no-cache", "--select=F", "--output-format=gitlab", "bad.py"]
    finished = subprocess.run([ruff, *arguments], cwd=tmp_path, capture_output=True, check=False)
    [theirs] = json.loads(finished.stdout)
    [ours] = entries([FINDING])
    assert {key: type(value) for key, value in ours.items()} == {
        key: type(value) for key, value in theirs.items()
    }
    assert {ours["severity"], theirs["severity"]} <= SEVERITIES
    assert isinstance(theirs["location"]["path"], type(ours["location"]["path"]))


@pytest.mark.parametrize(("severity", "told"), [("error", "major"), ("warning", "minor"), ("note", "info")])
def test_each_severity_has_one_of_gitlab(severity: str, told: str) -> None:
    assert entries([made(severity=severity)])[0]["severity"] == told
    assert told in SEVERITIES


def test_a_path_is_told_from_the_root_of_the_repository() -> None:
    [entry] = entries([made(path="./playbooks/../a.yml")], root=HERE.parent)
    assert entry["location"]["path"] == f"{HERE.name}/a.yml"


def test_fingerprints_are_unique_and_stay_when_lines_move() -> None:
    twice = [FINDING, made(line=3, end_line=3)]
    before = entries(twice, handbook_with({FINDING.path: f"{TEXT}stage: opne\n"}))
    moved = [made(line=finding.line + 5, end_line=finding.line + 5) for finding in twice]
    text = "\n" * 5 + f"{TEXT}stage: opne\n"
    after = entries(moved, handbook_with({FINDING.path: text}))
    assert [entry["fingerprint"] for entry in after] == [entry["fingerprint"] for entry in before]
    assert len({entry["fingerprint"] for entry in before}) == 2


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_one_line_and_do_not_act_on_a_terminal(text: str) -> None:
    findings = [made(message=text, help=text, path=f"playbooks/{text[:200]}.yml")]
    [entry] = entries(findings)
    assert not ACTING.search(entry["description"])
    assert not ACTING.search(as_gitlab(findings, [HANDBOOK], HERE))


@given(st.text(), st.text())
def test_any_words_and_any_path_are_one_entry(text: str, path: str) -> None:
    assert len(entries([made(message=text, path=path)])) == 1
