"""Measures the linter, the plugin and the printer against their peers, and prints one table.

    python benchmarks/run.py [SUITE ...] [--rounds 3] [--playbooks N]

Exits with 1 where a target is missed. README.md says what each row means.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from build_suites import build_rows, growth_rows, preview_rows
from lint_suites import known_rows, lint_rows
from measuring import Row, pin_to_one_core, print_table
from page_suites import finder_rows, sheet_rows
from search_suites import search_rows
from serving_suite import serving_rows

SUITES: dict[str, tuple[Callable[[Path, int, int], Iterator[Row]], int]] = {
    "lint": (lint_rows, 1_000),
    "known": (known_rows, 10_000),
    "build": (build_rows, 300),
    "growth": (growth_rows, 3_000),
    "preview": (preview_rows, 1_000),
    "sheets": (sheet_rows, 0),
    "finder": (finder_rows, 334),
    "search": (search_rows, 3_000),
    "serving": (serving_rows, 0),
}
"""Each suite by its name, with its number of playbooks; the sheets are those of the project's own."""


def main() -> None:
    """Run the suites that the command line names; all of them where it names none."""
    parser = argparse.ArgumentParser(description="Measure the press against its peers.")
    parser.add_argument("suites", nargs="*", metavar="SUITE", help=f"any of: {', '.join(SUITES)}")
    parser.add_argument("--rounds", type=int, default=3, help="how often each command runs (default: 3)")
    parser.add_argument("--playbooks", type=int, help="how many, where it is not to be the target's number")
    arguments = parser.parse_args()
    if unknown := set(arguments.suites) - set(SUITES):
        parser.error(f"there is no suite {', '.join(sorted(unknown))}: there are {', '.join(SUITES)}")
    pinned = pin_to_one_core()
    rows: list[Row] = []
    for name, (suite, playbooks) in SUITES.items():
        if not arguments.suites or name in arguments.suites:
            with tempfile.TemporaryDirectory(prefix="playbook-benchmark-") as temporary:
                folder = Path(temporary) / name
                folder.mkdir()
                rows += suite(folder, arguments.playbooks or playbooks, arguments.rounds)
    print(f"Processor seconds of whole processes, medians of {arguments.rounds} in turns, {pinned}.\n")
    print_table(rows)
    sys.exit(not all(row.met for row in rows))


if __name__ == "__main__":
    main()
