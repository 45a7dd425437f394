"""Which handbook a command means, and its files."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from playbook_press.cache import FOLDER, refusal
from playbook_press.cli.common import CannotRunError
from playbook_press.cli.mkdocs_yml import (
    CONFIGURATION,
    configured_folder,
    content_folder,
    playbooks_folder,
    settings_in,
    site_url,
)
from playbook_press.load import File, Handbook, HandbookError, files_of, is_yaml, pages_in
from playbook_press.report import as_text, summary
from playbook_press.settings import Settings, SettingsError, read_settings
from playbook_press.survey import Memory, survey


def groups(paths: Sequence[Path]) -> list[tuple[Path, list[Path]]]:
    """The handbook folders of the given paths, each with the files to look at; all where none."""
    if not paths:
        return [(configured_folder(), [])]
    groups: dict[Path, list[Path]] = {}
    for given in paths:
        # A path inside vocabulary/ or worksheets/ has its handbook above the current folder.
        path = given if _above(given) or not _above(given.absolute()) else given.absolute()
        if (path / CONFIGURATION).is_file() and not (path / "vocabulary").is_dir():
            path /= playbooks_folder(settings_in(path / CONFIGURATION, path / CONFIGURATION).get("plugins"))
        if path.is_dir() and not is_yaml(path):
            inside = [] if (path / "vocabulary").is_dir() else sorted(filter(is_yaml, path.iterdir()))
            if not inside and not (path / "vocabulary").is_dir():
                raise CannotRunError(f"{path}: no playbooks here: `*.yml` files are looked for")
            groups.setdefault(_folder_of(path), []).extend(inside)
        else:
            groups.setdefault(_folder_of(path), []).append(path)
    return list(groups.items())


def _folder_of(path: Path) -> Path:
    """The handbook that a path belongs to: its own, or the one that mkdocs.yml names."""
    if folder := _above(path):
        return folder
    if CONFIGURATION.is_file():
        return configured_folder()
    raise CannotRunError(
        f"{path}: belongs to no handbook: there is no vocabulary/ above it, and no mkdocs.yml here"
    )


def _above(path: Path) -> Path | None:
    return next((folder for folder in (path, *path.parents) if (folder / "vocabulary").is_dir()), None)


def files_for(group: tuple[Path, list[Path]]) -> tuple[list[File], set[Path]]:
    """The files of a handbook, and which of them to look at. CannotRunError where there are none."""
    folder, only = group
    extra = [path for path in only if path.parent != folder and folder not in path.parents]
    try:
        files = files_of(folder, folder, extra)
    except HandbookError as error:
        raise CannotRunError(str(error)) from None
    known = {file.shown for file in files}
    missing = [
        f"{path}: {'not a file of the handbook' if path.exists() else 'there is no such file'}"
        for path in only
        if path not in known
    ]
    if missing:
        raise CannotRunError("\n".join(missing))
    return files, set(only)


def written_pages(folder: Path) -> frozenset[str] | None:
    """The pages that are written by hand for a handbook, as far as the mkdocs.yml that is here is its own."""
    content = content_folder()
    if content is None or configured_folder().resolve() != folder.resolve():
        return None
    return pages_in(content)


def cache_folder() -> Path:
    """The folder of what is known of the files. CannotRunError where a link is in the way."""
    if why := refusal(FOLDER):
        raise CannotRunError(why)
    return FOLDER


def require_clean_handbook() -> Handbook:
    """Read the handbook; stop with the linter's findings where it has errors."""
    return _clean_handbook(None, Memory())


def require_clean_files() -> None:
    """Do the same with what is known of the files, without reading those again that are known."""
    _clean_handbook(cache_folder(), None)


def _clean_handbook(cache: Path | None, memory: Memory | None) -> Handbook:
    folder = configured_folder()
    files, _ = files_for((folder, []))
    written = written_pages(folder)
    found = survey(folder, files, site_url(), lint_settings(), cache, memory=memory, written=written)
    handbook, findings = found.handbook, found.findings
    if findings:
        click.echo(as_text(findings, handbook, click.style), err=True)
        click.echo(summary(findings, handbook), err=True)
    if handbook.unreadable:
        raise CannotRunError("\n".join(handbook.unreadable))
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)
    return handbook


def lint_settings() -> Settings:
    """Read the linter's settings beside mkdocs.yml. CannotRunError where they cannot be used."""
    try:
        return read_settings(Path())
    except SettingsError as error:
        raise CannotRunError("\n".join(error.args)) from None
