"""A link leads to a page that the handbook does not have.

It checks links such as `playbooks/asking-for-time`, `contexts/sales`, `worksheets/walk-away` and `glossary#batna`.

## Why it matters

A reader in a hurry who meets a missing page does not come back.

## Bad

```yaml
summary: Read [asking for time](playbooks/asking-for-tiem) first.
```

## Good

```yaml
summary: Read [asking for time](playbooks/asking-for-time) first.
```
"""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from playbook_press.model import Library
from playbook_press.near_names import did_you_mean
from playbook_press.rules import MOST_FINDINGS, Facts, Found, strings
from playbook_press.text import links_in

SEVERITY = "error"
EVERYWHERE = True

_COLLECTIONS = frozenset({"playbooks", "contexts", "worksheets", "glossary"})


def facts(part: object) -> list[list[Any]]:
    """The links into a collection, each with the location of its text."""
    return [
        [address, list(text.location)]
        for text in strings(part)
        for address in links_in(text.words)
        if address.partition("/")[0].partition("#")[0] in _COLLECTIONS
    ]


def compare(links: Facts, library: Library) -> Iterator[tuple[str, Found]]:
    """Yield each link into a collection that lacks what it names."""
    playbooks = [name.removeprefix("playbooks/") for name in links if name.startswith("playbooks/")]
    known = {
        "playbooks": dict.fromkeys(playbooks),
        **{name: getattr(library, name) for name in _COLLECTIONS - {"playbooks"}},
    }

    def of_one(found: list[Any]) -> Iterator[Found]:
        for address, location in found:
            page, _, anchor = address.partition("#")
            collection, _, name = page.partition("/")
            if page == "glossary":
                collection, name = page, anchor
            if name and name not in known[collection] and not library.knows(collection, name):
                yield Found(
                    tuple(location),
                    f"there is no page `{address}`",
                    did_you_mean(name, known[collection], "there are"),
                    excerpt=address,
                )

    for owner, found in links.items():
        # What is near each name takes long to find out.
        yield from ((owner, one) for one in islice(of_one(found), MOST_FINDINGS))
