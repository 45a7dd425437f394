"""The rules for a person at a terminal: the page of one, and a table of all."""

import textwrap
from collections.abc import Iterator, Mapping

from playbook_press.report.counts import MENDED, legend, mark
from playbook_press.report.json_text import json_text
from playbook_press.report.printing import COLOURS, Style, unstyled
from playbook_press.rules import Rule


def rule_page(rule: Rule, width: int, style: Style = unstyled) -> str:
    """All there is to know of a rule, in lines of at most `width` columns but for its examples."""
    severity = style(rule.severity, fg=COLOURS[rule.severity], bold=True)
    mended = MENDED if rule.fixable else "to be mended by hand"
    heading = style(f"{rule.code} {rule.name}", bold=True)
    return f"{heading}\n{severity}, {mended}\n\n{documentation(rule, width, style)}"


def documentation(rule: Rule, width: int, style: Style = unstyled) -> str:
    """What a rule says of itself, as text."""
    return "\n".join(_blocks(rule.documentation, width, style))


def _blocks(markdown: str, width: int, style: Style) -> Iterator[str]:
    # Loaded when a page is asked for: the linter does without it.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    marker, kind, first = "", "", True
    for token in MarkdownIt("commonmark").parse(markdown):
        if token.type == "fence":
            yield textwrap.indent(token.content, "    ")
        elif token.type in {"heading_open", "paragraph_open"}:
            kind = token.type
        elif token.type == "list_item_open":
            marker = f"{token.info or ''}{token.markup} "
        elif token.type == "inline" and kind == "heading_open":
            yield f"{style(token.content, fg='cyan', bold=True)}\n"
        elif token.type == "inline":
            text = textwrap.fill(
                token.content.replace("\n", " "),
                width,
                initial_indent=marker,
                subsequent_indent=" " * len(marker),
                break_long_words=False,
                break_on_hyphens=False,
            )
            yield f"{style(text, bold=True) if first else text}\n"
            marker, first = "", False


def rules_table(rules: Mapping[str, Rule], style: Style = unstyled) -> str:
    """A line for each rule."""
    width = max(len(rule.name) for rule in rules.values())
    lines = []
    for code, rule in rules.items():
        sign = mark(style, fixable=rule.fixable)
        severity = style(f"{rule.severity:7}", fg=COLOURS[rule.severity])
        lines.append(f"{style(code, bold=True)}  {sign}  {severity}  {rule.name:{width}}  {rule.title}\n")
    return "".join(lines) + (legend(style) if any(rule.fixable for rule in rules.values()) else "")


def rules_as_json(rules: Mapping[str, Rule]) -> str:
    """The same as a list for programs."""
    return json_text(
        [
            {
                "code": code,
                "name": rule.name,
                "severity": rule.severity,
                "title": rule.title,
                "fixable": rule.fixable,
            }
            for code, rule in rules.items()
        ]
    )
