"""What the parts of a handbook are called where a change is told."""

from collections.abc import Mapping
from typing import Any

from playbook_press.changes.entries import Change, Field
from playbook_press.changes.matching import NAMES
from playbook_press.model import REFERENCES, Library, Part, Script, in_words, texts

PARTS: Mapping[str, tuple[str, str]] = {
    "playbooks": ("playbook", "playbooks"),
    "scripts": ("script", "scripts"),
    "pitfalls": ("pitfall", "pitfalls"),
    "checklists": ("checklist", "checklists"),
    "moves": ("move", "moves"),
    "dialogues": ("dialogue", "dialogues"),
    "flows": ("flow", "flows"),
    "signals": ("signal", "signals"),
    "examples": ("example", "examples"),
    "faq": ("question", "questions"),
    "ethics": ("ethics note", "ethics notes"),
    "use_when": ("sign that it fits", "signs that it fits"),
    "avoid_when": ("sign that it does not fit", "signs that it does not fit"),
    "definition": ("definition", "definitions"),
    "stages": ("stage note", "stage notes"),
    "contexts": ("context note", "context notes"),
    "slots": ("slot", "slots"),
    "planned": ("planned subject", "planned subjects"),
}
"""What a part of a playbook is called, one and several, in the order of a headline."""

ENTRIES: Mapping[str, tuple[str, str]] = {
    "sources": ("source", "sources"),
    "contexts": ("context", "contexts"),
    "stages": ("stage", "stages"),
    "kinds": ("kind", "kinds"),
    "glossary": ("glossary term", "glossary terms"),
    "synonyms": ("line of synonyms", "lines of synonyms"),
    "worksheets": ("worksheet", "worksheets"),
}
"""What an entry of the vocabulary or a worksheet is called, one and several."""

GROUPS: Mapping[str, str] = {
    "use_when": "Use it when",
    "avoid_when": "Leave it when",
    "definition": "What it is",
    "stages": "How it goes",
    "contexts": "Where it happens",
    "slots": "Slots",
    "scripts": "Lines to say",
    "dialogues": "How it sounds",
    "flows": "Step by step",
    "signals": "Signs to notice",
    "moves": "Moves",
    "pitfalls": "Pitfalls",
    "checklists": "Checklists",
    "examples": "Examples",
    "ethics": "What you owe them",
    "faq": "Questions",
    "planned": "Planned",
}
"""What a section of a playbook is headed, as on its page."""

_NESTED: Mapping[str, str] = {
    "turns": "turn",
    "items": "item",
    "steps": "step",
    "they_say": "they say",
    "say": "line",
    "kin": "kin",
    "unlike": "not the same as",
    "figures": "figure",
    "fields": "field",
    "columns": "column",
    "parts": "part",
    "requires": "required entries of",
}
_FIELDS: Mapping[str, str] = {
    "sheet": "rank on the sheet",
    "of": "computed from",
    "what": "what it is",
    "across": "across the table",
    "related": "read next",
    "cited_by": "known through",
    "kin": "kin",
    "x": "dates",
    "y": "figures",
}
_SPOKEN = frozenset({"say", "they_say", "instead_of", "title"})
_PLACES = frozenset({"stage", "contexts", "context"})
_UNSET: Mapping[str, str] = {"contexts": "every context", "sheet": "no rank"}


def field_label(name: str) -> str:
    """What a field is called in front of its value."""
    return _FIELDS.get(name, name.replace("_", " "))


def entry_label(section: str) -> str:
    """What an entry of a list within a part is called."""
    return _NESTED.get(section) or in_words(section).lower()


def verbs(change: Change) -> list[str]:
    """What happened to a part, the most telling first."""
    if change.kind != "changed":
        return ["moved" if change.kind == "gone" else change.kind]
    touched = change.touched
    found = []
    if isinstance(change.after, str) or (isinstance(change.after, Script) and touched & _SPOKEN):
        found.append("reworded")
    if touched & _PLACES or "#" in change.was:
        found.append("moved")
    if "sheet" in touched:
        found.append("re-ranked")
    told = _PLACES | {"sheet"} | (_SPOKEN if isinstance(change.after, Script) else frozenset())
    others = touched - told if not isinstance(change.after, str) else frozenset()
    if others or change.parts or change.reordered:
        found.append("changed")
    if change.was and "#" not in change.was:
        found.append("renamed")
    return found


def named(change: Change, libraries: tuple[Library, Library]) -> str:
    """What a reader knows a part by."""
    part = change.part
    if isinstance(part, str):
        return part
    if change.section == "slots":
        return f"{{{change.id}}}"
    field = naming_field(part)
    if field is None:
        known = change.section in {"stages", "contexts"}
        return name_of(change.section, change.id, libraries) if known else in_words(change.id)
    words = str(getattr(part, field))
    return {"they_say": f"“{words}”", "instead_of": f"instead of “{words}”"}.get(field, words)


def naming_field(part: Any) -> str | None:
    """The field that says what a part is called, if any does."""
    order = ("they_say", "instead_of", "title") if isinstance(part, Script) else NAMES
    return next((name for name in order if getattr(part, name, "")), None)


def one_line(part: Any) -> str:
    """Everything that a small part says, on one line."""
    if not isinstance(part, Part):
        return str(part)
    left_out = {"id", "type", *REFERENCES}
    said = [text.words for text in texts(part) if not text.is_key and text.field not in left_out]
    return " — ".join(said)


def name_of(collection: str, name: str, libraries: tuple[Library, Library]) -> str:
    """What an id stands for: the title of what it names, else the id."""
    for library in reversed(libraries):
        part = getattr(library, collection).get(name)
        if part is not None:
            return str(getattr(part, "short", "") or getattr(part, "title", "") or getattr(part, "term", ""))
    return name


def shown(field: Field, value: object, libraries: tuple[Library, Library]) -> tuple[str, ...]:
    """A value as a reader knows it: a text, or names in a row."""
    if value in {None, "", ()}:
        return (_UNSET[field.name],) if field.name in _UNSET else ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    values = value if isinstance(value, tuple) else (value,)
    collection = REFERENCES.get(field.name)
    if collection:
        return tuple(name_of(collection, str(entry), libraries) for entry in values)
    return tuple(map(str, values))


def number_of(names: tuple[str, str], number: int) -> str:
    """So many of something that is called `names`: one, and several."""
    return f"{number} {names[number != 1]}"
