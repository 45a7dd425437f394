"""`playbooks lint` and `playbooks schema`."""

import gc
import sys
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from playbook_press.autofix import Mended, mend
from playbook_press.cli.common import CannotRunError, write_whole
from playbook_press.cli.fixing import as_diff, changed, told, write_files
from playbook_press.cli.handbooks import cache_folder, files_for, groups, lint_settings, written_pages
from playbook_press.cli.mkdocs_yml import CONFIGURATION, configured_folder, site_url
from playbook_press.cli.output import show
from playbook_press.load import File, Handbook, read_files, unreadable_in
from playbook_press.report import FORMATS, printable
from playbook_press.schema import schemas
from playbook_press.survey import Survey, survey


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="How to write the findings.",
)
@click.option("--statistics", is_flag=True, help="Count the findings of each rule instead.")
@click.option(
    "-o",
    "--output-file",
    type=click.Path(path_type=Path),
    help="The file to write to, instead of the terminal.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even where there is something to mend.")
@click.option("--fix", is_flag=True, help="Mend what can be mended without guessing.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend also what has to be guessed.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--no-cache", is_flag=True, help="Read every file, whatever is known of it from earlier runs.")
def lint_command(
    paths: tuple[Path, ...],
    *,
    output_format: str,
    statistics: bool,
    output_file: Path | None,
    exit_zero: bool,
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    no_cache: bool,
) -> NoReturn:
    """Check playbooks, and say what to mend.

    PATHS are files or folders; without any, the handbook that mkdocs.yml names. A file is checked
    beside the rest of its handbook. Exits with 0 where there is nothing to mend, with 1 where
    there is, and with 2 where a file could not be read.
    """
    if statistics and output_format not in {"text", "json"}:
        raise click.UsageError("--statistics is for the formats text and json")
    if diff and (output_format != "text" or statistics or output_file):
        raise click.UsageError(
            "--diff shows changes rather than findings: it goes without --format, -o or --statistics"
        )
    if unsafe_fixes and not (fix or diff):
        raise click.UsageError("--unsafe-fixes goes with --fix or --diff")
    # All that is read is needed to the end: looking for garbage takes a third of the time.
    gc.disable()
    try:
        chosen = [(group[0], *files_for(group)) for group in groups(paths)]
        if diff or fix:
            mended = [_mended(*handbook, is_unsafe=unsafe_fixes) for handbook in chosen]
            _write(mended, is_unsafe=unsafe_fixes, is_diff=diff)
            if diff:
                _require_readable(before for before, _ in mended)
                sys.exit(1 if any(one.fixed for _, one in mended) and not exit_zero else 0)
            surveys = [
                _narrowed(Survey(after.handbook, after.left), only)
                for (*_, only), (_, after) in zip(chosen, mended, strict=True)
            ]
        else:
            surveys = [_survey(*handbook, is_cached=not no_cache) for handbook in chosen]
    except OSError as error:  # a name that is too long, say
        raise CannotRunError(f"{error.filename}: cannot be read: {error.strerror}") from None
    show(surveys, output_format, output_file, counted=statistics)
    _require_readable(survey.handbook for survey in surveys)
    sys.exit(1 if not exit_zero and any(survey.findings for survey in surveys) else 0)


def _require_readable(handbooks: Iterable[Handbook]) -> None:
    if unreadable := unreadable_in(handbooks):
        raise CannotRunError("\n".join(unreadable))


def _mended(
    folder: Path, files: Sequence[File], only: set[Path], *, is_unsafe: bool
) -> tuple[Handbook, Mended]:
    """A handbook, and what it would be with its fixes."""
    handbook = replace(read_files(folder, files), written=written_pages(folder))
    return handbook, mend(handbook, lint_settings(), only, site_url(), is_unsafe=is_unsafe)


def _write(mended: Sequence[tuple[Handbook, Mended]], *, is_unsafe: bool, is_diff: bool) -> None:
    """Write handbooks with their fixes back, or show what that would change."""
    for before, after in mended:
        changes = changed(before, after.handbook)
        if is_diff:
            for line in as_diff(changes):
                click.echo(printable(line))
        else:
            write_files(changes, before.folder)
    for _, after in mended:
        for line in told(after, is_unsafe=is_unsafe, is_written=not is_diff):
            click.echo(printable(line), err=True)


def _survey(folder: Path, files: Sequence[File], only: set[Path], *, is_cached: bool) -> Survey:
    """What is wrong with the files that were asked for."""
    cache = cache_folder() if is_cached and CONFIGURATION.is_file() else None
    written = written_pages(folder)
    return _narrowed(survey(folder, files, site_url(), lint_settings(), cache, written=written), only)


def _narrowed(found: Survey, only: Collection[Path]) -> Survey:
    """What was found in the files that were asked for; without any, in all."""
    if not only:
        return found
    documents = [document for document in found.handbook.documents if document.path in only]
    return Survey(
        Handbook(found.handbook.folder, documents, found.handbook.unreadable),
        [finding for finding in found.findings if Path(finding.path) in only],
    )


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 where a file is out of date.")
def schema(check: bool) -> None:  # noqa: FBT001 (click passes options by name)
    """Write the JSON Schemas that editors read, beside the playbooks."""
    folder = configured_folder()
    if not folder.is_dir():
        raise CannotRunError(f"{folder}: there is no such folder")
    stale = [
        folder / name
        for name, text in schemas().items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != text.encode()
    ]
    for path in stale:
        if not check:
            write_whole(path, schemas()[path.name].encode())
        click.echo(f"{'out of date' if check else 'written'}: {path}")
    if check and stale:
        sys.exit(1)


COMMANDS = (lint_command, schema)
