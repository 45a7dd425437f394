"""What the commands share: how they fail, and which handbook they mean."""

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from playbook_press.cache import FOLDER
from playbook_press.compose import compose
from playbook_press.document import Document
from playbook_press.load import File, Handbook, HandbookError, files_of, is_yaml
from playbook_press.report import as_text, printable, summary
from playbook_press.settings import Settings, SettingsError, read_settings
from playbook_press.survey import Memory, survey

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


def require_clean_handbook() -> Handbook:
    """Read the handbook; stop with the linter's findings where it has errors."""
    return _clean_handbook(None, Memory())


def require_clean_files() -> None:
    """Do the same with what is known of the files, without reading those again that are known."""
    _clean_handbook(FOLDER, None)


def _clean_handbook(cache: Path | None, memory: Memory | None) -> Handbook:
    folder = configured_folder()
    files, _ = files_for((folder, []))
    found = survey(folder, files, site_url(), settings(), cache, memory=memory)
    handbook, findings = found.handbook, found.findings
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
    return playbooks_folder(setting("plugins"))


def playbooks_folder(plugins: object) -> Path:
    """The folder of playbooks that the plugins of an mkdocs.yml name."""
    return Path(str(plugin_options(plugins).get("folder") or "playbooks"))


def plugin_options(plugins: object) -> Mapping[str, object]:
    """What the plugins of an mkdocs.yml say to the plugin `playbooks`."""
    for plugin in plugins if isinstance(plugins, tuple) else (plugins,):
        if isinstance(plugin, dict) and isinstance(plugin.get("playbooks"), dict):
            options: Mapping[str, object] = plugin["playbooks"]
            return options
    return {}


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
    return settings_in(CONFIGURATION).get(name)


def settings_in(path: Path, shown: Path = CONFIGURATION) -> Mapping[str, object]:
    """All settings of an mkdocs.yml, which a person knows as `shown`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"{shown}: cannot be read: {error}") from None
    return settings_of(text, shown)


def settings_of(text: str, shown: Path = CONFIGURATION) -> Mapping[str, object]:
    """All settings that the text of an mkdocs.yml holds."""
    root, problems = compose(text)
    if root is None and problems:
        line, column = Document(shown, "configuration", text).line_and_column(problems[-1].span.start)
        raise CannotRunError(f"{shown}:{line}:{column}: {problems[-1].message}: {problems[-1].help}")
    settings = root.plain() if root else None
    return settings if isinstance(settings, dict) else {}


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or leave it as it was. CannotRunError where it cannot be written."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no place to be moved to
            path.write_bytes(content)
            return
        target = path.resolve()  # what a link leads to, so that it stays a link
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".playbooks-{os.getpid()}.part")
        try:
            unfinished.write_bytes(content)
            if target.exists():
                shutil.copymode(target, unfinished)
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise CannotRunError(f"{path}: cannot be written: {error.strerror or error}") from None


def relative(path: Path) -> Path:
    """A path as a person here would type it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
