"""Measures the linter, the plugin and the printer against their peers, and prints one table.

    python benchmarks/run.py [lint] [known] [build] [sheets] [finder] [--rounds 3] [--playbooks N]

Exits with 1 where a target is missed. README.md says what each row means.
"""

import argparse
import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import yaml

from corpus import write_corpus

_HERE = Path(__file__).resolve().parent
_PROJECT = _HERE.parent
_COMMANDS = Path(sys.executable).parent
_ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONHASHSEED": "0"}
# Linux counts the peak in KiB, macOS in bytes.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_MEGABYTE = 1_000_000


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
                env={**_ENVIRONMENT, **variables},
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


def lint_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """`playbooks lint` against check-jsonschema and yamllint on the same files."""
    files = [path.relative_to(folder) for path in write_corpus(folder / "playbooks", playbooks)]
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\n", encoding="utf-8")
    Command([_COMMANDS / "playbooks", "schema"], folder).run()
    schema = Path("playbooks") / "playbook.schema.json"
    ours = Command([_COMMANDS / "playbooks", "lint", "--no-cache", "playbooks"], folder)
    check_jsonschema: list[str | Path] = [_COMMANDS / "check-jsonschema", "--schemafile", schema]
    yamllint: list[str | Path] = [_COMMANDS / "yamllint", "-d", "relaxed"]
    ours.run()  # so that nobody's bytecode is compiled while it is timed
    for peer in (check_jsonschema, yamllint):
        Command([*peer, files[0]], folder).run()
    lint, jsonschema_run, yamllint_run = alternate(
        [ours, Command([*check_jsonschema, *files], folder), Command([*yamllint, *files], folder)], rounds
    )
    what = f"lint, {playbooks} files"
    # With the C parser, check-jsonschema is three times as fast, though installing it does not bring it along.
    parser = "C" if find_spec("_ruamel_yaml") else "pure Python"
    yield _faster(f"{what}: against check-jsonschema, {parser} parser", lint, jsonschema_run, 5)
    yield _faster(f"{what}: against yamllint", lint, yamllint_run, 20)
    yield Row(
        f"{what}: peak memory, against check-jsonschema",
        f"{lint.peak / _MEGABYTE:.0f} MB",
        f"{jsonschema_run.peak / _MEGABYTE:.0f} MB",
        f"{lint.peak / jsonschema_run.peak:.1f} × the peer’s",
        "under 200 MB",
        lint.peak < 200 * _MEGABYTE,
    )


def known_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """`playbooks lint` on files that it has read before, against reading them all."""
    write_corpus(folder / "playbooks", playbooks)
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\n", encoding="utf-8")
    # The findings do not matter here, and at this number two made-up sentences may be alike.
    command: list[str | Path] = [_COMMANDS / "playbooks", "lint", "--exit-zero"]
    first = Command(command, folder).run()
    [again] = alternate([Command(command, folder)], rounds)
    what = f"lint, {playbooks} files that are known"
    yield _faster(f"{what}: against reading them", again, first, 5)
    yield Row(f"{what}", f"{again.seconds:.2f} s", "", "", "under 2 s", again.seconds < 2)  # noqa: PLR2004 (the target)
    megabytes = again.peak / _MEGABYTE
    yield Row(f"{what}: peak memory", f"{megabytes:.0f} MB", "", "", "under 400 MB", megabytes < 400)  # noqa: PLR2004 (the target)


def _faster(name: str, ours: Run, peer: Run, target: int) -> Row:
    ratio = peer.seconds / ours.seconds
    return Row(
        name,
        f"{ours.seconds:.2f} s",
        f"{peer.seconds:.2f} s",
        f"{ratio:.1f} × faster",
        f"{target} × or more",
        ratio >= target,
    )


def build_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """`mkdocs build` with the plugin, against the same pages as plain Markdown without it.

    The cheat sheets are left out: a build of plain Markdown prints none.
    """
    ours, plain = folder / "with", folder / "plain"
    write_corpus(ours / "playbooks", playbooks)
    shutil.copytree(_PROJECT / "content", ours / "content")
    settings = _site_settings()
    options = _plugin_options(settings["plugins"])
    others = [plugin for plugin in settings["plugins"] if plugin != {"playbooks": options}]
    with_plugin = {
        **settings,
        "plugins": [*others, {"playbooks": {**options, "folder": "playbooks", "sheets": False}}],
    }
    dumping = {**with_plugin, "hooks": [str(_HERE / "dump_pages.py")]}
    (plain / "content").mkdir(parents=True)
    _write_settings(ours, dumping)
    _build(ours).run(BENCHMARK_DUMP=str(plain))
    _write_settings(ours, with_plugin)
    dumped = yaml.unsafe_load((plain / "plain.yml").read_text(encoding="utf-8"))
    _write_settings(plain, {**settings, "plugins": others, **dumped})
    _build(plain).run()
    pages = _pages(ours)
    if pages != _pages(plain):
        raise SystemExit(f"the two sites differ in their pages: {sorted(pages ^ _pages(plain))[:10]}")
    with_run, plain_run = alternate([_build(ours), _build(plain)], rounds)
    ratio = with_run.seconds / plain_run.seconds
    yield Row(
        f"build, {playbooks} playbooks, {len(pages)} pages: against plain Markdown",
        f"{with_run.seconds:.2f} s",
        f"{plain_run.seconds:.2f} s",
        f"{ratio - 1:+.1%} time",
        "+10 % or less",
        ratio <= 1.1,  # noqa: PLR2004 (the target)
    )


def sheet_rows(folder: Path, _: int, rounds: int) -> Iterator[Row]:
    """The cheat sheets of the project's own handbook, against WeasyPrint and Chromium."""
    engines = ("press", "weasyprint", "chromium")
    times: dict[str, list[list[float]]] = {engine: [] for engine in engines}
    for turn in range(1, rounds + 1):
        for engine in engines:
            Command([sys.executable, _HERE / "print_sheets.py", engine, folder], _PROJECT).run()
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
    write_corpus(folder / "playbooks", playbooks)
    shutil.copytree(_PROJECT / "content", folder / "content")
    settings = _site_settings()
    options = _plugin_options(settings["plugins"])
    others = [plugin for plugin in settings["plugins"] if plugin != {"playbooks": options}]
    ours = {"playbooks": {**options, "folder": "playbooks", "sheets": False}}
    _write_settings(folder, {**settings, "plugins": [*others, ours]})
    _build(folder).run()
    runs: list[list[float]] = []
    lines = 0
    for turn in range(1, rounds + 1):
        Command(
            [sys.executable, _HERE / "find_lines.py", folder / "site", folder / "times.json"], folder
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


def _site_settings() -> dict[str, Any]:
    """The project's mkdocs.yml, not strict: its hand-written pages name playbooks that are not here."""
    # The file is the project's own, and MkDocs reads Python names in it the same way.
    settings: dict[str, Any] = yaml.unsafe_load((_PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    plugins = settings["plugins"]
    if isinstance(plugins, dict):
        plugins = [{name: options} if options else name for name, options in plugins.items()]
    plugins = [{"playbooks": {}} if plugin == "playbooks" else plugin for plugin in plugins]
    return {**settings, "strict": False, "docs_dir": "content", "plugins": plugins}


def _plugin_options(plugins: Sequence[Any]) -> dict[str, Any]:
    for plugin in plugins:
        if isinstance(plugin, dict) and "playbooks" in plugin:
            options: dict[str, Any] = plugin["playbooks"] or {}
            return options
    raise SystemExit("mkdocs.yml does not name the plugin `playbooks`")


def _write_settings(folder: Path, settings: dict[str, Any]) -> None:
    (folder / "mkdocs.yml").write_text(yaml.dump(settings, sort_keys=False), encoding="utf-8")


def _build(folder: Path) -> Command:
    return Command([_COMMANDS / "mkdocs", "build", "--quiet", "--clean"], folder)


def _pages(folder: Path) -> set[Path]:
    site = folder / "site"
    return {path.relative_to(site) for path in site.rglob("*.html")}


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


SUITES: dict[str, tuple[Callable[[Path, int, int], Iterator[Row]], int]] = {
    "lint": (lint_rows, 1_000),
    "known": (known_rows, 10_000),
    "build": (build_rows, 150),
    "sheets": (sheet_rows, 0),
    "finder": (finder_rows, 334),
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
