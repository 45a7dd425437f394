"""The linter: against its peers, and on files that it knows."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from corpus import write_corpus
from measuring import COMMANDS, MEGABYTE, Command, Row, alternate, faster


def lint_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """`playbooks lint` against check-jsonschema and yamllint on the same files."""
    files = [path.relative_to(folder) for path in write_corpus(folder / "playbooks", playbooks)]
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\n", encoding="utf-8")
    Command([COMMANDS / "playbooks", "schema"], folder).run()
    schema = Path("playbooks") / "playbook.schema.json"
    ours = Command([COMMANDS / "playbooks", "lint", "--no-cache", "playbooks"], folder)
    check_jsonschema: list[str | Path] = [COMMANDS / "check-jsonschema", "--schemafile", schema]
    yamllint: list[str | Path] = [COMMANDS / "yamllint", "-d", "relaxed"]
    ours.run()  # so that nobody's bytecode is compiled while it is timed
    for peer in (check_jsonschema, yamllint):
        Command([*peer, files[0]], folder).run()
    lint, jsonschema_run, yamllint_run = alternate(
        [ours, Command([*check_jsonschema, *files], folder), Command([*yamllint, *files], folder)], rounds
    )
    what = f"lint, {playbooks} files"
    # With the C parser, check-jsonschema is three times as fast, though installing it does not bring it along.
    parser = "C" if find_spec("_ruamel_yaml") else "pure Python"
    yield faster(f"{what}: against check-jsonschema, {parser} parser", lint, jsonschema_run, 5)
    yield faster(f"{what}: against yamllint", lint, yamllint_run, 20)
    yield Row(
        f"{what}: peak memory, against check-jsonschema",
        f"{lint.peak / MEGABYTE:.0f} MB",
        f"{jsonschema_run.peak / MEGABYTE:.0f} MB",
        f"{lint.peak / jsonschema_run.peak:.1f} × the peer’s",
        "under 200 MB",
        lint.peak < 200 * MEGABYTE,
    )


def known_rows(folder: Path, playbooks: int, rounds: int) -> Iterator[Row]:
    """`playbooks lint` on files that it has read before, against reading them all."""
    write_corpus(folder / "playbooks", playbooks)
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\n", encoding="utf-8")
    # The findings do not matter here, and at this number two made-up sentences may be alike.
    command: list[str | Path] = [COMMANDS / "playbooks", "lint", "--exit-zero"]
    first = Command(command, folder).run()
    [again] = alternate([Command(command, folder)], rounds)
    what = f"lint, {playbooks} files that are known"
    yield faster(f"{what}: against reading them", again, first, 5)
    yield Row(f"{what}", f"{again.seconds:.2f} s", "", "", "under 2 s", again.seconds < 2)  # noqa: PLR2004 (the target)
    megabytes = again.peak / MEGABYTE
    yield Row(f"{what}: peak memory", f"{megabytes:.0f} MB", "", "", "under 400 MB", megabytes < 400)  # noqa: PLR2004 (the target)
