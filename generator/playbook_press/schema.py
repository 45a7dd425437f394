"""The model as JSON Schemas for editors, and as the field reference of the handbook."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from playbook_press.model import VOCABULARY, Playbook, Worksheet

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Mapping[str, str]:
    """The text of each schema file, by its name."""
    models: dict[str, Any] = {"playbook": Playbook, "worksheet": Worksheet, **VOCABULARY}
    return {f"{name}.schema.json": _schema(name, model) for name, model in models.items()}


def _schema(name: str, model: Any) -> str:
    schema = TypeAdapter(model).json_schema()
    schema = {"$schema": _DIALECT, "title": name.capitalize(), **schema}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


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
