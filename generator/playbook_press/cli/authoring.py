"""`playbooks new` and `playbooks init`: how a playbook begins, and how a handbook does."""

import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import click

from playbook_press.cli.asking import UnclearError, asked, chosen, named, several_chosen
from playbook_press.cli.common import CannotRunError, relative
from playbook_press.cli.mkdocs_yml import configured_folder, site_url
from playbook_press.lint import check
from playbook_press.load import File, Handbook, HandbookError, built, files_of, is_yaml, read_bytes
from playbook_press.model import ID_PATTERN, LONGEST_ID, LONGEST_INLINE, Library, id_from, in_words
from playbook_press.report import printable
from playbook_press.scaffold import files_of_a_new_handbook
from playbook_press.starter import Start, cleaned, starter_file

_FIELDS_PAGE = "contribute/fields/"


# A new playbook


@click.command()
@click.option("--title", default="", help="What the playbook is called.")
@click.option("--kind", default="", help="The id of its kind, which says what sections it needs.")
@click.option("--context", "contexts", multiple=True, help="The id of a context it is for; may be repeated.")
@click.option("--stage", default="", help="The id of the stage that its first line belongs to.")
@click.option(
    "--id", "given_id", default="", help="The name of its file and page; by default from the title."
)
def new(title: str, kind: str, contexts: tuple[str, ...], stage: str, given_id: str) -> None:
    """Start a playbook, with hints at what its kind needs.

    Asks for what is not given, where there is a terminal to ask on. Writes ID.yml beside the other
    playbooks, with hints under each key that say what belongs there.
    """
    folder = configured_folder()
    library = _vocabulary(folder)
    taken = _ids_taken(folder)
    try:
        start = Start(
            title=_usable_title(title, library) if title else "",
            kind=named(kind, library.kinds, "kind") if kind else "",
            contexts=tuple(dict.fromkeys(named(name, library.contexts, "context") for name in contexts)),
            stage=named(stage, library.stages, "stage") if stage else "",
        )
        playbook_id = _free_id(given_id, taken) if given_id else ""
        if start.title and start.kind:
            playbook_id = playbook_id or _id_of(start.title, taken)
    except UnclearError as error:
        raise CannotRunError(str(error)) from None
    if not (start.title and start.kind):
        start, playbook_id = _asked_for(start, playbook_id, library, taken)
    path = folder / f"{playbook_id}.yml"
    _write_new(path, starter_file(library, start))
    _show_next_steps(path)


def _vocabulary(folder: Path) -> Library:
    """What the vocabulary holds. CannotRunError where it cannot be read, or names no kind."""
    try:
        files = files_of(folder, folder, [folder / "new.yml"])
        documents = [
            built(read_bytes(file.path, file.shown), file)
            for file in files
            if file.collection == "vocabulary"
        ]
    except HandbookError as error:
        raise CannotRunError(str(error)) from None
    for document in documents:
        if document.value is None:
            raise CannotRunError(f"{document.path}: cannot be used as it is: `playbooks lint` says why")
    library = Handbook(folder, documents, ()).library
    if not library.kinds:
        raise CannotRunError(f"{folder / 'vocabulary/kinds.yml'}: describe a kind of playbook there first")
    return library


def _ids_taken(folder: Path) -> set[str]:
    """The ids of the playbooks, and that of the page which lists them."""
    return {path.stem for path in folder.iterdir() if is_yaml(path)} | {"index"}


def _usable_title(given: str, library: Library) -> str:
    """A title as it will be written. UnclearError where the linter would not have it."""
    title = cleaned(given)
    if not title:
        raise UnclearError("a title has at least one letter: what is the playbook called?")
    if len(title) > LONGEST_INLINE:
        raise UnclearError(f"the title is longer than {LONGEST_INLINE} characters: shorten it")
    path = Path("new.yml")
    text = starter_file(library, Start(title, next(iter(library.kinds))))
    for finding in check(built(text.encode(), File("playbooks", path, path)), library).findings:
        # How a title is worded is its author's affair; one that is none at all would be published.
        if finding.code == "PB204" or finding.severity == "error":
            raise UnclearError(f"{finding.message}: choose another title")
    return title


def _id_of(title: str, taken: Collection[str]) -> str:
    """The id that a title suggests. UnclearError where it suggests none, or one that is taken."""
    found = id_from(title)
    if not found:
        raise UnclearError(
            f"no id can be made of the title `{title}`: choose one with --id, such as --id time"
        )
    return _free_id(found, taken)


def _free_id(name: str, taken: Collection[str]) -> str:
    """An id that no playbook has. UnclearError where it is none, or is taken."""
    if not re.fullmatch(ID_PATTERN, name) or len(name) > LONGEST_ID:
        better = id_from(name)
        help_ = f"write `{better}`" if better else "use small letters, digits and hyphens"
        raise UnclearError(f"`{name}` cannot be an id: {help_}")
    if name in taken:
        raise UnclearError(f"there is a page `{name}` already: choose another id with --id")
    return name


def _asked_for(start: Start, playbook_id: str, library: Library, taken: Collection[str]) -> tuple[Start, str]:
    """Ask for what has not been given. CannotRunError where there is nobody to ask."""
    if not sys.stdin.isatty():
        options = (("--title", start.title), ("--kind", start.kind))
        lacking = " and ".join(option for option, given in options if not given)
        raise CannotRunError(f"give {lacking}; the kinds are {', '.join(library.kinds)}")
    title, kind, contexts = start.title, start.kind, start.contexts
    if not title:
        title = asked("What is the playbook called?", lambda answer: _usable_title(answer, library))
    if not playbook_id:
        try:
            playbook_id = _id_of(title, taken)
        except UnclearError as error:
            click.echo(f"  {error}".partition(": choose")[0])
            question = "Which id shall it have? It names the file and the page: small letters and hyphens."
            playbook_id = asked(question, lambda answer: _free_id(answer, taken))
    if not kind:
        question = "What kind of playbook is it? Its number or its name:"
        kind = asked(question, lambda answer: chosen(answer, library.kinds, "kind"), library.kinds)
    if not contexts and library.contexts:
        question = "Where is it used? As many as fit, with commas between; none for everywhere:"
        contexts = asked(
            question, lambda answer: several_chosen(answer, library.contexts, "context"), library.contexts
        )
    return Start(title, kind, contexts, start.stage), playbook_id


def _write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all."""
    unfinished = path.with_suffix(".yml.part")
    try:
        unfinished.write_text(text, encoding="utf-8", newline="\n")
        os.link(unfinished, path)  # unlike a move, this fails where there is a file
    except FileExistsError:
        raise CannotRunError(f"{path}: there is such a file already: choose another id with --id") from None
    except OSError as error:
        raise CannotRunError(f"{path}: cannot be written: {error.strerror or error}") from None
    finally:
        unfinished.unlink(missing_ok=True)


def _show_next_steps(path: Path) -> None:
    address = site_url()
    steps = [
        (f"playbooks lint {path}", "says what is still missing, line by line"),
        ("playbooks serve", "shows the page as you write"),
        (f"{address.rstrip('/')}/{_FIELDS_PAGE}" if address else _FIELDS_PAGE, "explains every key"),
    ]
    if not (path.parent / "playbook.schema.json").is_file():
        steps.insert(0, ("playbooks schema", "writes the schema, so that your editor completes the keys"))
    _show_written(str(path), "Write under each key what its hints ask for. Then:", steps)


def _show_written(what: str, next_: str, steps: Sequence[tuple[str, str]]) -> None:
    click.echo(f"\nwritten: {click.style(printable(what), bold=True)}\n\n{next_}\n")
    longest = max(len(step) for step, _ in steps)
    for step, words in steps:
        click.echo(f"  {click.style(f'{printable(step):<{longest}}', fg='cyan')}  {words}")


# A new handbook


@click.command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--title", default="", help="What the handbook is called; by default as its folder.")
def init(directory: Path, title: str) -> None:
    """Start a handbook on another subject, in a new folder.

    DIR is made, or is empty. It gets a small vocabulary, a finished playbook, and what checks and
    builds them; it builds at once.
    """
    target = directory.resolve()
    title = cleaned(title) or cleaned(in_words(target.name)) or "Handbook"
    try:
        if target.exists() and not target.is_dir():
            raise CannotRunError(f"{directory}: a file, where the folder of the handbook should be")
        # A repository that was just made is as good as empty.
        if target.is_dir() and any(path.name != ".git" for path in target.iterdir()):
            raise CannotRunError(f"{directory}: not empty: a handbook starts in a folder of its own")
        files = files_of_a_new_handbook(title)
        _write_whole(target, files)
    except OSError as error:
        raise CannotRunError(f"{directory}: cannot be written: {error.strerror or error}") from None
    shown = relative(target)
    _show_written(
        f"{shown}/, with {len(files)} files",
        "It builds as it is. Next:",
        [
            *([] if shown == Path() else [(f"cd {shlex.quote(str(shown))}", "goes there")]),
            ("make serve", "shows the handbook on http://127.0.0.1:8000 as you write"),
            ("playbooks/vocabulary/", "holds the contexts, stages and kinds: make them yours"),
            ("playbooks new", "starts a playbook"),
            ("README.md", "says the rest"),
        ],
    )


def _write_whole(target: Path, files: Mapping[str, str]) -> None:
    """Write the files of a folder all at once, or none of them."""
    base = next(folder for folder in (target, *target.parents) if folder.is_dir())
    work = Path(tempfile.mkdtemp(prefix=".playbooks-", dir=base))
    moved: list[Path] = []
    try:
        for name, text in files.items():
            path = work / target.relative_to(base) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        for path in work.iterdir():
            path.rename(base / path.name)
            moved.append(base / path.name)
    except OSError:
        for path in moved:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


COMMANDS = (new, init)
