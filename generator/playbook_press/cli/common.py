"""What the commands share: how they fail, what they write, and how they name it."""

import os
import shutil
import sys
from pathlib import Path
from typing import TextIO

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


def write_whole(path: Path, content: bytes, root: Path | None = None) -> None:
    """Write a file, or leave it as it was. CannotRunError where it cannot be written.

    Neither is it where a link in `root`, which is the folder here by default, leads out of that or to what is hidden
    in it: the link may have come with a stranger's change.
    """
    try:
        if path.exists() and not path.is_file():  # a device or a pipe has no place to be moved to
            path.write_bytes(content)
            return
        if (stream := _stream_to(path)) is not None:
            stream.flush()
            stream.buffer.write(content)
            stream.buffer.flush()
            return
        target = Path(os.path.realpath(path))  # what a link leads to, so that it stays a link
        if _leads_astray(path, target, (root or Path.cwd()).resolve()):
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


def _stream_to(path: Path) -> TextIO | None:
    """The stream of this process that goes into a file already, as into /dev/stdout: to move another there would lose it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if path.exists() and os.path.samestat(path.stat(), os.fstat(stream.fileno())):
                return stream
        except (OSError, ValueError):  # it is closed, or no file
            continue
    return None


def _leads_astray(path: Path, target: Path, root: Path) -> bool:
    named = Path(os.path.abspath(path))  # noqa: PTH100 (it leaves links as they are)
    if target.is_symlink():  # it leads to itself
        return True
    if named == target or not named.is_relative_to(root):
        return False
    if not target.is_relative_to(root):
        return True
    hidden = {part for part in target.relative_to(root).parts if part.startswith(".")}
    return not hidden <= set(named.parts)


def relative(path: Path) -> Path:
    """A path as a person here would type it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
