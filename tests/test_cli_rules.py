"""The rules can be looked up at the terminal: one with its page, or all in a table."""

import copy
import json
import re

import pytest
from click.testing import CliRunner, Result

from playbook_press.cli import main
from playbook_press.report import rule_page, rules_as_json, rules_table
from playbook_press.rules import Rule, all_rules
from report_samples import ACTING

RULES = all_rules()


def explain(name: str) -> Result:
    return CliRunner().invoke(main, ["explain", name])


def fixable(rule: Rule) -> Rule:
    """The rule as if `--fix` mended what it finds."""
    changed = copy.copy(rule)
    object.__setattr__(changed, "fixable", True)
    return changed


def test_a_rule_is_explained_from_its_severity_to_its_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    result = explain("PB306")
    assert (result.exit_code, result.stderr) == (0, "")
    title, severity, *page = result.stdout.splitlines()
    assert title == "PB306 unknown-playbook"
    assert severity.startswith("error, ")
    assert "\n".join(page) == (
        "\n"
        "A related playbook does not exist.\n"
        "\n"
        "It checks `related` against the files of the handbook.\n"
        "\n"
        "Why it matters\n"
        "\n"
        "The page would link to a playbook that is not there. One that is only planned belongs\n"
        "under `planned`.\n"
        "\n"
        "Bad\n"
        "\n"
        "    related: [asking-for-tiem]\n"
        "\n"
        "Good\n"
        "\n"
        "    related: [asking-for-time]"
    )


@pytest.mark.parametrize(
    "name", ["PB104", "pb104", "Pb104", "unknown-choice", "UNKNOWN-CHOICE", "unknown_choice", " PB104 "]
)
def test_a_rule_is_found_by_its_code_and_by_its_name(name: str) -> None:
    assert explain(name).stdout.startswith("PB104 unknown-choice\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("PB1O4", "there is no rule `PB1O4`: did you mean `PB104`?"),
        ("unknown-choise", "there is no rule `unknown-choise`: did you mean `unknown-choice`?"),
        ("marriage", "there is no rule `marriage`: `playbooks rules` lists them"),
        ("", "there is no rule ``: `playbooks rules` lists them"),
        ("\x1b[31m", "there is no rule `\ufffd[31m`: `playbooks rules` lists them"),
    ],
)
def test_a_rule_that_is_not_there_is_told_in_one_line(name: str, message: str) -> None:
    result = explain(name)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"error: {message}\n")


@pytest.mark.parametrize("code", RULES)
def test_every_page_holds_all_that_the_rule_says(code: str) -> None:
    page = rule_page(RULES[code], 72)
    assert not ACTING.search(page)
    for examples in (RULES[code].examples("Bad"), RULES[code].examples("Good")):
        for example in examples:
            for line in example.replace("\t", "⇥").splitlines():
                assert f"    {line}".rstrip() in [shown.rstrip() for shown in page.splitlines()]
    prose = re.sub(
        r"^```.*?^```$|^## |^\d+\. |^- ", "", RULES[code].documentation, flags=re.DOTALL | re.MULTILINE
    )
    assert not set(prose.split()) - set(page.split())


@pytest.mark.parametrize("width", [30, 60, 88])
def test_a_page_fits_a_narrow_terminal(monkeypatch: pytest.MonkeyPatch, width: int) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for code in RULES:
        lines = explain(code).stdout.splitlines()[2:]
        assert all(len(line) <= width or line.startswith("    ") or " " not in line for line in lines)


def test_a_page_has_colours_on_a_terminal_only() -> None:
    assert "\x1b[" in CliRunner().invoke(main, ["explain", "PB104"], color=True).stdout
    assert "\x1b" not in explain("PB104").stdout


def test_a_page_says_whether_the_rule_can_be_mended() -> None:
    page = rule_page(fixable(RULES["PB102"]), 72)
    assert page.splitlines()[1] == "error, can be mended by `playbooks lint --fix`"
    # A file that is too large is nothing that a program could mend.
    assert explain("PB002").stdout.splitlines()[1] == "error, to be mended by hand"


# The table


def table_line(code: str) -> str:
    [line] = [line for line in rules_table(RULES).splitlines() if line.startswith(f"{code} ")]
    return line


def test_every_rule_has_a_line() -> None:
    result = CliRunner().invoke(main, ["rules"])
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line[:5] for line in result.stdout.splitlines() if line.startswith("PB")] == list(RULES)
    for code, rule in RULES.items():
        assert re.fullmatch(
            rf"{code}  \[[ *]\]  {rule.severity} +{rule.name} +{re.escape(rule.title)}", table_line(code)
        )


def test_the_lines_are_a_table() -> None:
    assert len({table_line(code).index(rule.title) for code, rule in RULES.items()}) == 1


def test_what_can_be_mended_is_marked() -> None:
    rules = {code: fixable(rule) if code == "PB102" else rule for code, rule in RULES.items()}
    table = rules_table(rules)
    assert "\nPB102  [*]  " in table
    assert table.endswith("\n\n[*] can be mended by `playbooks lint --fix`\n")
    assert [rule["fixable"] for rule in json.loads(rules_as_json(rules)) if rule["code"] == "PB102"] == [True]


def test_the_list_is_told_to_programs() -> None:
    result = CliRunner().invoke(main, ["rules", "--format", "json"])
    listed = json.loads(result.stdout)
    assert [rule["code"] for rule in listed] == list(RULES)
    for rule in listed:
        known = RULES[rule["code"]]
        assert (rule["name"], rule["severity"], rule["title"]) == (known.name, known.severity, known.title)
        assert isinstance(rule["fixable"], bool)
