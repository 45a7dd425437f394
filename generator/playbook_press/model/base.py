"""What every part of a handbook has in common."""

import re
from collections.abc import Mapping
from datetime import date
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from playbook_press.model.ids import ID_PATTERN, LONGEST_ID

DATE_PATTERN = r"^\d{4}-\d{2}-\d{2}$"

LONGEST_INLINE = 2_000
LAST_RANK = 99

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=LONGEST_ID)]
Inline = Annotated[str, StringConstraints(max_length=LONGEST_INLINE)]
Block = Annotated[str, StringConstraints(max_length=20_000)]


def _calendar_date(value: object) -> date:
    """YAML 1.2 has no dates, so they arrive as text."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and re.match(DATE_PATTERN, value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    kind = "calendar_date"
    raise PydanticCustomError(kind, "not a date of the form YYYY-MM-DD")


CalendarDate = Annotated[
    date,
    BeforeValidator(_calendar_date),
    WithJsonSchema({"type": "string", "format": "date", "pattern": DATE_PATTERN}),
]

Rank = Annotated[int, Field(ge=1, le=LAST_RANK)]
"""Which of its kind is printed first: 1 is."""

Channel = Literal["spoken", "written"]
Purpose = Literal["prepare", "do", "avoid", "close", "review"]
Status = Literal["draft", "reviewed", "superseded"]
SlotType = Literal["text", "money", "date", "number", "person"]
Speaker = Literal["they", "you"]
Section = Literal[
    "use_when",
    "avoid_when",
    "definition",
    "stages",
    "contexts",
    "scripts",
    "dialogues",
    "flows",
    "signals",
    "moves",
    "pitfalls",
    "checklists",
    "examples",
    "ethics",
    "faq",
    "worksheets",
    "related",
    "sources",
]


class Part(BaseModel):
    """The base of everything an author writes: frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        use_attribute_docstrings=True,
        defer_build=True,  # a part is only ever validated within its file
    )


Location = tuple[str | int, ...]
"""Where a value stands in its file: keys and 0-based indices, such as `("scripts", 2, "say")`."""


class Text(NamedTuple):
    """A string of the model: where it stands, and whether it is a key rather than a value."""

    location: Location
    words: str
    field: str
    """The name of the field that holds it."""
    is_key: bool = False


def texts(part: Any) -> list[Text]:
    """Every string under a part, keys that an author chose included, in the order of the fields."""
    found: list[Text] = []
    _gather(part, (), "", found)
    return found


def _gather(part: Any, location: Location, field: str, found: list[Text]) -> None:
    if isinstance(part, str):
        found.append(Text(location, part, field))
    elif isinstance(part, tuple):
        for index, value in enumerate(part):
            _gather(value, (*location, index), field, found)
    elif isinstance(part, BaseModel):
        fields = type(part).__pydantic_fields__
        for name, value in part.__dict__.items():
            if value and name in fields:
                _gather(value, (*location, name), name, found)
    elif isinstance(part, dict):
        for key, value in part.items():
            found.append(Text((*location, key), key, field, is_key=True))
            _gather(value, (*location, key), field, found)


def fields_at(model: Any, location: Location) -> Mapping[str, FieldInfo]:
    """The fields that a mapping may have, by its location; none where its keys are free."""
    for step in location:
        model = bare(model)
        if get_origin(model) in {Union, UnionType}:  # the step is the word that tells which it is
            model = next(choice for choice in get_args(model) if step in get_args(_tag(choice)))
        elif isinstance(model, type) and issubclass(model, BaseModel):
            if step not in model.model_fields:
                return {}
            model = model.model_fields[str(step)].annotation
        else:  # tuple[item, ...] or dict[key, value]
            model = get_args(model)[isinstance(step, str)]
    model = bare(model)
    return model.model_fields if isinstance(model, type) and issubclass(model, BaseModel) else {}


def _tag(model: type[BaseModel]) -> Any:
    return model.model_fields["type"].annotation


def bare(annotation: Any) -> Any:
    """A type without `Annotated` and without `None`."""
    while get_origin(annotation) in {Annotated, Union, UnionType}:
        choices = [part for part in get_args(annotation) if part is not NoneType]
        if get_origin(annotation) is not Annotated and len(choices) > 1:
            return annotation
        annotation = choices[0]
    return annotation
