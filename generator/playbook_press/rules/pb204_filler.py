"""A text only holds the place of one.

It checks for TODO, TBD, N/A, lorem ipsum and the like, and for hints of the starter file that were left in.

## Why it matters

Filler gets published, and a reader with a conversation in an hour finds it instead of a line to say.

## Bad

```yaml
summary: TODO
```

```yaml
use_when:
  - Lorem ipsum dolor sit amet.
```

## Good

```yaml
summary: How to ask for a day before you answer.
```
"""

import re
from collections.abc import Iterator
from functools import cache

from playbook_press import model
from playbook_press.model import Library, Part
from playbook_press.rules import Found, strings

SEVERITY = "error"
EVERYWHERE = True

# Words that are never meant for a reader, wherever they stand.
_ANYWHERE = re.compile(r"\b(?i:T(?:ODO|B[DC])|FIXME|XXX|lorem ipsum)\b|\?{3,}|\.{4,}")
_MARKERS = ("todo", "tbd", "tbc", "fixme", "xxx", "lorem", "???", "....")
_LONGEST = 40
# Texts that are nothing else.
_WHOLE = re.compile(
    r"n/?a|none|nil|null|to do|to be (?:done|written|defined|decided|determined|added)"
    r"|(?:coming|more) soon|placeholder|your text here|fill (?:this )?in|work in progress|wip"
    r"|foo|bar|baz|test|asdf|x+|\W+",
    re.IGNORECASE,
)


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each text that is filler."""
    hints = _hints()
    found = strings(part)
    # Looking for the bare words in everything at once says of nearly every file that none is there.
    everything = "\n".join(text.words for text in found).casefold()
    anywhere = any(marker in everything for marker in _MARKERS)
    for text in found:
        words = text.words
        if text.field == "id":
            continue
        if anywhere and (match := _ANYWHERE.search(words)) is not None:
            excerpt = match[0]
        # A long text is somebody's work; only its words can give it away.
        elif words in hints or (
            len(words) < _LONGEST and _WHOLE.fullmatch(words.strip().rstrip(".!…") or "…")
        ):
            excerpt = ""
        else:
            continue
        shown = excerpt or words.strip()
        yield Found(
            text.location, f"`{shown}` is filler", "write what belongs here, or delete the key", excerpt
        )


@cache
def _hints() -> frozenset[str]:
    """What the starter file says under each field."""
    return frozenset(
        field.description
        for part in vars(model).values()
        if isinstance(part, type) and issubclass(part, Part)
        for field in part.model_fields.values()
        if field.description
    )
