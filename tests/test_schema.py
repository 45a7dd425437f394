"""What an editor is told of the model: valid schemas that agree with the linter, and every field in words."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin

import pytest
import yaml
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from good_handbook import GOOD
from playbook_press.load import read_handbook
from playbook_press.model import VOCABULARY, Playbook, Worksheet
from playbook_press.schema import field_reference, schemas

BAD = Path(__file__).parent / "bad"
SCHEMAS: dict[str, Any] = {
    name.removesuffix(".schema.json"): json.loads(text) for name, text in schemas().items()
}
FIELDS = [(part, field) for part in field_reference() for field in part.fields]


class _Yaml12(yaml.SafeLoader):
    """Reads dates and the words of YAML 1.1 as the text that an editor takes them for."""


_Yaml12.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag.rpartition(":")[2] in {"int", "float", "null"}
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), list("tf"))


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Yaml12)  # noqa: S506 (it is a safe loader)


def errors_of(name: str, path: Path) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMAS[name]).iter_errors(read(path))]


def collection_of(path: Path) -> str:
    folder = path.parent.name
    return path.stem if folder == "vocabulary" else "worksheet" if folder == "worksheets" else "playbook"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMAS[name])


def test_every_kind_of_file_has_a_schema() -> None:
    assert SCHEMAS.keys() == {"playbook", "worksheet", *VOCABULARY}


def test_a_schema_is_a_text_that_ends_with_its_last_line() -> None:
    for text in schemas().values():
        assert text.endswith("}\n")
        assert text == text.strip() + "\n"


@pytest.mark.parametrize("path", sorted(GOOD.rglob("*.yml")), ids=lambda path: path.stem)
def test_a_good_file_fits_its_schema(path: Path) -> None:
    assert errors_of(collection_of(path), path) == []


SHAPES = sorted(path for path in BAD.glob("pb10[1-7]*.yml"))


def test_every_rule_about_shape_is_compared_with_the_schema() -> None:
    assert {path.name[:5] for path in SHAPES} == {f"pb10{number}" for number in range(1, 8)}


@pytest.mark.parametrize(
    # That a day is one of the calendar is more than a schema says.
    "path",
    [path for path in SHAPES if path.name != "pb106_malformed_date.yml"],
    ids=lambda path: path.stem,
)
def test_a_file_of_the_wrong_shape_does_not_fit(path: Path) -> None:
    assert errors_of("playbook", path)


def mappings(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
        for value in part.values():
            yield from mappings(value)
    elif isinstance(part, list):
        for value in part:
            yield from mappings(value)


def test_alternatives_are_told_apart_by_a_word_so_that_an_editor_can_explain_them() -> None:
    alternatives = [part for schema in SCHEMAS.values() for part in mappings(schema) if "oneOf" in part]
    assert all("discriminator" in part for part in alternatives)


# The fields in words


def models(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that a type is made of, itself included."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
        for field in annotation.model_fields.values():
            yield from models(field.annotation)
    elif get_origin(annotation) is not None or isinstance(annotation, UnionType):
        for part in get_args(annotation):
            yield from models(part)


MODELS = list(
    dict.fromkeys(model for root in (Playbook, Worksheet, *VOCABULARY.values()) for model in models(root))
)


@pytest.mark.parametrize("model", MODELS, ids=[model.__name__ for model in MODELS])
def test_every_field_is_described(model: type[BaseModel]) -> None:
    assert model.__doc__
    for name, field in model.model_fields.items():
        assert field.description, name


def test_the_reference_has_every_part_and_field_of_a_playbook() -> None:
    parts = {part.name: [field.name for field in part.fields] for part in field_reference()}
    assert next(iter(parts)) == "Playbook"
    assert parts == {model.__name__: list(model.model_fields) for model in models(Playbook)}


@pytest.mark.parametrize(
    ("part", "field", "type_in_words", "required"),
    [
        ("Playbook", "title", "text", True),
        ("Playbook", "kind", "id", True),
        ("Playbook", "status", "`draft` or `reviewed` or `superseded`", False),
        ("Playbook", "reviewed", "date", False),
        ("Playbook", "owners", "list of text", False),
        ("Playbook", "sources", "list of id", False),
        ("Playbook", "definition", "Definition", False),
        ("Playbook", "stages", "by id: StageNotes", False),
        ("Playbook", "scripts", "list of Script", False),
        ("Script", "sheet", "number", False),
        ("Example", "illustration", "`true` or `false`", False),
        ("Dialogue", "turns", "list of Turn", True),
    ],
)
def test_the_reference_says_what_goes_into_a_field(
    part: str,
    field: str,
    type_in_words: str,
    required: bool,  # noqa: FBT001 (a value to compare with)
) -> None:
    [entry] = [entry for owner, entry in FIELDS if (owner.name, entry.name) == (part, field)]
    assert (entry.type, entry.required) == (type_in_words, required)


def test_every_part_of_the_reference_is_linked_from_a_field() -> None:
    named = " ".join(field.type for _, field in FIELDS)
    for part in field_reference():
        assert part.name == "Playbook" or part.name in named


def used_fields(part: object) -> set[tuple[str, str]]:
    """The fields that a file sets, each with the model that has it."""
    if isinstance(part, BaseModel):
        return {(type(part).__name__, name) for name in part.model_fields_set}.union(
            *(used_fields(value) for value in part.__dict__.values())
        )
    if isinstance(part, (dict, tuple)):
        return set().union(
            *(used_fields(value) for value in (part.values() if isinstance(part, dict) else part))
        )
    return set()


@pytest.mark.parametrize(
    ("root", "collection", "name"),
    [(Playbook, "playbooks", "every-field"), (Worksheet, "worksheets", "walk-away")],
)
def test_one_good_file_uses_every_field(root: type[BaseModel], collection: str, name: str) -> None:
    part = getattr(read_handbook(GOOD, Path("good")).library, collection)[name]
    fields = {(model.__name__, field) for model in models(root) for field in model.model_fields}
    # What a column has, a field of a form may have; whichever is used is enough.
    shared = {"hint", "options", "type"}
    missing = {(owner, field) for owner, field in fields - used_fields(part) if field not in shared}
    assert missing == set()
