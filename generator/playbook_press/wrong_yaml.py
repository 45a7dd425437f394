"""What is wrong with a text as YAML: where the parser gives up, and what it lets pass.

libyaml reads some things that YAML 1.2 does not allow. Other programs refuse them, or read something
else, so they are refused here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

import yaml

MOST_PROBLEMS = 5_000
"""How many problems of a kind are noted in a file: nobody reads further, and each takes room."""

# A value that opens a quotation mark without closing it, above a line that starts with a key.
_OPEN_QUOTE = re.compile(
    r"""^ *(?:- +)?(?:[\w-]+: +)?((["'])(?:(?!\2).)*)\n(?: *\n)* *(?:- +)?[a-z_]+:(?: |\n)""", re.MULTILINE
)
OPENING = {"[": "bracket", "{": "brace", '"': "quotation mark", "'": "quotation mark"}
_QUOTES = frozenset("\"'")
_RESERVED = frozenset("`@%|>&*!?,]}")
# A value that starts with a mark of YAML, and what of it is taken for a list or a mapping.
_MARKED = re.compile(
    r" *(?:- +)*(?:[\w-]+: +)?(?P<value>(?P<taken>\[[^][\n]*\]|\{[^{}\n]*\}|[*&!|>%@`])[^\r\n]*)"
)
_TAKEN_FOR = {
    "[": "a text that starts with a bracket is taken for a list",
    "{": "a text that starts with a blank such as `{}` is taken for a mapping",
}
DIRECTIVE_HELP = "delete the line: it is not needed"
EMPTY_KEY, EMPTY_KEY_HELP = "a key with nothing in it", "write a word as the key"
# What may stand in a line before a colon that has no key.
_BEFORE_NO_KEY = re.compile(r"(?:.*[\[{,])? *(?:[-?] +)*")
_COLON = re.compile(r":(?:\s|\Z)")
# A key whose colon stands right before something else, and a word with nothing beside it.
_GLUED_COLON = re.compile(r" *(?:- +)*(?P<key>[A-Za-z_][\w-]*):(?!//)(?P<value>[^ \r\n:][^\r\n]*)")
_LONE_WORD = re.compile(r" *(?P<key>[A-Za-z_][\w-]*) *(?:#[^\r\n]*)?\r?\n(?: *\r?\n)*(?P<below> *(?:- )?)")
# What git writes into a file where two changes meet.
_CONFLICT = re.compile(r"^(?:[<|>]{7}(?= )|={7}(?=\r?$))", re.MULTILINE)
# What goes on in a line, but does not end it, nor a list or a mapping in it.
_FOLLOWS = re.compile(r"[^\s\]}#:]")
# A text in quotation marks has ended for good: a space is behind it.
_QUOTED_BEFORE = re.compile(r"[\"'] +\Z")
_UNKNOWN_ESCAPE = "found unknown escape character"
_NO_CHARACTER = "found invalid Unicode character escape code"
_ESCAPES = frozenset({_UNKNOWN_ESCAPE, _NO_CHARACTER, "did not find expected hexdecimal number"})
"""What libyaml says of a backslash in double quotation marks."""
_NO_BREAK_SPACE = "\xa0"
_LONGEST_SHOWN = 60
_STOPS = re.compile(r"\.\.\.(?:\s|\Z)")
_DIRECTIVES = ("found unknown directive name", "found incompatible YAML document")


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


def syntax_problem(text: str, error: yaml.MarkedYAMLError) -> Problem:
    """Where the text stops being YAML, worded by what stands there.

    libyaml notices an open bracket or quotation mark only at the end of the file, so those are
    shown where they open.
    """
    end = error.problem_mark.index if error.problem_mark else 0
    start = min(end, max(len(text) - 1, 0))
    if error.problem in _DIRECTIVES:
        return Problem("PB014", Span(start, start + 1), "a YAML directive", DIRECTIVE_HELP)
    if (ends := _document_end(text, start)) is not None:
        return Problem(
            "PB011", Span(ends, ends + 3), "the mark of a document's end", "delete the line: the file ends it"
        )
    if conflict := _CONFLICT.search(text):
        return Problem(
            "PB003",
            Span(*conflict.span()),
            "git has left both sides of a conflict here",
            "keep what is meant, and delete the lines that start with <<<<<<<, ======= and >>>>>>>",
        )
    # Only of a letter that is not known does the mark stand at the backslash; of others, behind the letter.
    escape = (
        text.rfind("\\", 0, start + (error.problem == _UNKNOWN_ESCAPE)) if error.problem in _ESCAPES else -1
    )
    # A quotation mark that is not closed makes a quoted text of what is none.
    unclosed = _unclosed_quote(text, start if escape < 0 else escape)
    if unclosed is None and 0 <= escape < len(text) - 1:
        return _escape_amiss(text, escape, is_known=error.problem == _NO_CHARACTER)
    if unclosed is not None:
        return Problem(
            "PB003",
            Span(unclosed, unclosed + 1),
            "the quotation mark that opens here is not closed",
            "close it at the end of the text",
        )
    opened = error.context_mark.index if error.context_mark else None
    if opened is not None and text[opened : opened + 1] in OPENING:
        character = text[opened]
        if character in "[{" and _FOLLOWS.match(text, end) and "\n" not in text[opened:start]:
            is_quoted = _QUOTED_BEFORE.search(text, opened, start) is not None
            return Problem(
                "PB003",
                Span(start, start + 1),
                f"inside the {OPENING[character]}s, a text has ended here, and neither a comma nor the end follows",
                "put a comma between them" if is_quoted else "put the whole text in quotation marks",
            )
        return Problem(
            "PB003",
            Span(opened, opened + 1),
            f"the {OPENING[character]} that opens here is not closed as it should be",
            f"close it, or put a text that starts with {character} in"
            f"{' the other kind of' if character in _QUOTES else ''} quotation marks",
        )
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if error.context_mark and _COLON.match(text, start) and _BEFORE_NO_KEY.fullmatch(before):
        return Problem("PB010", Span(start, start + 1), EMPTY_KEY, EMPTY_KEY_HELP)
    start, message, help_ = (
        _colon_amiss(text, start, opened)
        or _misplaced(text, start, opened)
        or (
            start,
            f"not valid YAML: {error.problem or error.context}",
            "line the text up with its neighbours: the indentation tells YAML what belongs together",
        )
    )
    return Problem("PB003", Span(start, start + 1), message, help_)


def _escape_amiss(text: str, start: int, *, is_known: bool) -> Problem:
    """A backslash that means nothing, or, where it `is_known` what it means, no character."""
    if is_known:
        span = Span(start, min(start + (10 if text[start + 1] == "U" else 6), len(text)))
        return Problem("PB003", span, f"`{text[slice(*span)]}` is no character", "write the character itself")
    return Problem(
        "PB003",
        Span(start, start + 2),
        f"`{text[start : start + 2]}` means nothing in double quotation marks",
        "write `\\\\` for a backslash, or put the text in single quotation marks",
    )


def _document_end(text: str, start: int) -> int | None:
    """Where the last line before a place, or the line there, is three full stops, which end a document."""
    end = start + 1
    while end > 0:
        line = text.rfind("\n", 0, end - 1) + 1
        if _STOPS.match(text, line):
            return line
        words = text[line : min(end, start)].strip()
        if words and not words.startswith("#"):
            return None
        end = line
    return None


def _colon_amiss(text: str, start: int, opened: int | None) -> tuple[int, str, str] | None:
    """A key whose colon is missing or has no space behind it: its place, and words for it.

    YAML takes such a key for the start of a text, and gives up at a later key. `opened` is where
    the parser says that the text began.
    """
    line, key_start = _suspect(text, start) if opened is None else (_line_of(text, opened), opened)
    glued = _GLUED_COLON.match(text, line)
    if glued and glued.start("key") == key_start:
        key, value = glued["key"], glued["value"]
        behind = "a no-break space" if value[0] == _NO_BREAK_SPACE else "no space"
        help_ = f"write `{key}: {_shortened(value.strip(f' {_NO_BREAK_SPACE}'))}`"
        return glued.end("key"), f"the colon of `{key}` has {behind} behind it", help_
    word = _LONE_WORD.match(text, line)
    if word is None or (opened is not None and word.start("key") != opened):
        return None
    key = word["key"]
    is_above_its_value = len(word["below"]) > word.start("key") - line
    if not is_above_its_value and opened is None:
        return None
    otherwise = "" if is_above_its_value else ", or put spaces in front if it belongs to the text above"
    return word.start("key"), f"the key `{key}` has no colon", f"write `{key}:`{otherwise}"


def _line_of(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _suspect(text: str, colon: int) -> tuple[int, int]:
    """Where the line above a key starts, and where a key in it would start that stands as far in."""
    line = _line_of(text, colon)
    above = _line_of(text, max(line - 1, 0))
    before = text[line:colon]
    is_key = line > 0 and re.fullmatch(r" *[\w-]+", before)
    return above, above + len(before) - len(before.lstrip(" ")) if is_key else -1


def _shortened(words: str) -> str:
    """As much of a text as help shows of it."""
    return words if len(words) <= _LONGEST_SHOWN else f"{words[:_LONGEST_SHOWN].rsplit(' ', 1)[0]} …"


def _is_to_blame(marked: re.Match[str], start: int, opened: int | None) -> bool:
    """Whether the parser gave up at a mark, or behind what it took for a list, a mapping or an alias."""
    if marked["taken"][0] in OPENING:
        return start >= marked.end("taken") and marked["value"] != marked["taken"]
    is_alias = marked["taken"] == "*" and " " in marked["value"] and start > marked.end("taken")
    return is_alias or marked.start("value") in {start, opened}


def quote_help(words: str) -> str:
    """What to do about a text that has to stand in quotation marks."""
    words = _shortened(words.partition(" #")[0].strip())
    mark = "'" if '"' in words and "'" not in words else '"'
    quoted = words if mark == "'" else words.replace("\\", "\\\\").replace('"', '\\"')
    return f"put the whole text in quotation marks: `{mark}{quoted}{mark}`"


def _misplaced(text: str, start: int, opened: int | None) -> tuple[int, str, str] | None:
    """What stands where the parser gave up and does not belong there: its place, and words for it."""
    character = text[start : start + 1]
    line = text.rfind("\n", 0, start) + 1
    before = text[line:start]
    if (marked := _MARKED.match(text, line)) and _is_to_blame(marked, start, opened):
        taken = marked["taken"]
        message = _TAKEN_FOR.get(taken[0], "a text cannot start with {}").format(taken)
        return marked.start("value"), message, quote_help(marked["value"])
    if character == ":" and re.fullmatch(r" *(?:- +)?[\w-]+", before):
        key = before.strip("- ")
        return (
            line + before.index(key),
            f"the key `{key}` does not line up with the keys around it",
            "give the lines that belong together the same number of spaces in front",
        )
    if character == ":" and not _COLON.match(text, start):
        return (
            start,
            "a colon in brackets with neither a space behind it nor quotation marks around it",
            "put a space behind the colon that ends a key, or the whole text in quotation marks",
        )
    if character == ":":
        return (
            start,
            "a colon and a space inside a text, which YAML takes for a key",
            "put the whole text in quotation marks, or check the indentation of the line",
        )
    if text[:start].rstrip(" ")[-1:] in _QUOTES:
        return (
            start,
            "the text goes on behind its closing quotation mark",
            "put the whole text in the other kind of quotation marks",
        )
    if character in _RESERVED:
        return start, f"a text cannot start with {character}", "put the whole text in quotation marks"
    return None


def _unclosed_quote(text: str, before: int) -> int | None:
    """Where a quotation mark opens that swallows the next key, last before a place.

    libyaml goes on to the next quotation mark, which may be hundreds of lines away.
    """
    found = None
    for match in _OPEN_QUOTE.finditer(text, 0, before):
        found = match.start(1)
    return found


# What the parser lets pass


# A # behind a mark, where a comment would have to stand behind a space.
_GLUED = re.compile("[]},\"'|>+0-9:-]#")
_GLUED_HEADER = re.compile(r"[|>][-+0-9]*#")
_EMPTY_BLOCK = re.compile(r"[|>][-+]? *(?:#[^\n]*)?\n(?P<blank>(?: *\n)*)(?P<space> *)#")


_MOST_CUTS = 1_000
# Who means a comment puts a space behind the #.
_CUT = re.compile(r"(?<![ \t])[ \t]++(?P<cut>#[^\s#!][^\r\n]*)")


def cuts(text: str) -> Mapping[int, Span]:
    """What may be cut off from a text without quotation marks, by the offset at which the text ends."""
    if " #" not in text:
        return {}
    found = islice(_CUT.finditer(text), _MOST_CUTS)
    return {match.start(): Span(*match.span("cut")) for match in found}


def cut_off(span: Span) -> Problem:
    """What a text has lost to a comment that nobody meant."""
    return Problem(
        "PB016",
        span,
        "what stands behind this # is no part of the text",
        "put the whole text in quotation marks, or a space behind the # of a comment",
    )


def glued_comments(text: str, events: Iterable[Any]) -> Iterator[Problem]:
    """Comments that start right behind something else; `events` are asked for only where there may be one."""
    if not _GLUED.search(text):
        return
    end = 0
    for event in events:
        start = event.start_mark.index
        for line in _lines_between(text, end, start):
            if (mark := text.find("#", *line)) > 0 and not text[mark - 1].isspace():
                yield _glued(mark)
        if getattr(event, "style", None) in {"|", ">"} and (header := _GLUED_HEADER.match(text, start)):
            yield _glued(header.end() - 1)
        end = event.end_mark.index


def _lines_between(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while text.find("#", start, end) >= 0:
        line_end = text.find("\n", start, end)
        if line_end < 0:
            yield start, end
            return
        yield start, line_end
        start = line_end + 1


def _glued(mark: int) -> Problem:
    return Problem(
        "PB003",
        Span(mark, mark + 1),
        "a comment right behind something else",
        "put a space before the #, or the whole text in quotation marks",
    )


def unindented_line(text: str, span: Span, indent: int) -> Problem | None:
    """A line of something in brackets or quotation marks that stands no further in than what holds that.

    `indent` is the indentation of what holds it. A closing bracket may stand there.
    """
    is_text = text[span.start] in _QUOTES
    match = _unindented(indent, is_text=is_text).search(text, *span)
    if match is None:
        return None
    return Problem(
        "PB003",
        Span(match.end() - 1, match.end()),
        f"this line belongs to the {OPENING[text[span.start]]} that opens above, and is not indented",
        "put more spaces in front of it than stand in front of the key",
    )


@cache
def _unindented(indent: int, *, is_text: bool) -> re.Pattern[str]:
    closing = "" if is_text else "#\\]}"
    return re.compile(rf"[\n\r] {{0,{indent}}}[^ \n\r{closing}]")


def hidden_line(text: str, start: int, indent: int) -> Problem | None:
    """A line that starts with # below the first lines of a block, blank ones that are longer than its indentation."""
    match = _EMPTY_BLOCK.match(text, start)
    if match is None or len(match["space"]) <= indent:
        return None
    if max(map(len, match["blank"].split("\n"))) <= len(match["space"]):
        return None
    return Problem(
        "PB003",
        Span(match.end() - 1, match.end()),
        "this line belongs to the text above, which starts with a longer line of spaces",
        "delete the spaces of the blank lines above it",
    )
