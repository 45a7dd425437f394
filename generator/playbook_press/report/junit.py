"""Findings as the XML of JUnit: a suite for each file, a failed test for each finding."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from playbook_press.lint import Finding
from playbook_press.load import Handbook, unreadable_in
from playbook_press.report.places import from_root, is_address
from playbook_press.report.printing import printable

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def as_junit(findings: Sequence[Finding], handbooks: Sequence[Handbook], root: Path) -> str:
    """One XML document. A file without findings is a test that passes, one that cannot be read an error."""
    # Loaded when asked for: a program that reads JUnit waits for it, a person at a terminal does not.
    from xml.etree.ElementTree import Element, indent, tostring  # noqa: PLC0415

    suites = Element("testsuites", name="playbooks lint")
    by_path = {path: list(group) for path, group in groupby(sorted(findings), lambda found: found.path)}
    paths = dict.fromkeys(document.path.as_posix() for book in handbooks for document in book.documents)
    for path in sorted(paths | dict.fromkeys(by_path)):
        suites.append(_suite(printable(from_root(path, root)), by_path.get(path, [])))
    for line in unreadable_in(handbooks):
        suites.append(_unreadable(printable(line)))
    for name in ("tests", "failures", "errors"):
        suites.set(name, str(sum(int(suite.get(name, 0)) for suite in suites)))
    indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}'


def _suite(path: str, findings: Sequence[Finding]) -> "Element":
    suite = _named(path, tests=max(1, len(findings)), failures=len(findings), errors=0)
    if not findings:
        _test(suite, path, "nothing to mend")
    for finding in findings:
        place = f"{finding.line}:{finding.column}"
        message, advice = printable(finding.message), printable(finding.help)
        test = _test(suite, path, f"{finding.code}: {message} ({place})")
        failure = _add(test, "failure", {"type": finding.severity, "message": message})
        failure.text = f"{path}:{place}: {finding.severity}[{finding.code}]: {message}\nhelp: {advice}"
        if is_address(finding.url):
            failure.text += f"\n{finding.url}"
    return suite


def _unreadable(line: str) -> "Element":
    path, _, reason = line.partition(": ")
    suite = _named(path, tests=1, failures=0, errors=1)
    _add(_test(suite, path, "can be read"), "error", {"type": "unreadable", "message": reason or line})
    return suite


def _named(path: str, **counts: int) -> "Element":
    from xml.etree.ElementTree import Element  # noqa: PLC0415 (see as_junit)

    return Element("testsuite", {"name": path, "file": path} | {key: str(counts[key]) for key in counts})


def _test(suite: "Element", path: str, name: str) -> "Element":
    # Viewers group tests by what stands before the last full stop: here, the folder.
    return _add(suite, "testcase", {"classname": path.removesuffix(".yml").replace("/", "."), "name": name})


def _add(parent: "Element", tag: str, attributes: dict[str, str]) -> "Element":
    child = parent.makeelement(tag, attributes)
    parent.append(child)
    return child
