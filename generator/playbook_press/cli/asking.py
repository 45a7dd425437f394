"""Questions on a terminal, asked again until the answer is clear."""

import shutil
from collections.abc import Callable, Mapping
from typing import Protocol, TypeVar

import click

from playbook_press.near_names import did_you_mean
from playbook_press.report import printable

_Answer = TypeVar("_Answer")
_NARROWEST = 40


class UnclearError(Exception):
    """An answer or an option that cannot be used; the argument is a line for a person."""


class Described(Protocol):
    """Something to choose: an entry of the vocabulary."""

    @property
    def title(self) -> str:
        """What it is called."""

    @property
    def summary(self) -> str:
        """What it is, in a sentence."""


def asked(
    question: str, understood: Callable[[str], _Answer], choices: Mapping[str, Described] | None = None
) -> _Answer:
    """The answer to a question. `understood` raises UnclearError where it is not clear."""
    click.secho(f"\n{question}", bold=True)
    if choices:
        _show(choices)
    while True:
        answer = click.prompt(">", prompt_suffix=" ", default="", show_default=False)
        try:
            return understood(answer.strip())
        except UnclearError as error:
            click.echo(printable(f"  {error}"))


def _show(choices: Mapping[str, Described]) -> None:
    """List what there is to choose from, with a number for each."""
    longest = max(map(len, choices))
    room = max(_NARROWEST, shutil.get_terminal_size().columns - longest - 9)
    for number, (name, entry) in enumerate(choices.items(), 1):
        summary = printable(" ".join(entry.summary.split()))
        shown = summary if len(summary) <= room else f"{summary[: room - 1].rstrip()}…"
        click.echo(f"{number:>4}  {click.style(f'{name:<{longest}}', fg='cyan')}  {shown}")


def named(answer: str, known: Mapping[str, Described], what: str) -> str:
    """The id that an id or a title means. UnclearError where it means none."""
    titles = {entry.title.casefold(): name for name, entry in known.items()}
    found = answer if answer in known else titles.get(answer.casefold(), answer.casefold())
    if found in known:
        return found
    raise UnclearError(
        f"there is no {what} `{answer}`: {did_you_mean(answer, known, f'the {what}s are')}"
        if known
        else f"this handbook has no {what}s"
    )


def chosen(answer: str, known: Mapping[str, Described], what: str) -> str:
    """The id that a number, an id or a title means. UnclearError where it means none."""
    if not answer:
        raise UnclearError(f"choose a {what}, by its number or its name")
    if answer.isdecimal() and answer not in known:
        if not 1 <= int(answer) <= len(known):
            raise UnclearError(f"there is no number {answer}: choose from 1 to {len(known)}")
        return list(known)[int(answer) - 1]
    return named(answer, known, what)


def several_chosen(answer: str, known: Mapping[str, Described], what: str) -> tuple[str, ...]:
    """The ids that an answer means, with commas or spaces between them; none where it is empty."""
    parts = answer.split(",") if "," in answer else [answer]
    try:
        found = [chosen(part.strip(), known, what) for part in parts if part.strip()]
    except UnclearError:
        if "," in answer or " " not in answer:
            raise
        found = [chosen(part, known, what) for part in answer.split()]
    return tuple(dict.fromkeys(found))
