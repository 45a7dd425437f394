"""The text of a field: parsed once into nodes, then written as Markdown or as plain text.

The dialect is small: emphasis, strong, code, links and `{slots}`; a block also has paragraphs and
lists. Whatever else an author types is text, and is written so that no Markdown engine can read it
as anything more: see `escape`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token


NodeKind = Literal[
    "text", "emphasis", "strong", "code", "link", "slot", "break",
    "paragraph", "bullets", "numbers", "item",
]  # fmt: skip

TAGS: Mapping[NodeKind, str] = {
    "emphasis": "em",
    "strong": "strong",
    "paragraph": "p",
    "bullets": "ul",
    "numbers": "ol",
    "item": "li",
}
"""The element of HTML that a node is, where it is one without attributes."""

SLOT = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
PAGE_ADDRESS = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)*(?:#[a-z0-9-]+)?")
# A host is asked for: without one, engines disagree about where the address leads. A line end in an address of
# mail would be one in the head of the letter.
_WEB_ADDRESS = re.compile(
    # Without `a`, "ſ" would do for "s".
    r"(?ai:https?://[a-z0-9][a-z0-9.-]*)(?::[0-9]+)?(?:[/?#][^\s<>\"'`\\]*)?"
    r"|(?ai:mailto):(?:(?!%0[adAD])[^\s<>\"'`\\])+"
)

# A string without these holds nothing to parse: most strings of a handbook.
_MARKUP = re.compile(r"[*_`\[\]{\\\n\r]")
# Where the parser of such a string stops to look what begins there.
_MARK = re.compile(r"[\n\r!#$%&*+\-:<=>@\[\\\]^_`{}~]")
_MARKS_FOR_ADDRESS = 2
# What can make braces or brackets mean themselves: without these, they need no parsing to be read.
_HIDING = re.compile(r"[\\`\[]")
# A link that nothing around it can make into anything else; a line end in it may be where an entry of a list starts.
_PLAIN_LINK = re.compile(r"(?<!\])\[[^\[\]\n\r]+\]\(([\w:/.#?=&-]+)\)")
_SPACE = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
# Control characters, and the marks that reverse the order in which text is shown.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
# Everything that means something to Python-Markdown, its extensions or CommonMark inside a line:
# marks, addresses that link themselves, and what PyMdown turns into a symbol, such as (c), 1/2 and 2nd.
_SPECIAL = re.compile(
    r"[\\`*_{}\[\]<>&#|~^$@=!]|:(?=\S)|(?<=[-+])[-+]|\b[wW](?=[wW]{2}\.)"
    r"|\((?=(?:c|r|tm)\))|(?<=\w)/(?=\w)|\+(?=/-)|\d(?=(?:st|nd|rd|th)(?![A-Za-z]))",
)
# What starts a list, a heading, a definition, an admonition or a tab where a line starts.
_LINE_START = re.compile(r"^( *)(?:(\d+)([.)])|[-+:?.%\"/])")
_IN_TARGET = str.maketrans({"(": "%28", ")": "%29", "$": "%24", "|": "%7C", "&": "&amp;"})
_FURTHER_LINE = re.compile(r"\n(?!\n|$)")
_APART = "<!-- -->"
"""Between two lists: Python-Markdown would take the second one for more of the first."""


@dataclass(frozen=True, slots=True)
class Node:
    """A piece of text: `text` holds its words, or the name of a slot, or the address of a link."""

    kind: NodeKind
    text: str = ""
    children: "tuple[Node, ...]" = ()


def is_allowed_link(address: str) -> bool:
    """Whether a link may lead there: http, https, mailto, or a page of the handbook."""
    return bool(_WEB_ADDRESS.fullmatch(address) or PAGE_ADDRESS.fullmatch(address))


@cache
def _parser() -> "MarkdownIt":
    # Loaded when the first text needs it: a fifth of the linter's start otherwise.
    from markdown_it import MarkdownIt  # noqa: PLC0415

    parser = MarkdownIt("zero", {"html": False}).enable(
        ["emphasis", "backticks", "link", "escape", "newline", "list"]
    )
    parser.inline.ruler.before("link", "slot", _slot_rule)
    # A link that is not allowed stays the text that was typed.
    parser.validateLink = is_allowed_link  # type: ignore[method-assign, assignment]
    # Half the time of a link, and the same ones are linked again and again.
    parser.normalizeLink = lru_cache(maxsize=4_096)(parser.normalizeLink)  # type: ignore[method-assign]
    return parser


def _slot_rule(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 (the signature is markdown-it's)
    match = SLOT.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("slot", "", 0).content = match[1]
    state.pos = match.end()
    return True


_KINDS: Mapping[str, NodeKind] = {
    "hardbreak": "break",
    "code_inline": "code",
    "slot": "slot",
    "em_open": "emphasis",
    "strong_open": "strong",
    "link_open": "link",
    "paragraph_open": "paragraph",
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
}
"""From the types of markdown-it's tokens."""


def _nodes(tokens: "Iterable[Token]") -> list[Node]:
    nodes: list[Node] = []
    around: list[tuple[Token, list[Node]]] = []
    for token in tokens:
        if token.nesting == 1:
            around.append((token, nodes))
            nodes = []
        elif token.nesting == -1:
            opening, outside = around.pop()
            outside.extend(_around(opening, nodes))
            nodes = outside
        elif token.type == "text":
            if token.content:
                nodes.append(Node("text", token.content))
        elif token.type == "inline":
            nodes.extend(_nodes(token.children or ()))
        elif token.type == "softbreak":
            nodes.append(Node("text", " "))
        else:
            nodes.append(Node(_KINDS[token.type], token.content))
    return nodes


def _around(opening: "Token", nodes: Sequence[Node]) -> Iterable[Node]:
    """What stands between an opening token and its closing one, as the token says."""
    if opening.type == "ordered_list_open" and (start := int(opening.attrs.get("start", 1))) != 1:
        return _numbered(start, nodes)
    if opening.type == "link_open" and not opening.attrs.get("href"):
        return nodes
    return [Node(_KINDS[opening.type], str(opening.attrs.get("href", "")), tuple(nodes))]


def _numbered(start: int, items: Sequence[Node]) -> Iterator[Node]:
    """A list that starts with another number than 1, as paragraphs: "2026. A good year." is a sentence."""
    for number, item in enumerate(items, start):
        first, *rest = item.children or [Node("paragraph")]
        words = Node("text", f"{number}. ")
        if first.kind == "paragraph":
            yield Node("paragraph", children=(words, *first.children))
        else:
            yield from (Node("paragraph", children=(words,)), first)
        yield from rest


@lru_cache(maxsize=65_536)
def parse_inline(source: str) -> tuple[Node, ...]:
    """The nodes of one paragraph; line breaks are spaces."""
    if not _MARKUP.search(source):
        return (Node("text", source),) if source else ()
    return tuple(_nodes(_parser().parseInline(_SPACE.sub(" ", source))))


@lru_cache(maxsize=65_536)
def parse_block(source: str) -> tuple[Node, ...]:
    """The nodes of a text with paragraphs and lists."""
    if not _MARKUP.search(source) and source[:1].isalpha():  # neither markup nor a list
        return (Node("paragraph", children=(Node("text", source.rstrip()),)),)
    return tuple(_nodes(_parser().parse(source)))


def marks_in(source: str) -> int:
    """How many characters of a text could mean something: the time that it takes to parse grows with them.

    Where the address of a link could begin, that takes as long as some marks more.
    """
    is_parsed = _MARKUP.search(source) or not source[:1].isalpha()
    return len(_MARK.findall(source)) + _MARKS_FOR_ADDRESS * source.count("](") if is_parsed else 0


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Every node below `nodes`, in reading order."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def slots_in(source: str) -> list[str]:
    """The names of the slots of a text, in order, each as often as it stands there."""
    if "{" not in source:
        return []
    if not _HIDING.search(source):
        return SLOT.findall(source)
    return [node.text for node in walk(parse_block(source)) if node.kind == "slot"]


def links_in(source: str) -> list[str]:
    """The addresses that a text links to."""
    links = source.count("](")
    if not links:
        return []
    if not re.search(r"[\\`]", source) and len(found := _PLAIN_LINK.findall(source)) == links:
        return [address for address in found if is_allowed_link(address)]
    return [node.text for node in walk(parse_block(source)) if node.kind == "link"]


def plain(nodes: Sequence[Node], slot: Callable[[str], str]) -> str:
    """The words alone; `slot` gives the words for a slot's name."""
    words: list[str] = []
    _add_words(nodes, slot, words)
    return _SPACE.sub(" ", "".join(words)).strip()


def _add_words(nodes: Sequence[Node], slot: Callable[[str], str], words: list[str]) -> None:
    for node in nodes:
        kind = node.kind
        if kind in {"text", "code"}:
            words.append(node.text)
        elif kind == "slot":
            words.append(slot(node.text))
        else:
            if kind in {"break", "paragraph", "item", "bullets", "numbers"}:
                words.append(" ")
            _add_words(node.children, slot, words)


def verbatim(words: str) -> str:
    """Words as a text that reads as those words, whatever it is put beside."""
    return re.sub(r"[!-/:-@\[-`{-~]", r"\\\g<0>", words) if _MARKUP.search(words) else words


def pieces(
    nodes: Sequence[Node], slot: Callable[[str], str], filled: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The nodes as data for a template that is not Markdown.

    A slot is what it is `filled` with, or else a blank, whose label `slot` gives.
    """
    found: list[dict[str, Any]] = []
    for node in nodes:
        kind = node.kind
        if kind in {"text", "code", "break"}:
            found.append({"kind": kind, "text": node.text})
        elif kind == "slot":
            words = filled.get(node.text)
            found.append(
                {"kind": "filled", "text": words} if words else {"kind": "slot", "text": slot(node.text)}
            )
        else:
            name = kind if kind in {"emphasis", "strong"} else "group"
            found.append({"kind": name, "children": pieces(node.children, slot, filled)})
    return found


@lru_cache(maxsize=65_536)
def escape(words: str) -> str:
    """Words as Markdown that reads as those words and as nothing else, wherever it is put.

    Each character with a meaning becomes a numeric character reference, which Python-Markdown and
    CommonMark read alike and never read again. Backslashes would do for CommonMark only:
    Python-Markdown has a list of its own of what they can escape.
    """
    words = CONTROL.sub("\ufffd", _SPACE.sub(" ", words))
    words = _SPECIAL.sub(lambda match: "".join(map(_reference, match[0])), words)
    return _LINE_START.sub(_spell_out_start, words)


def _spell_out_start(match: re.Match[str]) -> str:
    space, number, mark = match.groups()
    if number:
        return f"{space}{number}{_reference(mark)}"
    return f"{space}{_reference(match[0][-1])}"


def escape_attribute(words: str) -> str:
    """Words as the value of an attribute or a title, in double quotes, on one line."""
    words = CONTROL.sub("\ufffd", _SPACE.sub(" ", words))
    return re.sub(r"[&<>\"'\\`*_{}\[\]#|~^$@=]", lambda match: _reference(match[0]), words)


def _target(address: str) -> str:
    """An address as the target of a Markdown link, which a bracket would end."""
    return address.translate(_IN_TARGET)


def _reference(character: str) -> str:
    return f"&#{ord(character)};"


@dataclass(frozen=True, slots=True)
class MarkdownWriter:
    """Writes nodes as Markdown; what depends on the page is given as functions."""

    slot: Callable[[str], str]
    """From the name of a slot to the Markdown that shows it."""
    link: Callable[[str], str]
    """From an allowed address to the one to write."""
    words: Callable[[str], str] = escape
    """From words to Markdown."""

    def inline(self, nodes: Sequence[Node]) -> str:
        """Nodes of one paragraph, as one line."""
        return "".join(map(self._inline, nodes)).strip(" ")

    def block(self, nodes: Sequence[Node]) -> str:
        """Nodes of a block, as paragraphs and lists with a blank line between them."""
        written: list[str] = []
        before = None
        for node in nodes:
            if words := self._block(node):
                if before and {before, node.kind} == {"bullets", "numbers"}:
                    written.append(_APART)
                written.append(words)
                before = node.kind
        return "\n\n".join(written)

    def _inline(self, node: Node) -> str:
        match node.kind:
            case "text":
                return self.words(node.text)
            case "slot":
                return self.slot(node.text)
            case "code":
                return f"<code>{escape(node.text)}</code>"
            case "break":
                return "<br>"
            case "link":
                # A link inside a link's words would end it, so those are bare words.
                bare = self if self.words is escape else MarkdownWriter(self.slot, self.link)
                label = bare.inline(node.children)
                return f"[{label}]({_target(self.link(node.text))})"
        # Tags rather than asterisks: they mean the same wherever they stand.
        tag = "em" if node.kind == "emphasis" else "strong"
        return f"<{tag}>{''.join(map(self._inline, node.children))}</{tag}>"

    def _block(self, node: Node) -> str:
        if node.kind == "paragraph":
            return self.inline(node.children)
        marker = "1.  " if node.kind == "numbers" else "-   "
        items = [(len(item.children), self.block(item.children)) for item in node.children]
        # Without a blank line, an item behind a nested list would be taken for one of that list.
        between = "\n\n" if any(count > 1 for count, _ in items) else "\n"
        return between.join([marker + _indent(words) for _, words in items if words])


def _indent(markdown: str) -> str:
    """Indent all lines but the first, so that they belong to the item of a list."""
    return _FURTHER_LINE.sub("\n    ", markdown) if "\n" in markdown else markdown
