"""A `Library` to the pages of its handbook: Markdown with a little HTML, for any site engine.

Templates escape by construction. Whatever they print is written by `text`, unless it is Markdown
that this module made; see `Renderer.finalize`.
"""

import html
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from playbook_press.coverage import coverage, coverage_of, shared_lines, thinnest
from playbook_press.gather import Placed, by_stage, handout, placed, placed_in, playbooks_of
from playbook_press.model import (
    Coverage,
    Library,
    Worksheet,
    blanks,
    in_words,
)
from playbook_press.paper.computing import formula_of_result
from playbook_press.paper.printer import BLANKS, Options, Printer
from playbook_press.paper.sheet import Unit
from playbook_press.paper.thumbnails import THUMBNAIL_PAPER
from playbook_press.paper.typesetting import EITHER, cited, qr_code, without_scheme
from playbook_press.render import Page, Renderer
from playbook_press.rules import all_rules
from playbook_press.schema import field_reference
from playbook_press.text import parse_inline, plain

BROWSER = EITHER._replace(height=EITHER.height * 0.88)
"""The paper that a sheet's page is filled for: a browser sets text less tightly than Typst does, and
its user may have chosen wider margins."""


class Print(NamedTuple):
    """A kind of PDF that there is of every sheet."""

    title: str
    summary: str
    path: str
    """Where it is in the site, for a `context` and a `paper`."""


PRINTS = (
    Print("Cheat sheet", "Both sides of one sheet of paper.", "sheets/{context}-{paper}.pdf"),
    Print("Large print", "The same lines in 14 points.", "sheets/{context}-{paper}-large.pdf"),
    Print("Pocket cards", "Eight to a page, to cut apart.", "sheets/{context}-cards-{paper}.pdf"),
)
PAPER_NAMES = {"a4": "A4", "letter": "US Letter"}


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
    site_url: str = "",
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
            "formula": formula_of_result,
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
    if has_sheets:
        yield from _sheet_pages(renderer, site_name, site_url)
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
    yield page(
        "contribute/coverage.md",
        "Coverage",
        "coverage",
        hide=["toc"],
        coverage=coverage(library),
        shared=shared_lines(library),
        by_playbook={name: coverage_of(library, name) for name in library.playbooks},
        thinnest=thinnest(library),
    )
    yield page("contribute/fields.md", "Field reference", "fields", parts=list(field_reference()))
    yield page("contribute/rules/index.md", "Rules", "rules", rules=all_rules())
    for code, rule in all_rules().items():
        yield page(f"contribute/rules/{code.lower()}.md", f"{code} {rule.name}", "rule", rule=rule)


def _sheet_pages(renderer: Renderer, site_name: str, site_url: str) -> Iterator[Page]:
    """The cheat sheets to read and to print from the browser, and where their PDFs are."""
    library = renderer.library
    prints: dict[str, Any] = {"prints": PRINTS, "papers": PAPER_NAMES, "thumbnail": THUMBNAIL_PAPER}
    yield renderer.page("sheets/index.md", "Cheat sheets", "sheets", **prints)
    printer = Printer(library, site_name, site_url, Options(BROWSER))
    sheets = [printer.sheet(context) for context in library.contexts]
    if sheets:
        printer.measure(sheets)
    for sheet in sheets:
        name = sheet.context_id
        chosen = [sheet.units[index] for index in printer.choose(sheet)]
        address = f"{site_url.rstrip('/')}/contexts/{name}/" if site_url else ""
        yield renderer.page(
            f"sheets/{name}.md",
            f"{sheet.title}: cheat sheet",
            "sheet",
            description=f"{sheet.title}: what to say, on one sheet of paper",
            sheet=sheet,
            sections=[(*key, list(units)) for key, units in groupby(chosen, _section_and_kind)],
            blanks=list(BLANKS.values()),
            address=without_scheme(address),
            qr=qr_code(address) if address else "",
            made_from=cited(library),
            **prints,
        )


def _section_and_kind(unit: Unit) -> tuple[str, str]:
    return unit.section, unit.kind


def navigation(
    library: Library, written: Mapping[str, Sequence[str]], *, has_sheets: bool = False
) -> list[Any]:
    """The site's navigation; `written` holds the hand-written pages by their top folder."""
    sheets: list[Any] = [
        "sheets/index.md",
        # What they are sheets of is enough where they stand together; it is shown as HTML.
        *(
            {html.escape(plain(parse_inline(context.title), in_words)): f"sheets/{name}.md"}
            for name, context in library.contexts.items()
        ),
    ]
    worksheets = ["worksheets/index.md", *(f"worksheets/{name}.md" for name in library.worksheets)]
    nav: list[Any] = [
        {"Home": "index.md"},
        {"Contexts": ["contexts/index.md", *(f"contexts/{name}.md" for name in library.contexts)]},
        {"Playbooks": ["playbooks/index.md", *(f"playbooks/{name}.md" for name in library.playbooks)]},
        {"Scripts": "scripts.md"},
        {"Pitfalls": "pitfalls.md"},
        *([{"Cheat sheets": sheets}] if has_sheets else []),
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
