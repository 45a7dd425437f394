"""The findings go where they were asked to go: whole, counted, and told to GitHub Actions as well."""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from good_handbook import run
from playbook_press.cli import main
from playbook_press.report import FORMATS
from playbook_press.report.github import SUMMARY_BYTES

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"
BROKEN = f"{HEAD}status: finished\nsources: [my-aunt, my-uncle]\n"
SUMMARY = "3 errors in 1 file (12 checked)\n"
CLEAN = "11 files checked: nothing to mend\n"


@pytest.fixture
def lint(project: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs `playbooks lint` where mkdocs.yml is, and where no CI service is."""
    monkeypatch.chdir(project)
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    return lambda *arguments: CliRunner().invoke(main, ["lint", *map(str, arguments)])


@pytest.fixture
def broken(project: Path) -> Path:
    """A project with three findings in one file."""
    (project / "playbooks" / "broken.yml").write_text(BROKEN, encoding="utf-8")
    return project


# Formats


@pytest.mark.parametrize("output_format", FORMATS)
def test_each_format_tells_of_the_same_findings(
    broken: Path, lint: Callable[..., Result], output_format: str
) -> None:
    result = lint("--format", output_format)
    assert (result.exit_code, result.stderr) == (1, "")
    assert len(re.findall(r"broken.yml", result.stdout)) >= 3
    for words in ("PB104", "PB304", "my-aunt", "my-uncle"):
        assert words in result.stdout
    assert broken.as_posix() not in result.stdout


@pytest.mark.parametrize("output_format", FORMATS)
def test_each_format_has_a_form_for_nothing(lint: Callable[..., Result], output_format: str) -> None:
    result = lint("--format", output_format)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.strip()


@pytest.mark.parametrize("output_format", ["text", *FORMATS])
def test_a_file_that_cannot_be_read_ends_with_2_after_the_findings(
    broken: Path, lint: Callable[..., Result], output_format: str
) -> None:
    (broken / "playbooks" / "empty.yml").write_text("", encoding="utf-8")
    result = lint("--format", output_format, "--exit-zero")
    assert result.exit_code == 2
    assert "my-aunt" in result.stdout
    assert result.stderr.startswith("error: playbooks/empty.yml: the file is empty")


@pytest.mark.usefixtures("broken")
def test_a_log_of_github_has_the_summary_below_the_commands(lint: Callable[..., Result]) -> None:
    *commands, summary = lint("--format", "github").stdout.splitlines(keepends=True)
    assert [command.partition(",")[0] for command in commands] == ["::error file=playbooks/broken.yml"] * 3
    assert summary == SUMMARY


@pytest.mark.parametrize("name", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_paths_start_where_the_service_has_checked_out(
    broken: Path, lint: Callable[..., Result], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(broken.parent))
    [entry, *_] = json.loads(lint("--format", "gitlab").stdout)
    assert entry["location"]["path"] == f"{broken.name}/playbooks/broken.yml"


def test_a_checkout_elsewhere_is_not_looked_at(
    broken: Path,
    lint: Callable[..., Result],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path_factory.mktemp("elsewhere")))
    [entry, *_] = json.loads(lint("--format", "gitlab").stdout)
    assert entry["location"]["path"] == "playbooks/broken.yml"
    assert (broken / entry["location"]["path"]).is_file()


# Counts


@pytest.mark.usefixtures("broken")
def test_statistics_stand_in_place_of_the_findings(lint: Callable[..., Result]) -> None:
    result = lint("--statistics")
    assert result.exit_code == 1
    assert [line.split()[:2] for line in result.stdout.splitlines()[:2]] == [["2", "PB304"], ["1", "PB104"]]
    assert "my-aunt" not in result.stdout
    assert result.stdout.endswith(f"\n\n{SUMMARY}")


def test_statistics_of_a_clean_handbook_are_the_summary(lint: Callable[..., Result]) -> None:
    assert lint("--statistics").stdout == CLEAN
    assert json.loads(lint("--statistics", "--format", "json").stdout) == []


@pytest.mark.usefixtures("broken")
def test_statistics_are_counted_for_programs(lint: Callable[..., Result]) -> None:
    assert json.loads(lint("--statistics", "--format", "json").stdout) == [
        {"count": 2, "code": "PB304", "name": "unknown-source", "fixable": False},
        {"count": 1, "code": "PB104", "name": "unknown-choice", "fixable": False},
    ]


@pytest.mark.parametrize("output_format", sorted(FORMATS.keys() - {"json"}))
def test_statistics_have_no_form_elsewhere(lint: Callable[..., Result], output_format: str) -> None:
    result = lint("--statistics", "--format", output_format)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: --statistics is for the formats text and json: see ")
    assert len(result.stderr.splitlines()) == 1


# The exit code


@pytest.mark.usefixtures("broken")
def test_exit_zero_is_for_findings(lint: Callable[..., Result]) -> None:
    result = lint("--exit-zero")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(SUMMARY)


def test_exit_zero_is_not_for_what_cannot_be_done(lint: Callable[..., Result]) -> None:
    assert lint("--exit-zero", "missing").exit_code == 2


# A file


@pytest.mark.parametrize("output_format", ["text", *FORMATS])
def test_a_file_holds_what_would_have_been_printed(
    broken: Path, lint: Callable[..., Result], output_format: str
) -> None:
    printed = lint("--format", output_format).stdout
    result = lint("--format", output_format, "--output-file", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (1, SUMMARY, "")
    written = (broken / "out").read_text(encoding="utf-8")
    assert written == printed.removesuffix(SUMMARY if output_format == "github" else "")


def test_a_file_of_commands_is_empty_where_there_is_nothing_to_mend(
    project: Path, lint: Callable[..., Result]
) -> None:
    assert lint("--format", "github", "-o", "out").stdout == CLEAN
    assert (project / "out").read_bytes() == b""


def test_a_file_has_no_colours(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(broken)
    assert "\x1b[" in CliRunner().invoke(main, ["lint"], color=True).stdout
    assert "\x1b" not in CliRunner().invoke(main, ["lint", "-o", "out"], color=True).stdout
    assert "\x1b" not in (broken / "out").read_text(encoding="utf-8")


def test_the_folders_of_a_file_are_made(project: Path, lint: Callable[..., Result]) -> None:
    assert lint("--format", "sarif", "-o", "reports/today/lint.sarif").exit_code == 0
    assert json.loads((project / "reports" / "today" / "lint.sarif").read_bytes())["version"] == "2.1.0"


def test_a_file_takes_the_place_of_an_older_one(broken: Path, lint: Callable[..., Result]) -> None:
    (broken / "real").write_text("x" * 100_000, encoding="utf-8")
    (broken / "real").chmod(0o640)
    (broken / "link").symlink_to("real")
    assert lint("--format", "gitlab", "-o", "link").exit_code == 1
    assert (broken / "link").is_symlink()
    assert len(json.loads((broken / "real").read_bytes())) == 3
    assert (broken / "real").stat().st_mode & 0o777 == 0o640


def test_a_file_can_be_a_pipe_or_a_device(broken: Path) -> None:
    finished = run("lint", "--format", "gitlab", "--output-file", "/dev/stderr", cwd=broken)
    assert (finished.returncode, finished.stdout) == (1, SUMMARY)
    assert len(json.loads(finished.stderr)) == 3


def files_in(folder: Path) -> list[Path]:
    """Everything but what the linter keeps for its next run."""
    return sorted(path for path in folder.rglob("*") if ".playbooks-cache" not in path.parts)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("mkdocs.yml/out", "cannot be written: "),
        ("playbooks", "playbooks: cannot be written: "),
        ("long" * 100, "cannot be written: "),
        ("/dev/full", "/dev/full: cannot be written: "),
    ],
)
def test_a_file_that_cannot_be_written_ends_with_2_in_one_line(
    broken: Path, lint: Callable[..., Result], name: str, message: str
) -> None:
    before = files_in(broken)
    result = lint("-o", name, "--exit-zero")
    assert isinstance(result.exception, SystemExit)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("error: ")
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert files_in(broken) == before


def test_a_file_stays_as_it_was_where_the_new_one_cannot_be_finished(
    broken: Path, lint: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    (broken / "out").write_text("old", encoding="utf-8")
    before = files_in(broken)

    def fail(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", fail)
    result = lint("-o", "out")
    assert result.exit_code == 2
    assert result.stderr == f"error: {broken}/out: cannot be written: No space left on device\n"
    assert (broken / "out").read_text(encoding="utf-8") == "old"
    assert files_in(broken) == before


# The summary of a job


@pytest.fixture
def step_summary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that GitHub Actions makes for a step, which has said something already."""
    path = tmp_path_factory.mktemp("github") / "step-summary"
    path.write_text("Before", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_github_gets_a_summary_of_the_job_with_links(
    broken: Path, lint: Callable[..., Result], step_summary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step_summary))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(broken))
    monkeypatch.setenv("GITHUB_SERVER_URL", "https://git.example")
    monkeypatch.setenv("GITHUB_REPOSITORY", "them/handbook")
    monkeypatch.setenv("GITHUB_SHA", "1f2e")
    lint("--format", "github")
    written = step_summary.read_text(encoding="utf-8")
    assert written.startswith("Before\n### playbooks lint: 3 errors\n")
    assert written.count("](<https://git.example/them/handbook/blob/1f2e/playbooks/broken.yml#L5>)") == 2


@pytest.mark.usefixtures("broken")
def test_the_summary_of_a_job_does_not_outgrow_its_file(
    lint: Callable[..., Result], step_summary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step_summary))
    for size in (SUMMARY_BYTES - 400, SUMMARY_BYTES, SUMMARY_BYTES + 1):
        step_summary.write_text("x" * size, encoding="utf-8")
        assert lint("--format", "github").exit_code == 1
        assert step_summary.stat().st_size <= max(size, SUMMARY_BYTES)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("output_format", ["text", *sorted(FORMATS.keys() - {"github"})])
def test_other_formats_leave_the_summary_of_the_job_alone(
    lint: Callable[..., Result], step_summary: Path, monkeypatch: pytest.MonkeyPatch, output_format: str
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(step_summary))
    lint("--format", output_format)
    assert step_summary.read_text(encoding="utf-8") == "Before"


@pytest.mark.usefixtures("broken")
def test_a_summary_that_cannot_be_written_is_a_warning(
    lint: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "none" / "step-summary"))
    result = lint("--format", "github")
    assert result.exit_code == 1
    assert result.stdout.endswith(SUMMARY)
    assert result.stderr.startswith("warning: ")
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", ["playbooks/minimal.yml", "mkdocs.yml"])
def test_a_report_never_takes_the_place_of_the_handbook(project: Path, name: str) -> None:
    before = (project / name).read_bytes()
    done = run("lint", "-o", name, cwd=project)
    assert (done.returncode, done.stderr) == (
        2,
        f"error: {name}: is part of the handbook: choose another file\n",
    )
    assert (project / name).read_bytes() == before
