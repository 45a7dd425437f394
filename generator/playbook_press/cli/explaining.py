"""`playbooks explain` and `playbooks rules`."""

import shutil
from typing import Literal

import click

from playbook_press.cli.common import CannotRunError
from playbook_press.near_names import folded, nearest
from playbook_press.report import rule_page, rules_as_json, rules_table
from playbook_press.rules import Rule, all_rules

_WIDTH = 88


@click.command("explain")
@click.argument("rule")
def explain_command(rule: str) -> None:
    """Show what a rule checks, why it matters, and examples.

    RULE is a code such as PB201, or a name such as missing-section.
    """
    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 0)).columns)
    click.echo(rule_page(_named(rule), width, click.style), nl=False)


def _named(given: str) -> Rule:
    """The rule with a code or a name. CannotRunError where there is none."""
    rules = all_rules()
    known = {name.casefold(): rule for rule in rules.values() for name in (rule.code, rule.name)}
    if found := known.get(folded(given.strip())):
        return found
    meant = nearest(given, [*rules, *(rule.name for rule in rules.values())])
    advice = f"did you mean `{meant}`?" if meant else "`playbooks rules` lists them"
    raise CannotRunError(f"there is no rule `{given}`: {advice}")


@click.command("rules")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the list.",
)
def rules_command(output_format: Literal["text", "json"]) -> None:
    """List the rules of the linter: code, severity, name, and what each finds."""
    if output_format == "json":
        click.echo(rules_as_json(all_rules()))
    else:
        click.echo(rules_table(all_rules(), click.style), nl=False)


COMMANDS = (explain_command, rules_command)
