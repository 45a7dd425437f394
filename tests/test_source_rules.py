"""What the rules on sources, reviews and owners find, and what they leave alone."""

from datetime import date
from pathlib import Path

import pytest

from good_handbook import GOOD, GoodHandbook
from playbook_press.lint import lint
from playbook_press.load import read_handbook
from playbook_press.model import Limits
from playbook_press.settings import Settings
from small_playbooks import HEAD, codes, explaining, saying


@pytest.mark.parametrize(
    "why",
    [
        "Studies show that silence works.",
        "Recent research has consistently found that silence works.",
        "A 2019 study of buyers found the opposite.",
        "Experts agree that silence works.",
        "According to a recent survey, silence works.",
        "It has been proven that silence works.",
        "Of those who wait, 70% get more.",
        "Prices rose by 3.5 per cent in a year.",
        "Two out of three people regret it.",
        "Nine of ten buyers come back.",
        "One in five deals is reopened.",
        "As Roger Fisher once said, facts come first.",
        "As Ury puts it, go to the balcony.",
        '"Facts come first," wrote Fisher.',
        "In the words of Mary Follett, look for both.",
    ],
)
def test_a_claim_without_a_source_is_found(good: GoodHandbook, why: str) -> None:
    assert codes(good.lint(explaining(why))) == ["PB501"]
    sourced = explaining(why).replace("instead:", "sources: [fisher-ury-2011], instead:")
    assert good.lint(sourced) == []


@pytest.mark.parametrize(
    "why",
    [
        "People say what they think, and write what they can prove.",
        "She studies law, and her research is not finished.",
        "The study is at the back of the house; show them in.",
        "If they offer 5%, you lose a month of rent.",
        "A discount of 10%, for example, is gone in a week.",
        "Would you notice 3% less?",
        "Half of the room is asleep by then.",
        "You end with someone in two minds.",
        "According to clause four, they may.",
        "As they put it, the price is the price.",
        "As your boss says no, they stop asking.",
        "The survey of the roof takes a day.",
        "You run out of patience one out of habit.",
        '"Never," says the other side.',
    ],
)
def test_what_claims_no_more_than_its_author_saw_is_left_alone(good: GoodHandbook, why: str) -> None:
    assert codes(good.lint(explaining(why))) == []


def test_what_is_said_or_to_be_done_or_made_up_claims_nothing(good: GoodHandbook) -> None:
    case = "{id: shop, title: A shop, context: sales, situation: Sales fell by 20%., move: Ask., resolution: Fine."
    playbook = (
        saying("Studies show that 70% of people like it.")
        + "slots: {their-share: {label: Their share, example: 15%}}\n"
        + "use_when: ['They want {their-share}, or 10% more.']\n"
        + f"examples:\n  - {case}, illustration: true}}\n"
    )
    assert good.lint(playbook) == []
    assert codes(good.lint(playbook.replace("illustration: true", "illustration: false"))) == ["PB501"]


def test_a_part_rests_on_the_sources_of_what_it_belongs_to(good: GoodHandbook) -> None:
    kin = "kin: [{name: Haggling, how: Studies show that it is slower.}]"
    definition = f"definition: {{what: A talk., {kin}}}\n"
    sources = "sources: [fisher-ury-2011]"
    assert codes(good.lint(HEAD + definition)) == ["PB501"]
    assert good.lint(HEAD + definition.replace("what:", f"{sources}, what:")) == []
    # The playbook's own sources are too many to look a figure up in.
    assert codes(good.lint(f"{HEAD}{definition}{sources}\n")) == ["PB501"]
    summary = HEAD.replace("A summary", "Studies show how to ask")
    assert codes(good.lint(summary)) == ["PB501"]
    assert good.lint(f"{summary}{sources}\n") == []


def test_where_a_file_could_not_be_read_no_source_is_called_uncited(tmp_path: Path) -> None:
    path = tmp_path / "book.yml"
    sources = (GOOD / "vocabulary/sources.yml").read_text(encoding="utf-8")
    handbook = tmp_path / "handbook"
    (handbook / "vocabulary").mkdir(parents=True)
    for file in (GOOD / "vocabulary").iterdir():
        (handbook / "vocabulary" / file.name).write_bytes(file.read_bytes())
    (handbook / "vocabulary/sources.yml").write_text(
        f"{sources}new-2026:\n  title: New\n  contributes: Something.\n", encoding="utf-8"
    )
    path.write_text(f"{HEAD}sources: [fisher-ury-2011]\n", encoding="utf-8")
    found = lint(read_handbook(handbook, Path("handbook"), [path]))
    assert [finding.message for finding in found if finding.code == "PB502"] == ["nothing cites `new-2026`"]
    path.write_text(f"{HEAD}sources: [\n", encoding="utf-8")
    assert "PB502" not in codes(lint(read_handbook(handbook, Path("handbook"), [path])))


@pytest.mark.parametrize(
    ("since", "found"), [(date(2026, 11, 23), ["PB503"]), (date(2026, 11, 22), []), (None, [])]
)
def test_a_review_is_too_old_by_the_handbooks_own_day(
    tmp_path: Path, since: date | None, found: list[str]
) -> None:
    path = tmp_path / "book.yml"
    path.write_text(f"{HEAD}status: reviewed\nowners: [Robin]\nreviewed: 2026-11-22\n", encoding="utf-8")
    limits = Limits(reviewed_since=since)
    findings = lint(read_handbook(GOOD, Path("good"), [path]), settings=Settings(limits=limits))
    assert codes(finding for finding in findings if finding.path == path.as_posix()) == found


def test_a_draft_needs_neither_a_review_nor_an_owner(good: GoodHandbook) -> None:
    assert good.lint(f"{HEAD}status: draft\n") == []


def test_a_date_that_cannot_be_read_is_not_called_missing(good: GoodHandbook) -> None:
    assert codes(good.lint(f"{HEAD}status: reviewed\nowners: [Robin]\nreviewed: yesterday\n")) == ["PB106"]
