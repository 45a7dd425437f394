"""Runs the rules over a handbook and says where each finding stands.

A file is checked by itself, beside the vocabulary and the worksheets; then the files are compared.
What the first step finds out depends on nothing but the file and what it is checked beside, so it
can be kept from run to run: see `Checked`.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import PurePath
from typing import Any

from playbook_press.document import Document, ShapeError
from playbook_press.fixes import LARGEST, Fix, Respace, edits_of
from playbook_press.load import Handbook
from playbook_press.model import Library, Location, Playbook, fields_at
from playbook_press.near_names import did_you_mean, nearest
from playbook_press.rules import MOST_FINDINGS, Found, Rule, Severity, Words, all_rules
from playbook_press.settings import Settings
from playbook_press.suppressions import Suppression, suppressions_in
from playbook_press.wrong_yaml import Span

RULE_PAGES = "contribute/rules"
_Placed = tuple[Rule, Span, Words]
"""What a rule has found, and where."""
# What a draft still lacks is no error yet.
_FORGIVEN_IN_DRAFTS = ("PB2", "PB5")
_LONGEST = 500
"""A longer message or help is shortened, in characters."""
# What leads to nothing cannot be passed over, nor what breaks a file: no page could be made of it.
_NEEDED = tuple(f"PB30{number}" for number in range(1, 7))
# Nor can a comment pass over what is wrong with passing over.
_NEVER_SUPPRESSED = ("PB0", *_NEEDED, "PB9")
# Even a draft has a page, and what stands on it.
_NEVER_EMPTY = (("title",), ("kind",))


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
    url: str = ""
    fixable: bool = False
    fix: Fix | None = field(default=None, compare=False, repr=False)

    def as_json(self) -> dict[str, Any]:
        """The finding as `--format json` shows it."""
        order = "path line column end_line end_column code name severity message help url fixable"
        return {name: getattr(self, name) for name in order.split()}


@dataclass(frozen=True)
class Checked:
    """What is known of a file once it has been checked by itself."""

    path: str
    collection: str
    id: str
    findings: Sequence[Finding]
    suppressions: Sequence[Suppression]
    facts: Mapping[str, Any] | None
    """What each rule that compares files needs to know of it; None where it could not be read."""
    is_draft: bool = False

    @property
    def key(self) -> str:
        """What the rules that compare files call it."""
        return f"{self.collection}/{self.id}"


def lint(handbook: Handbook, site_url: str = "", settings: Settings | None = None) -> list[Finding]:
    """Everything that is wrong with a handbook, sorted by path, line, column and code."""
    settings = settings or Settings()
    library = replace(handbook.library, playbooks={}, limits=settings.limits)
    checked = [check(document, library) for document in handbook.documents]
    documents = {file.key: document for file, document in zip(checked, handbook.documents, strict=True)}
    return settle(checked, compare(checked, library, documents.__getitem__), site_url, settings)


def check(document: Document, library: Library) -> Checked:
    """Check a file by itself. What the library holds of playbooks is not looked at."""
    value = document.value
    is_playbook = document.collection == "playbooks"
    is_draft = isinstance(value, Playbook) and value.status == "draft"
    found = [*_problems(document)]
    facts: dict[str, Any] = {}
    for code, rule in all_rules().items():
        if rule.scan is not None:
            found += _first((rule, span, words) for span, words in rule.scan(document.text))
        if value is None or not (is_playbook or rule.everywhere):
            continue
        if rule.check is not None:
            found += _first(
                (rule, span, words) for span, words in _where(document, rule.check(value, library))
            )
        if rule.facts is not None:
            facts[code] = None if rule.whole and document.left_out else rule.facts(value)
    needed = {span for location, span in document.empty if location in _NEVER_EMPTY}
    return Checked(
        path=document.path.as_posix(),
        collection=document.collection,
        id=document.id,
        findings=[_finding(document, *one, is_draft=is_draft and one[1] not in needed) for one in found],
        suppressions=suppressions_in(document),
        facts=None if value is None else facts,
        is_draft=is_draft,
    )


def compare(
    checked: Sequence[Checked], library: Library, document_of: Callable[[str], Document]
) -> Iterator[Finding]:
    """What the files are wrong about together; `document_of` gives a file by its key."""
    files = {file.key: file for file in checked}
    for code, rule in all_rules().items():
        if rule.compare is None:
            continue
        facts = {
            key: file.facts[code]
            for key, file in files.items()
            if file.facts is not None and code in file.facts
        }
        counts: Counter[str] = Counter()
        for key, found in rule.compare(facts, library):
            counts[key] += 1
            if counts[key] > MOST_FINDINGS:
                continue
            document = document_of(key)
            for span, words in _where(document, [found]):
                yield _finding(document, rule, span, words, is_draft=files[key].is_draft)


def settle(
    checked: Iterable[Checked], compared: Iterable[Finding], site_url: str, settings: Settings
) -> list[Finding]:
    """The findings that are left when comments and settings have been heard, sorted."""
    found: dict[str, set[Finding]] = {}
    for finding in compared:
        found.setdefault(finding.path, set()).add(finding)
    for file in checked:
        of_file = found.setdefault(file.path, set())
        of_file.update(file.findings)
        if file.suppressions:
            found[file.path] = _heard(file, of_file)
    base = f"{site_url.rstrip('/')}/{RULE_PAGES}"
    return sorted(
        replace(finding, url=f"{base}/{finding.code.lower()}/")
        for of_file in found.values()
        for finding in of_file
        if _is_needed(finding) or settings.wants(finding.code, PurePath(finding.path))
    )


def _is_needed(finding: Finding) -> bool:
    return finding.code.startswith(_NEEDED) or (
        finding.code.startswith("PB0") and finding.severity == "error"
    )


def _heard(file: Checked, findings: set[Finding]) -> set[Finding]:
    """The findings of a file that no comment silences, and what is wrong with the comments."""
    rules = all_rules()
    by_code: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.line):
        by_code.setdefault(finding.code, []).append(finding)
    left = set(findings)
    wrong: dict[str, list[Finding]] = {"PB901": [], "PB902": [], "PB903": []}
    for comment in file.suppressions:
        if not comment.codes or not comment.reason:
            _note_incomplete(file, comment, wrong["PB903"])
        for code, column in comment.codes:
            columns = (column, column + len(code))
            if code not in rules:
                if len(wrong["PB902"]) < MOST_FINDINGS:
                    words = Words(f"there is no rule `{code}`", did_you_mean(code, rules, "there are"))
                    wrong["PB902"].append(_of_comment("PB902", file, comment, columns, words))
                continue
            silenced = () if code.startswith(_NEVER_SUPPRESSED) else _on_lines(by_code.get(code, ()), comment)
            left.difference_update(silenced)
            # In a file that cannot be read, nothing is known of what it would silence.
            if not silenced and file.facts is not None and len(wrong["PB901"]) < MOST_FINDINGS:
                words = (
                    Words(
                        f"{code} cannot be passed over", "mend what it finds, and delete it from the comment"
                    )
                    if code.startswith(_NEVER_SUPPRESSED)
                    else Words(f"there is no {code} here to pass over", "delete it from the comment")
                )
                wrong["PB901"].append(_of_comment("PB901", file, comment, columns, words))
    return left.union(*wrong.values())


def _note_incomplete(file: Checked, comment: Suppression, wrong: list[Finding]) -> None:
    if len(wrong) < MOST_FINDINGS:
        lacks = "a reason" if comment.codes else "the codes of the rules"
        words = Words(
            f"this comment does not give {lacks}", "write `# playbooks: ignore[PB402] why it is right here`"
        )
        wrong.append(_of_comment("PB903", file, comment, (comment.column, comment.end_column), words))


def _on_lines(findings: Sequence[Finding], comment: Suppression) -> Sequence[Finding]:
    """Of findings in the order of their lines, those that a comment is about."""
    start = bisect_left(findings, comment.first_line, key=lambda finding: finding.line)
    return findings[start : bisect_right(findings, comment.last_line, key=lambda finding: finding.line)]


def _of_comment(
    code: str, file: Checked, comment: Suppression, columns: tuple[int, int], words: Words
) -> Finding:
    rule, (column, end) = all_rules()[code], columns
    place = (file.path, comment.line, column)
    return Finding(
        *place, code, _short(words.message), comment.line, end, rule.name, rule.severity, words.help
    )


def _first(found: Iterable[_Placed]) -> Sequence[_Placed]:
    """As many findings of a rule as anybody reads in a file; the last says so where there are more."""
    listed = list(islice(found, MOST_FINDINGS + 1))
    if len(listed) <= MOST_FINDINGS:
        return listed
    rule, span, words = listed[MOST_FINDINGS - 1]
    more = words._replace(help=f"{words.help}; there are more of these in the file")
    return [*listed[: MOST_FINDINGS - 1], (rule, span, more)]


def _problems(document: Document) -> Iterator[_Placed]:
    """What reading the file has found: PB0, PB1 and empty values."""
    rules = all_rules()
    for problem in document.problems:
        fix = None
        if problem.instead is not None:
            fix = Fix((Respace(problem.span, problem.instead),), is_safe=not problem.is_guess)
        yield rules[problem.code], problem.span, Words(problem.message, problem.help, fix)
    by_rule: dict[str, list[ShapeError]] = {}
    by_error = _by_error()
    misspelt = _misspelt(document)
    for error in document.shape_errors:
        if error.details["type"] == "missing" and error.details["loc"] in misspelt:
            continue  # it is there, under the name that is told as unknown
        by_rule.setdefault(by_error.get(error.details["type"], rules["PB103"]).code, []).append(error)
    for code, errors in by_rule.items():
        yield from _first(_explained(document, rules[code], errors))
    yield from _first((rules["PB202"], span, _empty(location)) for location, span in document.empty)


def _misspelt(document: Document) -> Collection[Location]:
    """Where the keys belong that unknown keys are probably meant to be."""
    unknown = [
        error.details["loc"] for error in document.shape_errors if error.details["type"] == "extra_forbidden"
    ]
    return {
        (*location[:-1], meant)
        for location in unknown[:MOST_FINDINGS]
        if (meant := nearest(str(location[-1]), fields_at(document.model, location[:-1])))
    }


def _explained(document: Document, rule: Rule, errors: Iterable[ShapeError]) -> Iterator[_Placed]:
    if rule.explain is None:
        raise AssertionError(rule.code)
    for details, span in errors:
        known = fields_at(document.model, details["loc"][:-1]) if details["type"] == "extra_forbidden" else ()
        words = rule.explain(details, known)
        yield rule, span, words._replace(fix=words.fix and replace(words.fix, at=span.start))


def _empty(location: Location) -> Words:
    what = f"`{location[-1]}` has" if isinstance(location[-1], str) else "this entry has"
    return Words(f"{what} nothing in it", "write what belongs here, or delete the line")


def _by_error() -> Mapping[str, Rule]:
    return {error: rule for rule in all_rules().values() for error in rule.errors}


def _where(document: Document, found: Iterable[Found]) -> Iterator[tuple[Span, Words]]:
    """Where in the file something was found, if what the finding rests on was read whole."""
    for one in found:
        if document.is_whole(one.location if one.needs is None else one.needs):
            span = document.where(one.location, key=one.is_key, excerpt=one.excerpt)
            yield span, Words(one.message, one.help, one.fix)


def _finding(document: Document, rule: Rule, span: Span, words: Words, *, is_draft: bool) -> Finding:
    line, column = document.line_and_column(span.start)
    end_line, end_column = document.line_and_column(max(span.end, span.start))
    is_forgiven = is_draft and rule.severity == "error" and rule.code.startswith(_FORGIVEN_IN_DRAFTS)
    fix = words.fix if words.fix is not None and edits_of(document, words.fix) else None
    return Finding(
        path=document.path.as_posix(),
        line=line,
        column=column,
        code=rule.code,
        message=_short(words.message),
        end_line=end_line,
        end_column=end_column,
        name=rule.name,
        severity="warning" if is_forgiven else rule.severity,
        help=_short(words.help),
        fixable=fix is not None and len(document.text) <= LARGEST,
        fix=fix,
    )


def _short(words: str) -> str:
    """Words in which somebody's text is quoted, without its middle where it is long."""
    if len(words) <= _LONGEST:
        return words
    half = _LONGEST // 2
    return f"{words[:half]} … {words[-half:]}"
