"""What is known of the font without starting Typst: which characters it has, and how wide they are.

But for `about_ems` it is on the safe side, and a test compares it with what Typst prints.
"""

import re
import unicodedata
from functools import cache, lru_cache
from math import ceil

# What is neither of the letters of Europe nor of the marks and signs that come with them.
_UNUSUAL = re.compile(
    "[^\\0-\x7f\xa0-\u0377\u037a-\u037f\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u04ff\u1e00-\u1eff"
    "\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2190-\u22ff\u2500-\u25ff]"
)
# The widest of the upright, the italic and the bold shape of each character from the space to the
# tilde, in thousandths of an em.
_WIDEST = (
    250, 288, 376, 514, 514, 637, 729, 215, 315, 315, 433, 550, 244, 358, 244, 323, 514, 514, 514, 514,
    514, 514, 514, 514, 514, 514, 256, 256, 550, 551, 550, 435, 988, 740, 654, 706, 734, 609, 545, 732,
    817, 367, 414, 736, 577, 899, 740, 730, 614, 730, 716, 504, 652, 732, 700, 1028, 718, 624, 624, 397,
    321, 397, 518, 486, 392, 506, 542, 456, 561, 489, 391, 521, 619, 322, 312, 613, 325, 905, 616, 551,
    581, 573, 428, 427, 358, 598, 529, 777, 561, 558, 452, 307, 220, 307, 473,
)  # fmt: skip
WIDEST_ASCII = max(_WIDEST) / 1000
"""At most as wide is any of these, in ems."""
UNKNOWN = 1.2
"""What the font lacks, and what stands for it, is hardly wider, in ems."""
MAY_BREAK = "\N{ZERO WIDTH SPACE}"
"""Where a word may be broken."""
_QUOTES = {"‘": 0.27, "’": 0.27, "“": 0.44, "”": 0.44}
_OTHER_LATIN, _OTHER = 1.05, 1.6
"""At most as wide is everything else, in ems: what Western Europe writes, and what is not unusual."""
_TYPICAL = 0.55
"""How wide a letter is on average."""
_ACCENT = 0.05
"""By how much a letter may be wider for its accent."""
_UNIT = 200
"""So many to an em: a width is a byte, so that those of a text can be summed up at once."""


def unusual_in(text: str) -> frozenset[str]:
    """The characters of a text that the font may lack."""
    # Hardly a text has any, and these two ways to say so take next to no time.
    if text.isascii() or _as_bytes(text) is not None:
        return frozenset()
    return frozenset(_UNUSUAL.findall(text))


@lru_cache(maxsize=8_192)
def most_ems(text: str) -> float:
    """At least the width of a text on one line, in ems, in whatever style; infinity where it is not known."""
    encoded = _as_bytes(text)
    if encoded is not None:
        return sum(encoded.translate(_table())) / _UNIT
    return sum(map(_width, text))


def about_ems(text: str) -> float:
    """About the width of a text in bold, on one line, in ems."""
    encoded = _as_bytes(text)
    return _TYPICAL * len(text) if encoded is None else sum(encoded.translate(_table())) / _UNIT


def _as_bytes(text: str) -> bytes | None:
    try:
        return text.encode("cp1252")
    except UnicodeEncodeError:
        return None


@cache
def _table() -> bytes:
    characters = (bytes([code]).decode("cp1252", "replace") for code in range(256))
    return bytes(ceil(min(_width(character), _OTHER_LATIN) * _UNIT) for character in characters)


@cache
def _width(character: str) -> float:
    if " " <= character <= "~":
        return _WIDEST[ord(character) - ord(" ")] / 1000
    if character in _QUOTES:
        return _QUOTES[character]
    base = unicodedata.normalize("NFD", character)[0]
    if base.isascii() and base.isalpha():
        return _width(base) + _ACCENT
    if _as_bytes(character) is not None:
        return _OTHER_LATIN
    return float("inf") if _UNUSUAL.match(character) else _OTHER
