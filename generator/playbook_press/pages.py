"""A `Library` to the pages of its handbook: Markdown with a little HTML, for any site engine.

Templates escape by construction. Whatever they print is written by `text`, unless it is Markdown
that this module made; see `Renderer.finalize`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from playbook_press.model import (
    Checklist,
    Coverage,
    Library,
    Pitfall,
    Playbook,
    Script,
    Worksheet,
    blanks,
    in_words,
)
from playbook_press.render import Page, Renderer
from playbook_press.rules import all_rules
from playbook_press.schema import field_reference


class Placed(NamedTuple):
    """A part of a playbook, with the playbook it stands in."""

    playbook_id: str
    playbook: Playbook
    part: Any

    @property
    def page(self) -> str:
        """Where the part stands, as an address of the handbook."""
        return f"playbooks/{self.playbook_id}#{self.part.id}"

    @property
    def anchor(self) -> Markup:
        """Its id on a page that gathers parts of many playbooks: two ids, so nothing to escape."""
        return Markup(f"{self.playbook_id}--{self.part.id}")


class Handout(NamedTuple):
    """Everything that the handbook holds for one context."""

    best: Sequence[Placed]
    """The scripts that their authors ranked highest, in the order of their ranks."""
    scripts: Mapping[str, Sequence[Placed]]
    """Every script, by the id of its stage, in the order of the stages."""
    pitfalls: Sequence[Placed]
    checklists: Sequence[Placed]
    dialogues: Sequence[Placed]
    notes: Sequence[tuple[str, Playbook]]
    """The playbooks that say what changes here, by id."""

    @property
    def lines(self) -> int:
        """How many scripts there are."""
        return sum(map(len, self.scripts.values()))


_MOST_READY = 8


def placed(library: Library, section: str) -> list[Placed]:
    """Every part of a section, over all playbooks."""
    return [found for playbook_id in library.playbooks for found in placed_in(library, playbook_id, section)]


def placed_in(library: Library, playbook_id: str, section: str) -> list[Placed]:
    """Every part of a section of one playbook."""
    playbook = library.playbooks[playbook_id]
    return [Placed(playbook_id, playbook, part) for part in getattr(playbook, section)]


def playbooks_of(library: Library, kind: str) -> list[tuple[str, Playbook]]:
    """The playbooks of a kind, with their ids."""
    return [(name, playbook) for name, playbook in library.playbooks.items() if playbook.kind == kind]


def by_stage(library: Library, scripts: Iterable[Placed]) -> dict[str, list[Placed]]:
    """Scripts by the id of their stage, in the order of the stages."""
    grouped: dict[str, list[Placed]] = {stage: [] for stage in library.stages}
    for script in scripts:
        grouped[script.part.stage].append(script)
    return {stage: found for stage, found in grouped.items() if found}


def handout(library: Library, context: str) -> Handout:
    """Gather what fits a context: what names it first, then what fits every context."""

    def fits(part: Script | Pitfall | Checklist) -> bool:
        return not part.contexts or context in part.contexts

    def gathered(section: str) -> list[Placed]:
        found = [item for item in placed(library, section) if fits(item.part)]
        return sorted(found, key=lambda item: not item.part.contexts)

    dialogues = [item for item in placed(library, "dialogues") if item.part.context == context]
    scripts = gathered("scripts")
    ranked = [item for item in scripts if item.part.sheet and context in item.part.contexts]
    return Handout(
        best=sorted(ranked, key=lambda item: item.part.sheet)[:_MOST_READY],
        scripts=by_stage(library, scripts),
        pitfalls=gathered("pitfalls"),
        checklists=gathered("checklists"),
        dialogues=dialogues,
        notes=[
            (name, playbook) for name, playbook in library.playbooks.items() if context in playbook.contexts
        ],
    )


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


def build_pages(library: Library, site_name: str) -> Iterator[Page]:
    """Every page of the handbook, home first."""
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
        },
    )
    page = renderer.page
    yield page("index.md", site_name, "home", hide=["navigation", "toc"], featured=featured(library))
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
