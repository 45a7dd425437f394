"""The good handbook, and ways to check a file beside it: with the command, and without."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playbook_press.document import Document
from playbook_press.lint import Finding, lint
from playbook_press.load import HandbookError, read_handbook

GOOD = Path(__file__).parent / "good"
COMMAND = Path(sys.executable).with_name("playbooks")


@dataclass(frozen=True)
class GoodHandbook:
    """The handbook of `good/`, with one file more or one file else."""

    folder: Path
    """An empty folder to put that file in."""

    def read(self, content: str | bytes, name: str = "minimal.yml") -> tuple[Document, list[Finding]]:
        """Read a playbook beside the others; one of the same name is replaced."""
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        handbook = read_handbook(GOOD, Path("good"), [path])
        path.unlink()
        if handbook.unreadable:
            raise HandbookError(*handbook.unreadable)
        document = next(document for document in handbook.documents if document.path == path)
        return document, [finding for finding in lint(handbook) if finding.path == path.as_posix()]

    def lint(self, content: str | bytes, name: str = "minimal.yml") -> list[Finding]:
        """What is wrong with a playbook beside the others."""
        return self.read(content, name)[1]

    def places(self, content: str | bytes) -> list[tuple[str, int, int]]:
        """The code, line and column of everything that is wrong."""
        return [(finding.code, finding.line, finding.column) for finding in self.lint(content)]


def run(
    *arguments: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the installed command."""
    return subprocess.run(
        [COMMAND, *arguments],
        cwd=cwd,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )
