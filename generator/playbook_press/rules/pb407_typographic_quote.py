"""A quotation mark is curly, or stands around a whole line.

It looks for curly quotation marks and apostrophes, where a handbook writes straight ones, and for quotation marks around all of a `say`, `says`, `they_say` or `instead_of`, which the pages set by themselves.

## Why it matters

Programs for letters write one kind and programs for code the other. A search for `don't` finds one of them, and a line in quotation marks is printed in two pairs.

## Bad

```yaml
summary: What to say when they don’t answer.
```

```yaml
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: '"What makes that figure fair?"'
```

## Good

```yaml
summary: What to say when they don't answer.
scripts:
  - id: ask-why
    stage: explore
    title: Ask why
    say: What makes that figure fair?
```
"""

from collections.abc import Iterator

from playbook_press.fixes import Change, Fix, Replace
from playbook_press.model import Library, Location, Text
from playbook_press.rules import Found, strings, wording

SEVERITY = "note"
FIXABLE = True
EVERYWHERE = True

_STRAIGHT: dict[str, str] = {"’": "'", "‘": "'", "“": '"', "”": '"'}
_PAIRS = {'"': '"', "'": "'", "“": "”", "‘": "’", "«": "»", "„": "“"}
_LINES = frozenset({"say", "says", "they_say", "instead_of"})


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each text with curly marks, and each line in quotation marks."""
    everything = wording(part)
    curly = [mark for mark in _STRAIGHT if mark in everything]
    # Other languages have other pairs, of which a straight one would be half.
    if "„" in everything or "«" in everything:
        curly = []
    for text in strings(part):
        words = text.words
        if text.field in _LINES and words[:1] in _PAIRS and (line := _unquoted(words)):
            yield Found(
                text.location,
                "quotation marks stand around the whole line",
                "delete them: the pages set their own",
                fix=Fix((Replace(text.location, line),)) if "\n" not in words else None,
            )
        elif curly and (found := [mark for mark in curly if mark in words]):
            yield Found(
                text.location,
                f"`{found[0]}` is a curly mark",
                f"write `{_STRAIGHT[found[0]]}`",
                excerpt=found[0],
                fix=_straightened(text, found),
            )


def _unquoted(words: str) -> str:
    """What stands between the marks around a whole line, if one pair of them is all there is."""
    words = words.strip()
    inner = words[1:-1]
    is_pair = len(words) > 2 and words[-1] == _PAIRS[words[0]] and words[0] not in inner  # noqa: PLR2004
    return inner.strip() if is_pair and (words[0] == "'" or words[-1] not in inner) else ""


def _straightened(text: Text, found: list[str]) -> Fix | None:
    """The text with straight marks; one that starts with a mark has to be quoted anew as a whole."""
    words = text.words
    if text.is_key:
        return None
    if words[0] not in _STRAIGHT:
        return Fix(tuple(_each(text.location, found)))
    if "\n" in words:
        return None
    return Fix((Replace(text.location, "".join(_STRAIGHT.get(mark, mark) for mark in words)),))


def _each(location: Location, found: list[str]) -> Iterator[Change]:
    for mark in found:
        yield Replace(location, _STRAIGHT[mark], excerpt=mark)
