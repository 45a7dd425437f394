"""Where findings stand, as programs know the place: paths from a root, and fingerprints."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from playbook_press.lint import Finding
from playbook_press.load import Handbook

_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%\[\]-]+")
_MOST_WORDS = 1_000
"""How many characters of what a finding is about tell it from others."""


def from_root(path: str, root: Path) -> str:
    """A path as it is called in the folder `root`; in full where it leads out of it."""
    full = Path(os.path.normpath(Path(path).absolute()))
    return (full.relative_to(root) if full.is_relative_to(root) else full).as_posix()


def in_address(path: str) -> str:
    """A path as part of an address; bytes that are no text stay those bytes."""
    return quote(re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", path).encode(errors="surrogateescape"))


def is_address(text: str) -> bool:
    """Whether a text is an address on the web, and not only the end of one."""
    return bool(_ADDRESS.fullmatch(text))


def fingerprints(findings: Sequence[Finding], handbooks: Sequence[Handbook], root: Path) -> list[str]:
    """For each finding what tells it from all others, and stays when it moves to another line.

    It is made of the path, the rule and the words on the line; where all of them are the same, of
    their order.
    """
    documents = {document.path.as_posix(): document for book in handbooks for document in book.documents}

    @cache  # a file may be one line of a megabyte, with thousands of findings
    def line_of(path: str, number: int) -> tuple[str, str]:
        line = documents[path].line(number) if path in documents else ""
        return line, _hash(line.strip())

    shown = {path: from_root(path, root) for path in {finding.path for finding in findings}}
    met: Counter[str] = Counter()
    made = []
    for finding in findings:
        line, line_hash = line_of(finding.path, finding.line)
        end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
        words = line[finding.column - 1 : end][:_MOST_WORDS]
        identity = _hash("\0".join((shown[finding.path], finding.code, words, line_hash)))
        met[identity] += 1
        made.append(_hash(f"{identity}\0{met[identity]}"))
    return made


def _hash(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
