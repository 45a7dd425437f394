"""A `Library` to the pages of its handbook: Markdown with a little HTML, for any site engine.

Templates escape by construction. Whatever they print is written by `text`, unless it is Markdown
that this module made; see `Renderer.finalize`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from playbook_press.gather import Placed, by_stage, handout, placed, placed_in, playbooks_of
from playbook_press.model import (
    Coverage,
    Library,
    Worksheet,
    blanks,
    in_words,
)
from playbook_press.render import Page, Renderer
from playbook_press.rules import all_rules
from playbook_press.schema import field_reference


def options_of(worksheet: Worksheet, coverage: Coverage) -> tuple[str, ...]:
    """Give what a coverage should cover: the options of its column."""
    return next(
        blank.options
        for part in worksheet.parts
        if part.id == coverage.part
        for blank in blanks(part)
        if blank.id == coverage.column
    )


def featured(library: Library) -> Placed | None:
    """Pick the line for the home page: the best ranked one that answers something they say."""
    ranked = [item for item in placed(library, "scripts") if item.part.sheet and item.part.they_say]
    return min(ranked, key=lambda item: item.part.sheet, default=None)


def citations(library: Library) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """How often each source is cited, by source, playbook and section."""
    counts: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for playbook_id, playbook in library.playbooks.items():
        for text in playbook.texts:
            if text.field == "sources":
                section = str(text.location[0])
                # What is planned is shown among what is related.
                counts[text.words][playbook_id]["related" if section == "planned" else section] += 1
    return counts


def build_pages(
    library: Library,
    site_name: str,
    shortcuts: Sequence[tuple[str, str]] = (),
    *,
    has_sheets: bool = False,
) -> Iterator[Page]:
    """Every page of the handbook, home first.

    `shortcuts` are the titles and paths of hand-written pages that the home page leads to;
    `has_sheets` tells whether there are PDFs of the cheat sheets to link to.
    """
    renderer = Renderer(
        library,
        site_name,
        {
            "placed": partial(placed, library),
            "placed_in": partial(placed_in, library),
            "playbooks_of": partial(playbooks_of, library),
            "by_stage": partial(by_stage, library),
            "handout": partial(handout, library),
            "options_of": options_of,
            "has_sheets": has_sheets,
        },
    )
    page = renderer.page
    yield page(
        "index.md",
        site_name,
        "home",
        hide=["navigation", "toc"],
        featured=featured(library),
        shortcuts=shortcuts,
    )
    yield page("contexts/index.md", "Contexts", "contexts")
    for name, context in library.contexts.items():
        yield page(
            f"contexts/{name}.md",
            context.title,
            "context",
            "vocabulary/contexts.yml",
            description=context.summary,
            context_id=name,
            context=context,
            handout=handout(library, name),
        )
    yield page("playbooks/index.md", "Playbooks", "playbooks")
    for name, playbook in library.playbooks.items():
        yield page(
            f"playbooks/{name}.md",
            playbook.title,
            "playbook",
            f"{name}.yml",
            description=playbook.summary,
            playbook_id=name,
            playbook=playbook,
        )
    yield page("scripts.md", "Scripts", "scripts")
    yield page("pitfalls.md", "Pitfalls", "pitfalls")
    if library.worksheets:
        yield page("worksheets/index.md", "Worksheets", "worksheets")
    for name, worksheet in library.worksheets.items():
        yield page(
            f"worksheets/{name}.md",
            worksheet.title,
            "worksheet",
            f"worksheets/{name}.yml",
            description=worksheet.summary,
            worksheet_id=name,
            worksheet=worksheet,
            used_by=[found for found in library.playbooks.items() if name in found[1].worksheets],
        )
    yield page("glossary.md", "Glossary", "glossary", "vocabulary/glossary.yml")
    yield page("sources.md", "Sources", "sources", "vocabulary/sources.yml", cited=citations(library))
    yield page("contribute/fields.md", "Field reference", "fields", parts=list(field_reference()))
    yield page("contribute/rules/index.md", "Rules", "rules", rules=all_rules())
    for code, rule in all_rules().items():
        yield page(f"contribute/rules/{code.lower()}.md", f"{code} {rule.name}", "rule", rule=rule)


def navigation(library: Library, written: Mapping[str, Sequence[str]]) -> list[Any]:
    """The site's navigation; `written` holds the hand-written pages by their top folder."""
    worksheets = ["worksheets/index.md", *(f"worksheets/{name}.md" for name in library.worksheets)]
    nav: list[Any] = [
        {"Home": "index.md"},
        {"Contexts": ["contexts/index.md", *(f"contexts/{name}.md" for name in library.contexts)]},
        {"Playbooks": ["playbooks/index.md", *(f"playbooks/{name}.md" for name in library.playbooks)]},
        {"Scripts": "scripts.md"},
        {"Pitfalls": "pitfalls.md"},
        *([{"Worksheets": worksheets}] if library.worksheets else []),
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
