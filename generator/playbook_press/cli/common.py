"""What the commands share: how they fail, and which handbook they mean."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from playbook_press.compose import compose
from playbook_press.document import Document
from playbook_press.lint import lint
from playbook_press.load import Handbook, HandbookError, read_handbook
from playbook_press.report import as_text, printable, summary
from playbook_press.settings import Settings, SettingsError, read_settings

CONFIGURATION = Path("mkdocs.yml")


def wants_colour() -> bool | None:
    """False where NO_COLOR is set, which click does not look at; None leaves it to the terminal."""
    return False if os.environ.get("NO_COLOR") else None


class CannotRunError(click.ClickException):
    """What was asked for could not be done at all."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 (the signature is click's)
        """Print each line of the message to the standard error."""
        for line in self.message.splitlines():
            click.secho("error: ", fg="red", bold=True, err=True, nl=False, color=wants_colour())
            click.echo(printable(line), err=True)


def groups(paths: Sequence[Path]) -> list[tuple[Path, list[Path]]]:
    """The handbook folders of the given paths, each with the files to look at; all where none."""
    if not paths:
        return [(configured_folder(), [])]
    groups: dict[Path, list[Path]] = {}
    for given in paths:
        # A path inside vocabulary/ or worksheets/ has its handbook above the current folder.
        path = given if _above(given) or not _above(given.absolute()) else given.absolute()
        if path.is_dir() and path.suffix not in {".yml", ".yaml"}:
            inside = [] if (path / "vocabulary").is_dir() else sorted(path.glob("*.y*ml"))
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


def read(group: tuple[Path, list[Path]]) -> tuple[Handbook, set[Path]]:
    """Read a handbook, and which of its files to look at. CannotRunError where it cannot be read."""
    folder, only = group
    extra = [path for path in only if path.parent != folder and folder not in path.parents]
    try:
        handbook = read_handbook(folder, folder, extra)
    except HandbookError as error:
        raise CannotRunError(str(error)) from None
    known = {document.path for document in handbook.documents}
    missing = [
        f"{path}: {'not a file of the handbook' if path.exists() else 'there is no such file'}"
        for path in only
        if path not in known and not any(line.startswith(f"{path}:") for line in handbook.unreadable)
    ]
    if missing:
        raise CannotRunError("\n".join(missing))
    return handbook, set(only)


def require_clean_handbook() -> Handbook:
    """Read the handbook; stop with the linter's findings where it has errors."""
    folder = configured_folder()
    handbook, _ = read((folder, []))
    findings = lint(handbook, site_url(), settings())
    if findings:
        click.echo(as_text(findings, handbook, click.style), err=True)
        click.echo(summary(findings, handbook), err=True)
    if handbook.unreadable:
        raise CannotRunError("\n".join(handbook.unreadable))
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)
    return handbook


def configured_folder() -> Path:
    """The folder of playbooks that mkdocs.yml names."""
    if not CONFIGURATION.is_file():
        raise CannotRunError("there is no mkdocs.yml here: run this where the handbook's mkdocs.yml is")
    plugins = setting("plugins")
    for plugin in plugins if isinstance(plugins, tuple) else (plugins,):
        if isinstance(plugin, dict) and isinstance(plugin.get("playbooks"), dict):
            return Path(str(plugin["playbooks"].get("folder") or "playbooks"))
    return Path("playbooks")


def settings() -> Settings:
    """Read the linter's settings beside mkdocs.yml. CannotRunError where they cannot be used."""
    try:
        return read_settings(Path())
    except SettingsError as error:
        raise CannotRunError("\n".join(error.args)) from None


def site_url() -> str:
    """The address that mkdocs.yml gives the site, or nothing."""
    return str(setting("site_url") or "")


def setting(name: str) -> object:
    """A setting of mkdocs.yml, read without MkDocs, which takes longer to load than linting does."""
    if not CONFIGURATION.is_file():
        return None
    try:
        text = CONFIGURATION.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"{CONFIGURATION}: cannot be read: {error}") from None
    root, problems = compose(text)
    if root is None and problems:
        line, column = Document(CONFIGURATION, "configuration", text).line_and_column(problems[-1].span.start)
        raise CannotRunError(f"{CONFIGURATION}:{line}:{column}: {problems[-1].message}: {problems[-1].help}")
    settings = root.plain() if root else None
    return settings.get(name) if isinstance(settings, dict) else None


def relative(path: Path) -> Path:
    """A path as a person here would type it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
