"""A handbook that is linted by what is known of it gives the same findings as one that is read whole."""

import json
import shutil
from pathlib import Path

import pytest

from good_handbook import GOOD
from playbook_press import lint as lint_module
from playbook_press import survey as survey_module
from playbook_press.lint import lint
from playbook_press.load import files_of, read_handbook
from playbook_press.settings import Settings
from playbook_press.survey import Memory, Survey, survey

HEAD = "title: A title\nkind: note\nstatus: draft\nsummary: A summary.\n"
BAD = f"{HEAD}related: [nobody]\nowners: [7]\nuse_when:\n  # playbooks: ignore[PB204] so it is\n  - TBD\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The good handbook with a bad playbook in it."""
    folder = Path(shutil.copytree(GOOD, tmp_path / "playbooks"))
    (folder / "bad.yml").write_text(BAD, encoding="utf-8")
    return folder


def look(folder: Path, settings: Settings | None = None, *, memory: Memory | None = None) -> Survey:
    """Lint a folder with a cache beside it."""
    files = files_of(folder, Path("playbooks"))
    # The texts are read where they are shown from.
    files = [file._replace(shown=file.path) for file in files]
    return survey(folder, files, "", settings or Settings(), folder.parent / "cache", memory=memory)


def checked_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are checked from here on."""
    names: list[str] = []
    check = lint_module.check

    def noting(document: object, library: object) -> object:
        names.append(document.path.name)  # type: ignore[attr-defined]
        return check(document, library)  # type: ignore[arg-type]

    monkeypatch.setattr(survey_module, "check", noting)
    return names


def test_a_survey_finds_what_reading_everything_finds(folder: Path) -> None:
    expected = lint(read_handbook(folder, folder))
    assert {finding.code for finding in expected} == {"PB306", "PB103"}
    assert look(folder).findings == expected
    assert look(folder).findings == expected


def test_a_file_that_is_known_is_not_checked_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(folder)
    names = checked_anew(monkeypatch)
    look(folder)
    assert "bad.yml" not in names
    (folder / "bad.yml").write_text(BAD.replace("nobody", "minimal"), encoding="utf-8")
    assert [finding.code for finding in look(folder).findings] == ["PB103"]
    assert [name for name in names if (folder / name).exists()] == ["bad.yml"]


def test_what_other_files_say_is_compared_in_each_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look(folder)
    names = checked_anew(monkeypatch)
    (folder / "nobody.yml").write_text(HEAD.replace("A title", "Another"), encoding="utf-8")
    assert [finding.code for finding in look(folder).findings] == ["PB103"]
    (folder / "nobody.yml").unlink()
    assert [finding.code for finding in look(folder).findings] == ["PB306", "PB103"]
    assert "bad.yml" not in names


@pytest.mark.parametrize("memory", [None, Memory()])
def test_a_playbook_is_checked_again_where_a_worksheet_has_another_name(
    folder: Path, memory: Memory | None
) -> None:
    (folder / "bad.yml").write_text(f"{HEAD}worksheets: [walk-away]\n", encoding="utf-8")
    before = [(finding.code, finding.path) for finding in look(folder, memory=memory).findings]
    worksheet = folder / "worksheets/walk-away.yml"
    worksheet.rename(worksheet.with_name("other.yml"))
    after = [(finding.code, finding.path) for finding in look(folder, memory=memory).findings]
    assert before == []
    assert ("PB305", str(folder / "bad.yml")) in after


def test_a_playbook_is_checked_again_where_the_vocabulary_changes(folder: Path) -> None:
    (folder / "bad.yml").write_text(f"{HEAD}contexts:\n  the-moon: {{across: A, goal: B, changes: C}}\n")
    assert [finding.code for finding in look(folder).findings] == ["PB301"]
    with (folder / "vocabulary" / "contexts.yml").open("a", encoding="utf-8") as file:
        file.write("\nthe-moon: {title: The moon, summary: Far away., across: Nobody}\n")
    assert [finding.code for finding in look(folder).findings] == []


def test_other_settings_are_heard(folder: Path) -> None:
    look(folder)
    assert look(folder, Settings(ignore=("PB1",))).findings[0].code == "PB306"


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"context": 7}', b'{"context": null, "files": [1]}', b"[" * 10_000],
)
def test_a_damaged_cache_is_ignored(folder: Path, damage: bytes) -> None:
    expected = look(folder).findings
    (folder.parent / "cache" / "lint.json").write_bytes(damage)
    assert look(folder).findings == expected
    assert look(folder).findings == expected


@pytest.mark.parametrize("record", [None, [], [1], ["x", 2], {"a": 1}, [[], [], []]])
def test_a_damaged_entry_is_ignored(folder: Path, record: object) -> None:
    expected = look(folder).findings
    path = folder.parent / "cache" / "lint.json"
    kept = json.loads(path.read_bytes())
    for name, (content_digest, _) in kept["files"].items():
        kept["files"][name] = [content_digest, record]
    path.write_text(json.dumps(kept), encoding="utf-8")
    assert look(folder).findings == expected


def test_a_folder_that_cannot_hold_a_cache_does_no_harm(folder: Path) -> None:
    (folder.parent / "cache").write_text("a file")
    assert [finding.code for finding in look(folder).findings] == ["PB306", "PB103"]


def test_what_is_kept_stays_out_of_git(folder: Path) -> None:
    look(folder)
    assert (folder.parent / "cache" / ".gitignore").read_text(encoding="utf-8") == "*\n"
