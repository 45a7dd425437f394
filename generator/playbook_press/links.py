"""Links among a handbook's files that lead elsewhere: a stranger's change takes nothing of the machine into a site.

So do links to what is hidden, as the credentials in `.git` are. Pipes and devices are told too: to read one could
take for ever.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def link_in(folder: Path) -> Path | None:
    """A folder that is a link, or the first link right in it: what is written there could end anywhere."""
    if folder.is_symlink():
        return folder
    with suppress(OSError), os.scandir(folder) as entries:
        return min((Path(entry) for entry in entries if entry.is_symlink()), default=None)
    return None


def leading_out(folder: Path, shown: Path, root: Path) -> list[str]:
    """What must not be read of a folder and of those below, a line each.

    That is each link that does not end inside `root`, or ends at what is hidden; each device; and the first folder
    that cannot be read.
    """
    top = os.path.realpath(root)
    found = []
    try:
        for path in _odd(folder):
            name = shown / path.relative_to(folder)
            if not path.is_symlink():
                found.append(f"{name}: neither a file nor a folder: delete it")
            elif not (target := Path(os.path.realpath(path))).is_relative_to(top):
                found.append(f"{name}: leads out of the handbook: put the file itself there")
            elif any(part.startswith(".") for part in target.relative_to(top).parts):
                found.append(f"{name}: leads to what is hidden: put the file itself there")
    except OSError as error:
        name = shown / Path(error.filename or folder).relative_to(folder)
        found.append(f"{name}: cannot be read: {error.strerror}")
    return found


def _odd(folder: Path) -> Iterator[Path]:
    """What is in a folder and in those below, and is neither a file nor a folder itself."""
    if folder.is_symlink():
        yield folder
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_symlink():
                yield Path(entry)
            elif entry.is_dir():
                yield from _odd(Path(entry))
            elif not entry.is_file():
                yield Path(entry)
