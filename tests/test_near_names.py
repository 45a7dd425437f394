"""Of names that are not known, the one that was meant is found."""

import pytest

from playbook_press.near_names import did_you_mean, nearest, only_near


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("slaes", "sales"),
        ("Sales", "sales"),
        ("use_wen", "use_when"),
        ("use-when", "use_when"),
        ("walk_away", "walk-away"),
        ("marriage", None),
        ("", None),
    ],
)
def test_the_name_that_was_meant_is_found(typed: str, meant: str | None) -> None:
    assert nearest(typed, ["sales", "use_when", "walk-away"]) == meant


@pytest.mark.parametrize(
    ("typed", "known", "meant"),
    [
        ("asking-for-tiem", "asking-for-time", True),
        ("Asking_For_Time", "asking-for-time", True),
        ("askingfortime", "asking-for-time", True),
        ("reviewd", "reviewed", True),
        ("revieewed", "reviewed", True),
        ("min-price", "max-price", False),
        ("my-min", "my-mix", False),
        ("unspoken", "spoken", False),
        ("date-2", "date-1", False),
        ("date-12", "date-1-2", False),
        ("their-price", "other-price", False),
        ("", "x", False),
    ],
)
def test_a_name_was_surely_meant_where_the_keyboard_slipped(typed: str, known: str, meant: bool) -> None:  # noqa: FBT001 (parameters are passed by name)
    assert only_near(typed, [known, "something-else"]) == (known if meant else None)


def test_a_slip_for_two_names_is_one_for_neither() -> None:
    assert only_near("their-prise", ["their-price", "their-prize"]) is None


def test_where_no_name_comes_near_the_known_ones_are_listed() -> None:
    assert did_you_mean("x", ["sales", "hiring"], "there are") == "there are: `sales`, `hiring`"
    for otherwise in ("there are", "the worksheets are"):
        assert did_you_mean("x", [], otherwise) == "there are none yet"
    assert did_you_mean("x", [], "add it") == "add it"


def test_a_long_list_of_names_is_cut() -> None:
    told = did_you_mean("x", [f"name-{index}" for index in range(13)], "there are")
    assert told.endswith("`name-11`, …")
