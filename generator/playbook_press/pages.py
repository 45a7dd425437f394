"""A `Library` to the pages of its handbook: Markdown with a little HTML, for any site engine.

Templates escape by construction. Whatever they print is written by `text`, unless it is Markdown
that this module made; see `_Renderer.finalize`.
"""

import html
import json
import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from playbook_press.model import (
    Checklist,
    Library,
    Pitfall,
    Playbook,
    Script,
    Term,
    in_words,
)
from playbook_press.rules import all_rules
from playbook_press.schema import field_reference
from playbook_press.text import (
    MarkdownWriter,
    escape,
    escape_attribute,
    parse_block,
    parse_inline,
    plain,
)

MARKDOWN_EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "md_in_html": {},
    "tables": {},
    # Deeper headings are lines to say: found by search, too many for a table of contents.
    "toc": {"permalink": True, "toc_depth": 3},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
}
"""The extensions of Python-Markdown that the pages need, with their settings."""


@dataclass(frozen=True)
class Page:
    """A page of the handbook."""

    path: str
    """Where it stands in the tree of Markdown files, such as `playbooks/asking-for-time.md`."""
    title: str
    """Its title, as HTML without tags."""
    markdown: str
    edited_at: str | None = None
    """The file that it is written in, within the folder of playbooks."""


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

    scripts: Mapping[str, Sequence[Placed]]
    """By the id of their stage, in the order of the stages."""
    pitfalls: Sequence[Placed]
    checklists: Sequence[Placed]
    dialogues: Sequence[Placed]
    notes: Sequence[tuple[str, Playbook]]
    """The playbooks that say what changes here, by id."""

    @property
    def lines(self) -> int:
        """How many scripts there are."""
        return sum(map(len, self.scripts.values()))


def placed(library: Library, section: str) -> list[Placed]:
    """Every part of a section, over all playbooks."""
    return [
        Placed(playbook_id, playbook, part)
        for playbook_id, playbook in library.playbooks.items()
        for part in getattr(playbook, section)
    ]


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
    return Handout(
        scripts=by_stage(library, gathered("scripts")),
        pitfalls=gathered("pitfalls"),
        checklists=gathered("checklists"),
        dialogues=dialogues,
        notes=[
            (name, playbook) for name, playbook in library.playbooks.items() if context in playbook.contexts
        ],
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
    renderer = _Renderer(library, site_name)
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
    yield page("glossary.md", "Glossary", "glossary", "vocabulary/glossary.yml")
    yield page("sources.md", "Sources", "sources", "vocabulary/sources.yml", cited=citations(library))
    yield page("contribute/fields.md", "Field reference", "fields", parts=list(field_reference()))
    yield page("contribute/rules/index.md", "Rules", "rules", rules=all_rules())
    for code, rule in all_rules().items():
        yield page(f"contribute/rules/{code.lower()}.md", f"{code} {rule.name}", "rule", rule=rule)


def navigation(library: Library, written: Mapping[str, Sequence[str]]) -> list[Any]:
    """The site's navigation; `written` holds the hand-written pages by their top folder."""
    nav: list[Any] = [
        {"Home": "index.md"},
        {"Contexts": ["contexts/index.md", *(f"contexts/{name}.md" for name in library.contexts)]},
        {"Playbooks": ["playbooks/index.md", *(f"playbooks/{name}.md" for name in library.playbooks)]},
        {"Scripts": "scripts.md"},
        {"Pitfalls": "pitfalls.md"},
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


class _Glossary:
    """Finds the terms of the glossary in running text."""

    def __init__(self, terms: Mapping[str, Term]) -> None:
        self.terms = terms
        self._ids = {word: name for name, term in terms.items() for word in (term.term, *term.also)}
        self._folded = {word.lower(): name for word, name in self._ids.items() if word.islower()}
        # "STAR" is a term and "star" is not; "anchor" is one however a sentence starts.
        exact = self._choice(word for word in self._ids if not word.islower())
        folded = self._choice(self._folded)
        self._pattern = re.compile(rf"(?<![\w-])(?:(?P<exact>{exact})|(?P<folded>(?i:{folded})))s?(?![\w-])")

    @staticmethod
    def _choice(words: Iterable[str]) -> str:
        longest_first = sorted(words, key=lambda word: (-len(word), word))
        return "|".join(map(re.escape, longest_first)) or r"(?!)"

    def split(self, words: str) -> Iterator[tuple[str, str | None]]:
        """The text in pieces, each with the id of the term it is."""
        end = 0
        for match in self._pattern.finditer(words):
            yield words[end : match.start()], None
            found = self._ids.get(match["exact"] or "") or self._folded[match["folded"].lower()]
            yield match[0], found
            end = match.end()
        yield words[end:], None


class _Renderer:
    """Renders the templates, one page at a time."""

    def __init__(self, library: Library, site_name: str) -> None:
        self.library = library
        self.glossary = _Glossary(library.glossary)
        self._path = ""
        self._explained: set[str] = set()
        self.environment = Environment(
            loader=PackageLoader("playbook_press"),
            finalize=self.finalize,
            # What finalize returns is marked as safe; nothing else gets through unescaped.
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters |= {
            "block": self.block,
            "spoken": self.spoken,
            "bare": self.bare,
            "attribute": lambda text: Markup(escape_attribute(self.plain(text))),
            "shift": _shift,
            "in_words": in_words,
            "trusted": Markup,
        }
        self.environment.globals |= {
            "library": library,
            "site_name": site_name,
            "url": lambda address: Markup(self.link(address)),
            "placed": partial(placed, library),
            "by_stage": partial(by_stage, library),
            "handout": partial(handout, library),
            "placed_in": self._placed_in,
            "playbooks_of": self._playbooks_of,
        }

    def page(
        self,
        path: str,
        title: str,
        template: str,
        edited_at: str | None = None,
        *,
        description: str = "",
        hide: Sequence[str] = (),
        **variables: object,
    ) -> Page:
        """Render one page."""
        self._path = path
        self._explained = set()
        body = self.environment.get_template(f"{template}.md.j2").render(title=title, **variables)
        title_html = html.escape(self.plain(title))
        meta: dict[str, Any] = {"title": title_html}
        if description:
            meta["description"] = html.escape(self.plain(description))
        if hide:
            meta["hide"] = list(hide)
        # JSON is YAML, and needs no guessing about what has to be quoted.
        front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
        body = re.sub(r"\n{3,}", "\n\n", body).strip()
        markdown = f"---\n{front}---\n\n{body}\n"
        return Page(path, title_html, markdown, edited_at)

    def finalize(self, value: object) -> object:
        """Write what a template prints: text of an author as one escaped line of Markdown."""
        if isinstance(value, str) and not isinstance(value, Markup):
            return Markup(self._prose.inline(parse_inline(value)))
        return value

    def block(self, source: str) -> Markup:
        """Write a text of several paragraphs."""
        return Markup(self._prose.block(parse_block(source)))

    def spoken(self, source: str) -> Markup:
        """Write a line that is said: nothing in it is explained."""
        return Markup(self._speech.block(parse_block(source)))

    def bare(self, source: str) -> Markup:
        """Write a text for a heading or a link: no links in it, and nothing explained."""
        return Markup(escape(self.plain(source)))

    def plain(self, source: str) -> str:
        """Give the words alone."""
        return plain(parse_inline(source), lambda name: self._slot(name)[1])

    def link(self, address: str) -> str:
        """Give the address of a page of the handbook from the current page; others stay."""
        if ":" in address:
            return address
        page, hash_, anchor = address.partition("#")
        page = f"{page}/index.md" if page in _FOLDERS else f"{page}.md"
        return posixpath.relpath(page, posixpath.dirname(self._path) or ".") + hash_ + anchor

    def _placed_in(self, playbook_id: str, section: str) -> list[Placed]:
        playbook = self.library.playbooks[playbook_id]
        return [Placed(playbook_id, playbook, part) for part in getattr(playbook, section)]

    def _playbooks_of(self, kind: str) -> list[tuple[str, Playbook]]:
        return [
            (name, playbook) for name, playbook in self.library.playbooks.items() if playbook.kind == kind
        ]

    @cached_property
    def _prose(self) -> MarkdownWriter:
        return MarkdownWriter(self._write_slot, self.link, self._explain)

    @cached_property
    def _speech(self) -> MarkdownWriter:
        return MarkdownWriter(self._write_slot, self.link)

    def _slot(self, name: str) -> tuple[str, str]:
        """The label and the example of a slot."""
        if name not in self.library.slots:
            return in_words(name), in_words(name)
        _, slot = self.library.slots[name]
        return slot.label, slot.example

    def _write_slot(self, name: str) -> str:
        label, example = self._slot(name)
        return f'<span class="pp-slot" data-slot="{name}" title="{escape_attribute(label)}">{escape(example)}</span>'

    def _explain(self, words: str) -> str:
        """Words with the first occurrence on the page of each term leading to the glossary."""
        pieces = []
        for piece, term_id in self.glossary.split(words):
            if term_id is None or term_id in self._explained or self._path == "glossary.md":
                pieces.append(escape(piece))
                continue
            self._explained.add(term_id)
            meaning = escape_attribute(self.plain(self.glossary.terms[term_id].meaning))
            target = self.link(f"glossary#{term_id}")
            pieces.append(f'[{escape(piece)}]({target} "{meaning}"){{ .pp-term }}')
        return "".join(pieces)


_FOLDERS = frozenset({"contexts", "playbooks", "contribute/rules"})


def _shift(markdown: str, columns: int = 4) -> Markup:
    """Indent Markdown so that it belongs to what stands before it."""
    return Markup(re.sub(r"\n(?!\n|$)", "\n" + " " * columns, str(markdown)))
