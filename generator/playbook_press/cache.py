"""What is known of files from earlier runs, kept in a folder beside mkdocs.yml.

A file is known again by the hash of its content, as long as nothing else has changed that its
check depends on. A cache that cannot be read or written is as good as none.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

from playbook_press.links import link_in
from playbook_press.lint import Checked, Finding
from playbook_press.settings import Settings
from playbook_press.suppressions import Suppression

FOLDER = Path(".playbooks-cache")
_FILE = "lint.json"
_PACKAGES = ("markdown-it-py", "pydantic", "pydantic-core", "pyyaml")
"""What else a check depends on."""
_KEPT = tuple(field.name for field in fields(Finding) if field.name not in {"url", "fix"})


def refusal(folder: Path) -> str:
    """Why nothing may be kept in a folder, in a line; nothing where it may."""
    if link := link_in(folder):
        return f"{link.relative_to(folder.parent)}: a link, where only what is made here is kept: delete it"
    return ""


def digest(*parts: bytes) -> str:
    """The hash of some content."""
    hashed = blake2b(digest_size=16)
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.hexdigest()


def context(settings: Settings, shared: Mapping[Path, bytes]) -> str:
    """What the check of a playbook depends on beside it: this program, the settings, shared files and their names."""
    named = chain.from_iterable((path.as_posix().encode(), content) for path, content in shared.items())
    return digest(program().encode(), settings.model_dump_json().encode(), *named)


@cache
def program() -> str:
    """Which press this is: a version number stays while rules are being written, the times of files do not."""
    package = Path(str(files("playbook_press")))
    found = [path.stat() for path in sorted(package.rglob("*.py"))]
    packages = [version(package) for package in ("playbook-press", *_PACKAGES)]
    return f"{packages} {[(stat.st_mtime_ns, stat.st_size) for stat in found]}"


class Cache:
    """The outcome of earlier checks, by the path of the file."""

    def __init__(self, folder: Path, context: str) -> None:
        self._folder = folder
        self.context = context
        self._known = self._read()
        self._seen: dict[str, Any] = {}

    def get(self, path: Path, content_digest: str) -> Checked | None:
        """What is known of a file with this content."""
        record = self._known.get(path.as_posix())
        if not isinstance(record, list) or record[:1] != [content_digest]:
            return None
        try:
            checked = _checked(record[1])
        except (TypeError, ValueError, KeyError, IndexError):
            return None
        self._seen[path.as_posix()] = record
        return checked

    def put(self, path: Path, content_digest: str, checked: Checked) -> None:
        """Note the outcome of a check."""
        self._seen[path.as_posix()] = [content_digest, _record(checked)]

    def save(self) -> None:
        """Keep what this run has seen, in one piece."""
        known, self._known, self._seen = self._known, self._seen, {}
        if known == self._known:
            return
        text = json.dumps({"context": self.context, "files": self._known}, separators=(",", ":"))
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            descriptor, name = tempfile.mkstemp(dir=self._folder, prefix=_FILE)
            try:
                with os.fdopen(descriptor, "w", encoding="utf-8", errors="surrogatepass") as file:
                    file.write(text)
                Path(name).replace(self._folder / _FILE)
            except OSError:
                Path(name).unlink(missing_ok=True)
            for left in self._folder.glob(f"{_FILE}?*"):  # by a run that was killed
                left.unlink(missing_ok=True)

    def _read(self) -> Mapping[str, Any]:
        try:
            kept = json.loads((self._folder / _FILE).read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(kept, dict) or kept.get("context") != self.context:
            return {}
        found = kept.get("files")
        return found if isinstance(found, dict) else {}


def _record(checked: Checked) -> list[Any]:
    return [
        checked.path,
        checked.collection,
        checked.id,
        [[getattr(finding, name) for name in _KEPT] for finding in checked.findings],
        checked.suppressions,
        checked.facts,
        checked.is_draft,
    ]


def _checked(record: Any) -> Checked:
    path, collection, id_, findings, suppressions, facts, is_draft = record
    return Checked(
        path,
        collection,
        id_,
        [Finding(**dict(zip(_KEPT, finding, strict=True))) for finding in findings],
        [
            Suppression(line, column, end, tuple((code, at) for code, at in codes), reason, first, last)
            for line, column, end, codes, reason, first, last in suppressions
        ],
        facts,
        is_draft,
    )
