"""`playbooks export`: a tree of plain Markdown that other site engines build."""

from collections.abc import Iterator
from pathlib import Path

import click

from playbook_press.cli.common import CannotRunError, relative
from playbook_press.cli.handbooks import cache_folder, require_clean_handbook
from playbook_press.cli.mkdocs_yml import CONFIGURATION, configured_folder, has_sheets, setting
from playbook_press.cli.replacing import replacing
from playbook_press.export.configuration import ConfigurationError, left_out, settings_of, text_of
from playbook_press.export.tree import Origin, tree
from playbook_press.history import last_changed
from playbook_press.paper.formats import PaperError
from playbook_press.paper.press import print_all
from playbook_press.shelf import kept_in

MARKER = ".playbooks-export"
_MARKED = "`playbooks export` made this folder, and makes it anew the next time: keep nothing else in it.\n"
_PARTS = frozenset({"docs", "overrides", "mkdocs.yml", MARKER, "site", ".cache"})
"""What is in a tree, and what the engines leave there that build it."""


@click.command("export")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--sheets/--no-sheets", default=None, help="With or without what is printed; as the site, if not said."
)
def export_command(folder: Path, *, sheets: bool | None) -> None:
    """Write the handbook as plain Markdown for another site engine.

    DIR gets an mkdocs.yml that needs no plugin of the press: MkDocs with Material builds it, and so
    does Zensical. DIR is a new or an empty folder, or one that an earlier export made.
    """
    library = require_clean_handbook().library
    target = folder.resolve()
    _check(target, folder)
    try:
        settings = settings_of(CONFIGURATION.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"{CONFIGURATION}: cannot be read: {error}") from None
    except ConfigurationError as error:
        raise CannotRunError(f"{CONFIGURATION}: {error}") from None
    content = Path(str(settings.get("docs_dir") or "docs"))
    for source in (content, configured_folder()):
        if target.is_relative_to(source.resolve()):
            raise CannotRunError(
                f"{folder}: is inside {source}, which the handbook is made from: choose another"
            )
    wants_sheets = sheets if sheets is not None else has_sheets(setting("plugins"))
    named = (library, text_of(settings, "site_name"), text_of(settings, "site_url"))
    origin = Origin(
        library,
        settings,
        dict(_written(content)),
        has_sheets=wants_sheets,
        prints=print_all(*named) if wants_sheets else (),
        changed={Path(name).stem: when for name, when in last_changed(configured_folder()).items()},
    )
    try:
        pages = _write(origin, target)
    except PaperError as error:
        raise CannotRunError(str(error)) from None
    click.echo(f"{pages} pages in {relative(target)}")
    for name in left_out(settings):
        click.echo(f"left out: {name}, which the tree does without")


def _is_ours(folder: Path) -> bool:
    """Whether a folder is a tree, and holds nothing else."""
    return (folder / MARKER).is_file() and all(path.name in _PARTS for path in folder.iterdir())


def _check(target: Path, shown: Path) -> None:
    """CannotRunError where there is something in a folder that no export made."""
    try:
        if target.exists() and not target.is_dir():
            raise CannotRunError(f"{shown}: is no folder")
        is_foreign = target.is_dir() and any(target.iterdir()) and not _is_ours(target)
    except OSError as error:
        raise CannotRunError(f"{shown}: cannot be read: {error.strerror}") from None
    if is_foreign:
        raise CannotRunError(f"{shown}: holds files that no export made: choose a new or an empty folder")


def _written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The files of the folder of pages; those whose names start with a dot are none of the site's."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if any(part.startswith(".") for part in inside.parts) or not path.is_file():
            continue
        if not path.resolve().is_relative_to(root):
            raise CannotRunError(f"{path}: leads out of {folder}: put the file itself there")
        try:
            yield inside.as_posix(), path.read_bytes()
        except OSError as error:
            raise CannotRunError(f"{path}: cannot be read: {error.strerror}") from None


def _write(origin: Origin, target: Path) -> int:
    """Write a tree in the place of the old one; returns how many pages it has."""
    pages = 0
    with replacing(target, _is_ours) as made, kept_in(cache_folder() / "paper"):
        for name, content in tree(origin):
            path = made.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            pages += name.endswith(".md")
        (made.folder / MARKER).write_text(_MARKED, encoding="utf-8")
    return pages


COMMANDS = (export_command,)
