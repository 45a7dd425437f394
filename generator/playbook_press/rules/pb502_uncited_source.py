"""Nothing cites a source.

It checks each source of `vocabulary/sources.yml` against the `sources` of every playbook, worksheet and term, and against `cited_by`.

## Why it matters

The page of sources tells readers what the handbook rests on. A work that nothing rests on is there for show.

## Bad

Where `sources.yml` has the work and no file of the handbook cites it:

```yaml
thompson-2015:
  title: The Mind and Heart of the Negotiator
  authors: [Leigh Thompson]
  contributes: What common goals do to reciprocity.
```

## Good

```yaml
sources: [fisher-ury-2011]
```
"""

from collections.abc import Iterator
from typing import Any

from playbook_press.model import Library, Source
from playbook_press.rules import Facts, Found, strings

SEVERITY = "warning"
EVERYWHERE = True
WHOLE = True

_CITING = ("playbooks", "worksheets", "glossary", "sources")
_FIELDS = frozenset({"sources", "cited_by"})


def facts(part: Any) -> list[str]:
    """The sources that a file cites. A source is known through those that cite it, and they are cited."""
    cited = {text.words for text in strings(part) if text.field in _FIELDS}
    if isinstance(part, dict):
        cited |= {name for name, source in part.items() if isinstance(source, Source) and source.cited_by}
    return sorted(cited)


def compare(cited: Facts, library: Library) -> Iterator[tuple[str, Found]]:
    """Yield each source that no file cites; where a file could not be read, it might be there."""
    if any(library.unread.get(collection) for collection in _CITING) or None in cited.values():
        return
    known = {name for names in cited.values() for name in names}
    for name in library.sources:
        if name not in known:
            yield (
                "vocabulary/sources",
                Found(
                    (name,),
                    f"nothing cites `{name}`",
                    "cite it where a claim comes from it, or delete it here",
                    is_key=True,
                ),
            )
