"""A character cannot be printed.

It checks what goes on paper (scripts, pitfalls, checklists, worksheets, the titles of contexts and stages, and how works
are cited) for characters that no font of the press has.

## Why it matters

On the cheat sheet, the card or the worksheet stands an empty box in its place. The web page shows it, so nobody sees
that before the paper is in hand.

## Bad

```yaml
scripts:
  - id: thank-them
    stage: close
    title: Thank them
    say: Thank you 🙏 for your time.
```

## Good

```yaml
scripts:
  - id: thank-them
    stage: close
    title: Thank them
    say: Thank you for your time.
```
"""

import unicodedata
from collections.abc import Iterator

from playbook_press.model import Context, Library, Playbook, Source, Stage, Text, Worksheet
from playbook_press.paper.letters import unusual_in
from playbook_press.rules import Found, strings, wording

SEVERITY = "warning"
EVERYWHERE = True

_SECTIONS = frozenset({"scripts", "pitfalls", "checklists", "slots"})
_FIELDS: dict[type, frozenset[str]] = {
    Context: frozenset({"title"}),
    Stage: frozenset({"title"}),
    Source: frozenset({"title", "authors", "cite_as"}),
}


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each text with a character that no font has."""
    unusual = unusual_in(wording(part))
    if not unusual:
        return

    from playbook_press.paper.typesetting import FONT, without_glyph  # noqa: PLC0415 (it loads Typst)

    missing = without_glyph(unusual)
    for text in strings(part):
        if not missing.isdisjoint(text.words) and _is_printed(part, text):
            first, *others = dict.fromkeys(character for character in text.words if character in missing)
            more = f" and {len(others)} other character{'s' if len(others) > 1 else ''}" if others else ""
            boxes = "they are printed as empty boxes" if others else "it is printed as an empty box"
            yield Found(
                text.location,
                f"neither {FONT} nor a font beside it has `{first}` ({_name(first)}){more}: {boxes}",
                "leave it out, or write it in words: there are the letters of Europe and the usual signs",
                excerpt=first,
                is_key=text.is_key,
            )


def _is_printed(part: object, text: Text) -> bool:
    """Whether a text can come onto paper."""
    if isinstance(part, Playbook):
        return text.location[0] in _SECTIONS
    if isinstance(part, Worksheet):
        return text.location[0] != "example"
    if not isinstance(part, dict):
        return False
    return text.field in _FIELDS.get(type(part[text.location[0]]), ())


def _name(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    return f"U+{ord(character):04X} {name}"
