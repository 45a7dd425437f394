"""The model as JSON Schemas for editors, and as the field reference of the handbook.

The schemas are of draft 7, which every editor reads: yaml-language-server knows later drafts only
since its version 1.20, and other editors carry older ones. Nothing of the model needs more.

A schema accepts what the model accepts, with one exception that no schema can make: JSON knows one
kind of number, so `sheet: 1.0` is a whole number to an editor, and none to the linter.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from playbook_press.model import (
    DATE_PATTERN,
    ID_PATTERN,
    VOCABULARY,
    Fillings,
    Playbook,
    Worksheet,
    in_words,
)

_DIALECT = "http://json-schema.org/draft-07/schema#"
_MADE_BY = "Made by `playbooks schema` from the model of Playbook Press: changes here are lost."

_DESCRIPTIONS = {
    "contexts": "Where conversations happen: each context by its id, in the order the handbook shows them.",
    "stages": "The parts of a conversation: each stage by its id, in order.",
    "kinds": "The kinds of playbook: each by its id, with the sections that it needs.",
    "sources": "The works that the handbook rests on: each by its id, which claims cite.",
    "glossary": "The terms of the field: each by its id. They are explained wherever they occur.",
    "synonyms": "Everyday words for the search: who types one of a list also finds the others of it.",
}
"""What a file of the vocabulary holds; the other files are described where their classes are."""

# Every day of the calendar, and nothing else: 30 February fits the form of a date, and is none.
_CALENDAR = (
    r"^(?!0000)(?:[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$"
)
_PATTERNS: Mapping[str, tuple[str, str]] = {
    ID_PATTERN: (
        ID_PATTERN,
        "An id is made of small letters, digits and single hyphens, such as ask-for-time.",
    ),
    DATE_PATTERN: (_CALENDAR, "A date is a day of the calendar, written as 2026-11-22."),
    r"^[a-z]+$": (r"^[a-z]+$", "A word here is made of small letters alone."),
}
"""What an editor matches in place of a pattern of the model, and what it says where nothing matches."""


_FIRST = ("$schema", "$comment", "title", "description", "markdownDescription", "type")
"""What stands first in a schema, for whoever reads it."""


def schemas() -> Mapping[str, str]:
    """The text of each schema file, by its name."""
    models: dict[str, Any] = {
        "playbook": Playbook,
        "worksheet": Worksheet,
        "fillings": Fillings,
        **VOCABULARY,
    }
    return {f"{name}.schema.json": _schema(name, model) for name, model in models.items()}


def _schema(name: str, model: Any) -> str:
    found = TypeAdapter(model).json_schema()
    parts = found.pop("$defs", {})
    about = {"description": _DESCRIPTIONS[name]} if name in _DESCRIPTIONS else {}
    root = _written(
        {"$schema": _DIALECT, "$comment": _MADE_BY, **found, **about, "title": in_words(name)}, parts
    )
    definitions = {part: _written(schema, parts) for part, schema in parts.items()}
    if used := _referred_to(root, definitions):
        root["definitions"] = {part: definitions[part] for part in sorted(used)}
    return json.dumps(root, indent=2, ensure_ascii=False) + "\n"


def _referred_to(root: Any, definitions: Mapping[str, Any]) -> set[str]:
    """The definitions that a schema refers to, itself or through others."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        new = set(re.findall(r'"#/definitions/(\w+)"', json.dumps(waiting.pop()))) - found
        found |= new
        waiting += [definitions[name] for name in new]
    return found


def _written(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """A schema of pydantic's, as an editor makes the most of it."""
    node = _merged(schema, parts)
    if _is_hollow(node.get("default")):
        node.pop("default", None)  # an editor would write it out, and the linter find it empty
    if "`" in node.get("description", ""):
        node["markdownDescription"] = node["description"]
    if "$ref" in node:
        node["$ref"] = _address(node["$ref"])
    if "pattern" in node:
        node |= _pattern(node["pattern"])
    if "object" in node.get("type", ""):
        node = _mapping(node, parts)
    if "items" in node:
        node["items"] = _written(node["items"], parts)
    if "oneOf" in node:
        node["oneOf"] = [_written(choice, parts) for choice in node["oneOf"]]
        named = {word: _address(part) for word, part in node["discriminator"]["mapping"].items()}
        node["discriminator"] = {**node["discriminator"], "mapping": named}
    return {key: node[key] for key in (*_FIRST, *node) if key in node}


def _merged(schema: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """A schema with nothing beside a `$ref`, which draft 7 would pass over, and no choice of nothing.

    What may be left empty has a list of types instead: editors then complete what is under it.
    """
    node = dict(schema)
    if "anyOf" in node:
        choice, _ = node.pop("anyOf")  # every other choice of the model is told apart by a word
        found = parts[_name(choice["$ref"])] if "$ref" in choice else choice
        node = {**found, **node, "type": [found["type"], "null"]}
        if "enum" in node:
            node["enum"] = [*node["enum"], None]
    elif "$ref" in node and len(node) > 1:
        node = {**parts[_name(node.pop("$ref"))], **node}
    return node


def _mapping(node: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping: of fields, of anything by id, or of numbers by section."""
    fields = node.get("properties", {})
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", node.get("title", ""))
    node = {**node, "title": in_words(words)} if words else dict(node)
    if "patternProperties" in node:
        ((pattern, value),) = node.pop("patternProperties").items()
        node["propertyNames"] = {**node["propertyNames"], **_pattern(pattern)}
        node["additionalProperties"] = _written(value, parts)
    elif "propertyNames" in node:
        fields = {
            section: {**node["additionalProperties"], "description": _fewest(section)}
            for section in node.pop("propertyNames")["enum"]
        }
        node["additionalProperties"] = False
    if fields:
        node["properties"] = {
            name: _written({**field, "title": in_words(name)}, parts) for name, field in fields.items()
        }
    return node


def _fewest(section: str) -> str:
    return f"{Playbook.model_fields[section].description} The number is the fewest that make it useful."


def _pattern(pattern: str) -> dict[str, str]:
    """A pattern that means the same to every engine, and what an editor says where it does not match.

    Python's `$` also stands before a line break at the end of a text; the model's does not.
    """
    matched, words = _PATTERNS[pattern]
    return {"pattern": matched.removesuffix("$") + r"(?!\n)$", "patternErrorMessage": words}


def _address(reference: str) -> str:
    return f"#/definitions/{_name(reference)}"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _is_hollow(value: Any) -> bool:
    """Whether there is nothing in a value; `False` and 0 are something."""
    if isinstance(value, dict):
        return all(map(_is_hollow, value.values()))
    return value is None or value in ("", [])


class FieldEntry(NamedTuple):
    """A field in the field reference."""

    name: str
    type: str
    required: bool
    description: str


class PartEntry(NamedTuple):
    """A part of a playbook in the field reference."""

    name: str
    description: str
    fields: tuple[FieldEntry, ...]


def field_reference() -> Iterator[PartEntry]:
    """Every part of a playbook, the playbook itself first."""
    schema = TypeAdapter(Playbook).json_schema()
    parts = {"Playbook": schema, **schema["$defs"]}
    for name, part in parts.items():
        required = part.get("required", ())
        yield PartEntry(
            name,
            part["description"],
            tuple(
                FieldEntry(key, _type_in_words(field), key in required, field["description"])
                for key, field in part["properties"].items()
            ),
        )


def _type_in_words(field: Mapping[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"].rpartition("/")[2])
    if "anyOf" in field:
        choices = (_type_in_words(choice) for choice in field["anyOf"] if choice.get("type") != "null")
        return " or ".join(choices)
    if "enum" in field:
        return " or ".join(f"`{choice}`" for choice in field["enum"])
    kind = field.get("type")
    if kind == "array":
        return f"list of {_type_in_words(field['items'])}"
    if kind == "object":
        (value,) = field["patternProperties"].values()  # every mapping of the model has ids for keys
        return f"by id: {_type_in_words(value)}"
    if kind == "string":
        return "date" if field.get("format") == "date" else "id" if "pattern" in field else "text"
    return "`true` or `false`" if kind == "boolean" else "number"
