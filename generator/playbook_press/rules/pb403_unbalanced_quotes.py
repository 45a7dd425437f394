"""A quotation mark or a bracket has no partner.

It checks double quotation marks, straight and curly, and round and square brackets within each text. Apostrophes, inches (`24"`), the letters of a list, `a)`, and what stands in backquotes are passed over.

## Why it matters

A reader looks for the end of the quotation, and reads somebody else's words as yours.

## Bad

```yaml
summary: What to say when they ask "why not today, and how to ask back.
```

```yaml
use_when:
  - They name a figure (their first.
```

## Good

```yaml
summary: What to say when they ask "why not today?", and how to ask back.
use_when:
  - They name a figure (their first).
```
"""

import re
from collections.abc import Iterator

from playbook_press.model import Library
from playbook_press.rules import Found, strings, wording

SEVERITY = "warning"
EVERYWHERE = True

_PARTNERS = {")": "(", "]": "[", "”": "“"}
_OPENING = frozenset(_PARTNERS.values())
# What looks like a mark and is none: code, an escaped character, an emoticon, and a range of figures.
_ELSE = re.compile(
    r"`+[^`]*`+|\\.|\x1b\[|(?<!\w)[:;]-?[()](?!\w)|[\[(]\s*-?\d[\d.]*\s*[,;]\s*-?\d[\d.]*\s*[\])]", re.DOTALL
)
# The bracket behind the letter of a list.
_LETTER = re.compile(r"(?:^|(?<=\s))(?:[A-Za-z]|[ivx]{1,4}|\d{1,2})\)(?=\s)")
_MARKS = re.compile(r"[()\[\]“”]")
# A quotation that goes on in the next paragraph is opened again there.
_GOES_ON = re.compile(r"\n\s*\n\s*([\"“])")
_INCHES = re.compile(r"\d\"")
_NAMES = {"(": "bracket", ")": "bracket", "[": "bracket", "]": "bracket"}


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each text in which a mark has no partner."""
    everything = wording(part)
    marks = [mark for mark in '"()[]“”' if mark in everything]
    # German, Polish and others close with what English opens with.
    if not marks or "„" in everything:
        return
    texts = strings(part)
    marked = {text.location: text for mark in marks for text in texts if mark in text.words}
    for text in marked.values():
        words = text.words
        if mark := _alone(words):
            opened = mark in _OPENING or mark == '"'
            name = _NAMES.get(mark, "quotation mark")
            yield Found(
                text.location,
                f"a {name} is opened and never closed"
                if opened
                else f"a {name} is closed and was never opened",
                f"write its partner, or delete the `{mark}`",
                excerpt=mark if words.count(mark) == 1 else "",
            )


def _alone(words: str) -> str:
    """The first mark of a text that has no partner."""
    if (
        words.count("(") == words.count(")")
        and words.count("[") == words.count("]")
        and words.count("“") == words.count("”")
        and not words.count('"') % 2
        and "](" not in words
        and words.find(")") >= words.find("(")
        and words.find("]") >= words.find("[")
    ):
        return ""
    words = _GOES_ON.sub("\n", _ELSE.sub(" ", words))
    letters = {match.end() for match in _LETTER.finditer(words)}
    opened: list[str] = []
    for match in _MARKS.finditer(words):
        mark = match[0]
        if mark in _OPENING:
            opened.append(mark)
        elif opened and opened[-1] == _PARTNERS[mark]:
            opened.pop()
        elif mark == ")" and match.end() in letters:
            continue
        else:
            return mark
    if opened:
        return opened[-1]
    return '"' if len(re.findall('"', _INCHES.sub("", words))) % 2 and words.count('"') % 2 else ""
