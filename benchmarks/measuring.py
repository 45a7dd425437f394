"""Runs and times commands, and prints what comes out as one table."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent
COMMANDS = Path(sys.executable).parent
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
# Linux counts the peak in KiB, macOS in bytes.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
MEGABYTE = 1_000_000


class Run(NamedTuple):
    """What one process took."""

    seconds: float
    """Of the processor: its own time and the system's for it."""
    peak: int
    """The most memory it held, in bytes."""


class Row(NamedTuple):
    """A line of the table."""

    name: str
    figure: str
    peer: str
    ratio: str
    target: str
    met: bool


class Command(NamedTuple):
    """A program to time, and where to run it."""

    arguments: Sequence[str | Path]
    folder: Path

    def run(self, **variables: str) -> Run:
        """Run it once. Raises SystemExit, with what it printed, where it does not end with 0."""
        with tempfile.TemporaryFile() as printed:
            process = subprocess.Popen(
                list(map(str, self.arguments)),
                cwd=self.folder,
                env={**ENVIRONMENT, **variables},
                stdout=printed,
                stderr=subprocess.STDOUT,
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                printed.seek(0)
                lines = printed.read().decode(errors="replace").splitlines()
                raise SystemExit(
                    "\n".join([*lines[-20:], f"failed: {' '.join(map(str, self.arguments[:3]))} …"])
                )
        return Run(usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _PEAK_UNIT)


def pin_to_one_core() -> str:
    """Keep this process and its children on one core; say what has been done."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned to a core: this system cannot"
    core = max(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return "each process pinned to the same one core"


@contextmanager
def every_core() -> Iterator[None]:
    """Let what is run in the block have all cores, where it is several programs that work together."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    one = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    try:
        yield
    finally:
        os.sched_setaffinity(0, one)


def alternate(commands: Sequence[Command], rounds: int) -> list[Run]:
    """The medians of each command, run in turns so that a slow minute slows all of them."""
    runs: list[list[Run]] = [[] for _ in commands]
    for turn in range(1, rounds + 1):
        for runs_so_far, command in zip(runs, commands, strict=True):
            run = command.run()
            runs_so_far.append(run)
            name = f"{Path(command.arguments[0]).name} in {command.folder.name}"
            print(f"round {turn} of {rounds}: {name}: {run.seconds:.2f} s", file=sys.stderr)
    return [
        Run(median(run.seconds for run in of_command), int(median(run.peak for run in of_command)))
        for of_command in runs
    ]


def faster(name: str, ours: Run, peer: Run, target: int) -> Row:
    """How many times faster than a peer; `target` is how many it should be."""
    ratio = peer.seconds / ours.seconds
    return Row(
        name,
        f"{ours.seconds:.2f} s",
        f"{peer.seconds:.2f} s",
        f"{ratio:.1f} × faster",
        f"{target} × or more",
        ratio >= target,
    )


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows in columns, figures to the right."""
    table = [
        ("figure", "ours", "peer", "ratio", "target", "met"),
        *((*row[:5], "yes" if row.met else "NO") for row in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for name, *cells in table:
        print(
            name.ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)),
            sep="  ",
        )
