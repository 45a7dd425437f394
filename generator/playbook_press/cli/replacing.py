"""A folder that takes the place of another in one step, so that there is always one that is whole."""

import ctypes
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from playbook_press.cli.common import CannotRunError

if sys.platform != "win32":
    import fcntl

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NEW, _OLD, _LOCK = "new", "old", "lock"


class Replacement(NamedTuple):
    """A folder that is being made."""

    folder: Path
    """Where to make it; it is not there yet."""
    lock: int
    """The descriptor of an open file: a process that has it keeps others from clearing the folder away."""


@contextmanager
def replacing(output: Path, is_ours: Callable[[Path], bool]) -> Iterator[Replacement]:
    """Put what is made in the block in the place of `output`, when the block ends without an exception.

    Until then `output` stays as it is, whatever happens. `is_ours` tells whether a folder that is there
    may go; an empty one always may. CannotRunError where it may not, or where nothing can be written.
    """
    output = output.resolve() if output.is_symlink() else output.absolute()
    try:
        _clear_away(output)
        if output.exists() and not output.is_dir():
            raise CannotRunError(f"{output}: cannot be written: it is a file")
        if output.is_dir() and any(output.iterdir()) and not is_ours(output):
            raise CannotRunError(
                f"{output}: is not empty, and was not built here: name another folder, or empty it"
            )
        output.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
        lock = _locked(work / _LOCK)
    except OSError as error:
        raise CannotRunError(
            f"{error.filename or output}: cannot be written: {error.strerror or error}"
        ) from None
    try:
        yield Replacement(work / _NEW, lock)
        _put(work / _NEW, output, work / _OLD)
    except OSError as error:
        raise CannotRunError(
            f"{error.filename or output}: cannot be written: {error.strerror or error}"
        ) from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(lock)


def _put(new: Path, output: Path, old: Path) -> None:
    """Put a folder in the place of another, which is left where the first one was or moves aside."""
    if not output.exists():
        new.rename(output)
    elif not _exchange(new, output):
        # A build that is killed in between leaves the old one beside: the next one puts it back.
        output.rename(old)
        new.rename(output)


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders take each other's place in one step; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or long ago
        return False
    paths = (os.fsencode(first), os.fsencode(second))
    return bool(renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


def _locked(path: Path) -> int:
    lock = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    if sys.platform != "win32":
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _clear_away(output: Path) -> None:
    """Remove what killed builds have left beside a folder, which is put back where it is missing."""
    for work in output.parent.glob(f".{output.name}-*/"):
        if not _is_left_alone(work / _LOCK):
            continue
        if (work / _OLD).is_dir() and not output.exists():
            (work / _OLD).rename(output)
        shutil.rmtree(work, ignore_errors=True)


def _is_left_alone(path: Path) -> bool:
    """Whether a lock is there, and no process has it."""
    if sys.platform == "win32":
        return False
    try:
        lock = os.open(path, os.O_RDWR)
    except OSError:
        return False
    try:
        with suppress(OSError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
    finally:
        os.close(lock)
