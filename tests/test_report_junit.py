"""JUnit XML is read by a parser and a schema that were not written here."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, TestSuite
from xmlschema import XMLSchema

from playbook_press.lint import Finding
from playbook_press.load import Handbook
from playbook_press.report import as_junit
from report_samples import ACTING, FINDING, HANDBOOK, HOSTILE, handbook_with, made, many

HERE = Path.cwd()
SCHEMA = XMLSchema(Path(__file__).parent / "schemas" / "junit-10.xsd")


def read(findings: list[Finding], handbook: Handbook = HANDBOOK, root: Path = HERE) -> list[TestSuite]:
    """The suites, as a parser and a schema of others read them."""
    printed = as_junit(findings, [handbook], root)
    SCHEMA.validate(printed)
    suites = JUnitXml.fromstring(printed.encode())
    stated = (suites.tests, suites.failures, suites.errors)
    suites.update_statistics()  # type: ignore[no-untyped-call]
    assert stated == (suites.tests, suites.failures, suites.errors)
    for suite in suites:
        stated = (suite.tests, suite.failures, suite.errors)
        suite.update_statistics()  # type: ignore[no-untyped-call]
        assert stated == (suite.tests, suite.failures, suite.errors)
    return list(suites)


def test_the_schema_refuses_what_is_no_junit() -> None:
    assert not SCHEMA.is_valid(as_junit([FINDING], [HANDBOOK], HERE).replace("testcase", "test"))


def test_a_finding_is_a_failed_test_in_the_suite_of_its_file() -> None:
    clean, broken = read([FINDING])
    assert (clean.name, clean.tests, clean.failures) == ("playbooks/clean.yml", 1, 0)
    assert (broken.name, broken.tests, broken.failures) == ("playbooks/objections.yml", 1, 1)
    [test] = broken
    assert (test.classname, test.name) == ("playbooks.objections", "PB302: unknown stage `opne` (2:8)")
    [failure] = test.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("error", "unknown stage `opne`")
    assert failure.text == (
        "playbooks/objections.yml:2:8: error[PB302]: unknown stage `opne`\n"
        "help: did you mean `open`?\n"
        "https://example.org/contribute/rules/pb302/"
    )


def test_a_file_without_findings_is_a_test_that_passes() -> None:
    assert [(suite.tests, suite.failures, suite.errors) for suite in read([])] == [(1, 0, 0), (1, 0, 0)]
    assert all(test.is_passed for suite in read([]) for test in suite)


def test_no_files_are_no_suites() -> None:
    assert read([], handbook_with({})) == []


def test_a_file_that_cannot_be_read_is_an_error() -> None:
    [suite] = read([], handbook_with({}, ("playbooks/a.yml: the file is empty",)))
    assert (suite.name, suite.tests, suite.errors) == ("playbooks/a.yml", 1, 1)
    [test] = suite
    [error] = test.result
    assert isinstance(error, Error)
    assert error.message == "the file is empty"


def test_findings_about_one_place_are_tests_of_their_own() -> None:
    findings = [made(message="the key `say` is missing here"), made(message="the key `id` is missing here")]
    _, suite = read(findings)
    assert len({test.name for test in suite}) == suite.tests == 2


def test_a_path_is_told_from_the_root_of_the_repository() -> None:
    suites = read([made(path="./playbooks/../a.yml")], handbook_with({}), HERE.parent)
    assert [suite.name for suite in suites] == [f"{HERE.name}/a.yml"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_read_and_do_not_act_on_a_terminal(text: str) -> None:
    path = Path(f"playbooks/{text[:200]}.yml").as_posix()
    findings = [made(message=text, help=text, path=path, url=text)]
    handbook = handbook_with({path: text}, (f"{path}: {text}",))
    broken, unreadable = read(findings, handbook)
    assert (broken.failures, unreadable.errors) == (1, 1)
    assert not ACTING.search(as_junit(findings, [handbook], HERE))


@given(st.text(), st.text())
def test_any_words_and_any_path_are_one_failure(text: str, path: str) -> None:
    [suite] = read([made(message=text, path=path)], handbook_with({}))
    assert suite.failures == 1


def test_thousands_of_findings_are_as_many_failures() -> None:
    [suite] = read(many(3000), handbook_with({FINDING.path: ""}))
    assert suite.failures == 3000
