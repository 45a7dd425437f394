"""Text as CommonMark that people read as it is: escaped with backslashes, and no more than it takes.

`text.escape` writes for Python-Markdown and its extensions, as numeric references. Here the readers
are people, language models and CommonMark engines, with HTML switched on or off.
"""

import re
from collections.abc import Callable, Mapping

# What may stand on a line before its first word: indentation, quotes, markers of lists and tables, tags.
_BEFORE = r"(?:[ >|]++|[-*+:][ ]++|\d++[.)][ ]++|<[^<>]*+>)*+"
_START = re.compile(_BEFORE)
_NUMBER = re.compile(rf"{_BEFORE}\d{{1,9}}")
# A line of nothing but these would make a heading of the one above it.
_MORE = re.compile(r"(?:=|&\#61;|[ ])*+[^\s=&]", re.VERBOSE)
_NO_TAG = frozenset({"", " ", *"0123456789"})
_REFERENCE = re.compile(r"(?:#|[A-Za-z][A-Za-z0-9]*;|&)")
_SCHEMES = ("http", "https", "ftp", "mailto", "xmpp")
_LONGEST_SCHEME = max(map(len, _SCHEMES))


def _starts(before: str, _: str) -> bool:
    return bool(_START.fullmatch(before))


def _ends_with_scheme(before: str) -> bool:
    return before[-_LONGEST_SCHEME:].lower().endswith(_SCHEMES)


def _is_inside_word(before: str, after: str) -> bool:
    return before[-1:].isalnum() and after[:1].isalnum()


_MEANS: Mapping[str, Callable[[str, str], bool]] = {
    # A blank is written in braces, so other braces are told from it.
    **dict.fromkeys("\\`*[]|~{}", lambda _, __: True),
    **dict.fromkeys("+-?>", _starts),
    **dict.fromkeys(".)", lambda before, _: bool(_NUMBER.fullmatch(before))),
    "=": lambda before, after: _starts(before, after) and not _MORE.match(after),
    "!": lambda before, after: after.startswith("[") or _starts(before, after),
    "#": lambda before, after: not after.strip() or after[0] in "#&\n" or _starts(before, after),
    ":": lambda before, after: _ends_with_scheme(before) or _starts(before, after),
    "<": lambda _, after: after[:1] not in _NO_TAG,
    "&": lambda _, after: bool(_REFERENCE.match(after)),
    "_": lambda before, after: not _is_inside_word(before, after),
    "@": _is_inside_word,
}
"""Where a character would mean something, from the line before it and what follows."""


def escaped(character: str, before: str, after: str) -> str:
    """A character of some words, so that it reads as itself.

    `before` is the line up to it, and `after` what follows; both may still hold references and tags.
    """
    means = _MEANS.get(character)
    return f"\\{character}" if means and means(before, after) else character


def escape(words: str) -> str:
    """Words that start a line, on one line."""
    words = " ".join(words.split())
    return "".join(
        escaped(character, words[:index], words[index + 1 :]) if not character.isalnum() else character
        for index, character in enumerate(words)
    )
