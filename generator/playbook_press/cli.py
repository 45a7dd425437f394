"""The command `playbooks`."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NoReturn

import click

from playbook_press.compose import HAS_LIBYAML, compose
from playbook_press.document import Document
from playbook_press.lint import Finding, lint
from playbook_press.load import Handbook, HandbookError, read_handbook
from playbook_press.report import as_json, as_text, printable, summary
from playbook_press.schema import schemas
from playbook_press.sheets import PAPERS, Options, Printer, SheetError, build_sheet

CONFIGURATION = Path("mkdocs.yml")


def _wants_colour() -> bool | None:
    """False where NO_COLOR is set, which click does not look at; None leaves it to the terminal."""
    return False if os.environ.get("NO_COLOR") else None


class CannotRunError(click.ClickException):
    """What was asked for could not be done at all."""

    exit_code = 2

    def show(self, file: object = None) -> None:  # noqa: ARG002 (the signature is click's)
        """Print each line of the message to the standard error."""
        for line in self.message.splitlines():
            click.secho("error: ", fg="red", bold=True, err=True, nl=False, color=_wants_colour())
            click.echo(printable(line), err=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="playbook-press", prog_name="playbooks")
@click.pass_context
def main(context: click.Context) -> None:
    """Turn a folder of YAML playbooks into a handbook."""
    context.color = _wants_colour()
    if not HAS_LIBYAML:
        click.echo("warning: PyYAML lacks libyaml here, so reading takes twenty times as long", err=True)


@main.command("lint")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the findings.",
)
def lint_command(paths: tuple[Path, ...], output_format: Literal["text", "json"]) -> NoReturn:
    """Check playbooks, and say what to mend.

    PATHS are files or folders; without any, the handbook that mkdocs.yml names. A file is checked
    beside the rest of its handbook. Exits with 0 where there is nothing to mend, with 1 where
    there is, and with 2 where a file could not be read.
    """
    # All that is read is needed to the end: looking for garbage takes a third of the time.
    gc.disable()
    try:
        checked = [_read(group) for group in _groups(paths)]
    except OSError as error:  # a name that is too long, say
        raise CannotRunError(f"{error.filename}: cannot be read: {error.strerror}") from None
    findings: list[Finding] = []
    texts: list[str] = []
    for handbook, only in checked:
        found = [finding for finding in lint(handbook, _site_url()) if not only or Path(finding.path) in only]
        findings += found
        if found:
            texts.append(as_text(found, handbook, click.style))
        if only:
            handbook = Handbook(  # noqa: PLW2901 (what is counted is what was asked for)
                handbook.folder,
                [document for document in handbook.documents if document.path in only],
                handbook.unreadable,
            )
        texts.append(summary(found, handbook))
    if output_format == "json":
        click.echo(as_json(sorted(findings)))
    else:
        click.echo("\n".join(texts))
    unreadable = list(dict.fromkeys(line for handbook, _ in checked for line in handbook.unreadable))
    if unreadable:
        raise CannotRunError("\n".join(unreadable))
    sys.exit(1 if findings else 0)


@main.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to build; by default the one that mkdocs.yml names, or site.",
)
def build(output: Path | None) -> None:
    """Check the handbook, and build its site.

    The site is built beside the old one and takes its place when it is whole.
    """
    _require_clean_handbook()
    output = (output or Path(str(_setting("site_dir") or "site"))).absolute()
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise CannotRunError(f"{output.parent}: cannot be written: {error.strerror}") from None
    try:
        _run_mkdocs(["build", "--strict", "--quiet", "--site-dir", str(work / "new")])
        _swap(work / "new", output, work / "old")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    pages = sum(1 for _ in output.rglob("*.html"))
    click.echo(f"{pages} pages in {_relative(output)}")


@main.command()
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(address: str) -> None:
    """Check the handbook, and show it in the browser as you write.

    While a playbook is broken, the last good page stays on screen.
    """
    _require_clean_handbook()
    try:
        _run_mkdocs(["serve", "--dev-addr", address])
    except KeyboardInterrupt:
        click.echo()


@main.command("sheet")
@click.argument("contexts", nargs=-1, metavar="[CONTEXT]...")
@click.option("--all", "every", is_flag=True, help="Print the sheet of every context.")
@click.option(
    "--paper", type=click.Choice(sorted(PAPERS)), default="a4", show_default=True, help="What to print on."
)
@click.option(
    "--sides", type=click.Choice(["1", "2"]), default="2", show_default=True, help="How many sides to fill."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path(),
    help="The folder to write to; by default this one.",
)
def sheet_command(contexts: tuple[str, ...], *, every: bool, paper: str, sides: str, output: Path) -> None:
    """Print the cheat sheet of a context as a PDF.

    Writes CONTEXT.pdf for each context that is named.
    """
    library = _require_clean_handbook().library
    names = list(library.contexts) if every else list(contexts)
    if not names:
        raise CannotRunError("name a context, or use --all: the contexts are " + ", ".join(library.contexts))
    options = Options(PAPERS[paper], 1 if sides == "1" else 2)
    printer = Printer(library, str(_setting("site_name") or ""), _site_url(), options)
    try:
        sheets = [build_sheet(library, name) for name in names]
        printer.measure(sheets)
        printed = {sheet.context_id: printer.print(sheet) for sheet in sheets}
    except SheetError as error:
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


@main.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 where a file is out of date.")
def schema(check: bool) -> None:  # noqa: FBT001 (click passes options by name)
    """Write the JSON Schemas that editors read, beside the playbooks."""
    folder = _configured_folder()
    if not folder.is_dir():
        raise CannotRunError(f"{folder}: there is no such folder")
    stale = [
        folder / name
        for name, text in schemas().items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != text
    ]
    for path in stale:
        if not check:
            path.write_text(schemas()[path.name], encoding="utf-8")
        click.echo(f"{'out of date' if check else 'written'}: {path}")
    if check and stale:
        sys.exit(1)


def _groups(paths: Sequence[Path]) -> list[tuple[Path, list[Path]]]:
    """The handbook folders of the given paths, each with the files to look at; all where none."""
    if not paths:
        return [(_configured_folder(), [])]
    groups: dict[Path, list[Path]] = {}
    for given in paths:
        # A path inside vocabulary/ or worksheets/ has its handbook above the current folder.
        path = given if _above(given) or not _above(given.absolute()) else given.absolute()
        if path.is_dir() and path.suffix not in {".yml", ".yaml"}:
            inside = [] if (path / "vocabulary").is_dir() else sorted(path.glob("*.y*ml"))
            if not inside and not (path / "vocabulary").is_dir():
                raise CannotRunError(f"{path}: no playbooks here: `*.yml` files are looked for")
            groups.setdefault(_folder_of(path), []).extend(inside)
        else:
            groups.setdefault(_folder_of(path), []).append(path)
    return list(groups.items())


def _folder_of(path: Path) -> Path:
    """The handbook that a path belongs to: its own, or the one that mkdocs.yml names."""
    if folder := _above(path):
        return folder
    if CONFIGURATION.is_file():
        return _configured_folder()
    raise CannotRunError(
        f"{path}: belongs to no handbook: there is no vocabulary/ above it, and no mkdocs.yml here"
    )


def _above(path: Path) -> Path | None:
    return next((folder for folder in (path, *path.parents) if (folder / "vocabulary").is_dir()), None)


def _read(group: tuple[Path, list[Path]]) -> tuple[Handbook, set[Path]]:
    folder, only = group
    extra = [path for path in only if path.parent != folder and folder not in path.parents]
    try:
        handbook = read_handbook(folder, folder, extra)
    except HandbookError as error:
        raise CannotRunError(str(error)) from None
    known = {document.path for document in handbook.documents}
    missing = [
        f"{path}: {'not a file of the handbook' if path.exists() else 'there is no such file'}"
        for path in only
        if path not in known and not any(line.startswith(f"{path}:") for line in handbook.unreadable)
    ]
    if missing:
        raise CannotRunError("\n".join(missing))
    return handbook, set(only)


def _require_clean_handbook() -> Handbook:
    """Read the handbook; stop with the linter's findings where it has errors."""
    folder = _configured_folder()
    handbook, _ = _read((folder, []))
    findings = lint(handbook, _site_url())
    if findings:
        click.echo(as_text(findings, handbook, click.style), err=True)
        click.echo(summary(findings, handbook), err=True)
    if handbook.unreadable:
        raise CannotRunError("\n".join(handbook.unreadable))
    if any(finding.severity == "error" for finding in findings):
        sys.exit(1)
    return handbook


def _configured_folder() -> Path:
    """The folder of playbooks that mkdocs.yml names."""
    if not CONFIGURATION.is_file():
        raise CannotRunError("there is no mkdocs.yml here: run this where the handbook's mkdocs.yml is")
    plugins = _setting("plugins")
    for plugin in plugins if isinstance(plugins, tuple) else (plugins,):
        if isinstance(plugin, dict) and isinstance(plugin.get("playbooks"), dict):
            return Path(str(plugin["playbooks"].get("folder") or "playbooks"))
    return Path("playbooks")


def _site_url() -> str:
    return str(_setting("site_url") or "")


def _setting(name: str) -> object:
    """A setting of mkdocs.yml, read without MkDocs, which takes longer to load than linting does."""
    if not CONFIGURATION.is_file():
        return None
    try:
        text = CONFIGURATION.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"{CONFIGURATION}: cannot be read: {error}") from None
    root, problems = compose(text)
    if root is None and problems:
        line, column = Document(CONFIGURATION, "configuration", text).line_and_column(problems[-1].span.start)
        raise CannotRunError(f"{CONFIGURATION}:{line}:{column}: {problems[-1].message}: {problems[-1].help}")
    settings = root.plain() if root else None
    return settings.get(name) if isinstance(settings, dict) else None


def _run_mkdocs(arguments: Sequence[str]) -> None:
    """Run MkDocs, which has said what is wrong where it fails."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    finished = subprocess.run([sys.executable, "-m", "mkdocs", *arguments], env=environment, check=False)
    if finished.returncode:
        raise CannotRunError("the site could not be built; the old one, if there is one, is as it was")


def _swap(new: Path, current: Path, old: Path) -> None:
    """Put a folder in the place of another, which moves aside."""
    try:
        if current.exists():
            current.rename(old)
        new.rename(current)
    except OSError as error:
        if old.exists() and not current.exists():
            old.rename(current)
        raise CannotRunError(f"{current}: cannot be written: {error.strerror}") from None


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
