"""A title has capitals like a headline.

It checks every `title` and `name` for Capitals On Each Word, and for words in CAPITALS alone. Terms of the glossary, acronyms, names, titles of works, and the first word after a colon keep theirs.

## Why it matters

Titles stand under each other in the navigation: one that shouts makes the rest look less important, and hides which words are names.

## Bad

```yaml
title: Asking For More
use_when:
  - You want more than they offer.
```

## Good

```yaml
title: Asking for more
use_when:
  - You want more than they offer.
```
"""

import re
from collections.abc import Container, Iterator

from playbook_press.fixes import Fix, Replace
from playbook_press.model import Library, Source
from playbook_press.rules import Found, strings, wording

SEVERITY = "note"
FIXABLE = True
EVERYWHERE = True

_FIELDS = frozenset({"title", "name"})
_CAPITAL = re.compile(r"(?<=[\w,'’] )[A-Z][a-z'’]+(?:-[A-Za-z][a-z]+)*(?![\w.])")
_SMALL_WORD = re.compile(r"(?<=[\w,'’] )[a-z][\w'’]*")
# What a title is made of: small words, which stay small in a headline too, and everyday ones.
_SMALL = frozenset(
    {
        "a", "an", "and", "as", "at", "but", "by", "for", "from", "how", "if", "in", "into", "it", "its",
        "nor", "of", "on", "or", "so", "than", "that", "the", "to", "up", "via", "with"
    }
)  # fmt: skip
# None of these is a name in the middle of a title. "The" is often the first word of one.
_EVERYDAY = (_SMALL - {"the"}) | frozenset(
    {
        "ask", "asking", "bad", "before", "better", "deal", "do", "get", "give", "good", "less", "more",
        "money", "new", "no", "not", "now", "offer", "our", "own", "people", "price", "say", "talk",
        "their", "them", "they", "this", "time", "too", "us", "want", "we", "what", "when", "where",
        "which", "who", "why", "without", "work", "yes", "you", "your"
    }
)  # fmt: skip
# Words that are names as well, such as Will and May.
_NAMES = frozenset(
    {
        "april", "art", "august", "bill", "chance", "chase", "china", "dean", "drew", "english", "faith",
        "frank", "french", "friday", "german", "god", "grace", "guy", "hope", "i", "i'd", "i'll", "i'm",
        "i've", "iris", "ivy", "jack", "job", "joy", "june", "march", "mark", "max", "may", "miles",
        "monday", "norm", "pat", "paul", "polish", "reading", "rich", "rob", "robin", "rose", "sandy",
        "saturday", "sue", "summer", "sunday", "thursday", "tuesday", "turkey", "wednesday", "will"
    }
)  # fmt: skip
_QUOTED = re.compile(r"[\"“‘][^\"”’]*[\"”’]|`[^`]*`|\{[^}]*\}")


def check(part: object, library: Library) -> Iterator[Found]:
    """Yield each title in the wrong case."""
    if isinstance(part, dict) and any(isinstance(entry, Source) for entry in part.values()):
        return  # a work keeps the title it came out under
    suspects = [
        text
        for text in strings(part)
        if text.field in _FIELDS
        and not text.is_key
        and (_CAPITAL.search(text.words) or (text.words.isupper() and len(text.words) > 3))  # noqa: PLR2004
    ]
    if not suspects:
        return
    written = frozenset(re.findall(r"[\w'-]+", wording(part)))
    kept = _kept(library)
    for text in suspects:
        meant = _lowered(text.words, written, kept)
        if meant != text.words:
            yield Found(
                text.location,
                "the title has capitals in the middle"
                if not text.words.isupper()
                else "the title is in capitals",
                f"write `{meant}`",
                fix=Fix((Replace(text.location, meant),), is_safe=False),
            )


def _kept(library: Library) -> list[str]:
    """What keeps its capitals: terms that have some, and titles of works, with and without what follows a colon."""
    terms = [word for term in library.glossary.values() for word in (term.term, *term.also)]
    titles = [source.title for source in library.sources.values()]
    found = {*terms, *titles, *(title.partition(":")[0] for title in titles)}
    return [words for words in found if words[1:] != words[1:].lower() and len(words) > 1]


def _lowered(title: str, written: Container[str], kept: list[str]) -> str:
    """The title in the right case, or as it is where that is not sure to be wrong."""
    hidden = [(match.start(), match.end()) for match in _QUOTED.finditer(title)]
    for words in kept:
        hidden += [(match.start(), match.end()) for match in re.finditer(rf"\b{re.escape(words)}\b", title)]
    if title.isupper():
        # A few capitals are an acronym; a word that stands elsewhere in small letters is a word.
        shouted = re.findall(r"[^\W\d_]+", title)
        known = [word for word in map(str.lower, shouted) if word in _EVERYDAY or word in written]
        is_sure = not hidden and len(shouted) > 1 and len(known) > len(shouted) / 2
        return title.capitalize() if is_sure else title
    found = [
        match
        for match in _CAPITAL.finditer(title)
        if not any(start <= match.start() < end for start, end in hidden) and match[0].lower() not in _NAMES
    ]
    common = [match for match in found if match[0].lower() in _EVERYDAY or match[0].lower() in written]
    plain = [match for match in _SMALL_WORD.finditer(title) if match[0] not in _SMALL]
    # One word with a capital among small ones is a name; so is a word that never stands without.
    if plain or all(match[0] == "The" for match in common):
        return title
    for match in common:
        title = f"{title[: match.start()]}{match[0].lower()}{title[match.end() :]}"
    return title
