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


@dataclass(frozen=True)
class Phrase:
    """A way of putting something."""

    marks: str
    """What one of must stand in the phrase, in small letters, with | between them: it is looked for first."""
    pattern: str
    instead: str
    """How to put it."""

    @cached_property
    def markers(self) -> Sequence[str]:
        """The marks, one by one."""
        return self.marks.split("|")

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


class Phrases:
    """Phrases to look for together."""

    def __init__(self, *phrases: Phrase) -> None:
        self._marked = [(marker, phrase) for phrase in phrases for marker in phrase.markers]

    def found_in(self, said: Iterable[Text]) -> Iterator[Match]:
        """Every text in which a phrase stands, with the first place of each phrase."""
        lines = list(said)
        # Most playbooks hold none of the marks.
        everything = _plain("\n".join([text.words for text in lines])).lower()
        marked = [(marker, phrase) for marker, phrase in self._marked if marker in everything]
        found: set[tuple[Text, Phrase]] = set()
        for marker, phrase in marked:
            for text in lines:
                words = _plain(text.words)
                if marker not in words.lower() or (text, phrase) in found:
                    continue
                if match := phrase.regex.search(words):
                    found.add((text, phrase))
                    yield Match(text, text.words[match.start() : match.end()], phrase)


def _plain(words: str) -> str:
    """The same number of characters, without those that come in two kinds."""
    return words.replace("’", "'").replace("‘", "'").replace("\n", " ")
