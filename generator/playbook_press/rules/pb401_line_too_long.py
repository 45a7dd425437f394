"""A line is longer than one breath.

It counts the words of each line that is said aloud, and compares them with `longest-line` under `[tool.playbooks.lint.limits]`: 40, where nothing else is set. A script with `channel: written` may be longer.

## Why it matters

Nobody can learn a speech by heart an hour before a conversation, and nobody across the table listens to the end of one.

## Bad

```yaml
scripts:
  - id: ask-for-a-day
    stage: pressure
    title: Ask for a day
    say: >-
      I see that you want to get this settled today, and I can well understand why you do, so let me say
      that I would like that too. There are two points left that I have not been able to look at. May I
      come back to you tomorrow?
```

## Good

```yaml
scripts:
  - id: ask-for-a-day
    stage: pressure
    title: Ask for a day
    say: There are two points that I have yet to look at. May I come back to you tomorrow?
```
"""

import re
from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.rules import Found
from playbook_press.text import SLOT

SEVERITY = "warning"

_WORD = re.compile(r"[^\W_]\S*")
"""From its first letter or digit on: a dash of its own is none."""


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each line with more words than the handbook allows; a slot counts as its example."""
    most = library.limits.longest_line
    longest_example = max([slot.example.count(" ") for slot in playbook.slots.values()], default=0)
    for text in playbook.said:
        spaces = text.words.count(" ") + text.words.count("\n") + text.words.count("{") * longest_example
        if spaces < most or text.field != "say":
            continue
        section, index = text.location[:2]
        if section == "scripts" and playbook.scripts[int(index)].channel == "written":
            continue
        words = SLOT.sub(lambda match: _filled(playbook, match[1]), text.words)
        count = len(_WORD.findall(words))
        if count > most:
            yield Found(
                text.location,
                f"{count} words are {count - most} too many to say in one breath",
                f"say it in {most}, make two lines of it, or set `channel: written` if it is sent"
                if section == "scripts"
                else f"say it in {most}, or make two lines of it",
            )


def _filled(playbook: Playbook, name: str) -> str:
    return playbook.slots[name].example if name in playbook.slots else name
