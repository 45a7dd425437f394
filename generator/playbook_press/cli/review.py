"""`playbooks diff`: what a change does, for whoever reviews it."""

import os
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Literal

import click

from playbook_press.changes.entries import Changes
from playbook_press.changes.handbook import diff
from playbook_press.changes.markdown import as_markdown
from playbook_press.changes.outline import outline
from playbook_press.changes.record import as_json
from playbook_press.changes.sheets import with_sheets
from playbook_press.changes.side import Side, read_side
from playbook_press.changes.terminal import as_text
from playbook_press.cli.common import CannotRunError
from playbook_press.cli.mkdocs_yml import CONFIGURATION, has_sheets, parsed, playbooks_folder, settings_in
from playbook_press.history import (
    HistoryError,
    Repository,
    commit_of,
    copy_handbook,
    merge_base,
    read_file,
    repository_of,
)
from playbook_press.links import leading_out


@click.command("diff")
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="How to tell it: for a terminal, for a comment on GitHub or GitLab, or for a program.",
)
@click.option(
    "--merge-base",
    "from_merge_base",
    is_flag=True,
    help="Begin where HEAD branched off from BASE, so that what BASE has gained since is left out.",
)
def diff_command(
    base: str,
    head: str | None,
    output_format: Literal["text", "markdown", "json"],
    from_merge_base: bool,  # noqa: FBT001 (click passes options by name)
) -> None:
    """Say in a reader's words what a change does to the handbook.

    BASE and HEAD are commits, branches or tags. Without HEAD, it is the work tree as it is on disk,
    new files included. Exits with 0 whether anything changed or not, and with 2 where it cannot tell.
    """
    place = _handbook_above(Path.cwd())
    settings = settings_in(place / CONFIGURATION)
    try:
        repository = repository_of(place)
        old_commit = commit_of(repository, base)
        new_commit = commit_of(repository, head) if head is not None else ""
        if from_merge_base:
            old_commit = merge_base(repository, old_commit, new_commit or commit_of(repository, "HEAD"))
        folder = playbooks_folder(settings.get("plugins"))
        old = _at_commit(repository, old_commit, folder)
        new = _at_commit(repository, new_commit, folder) if new_commit else _on_disk(place, folder)
    except HistoryError as error:
        raise CannotRunError(str(error)) from None
    except OSError as error:  # no room for a copy, say
        raise CannotRunError(f"{error.filename}: {error.strerror}") from None
    if not (old.exists or new.exists):
        raise CannotRunError(f"{folder}: there are no playbooks here, neither before the change nor after it")
    changes = replace(diff(old.library, new.library), unread_before=old.unread, unread_after=new.unread)
    if has_sheets(settings.get("plugins")):
        named = str(settings.get("site_name") or ""), str(settings.get("site_url") or "")
        changes = with_sheets(changes, *named)
    click.echo(_told(changes, output_format), nl=output_format != "markdown")


def _told(changes: Changes, output_format: Literal["text", "markdown", "json"]) -> str:
    match output_format:
        case "text":
            return as_text(outline(changes), click.style)
        case "markdown":
            return as_markdown(outline(changes))
    return as_json(changes)


def _handbook_above(folder: Path) -> Path:
    """The nearest folder with an mkdocs.yml, from here upwards. CannotRunError if there is none."""
    for above in (folder, *folder.parents):
        if (above / CONFIGURATION).is_file():
            return above
    raise CannotRunError(
        "there is no mkdocs.yml here or above: run this inside the folder of the handbook's mkdocs.yml"
    )


def _on_disk(place: Path, folder: Path) -> Side:
    if not (place / folder).is_dir():
        return Side()
    if astray := leading_out(place / folder, folder, (place / folder).absolute().parent):
        raise CannotRunError("\n".join(astray))
    return read_side(place / folder, folder)


def _at_commit(repository: Repository, commit: str, folder: Path) -> Side:
    """The handbook as it was at a commit, in the folder that its own mkdocs.yml named."""
    configuration = read_file(repository, commit, f"{repository.prefix}{CONFIGURATION}")
    if configuration is not None:
        with suppress(CannotRunError):  # where it was broken, the folder is likely the same
            settings = parsed(configuration.decode(errors="replace"))
            folder = playbooks_folder(settings.get("plugins"))
    path = _path_in(repository, folder)
    with tempfile.TemporaryDirectory(prefix="playbooks-") as copy:
        left_out = copy_handbook(repository, commit, path, Path(copy))
        return read_side(Path(copy), folder, left_out)


def _path_in(repository: Repository, folder: Path) -> str:
    """The path of the handbook's folder from the root of the repository."""
    inside = (
        os.path.relpath(folder, repository.root) if folder.is_absolute() else repository.prefix + str(folder)
    )
    path = os.path.normpath(inside).replace(os.sep, "/")
    if path.startswith(".."):
        raise CannotRunError(f"{folder}: is outside this git repository, which knows nothing of its past")
    return "" if path == "." else path


COMMANDS = (diff_command,)
