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
from playbook_press.text import PAGE_ADDRESS, links_in

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
    pages = sorted(filter(PAGE_ADDRESS.fullmatch, written | _PAGES))

    def is_there(page: str, anchor: str = "") -> bool:
        collection, _, name = page.partition("/")
        if page in written:
            return True
        if collection not in _COLLECTIONS:
            return library.written is None
        name = anchor if page == "glossary" else name
        return name in {"", "index"} or name in known[collection] or library.knows(collection, name)

    def what_was_meant(page: str, anchor: str) -> str:
        collection, _, name = page.partition("/")
        if collection in _COLLECTIONS:
            return did_you_mean(anchor if page == "glossary" else name, known[collection], "there are")
        near = (f"{page}/index", f"playbooks/{page}", f"worksheets/{page}")
        meant = next(filter(is_there, near), None)
        return f"did you mean `{meant}`?" if meant else did_you_mean(page, pages, "there are")

    def of_one(found: list[Any]) -> Iterator[Found]:
        for address, location in found:
            page, _, anchor = address.partition("#")
            if not is_there(page, anchor):
                helped = what_was_meant(page, anchor)
                yield Found(tuple(location), f"there is no page `{address}`", helped, excerpt=address)

    for owner, found in links.items():
        # What is near each name takes long to find out.
        yield from ((owner, one) for one in islice(of_one(found), MOST_FINDINGS))
