"""YAML text to nodes that know where they stand.

The text is read as events of PyYAML's C parser and the values are built here. That keeps every
position, resolves scalars by the YAML 1.2 core schema (`no` is text, a date is text), and refuses
what a playbook has no use for. `yaml.load` with `CSafeLoader` would cost more than twice as much
and lose the positions.

Positions are offsets, not the parser's lines: libyaml counts U+0085 and U+2028 as line breaks,
which no editor does.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from playbook_press.text import CONTROL

HAS_LIBYAML: bool = yaml.__with_libyaml__
# Without libyaml everything works, twenty times slower.
_Parser: Any = yaml.CLoader if HAS_LIBYAML else yaml.Loader

MAX_DEPTH = 32

# A plain scalar that starts otherwise is text.
_STARTS_A_VALUE = frozenset(["", *"~nNtTfF.+-0123456789"])

# A value that opens a quotation mark without closing it, above a line that starts with a key.
_OPEN_QUOTE = re.compile(
    r"""^ *(?:- +)?(?:[\w-]+: +)?((["'])(?:(?!\2).)*)\n(?: *\n)* *(?:- +)?[a-z_]+:(?: |\n)""", re.MULTILINE
)
_OPENING = {"[": "bracket", "{": "brace", '"': "quotation mark", "'": "quotation mark"}
_QUOTES = frozenset("\"'")
_RESERVED = frozenset("`@%|>&*!?,]}")

_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_WORDS: Mapping[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_LONGEST_NUMBER = 100


_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
_LINE_BREAK = re.compile(r"\r\n|\n|\r")
_PROPERTY = re.compile(r"[^\s,\[\]{}]+")

REFUSED: Any = object()
"""The value of a node that a problem has been noted for, and that says nothing."""


class RefusedKey(str):
    """Stands for a key that a problem has been noted for; what is under it is left out."""

    __slots__ = ()


class Span(NamedTuple):
    """A stretch of a file, as offsets in code points; `end` is exclusive."""

    start: int
    end: int


class Problem(NamedTuple):
    """Something of the YAML that is refused; `code` names the rule that explains it."""

    code: str
    span: Span
    message: str
    help: str
    instead: str | None = None
    """What could stand there: only blank characters differ."""
    is_guess: bool = False
    """Whether a person should look at what is put there."""


@dataclass(slots=True)
class YamlNode:
    """A value of the file. A mapping holds, by key, the key's node and the value's node."""

    value: Any
    start: int
    end: int

    def plain(self) -> Any:
        """The value as Python builds it: mappings as dict, sequences as tuple."""
        if isinstance(self.value, dict):
            return {key: value.plain() for key, (_, value) in self.value.items()}
        if isinstance(self.value, list):
            return tuple([item.plain() for item in self.value])
        return None if self.value is REFUSED else self.value


def resolve(words: str) -> Any:
    """A plain scalar's value by the YAML 1.2 core schema."""
    if words in _WORDS:
        return _WORDS[words]
    # Python refuses to read numbers of thousands of digits; nobody means them as numbers.
    if len(words) > _LONGEST_NUMBER or words[0] not in "+-.0123456789":
        return words
    if _INTEGER.fullmatch(words):
        return int(words)
    if _BASED.fullmatch(words):
        return int(words[2:], 8 if words[1] == "o" else 16)
    if _FLOAT.fullmatch(words):
        return float(words)
    return words


def compose(text: str) -> tuple[YamlNode | None, list[Problem]]:
    """The root of the only document in a text without BOM, and what is refused in it.

    The root is None where the text is not YAML, or holds nothing.
    """
    problems = _lexical_problems(text)
    # The offsets stay, so that everything else is found in the same run.
    text = CONTROL.sub("\ufffd", text.replace("\t", " ")) if problems else text
    # YAML 1.2 and every editor take these for text; libyaml ends a line there.
    text = _OTHER_BREAKS.sub(" ", text)
    builder = _Builder(text, problems)
    try:
        builder.run()
    except yaml.MarkedYAMLError as error:
        # A tab or a control character that was replaced may be what breaks the file.
        if not problems or problems[-1].code not in {"PB004", "PB005"}:
            problems.append(_syntax_problem(text, error))
        return None, problems
    except _TooDeepError:
        return None, problems
    return builder.root, problems


def _lexical_problems(text: str) -> list[Problem]:
    problems = []
    if "\t" in text:
        for match in re.finditer(r"\t+", text):
            line_start = text.rfind("\n", 0, match.start()) + 1
            indents = not text[line_start : match.start()].strip(" -")
            problems.append(
                Problem(
                    "PB004",
                    Span(match.start(), match.end()),
                    "a tab",
                    "use spaces: YAML does not take tabs for indentation, and a page shows them as one space",
                    "  " * len(match[0]) if indents else " ",
                    is_guess=indents,
                )
            )
    problems += [
        Problem("PB005", Span(match.start(), match.end()), *_invisible(match[0]))
        for match in CONTROL.finditer(text)
    ]
    return problems


def _invisible(character: str) -> tuple[str, str]:
    return (
        f"the invisible character U+{ord(character):04X}",
        "delete it: it often comes along when text is pasted",
    )


def _syntax_problem(text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Where the text stops being YAML, worded by what stands there.

    libyaml notices an open bracket or quotation mark only at the end of the file, so those are
    shown where they open.
    """
    start = min(error.problem_mark.index if error.problem_mark else 0, max(len(text) - 1, 0))
    if (unclosed := _unclosed_quote(text, start)) is not None:
        return Problem(
            "PB003",
            Span(unclosed, unclosed + 1),
            "the quotation mark that opens here is not closed",
            "close it at the end of the text",
        )
    opened = error.context_mark.index if error.context_mark else None
    if opened is not None and text[opened : opened + 1] in _OPENING:
        character = text[opened]
        return Problem(
            "PB003",
            Span(opened, opened + 1),
            f"the {_OPENING[character]} that opens here is not closed as it should be",
            f"close it, or put a text that starts with {character} in"
            f"{' the other kind of' if character in _QUOTES else ''} quotation marks",
        )
    character = text[start : start + 1]
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if (
        blank := re.search(r"(?:: +|^ *- +)(\{[^{}\n]*\})[^\n]", text[line:])
    ) and blank.end() - 1 <= start - line + 1:
        start = line + blank.start(1)
        message = f"a text that starts with a blank such as `{blank[1]}` is taken for a mapping"
        help_ = "put the whole text in quotation marks"
    elif character == ":" and re.fullmatch(r" *(?:- +)?[\w-]+", before):
        key = before.strip("- ")
        start = line + before.index(key)
        message = f"the key `{key}` does not line up with the keys around it"
        help_ = "give the lines that belong together the same number of spaces in front"
    elif character == ":":
        message = "a colon and a space inside a text, which YAML takes for a key"
        help_ = "put the whole text in quotation marks, or check the indentation of the line"
    elif text[:start].rstrip(" ")[-1:] in {"'", '"'}:
        message = "the text goes on behind its closing quotation mark"
        help_ = "put the whole text in the other kind of quotation marks"
    elif character in _RESERVED:
        message = f"a text cannot start with {character}"
        help_ = "put the whole text in quotation marks"
    else:
        message = f"not valid YAML: {error.problem or error.context}"
        help_ = "line the text up with its neighbours: the indentation tells YAML what belongs together"
    return Problem("PB003", Span(start, start + 1), message, help_)


def _unclosed_quote(text: str, before: int) -> int | None:
    """Where a quotation mark opens that swallows the next key, last before a place.

    libyaml goes on to the next quotation mark, which may be hundreds of lines away.
    """
    found = None
    for match in _OPEN_QUOTE.finditer(text, 0, before):
        found = match.start(1)
    return found


class _TooDeepError(Exception):
    pass


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read; `key` is the key that waits for its value."""

    node: YamlNode
    is_mapping: bool
    key: YamlNode | None = None


class _Builder:
    """Builds the nodes of one document from the parser's events, without recursion."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.problems = problems
        self.root: YamlNode | None = None
        self._open: list[_Open] = []
        self._documents = 0

    def run(self) -> None:
        parser = _Parser(self.text)
        next_event = parser.get_event
        while True:
            event: Any = next_event()
            kind = event.__class__
            if kind is yaml.ScalarEvent:
                self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._collection(event, {} if kind is yaml.MappingStartEvent else [])
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._open.pop()
            elif kind is yaml.AliasEvent:
                self._refuse("PB007", event, f"the alias `*{event.anchor}`", "write the text out again")
                start = event.start_mark.index
                value = RefusedKey(f"?{start}") if self._waits_for_key() else REFUSED
                self._add(YamlNode(value, start, event.end_mark.index))
            elif kind is yaml.DocumentStartEvent:
                self._document(event)
            elif kind is yaml.StreamEndEvent:
                return

    def _document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._refuse("PB014", event, "a YAML directive", "delete the line: it is not needed")
        if self._documents == 2:  # noqa: PLR2004 (the second is the one too many)
            self._refuse(
                "PB011", event, "a second document in one file", "give each playbook a file of its own"
            )

    def _scalar(self, event: Any) -> None:
        # Nearly all of a file passes here, so the common cases come first and make no calls.
        start, end = event.start_mark.index, event.end_mark.index
        value = event.value
        owner = self._open[-1] if self._open else None
        is_key = owner is not None and owner.is_mapping and owner.key is None
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if event.implicit[0]:  # plain: neither quoted nor a block
            if not is_key:
                if value[:1] in _STARTS_A_VALUE:
                    value = resolve(value)
            elif value == "<<":
                self._refuse("PB008", event, "a merge key", "write the keys out where they belong")
                value = RefusedKey(f"?{start}")
        elif event.style in "|>":
            end = start + len(self.text[start:end].rstrip())
        elif "\\" in self.text[start:end] and (hidden := CONTROL.search(value)):
            self._refuse("PB005", event, *_invisible(hidden[0]))
        node = YamlNode(value, start, end)
        if owner is None or not owner.is_mapping or (owner.key and owner.key.value in owner.node.value):
            self._add(node)
        elif owner.key is None:
            owner.key = node
        else:
            owner.node.value[owner.key.value] = (owner.key, node)
            owner.key = None

    def _collection(self, event: Any, value: Any) -> None:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if len(self._open) >= MAX_DEPTH:
            self._refuse(
                "PB012",
                event,
                f"nested deeper than {MAX_DEPTH} levels",
                "no playbook needs this depth: check the indentation and the brackets",
            )
            raise _TooDeepError
        node = YamlNode(value, event.start_mark.index, event.start_mark.index)
        if self._waits_for_key():
            self._refuse("PB010", event, "a list or a mapping as a key", "use a word as the key")
            node.value = RefusedKey(f"?{event.start_mark.index}")
            self._add(node)
            node = YamlNode(value, node.start, node.end)
        else:
            self._add(node)
        self._open.append(_Open(node, isinstance(value, dict)))

    def _waits_for_key(self) -> bool:
        owner = self._open[-1] if self._open else None
        return owner is not None and owner.is_mapping and owner.key is None

    def _add(self, node: YamlNode) -> None:
        """Put a node where it belongs: under the key that waits for it, or behind the last item."""
        if not self._open:
            if self._documents == 1:
                self.root = node
            return
        parent = self._open[-1]
        if not parent.is_mapping:
            parent.node.value.append(node)
        elif parent.key is None:
            parent.key = node
        else:
            key, parent.key = parent.key, None
            name = key.value
            if name in parent.node.value:
                self._refuse_duplicate(name, key, parent.node.value[name][0])
            else:
                parent.node.value[name] = (key, node)

    def _refuse_duplicate(self, name: str, key: YamlNode, first: YamlNode) -> None:
        line = len(_LINE_BREAK.findall(self.text, 0, first.start)) + 1
        self.problems.append(
            Problem(
                "PB006",
                Span(key.start, key.end),
                f"the key `{name}` stands here twice, first on line {line}",
                "keep one of them; if a new entry starts here, put `- ` and its `id` before it",
            )
        )

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor:
            self._refuse_property("&", "PB007", event, "the anchor", "write the text out where it is used")
        if event.tag:
            self._refuse_property("!", "PB009", event, "the tag", "delete it: the model knows every type")

    def _refuse_property(self, sign: str, code: str, event: Any, what: str, help_: str) -> None:
        start = self.text.index(sign, event.start_mark.index)
        match = _PROPERTY.match(self.text, start)
        written = match[0] if match else sign
        self.problems.append(Problem(code, Span(start, start + len(written)), f"{what} `{written}`", help_))

    def _refuse(self, code: str, event: Any, message: str, help_: str) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self.problems.append(Problem(code, Span(start, max(end, start + 1)), message, help_))
