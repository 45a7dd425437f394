"""The Markdown of a page to its twin: Markdown that people and language models read as it is.

A page is written for Python-Markdown, with HTML for its looks. Its twin has the same headings, lines
and links, and nothing that only a style sheet makes something of. It is made from the page's Markdown
rather than from templates of its own: whatever comes onto a page comes into its twin.
"""

import html
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from playbook_press.export.blocks import AND, JOIN, KEPT, OWN, settle, table
from playbook_press.export.commonmark import escape, escaped
from playbook_press.export.elements import BLANK, IN_A_ROW, Element, element
from playbook_press.text import CONTROL

_FRONT_MATTER = re.compile(r"---\n.*?^---\n", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(
    r"^(?P<space> *)(?P<marks>`{3,}|~{3,})(?P<about>[^`\n]*)\n(?P<code>.*?)^(?P=space)(?P=marks)[ ]*$",
    re.DOTALL | re.MULTILINE,
)
_VALUE = r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s"'{}]+)"""
_ATTRIBUTES = rf":?[ ]*(?:(?:[#.][\w:-]+|[\w:-]+={_VALUE})[ ]*)+\}}"
# The first character says what may follow: nothing else of a page is looked at.
_TOKEN = re.compile(
    rf"""[<&\]{{\\`](?:
    (?<=<)(?:code\b[^<>]*>(?P<spelled>.*?)</code>
      | (?P<tag>/?[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+)>
      | !--.*?-->)
  | (?<=\])(?:\((?P<target><[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)
      (?P<title>\s+(?:"[^"]*"|'[^']*'))?\)(?:[ ]?\{{(?P<shown>{_ATTRIBUTES}))?
      | (?P<defined>:[ ]+)(?P<definition>\S+))
  | (?<=&)(?P<reference>\#\d+|\#[xX][\da-fA-F]+|[A-Za-z]\w*);(?P<www>[wW]{{2}}\.)?
  | (?<=\{{){_ATTRIBUTES}
  | (?<=`)(?P<more>`*)(?:(?!`).+?)(?<!`)`(?P=more)(?!`)
  | (?<=\\).
    )""",
    re.VERBOSE | re.DOTALL,
)
_TICKS = re.compile(r"`+")
_HEADED = re.compile(rf"(?:\*\*([^\n]*?):\*\*{JOIN}\s*)?^(\#{{1,6}}) ([^\n]*)$\n*", re.MULTILINE)
_HAS_SLOTS = "*Words in {braces} are examples: put your own in their place.*"
_BLUNT = f" Instead of this{AND}"


def place_of(path: str) -> str:
    """Where the twin of a page is, in a site with a folder for each page."""
    folder, name = posixpath.split(path)
    stem = name.removesuffix(".md")
    if stem in {"index", "README"}:
        return posixpath.join(folder, "index.md")
    return posixpath.join(folder, stem, "index.md")


class Twins:
    """Makes the twins of a site's pages."""

    def __init__(self, place: Callable[[str], str] = place_of) -> None:
        self.place = place
        """From the path of a page among the Markdown files to that of its twin in the site."""
        self._seen: dict[tuple[str, str], str] = {}

    def twin(self, markdown: str, path: str, title: str = "") -> str:
        """Make the twin of the page at a `path` among the Markdown files.

        `title` is what the page is called, as plain text, in case that it has no heading.
        """
        if markdown.startswith("---\n"):
            markdown = _FRONT_MATTER.sub("", markdown, count=1)
        if any(mark in markdown for mark in OWN):
            markdown = CONTROL.sub("", markdown)
        writer = _Writer(path, self)
        fences: list[str] = []
        if "```" in markdown or "~~~" in markdown:
            end = 0
            for match in _FENCE.finditer(markdown):
                writer.read(markdown[end : match.start()])
                writer.written.append(f"{match['space']}{KEPT}{len(fences)}{KEPT}")
                fences.append(_fenced(match))
                end = match.end()
            markdown = markdown[end:]
        writer.read(markdown)
        words = settle("".join(writer.written), fences)
        if title and not re.search(r"^# ", words, re.MULTILINE):
            words = f"# {escape(title)}\n\n{words}"
        if '"pp-slot"' in markdown:
            words = re.sub(r"^# .*\n", rf"\g<0>\n{_HAS_SLOTS}\n", words, count=1, flags=re.MULTILINE)
        return words

    def address(self, path: str, address: str) -> str:
        """Give an address as seen from the twin of a page, from the one as seen from the page."""
        key = (path, address)
        if key not in self._seen:
            folder = posixpath.dirname(path)
            here = posixpath.dirname(self.place(path))
            bare = address.strip("<>").replace("&amp;", "&")
            seen = self._as_seen(folder, here, bare)
            self._seen[key] = f"<{seen}>" if address.startswith("<") else seen
        return self._seen[key]

    def _as_seen(self, folder: str, here: str, address: str) -> str:
        page, mark, anchor = address.partition("#")
        path, question, query = page.partition("?")
        if not path or ":" in path or path.startswith("/") or not posixpath.splitext(path)[1]:
            return address
        found = posixpath.normpath(posixpath.join(folder, path))
        target = self.place(found) if found.endswith(".md") else found
        return f"{posixpath.relpath(target, here or '.')}{question}{query}{mark}{anchor}"


@dataclass(slots=True)
class _Open:
    """An element that has begun."""

    element: Element
    start: int
    """How much had been written when it began."""
    meta: str = ""
    """What stands beside the heading of a script."""


@dataclass(slots=True)
class _Writer:
    """Writes one page; it is read once, from the start to the end."""

    path: str
    twins: Twins
    written: list[str] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    """The elements that are passed over, outermost first."""
    is_answer: bool = False
    """Whether the next line said answers something they say."""

    def read(self, markdown: str) -> None:
        """Write some Markdown that has no fenced code in it."""
        end = 0
        write = self.written.append
        for match in _TOKEN.finditer(markdown):
            start = match.start()
            tag = match["tag"]
            if self.silent:
                if tag:
                    self._listen(element(match[0]))
            else:
                write(markdown[end:start])
                if tag:
                    self._tag(element(match[0]), match)
                else:
                    write(self._token(markdown[start], match))
            end = match.end()
        if not self.silent:
            write(markdown[end:])

    def _listen(self, found: Element) -> None:
        if not found.closes:
            if not found.is_void:
                self.silent.append(found.tag)
        elif found.tag in self.silent:
            while self.silent.pop() != found.tag:
                pass

    def _token(self, first: str, match: re.Match[str]) -> str:
        if first == "]":
            if match["definition"]:
                return f"]{match['defined']}{self.twins.address(self.path, match['definition'])}"
            shown = match["shown"]
            title = "" if shown and ".pp-" in shown else match["title"] or ""
            row = AND if shown and any(f".{name}" in shown for name in IN_A_ROW) else ""
            return f"]({self.twins.address(self.path, match['target'])}{title}){row}"
        if first == "&":
            return _character(match)
        if first == "<":
            spelled = match["spelled"]
            return _code(html.unescape(spelled), _line_before(match)) if spelled else ""
        return "" if first == "{" else match[0]

    def _tag(self, found: Element, match: re.Match[str]) -> None:
        if found.closes:
            self._close(found.tag)
            return
        if found.is_void and found.tag == "br" and _line_before(match).startswith("|"):
            self.written.append(" ")
            return
        if found.is_silent:
            self.silent.append(found.tag)
        elif not found.is_void:
            self.open.append(_Open(found, len(self.written)))
        self.written.append(found.opening)

    def _close(self, tag: str) -> None:
        if not (self.open and self.open[-1].element.tag == tag) and all(
            opened.element.tag != tag for opened in self.open
        ):
            return
        while True:
            opened = self.open.pop()
            found = opened.element
            if found.address:
                self.written.append(f"]({found.address})")
            self.written.append(found.ending)
            if found.role:
                self._settle(opened)
            if found.tag == tag:
                return

    def _settle(self, opened: _Open) -> None:
        """Write an element anew that has a part in what they say and what you say."""
        words = "".join(self.written[opened.start :])
        match opened.element.role:
            case "script":
                words = _script(words, opened.meta)
            case "meta":
                card = next((other for other in reversed(self.open) if other.element.role == "script"), None)
                if card:
                    card.meta, words = words.strip(), ""
            case "heard":
                words = self._heard(words.strip())
            case "said" if self.is_answer:
                words = f"\n\n**You say:**{JOIN}\n\n{words.strip()}\n\n"
            case "field":
                words = f"\n- {' '.join(words.split())}\n"
            case "control":
                words = words.strip() or BLANK
            case "table":
                words = table(words, BLANK)
        self.written[opened.start :] = [words]

    def _heard(self, words: str) -> str:
        bare, blunt, _ = words.partition(_BLUNT)
        self.is_answer = bool(blunt) or words.startswith("[“")
        if not self.is_answer:
            return f"\n**{words}**\n\n"
        return f"\n**{'Instead of' if blunt else 'They say'}:** {bare}\n\n"


def _script(words: str, meta: str) -> str:
    """A script with its heading first, and below it what the page shows beside it."""
    match = _HEADED.search(words)
    if not match:
        return f"{meta}\n\n{words}"
    label, marks, heading = match.groups()
    heard = f"**{label}:** {heading}\n\n" if label else ""
    about = f"{meta}\n\n" if meta else ""
    return f"{words[: match.start()]}\n\n{marks} {heading}\n\n{about}{heard}{words[match.end() :]}"


def _character(match: re.Match[str]) -> str:
    """What a reference stands for, as it is read."""
    characters = html.unescape(f"&{match['reference']};")
    if match["www"]:
        return f"{characters}{match['www'][:2]}\\."
    if characters == "\xa0":
        return " "
    if len(characters) != 1:  # no reference that HTML knows
        return match[0]
    before = _line_before(match).rpartition("<br>")[2]
    return escaped(characters, before, match.string[match.end() : match.end() + 40])


def _line_before(match: re.Match[str]) -> str:
    start = match.string.rfind("\n", 0, match.start()) + 1
    return match.string[start : match.start()]


def _code(words: str, before: str) -> str:
    """Words as code, between as many backticks as it takes."""
    longest = max(map(len, _TICKS.findall(words)), default=0)
    marks = "`" * (longest + 1)
    if words.startswith("`") or words.endswith("`") or (words[:1] == words[-1:] == " "):
        words = f" {words} "
    if before.startswith("|"):
        words = words.replace("|", r"\|")
    return f"{marks}{words}{marks}" if words.strip() else words


def _fenced(match: re.Match[str]) -> str:
    """A block of code, with the name of its language and no other settings."""
    about = match["about"].strip(" {}.")
    language = about.split()[0] if about and "=" not in about.split()[0] else ""
    space, marks = match["space"], match["marks"]
    return f"{space}{marks}{language}\n{match['code']}{space}{marks}"
