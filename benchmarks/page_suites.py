"""The printed sheets against other engines, and the finder in the browser."""

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from measuring import HERE, PROJECT, Command, Row
from sites import build_command, write_handbook


def sheet_rows(folder: Path, _: int, rounds: int) -> Iterator[Row]:
    """The cheat sheets of the project's own handbook, against WeasyPrint and Chromium."""
    engines = ("press", "weasyprint", "chromium")
    times: dict[str, list[list[float]]] = {engine: [] for engine in engines}
    for turn in range(1, rounds + 1):
        for engine in engines:
            Command([sys.executable, HERE / "print_sheets.py", engine, folder], PROJECT).run()
            times[engine].append(json.loads((folder / f"{engine}.json").read_text(encoding="utf-8")))
            print(f"round {turn} of {rounds}: {engine}: {sum(times[engine][-1]):.0f} ms", file=sys.stderr)
    one = {engine: median(time for run in runs for time in run) for engine, runs in times.items()}
    for engine, target in (("weasyprint", 10), ("chromium", 4)):
        ratio = one[engine] / one["press"]
        yield Row(
            f"a sheet: against {engine}",
            f"{one['press']:.0f} ms",
            f"{one[engine]:.0f} ms",
            f"{ratio:.1f} × faster",
            f"{target} × or more",
            ratio >= target,
        )
    yield Row("a sheet", f"{one['press']:.0f} ms", "", "", "40 ms or less", one["press"] <= 40)  # noqa: PLR2004 (the target)
    every = 2 * median(sum(run) for run in times["press"]) / 1000
    name = f"all {2 * len(times['press'][0])} sheets on both papers, measured and printed"
    yield Row(name, f"{every:.2f} s", "", "", "under 2 s", every < 2)  # noqa: PLR2004 (the target)


def finder_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """A key that is typed into the finder, in Chromium."""
    write_handbook(folder, playbooks)
    build_command(folder).run()
    runs: list[list[float]] = []
    lines = 0
    for turn in range(1, rounds + 1):
        Command(
            [sys.executable, HERE / "find_lines.py", folder / "site", folder / "times.json"], folder
        ).run()
        found = json.loads((folder / "times.json").read_text(encoding="utf-8"))
        lines = found["lines"]
        runs.append(found["times"])
        print(f"round {turn} of {rounds}: finder: {median(runs[-1]):.0f} ms a key", file=sys.stderr)
    keys = [median(times) for times in zip(*runs, strict=True)]
    for name, figure in (("a key", median(keys)), ("the slowest key", max(keys))):
        what = f"finder, {lines} lines: {name} until its result is painted"
        yield Row(what, f"{figure:.0f} ms", "", "", "under 50 ms", figure < 50)  # noqa: PLR2004 (the target)
    page = (folder / "site/scripts/index.html").read_bytes()
    size = len(gzip.compress(page))
    yield Row(
        f"finder, {lines} lines: the page, compressed",
        f"{size / 1000:.0f} KB",
        "",
        "",
        "under 200 KB",
        size < 200_000,  # noqa: PLR2004 (the target)
    )
