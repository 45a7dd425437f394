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

from playbook_press.model import Library
from playbook_press.rules import Found, did_you_mean, strings
from playbook_press.text import links_in

SEVERITY = "error"
EVERYWHERE = True

_COLLECTIONS = frozenset({"playbooks", "contexts", "worksheets", "glossary"})


def check(part: object, library: Library) -> Iterator[Found]:
    """Yield each link into a collection that lacks what it names."""
    for text in strings(part):
        for address in links_in(text.words):
            page, _, anchor = address.partition("#")
            collection, _, name = page.partition("/")
            if page == "glossary":
                collection, name = page, anchor
            if name and collection in _COLLECTIONS and not library.knows(collection, name):
                yield Found(
                    text.location,
                    f"there is no page `{address}`",
                    did_you_mean(name, getattr(library, collection), "there are"),
                    excerpt=address,
                )
