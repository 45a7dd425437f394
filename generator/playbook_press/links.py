"""Links among a handbook's files that lead elsewhere: a stranger's change takes nothing of the machine into a site."""

import os
from collections.abc import Iterator
from pathlib import Path


def leading_out(folder: Path, shown: Path, root: Path) -> list[str]:
    """A line for each link in a folder, and in those below, that does not end inside `root`."""
    top = os.path.realpath(root)
    return [
        f"{shown / link.relative_to(folder)}: leads out of the handbook: put the file itself there"
        for link in _links(folder)
        if not Path(os.path.realpath(link)).is_relative_to(top)
    ]


def _links(folder: Path) -> Iterator[Path]:
    if folder.is_symlink():
        yield folder
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_symlink():
                yield Path(entry)
            elif entry.is_dir():
                yield from _links(Path(entry))
