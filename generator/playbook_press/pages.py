"""A `Library` to the pages of its handbook: Markdown with a little HTML, for any site engine.

Templates escape by construction. Whatever they print is written by `text`, unless it is Markdown
that `render` made; see its `Renderer.finalize`.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import groupby
from typing import Any, NamedTuple

from playbook_press.coverage import coverage, coverage_of, shared_lines, thinnest
from playbook_press.decks import Deck, decks, slug
from playbook_press.gather import Placed, by_stage, handout, placed, placed_in, playbooks_of
from playbook_press.model import (
    Coverage,
    Library,
    Slot,
    Table,
    Worksheet,
    blanks,
)
from playbook_press.paper import paths
from playbook_press.paper.computing import formula_of_result
from playbook_press.paper.formats import EITHER
from playbook_press.paper.imprint import cited, page_address, qr_code, without_scheme
from playbook_press.paper.printer import BLANKS, Options, Printer
from playbook_press.paper.sheet import Unit
from playbook_press.paper.thumbnails import THUMBNAIL_PAPER
from playbook_press.render import Page, Renderer
from playbook_press.rules import all_rules
from playbook_press.schema import field_reference

BROWSER = EITHER._replace(height=EITHER.height * 0.84)
"""The paper that a sheet's page is filled for: a browser sets text less tightly than Typst does, and
its user may have chosen wider margins."""


class Declared(NamedTuple):
    """What is declared for a page that no single playbook belongs to."""

    slots: Mapping[str, Slot]


class Print(NamedTuple):
    """A kind of PDF that there is of every sheet."""

    title: str
    summary: str
    path: str
    """Where it is in the site, for a `context` and a `paper`."""


PRINTS = (
    Print("Cheat sheet", "Both sides of one sheet of paper.", paths.SHEET),
    Print("Large print", "The same lines in 14 points.", paths.LARGE_PRINT),
    Print("Pocket cards", "Eight to a page, to cut apart.", paths.CARDS),
)
_BESIDE_CONTENTS = 5
"""A table of no more columns has room beside the table of contents."""
PAPER_NAMES = {"a4": "A4", "letter": "US Letter"}

OFFLINE = "offline.md"
"""The page that stands in for one that cannot be reached: nothing leads to it but that."""


def options_of(worksheet: Worksheet, coverage: Coverage) -> tuple[str, ...]:
    """Give what a coverage should cover: the options of its column."""
    return next(
        blank.options
        for part in worksheet.parts
        if part.id == coverage.part
        for blank in blanks(part)
        if blank.id == coverage.column
    )


def is_crowded(worksheet: Worksheet) -> bool:
    """Whether a table of a worksheet needs the whole width of a page."""
    return any(len(blanks(part)) > _BESIDE_CONTENTS for part in worksheet.parts if isinstance(part, Table))


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


def has_feed(library: Library, site_url: str) -> bool:
    """Whether there is a feed of what was read through: its entries need addresses of their own, and days."""
    return bool(site_url) and any(playbook.reviewed for playbook in library.playbooks.values())


def build_pages(  # noqa: PLR0913 (the last two are named where it is called)
    library: Library,
    site_name: str,
    site_url: str = "",
    shortcuts: Sequence[tuple[str, str]] = (),
    *,
    has_sheets: bool = False,
    has_twins: bool = True,
) -> Iterator[Page]:
    """Every page of the handbook, home first.

    `shortcuts` are the titles and paths of hand-written pages that the home page leads to;
    `has_sheets` tells whether there are PDFs of the cheat sheets to link to, and `has_twins` whether
    each page has a Markdown twin.
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
            "paths": paths,
        },
    )
    page = renderer.page
    practised = decks(library)
    yield page(
        "index.md",
        site_name,
        "home",
        hide=["navigation", "toc"],
        shortcuts=shortcuts,
        later=lambda: {"featured": featured(library)},
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
            later=partial(_context_variables, library, name),
            is_practised=any(deck.id == name for deck in practised),
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
    yield page("scripts.md", "Scripts", "scripts", tool="finder")
    yield page("pitfalls.md", "Pitfalls", "pitfalls")
    yield from _worksheet_pages(renderer)
    yield page("tools/index.md", "Tools", "tools", has_practice=bool(practised))
    yield page("tools/choose.md", "Which playbook fits?", "choose", tool="chooser")
    yield page("tools/my-sheet.md", "My sheet", "my_sheet", hide=["toc"], tool="my-sheet", blanks=BLANKS)
    yield from _practice_pages(renderer, site_name, practised)
    yield page(
        "tools/take-along.md",
        "Take it along",
        "take_along",
        has_feed=has_feed(library, site_url),
        has_twins=has_twins,
        anki_file=f"practice/{slug(site_name)}.apkg" if practised else "",
    )
    yield page("glossary.md", "Glossary", "glossary", "vocabulary/glossary.yml")
    yield page(
        "sources.md",
        "Sources",
        "sources",
        "vocabulary/sources.yml",
        later=lambda: {"cited": citations(library)},
    )
    yield from _contributor_pages(renderer)
    yield page(OFFLINE, "Without a network", "offline", hide=["toc"], tool="kept-pages")


def _context_variables(library: Library, context_id: str) -> Mapping[str, object]:
    return {"handout": handout(library, context_id)}


def _worksheet_pages(renderer: Renderer) -> Iterator[Page]:
    """The worksheets to fill in, where there are any."""
    library = renderer.library
    if library.worksheets:
        yield renderer.page("worksheets/index.md", "Worksheets", "worksheets")
    # A worksheet belongs to many playbooks: its slots are shown as the first to declare them has them.
    declared = Declared({name: slot for name, (_, slot) in library.slots.items()})
    for name, worksheet in library.worksheets.items():
        yield renderer.page(
            f"worksheets/{name}.md",
            worksheet.title,
            "worksheet",
            f"worksheets/{name}.yml",
            description=worksheet.summary,
            worksheet_id=name,
            worksheet=worksheet,
            declared=declared,
            hide=["toc"] if is_crowded(worksheet) else [],
            tool="worksheet",
            used_by=[found for found in library.playbooks.items() if name in found[1].worksheets],
        )


def _contributor_pages(renderer: Renderer) -> Iterator[Page]:
    """What somebody who writes a playbook looks up."""
    page = renderer.page
    yield page(
        "contribute/coverage.md",
        "Coverage",
        "coverage",
        hide=["toc"],
        later=partial(_coverage_variables, renderer.library),
    )
    yield page(
        "contribute/fields.md",
        "Field reference",
        "fields",
        later=lambda: {"parts": list(field_reference())},
    )
    yield page("contribute/rules/index.md", "Rules", "rules", rules=all_rules())
    for code, rule in all_rules().items():
        yield page(f"contribute/rules/{code.lower()}.md", f"{code} {rule.name}", "rule", rule=rule)


def _coverage_variables(library: Library) -> Mapping[str, object]:
    return {
        "coverage": coverage(library),
        "shared": shared_lines(library),
        "by_playbook": {name: coverage_of(library, name) for name in library.playbooks},
        "thinnest": thinnest(library),
    }


def _practice_pages(renderer: Renderer, site_name: str, made: Sequence[Deck]) -> Iterator[Page]:
    """The decks to practise, where there is anything to practise."""
    if not made:
        return
    yield renderer.page(
        "practice/index.md",
        "Practice",
        "practice",
        tool="practice",
        decks=made,
        line_count=len({line.page for deck in made for line in deck.lines}),
        anki_file=f"{slug(site_name)}.apkg",
    )
    for deck in made:
        title = f"{deck.context.title}: practice"
        yield renderer.page(f"practice/{deck.id}.md", title, "practice_deck", tool="practice", deck=deck)


def _sheet_pages(renderer: Renderer, site_name: str, site_url: str) -> Iterator[Page]:
    """The cheat sheets to read and to print from the browser, and where their PDFs are."""
    library = renderer.library
    prints: dict[str, Any] = {"prints": PRINTS, "papers": PAPER_NAMES, "thumbnail": THUMBNAIL_PAPER}
    yield renderer.page("sheets/index.md", "Cheat sheets", "sheets", **prints)

    @cache
    def printer() -> Printer:
        made = Printer(library, site_name, site_url, Options(BROWSER))
        made.measure([made.sheet(context) for context in library.contexts])
        return made

    def variables(name: str) -> Mapping[str, object]:
        sheet = printer().sheet(name)
        chosen = [sheet.units[index] for index in printer().choose(sheet)]
        return {
            "sheet": sheet,
            "sections": [(*key, list(units)) for key, units in groupby(chosen, _section_and_kind)],
            "made_from": cited(library),
        }

    for name, context in library.contexts.items():
        address = page_address(site_url, f"contexts/{name}/")
        yield renderer.page(
            f"sheets/{name}.md",
            f"{context.title}: cheat sheet",
            "sheet",
            description=f"{context.title}: what to say, on one sheet of paper",
            blanks=BLANKS,
            address=without_scheme(address),
            qr=qr_code(address) if address else "",
            later=partial(variables, name),
            **prints,
        )


def _section_and_kind(unit: Unit) -> tuple[str, str]:
    return unit.section, unit.kind
