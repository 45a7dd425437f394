"""What was printed once is taken from the shelf, unless it is damaged or depends on something else."""

from pathlib import Path

import pytest

from playbook_press.shelf import kept, kept_in


def prints(folder: Path, *keys: bytes) -> list[bytes]:
    """What one build prints anew, with what it asks for."""
    made: list[bytes] = []

    def make(key: bytes) -> bytes:
        made.append(key)
        return b"print of " + key

    with kept_in(folder):
        for key in keys:
            assert kept(key, lambda key=key: make(key)) == b"print of " + key  # type: ignore[misc]
    return made


def test_the_same_is_not_printed_twice(tmp_path: Path) -> None:
    assert prints(tmp_path, b"a", b"b") == [b"a", b"b"]
    assert prints(tmp_path, b"a", b"c", b"b") == [b"c"]


def test_what_nobody_asks_for_is_thrown_away(tmp_path: Path) -> None:
    prints(tmp_path, b"a", b"b")
    prints(tmp_path, b"a")
    assert len(list(tmp_path.iterdir())) == 1
    assert prints(tmp_path, b"b") == [b"b"]


@pytest.mark.parametrize("damage", [b"", b"x", b"x" * 100])
def test_a_damaged_print_is_made_again(tmp_path: Path, damage: bytes) -> None:
    prints(tmp_path, b"a")
    [path] = tmp_path.iterdir()
    path.write_bytes(damage)
    assert prints(tmp_path, b"a") == [b"a"]


def test_a_folder_that_cannot_be_used_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    assert prints(tmp_path / "file", b"a") == [b"a"]


def test_without_a_shelf_everything_is_printed() -> None:
    assert kept(b"a", lambda: b"new") == b"new"
