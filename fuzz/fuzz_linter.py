"""Any file is linted to the end; each finding stands in it, and can be kept and printed."""

import json

from harness import COLLECTIONS, handbook, lint_beside_good, read
from playbook_press.lint import check


def one_input(data: bytes) -> None:
    """Lint a file beside the good handbook."""
    for collection in COLLECTIONS[:2]:
        if document := read(data, collection):
            lint_beside_good(document)
            json.dumps(check(document, handbook().library).facts)
