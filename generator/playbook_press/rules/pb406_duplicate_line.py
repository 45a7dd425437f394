"""The handbook has a line twice.

It compares what the scripts say, without regard to spaces, capitals and punctuation, within each playbook and between playbooks; and the titles of the playbooks. Lines of up to three words are common property.

## Why it matters

Readers who look for another way to put it find the same one again, and whoever improves one of the two leaves the other behind.

## Bad

```yaml
scripts:
  - id: ask-for-the-reason
    stage: open
    title: Ask for the reason
    say: What makes that figure fair to you?
  - id: ask-about-the-figure
    stage: trade
    title: Ask about the figure
    say: What makes that figure fair, to you?
```

## Good

```yaml
scripts:
  - id: ask-for-the-reason
    stage: open
    title: Ask for the reason
    say: What makes that figure fair to you?
  - id: ask-about-the-figure
    stage: trade
    title: Ask about the figure
    say: Which part of the figure could move?
```
"""

from collections.abc import Iterator
from hashlib import blake2b
from string import punctuation

from playbook_press.model import Library, Playbook
from playbook_press.rules import Facts, Found

SEVERITY = "warning"

_SHORTEST = 4
_MARKS = str.maketrans(dict.fromkeys(f"{punctuation}“”‘’«»„–—…", " "))
_TITLE = "title"


def facts(playbook: Playbook) -> list[list[str]]:
    """What its title and each line come to, as a short hash, with the id of the script; none for a short line."""
    return [
        [_TITLE, _short(playbook.title)],
        *([script.id, _short(script.say, _SHORTEST)] for script in playbook.scripts),
    ]


def _short(words: str, fewest: int = 0) -> str:
    bare = words.casefold().translate(_MARKS).split()
    return blake2b(" ".join(bare).encode(), digest_size=8).hexdigest() if len(bare) >= fewest else ""


def compare(lines: Facts, library: Library) -> Iterator[tuple[str, Found]]:  # noqa: ARG001 (all rules are called alike)
    """Yield each line and each title that the handbook has before."""
    first_title: dict[str, str] = {}
    first_line: dict[str, tuple[str, str]] = {}
    for owner, ((_, title), *scripts) in lines.items():
        if (other := first_title.setdefault(title, owner)) != owner:
            yield (
                owner,
                Found(
                    ("title",),
                    f"`{other.removeprefix('playbooks/')}` has the same title",
                    "say in the title what this one is for",
                ),
            )
        for index, (name, line) in enumerate(scripts):
            first_owner, first_name = first_line.setdefault(line, (owner, name)) if line else (owner, name)
            if (first_owner, first_name) != (owner, name):
                where = "" if first_owner == owner else f" of `{first_owner.removeprefix('playbooks/')}`"
                yield (
                    owner,
                    Found(
                        ("scripts", index, "say"),
                        f"`{first_name}`{where} says the same",
                        "keep one of the two and give it the contexts of both, or say this one otherwise",
                    ),
                )
