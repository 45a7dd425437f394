"""`playbooks lint` and `playbooks schema`."""

import gc
import sys
from pathlib import Path
from typing import Literal, NoReturn

import click

from playbook_press.cli.common import CannotRunError, configured_folder, groups, read, site_url
from playbook_press.lint import Finding, lint
from playbook_press.load import Handbook
from playbook_press.report import as_json, as_text, summary
from playbook_press.schema import schemas


@click.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
def lint_command(paths: tuple[Path, ...], output_format: Literal["text", "json"]) -> NoReturn:
    """Check playbooks, and say what to mend.

    PATHS are files or folders; without any, the handbook that mkdocs.yml names. A file is checked
    beside the rest of its handbook. Exits with 0 where there is nothing to mend, with 1 where
    there is, and with 2 where a file could not be read.
    """
    # All that is read is needed to the end: looking for garbage takes a third of the time.
    gc.disable()
    try:
        checked = [read(group) for group in groups(paths)]
    except OSError as error:  # a name that is too long, say
        raise CannotRunError(f"{error.filename}: cannot be read: {error.strerror}") from None
    findings: list[Finding] = []
    texts: list[str] = []
    for handbook, only in checked:
        found = [finding for finding in lint(handbook, site_url()) if not only or Path(finding.path) in only]
        findings += found
        if found:
            texts.append(as_text(found, handbook, click.style))
        if only:
            handbook = Handbook(  # noqa: PLW2901 (what is counted is what was asked for)
                handbook.folder,
                [document for document in handbook.documents if document.path in only],
                handbook.unreadable,
            )
        texts.append(summary(found, handbook))
    if output_format == "json":
        click.echo(as_json(sorted(findings)))
    else:
        click.echo("\n".join(texts))
    unreadable = list(dict.fromkeys(line for handbook, _ in checked for line in handbook.unreadable))
    if unreadable:
        raise CannotRunError("\n".join(unreadable))
    sys.exit(1 if findings else 0)


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
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if not check:
            path.write_text(schemas()[path.name], encoding="utf-8")
        click.echo(f"{'out of date' if check else 'written'}: {path}")
    if check and stale:
        sys.exit(1)


COMMANDS = (lint_command, schema)
