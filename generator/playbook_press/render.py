"""Templates to Markdown: whatever a template prints is text, unless this module wrote it as Markdown."""

import html
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import CodeType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup

from playbook_press.model import Library, Playbook, Slot, Term, in_words, plain_words, shown_for
from playbook_press.text import (
    PAGE_ADDRESS,
    MarkdownWriter,
    escape,
    escape_attribute,
    parse_block,
    parse_inline,
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
    """A page of the handbook, which is written when it is first asked for."""

    path: str
    """Where it stands in the tree of Markdown files, such as `playbooks/asking-for-time.md`."""
    title: str
    """Its title, as HTML without tags."""
    summary: str
    """What it holds, as plain text."""
    meta: Mapping[str, Any]
    """What stands in its front matter."""
    body: Callable[[], str] = field(repr=False, compare=False)
    """Writes what stands below."""
    edited_at: str | None = None
    """The file that it is written in, within the folder of playbooks."""

    @property
    def plain_title(self) -> str:
        """Its title, as plain text."""
        return html.unescape(self.title)

    @cached_property
    def markdown(self) -> str:
        """What it says, with its front matter."""
        return self.write()

    @property
    def front(self) -> str:
        """Its front matter, with the lines around it."""
        # JSON is YAML, and needs no guessing about what has to be quoted.
        lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in self.meta.items())
        return f"---\n{''.join(lines)}---\n"

    def write(self) -> str:
        """Write it, and keep nothing."""
        return f"{self.front}\n{self.body()}\n"


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
            found = self._ids.get(match["exact"] or "") or self._folded.get((match["folded"] or "").lower())
            if found is None:  # "ſ" is taken for an "s", and makes another word
                continue
            yield words[end : match.start()], None
            yield match[0], found
            end = match.end()
        yield words[end:], None


class _Compiled(BytecodeCache):
    """The templates as this process has compiled them: a preview renders with another handbook each time."""

    def __init__(self) -> None:
        self._code: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is known."""
        bucket.code = self._code.get(bucket.key + bucket.checksum)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what is new."""
        if bucket.code is not None:
            self._code[bucket.key + bucket.checksum] = bucket.code


_COMPILED = _Compiled()


class Renderer:
    """Renders the templates, one page at a time."""

    def __init__(self, library: Library, site_name: str, names: Mapping[str, object]) -> None:
        self.library = library
        self.glossary = _Glossary(library.glossary)
        self._path = ""
        self._slots: Mapping[str, Slot] = {}
        self._explained: set[str] = set()
        # The same lines stand on many pages, and many links lead to the same place.
        self._bare: dict[tuple[str, int], Markup] = {}
        self._spoken: dict[tuple[str, int], Markup] = {}
        self._links: dict[tuple[str, str], str] = {}
        self.environment = Environment(
            loader=PackageLoader("playbook_press"),
            bytecode_cache=_COMPILED,
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
            "anchor": _anchor,
            "bare": self.bare,
            "inline": self.inline,
            "attribute": lambda text: Markup(escape_attribute(self.plain(text))),
            "verbatim": lambda text: Markup(escape_attribute(text)),
            "shift": _shift,
            "in_words": in_words,
            "trusted": Markup,
        }
        self.environment.globals |= {
            "library": library,
            "site_name": site_name,
            "using": self.using,
            "url": lambda address: Markup(self.link(address)),
            "file": lambda path: Markup(posixpath.relpath(path, self._here)),
            **names,
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
        tool: str = "",
        later: Callable[[], Mapping[str, object]] = dict,
        **variables: object,
    ) -> Page:
        """A page that is rendered when it is asked for; `later` gives variables that take a while to find.

        `tool` names the script and the style that it needs beside the handbook's.
        """
        title_html, summary = html.escape(plain_words(title)), plain_words(description)

        def body() -> str:
            return self._render(path, template, {"title": title, **variables, **later()})

        # The home page is called what the site is called, which the theme sees to.
        meta = {
            "title": "" if path == "index.md" else title_html,
            "description": html.escape(summary),
            "hide": list(hide),
            "tool": tool,
        }
        named = {key: value for key, value in meta.items() if value}
        return Page(path, title_html, summary, named, body, edited_at)

    def _render(self, path: str, template: str, variables: Mapping[str, object]) -> str:
        self._path = path
        self._slots = {}
        self._explained = set()
        body = self.environment.get_template(f"{template}.md.j2").render(variables)
        return re.sub(r"\n{3,}", "\n\n", body).strip()

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
        if "](" in source:  # a link leads elsewhere from each page
            return Markup(self._speech.block(parse_block(source)))
        key = self._key(source)
        if key not in self._spoken:
            self._spoken[key] = Markup(self._speech.block(parse_block(source)))
        return self._spoken[key]

    def inline(self, source: str) -> Markup:
        """Write one line of which nothing is explained."""
        return Markup(self._speech.inline(parse_inline(source)))

    def bare(self, source: str) -> Markup:
        """Write a text for a heading or a link: no links in it, and nothing explained."""
        key = self._key(source)
        if key not in self._bare:
            self._bare[key] = Markup(escape(self.plain(source)))
        return self._bare[key]

    def using(self, playbook: Playbook) -> str:
        """Show slots as this playbook declares them, from here on; prints nothing."""
        self._slots = playbook.slots
        return ""

    def _key(self, source: str) -> tuple[str, int]:
        """What a text looks like depends on the playbook only where it has slots."""
        return source, id(self._slots) if "{" in source else 0

    def plain(self, source: str) -> str:
        """Give the words alone."""
        return plain_words(source, self._slots)

    def link(self, address: str) -> str:
        """Give the address of a page of the handbook from the current page; others stay."""
        if ":" in address:
            return address
        page, hash_, anchor = address.partition("#")
        here = self._here
        if (here, page) not in self._links:
            path = f"{page}/index.md" if page in _FOLDERS else f"{page}.md"
            self._links[here, page] = posixpath.relpath(path, here)
        return self._links[here, page] + hash_ + anchor

    @property
    def _here(self) -> str:
        """The folder of the current page."""
        return posixpath.dirname(self._path) or "."

    @cached_property
    def _prose(self) -> MarkdownWriter:
        return MarkdownWriter(self._write_slot, self.link, self._explain)

    @cached_property
    def _speech(self) -> MarkdownWriter:
        return MarkdownWriter(self._write_slot, self.link)

    def _slot(self, name: str) -> tuple[str, str]:
        """The label and the example of a slot."""
        return shown_for(name, self._slots)

    def _write_slot(self, name: str) -> str:
        label, example = self._slot(name)
        slot = self._slots.get(name)
        type_ = f' data-type="{slot.type}"' if slot and slot.type != "text" else ""
        title = escape_attribute(label)
        return f'<span class="pp-slot" data-slot="{name}"{type_} title="{title}">{escape(example)}</span>'

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


_FOLDERS = frozenset(
    {"contexts", "practice", "tools", "playbooks", "sheets", "worksheets", "contribute/rules"}
)


_LINK_OUT = re.compile(r'<a href="(https?://[^"]+)">([^<]+)</a>')


def mark_addresses(page: str) -> str:
    """Mark the links of some HTML whose words are their address, which paper need not show twice."""

    def mark(match: re.Match[str]) -> str:
        address, words = (html.unescape(group).rstrip("/") for group in match.groups())
        shown = {address, address.partition("://")[2]}
        return match[0].replace("<a ", '<a class="pp-address" ', 1) if words in shown else match[0]

    return _LINK_OUT.sub(mark, page)


def _anchor(words: object) -> Markup:
    """Write an id, or an address made of ids, into an attribute: there is nothing in it to escape."""
    anchor = str(words)
    if not PAGE_ADDRESS.fullmatch(anchor):
        raise ValueError(anchor)
    return Markup(anchor)


def _shift(markdown: str, columns: int = 4) -> Markup:
    """Indent Markdown so that it belongs to what stands before it."""
    return Markup(re.sub(r"\n(?!\n|$)", "\n" + " " * columns, str(markdown)))
