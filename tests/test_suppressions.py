"""A comment passes over a finding on its line or below it, and must itself be right."""

import pytest

from good_handbook import GoodHandbook
from playbook_press.suppressions import suppressions_in

HEAD = "title: A title\nkind: note\nstatus: draft\nsummary: A summary.\n"
WHY = "# playbooks: ignore[PB204] they call it that"

SILENCED = {
    "above the line": f"use_when:\n  {WHY}\n  - They call it TBD.\n",
    "on the line": f"use_when:\n  - They call it TBD. {WHY}\n",
    "above other comments and blank lines": f"use_when:\n  {WHY}\n  # A remark.\n\n  - They call it TBD.\n",
    "above a block": f"use_when:\n  {WHY}\n  - >-\n    A long text that\n    calls it\n    TBD in its third line.\n",
    "above a key with a block": f"{WHY}\ndefinition:\n  {WHY}\n  what: |\n    A text.\n\n    TBD below.\n",
    "on the mark of a block": f"use_when:\n  - >-  {WHY}\n    A long text that\n    calls it\n    TBD in its third line.\n",
    "on the mark of a block with a key": f"definition:\n  what: |+  {WHY}\n    A text.\n\n    TBD below.\n",
    "on the mark of a block below its key": f"definition:\n  what:\n    |  {WHY}\n    A text.\n\n    TBD below.\n",
    "above a list on one line": f"{WHY}\nuse_when: [They call it TBD., TBD it is.]\n",
    "two codes": "use_when:\n  # playbooks: ignore[PB204, PB308]: both are meant\n  - They call {it} TBD.\n",
    "no space": "use_when:\n  #playbooks:ignore[PB204] they call it that\n  - They call it TBD.\n",
}


@pytest.mark.parametrize("where", SILENCED)
def test_a_comment_passes_over_the_finding_it_names(good: GoodHandbook, where: str) -> None:
    found = [code for code, *_ in good.places(HEAD + SILENCED[where]) if not code.startswith("PB9")]
    assert found == []


HEARD = {
    "another rule": "use_when:\n  # playbooks: ignore[PB308] why not\n  - They call it TBD.\n",
    "another line": f"use_when:\n  {WHY}\n  - They have.\n  - They call it TBD.\n",
    "inside a text": f"definition:\n  what: |\n    {WHY}\n    They call it TBD.\n",
    "in the first line of a block": f"use_when:\n  - >-\n    They call it TBD. {WHY}\n",
    "in a quoted text": f"use_when:\n  - 'They call it TBD. {WHY}'\n",
}


@pytest.mark.parametrize("where", HEARD)
def test_nothing_else_is_passed_over(good: GoodHandbook, where: str) -> None:
    assert "PB204" in [code for code, *_ in good.places(HEAD + HEARD[where])]


def test_a_comment_for_nothing_is_a_finding(good: GoodHandbook) -> None:
    assert good.places(f"{HEAD}use_when:\n  {WHY}\n  - They have.\n") == [("PB901", 6, 23)]


def test_a_comment_for_nothing_is_none_where_the_file_cannot_be_read(good: GoodHandbook) -> None:
    found = good.places(f"{HEAD}use_when:\n  {WHY}\n  - 'They have.\n")
    assert [code for code, *_ in found] == ["PB003"]


def test_an_unknown_code_is_a_finding_with_the_one_that_was_meant(good: GoodHandbook) -> None:
    text = f"{HEAD}use_when:\n  # playbooks: ignore[pb204] they call it that\n  - They have.\n"
    [finding] = good.lint(text)
    assert (finding.code, finding.help) == ("PB902", "did you mean `PB204`?")


@pytest.mark.parametrize("comment", ["# playbooks: ignore[PB204]", "# playbooks: ignore[PB204]  -"])
def test_a_comment_without_a_reason_is_a_finding(good: GoodHandbook, comment: str) -> None:
    text = f"{HEAD}use_when:\n  {comment}\n  - They call it TBD.\n"
    assert [code for code, *_ in good.places(text)] == ["PB903"]


def test_what_breaks_a_file_cannot_be_passed_over(good: GoodHandbook) -> None:
    text = f"{HEAD}# playbooks: ignore[PB006] twice is better\nsummary: Again.\n"
    assert [code for code, *_ in good.places(text)] == ["PB901", "PB006"]


def test_a_remark_that_ends_the_file_is_about_nothing(good: GoodHandbook) -> None:
    document, findings = good.read(f"{HEAD}{WHY}\n")
    assert [finding.code for finding in findings] == ["PB901"]
    assert suppressions_in(document)[0].first_line > 5
