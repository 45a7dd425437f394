"""The navigation of the site: which pages it lists, under which headings."""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from playbook_press.decks import decks
from playbook_press.model import Library, in_words, plain_words
from playbook_press.rules import all_rules

MOST_LISTED = 100
"""A navigation lists no more pages of one kind: every page shows it, and nobody reads a longer one.

The page of all of them leads to each."""


def _as_html(title: str) -> str:
    return html.escape(plain_words(title))


def unlisted(library: Library) -> frozenset[str]:
    """The paths of the pages that the navigation leaves to the page of all of their kind."""
    of_a_kind = {"playbooks": library.playbooks, "worksheets": library.worksheets}
    return frozenset(
        f"{folder}/{name}.md"
        for folder, names in of_a_kind.items()
        if len(names) > MOST_LISTED
        for name in names
    )


def navigation(
    library: Library, written: Mapping[str, Sequence[str]], *, has_sheets: bool = False
) -> list[Any]:
    """The site's navigation; `written` holds the hand-written pages by their top folder."""
    sheets: list[Any] = [
        "sheets/index.md",
        # What they are sheets of is enough where they stand together.
        *({_as_html(context.title): f"sheets/{name}.md"} for name, context in library.contexts.items()),
    ]
    practice: list[Any] = [
        "practice/index.md",
        *({_as_html(deck.context.title): f"practice/{deck.id}.md"} for deck in decks(library)),
    ]
    worksheets = ["worksheets/index.md", *(f"worksheets/{name}.md" for name in library.worksheets)]
    playbooks = ["playbooks/index.md", *(f"playbooks/{name}.md" for name in library.playbooks)]
    hidden = unlisted(library)
    nav: list[Any] = [
        {"Home": "index.md"},
        {"Contexts": ["contexts/index.md", *(f"contexts/{name}.md" for name in library.contexts)]},
        {"Playbooks": [path for path in playbooks if path not in hidden]},
        {"Scripts": "scripts.md"},
        {"Pitfalls": "pitfalls.md"},
        *([{"Cheat sheets": sheets}] if has_sheets else []),
        *(
            [{"Worksheets": [path for path in worksheets if path not in hidden]}]
            if library.worksheets
            else []
        ),
        {
            "Tools": [
                "tools/index.md",
                "tools/choose.md",
                "tools/my-sheet.md",
                *([{"Practice": practice}] if len(practice) > 1 else []),
                "tools/take-along.md",
            ]
        },
        *(
            {in_words(folder): list(pages)}
            for folder, pages in written.items()
            if folder not in {"", "contribute"}
        ),
        *written.get("", ()),
        {"Glossary": "glossary.md"},
        {"Sources": "sources.md"},
        {
            "Contribute": [
                *written.get("contribute", ()),
                "contribute/coverage.md",
                "contribute/fields.md",
                {
                    "Rules": [
                        "contribute/rules/index.md",
                        *(f"contribute/rules/{code.lower()}.md" for code in all_rules()),
                    ]
                },
            ]
        },
    ]
    return nav
