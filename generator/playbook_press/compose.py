"""YAML text to nodes that know where they stand.

The text is read as events of PyYAML's C parser and the values are built here. That keeps every
position, resolves scalars by the YAML 1.2 core schema (`no` is text, a date is text), and refuses
what a playbook has no use for. `yaml.load` with `CSafeLoader` would cost more than twice as much
and lose the positions.

Positions are offsets, not the parser's lines: libyaml counts U+0085 and U+2028 as line breaks,
which no editor does.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import yaml

from playbook_press.core_schema import resolve
from playbook_press.text import CONTROL, marks_in
from playbook_press.unseen import INVISIBLE, invisible, unseen_problems
from playbook_press.wrong_yaml import (
    DIRECTIVE_HELP,
    EMPTY_KEY,
    EMPTY_KEY_HELP,
    MOST_PROBLEMS,
    OPENING,
    Problem,
    Span,
    cut_off,
    cuts,
    glued_comments,
    hidden_line,
    syntax_problem,
    unindented_line,
)

HAS_LIBYAML: bool = yaml.__with_libyaml__
# Without libyaml everything works, twenty times slower.
_Parser: Any = yaml.CLoader if HAS_LIBYAML else yaml.Loader

MAX_DEPTH = 32
MAX_PARTS = 50_000
"""How many keys and values a file may have, lists and mappings among them: as many as playbooks have in 1 MiB."""
MAX_MARKS = 40_000
"""How many characters with a meaning to Markdown the texts of a file may have: a hundred times those of the longest
playbook."""

TOO_MUCH = "a playbook is text that a person reads: split it, and keep other things elsewhere"

# A plain scalar that starts otherwise is text.
_STARTS_A_VALUE = frozenset(["", *"~nNtTfF.+-0123456789"])

_OTHER_BREAKS = re.compile("[\x85\u2028\u2029]")
LINE_BREAK = re.compile(r"\r\n|\n|\r")
_PROPERTY = re.compile(r"[^\s,\[\]{}]+")
# What no key that is typed can be: nothing, a merge of other keys, and the mark of an entry.
_NO_KEYS = frozenset({"", "<<", "-"})

REFUSED: Any = object()
"""The value of a node that a problem has been noted for, and that says nothing."""


class RefusedKey(str):
    """Stands for a key that a problem has been noted for; what is under it is left out."""

    __slots__ = ()


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


def compose(text: str) -> tuple[YamlNode | None, list[Problem]]:
    """The root of the only document in a text without BOM, and what is refused in it.

    The root is None where the text is not YAML, or holds nothing.
    """
    problems = unseen_problems(text)
    # The offsets stay, so that everything else is found in the same run.
    text = CONTROL.sub("\ufffd", text.replace("\t", " ")) if problems else text
    # YAML 1.2 and every editor take these for text; libyaml ends a line there.
    text = _OTHER_BREAKS.sub(" ", text)
    if text.endswith(" ") and not text[max(text.rfind("\n"), text.rfind("\r")) + 1 :].strip(" "):
        text += "\n"  # or libyaml would lose the end of the line before
    builder = _Builder(text, problems)
    try:
        builder.run()
    except yaml.MarkedYAMLError as error:
        # A tab or a control character that was replaced may be what breaks the file.
        if not problems or problems[-1].code not in {"PB004", "PB005"}:
            broken = syntax_problem(text, error)
            # Where a text starts with *, that is no alias.
            aliases = {("PB007", broken.span.start)} if broken.code == "PB003" else ()
            problems = [problem for problem in problems if (problem.code, problem.span.start) not in aliases]
            problems.append(broken)
        return None, problems
    except _TooMuchError:
        return None, problems
    if builder.root and len(text) > MAX_MARKS and (mark := _mark_too_many(builder.root)):
        problems.append(
            Problem(
                "PB002",
                mark,
                f"the texts of the file hold more than {MAX_MARKS:,} marks, such as * and [",
                TOO_MUCH,
            )
        )
        return None, problems
    problems += islice(glued_comments(text, _events(text)), MOST_PROBLEMS)
    return builder.root, problems


def _mark_too_many(root: YamlNode) -> Span | None:
    """Where the text starts that has one mark more than a file may have."""
    left = MAX_MARKS
    nodes = [root]
    while nodes:
        node = nodes.pop()
        value = node.value
        if isinstance(value, str):
            left -= marks_in(value)
            if left < 0:
                return Span(node.start, node.start + 1)
        elif isinstance(value, dict):
            nodes += [child for _, child in reversed(value.values())]
        elif isinstance(value, list):
            nodes += reversed(value)
    return None


def _events(text: str) -> Iterator[Any]:
    parser = _Parser(text)
    while parser.check_event():
        yield parser.get_event()


class _TooMuchError(Exception):
    """The file is nested too deep, or holds too much, to be read."""


@dataclass(slots=True)
class _Open:
    """A collection whose end has not been read; `key` is the key that waits for its value."""

    node: YamlNode
    is_mapping: bool
    indent: int
    """Where the innermost collection without brackets starts in its line; -1 where there is none."""
    is_bracketed: bool
    key: YamlNode | None = None


class _Builder:
    """Builds the nodes of one document from the parser's events, without recursion."""

    def __init__(self, text: str, problems: list[Problem]) -> None:
        self.text = text
        self.problems = problems
        self._cuts = cuts(text)
        self.root: YamlNode | None = None
        self._open: list[_Open] = []
        self._documents = 0
        self._noted: Counter[str] = Counter()

    def run(self) -> None:
        parser = _Parser(self.text)
        next_event = parser.get_event
        left = MAX_PARTS
        while left >= 0:
            event: Any = next_event()
            kind = event.__class__
            if kind is yaml.ScalarEvent:
                self._scalar(event)
                left -= 1
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                self._collection(event, {} if kind is yaml.MappingStartEvent else [])
                left -= 1
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                help_ = "write the text out again, or put a text that starts with * in quotation marks"
                self._refuse("PB007", event, f"the alias `*{event.anchor}`", help_)
                start = event.start_mark.index
                value = RefusedKey(f"?{start}") if self._waits_for_key() else REFUSED
                self._add(YamlNode(value, start, event.end_mark.index))
                left -= 1
            elif kind is yaml.DocumentStartEvent:
                self._document(event)
            elif kind is yaml.StreamEndEvent:
                return
        self._refuse(
            "PB002",
            event,
            f"the file has more than {MAX_PARTS:,} keys and values",
            TOO_MUCH,
        )
        raise _TooMuchError

    def _document(self, event: Any) -> None:
        self._documents += 1
        if event.version or event.tags:
            self._refuse("PB014", event, "a YAML directive", DIRECTIVE_HELP)
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
        if end in self._cuts and event.implicit[0]:
            self._note(cut_off(self._cuts[end]))
        if event.implicit[0]:  # plain: neither quoted nor a block
            if not is_key:
                if value[:1] in _STARTS_A_VALUE:
                    value = self._resolved(event, value)
            elif value in _NO_KEYS or (start and self.text[start - 1] == "?"):
                value = self._refused_key(event, value)
        elif event.style in "|>":
            end = start + len(self.text[start:end].rstrip())
            self._check_if_empty(value, start, owner)
        else:
            self._quoted(event, owner)
        node = YamlNode(value, start, end)
        if owner is None or not owner.is_mapping or (owner.key and owner.key.value in owner.node.value):
            self._add(node)
        elif owner.key is None:
            owner.key = node
        else:
            owner.node.value[owner.key.value] = (owner.key, node)
            owner.key = None

    def _resolved(self, event: Any, words: str) -> Any:
        if words == "-":
            self._refuse_mark(event, "-")
        return resolve(words)

    def _check_if_empty(self, block: str, start: int, owner: _Open | None) -> None:
        if not block and (problem := hidden_line(self.text, start, owner.indent if owner else -1)):
            self._note(problem)

    def _refused_key(self, event: Any, key: str) -> RefusedKey:
        if key == "<<":
            self._refuse("PB008", event, "a merge key", "write the keys out where they belong")
        elif key == "-":
            self._refuse_mark(event, key)
        elif key:
            self._refuse_mark(event, "?")
        else:
            self._refuse("PB010", event, EMPTY_KEY, EMPTY_KEY_HELP)
        return RefusedKey(f"?{event.start_mark.index}")

    def _refuse_mark(self, event: Any, mark: str) -> None:
        self._refuse(
            "PB003", event, f"a text cannot start with {mark} here", "put the whole text in quotation marks"
        )

    def _quoted(self, event: Any, owner: _Open | None) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        written = self.text[start:end]
        # What is not an escape has been told.
        if "\\" in written and (hidden := set(INVISIBLE.findall(event.value)).difference(written)):
            self._refuse("PB005", event, *invisible(min(hidden)))
        if owner and not owner.is_bracketed and event.start_mark.line != event.end_mark.line:
            self._check_indentation(Span(start, end), owner.indent)

    def _close(self, event: Any) -> None:
        closed = self._open.pop()
        is_outermost = closed.is_bracketed and not (self._open and self._open[-1].is_bracketed)
        if is_outermost:
            self._check_indentation(Span(closed.node.start, event.end_mark.index), closed.indent)

    def _check_indentation(self, span: Span, indent: int) -> None:
        # Behind a tag or an anchor, which are refused themselves, nothing is checked.
        is_open = self.text[span.start] in OPENING
        if is_open and indent >= 0 and (problem := unindented_line(self.text, span, indent)):
            self._note(problem)

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
            raise _TooMuchError
        node = YamlNode(value, event.start_mark.index, event.start_mark.index)
        if self._waits_for_key():
            self._refuse("PB010", event, "a list or a mapping as a key", "use a word as the key")
            node.value = RefusedKey(f"?{event.start_mark.index}")
            self._add(node)
            node = YamlNode(value, node.start, node.end)
        else:
            self._add(node)
        column = self._open[-1].indent if self._open else -1
        column = column if event.flow_style else event.start_mark.column
        self._open.append(_Open(node, isinstance(value, dict), column, event.flow_style))

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

    @cached_property
    def _line_ends(self) -> list[int]:
        return [match.end() for match in LINE_BREAK.finditer(self.text)]

    def _refuse_duplicate(self, name: str, key: YamlNode, first: YamlNode) -> None:
        line = bisect_right(self._line_ends, first.start) + 1
        self._note(
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
        if self._noted[code] == MOST_PROBLEMS:
            return
        start = self.text.index(sign, event.start_mark.index)
        match = _PROPERTY.match(self.text, start)
        written = match[0] if match else sign
        otherwise = f", or put a text that starts with {sign} in quotation marks"
        self._note(Problem(code, Span(start, start + len(written)), f"{what} `{written}`", help_ + otherwise))

    def _refuse(self, code: str, event: Any, message: str, help_: str) -> None:
        if self._noted[code] < MOST_PROBLEMS:
            start, end = event.start_mark.index, event.end_mark.index
            self._note(Problem(code, Span(start, max(end, start + 1)), message, help_))

    def _note(self, problem: Problem) -> None:
        if self._noted[problem.code] < MOST_PROBLEMS:
            self._noted[problem.code] += 1
            self.problems.append(problem)
