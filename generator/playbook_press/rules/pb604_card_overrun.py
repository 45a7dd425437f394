"""A text does not fit on its pocket card.

It checks the scripts and pitfalls that can be on a card: what stands in front of it and what stands behind, in the
smallest print and without the notes below.

## Why it matters

A card is read in the hand, in a moment. What is too long for one goes on on a second card, and the two part.

## Bad

```yaml
pitfalls:
  - id: figure-from-nowhere
    name: A figure from nowhere
    why: They take it for a number that you have made up.
    instead: >-
      Take the papers along and show them how you came to the figure, since it did not fall from the sky: what three
      comparable firms paid last year, what two people said who buy this every month, and what it costs you to keep
      somebody on call for them at night. Then show what you took off because they order early and pay on time, and that
      you rounded the result down. Ask which of these steps they would have done differently, and go through that one
      together, line by line, for as long as they like. Where in the end a step does not hold, say so, change the figure,
      and thank them for it, because a figure that they believe in is worth more to both of you than one that you have
      talked them into on a Friday afternoon. Where none of them is in doubt and they still find it too high, leave the
      papers with them, let them look at each of the steps in peace, and agree on the day on which you will speak again.
```

## Good

```yaml
pitfalls:
  - id: figure-from-nowhere
    name: A figure from nowhere
    why: They take it for a number that you have made up.
    instead: Show them how you came to the figure, and ask which of the steps they would have done differently.
```
"""

from collections.abc import Iterator
from dataclasses import replace

from playbook_press.model import Library, Pitfall, Playbook, Script
from playbook_press.paper.card import MOST_LETTERS, front_of, overruns
from playbook_press.paper.letters import WIDEST_ASCII, most_ems
from playbook_press.rules import Found

SEVERITY = "warning"

_MOST_MEASURED = 40_000
"""How many letters are measured, since that takes time: ten times those of any playbook so far. What is mended
makes room for the rest."""
_ELEVEN_LINES = 138
_BLANK = 26
"""At least as wide is a blank with its label, in ems."""


def check(playbook: Playbook, library: Library) -> Iterator[Found]:
    """Yield each text that its card cannot hold."""
    # The labels of blanks are printed, and stand in the playbook.
    library = replace(library, playbooks={"": playbook})
    parts: list[tuple[str, int, Script | Pitfall]] = [
        *(("scripts", index, script) for index, script in enumerate(playbook.scripts)),
        *(("pitfalls", index, pitfall) for index, pitfall in enumerate(playbook.pitfalls)),
    ]
    left = _MOST_MEASURED
    for section, index, part in parts:
        sides = _sides(part)
        if all(map(_is_short, sides)):
            continue
        left -= sum(min(len(text), MOST_LETTERS) for text in sides)
        if left < 0:
            return
        for field, count in overruns(library, part).items():
            characters = f"{count} character{'' if count == 1 else 's'}"
            yield Found(
                (section, index, field),
                f"`{field}` of `{part.id}` is {characters} too long for a pocket card",
                f"shorten it by {characters}, or it goes on on a second card",
                needs=(section, index),
            )


def _sides(part: Script | Pitfall) -> tuple[str, str]:
    return getattr(part, front_of(part)), part.say if isinstance(part, Script) else part.instead


def _is_short(text: str) -> bool:
    """Whether a text is known to fit without looking closer, as most are."""
    # Two lines in a row are wider than a card, or they would be one: so it takes no more than eleven.
    if "\n" in text:
        return False
    room = _ELEVEN_LINES - _BLANK * text.count("{")
    return (text.isascii() and len(text) * WIDEST_ASCII <= room) or most_ems(text) <= room
