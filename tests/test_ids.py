"""An id is made of words."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook_press.model import ID_PATTERN, LONGEST_ID, id_from


@given(st.text(max_size=120))
@settings(max_examples=150, deadline=None)
def test_an_id_can_be_an_address(typed: str) -> None:
    found = id_from(typed)
    assert not found or (re.fullmatch(ID_PATTERN, found) and len(found) <= LONGEST_ID)
    assert found or not re.search("[A-Za-z0-9]", typed)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Asking for time", "asking-for-time"),
        ("Don’t say “no”", "dont-say-no"),
        ("Rock & roll", "rock-and-roll"),
        ("«Größe» – naïve façade", "grosse-naive-facade"),
        ("Łódź, Ærø", "lodz-aero"),
        ("  3 ways: A/B_C  ", "3-ways-a-b-c"),
        ("…!?", ""),
        ("日本語", ""),
        ("long " * 30, "-".join(["long"] * 16)),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_id_comes_from_words(words: str, expected: str) -> None:
    assert id_from(words) == expected
