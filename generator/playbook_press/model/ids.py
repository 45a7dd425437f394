"""Ids: what they may be, how one is made of words, and which words one stands for."""

import re
import unicodedata

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
LONGEST_ID = 80

# Letters that Unicode does not take apart into one of a to z and a mark.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "&": " and "}
)
_APOSTROPHES = re.compile(r"(?<=\w)['’](?=\w)")


def id_from(words: str) -> str:
    """The id that words suggest: "Don't say “no”" is `dont-say-no`. Nothing where no letter is left."""
    folded = _APOSTROPHES.sub("", words.casefold()).translate(_LETTERS)
    ascii_ = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    found = "-".join(re.findall(r"[a-z0-9]+", ascii_))
    if len(found) <= LONGEST_ID:
        return found
    whole = found[: LONGEST_ID + 1].rpartition("-")[0]
    return whole or found[:LONGEST_ID]


def in_words(identifier: str) -> str:
    """An id as a phrase: "ask-for-time" is "Ask for time"."""
    return identifier.replace("-", " ").replace("_", " ").capitalize()
