"""The build and the preview, beside MkDocs on the same pages as plain Markdown."""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from measuring import COMMANDS, HERE, MEGABYTE, Command, Row, alternate, every_core
from sites import build_command, write_handbook

_CACHE = ".playbooks-cache"


def build_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """`mkdocs build` with the plugin, cold and warm, against the exported tree without it: the work, and the wait."""
    ours, tree = _handbook_and_tree(folder, playbooks)
    work: list[list[float]] = []
    wait: list[list[float]] = []
    for _ in range(rounds):
        shutil.rmtree(ours / _CACHE, ignore_errors=True)
        work.append(
            [run.seconds for run in alternate([build_command(where) for where in (ours, ours, tree)], 1)]
        )
        shutil.rmtree(ours / _CACHE)
        wait.append([_by_the_clock(build_command(where)) for where in (ours, ours, tree)])
    what = f"build, {playbooks} playbooks"
    cores = f"by the clock on {os.cpu_count()} cores"
    for turns, how in ((wait, cores), (work, "work of the processor")):
        cold, warm, plain = map(median, zip(*turns, strict=True))
        yield _against_mkdocs(f"{what}, nothing known, {how}", cold, plain, 1.05)
        yield _against_mkdocs(f"{what}, all known, {how}", warm, plain, 0.5)


def _by_the_clock(command: Command) -> float:
    """How many seconds pass until a command has ended, with every core."""
    with every_core():
        began = time.monotonic()
        command.run()
        seconds = time.monotonic() - began
    print(f"by the clock in {command.folder.name}: {seconds:.2f} s", file=sys.stderr)
    return seconds


def growth_rows(folder: Path, playbooks: int, _: int) -> Iterator[Row]:
    """A build of a tenth of the playbooks, and of all."""
    sizes = (playbooks // 10, playbooks)
    runs = []
    for size in sizes:
        write_handbook(folder / str(size), size)
        runs += alternate([build_command(folder / str(size))], 1)
    few, many = (run.seconds / size * 1000 for run, size in zip(runs, sizes, strict=True))
    yield Row(
        f"build, a playbook of {sizes[1]}: against one of {sizes[0]}",
        f"{many:.0f} ms",
        f"{few:.0f} ms",
        f"{many / few:.2f} × the time",
        "1.2 × or less",
        many / few <= 1.2,  # noqa: PLR2004 (the target)
    )
    peak = runs[1].peak / MEGABYTE
    is_met = peak < 1000  # noqa: PLR2004 (the target)
    yield Row(f"build, {sizes[1]} playbooks: peak memory", f"{peak:.0f} MB", "", "", "under 1 GB", is_met)


def preview_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """From the writing of a playbook until Chromium shows it, against `mkdocs serve` on the exported tree."""
    ours, tree = _handbook_and_tree(folder, playbooks)
    page = min((ours / "playbooks").glob("*.yml")).stem
    edits: tuple[tuple[Path, str, list[str | Path], int], ...] = (
        (ours, f"playbooks/{page}.yml", [COMMANDS / "playbooks", "serve", "-a"], rounds),
        (tree, f"docs/playbooks/{page}.md", [COMMANDS / "mkdocs", "serve", "--quiet", "-a"], 1),
    )
    seconds = []
    for where, file, server, times in edits:
        follow = [sys.executable, HERE / "follow_writer.py", f"playbooks/{page}/", file, str(times), *server]
        with every_core():
            Command(follow, where).run()
        seconds.append(json.loads((where / "seconds.json").read_text(encoding="utf-8")))
    mine, theirs = seconds
    yield Row(
        f"preview, {playbooks} playbooks: from an edit until the browser shows it",
        f"{mine:.2f} s",
        f"{theirs:.1f} s",
        f"{theirs / mine:.0f} × faster",
        "1.0 s or less",
        mine <= 1,
    )


def _handbook_and_tree(folder: Path, playbooks: int) -> tuple[Path, Path]:
    """A handbook, and what `playbooks export` makes of it; the peer is not strict about what is not there."""
    ours, tree = folder / "ours", folder / "tree"
    write_handbook(ours, playbooks)
    Command([COMMANDS / "playbooks", "export", tree, "--no-sheets"], ours).run()
    shutil.rmtree(ours / _CACHE, ignore_errors=True)
    return ours, tree


def _against_mkdocs(name: str, ours: float, plain: float, target: float) -> Row:
    ratio = ours / plain
    return Row(
        f"{name}: against MkDocs on the exported tree",
        f"{ours:.1f} s",
        f"{plain:.1f} s",
        f"{ratio:.2f} × the time",
        f"{target} × or less",
        ratio <= target,
    )
