"""Where the linter's findings go: the terminal, a file, and the summary of a job of GitHub Actions."""

import os
from collections.abc import Sequence
from pathlib import Path

import click

from playbook_press.cli.common import CannotRunError, write_whole
from playbook_press.cli.mkdocs_yml import CONFIGURATION
from playbook_press.lint import Finding
from playbook_press.load import Handbook, is_yaml
from playbook_press.report import (
    FORMATS,
    SUMMARY_BYTES,
    Style,
    as_text,
    job_summary,
    statistics,
    statistics_as_json,
    summary,
    unstyled,
)
from playbook_press.survey import Survey


def show(
    surveys: Sequence[Survey], output_format: str, output_file: Path | None, *, counted: bool = False
) -> None:
    """Print what was found, or write it to a file and print how much it is.

    Where it is `counted`, the rules stand in place of the findings. CannotRunError where the file
    cannot be written.
    """
    if output_format == "text":
        report = _text(surveys, unstyled if output_file else click.style, counted=counted)
    else:
        report = _for_programs(surveys, output_format, counted=counted)
    summaries = "\n".join(summary(survey.findings, survey.handbook) for survey in surveys)
    if output_file:
        if any(_is_part_of(output_file, survey.handbook.folder) for survey in surveys):
            raise CannotRunError(f"{output_file}: is part of the handbook: choose another file")
        write_whole(output_file.absolute(), (f"{report}\n" if report else "").encode())
        click.echo(summaries)
    elif report:
        click.echo(report)
    if output_format == "github":
        if not output_file:
            click.echo(summaries)
        _add_to_job_summary(_sorted(surveys), [survey.handbook for survey in surveys])


def _is_part_of(file: Path, folder: Path) -> bool:
    found = Path(os.path.realpath(file))
    return (is_yaml(file) and found.is_relative_to(folder.resolve())) or found == CONFIGURATION.resolve()


def _text(surveys: Sequence[Survey], style: Style, *, counted: bool) -> str:
    texts = [statistics(_sorted(surveys), style)] if counted else []
    for survey in surveys:
        if not counted:
            texts.append(as_text(survey.findings, survey.handbook, style))
        texts.append(summary(survey.findings, survey.handbook))
    return "\n".join(filter(None, texts))


def _for_programs(surveys: Sequence[Survey], output_format: str, *, counted: bool) -> str:
    findings = _sorted(surveys)
    if counted:
        return statistics_as_json(findings)
    return FORMATS[output_format](findings, [survey.handbook for survey in surveys], repository())


def _sorted(surveys: Sequence[Survey]) -> list[Finding]:
    return sorted(finding for survey in surveys for finding in survey.findings)


def repository() -> Path:
    """The folder that paths are relative to: what a CI service has checked out, or else this one."""
    here = Path.cwd()
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        if (value := os.environ.get(name)) and here.is_relative_to(root := Path(value).resolve()):
            return root
    return here


def _add_to_job_summary(findings: Sequence[Finding], handbooks: Sequence[Handbook]) -> None:
    """Say it in the summary of the job as well, where GitHub Actions has made a file for it."""
    if not (name := os.environ.get("GITHUB_STEP_SUMMARY")):
        return
    path = Path(name)
    try:
        room = SUMMARY_BYTES - (path.stat().st_size if path.exists() else 0)
        with path.open("a", encoding="utf-8") as file:
            file.write(job_summary(findings, handbooks, repository(), room, _files()))
    except OSError as error:
        click.echo(f"warning: {path}: cannot be written: {error.strerror or error}", err=True)


def _files() -> str:
    """The address of this commit's files, where GitHub Actions tells it."""
    server, name, commit = map(os.environ.get, ("GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_SHA"))
    return f"{server}/{name}/blob/{commit}" if server and name and commit else ""
