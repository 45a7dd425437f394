"""A `Library` as JSON: everything that authors wrote, where each part is in the site, and a schema.

Every key is always there: what an author left out is an empty text, list or object, or null. Texts are
as they were written, in the handbook's dialect of Markdown; what people most often look for stands
under `plain` as well, as words alone.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic.json_schema import models_json_schema

from playbook_press.export.place import JSON, SCHEMA, Site, Words
from playbook_press.model import (
    ID_PATTERN,
    Context,
    Kind,
    Library,
    Part,
    Playbook,
    Slot,
    Source,
    Stage,
    Term,
    Worksheet,
)
from playbook_press.text import slots_in

FORMAT = 1
"""Raised where a program that reads the format would have to change; what is only added leaves it."""

_ANCHORED = ("scripts", "dialogues", "flows", "signals", "moves", "pitfalls", "checklists", "examples")
_NUMBERED = {"ethics": "ethics", "faq": "faq"}
_ADDRESSED = ("Script", "Dialogue", "Flow", "Signal", "Move", "Pitfall", "Checklist", "Example")
_PLAIN: Mapping[str, Sequence[str]] = {
    "Playbook": ("title", "summary"),
    "Context": ("title", "summary", "across"),
    "Stage": ("title", "summary"),
    "Worksheet": ("title", "summary"),
    "Script": ("title", "they_say", "instead_of", "say", "because", "stop_when"),
    "Pitfall": ("name", "why", "instead"),
}
"""The fields that are given as plain words too."""
_BLOCKS = frozenset({"say"})
_BY_ID: Mapping[str, type[Part]] = {
    "contexts": Context,
    "stages": Stage,
    "kinds": Kind,
    "sources": Source,
    "glossary": Term,
    "worksheets": Worksheet,
    "playbooks": Playbook,
}
_ABOUT = {
    "contexts": "Where conversations happen, in the order of the handbook.",
    "stages": "The parts of a conversation, in order.",
    "kinds": "The kinds of playbook, and the sections that each needs.",
    "sources": "The works that the handbook rests on.",
    "glossary": "The terms of the field.",
    "worksheets": "Sheets to fill in.",
    "playbooks": "The playbooks, in the order of the handbook.",
}
_PAGED = frozenset({"Context", "Source", "Term", "Worksheet", "Playbook"})


def handbook(library: Library, site: Site) -> dict[str, Any]:
    """The whole handbook as data."""
    return {
        "$schema": site.file(SCHEMA),
        "format": FORMAT,
        "title": site.title,
        "summary": site.summary,
        "language": site.language,
        "address": site.top,
        "contexts": _listed(library.contexts, lambda name: site.address(f"contexts/{name}.md")),
        "stages": _listed(library.stages),
        "kinds": _listed(library.kinds),
        "sources": _listed(library.sources, lambda name: site.address("sources.md", name)),
        "glossary": _listed(library.glossary, lambda name: site.address("glossary.md", name)),
        "synonyms": [list(words) for words in library.synonyms],
        "worksheets": _listed(library.worksheets, lambda name: site.address(f"worksheets/{name}.md")),
        "playbooks": [_playbook(name, playbook, site) for name, playbook in library.playbooks.items()],
    }


def handbook_json(library: Library, site: Site) -> str:
    """The whole handbook as a JSON document."""
    return json.dumps(handbook(library, site), ensure_ascii=False, indent=1) + "\n"


def _listed(parts: Mapping[str, Part], address: Any = None) -> list[dict[str, Any]]:
    return [
        {"id": name, **({"address": address(name)} if address else {}), **_part(part, {})}
        for name, part in parts.items()
    ]


def _part(part: Part, slots: Mapping[str, Slot]) -> dict[str, Any]:
    found = part.model_dump(mode="json")
    fields = _PLAIN.get(type(part).__name__, ())
    if fields:
        write = Words(slots)
        found["plain"] = {
            field: write.block(found[field]) if field in _BLOCKS else write.line(found[field])
            for field in fields
        }
    return found


def _playbook(name: str, playbook: Playbook, site: Site) -> dict[str, Any]:
    path = f"playbooks/{name}.md"
    found = {"id": name, "address": site.address(path), **_part(playbook, playbook.slots)}
    for section in _ANCHORED:
        found[section] = [
            {"address": site.address(path, part.id), **_part(part, playbook.slots)}
            for part in getattr(playbook, section)
        ]
    for script in found["scripts"]:
        texts = (script[field] for field in _PLAIN["Script"])
        script["slots"] = list(dict.fromkeys(slot for text in texts for slot in slots_in(text)))
    for section, anchor in _NUMBERED.items():
        for number, part in enumerate(found[section], start=1):
            part["address"] = site.address(path, f"{anchor}-{number}")
    for stage, notes in found["stages"].items():
        notes["address"] = site.address(path, f"stage-{stage}")
    for context, notes in found["contexts"].items():
        notes["address"] = site.address(f"contexts/{context}.md", f"notes-{name}")
    return found


_ADDRESS = {"type": "string", "description": "Where it is: absolute, or else from the top of the site."}
_ID = {"type": "string", "pattern": ID_PATTERN, "description": "What others name it by."}


def handbook_schema(site: Site) -> str:
    """The JSON Schema (2020-12) of the handbook's JSON, made from the model."""
    models = [(model, "serialization") for model in _BY_ID.values()]
    _, found = models_json_schema(models, ref_template="#/$defs/{model}")  # type: ignore[arg-type]
    parts = {name: _definition(name, schema) for name, schema in found["$defs"].items()}
    properties: dict[str, Any] = {
        "$schema": {"const": site.file(SCHEMA), "description": "The schema of this document."},
        "format": {"const": FORMAT, "description": "The version of the format."},
        "title": {"type": "string", "description": "What the handbook is called."},
        "summary": {"type": "string", "description": "What it is about."},
        "language": {"type": "string", "description": "The language it is written in, as a tag of BCP 47."},
        "address": {"type": "string", "description": "Where it is published; empty where that is not known."},
        "synonyms": {
            "type": "array",
            "items": {"type": "array", "items": {"type": "string"}},
            "description": "Everyday words that mean nearly the same to somebody who searches.",
        },
        **{
            section: {
                "type": "array",
                "items": {"$ref": f"#/$defs/{model.__name__}"},
                "description": _ABOUT[section],
            }
            for section, model in _BY_ID.items()
        },
    }
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": site.file(SCHEMA)} if site.url else {}),
        "title": "Handbook",
        "description": f"A handbook of playbooks, as {JSON} holds it.",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": dict(sorted(parts.items())),
    }
    return json.dumps(_strict(schema), ensure_ascii=False, indent=1) + "\n"


def _definition(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A part of the model, with what the export adds to it."""
    if "properties" not in schema:
        return dict(schema)
    added: dict[str, Any] = {}
    if name in {model.__name__ for model in _BY_ID.values()}:
        added["id"] = _ID
    if name in {*_PAGED, *_ADDRESSED, "EthicsNote", "Question", "StageNotes", "ContextNotes"}:
        added["address"] = _ADDRESS
    if name == "Script":
        added["slots"] = {"type": "array", "items": _ID, "description": "Its blanks, by name."}
    if name in _PLAIN:
        added["plain"] = {
            "type": "object",
            "description": "The words alone; blanks show their examples.",
            "properties": {field: {"type": "string"} for field in _PLAIN[name]},
            "required": list(_PLAIN[name]),
            "additionalProperties": False,
        }
    properties = {**added, **schema["properties"]}
    return {**schema, "properties": properties, "required": list(properties), "additionalProperties": False}


_NAMED = frozenset({"properties", "$defs", "patternProperties"})
"""What holds schemas by names of the model's."""


def _strict(node: Any) -> Any:
    """A schema without defaults, since nothing is left out, and whose patterns mean the same everywhere.

    Python's `$` also stands before a line break at the end of a text; the model's does not.
    """
    if isinstance(node, list):
        return [_strict(value) for value in node]
    if not isinstance(node, dict):
        return node
    found = {
        key: {name: _strict(field) for name, field in value.items()} if key in _NAMED else _strict(value)
        for key, value in node.items()
        if key not in {"default", "examples"}
    }
    pattern = found.get("pattern")
    if isinstance(pattern, str):
        found["pattern"] = re.sub(r"\$$", r"(?!\\n)$", pattern)
    return found
