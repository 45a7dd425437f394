"""What an editor is told of the model: valid schemas that agree with the linter, and every field in words."""

import json
import re
import subprocess
from collections.abc import Iterator, Sequence
from copy import deepcopy
from datetime import date
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pydantic import BaseModel, TypeAdapter, ValidationError

from good_handbook import COMMAND, GOOD
from playbook_press.compose import compose
from playbook_press.load import read_handbook
from playbook_press.model import VOCABULARY, Fillings, Playbook, Worksheet, WorksheetPart
from playbook_press.schema import field_reference, schemas
from site_under_test import ROOT

BAD = Path(__file__).parent / "bad"
SCHEMAS: dict[str, Any] = {
    name.removesuffix(".schema.json"): json.loads(text) for name, text in schemas().items()
}
VALIDATORS = {name: Draft7Validator(schema) for name, schema in SCHEMAS.items()}
ADAPTERS: dict[str, TypeAdapter[Any]] = {
    name: TypeAdapter(model)
    for name, model in {
        "playbook": Playbook,
        "worksheet": Worksheet,
        "fillings": Fillings,
        **VOCABULARY,
    }.items()
}
# The parts of a worksheet are compared by themselves too: telling them apart takes long.
for _part in get_args(get_args(WorksheetPart)[0]):
    _definitions = SCHEMAS["worksheet"]["definitions"]
    VALIDATORS[_part.__name__] = Draft7Validator(
        {**_definitions[_part.__name__], "definitions": _definitions}
    )
    ADAPTERS[_part.__name__] = TypeAdapter(_part)
FIELDS = [(part, field) for part in field_reference() for field in part.fields]


def read(path: Path) -> Any:
    """What a file holds, as the values of YAML 1.2 that an editor sees."""
    root, problems = compose(path.read_text(encoding="utf-8-sig"))
    assert problems == []
    assert root is not None
    return listed(root.plain())


def listed(value: Any) -> Any:
    """The value with lists where the model has tuples."""
    if isinstance(value, dict):
        return {key: listed(entry) for key, entry in value.items()}
    return [listed(entry) for entry in value] if isinstance(value, (tuple, list)) else value


def tupled(value: Any) -> Any:
    """The value with tuples where JSON has lists."""
    if isinstance(value, dict):
        return {key: tupled(entry) for key, entry in value.items()}
    return tuple(tupled(entry) for entry in value) if isinstance(value, (tuple, list)) else value


def errors_of(name: str, value: Any) -> list[str]:
    return [error.message for error in VALIDATORS[name].iter_errors(value)]


def fits_model(name: str, value: Any) -> bool:
    try:
        ADAPTERS[name].validate_python(tupled(value))
    except ValidationError:
        return False
    return True


def name_of(path: Path) -> str:
    """The schema of a file."""
    folder = path.parent.name
    return path.stem if folder == "vocabulary" else "worksheet" if folder == "worksheets" else "playbook"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_in_the_draft_that_every_editor_reads(name: str) -> None:
    assert SCHEMAS[name]["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(SCHEMAS[name])


def test_every_kind_of_file_has_a_schema() -> None:
    assert SCHEMAS.keys() == {"playbook", "worksheet", "fillings", *VOCABULARY}


def test_a_schema_is_a_text_that_ends_with_its_last_line() -> None:
    for text in schemas().values():
        assert text.endswith("}\n")
        assert text == text.strip() + "\n"


@pytest.mark.parametrize("name", [f"{name}.schema.json" for name in SCHEMAS])
def test_the_schemas_of_the_handbook_are_up_to_date(name: str) -> None:
    committed = (ROOT / "playbooks" / name).read_text(encoding="utf-8")
    assert committed == schemas()[name], "`playbooks schema` writes them anew"


# The schema accepts what the model accepts

GOOD_FILES = sorted(GOOD.rglob("*.yml"))
SHAPES = sorted(path for path in BAD.glob("pb10[1-7]*.yml"))


@pytest.mark.parametrize("path", GOOD_FILES, ids=lambda path: path.stem)
def test_a_good_file_fits_its_schema(path: Path) -> None:
    assert errors_of(name_of(path), read(path)) == []


def test_every_rule_about_shape_is_compared_with_the_schema() -> None:
    assert {path.name[:5] for path in SHAPES} == {f"pb10{number}" for number in range(1, 8)}


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_a_file_of_the_wrong_shape_does_not_fit(path: Path) -> None:
    assert errors_of("playbook", read(path))


FILLED = {
    "walk_away": {"target": "A new date", "limit": "Friday", "alternative": "Another supplier"},
    "slots": {"my-figure": "£62,000"},
    "worksheets": {"red-lines": {"fields": {"limits": {"least": "5"}}, "rows": {"offers": [{"who": "me"}]}}},
}


class Small(NamedTuple):
    """A good file with one section, one part or one entry, so that a change hits something."""

    schema: str
    key: str | int | None
    """What it is about, where the rest is only there because it must be."""
    whole: Any


def small_files() -> list[Small]:
    every = read(GOOD / "every-field.yml")
    head = {key: every[key] for key in ("title", "kind", "summary")}
    worksheets = [read(path) for path in sorted((ROOT / "playbooks/worksheets").glob("*.yml"))]
    by_size = sorted(
        (part for sheet in worksheets for part in sheet["parts"]), key=lambda part: -len(str(part))
    )
    smallest = {part["type"]: part for part in by_size}
    a_choice = {"id": "a", "label": "A", "type": "choice", "hint": "Why.", "options": ["yes"]}
    a_sum = {"id": "b", "label": "B", "computed": "sum", "of": ["a"]}
    smallest["table"] = {
        "type": "table",
        "id": "t",
        "title": "T",
        "intro": "Why.",
        "rows": 3,
        "starters": ["x"],
        "columns": [a_choice, a_sum],
    }
    smallest["form"] = {"type": "form", "id": "f", "title": "F", "intro": "Why.", "fields": [a_choice]}
    mapping = SCHEMAS["worksheet"]["properties"]["parts"]["items"]["discriminator"]["mapping"]
    name_of_part = {kind: address.rpartition("/")[2] for kind, address in mapping.items()}
    sheet = {"title": "A sheet", "summary": "A summary.", "parts": [smallest["ticks"]]}
    more = {
        "use": "Fill it in.",
        "contexts": ["sales"],
        "example": {
            "note": "Made up.",
            "illustration": True,
            "fields": {"f": {"a": "x"}},
            "rows": {"t": [{}]},
        },
    }
    vocabulary = {path.stem: read(path) for path in sorted((GOOD / "vocabulary").glob("*.yml"))}
    return [
        *(Small("playbook", key, {**head, key: value}) for key, value in every.items()),
        *(Small(name_of_part[kind], None, part) for kind, part in smallest.items()),
        Small("worksheet", "parts", {**sheet, "parts": [smallest["range"]]}),
        *(Small("worksheet", key, {**sheet, key: value}) for key, value in more.items()),
        *(Small(name, key, {key: entry}) for name, file in vocabulary.items() for key, entry in file.items()),
        *(Small("fillings", key, {key: value}) for key, value in FILLED.items()),
        Small("synonyms", 0, [["pay", "wage"]]),
    ]


SMALL = small_files()
KEYS = ["id", "title", "stages", "sheet", "a-b", "A", "Bad Key", "a\n", "", "x" * 81]
ODD: list[Any] = [
    *(None, True, False, 0, 1, 2, 30, 31, 99, 100, 999, 1000, -1, 1.5, 10**40, float("nan"), float("inf")),
    *(
        "",
        " ",
        "\n",
        "x",
        "a-b",
        "A B",
        "-a",
        "a--b",
        "a-b\n",
        "draft",
        "spoken",
        "form",
        "table",
        "sum",
        "1",
    ),
    *("2026-11-22", "2026-02-29", "2024-02-29", "2026-1-1", "0000-01-01", "2026-11-22\n", "٢٠٢٦-١١-٢٢"),
    *("a" * 80, "a" * 81, "x" * 2_000, "x" * 2_001, "🎉" * 2_000, "🎉" * 2_001, "x" * 20_000, "x" * 20_001),
    *([], {}, ["a"], ["A"], ["a-b\n"], [[]], [{}], {"a": "b"}, {"A": "b"}, {"a\n": 1}, {"type": "form"}),
]


def places(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where everything in a value stands, except the value itself."""
    if place:
        yield place
    for step in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[step], (*place, step))


def at(value: Any, place: Sequence[str | int]) -> Any:
    for step in place:
        value = value[step]
    return value


def with_value(whole: Any, place: Sequence[str | int], value: Any) -> Any:
    changed = deepcopy(whole)
    at(changed, place[:-1])[place[-1]] = value
    return changed


def without(whole: Any, place: Sequence[str | int]) -> Any:
    changed = deepcopy(whole)
    del at(changed, place[:-1])[place[-1]]
    return changed


@pytest.mark.parametrize("small", SMALL, ids=[f"{small.schema} {small.key or ''}".strip() for small in SMALL])
def test_a_schema_accepts_one_odd_value_where_the_model_does(small: Small) -> None:
    name, key, whole = small
    assert fits_model(name, whole)
    cases = [("nothing", whole)]
    for place in [(), *(place for place in places(whole) if key in {None, place[0]})]:
        if place:
            cases += [(f"{odd!r:.20}", with_value(whole, place, odd)) for odd in ODD]
            cases.append(("deleted", without(whole, place)))
        if isinstance(at(whole, place), dict):
            cases += [(new, with_value(whole, (*place, new), "x")) for new in KEYS]
    wrong = [change for change, value in cases if VALIDATORS[name].is_valid(value) != fits_model(name, value)]
    assert wrong == []


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, Any]:
    """A good file with some of its values replaced, moved, renamed, added or deleted."""
    name, _, whole = draw(st.sampled_from(SMALL))
    value = deepcopy(whole)
    for _ in range(draw(st.integers(0, 3))):
        known = list(places(value))
        if not known:
            break
        *above, step = draw(st.sampled_from(known))
        owner = at(value, above)
        new = deepcopy(draw(st.sampled_from([at(value, draw(st.sampled_from(known))), *ODD])))
        key = draw(st.sampled_from([f"{step}s", f"{step}"[:-1], f"{step}".upper(), f"{step}\n", *KEYS]))
        change = draw(st.sampled_from(["replace", "replace", "delete", "add", "rename"]))
        if change == "replace":
            owner[step] = new
        elif change == "delete":
            del owner[step]
        elif isinstance(owner, dict):
            owner[key] = new if change == "add" else owner.pop(step)
        else:
            owner.insert(0, new)
    return name, value


@given(changed())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_schema_accepts_exactly_what_the_model_accepts(case: tuple[str, Any]) -> None:
    name, value = case
    assert VALIDATORS[name].is_valid(value) == fits_model(name, value)


SCALARS = [
    *("no", "yes", "on", "~", "null", "Null", "", "true", "True", "TRUE", '"true"', "012", "0o12", "0x1F"),
    *("1", "-1", "+1", "99", "100", "1_000", "1:30", "1.5", "1e3", ".5", ".inf", ".nan", '"1"', "'1'"),
    *(
        "2026-11-22",
        "2025-02-31",
        "2026-11-22T10:00:00Z",
        "draft",
        "Draft",
        "reviewed",
        "[draft]",
        "{draft: 1}",
    ),
    *("ask-why", "Ask_Why", '"ask-why\\n"', '"2026-11-22\\n"', "'a '", "|\n  ask-why\n", "<<", "=", "a: b"),
]
OF_A_PLAYBOOK = {
    **dict.fromkeys(("title", "kind", "status", "reviewed"), "{}"),
    **dict.fromkeys(("owners", "sources"), "[{}]"),
}
OF_A_SCRIPT = ("id", "stage", "say", "channel", "sheet")


def lines(values: dict[str, str], indent: str = "") -> list[str]:
    return [f"{indent}{key}: {value}\n" for key, value in values.items()]


@pytest.mark.parametrize("scalar", SCALARS)
def test_the_schema_takes_a_scalar_of_yaml_as_the_model_does(scalar: str) -> None:
    head = {"title": "A", "kind": "note", "summary": "A."}
    script = {"id": "a", "stage": "open", "say": "A."}
    texts = [
        *("".join(lines({**head, key: value.format(scalar)})) for key, value in OF_A_PLAYBOOK.items()),
        *(
            "".join([*lines(head), "scripts:\n  -\n", *lines({**script, key: scalar}, "    ")])
            for key in OF_A_SCRIPT
        ),
    ]
    compared = 0
    for text in texts:
        root, problems = compose(text)
        if root is not None and not problems:
            value = listed(root.plain())
            assert (errors_of("playbook", value) == []) == fits_model("playbook", value), text
            compared += 1
    assert compared


def test_a_whole_number_with_a_point_is_the_one_difference() -> None:
    """JSON has one kind of number, so no schema can tell 1.0 from 1; the linter asks for 1."""
    value = read(GOOD / "every-field.yml")
    value["scripts"][0]["sheet"] = 1.0
    assert errors_of("playbook", value) == []
    assert not fits_model("playbook", value)


def test_a_date_is_any_day_of_the_calendar_and_nothing_else() -> None:
    pattern = re.compile(SCHEMAS["playbook"]["properties"]["reviewed"]["pattern"])
    years = [0, 1, 4, 96, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 2400, 9996, 9999]
    texts = [f"{year:04}-{month:02}-{day:02}" for year in years for month in range(14) for day in range(33)]
    for text in texts:
        try:
            date.fromisoformat(text)
        except ValueError:
            assert not pattern.search(text), text
        else:
            assert pattern.search(text), text


def test_check_jsonschema_takes_the_schemas_and_finds_what_the_linter_finds(tmp_path: Path) -> None:
    command = COMMAND.with_name("check-jsonschema")
    for name, text in schemas().items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    subprocess.run([command, "--check-metaschema", *tmp_path.iterdir()], check=True, capture_output=True)
    playbooks = [path for path in GOOD_FILES if name_of(path) == "playbook"]
    done = subprocess.run(
        [command, "--schemafile", tmp_path / "playbook.schema.json", *playbooks, *SHAPES],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    found = set(re.findall(r"(\w[\w-]*\.yml)::", done.stdout))
    assert found == {path.name for path in SHAPES}


# What an editor makes of it


def subschemas(part: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema in a schema, with where it stands."""
    yield place, part
    for key in ("properties", "definitions"):
        for name, schema in part.get(key, {}).items():
            yield from subschemas(schema, f"{place}/{name}")
    for key in ("items", "additionalProperties", "propertyNames"):
        if isinstance(part.get(key), dict):
            yield from subschemas(part[key], f"{place}/{key}")
    for number, schema in enumerate(part.get("oneOf", ())):
        yield from subschemas(schema, f"{place}/{number}")


EVERY_SUBSCHEMA = [
    (f"{name}{place}", part) for name, schema in SCHEMAS.items() for place, part in subschemas(schema)
]


def test_every_key_has_a_title_and_a_description_to_show() -> None:
    fields = [
        (f"{place}/{name}", field)
        for place, part in EVERY_SUBSCHEMA
        for name, field in {**part.get("properties", {}), **part.get("definitions", {})}.items()
    ]
    assert len(fields) > 200
    for place, part in [*SCHEMAS.items(), *fields]:
        assert part.get("title"), place
        assert part.get("description", "").endswith((".", "`")), place
        if "`" in part["description"]:
            assert part["markdownDescription"] == part["description"], place


def test_nothing_stands_beside_a_reference_where_it_would_be_passed_over() -> None:
    assert all(len(part) == 1 for _, part in EVERY_SUBSCHEMA if "$ref" in part)


def test_an_editor_writes_out_nothing_that_the_linter_finds_empty() -> None:
    defaults = [part["default"] for _, part in EVERY_SUBSCHEMA if "default" in part]
    assert "draft" in defaults
    assert not [value for value in defaults if value is None or value in ("", [], {})]


def test_a_text_that_does_not_match_is_explained_in_words() -> None:
    patterns = [part for _, part in EVERY_SUBSCHEMA if "pattern" in part]
    assert len(patterns) > 50
    assert all(part["patternErrorMessage"].endswith(".") for part in patterns)


def test_an_example_fits_its_field_and_is_one_of_several_so_that_none_is_written_out() -> None:
    found = [(place, part) for place, part in EVERY_SUBSCHEMA if "examples" in part]
    assert len(found) > 40
    for place, part in found:
        assert len(part["examples"]) > 1, place
        for value in part["examples"]:
            assert Draft7Validator(part).is_valid(value), place


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
