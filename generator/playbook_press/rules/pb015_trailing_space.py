"""A line ends in spaces.

It checks every line of a file, texts included.

## Why it matters

Nobody sees such spaces, and each of them makes a change look larger than it is.

## Bad

The sign · stands for a space, which nobody could see.

```yaml
use_when:
  - They have named a figure.··
```

## Good

```yaml
use_when:
  - They have named a figure.
```
"""

import re
from collections.abc import Iterator

from playbook_press.fixes import Fix, Respace
from playbook_press.rules import Words
from playbook_press.wrong_yaml import Span

SEVERITY = "note"
FIXABLE = True
_TRAILING = re.compile(r"(?<=[^\s]) +(?=\r?$)|^ +(?=\r?$)", re.MULTILINE)


def scan(text: str) -> Iterator[tuple[Span, Words]]:
    """Yield the spaces at the end of each line."""
    if " \n" not in text and " \r" not in text and not text.endswith(" "):
        return
    for match in _TRAILING.finditer(text):
        span = Span(match.start(), match.end())
        yield span, Words("the line ends in spaces", "delete them", Fix((Respace(span, ""),)))
