"""SARIF keeps to its schema, whatever was found, and knows a finding again that has moved."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report import as_sarif
from playbook_press.rules import all_rules
from report_samples import ACTING, FINDING, HANDBOOK, HOSTILE, TEXT, handbook_with, made, many

HERE = Path.cwd()
SCHEMA = Path(__file__).parent / "schemas" / "sarif-schema-2.1.0.json"


@cache
def validator() -> Draft7Validator:
    return Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def run_of(findings: list[Finding], handbook: Handbook = HANDBOOK, root: Path = HERE) -> dict[str, Any]:
    """The only run of a log that keeps to the schema."""
    log = json.loads(as_sarif(findings, [handbook], root))
    assert [error.message for error in validator().iter_errors(log)] == []
    [run] = log["runs"]
    assert isinstance(run, dict)
    return run


def results_of(findings: list[Finding], handbook: Handbook = HANDBOOK, root: Path = HERE) -> list[Any]:
    return list(run_of(findings, handbook, root)["results"])


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(as_sarif([FINDING], [HANDBOOK], HERE))
    log["runs"][0]["results"][0]["levl"] = "error"
    assert not validator().is_valid(log)


def test_a_finding_is_a_result_with_its_place() -> None:
    run = run_of([FINDING])
    assert run["columnKind"] == "unicodeCodePoints"
    [result] = run["results"]
    assert (result["ruleId"], result["level"]) == ("PB302", "error")
    assert result["message"] == {"text": "unknown stage `opne`; did you mean `open`?"}
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "playbooks/objections.yml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 12},
            }
        }
    ]


def test_no_findings_are_a_run_without_results() -> None:
    run = run_of([])
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])
    assert run["invocations"][0]["executionSuccessful"] is True


@pytest.mark.parametrize("severity", ["error", "warning", "note"])
def test_the_severity_is_the_level(severity: str) -> None:
    assert results_of([made(severity=severity)])[0]["level"] == severity


def test_every_rule_can_be_described() -> None:
    findings = [made(code=code, name=rule.name) for code, rule in all_rules().items()]
    run = run_of(findings)
    described = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in described] == list(all_rules())
    for result in run["results"]:
        assert described[result["ruleIndex"]]["id"] == result["ruleId"]
    for rule in described:
        assert rule["help"]["markdown"] == all_rules()[rule["id"]].documentation
        assert "```" not in rule["help"]["text"]
        assert rule["fullDescription"]["text"].startswith("It ")
        assert rule["defaultConfiguration"]["level"] == all_rules()[rule["id"]].severity


def test_a_rule_links_to_its_page_on_the_web() -> None:
    driver = run_of([FINDING])["tool"]["driver"]
    assert driver["rules"][0]["helpUri"] == "https://example.org/contribute/rules/pb302/"
    assert driver["informationUri"] == "https://example.org/contribute/rules/"


@pytest.mark.parametrize("url", ["/contribute/rules/pb302/", "", "contribute/", "https://", "https://a b/"])
def test_a_rule_links_to_nothing_without_a_whole_address(url: str) -> None:
    driver = run_of([made(url=url)])["tool"]["driver"]
    assert "helpUri" not in driver["rules"][0]
    assert "informationUri" not in driver


def test_a_file_that_cannot_be_read_is_told() -> None:
    handbook = handbook_with({}, ("playbooks/a.yml: the file is empty",))
    [invocation] = run_of([], handbook)["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == [
        "playbooks/a.yml: the file is empty"
    ]


# Places


@pytest.mark.parametrize(
    ("path", "root", "location"),
    [
        ("playbooks/a b#c%20d?é😀.yml", HERE, "playbooks/a%20b%23c%2520d%3F%C3%A9%F0%9F%98%80.yml"),
        ("a:b.yml", HERE, "a%3Ab.yml"),
        ("x\udcff.yml", HERE, "x%FF.yml"),
        ("playbooks/a.yml", HERE.parent, f"{HERE.name}/playbooks/a.yml"),
        ("./b/../a.yml", HERE, "a.yml"),
    ],
)
def test_a_path_is_an_address_below_the_root(path: str, root: Path, location: str) -> None:
    [result] = results_of([made(path=path)], root=root)
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": location,
        "uriBaseId": "%SRCROOT%",
    }


@pytest.mark.parametrize("path", ["/elsewhere/a b.yml", "../../../../../../../../elsewhere/a b.yml"])
def test_a_path_outside_the_root_is_told_in_full(path: str) -> None:
    [result] = results_of([made(path=path)])
    location = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert location == {"uri": "file:///elsewhere/a%20b.yml"}


# Fingerprints


def prints(text: str, *findings: Finding, path: str = FINDING.path) -> list[str]:
    results = results_of(list(findings), handbook_with({path: text}))
    assert all(list(result["partialFingerprints"]) == ["playbookPress/v1"] for result in results)
    return [result["partialFingerprints"]["playbookPress/v1"] for result in results]


def test_a_fingerprint_stays_when_a_finding_moves() -> None:
    moved = made(line=4, end_line=4, column=10, end_column=14)
    assert prints(TEXT, FINDING) == prints(f"# One\n# Two\nscripts:\n  {TEXT.splitlines()[1]}\n", moved)


def test_a_fingerprint_stays_when_the_words_of_the_linter_change() -> None:
    assert prints(TEXT, FINDING) == prints(TEXT, made(message="there is no stage `opne`", help="look it up"))


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        (TEXT.replace("opne", "clos"), FINDING),
        (TEXT, made(code="PB301")),
        (TEXT, made(column=1, end_column=6)),
    ],
)
def test_a_fingerprint_changes_with_what_it_is_about(text: str, finding: Finding) -> None:
    assert prints(TEXT, FINDING) != prints(text, finding)


def test_a_fingerprint_changes_with_the_file() -> None:
    other = made(path="playbooks/other.yml")
    assert prints(TEXT, FINDING) != prints(TEXT, other, path=other.path)


def test_findings_that_look_the_same_have_fingerprints_of_their_own() -> None:
    lines = 2000
    findings = [made(line=line, end_line=line) for line in range(1, lines + 1)]
    assert len(set(prints("stage: opne\n" * lines, *findings))) == lines


# What a file holds


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_keep_to_the_schema_and_do_not_act_on_a_terminal(text: str) -> None:
    path = Path(f"playbooks/{text[:200]}.yml").as_posix()
    findings = [made(message=text, help=text, path=path, url=text)]
    handbook = handbook_with({path: f"# {text}\nstage: {text}\n"}, (f"{path}: {text}",))
    assert len(results_of(findings, handbook)) == 1
    printed = as_sarif(findings, [handbook], HERE)
    assert not ACTING.search(printed)
    assert printed.encode()


def test_words_are_no_links_and_no_arguments() -> None:
    [result] = results_of([made(message="[click](https://evil.example) {0} {amount}", help="")])
    assert "](" not in result["message"]["text"]
    assert "{{0}} {amount}" in result["message"]["text"]


@given(st.text(), st.text())
def test_any_words_and_any_path_keep_to_the_schema(text: str, path: str) -> None:
    assert len(results_of([made(message=text, path=path)])) == 1


def test_thousands_of_findings_are_as_many_results() -> None:
    handbook = handbook_with({FINDING.path: "stage: opne\n" * 3000})
    log = json.loads(as_sarif(many(3000), [handbook], HERE))
    assert len(log["runs"][0]["results"]) == 3000
