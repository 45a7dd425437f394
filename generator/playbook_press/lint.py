"""Runs the rules over a handbook and says where each finding stands."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from playbook_press.compose import Span
from playbook_press.document import Document
from playbook_press.load import Handbook
from playbook_press.model import Library, fields_at
from playbook_press.rules import Found, Rule, Severity, Words, all_rules

RULE_PAGES = "contribute/rules"


@dataclass(frozen=True, order=True)
class Finding:
    """Something to mend: lines and columns are 1-based and count code points."""

    path: str
    line: int
    column: int
    code: str
    message: str
    end_line: int
    end_column: int
    name: str
    severity: Severity
    help: str
    url: str
    fixable: bool = False

    def as_json(self) -> dict[str, Any]:
        """The finding as `--format json` shows it."""
        order = "path line column end_line end_column code name severity message help url fixable"
        fields = asdict(self)
        return {name: fields[name] for name in order.split()}


def lint(handbook: Handbook, site_url: str = "") -> list[Finding]:
    """Everything that is wrong with a handbook, sorted by path, line, column and code."""
    by_error = {error: rule for rule in all_rules().values() for error in rule.errors}
    findings = set()
    for document in handbook.documents:
        for rule, span, words in _problems(document, by_error):
            findings.add(_finding(document, rule, span, words, site_url))
        for rule, found in _checks(document, handbook.library):
            span = document.where(found.location, key=found.is_key, excerpt=found.excerpt)
            findings.add(_finding(document, rule, span, Words(found.message, found.help), site_url))
    return sorted(findings)


def _problems(document: Document, by_error: dict[str, Rule]) -> Iterator[tuple[Rule, Span, Words]]:
    """What reading the file has found: PB0, PB1 and empty values."""
    rules = all_rules()
    for problem in document.problems:
        yield rules[problem.code], problem.span, Words(problem.message, problem.help)
    for details, span in document.shape_errors:
        rule = by_error.get(details["type"], rules["PB103"])
        if rule.explain is None:
            raise AssertionError(rule.code)
        known = fields_at(document.model, details["loc"][:-1]) if details["type"] == "extra_forbidden" else ()
        yield rule, span, rule.explain(details, known)
    for location, span in document.empty:
        what = f"`{location[-1]}` has" if isinstance(location[-1], str) else "this entry has"
        yield (
            rules["PB202"],
            span,
            Words(f"{what} nothing in it", "write what belongs here, or delete the line"),
        )


def _checks(document: Document, library: Library) -> Iterator[tuple[Rule, Found]]:
    """What the rules find in what the file says."""
    if document.value is None:
        return
    is_playbook = document.collection == "playbooks"
    for rule in all_rules().values():
        if rule.check is None or not (is_playbook or rule.everywhere):
            continue
        for found in rule.check(document.value, library):
            needs = found.location if found.needs is None else found.needs
            if document.is_whole(needs):
                yield rule, found


def _finding(document: Document, rule: Rule, span: Span, words: Words, site_url: str) -> Finding:
    line, column = document.line_and_column(span.start)
    end_line, end_column = document.line_and_column(max(span.end, span.start))
    return Finding(
        path=document.path.as_posix(),
        line=line,
        column=column,
        code=rule.code,
        message=words.message,
        end_line=end_line,
        end_column=end_column,
        name=rule.name,
        severity=rule.severity,
        help=words.help,
        url=f"{site_url.rstrip('/')}/{RULE_PAGES}/{rule.code.lower()}/",
    )
