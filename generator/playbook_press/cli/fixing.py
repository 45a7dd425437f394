"""What `playbooks lint --fix` does to files, and what `--diff` shows of it."""

import difflib
from collections.abc import Collection, Iterator
from pathlib import Path

from playbook_press.autofix import Mended
from playbook_press.cli.common import write_whole
from playbook_press.document import Document
from playbook_press.fixes import LARGEST
from playbook_press.load import Handbook


def changed(before: Handbook, after: Handbook) -> list[tuple[Document, Document]]:
    """The documents that differ, each as it was and as it is."""
    pairs = zip(before.documents, after.documents, strict=True)
    return [(old, new) for old, new in pairs if old.text != new.text]


def write_files(documents: Collection[tuple[Document, Document]], folder: Path) -> None:
    """Write documents of the handbook in a folder back, each in one piece. CannotRunError where one cannot be written."""
    for _, document in documents:
        content = "\ufeff" * document.byte_order_marks + document.text
        # Links may lead to what is beside the folder: those that lead further are not read.
        write_whole(document.path, content.encode(), folder.absolute().parent)


def as_diff(documents: Collection[tuple[Document, Document]]) -> Iterator[str]:
    """The changes as a unified diff, line by line."""
    for before, after in documents:
        path = before.path.as_posix()
        lines = difflib.unified_diff(
            before.text.splitlines(keepends=True),
            after.text.splitlines(keepends=True),
            f"a/{path}",
            f"b/{path}",
        )
        for line in lines:
            yield line.rstrip("\r\n")
            if not line.endswith("\n"):
                yield "\\ No newline at end of file"


def told(mended: Mended, *, is_unsafe: bool, is_written: bool) -> Iterator[str]:
    """What was mended and written, and what could be, in a line; and each file that is too large for that."""
    if mended.fixed and is_written:
        number = len(mended.fixed)
        text = f"{number} finding{'' if number == 1 else 's'} mended"
        waiting = sum(finding.fix is not None and not finding.fix.is_safe for finding in mended.left)
        if waiting and not is_unsafe:
            text += f"; {waiting} more with --unsafe-fixes, which guess: look at what they write"
        yield text
    for path in mended.too_large:
        yield f"{path}: more than {LARGEST // 1024} KiB is not mended by the linter: split the file"
