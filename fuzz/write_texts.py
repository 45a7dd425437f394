"""Writes every text of a playbook in every way that pages and paper need: for `measure.py`."""

import sys
from pathlib import Path

from playbook_press.load import File, HandbookError, built, read_bytes
from playbook_press.rules import strings
from playbook_press.text import MarkdownWriter, links_in, parse_block, parse_inline, pieces, plain, slots_in

_WRITER = MarkdownWriter(slot=lambda name: name, link=lambda address: address)


def main(path: Path) -> None:
    """Write what the model takes of a file."""
    try:
        document = built(read_bytes(path, path), File("playbooks", path, path))
    except HandbookError as error:
        print(error)
        return
    for text in strings(document.value) if document.value is not None else ():
        slots_in(text.words)
        links_in(text.words)
        line, block = parse_inline(text.words), parse_block(text.words)
        _WRITER.inline(line)
        _WRITER.block(block)
        for nodes in (line, block):
            plain(nodes, str)
            pieces(nodes, str, {})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
