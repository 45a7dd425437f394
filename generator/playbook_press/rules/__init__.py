"""One lint rule a module: `ls` is the index, and the file name is the rule's code and name.

A rule has a docstring, which is its page, and a `SEVERITY`. What else it has says where its
findings come from:

- nothing: `compose` and `load` find it while they read the file (PB0, PB202);
- `ERRORS` and `explain`: it puts pydantic's errors of those types into words (PB1);
- `check`: it looks at a playbook beside the vocabulary and the worksheets, and yields what it
  found. With `EVERYWHERE` it looks at worksheets and vocabulary files as well;
- `scan`: it looks at the text of any file, and yields spans of it;
- `facts` and `compare`: it compares files. `facts` gives what it needs to know of one, as values of
  JSON, and `compare` looks at what it needs to know of all, by `collection/id`. With `WHOLE` it
  gets None for a file of which something had to be left out.

With `FIXABLE` some of its findings bring a fix.
"""

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from pydantic_core import ErrorDetails

from playbook_press.fixes import Fix, Replace
from playbook_press.model import REFERENCES, Library, Location, Playbook, Text, texts
from playbook_press.near_names import did_you_mean, only_near
from playbook_press.wrong_yaml import Span

MOST_FINDINGS = 1_000
"""How many findings of a rule are listed in a file."""

Severity = Literal["error", "warning", "note"]


class Found(NamedTuple):
    """A place and words; the linter adds the rest."""

    location: Location
    message: str
    help: str
    excerpt: str = ""
    """The part of the text to point at, where it is not the whole."""
    is_key: bool = False
    """Whether to point at the key rather than at its value."""
    needs: Location | None = None
    """What has to be read whole for the finding to be true; by default its location."""
    fix: Fix | None = None
    """What would mend it."""


class Words(NamedTuple):
    """What is wrong, and what to do."""

    message: str
    help: str
    fix: Fix | None = None
    """What would mend it."""


Facts = Mapping[str, Any]
"""What a rule needs to know of each file, by `collection/id`: values of JSON."""


@dataclass(frozen=True)
class Rule:
    """A rule as the linter and the documentation see it."""

    code: str
    name: str
    severity: Severity
    documentation: str
    errors: frozenset[str]
    explain: Callable[[ErrorDetails, Iterable[str]], Words] | None
    check: Callable[[Any, Library], Iterator[Found]] | None
    everywhere: bool
    scan: Callable[[str], Iterator[tuple[Span, Words]]] | None = None
    facts: Callable[[Any], Any] | None = None
    compare: Callable[[Facts, Library], Iterator[tuple[str, Found]]] | None = None
    whole: bool = False
    fixable: bool = False
    """Whether some of what it finds can be mended by the linter itself."""

    @property
    def title(self) -> str:
        """What it checks, in a sentence without its full stop."""
        return self.documentation.partition("\n")[0].rstrip(".")

    def examples(self, kind: Literal["Bad", "Good"]) -> list[str]:
        """The YAML of its documented examples; in them ⇥ stands for a tab, · for a space."""
        section = re.split(r"^## ", self.documentation, flags=re.MULTILINE)
        return [
            example.replace("⇥", "\t").replace("·", " ")
            for part in section
            if part.startswith(kind)
            for example in re.findall(r"^```yaml\n(.*?)^```$", part, flags=re.MULTILINE | re.DOTALL)
        ]


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the order of the codes."""
    rules = {}
    for module_info in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        code, _, name = module_info.name.partition("_")
        module = importlib.import_module(f"{__name__}.{module_info.name}")
        rules[code.upper()] = Rule(
            code=code.upper(),
            name=name.replace("_", "-"),
            severity=module.SEVERITY,
            documentation=(module.__doc__ or "").strip(),
            errors=getattr(module, "ERRORS", frozenset()),
            explain=getattr(module, "explain", None),
            check=getattr(module, "check", None),
            everywhere=getattr(module, "EVERYWHERE", False),
            scan=getattr(module, "scan", None),
            facts=getattr(module, "facts", None),
            compare=getattr(module, "compare", None),
            whole=getattr(module, "WHOLE", False),
            fixable=getattr(module, "FIXABLE", False),
        )
    return rules


def strings(part: Any) -> Iterable[Text]:
    """Every string of what a file holds, worked out once for a playbook."""
    return part.texts if isinstance(part, Playbook) else texts(part)


def wording(part: Any) -> str:
    """All the strings of what a file holds as one: looking there first says that most have nothing."""
    return part.wording if isinstance(part, Playbook) else "\n".join([text.words for text in texts(part)])


def unknown_references(part: Any, library: Library, collection: str, otherwise: str) -> Iterator[Found]:
    """The ids that a file looks up in a collection, and that are not there.

    `otherwise` is the help where no name comes near; the known ones are listed behind it.
    """
    fields = frozenset(field for field, target in REFERENCES.items() if target == collection)
    for text in strings(part):
        if text.field in fields and not library.knows(collection, text.words):
            known = getattr(library, collection)
            yield unknown(text, collection, known, otherwise)


def unknown(text: Text, collection: str, known: Iterable[str], otherwise: str) -> Found:
    """A name that is not in a collection; one that comes near can take its place."""
    location, name, _, is_key = text
    known = list(known)
    meant = only_near(name, known)
    return Found(
        location,
        f"unknown {collection.removesuffix('s')} `{name}`",
        did_you_mean(name, known, otherwise),
        is_key=is_key,
        fix=Fix((Replace(location, meant, is_key=is_key),)) if meant else None,
    )
