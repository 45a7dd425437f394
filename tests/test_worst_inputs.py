"""Files that are made to take long: a megabyte is linted before anybody gives up, and in little memory."""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "fuzz"))

from measure import measure, write_handbook
from worst_inputs import worst_inputs

# One for each thing that has once grown with the square of a file, and one for each limit of the loader. A run is
# ended after twenty seconds of the processor, where it should take one or two.
WORST = (
    "aliases alone",
    "braces in sentences",
    "brackets alone",
    "capital words in every field",
    "comments, one of them glued",
    "empty entries alone",
    "filler in every field",
    "more marks than there may be",
    "nested emphasis in sentences",
    "paths in a title",
    "slots in lines",
    "suppressions without a code alone",
    "tags alone",
    "the same key alone",
    "words in lines",
)


@cache
def inputs() -> Mapping[str, bytes]:
    return dict(worst_inputs({*WORST, "long keys in a line"}.__contains__))


@pytest.mark.parametrize("name", WORST)
def test_a_megabyte_that_is_made_to_take_long_is_linted(tmp_path: Path, name: str) -> None:
    write_handbook(tmp_path)
    measured = measure(tmp_path, "lint", inputs()[name])
    assert measured.trouble == ""
    # What holds more than a file may is read no further.
    assert ("PB002" in measured.output) == (name == "more marks than there may be")


def test_findings_on_a_line_of_a_megabyte_are_reported_in_little_memory(tmp_path: Path) -> None:
    write_handbook(tmp_path)
    assert measure(tmp_path, "sarif", inputs()["long keys in a line"]).trouble == ""
