"""What the commands share: how they fail, what they write, and how they name it."""

import os
import shutil
from pathlib import Path

import click

from playbook_press.report import printable


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


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or leave it as it was. CannotRunError where it cannot be written."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no place to be moved to
            path.write_bytes(content)
            return
        target = path.resolve()  # what a link leads to, so that it stays a link
        here = Path.cwd().resolve()
        if (
            path.is_symlink()
            and path.parent.resolve().is_relative_to(here)
            and not target.is_relative_to(here)
        ):
            # It may have come with a stranger's change.
            raise CannotRunError(f"{path}: a link that leads to {target}: name that, or delete the link")
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
