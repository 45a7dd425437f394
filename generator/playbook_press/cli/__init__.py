"""The command `playbooks`: a module for each of its jobs."""

import click

from playbook_press.cli import authoring, checking, explaining, paper, review, site
from playbook_press.cli.common import CannotRunError, wants_colour
from playbook_press.compose import HAS_LIBYAML


class Commands(click.Group):
    """A group that says in one line what is wrong with how it was called."""

    def invoke(self, context: click.Context) -> object:
        """Run a command. CannotRunError where its options or arguments are not as they should be."""
        try:
            return super().invoke(context)
        except click.exceptions.NoArgsIsHelpError:
            raise
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else context.command_path
            message = error.format_message().rstrip(".")
            raise CannotRunError(f"{message}: see `{command} --help`") from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="playbook-press", prog_name="playbooks")
@click.pass_context
def main(context: click.Context) -> None:
    """Turn a folder of YAML playbooks into a handbook."""
    context.color = wants_colour()
    if not HAS_LIBYAML:
        click.echo("warning: PyYAML lacks libyaml here, so reading takes twenty times as long", err=True)


for command in (
    *checking.COMMANDS,
    *explaining.COMMANDS,
    *authoring.COMMANDS,
    *site.COMMANDS,
    *paper.COMMANDS,
    *review.COMMANDS,
):
    main.add_command(command)
