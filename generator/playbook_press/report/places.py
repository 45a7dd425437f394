"""Where findings stand, as programs know the place: paths from a root, and fingerprints."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from playbook_press.lint import Finding
from playbook_press.load import Handbook

_ADDRESS = re.compile(r"https?://[A-Za-z0-9._~:/?#@!$&'*+,;=%\[\]-]+")


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
    met: Counter[str] = Counter()
    made = []
    for finding in findings:
        document = documents.get(finding.path)
        line = document.line(finding.line) if document else ""
        end = finding.end_column - 1 if finding.end_line == finding.line else len(line)
        words = (from_root(finding.path, root), finding.code, line[finding.column - 1 : end], line.strip())
        identity = "\0".join(words)
        met[identity] += 1
        made.append(_hash(f"{identity}\0{met[identity]}"))
    return made


def _hash(text: str) -> str:
    return sha256(text.encode(errors="surrogatepass")).hexdigest()[:32]
