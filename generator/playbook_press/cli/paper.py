"""`playbooks sheet`, `playbooks cards` and `playbooks worksheet`: what is printed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal

import click

from playbook_press.cli.common import CannotRunError, require_clean_handbook, setting, site_url
from playbook_press.lint import lint
from playbook_press.load import Handbook, HandbookError, read_fillings
from playbook_press.model import Fillings, Library
from playbook_press.paper.printer import Options, Printer
from playbook_press.paper.typesetting import PAPERS, PaperError
from playbook_press.report import as_text
from playbook_press.rules import did_you_mean

_paper = click.option(
    "--paper", type=click.Choice(sorted(PAPERS)), default="a4", show_default=True, help="What to print on."
)
_output = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder to write to; by default this one.",
)
_fill = click.option(
    "--fill",
    type=click.Path(path_type=Path),
    help="A YAML or JSON file with what goes into the blanks.",
)


@click.command("sheet")
@click.argument("contexts", nargs=-1, metavar="[CONTEXT]...")
@click.option("--all", "every", is_flag=True, help="Print the sheet of every context.")
@_paper
@click.option(
    "--sides", type=click.Choice(["1", "2"]), default="2", show_default=True, help="How many sides to fill."
)
@click.option("--large-print", is_flag=True, help="Print in 14 points, on as many sides as it takes.")
@_fill
@_output
def sheet_command(
    contexts: tuple[str, ...],
    *,
    every: bool,
    paper: str,
    sides: Literal["1", "2"],
    large_print: bool,
    fill: Path | None,
    output: Path,
) -> None:
    """Print the cheat sheet of a context as a PDF.

    Writes CONTEXT.pdf for each context that is named.
    """
    library = require_clean_handbook().library
    names = _names(contexts, library.contexts, every=every, what="context")
    options = Options(PAPERS[paper], 1 if sides == "1" else 2, large_print)
    printer = Printer(library, _site_name(), site_url(), options, _fillings(fill, library))

    def print_one(name: str) -> bytes:
        return printer.print(printer.sheet(name))

    _write(names, print_one, output)


def _names(
    given: tuple[str, ...], known: Mapping[str, Any], *, every: bool, what: Literal["context", "worksheet"]
) -> list[str]:
    """What to print; CannotRunError where nothing is named, or something that is not there."""
    if every:
        return list(known)
    listed = f"the {what}s are {', '.join(known)}" if known else f"this handbook has no {what}s"
    if not given:
        raise CannotRunError(f"name a {what}, or use --all: {listed}")
    for name in given:
        if name not in known:
            raise CannotRunError(f"there is no {what} `{name}`: {did_you_mean(name, known, 'there are')}")
    return list(dict.fromkeys(given))


def _site_name() -> str:
    return str(setting("site_name") or "")


def _fillings(path: Path | None, library: Library) -> Fillings:
    """What goes into the blanks; CannotRunError says all that is wrong with the file."""
    if path is None:
        return Fillings()
    try:
        document = read_fillings(path)
    except HandbookError as error:
        raise CannotRunError(str(error)) from None
    handbook = Handbook(path.parent, [document], [])
    if findings := lint(handbook):
        click.echo(as_text(findings, handbook, click.style), err=True)
        raise CannotRunError(f"{path}: cannot be filled in as it is")
    fillings: Fillings = document.value
    unknown = [
        *((("slots", name), "slot", name, library.slots) for name in fillings.slots),
        *((("worksheets", name), "worksheet", name, library.worksheets) for name in fillings.worksheets),
    ]
    wrong = []
    for location, what, name, known in unknown:
        if name not in known:
            line, column = document.line_and_column(document.where(location, key=True).start)
            wrong.append(
                f"{path}:{line}:{column}: there is no {what} `{name}`: {did_you_mean(name, known, 'there are')}"
            )
    if wrong:
        raise CannotRunError("\n".join(wrong))
    return fillings


def _write(names: list[str], print_one: Callable[[str], bytes], output: Path) -> None:
    """Write a PDF for each name, once all have been printed."""
    try:
        printed = {name: print_one(name) for name in names}
    except PaperError as error:
        raise CannotRunError(str(error)) from None
    for name, pdf in printed.items():
        path = output / f"{name}.pdf"
        try:
            output.mkdir(parents=True, exist_ok=True)
            # Written beside and moved, so that there is never half a sheet.
            unfinished = path.with_suffix(".pdf.part")
            unfinished.write_bytes(pdf)
            unfinished.replace(path)
        except OSError as error:
            raise CannotRunError(f"{path}: cannot be written: {error.strerror or error}") from None
        click.echo(path)


COMMANDS = (sheet_command,)
