"""Runs the command over the worst inputs, and tells which take longest and which hold most.

    python fuzz/measure.py [WORD …] [--most 15]

Exits with 1 where one breaks, or takes more than 2 s of the processor or 500 MB of memory. With words, only the
inputs whose names hold one of them.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from worst_inputs import worst_inputs

_HERE = Path(__file__).parent
GOOD = _HERE.parent / "tests/good"
COMMAND = Path(sys.executable).with_name("playbooks")
MOST_SECONDS, MOST_MEMORY = 2.0, 500_000_000
"""What a run may take of the processor, and of memory in bytes."""
_STOPPED_AFTER, _ADDRESSES = 20, 4_000_000_000
"""What a run is stopped at: so much processor time in seconds, so much address space in bytes."""
WAYS: Mapping[str, Sequence[str | Path]] = {
    "lint": (COMMAND, "lint"),
    "sarif": (COMMAND, "lint", "--format", "sarif"),
    "fix": (COMMAND, "lint", "--fix", "--unsafe-fixes"),
    "write": (sys.executable, _HERE / "write_texts.py", "playbooks/hostile.yml"),
}
"""What is done to a file: it is linted, twice, mended, and its texts are written in every way that pages need."""


class Measured(NamedTuple):
    """What a run of the command took, and what it said."""

    seconds: float
    """Of the processor, in the process and in the system."""
    memory: int
    """The most that it held, in bytes."""
    exit_code: int
    """Negative where a signal ended it."""
    output: str

    @property
    def trouble(self) -> str:
        """What was wrong, if anything was, but for how long it took."""
        if self.exit_code not in {0, 1, 2}:
            return f"exit code {self.exit_code}: {self.output[-500:]}"
        if "Traceback" in self.output or "Error:" in self.output:
            return self.output[-500:]
        if self.memory > MOST_MEMORY:
            return f"{self.memory // 1_000_000} MB"
        return ""


def write_handbook(folder: Path) -> None:
    """Write the good handbook, to put an input into."""
    shutil.copytree(GOOD, folder / "playbooks")
    (folder / "mkdocs.yml").write_text("site_name: Good\nplugins: [playbooks]\n", encoding="utf-8")


def measure(folder: Path, way: str, content: bytes) -> Measured:
    """Run the command once over a file in a handbook, within limits."""
    shutil.rmtree(folder / ".playbooks-cache", ignore_errors=True)
    (folder / "playbooks/hostile.yml").write_bytes(content)
    report = folder / "report.json"
    limits = (str(_STOPPED_AFTER), str(_ADDRESSES))
    run = [sys.executable, "-I", "-S", _HERE / "run_limited.py", report, *limits, *WAYS[way]]
    ran = subprocess.run(  # noqa: S603 (what is run is all ours)
        run, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True
    )
    taken = json.loads(report.read_text(encoding="utf-8"))
    return Measured(**taken, output=ran.stdout.decode(errors="replace"))


def measured(words: Sequence[str]) -> Iterator[tuple[str, Measured]]:
    """Every input with a name that holds one of the words, in every way."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_handbook(folder)
        for what, content in worst_inputs(lambda name: not words or any(word in name for word in words)):
            for way in WAYS:
                yield f"{way}: {what}", measure(folder, way, content)


def main() -> None:
    """Measure, and print the worst of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--most", type=int, default=15)
    options = parser.parse_args()
    found: list[tuple[str, Measured]] = []
    bad = 0
    for name, one in measured(options.words):
        print(f"{one.seconds:6.2f} s {one.memory // 1_000_000:4} MB  {name} {one.trouble}", file=sys.stderr)
        bad += bool(one.trouble or one.seconds > MOST_SECONDS)
        found.append((name, one._replace(output="")))  # what this process holds is counted for the next run
    for title, field in (("longest", "seconds"), ("most memory", "memory")):
        print(f"{title}:")
        for name, one in sorted(found, key=lambda pair: getattr(pair[1], field), reverse=True)[
            : options.most
        ]:
            print(f"{one.seconds:8.2f} s {one.memory // 1_000_000:4} MB  {name}")
    print(f"{len(found)} runs, {bad} over the limits")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
