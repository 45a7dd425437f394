"""A link leads to a page that the handbook does not have.

It checks links such as `playbooks/asking-for-time`, `contexts/sales`, `worksheets/walk-away` and `glossary#batna`, and those to pages that are written by hand, such as `paths/first`.

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
# What else the press makes pages of: in these folders, and these alone.
_FOLDERS = frozenset({"contribute", "practice", "sheets", "tools"})
_PAGES = frozenset({"index", "offline", "pitfalls", "scripts", "sources"})


def facts(part: object) -> list[list[Any]]:
    """The links to pages whose names are known, each with the location of its text."""
    return [
        [address, list(text.location)]
        for text in strings(part)
        for address in links_in(text.words)
        if ":" not in address
        and address.partition("#")[0] not in _PAGES
        and address.partition("/")[0].partition("#")[0] not in _FOLDERS
    ]


def compare(links: Facts, library: Library) -> Iterator[tuple[str, Found]]:
    """Yield each link to a page that there is not."""
    playbooks = [name.removeprefix("playbooks/") for name in links if name.startswith("playbooks/")]
    known = {
        "playbooks": dict.fromkeys(playbooks),
        **{name: getattr(library, name) for name in _COLLECTIONS - {"playbooks"}},
    }

    written = library.written or frozenset()
    pages = sorted(written | _PAGES)

    def help_with(address: str) -> str | None:
        """What to do about a link, where there is no such page."""
        page, _, anchor = address.partition("#")
        collection, _, name = page.partition("/")
        if page in written:
            return None
        if collection not in _COLLECTIONS:
            if library.written is None:
                return None
            meant = next(
                (f"{into}/{page}" for into in ("playbooks", "worksheets") if page in known[into]), None
            )
            return f"did you mean `{meant}`?" if meant else did_you_mean(page, pages, "there are")
        name = anchor if page == "glossary" else name
        if not name or name in known[collection] or library.knows(collection, name):
            return None
        return did_you_mean(name, known[collection], "there are")

    def of_one(found: list[Any]) -> Iterator[Found]:
        for address, location in found:
            if helped := help_with(address):
                yield Found(tuple(location), f"there is no page `{address}`", helped, excerpt=address)

    for owner, found in links.items():
        # What is near each name takes long to find out.
        yield from ((owner, one) for one in islice(of_one(found), MOST_FINDINGS))
