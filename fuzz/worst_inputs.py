"""Files of nearly 1 MiB, each the worst that somebody could think of for one part of the linter.

They are made, not kept: see `worst_inputs`. `measure.py` times them, and a test runs each under limits.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from playbook_press.compose import MAX_MARKS, MAX_PARTS
from playbook_press.text import marks_in

MOST = 1024 * 1024
"""What a file may hold, in bytes; one byte more is refused unread."""

_SPARE = 100
"""How many keys and values, and marks, an input has besides what it is made of, at the most."""

_HEAD = "title: A title\nkind: note\nsummary: A summary.\n"


def _filled(piece: str, head: str = "", tail: str = "") -> str:
    """As many of a piece as fit into a file, between a head and a tail."""
    room = MOST - len(head.encode()) - len(tail.encode())
    return head + piece * (room // len(piece.encode())) + tail


def _counted(piece: Callable[[int], str], head: str = "", tail: str = "") -> str:
    """Pieces that differ, as many as fit into a file."""
    room = MOST - len(head.encode()) - len(tail.encode())
    pieces: list[str] = []
    while (room := room - len((text := piece(len(pieces))).encode())) >= 0:
        pieces.append(text)
    return head + "".join(pieces) + tail


# What YAML itself can be made of, over and over.
_PIECES: Mapping[str, str] = {
    "brackets": "[",
    "pairs of brackets": "[],",
    "braces": "{",
    "nested braces": "{a: ",
    "hyphens": "- ",
    "hyphens without spaces": "-",
    "empty entries": "-\n",
    "double quotation marks": '"',
    "single quotation marks": "'",
    "open quotation marks": 'a: "b\n',
    "open quotation marks in a list": '- "b\n',
    "asterisks": "*",
    "aliases": "- *a\n",
    "anchors": "- &a b\n",
    "ampersands": "&",
    "tags": "- !t b\n",
    "exclamation marks": "!",
    "question marks": "? ",
    "glued question marks": "?",
    "colons": ": ",
    "glued colons": ":",
    "keys in a line": "a: ",
    "percent signs": "%",
    "directives": "%YAML 1.2\n",
    "other directives": "%A b\n",
    "bars": "|",
    "blocks": "- |\n b\n",
    "empty blocks": "- >\n",
    "hashes": "#",
    "comments": "# a\n",
    "texts that are cut off": "- a #b\n",
    "backquotes": "`",
    "at signs": "@",
    "commas": ",",
    "spaces": " ",
    "lines of spaces": " \n",
    "line ends": "\n",
    "returns": "\r",
    "tabs": "\t",
    "lines of tabs": "\ta\n",
    "zeros": "\0",
    "bells": "a\a\n",
    "next lines": "\x85",
    "line separators": "\u2028",
    "byte order marks": "\ufeff",
    "halves of a pair": "\ufffd",
    "emoji": "😀",
    "documents": "---\n",
    "document ends": "...\n",
    "the same key": "a: b\n",
    "merge keys": "<<: b\n",
    "keys of lists": "? [a]\n: b\n",
    "dots": ".",
    "digits": "9",
    "letters": "a",
    "words": "a b ",
    "underscores": "_",
    "suppressions": "# playbooks: ignore[PB402] why\n",
    "suppressions without a code": "# playbooks: ignore\n",
    "unfinished suppressions": "# playbooks: ignore[",
    "codes of suppressions": "PB402, ",
}

# What a text can be made of, over and over: whatever means something to a rule, or to Markdown.
_WORDS: Mapping[str, str] = {
    "letters": "a",
    "capitals": "A",
    "words": "a b ",
    "capital words": "Ab Cd ",
    "digits": "9",
    "spaces": " ",
    "line ends": "\n",
    "blank lines": "a\n\n",
    "asterisks": "*",
    "emphasis": "*a ",
    "emphasis that closes": "a* ",
    "both kinds of emphasis": "*a _b ",
    "nested emphasis": "**a *b ",
    "underscores": "_",
    "backquotes": "`",
    "backquotes of two lengths": "`a``b",
    "brackets": "[",
    "closing brackets": "]",
    "nested brackets": "[a](",
    "link ends": "](",
    "links": "[a](b) ",
    "web links": "[a](https://a.example/b) ",
    "links that hold links": "[a[",
    "images": "![a](",
    "link titles": "[a](b 'c",
    "angles": "[a](<b",
    "forbidden links": "[a](c:d) ",
    "parentheses in links": "[a]((",
    "braces": "{",
    "closing braces": "}",
    "slots": "{a} ",
    "nested slots": "{a{",
    "long slots": "{a-a-a-a-a-a ",
    "slot names": "a-",
    "parentheses": "(",
    "closing parentheses": ")",
    "emoticons": ":) ",
    "lettered items": "a) ",
    "backslashes": "\\",
    "escapes": "\\*",
    "angle brackets": "<",
    "tags": "<a ",
    "references": "&a",
    "double quotation marks": '"',
    "curly marks": "“",
    "curly apostrophes": "’",
    "low marks": "„",
    "apostrophes": "'",
    "bullets": "- a\n",
    "nested bullets": "- ",
    "numbers": "1. a\n",
    "nested numbers": "1. ",
    "quotations": "> ",
    "full stops": ".",
    "sentences": "A b. ",
    "questions": "a? ",
    "exclamation marks": "!",
    "commas": "a, ",
    "hyphens": "-",
    "dashes": "– ",
    "absolutes": "you always ",
    "accusations": "you never, never ",
    "manipulations": "take it or leave it ",
    "manipulative starts": "unless you ",
    "the start of many phrases": "that's so ",
    "figures": "90 % ",
    "figures with points": "1,000.",
    "figures in a row": "1 2 ",
    "money": "£1 ",
    "years": "in 2020 ",
    "percentages": "9%",
    "times": "12:30 ",
    "addresses": "https://",
    "hosts": "a.",
    "mail": "a@a.",
    "paths": "a/",
    "dots and slashes": "./",
    "filler": "TODO ",
    "blanks": "<…>",
    "ellipses": "… ",
    "next lines": "\x85",
    "combining marks": "a\u0301",
    "wide letters": "漢",
    "letters to the right": "א",
    "emoji": "😀",
    "joined emoji": "👩\u200d",
}


def _playbook(**fields: Any) -> str:
    """A playbook as JSON, which is YAML too."""
    base = {"title": "A title", "kind": "note", "summary": "A summary."}
    return json.dumps({**base, **fields}, ensure_ascii=False)


_INLINE, _BLOCK = 2_000, 20_000
"""How long the model lets a text be, in characters."""
_EVERY_FIELD = Path(__file__).parents[1] / "tests/good/every-field.yml"
_NO_WORDS = frozenset(
    {"id", "kind", "status", "reviewed", "stage", "context", "contexts", "sources", "related", "worksheets"}
    | {"type", "who", "channel", "purpose", "sheet", "stages", "slots"}
)
"""Fields that hold ids, choices and figures."""


def _texts(piece: str, most: int) -> Iterator[str]:
    """Texts of so many characters at most, of a piece until a file may have no more of its marks, then of words.

    Each ends with another number, since what is said twice is parsed once.
    """
    left, marks = MAX_MARKS - _SPARE, marks_in(piece)
    for number in count():
        end = f" {number}"
        room = most - len(end)
        times = min(room // len(piece), left // marks if marks else room)
        left -= times * marks
        yield piece * times + "word " * ((room - times * len(piece)) // len("word ")) + end


def _sentences(piece: str) -> str:
    texts = _texts(piece, _INLINE)
    return _counted(lambda _: f"- {json.dumps(next(texts), ensure_ascii=False)}\n", f"{_HEAD}use_when:\n")


def _lines(piece: str) -> str:
    texts = _texts(piece, _BLOCK)

    def script(number: int) -> str:
        words = json.dumps(next(texts), ensure_ascii=False)
        return f"- {{id: s{number}, stage: open, title: A, sheet: 1, say: {words}}}\n"

    return _counted(script, f"{_HEAD}scripts:\n")


def _everywhere(piece: str) -> str:
    """Every field of a playbook with a long text, as many entries in each section as fit."""
    playbook = yaml.safe_load(_EVERY_FIELD.read_text(encoding="utf-8"))
    playbook["reviewed"] = str(playbook["reviewed"])
    texts = _texts(piece, _INLINE)
    full = _with_words(playbook, texts)
    size = len(json.dumps(full, ensure_ascii=False).encode())
    for turn in count(1):
        more = {
            name: _with_words({**part[0], **({"id": f"turn-{turn}"} if "id" in part[0] else {})}, texts)
            for name, part in playbook.items()
            if isinstance(part, list) and isinstance(part[0], dict)
        }
        size += len(json.dumps(more, ensure_ascii=False).encode())
        if size > MOST:
            break
        for name, entry in more.items():
            full[name].append(entry)
    return json.dumps(full, ensure_ascii=False)


def _with_words(value: Any, texts: Iterator[str]) -> Any:
    if isinstance(value, dict):
        return {
            key: inner if key in _NO_WORDS and not isinstance(inner, dict) else _with_words(inner, texts)
            for key, inner in value.items()
        }
    if isinstance(value, list):
        return [_with_words(inner, texts) for inner in value]
    return next(texts) if isinstance(value, str) else value


_PLACES: Mapping[str, Callable[[str], str]] = {
    "sentences": _sentences,
    "lines": _lines,
    "every field": _everywhere,
}

# Texts that are too long for where they stand.
_OTHER_PLACES: Mapping[str, Callable[[str], str]] = {
    "a title": lambda words: _playbook(title=words),
    "a kind": lambda words: _playbook(kind=words),
    "a status": lambda words: _playbook(status=words),
    "a date": lambda words: _playbook(reviewed=words),
    "an id": lambda words: _playbook(
        scripts=[{"id": words, "stage": "open", "title": "A title", "say": "A word."}]
    ),
    "a stage": lambda words: _playbook(
        scripts=[{"id": "a", "stage": words, "title": "A title", "say": "A word."}]
    ),
    "a key": lambda words: _playbook(**{words: "a"}),
    "a context": lambda words: _playbook(contexts={words: {"across": "a", "goal": "b", "changes": "c"}}),
    "a slot": lambda words: _playbook(slots={words: {"label": "a", "example": "b"}}),
}
_FOR_OTHER_PLACES = ("letters", "words", "slot names", "digits", "brackets", "asterisks", "paths", "hosts")


def _many(**made: Callable[[int], str]) -> Iterator[tuple[str, Callable[[], str]]]:
    for name, piece in made.items():
        head = f"{_HEAD}{name}:\n"
        yield f"many {name}", partial(_counted, piece, head)


def _in_a_line(piece: Callable[[int], str]) -> str:
    """Pieces that differ, in one text, as many as it may have of their marks."""
    times = (MAX_MARKS - _SPARE) // marks_in(piece(0))
    return f"{_HEAD}owners: ['{''.join(map(piece, range(times)))}']\n"


def _aliases(number: int) -> str:
    """Nine times what the line before has."""
    return f"l{number + 1}: &l{number + 1} [{', '.join([f'*l{number}'] * 9)}]\n"


def _crowds() -> Iterator[tuple[str, Callable[[], str]]]:
    """Many small things, each of which is wrong."""
    yield "many keys", partial(_counted, lambda number: f"k{number}: a\n", _HEAD)
    yield "long keys in a line", partial(_counted, lambda number: f"k{number}: {'a' * 480}, ", "{", "}\n")
    yield (
        "many keys in a mapping",
        partial(_counted, lambda number: f" k{number}: a,\n", f"{_HEAD}stages: {{\n", "}\n"),
    )
    yield from _many(
        owners=lambda _: "- TODO\n",
        use_when=lambda number: f"- You {number} always do.\n",
        sources=lambda number: f"- source-{number}\n",
        related=lambda number: f"- minimal-{number}\n",
        worksheets=lambda number: f"- walk-aways-{number}\n",
        slots=lambda number: f"  s{number}: {{label: a, example: b}}\n",
        contexts=lambda number: f"  sale-{number}: {{across: a, goal: b, changes: c}}\n",
        stages=lambda number: f"  opem-{number}: {{goal: a}}\n",
        scripts=lambda number: f"- {{id: s{number}, stage: opens, title: A, say: You never}}\n",
        pitfalls=lambda number: f"- {{id: p{number}, name: A, why: ’b’, instead: C}}\n",
        planned=lambda _: "- {titel: A, note: B}\n",
        faq=lambda _: '- {question: Is it 90 %?, answer: "[a](www.a.example)"}\n',
        checklists=lambda number: f"- {{id: c, title: A, purpose: do, items: [{number}], sheet: 1}}\n",
        signals=lambda _: "- {id: a, name: A, means: , respond: }\n",
        dialogues=lambda _: "- {}\n",
        moves=lambda _: "-\n",
    )
    yield "comments, one of them glued", partial(_filled, "#\n", "a: b\n", "# b:#😀\nc: d\n")
    yield (
        "many scripts with the same id",
        partial(_filled, "- {id: s, stage: open, title: A, say: Go now then.}\n", f"{_HEAD}scripts:\n"),
    )
    yield (
        "many ranked scripts",
        partial(
            _counted,
            lambda number: (
                f"- {{id: s{number}, stage: open, title: A, say: Go {number} now then., sheet: 1}}\n"
            ),
            f"{_HEAD}scripts:\n",
        ),
    )
    yield (
        "many slots in lines",
        partial(
            _counted,
            lambda number: f"- {{id: s{number}, stage: open, title: A, say: 'Go {{x{number}}}.'}}\n",
            f"{_HEAD}scripts:\n",
        ),
    )
    yield "many slots in a line", partial(_in_a_line, lambda number: f"{{x{number}}} ")
    yield "many bad slots in a line", partial(_in_a_line, lambda number: f"{{X {number}}} ")
    yield "many links in a line", partial(_in_a_line, lambda number: f"[a](a:{number}) ")
    yield (
        "more marks than there may be",
        partial(_filled, '- "*a* [a](b) *a* *a* [a](b)"\n', f"{_HEAD}use_when:\n"),
    )
    yield "many spaces at the ends of lines", partial(_filled, "- a \n", f"{_HEAD}owners:\n")
    yield "many curly marks", partial(_filled, "- a’s b’s\n", f"{_HEAD}owners:\n")
    yield "many entries twice", partial(_filled, "- It is the same.\n", f"{_HEAD}use_when:\n")
    yield "many tabs to mend", partial(_filled, "-\ta\n", f"{_HEAD}owners:\n")
    yield (
        "many suppressions of what is there",
        partial(
            _counted,
            lambda number: f"- You {number} always do. # playbooks: ignore[PB402] why\n",
            f"{_HEAD}use_when:\n",
        ),
    )
    yield "an alias bomb", partial(_counted, _aliases, f"{_HEAD}l0: &l0 a\n")
    yield "a deep tree", partial(_filled, f" {'[' * 30}{']' * 30},\n", f"{_HEAD}owners: [\n", "a]\n")
    yield "deep mappings", partial(_filled, f" {'{a: ' * 30}{'}' * 30},\n", f"{_HEAD}owners: [\n", "a]\n")


def worst_inputs(is_wanted: Callable[[str], bool] = lambda _: True) -> Iterator[tuple[str, bytes]]:
    """Each input that is wanted by its name, which says what it is made of."""
    made: dict[str, Callable[[], str]] = {}
    for name, piece in _PIECES.items():
        made[f"{name} alone"] = partial(_filled, piece)
        made[f"{name} in a list"] = partial(_filled, piece, f"{_HEAD}owners:\n")
    for place, written in _PLACES.items():
        made |= {f"{name} in {place}": partial(written, piece) for name, piece in _WORDS.items()}
    for place, written in _OTHER_PLACES.items():
        made |= {f"{name} in {place}": partial(_fitted, written, _WORDS[name]) for name in _FOR_OTHER_PLACES}
    made |= _crowds()
    for name, make in made.items():
        if is_wanted(name):
            yield name, _as_far_as_read(make()).encode()
    if is_wanted("bytes that are not UTF-8"):
        yield "bytes that are not UTF-8", b"\xff" * MOST
    if is_wanted("one byte too many"):
        yield "one byte too many", b"a" * (MOST + 1)


def _as_far_as_read(text: str) -> str:
    """The lines of a text that hold no more than a file may, and the last: with more, it is refused, which takes less."""
    left = MAX_PARTS - _SPARE
    try:
        for event in yaml.parse(text, Loader=yaml.CLoader):
            left -= isinstance(event, yaml.NodeEvent)
            if not left and event.start_mark:
                end = event.start_mark.index
                break
        else:
            return text
    except (yaml.YAMLError, ValueError):
        return text
    last = text[text.rfind("\n", 0, -1) + 1 :]
    return text[: text.rfind("\n", 0, end) + 1] + last


def _fitted(written: Callable[[str], str], piece: str) -> str:
    """A playbook with a text that is as long as fits."""
    return written(next(_texts(piece, MOST - len(written("").encode()))))
