"""What the targets of the fuzzer share: a handbook to put a hostile file into, and what is always true of one.

A target is a module `fuzz_….py` with a function `one_input`, which raises where something is not as it should be.
"""

from functools import cache
from pathlib import Path

from playbook_press.document import Document
from playbook_press.lint import Checked, Finding, check, compare, settle
from playbook_press.load import File, Handbook, HandbookError, built, read_handbook
from playbook_press.report.text import as_text
from playbook_press.rules import all_rules
from playbook_press.settings import Settings

ROOT = Path(__file__).parents[1]
GOOD = ROOT / "tests/good"
NAME = Path("hostile.yml")
COLLECTIONS = ("playbooks", "worksheets", "fillings")


@cache
def handbook() -> Handbook:
    """The good handbook of the tests."""
    return read_handbook(GOOD, Path("good"))


def read(data: bytes, collection: str = "playbooks") -> Document | None:
    """What the loader makes of a file; None where it says that there is nothing in it."""
    try:
        return built(data, File(collection, NAME, NAME))
    except HandbookError as error:
        assert str(error).startswith("hostile.yml: "), error
        return None


@cache
def _others() -> list[Checked]:
    return [check(document, handbook().library) for document in handbook().documents]


def lint_beside_good(document: Document) -> list[Finding]:
    """The findings about a file beside those of the good handbook, as they would be printed."""
    known = handbook()
    checked = [*_others(), check(document, known.library)]
    documents = {f"{one.collection}/{one.id}": one for one in [*known.documents, document]}
    found = settle(checked, compare(checked, known.library, documents.__getitem__), "", Settings())
    mine = [finding for finding in found if finding.path == NAME.as_posix()]
    for finding in mine:
        assert_is_sound(finding, document)
    as_text(mine, Handbook(known.folder, [document], ()))
    return mine


def assert_is_sound(finding: Finding, document: Document) -> None:
    """Every finding has a rule, words, and a place within the file."""
    assert finding.code in all_rules(), finding
    assert finding.message, finding
    assert finding.help, finding
    last = document.line_and_column(len(document.text))[0]
    assert 1 <= finding.line <= finding.end_line <= last + 1, finding
    assert finding.column >= 1, finding
    assert finding.line == last + 1 or finding.column <= len(document.line(finding.line)) + 2, finding
    assert (finding.line, finding.column) <= (finding.end_line, finding.end_column), finding
