"""A folder that takes the place of another in one step, so that there is always one that is whole."""

import ctypes
import glob
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from playbook_press.cli.common import CannotRunError, relative

if sys.platform != "win32":
    import fcntl

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
_NEW, _OLD, _LOCK = "new", "old", "playbooks.lock"


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
        _check(output, is_ours)
        output.parent.mkdir(parents=True, exist_ok=True)
        work, lock = _begun(output)
    except OSError as error:
        # A file where a folder should be is what is to be moved; a folder of work is nobody's business.
        named = Path(error.filename or output)
        shown = relative(named if output.is_relative_to(named) else output)
        raise CannotRunError(f"{shown}: cannot be written: {error.strerror or error}") from None
    try:
        yield Replacement(work / _NEW, lock)
        _put(work / _NEW, output, work / _OLD)
    except OSError as error:
        made = Path(error.filename or work / _NEW)
        meant = output / made.relative_to(work / _NEW) if made.is_relative_to(work / _NEW) else made
        raise CannotRunError(f"{relative(meant)}: cannot be written: {error.strerror or error}") from None
    finally:
        _throw_away(work)
        os.close(lock)


def _check(output: Path, is_ours: Callable[[Path], bool]) -> None:
    """CannotRunError where there is something that nothing may take the place of."""
    shown = relative(output)
    if output.exists() and not output.is_dir():
        raise CannotRunError(f"{shown}: cannot be written: it is a file")
    if os.path.ismount(output):
        raise CannotRunError(
            f"{shown}: cannot be replaced: a disk is mounted there: name a folder in it instead"
        )
    if output.is_dir() and any(output.iterdir()) and not is_ours(output):
        raise CannotRunError(
            f"{shown}: is not empty, and was not built here: name another folder, or empty it"
        )


def _put(new: Path, output: Path, old: Path) -> None:
    """Put a folder in the place of another, which is left where the first one was or moves aside."""
    if _exchange(new, output):
        return
    try:
        new.rename(output)  # where there is none
    except OSError:
        # Another process may have put one there just now.
        if _exchange(new, output):
            return
        # One that is killed in between leaves the old one beside: the next one puts it back.
        output.rename(old)
        try:
            new.rename(output)
        except OSError:
            old.rename(output)
            raise


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders take each other's place in one step; False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or long ago
        return False
    paths = (os.fsencode(first), os.fsencode(second))
    return bool(renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE) == 0)


# A folder of work has a lock in it from its beginning to its end. One whose lock nobody has is what a killed
# process has left; an empty one is what it left before there was a lock, or after.


def _begun(output: Path) -> tuple[Path, int]:
    """Make a folder of work beside a folder, with its lock."""
    while True:
        work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
        # Another process that clears away just now may take it for one that was left.
        with suppress(FileNotFoundError):
            lock = os.open(work / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
            if _is_taken(lock) and (work / _LOCK).exists():
                return work, lock
            os.close(lock)


def _clear_away(output: Path) -> None:
    """Remove what killed processes have left beside a folder, which is put back where it is missing."""
    if sys.platform == "win32":
        return
    for work in output.parent.glob(f".{glob.escape(output.name)}-*/"):
        try:
            lock = os.open(work / _LOCK, os.O_RDWR)
        except OSError:
            with suppress(OSError):
                work.rmdir()
            continue
        if _is_taken(lock):
            if (work / _OLD).is_dir() and not output.exists():
                (work / _OLD).rename(output)
            _throw_away(work)
        os.close(lock)


def _is_taken(lock: int) -> bool:
    """Take a lock; False where another process has it."""
    if sys.platform != "win32":
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _throw_away(work: Path) -> None:
    """Remove a folder of work as far as that can be done, and its lock last."""
    for name in (_NEW, _OLD):
        shutil.rmtree(work / name, ignore_errors=True)
    if not (work / _NEW).exists() and not (work / _OLD).exists():
        shutil.rmtree(work, ignore_errors=True)
