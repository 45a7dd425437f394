"""`playbooks sheet`, `playbooks cards` and `playbooks worksheet`: what is printed."""

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

import click

from playbook_press.cli.common import CannotRunError, write_whole
from playbook_press.cli.handbooks import require_clean_handbook
from playbook_press.cli.mkdocs_yml import site_name, site_url
from playbook_press.lint import lint
from playbook_press.load import Handbook, HandbookError, read_fillings
from playbook_press.model import Answers, Fillings, Form, Library, Location, Table, Worksheet, blanks
from playbook_press.near_names import did_you_mean
from playbook_press.paper.cards import CardPrinter
from playbook_press.paper.formats import PAPERS, PaperError
from playbook_press.paper.printer import Options, Printer
from playbook_press.paper.worksheets import WorksheetPrinter
from playbook_press.report import as_text

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
    printer = Printer(library, site_name(), site_url(), options, _fillings(fill, library))

    def print_one(name: str) -> bytes:
        return printer.print(printer.sheet(name))

    _write(names, print_one, output)


@click.command("cards")
@click.argument("contexts", nargs=-1, metavar="[CONTEXT]...")
@click.option("--all", "every", is_flag=True, help="Print the cards of every context.")
@_paper
@_fill
@_output
def cards_command(
    contexts: tuple[str, ...], *, every: bool, paper: str, fill: Path | None, output: Path
) -> None:
    """Print pocket cards for a context as a PDF: eight to a page, to be cut out.

    Writes CONTEXT-cards.pdf for each context that is named. Print it on both sides and flip it on
    the long edge.
    """
    library = require_clean_handbook().library
    names = _names(contexts, library.contexts, every=every, what="context")
    printer = CardPrinter(library, site_name(), site_url(), _fillings(fill, library))
    printer.measure(names)
    by_file = {f"{name}-cards": name for name in names}

    def print_one(file: str) -> bytes:
        return printer.print(by_file[file], PAPERS[paper])

    _write(list(by_file), print_one, output)


@click.command("worksheet")
@click.argument("worksheets", nargs=-1, metavar="[WORKSHEET]...")
@click.option("--all", "every", is_flag=True, help="Print every worksheet.")
@_paper
@_fill
@_output
def worksheet_command(
    worksheets: tuple[str, ...], *, every: bool, paper: str, fill: Path | None, output: Path
) -> None:
    """Print a worksheet as a PDF, to be filled in by hand.

    Writes WORKSHEET.pdf for each worksheet that is named. With --fill, what the file holds is
    printed in its place, and what can be worked out from it.
    """
    library = require_clean_handbook().library
    names = _names(worksheets, library.worksheets, every=every, what="worksheet")
    printer = WorksheetPrinter(library, site_name(), site_url(), PAPERS[paper], _fillings(fill, library))
    _write(names, printer.print, output)


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


def _fillings(path: Path | None, library: Library) -> Fillings:
    """What goes into the blanks; CannotRunError says all that is wrong with the file."""
    if path is None:
        return Fillings()
    try:
        document = read_fillings(path)
    except HandbookError as error:
        raise CannotRunError(str(error)) from None
    handbook = Handbook(path.parent, [document], [])
    # "None" may well be what somebody has.
    if findings := [finding for finding in lint(handbook) if finding.code != "PB204"]:
        click.echo(as_text(findings, handbook, click.style), err=True)
        raise CannotRunError(f"{path}: cannot be filled in as it is")
    fillings: Fillings = document.value
    unknown: list[_Named] = [
        *((("slots", name), "slot", name, library.slots) for name in fillings.slots),
        *((("worksheets", name), "worksheet", name, library.worksheets) for name in fillings.worksheets),
    ]
    for name, answers in fillings.worksheets.items():
        if name in library.worksheets:
            unknown += _blanks_named(name, answers, library.worksheets[name])
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


_Named = tuple[Location, str, str, Collection[str]]
"""Where something is named, what it is, its name, and the names that there are."""


def _blanks_named(name: str, answers: Answers, worksheet: Worksheet) -> Iterator[_Named]:
    """Every part and every blank of a worksheet that answers name."""
    for kind, part_type, given in (("fields", Form, answers.fields), ("rows", Table, answers.rows)):
        known = {
            part.id: [blank.id for blank in blanks(part)]
            for part in worksheet.parts
            if isinstance(part, part_type)
        }
        for part_id, content in given.items():
            location = ("worksheets", name, kind, part_id)
            yield location, part_type.__name__.lower(), part_id, known
            rows = enumerate(content) if isinstance(content, tuple) else [(None, content)]
            for index, row in rows:
                at = location if index is None else (*location, index)
                for blank in row if part_id in known else ():
                    yield (*at, blank), "blank", blank, known[part_id]


def _write(names: list[str], print_one: Callable[[str], bytes], output: Path) -> None:
    """Write a PDF for each name, once all have been printed."""
    if output.is_file():
        raise CannotRunError(f"{output}: a file, where the folder to write into should be")
    try:
        printed = {name: print_one(name) for name in names}
    except PaperError as error:
        raise CannotRunError(str(error)) from None
    for name, pdf in printed.items():
        path = output / f"{name}.pdf"
        write_whole(path, pdf)
        click.echo(path)


COMMANDS = (sheet_command, cards_command, worksheet_command)
