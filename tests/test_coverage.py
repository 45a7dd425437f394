"""The coverage page counts the lines for each place, and names the thinnest."""

from pathlib import Path

from good_handbook import GOOD
from playbook_press.coverage import coverage, coverage_of, shared_lines, thinnest
from playbook_press.load import read_handbook
from playbook_press.model import Library
from playbook_press.pages import build_pages


def library() -> Library:
    return read_handbook(GOOD, Path("good")).library


def test_a_line_counts_for_the_contexts_it_names_and_else_for_any() -> None:
    found = library()
    scripts = [script for playbook in found.playbooks.values() for script in playbook.scripts]
    own = {context: sum(place.own for place in places) for context, places in coverage(found).items()}
    assert own == {
        context: sum(context in script.contexts for script in scripts) for context in found.contexts
    }
    assert sum(shared_lines(found)) == sum(not script.contexts for script in scripts)
    assert sum(own.values()) > 0


def test_a_line_for_any_context_fills_a_place_of_each(tmp_path: Path) -> None:
    text = (
        "title: A title\nkind: note\nsummary: A summary.\n"
        "scripts:\n  - {id: ask, stage: open, say: Why?, title: Ask}\n"
    )
    (tmp_path / "book.yml").write_text(text, encoding="utf-8")
    found = read_handbook(GOOD, Path("good"), [tmp_path / "book.yml"]).library
    for counts in coverage_of(found, "book").values():
        assert dict(zip(found.stages, counts, strict=True)) == {
            stage: stage == "open" for stage in found.stages
        }


def test_gaps_come_before_places_with_lines() -> None:
    found = thinnest(library())
    assert [place.own for place in found] == sorted(place.own for place in found)
    assert found[0].own == 0
    assert found[0].shade == 0


def test_the_page_gives_the_command_that_fills_a_gap() -> None:
    [page] = [page for page in build_pages(library(), "Good") if page.path == "contribute/coverage.md"]
    thin = thinnest(library())[0]
    assert f"playbooks new --context {thin.context_id} --stage {thin.stage_id}" in page.markdown
