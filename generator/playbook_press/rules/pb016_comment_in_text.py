"""A text ends at a #, as if the rest were a comment.

It checks texts without quotation marks that a space and a # end, with no other space behind it.

## Why it matters

Whatever stands behind ` #` is a comment in YAML: it is on no page, and nobody says so.

## Bad

```yaml
summary: What to do about their #1 concern.
```

## Good

```yaml
summary: "What to do about their #1 concern."
```
"""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from playbook_press.rules import Words
from playbook_press.wrong_yaml import Span

SEVERITY = "warning"
_CUT = re.compile(r"[ \t]+(#[^\s#!][^\r\n]*)")


def scan(text: str) -> Iterator[tuple[Span, Words]]:
    """Yield what is cut off from each text."""
    if not _CUT.search(text):
        return
    try:
        events: Any = yaml.parse(text, yaml.CLoader if yaml.__with_libyaml__ else yaml.Loader)
        for event in events:
            is_plain = isinstance(event, yaml.ScalarEvent) and event.implicit[0]
            if is_plain and (cut := _CUT.match(text, event.end_mark.index)):
                yield (
                    Span(*cut.span(1)),
                    Words(
                        "what stands behind this # is no part of the text",
                        "put the whole text in quotation marks, or a space behind the # of a comment",
                    ),
                )
    except yaml.YAMLError:  # told by other rules
        return
