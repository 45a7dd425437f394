"""What the linter looks for is set in one place, and a mistake there is told in a line."""

import datetime as dt
import re
from pathlib import Path

import pytest

from good_handbook import run
from playbook_press.settings import Settings, SettingsError, read_settings

BAD = "title: A title\nkind: note\nsummary: TBD\nowners: [7]\n"


def codes(project: Path, lint_settings: str, name: str = "pyproject.toml") -> list[str]:
    (project / name).write_text(lint_settings, encoding="utf-8")
    (project / "playbooks" / "minimal.yml").write_text(BAD, encoding="utf-8")
    finished = run("lint", cwd=project)
    assert finished.returncode in {0, 1}, finished.stderr
    return sorted({line.partition("]")[0][-5:] for line in finished.stdout.splitlines() if "[PB" in line})


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("", ["PB103", "PB204"]),
        ('select = ["PB1"]', ["PB103"]),
        ('select = ["PB1", "PB204"]', ["PB103", "PB204"]),
        ('ignore = ["PB2"]', ["PB103"]),
        ('select = ["PB"]\nignore = ["PB103"]', ["PB204"]),
        ('per-file-ignores = { "minimal.yml" = ["PB204"] }', ["PB103"]),
        ('per-file-ignores = { "playbooks/min*.yml" = ["PB"] }', []),
        ('per-file-ignores = { "other.yml" = ["PB"] }', ["PB103", "PB204"]),
    ],
)
@pytest.mark.parametrize(
    ("name", "table"), [("pyproject.toml", "[tool.playbooks.lint]"), ("playbooks.toml", "[lint]")]
)
def test_settings_choose_what_is_told(
    project: Path, settings: str, expected: list[str], name: str, table: str
) -> None:
    assert codes(project, f"{table}\n{settings}\n", name) == expected


def test_limits_are_read(tmp_path: Path) -> None:
    (tmp_path / "playbooks.toml").write_text(
        "[lint.limits]\nlongest-line = 25\nreviewed-since = 2026-01-31\n", encoding="utf-8"
    )
    limits = read_settings(tmp_path).limits
    assert (limits.longest_line, limits.reviewed_since) == (25, dt.date(2026, 1, 31))


def test_a_pyproject_for_other_things_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n', encoding="utf-8")
    assert read_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("[lint]\nslect = []\n", "there is no setting `slect`: did you mean `select`?"),
        ("[lint.limits]\nlongest_lines = 2\n", "did you mean `longest-line`?"),
        ('[lint]\nignore = ["PB2004"]\n', "there is no rule `PB2004`: did you mean `PB204`?"),
        ('[lint]\nignore = [""]\n', "there is no rule ``"),
        ('[lint]\nignore = "PB404"\n', "`ignore`: a list of codes belongs here"),
        (
            "[lint]\nlongest-line = 9\n",
            "`longest-line` is not read here: it stands below a line `[lint.limits]`",
        ),
        ("[lint.limits]\nlongest-line = true\n", "`limits.longest-line`: a whole number belongs here"),
        ("[lint.limits]\nreviewed-since = 3\n", "`limits.reviewed-since`: a day belongs here"),
        (
            '[lint.limits]\nreviewed-since = "2026-01-31"\n',
            "`limits.reviewed-since`: a day belongs here, without quotation marks",
        ),
        ("[lint]\nper-file-ignores = []\n", "`per-file-ignores`: a table belongs here"),
        ("lint = 5\n", "`lint`: a table belongs here"),
        ("[lint.limits]\nlongest-line = 0\n", "playbooks.toml: `limits.longest-line`: "),
        ("[lint\n", "playbooks.toml: cannot be read: "),
        ('ignore = ["PB4"]\n', "playbooks.toml: `ignore` is not read: settings stand below a line `[lint]`"),
        ("[tool.playbooks.lint]\nignore = []\n", "playbooks.toml: `tool` is not read"),
    ],
)
def test_a_mistake_in_the_settings_is_told_in_a_line(project: Path, settings: str, told: str) -> None:
    (project / "playbooks.toml").write_text(settings, encoding="utf-8")
    finished = run("lint", cwd=project)
    assert finished.returncode == 2
    assert told in finished.stderr
    assert len(finished.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("[tool.playbooks.lint]\nlongest-line = 9\n", "stands below a line `[tool.playbooks.lint.limits]`"),
        ("[tool.playbooks.lint]\nlimits = 3\n", "a table belongs here: `[tool.playbooks.lint.limits]`"),
        ("[tool.playbooks]\nlint = 3\n", "a table belongs here: `[tool.playbooks.lint]`"),
        (f"a = {'[' * 5_000}", "cannot be read"),
    ],
)
def test_a_mistake_in_a_pyproject_is_told_with_the_names_that_it_takes(
    tmp_path: Path, settings: str, told: str
) -> None:
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(SettingsError, match=re.escape(told)):
        read_settings(tmp_path)


def test_settings_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "playbooks.toml").write_text("\ufeff[lint]\nignore = ['PB404']\n", encoding="utf-8")
    assert read_settings(tmp_path).ignore == ("PB404",)


def test_two_places_for_settings_are_one_too_many(tmp_path: Path) -> None:
    (tmp_path / "playbooks.toml").write_text("[lint]\n", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[tool.playbooks.lint]\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="keep one of them"):
        read_settings(tmp_path)
