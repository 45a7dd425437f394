"""A list has an entry twice.

It checks lists of ids and lists of texts, such as `contexts`, `sources`, `use_when` and `items`, without regard to capitals and a full stop at the end.

## Why it matters

A page would show it twice, and a reader wonders what the difference is.

## Bad

```yaml
use_when:
  - They have named a figure.
  - You have a day.
  - They have named a figure.
```

## Good

```yaml
use_when:
  - They have named a figure.
  - You have a day.
```
"""

from collections.abc import Iterator

from playbook_press.fixes import Fix, Remove
from playbook_press.model import Library, Location
from playbook_press.rules import Found, strings

SEVERITY = "warning"
FIXABLE = True
EVERYWHERE = True

# The same words can be heard twice, begin two rows, or be taken twice into a figure.
_MAY_REPEAT = frozenset({"they_say", "starters", "of"})
_LONGEST = 60


def check(part: object, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each entry that stands in its list before."""
    owner: Location = ()
    before: dict[str, str] = {}
    for text in strings(part):
        location = text.location
        if type(location[-1]) is not int:
            continue
        if location[:-1] != owner:  # the entries of a list follow each other
            owner, before = location[:-1], {}
        bare = text.words.rstrip(" .").casefold()
        if bare not in before:
            before[bare] = text.words
        elif text.field not in _MAY_REPEAT:
            yield Found(
                location,
                f"`{_shortened(text.words)}` stands in this list before",
                "delete one of the two",
                fix=Fix((Remove(location),), is_safe=text.words == before[bare]),
            )


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rsplit(' ', 1)[0]} …"
