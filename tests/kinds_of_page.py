"""A page of each kind that a handbook has, for what has to be right on all of them."""

from pathlib import Path

import playbook_press

KINDS = {
    "home": "",
    "contexts": "contexts/",
    "context": "contexts/sales/",
    "sheets": "sheets/",
    "sheet": "sheets/hiring-candidate/",
    "playbooks": "playbooks/",
    "playbook": "playbooks/job-interview-negotiation/",
    "scripts": "scripts/",
    "pitfalls": "pitfalls/",
    "worksheets": "worksheets/",
    "worksheet": "worksheets/pay-range/",
    "tools": "tools/",
    "choose": "tools/choose/",
    "my_sheet": "tools/my-sheet/",
    "take_along": "tools/take-along/",
    "practice": "practice/",
    "practice_deck": "practice/sales/",
    "glossary": "glossary/",
    "sources": "sources/",
    "coverage": "contribute/coverage/",
    "fields": "contribute/fields/",
    "rules": "contribute/rules/",
    "rule": "contribute/rules/pb201/",
    "offline": "offline/",
}
"""By template, the address of a page that it makes."""

WRITTEN = {
    "a path": "paths/someone-is-pressing-me-now/",
    "contributing": "contribute/",
    "not found": "404.html",
}
"""Pages that no template of ours makes."""

ALL = {**KINDS, **WRITTEN}


def templates() -> set[str]:
    """The names of the templates of pages."""
    folder = Path(playbook_press.__file__).parent / "templates"
    return {path.name.removesuffix(".md.j2") for path in folder.glob("[!_]*.md.j2")}
