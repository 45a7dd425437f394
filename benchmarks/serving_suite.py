"""How many requests a server answers with what was compressed beforehand, against compressing on each request."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from measuring import COMMANDS, HERE, PROJECT, Command, Row

_CODINGS = {"gzip": 3, "br": 5}
"""Each with how many times as many requests are to be answered."""
_WAYS = ("beforehand", "each-time")


def serving_rows(folder: Path, _: int, rounds: int) -> Iterator[Row]:
    """The home page of the project's own handbook, from nginx on the loopback, asked for by wrk."""
    site, told = folder / "site", folder / "told"
    Command([COMMANDS / "playbooks", "build", "--compress", "-o", site], PROJECT).run()
    printed = subprocess.run(
        [COMMANDS / "playbooks", "hosting", "nginx", "--brotli", site], check=True, capture_output=True
    )
    told.write_bytes(printed.stdout)
    runs: dict[tuple[str, str], list[dict[str, float]]] = {
        (coding, way): [] for coding in _CODINGS for way in _WAYS
    }
    for turn in range(1, rounds + 1):
        for (coding, way), found in runs.items():
            script: list[str | Path] = [sys.executable, HERE / "serve_pages.py", site, told, coding, way]
            Command([*script, folder / "found.json"], folder).run()
            found.append(json.loads((folder / "found.json").read_text(encoding="utf-8")))
            rate = f"{found[-1]['rate']:.0f} requests a second"
            print(f"round {turn} of {rounds}: {coding} {way}: {rate}", file=sys.stderr)
    for coding, target in _CODINGS.items():
        ours, peer = (
            {figure: median(run[figure] for run in found) for figure in found[0]}
            for found in (runs[coding, way] for way in _WAYS)
        )
        what = f"the home page as {coding}, against compressing on each request"
        more = ours["rate"] / peer["rate"]
        yield Row(
            f"{what}: requests answered",
            f"{ours['rate']:.0f}/s",
            f"{peer['rate']:.0f}/s",
            f"{more:.1f} × as many",
            f"{target} × or more",
            more >= target,
        )
        wait = peer["milliseconds"] / ours["milliseconds"]
        yield Row(
            f"{what}: the median wait",
            f"{ours['milliseconds']:.1f} ms",
            f"{peer['milliseconds']:.1f} ms",
            f"{wait:.1f} × faster",
            f"{target} × or more",
            wait >= target,
        )
        less = ours["bytes"] / peer["bytes"]
        yield Row(
            f"{what}: sent",
            f"{ours['bytes'] / 1000:.1f} KB",
            f"{peer['bytes'] / 1000:.1f} KB",
            f"{less - 1:+.0%} bytes",
            "-5 % or less",
            less <= 0.95,  # noqa: PLR2004 (the target)
        )
