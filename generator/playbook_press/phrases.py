"""Phrases that do harm in a conversation, and how they are found in what a playbook says.

A phrase is written as a regular expression in small letters with straight apostrophes, in which `^^`
stands for the start of a sentence or of a clause.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from playbook_press.model import Text

_START = r"(?:^|(?<=[.!?:;,(] )|(?<=[-–—] )|(?<=\bbut )|(?<=\band )|(?<=\bbecause ))"
_SAME = str.maketrans({"’": "'", "‘": "'", "\n": " "})


@dataclass(frozen=True)
class Phrase:
    """A way of putting something."""

    marker: str
    """What stands in the phrase in any case, in small letters: it is looked for first."""
    pattern: str
    instead: str
    """How to put it."""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, ready to be searched for."""
        return re.compile(self.pattern.replace("^^", _START), re.IGNORECASE)


class Match(NamedTuple):
    """A phrase that was found."""

    text: Text
    excerpt: str
    """The phrase as it stands in the text."""
    phrase: Phrase


def phrases_in(said: Iterable[Text], phrases: Sequence[Phrase]) -> Iterator[Match]:
    """Every text in which a phrase stands, with the first place of each phrase."""
    lines = [(text, text.words.translate(_SAME)) for text in said]
    everything = "\n".join([words for _, words in lines]).lower()
    for phrase in phrases:
        if phrase.marker not in everything:
            continue
        for text, words in lines:
            if match := phrase.regex.search(words):
                yield Match(text, text.words[match.start() : match.end()], phrase)
