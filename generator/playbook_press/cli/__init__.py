"""The command `playbooks`: a module for each of its jobs."""

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module

import click

from playbook_press.cli.common import CannotRunError, wants_colour
from playbook_press.compose import HAS_LIBYAML

MODULES = {
    "lint": "checking",
    "explain": "explaining",
    "rules": "explaining",
    "schema": "checking",
    "new": "authoring",
    "init": "authoring",
    "build": "site",
    "serve": "site",
    "hosting": "hosting",
    "export": "export_tree",
    "sheet": "paper",
    "cards": "paper",
    "worksheet": "paper",
    "diff": "review",
}
"""The module of each command. It is loaded when the command is: the linter has no use for the printer."""


class Commands(click.Group):
    """A group that loads what is called, and says in one line what is wrong with how it was called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (the signature is click's)
        """The names of the commands, in the order in which people need them."""
        return list(MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (the same)
        """Load a command."""
        if cmd_name not in MODULES:
            return None
        module = import_module(f"playbook_press.cli.{MODULES[cmd_name]}")
        commands: dict[str, click.Command] = {command.name: command for command in module.COMMANDS}
        return commands[cmd_name]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the name of a command. CannotRunError where it is not as it should be."""
        with _told_in_a_line(ctx):
            return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command. UsageError with the names that may have been meant where there is none."""
        if args[0] not in MODULES and (near := get_close_matches(args[0], MODULES, n=2)):
            meant = " or ".join(f"'{name}'" for name in near)
            raise click.UsageError(f"No such command '{args[0]}'. Did you mean {meant}?", ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command. CannotRunError where its options or arguments are not as they should be, or nobody hears it."""
        try:
            try:
                with _told_in_a_line(ctx):
                    return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except OSError as error:
            if error.errno != errno.ENOSPC or error.filename is not None:
                raise
            # What was not written is not tried again at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise CannotRunError(f"what was to be said cannot be written: {error.strerror}") from None


@contextmanager
def _told_in_a_line(ctx: click.Context) -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        command = (
            error.ctx.command_path
            if error.ctx
            else f"{ctx.command_path} {ctx.invoked_subcommand or ''}".rstrip()
        )
        message = " ".join(error.format_message().split()).rstrip(".")
        end = " See" if message.endswith("?") else ": see"
        raise CannotRunError(f"{message}{end} `{command} --help`") from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="playbook-press", prog_name="playbooks")
@click.pass_context
def main(context: click.Context) -> None:
    """Turn a folder of YAML playbooks into a handbook."""
    context.color = wants_colour()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal has no character for must not end anything
            stream.reconfigure(errors="replace")
    if not HAS_LIBYAML:
        click.echo("warning: PyYAML lacks libyaml here, so reading takes twenty times as long", err=True)
