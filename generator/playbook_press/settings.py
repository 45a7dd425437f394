"""The settings of the linter: `[tool.playbooks.lint]` of pyproject.toml, or `playbooks.toml`."""

import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from playbook_press.model import Limits
from playbook_press.near_names import did_you_mean
from playbook_press.rules import all_rules

PYPROJECT = Path("pyproject.toml")
OWN_FILE = Path("playbooks.toml")


class SettingsError(Exception):
    """The settings cannot be used; each argument is a line for a person."""


class Settings(BaseModel):
    """What to look for, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    select: tuple[str, ...] = ()
    """Codes to look for, or the first characters of codes. Without any: all."""
    ignore: tuple[str, ...] = ()
    """Codes to pass over, or the first characters of codes."""
    per_file_ignores: Mapping[str, tuple[str, ...]] = Field(default_factory=dict, alias="per-file-ignores")
    """By pattern of a path within the folder of playbooks, codes to pass over."""
    limits: Limits = Limits()
    """What the handbook asks of its playbooks."""

    def wants(self, code: str, path: PurePath) -> bool:
        """Whether a finding with this code in this file is asked for."""
        if self.select and not code.startswith(self.select):
            return False
        if self.ignore and code.startswith(self.ignore):
            return False
        return not any(
            code.startswith(codes) and _matches(path, pattern)
            for pattern, codes in self.per_file_ignores.items()
        )


def _matches(path: PurePath, pattern: str) -> bool:
    """Whether a pattern matches a path, or the end of it."""
    parts = path.parts
    return any(fnmatchcase("/".join(parts[start:]), pattern) for start in range(len(parts)))


def read_settings(folder: Path) -> Settings:
    """Read the settings beside mkdocs.yml. SettingsError where they cannot be used."""
    found = {
        path.name: table
        for path, keys in ((PYPROJECT, ("tool", "playbooks", "lint")), (OWN_FILE, ("lint",)))
        if (table := _table(folder / path, keys)) is not None
    }
    if len(found) > 1:
        raise SettingsError(f"{OWN_FILE}: {PYPROJECT} has settings of the linter too: keep one of them")
    for name, table in found.items():
        return _settings(name, table)
    return Settings()


def _table(path: Path, keys: tuple[str, ...]) -> Any:
    try:
        table: Any = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:  # not UTF-8, or not TOML, which says the line
        raise SettingsError(f"{path.name}: cannot be read: {error}") from None
    if path.name == OWN_FILE.name and (unknown := [key for key in table if key != "lint"]):
        raise SettingsError(f"{OWN_FILE}: `{unknown[0]}` is not read: settings stand below a line `[lint]`")
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _settings(name: str, table: Any) -> Settings:
    try:
        settings = Settings.model_validate(table)
    except ValidationError as error:
        raise SettingsError(*(_in_words(name, details) for details in error.errors())) from None
    codes = [
        *settings.select,
        *settings.ignore,
        *(code for codes in settings.per_file_ignores.values() for code in codes),
    ]
    unknown = [code for code in codes if not any(known.startswith(code) for known in all_rules())]
    if unknown or "" in codes:
        raise SettingsError(
            *(
                f"{name}: there is no rule `{code}`: {did_you_mean(code, all_rules(), 'there are')}"
                for code in dict.fromkeys(unknown or [""])
            )
        )
    return settings


# What pydantic says of a wrong value, where that is not for a person.
_EXPECTED = {
    "tuple_type": 'a list of codes belongs here, such as `["PB404"]`',
    "string_type": 'a code in quotation marks belongs here, such as `"PB404"`',
    "model_type": "a table belongs here: `[{table}]`",
    "dict_type": 'a table belongs here, such as `{ "worksheets/*.yml" = ["PB4"] }`',
    "mapping_type": 'a table belongs here, such as `{ "worksheets/*.yml" = ["PB4"] }`',
    "int_type": "a whole number belongs here",
    "date_type": "a day belongs here, without quotation marks, such as `2026-01-31`",
}


def _in_words(name: str, details: Any) -> str:
    place = ".".join(map(str, details["loc"])) or "lint"
    above = "tool.playbooks." if name == PYPROJECT.name else ""
    if details["type"] == "extra_forbidden":
        limits = [field.alias or key for key, field in Limits.model_fields.items()]
        if place in limits:
            return f"{name}: `{place}` is not read here: it stands below a line `[{above}lint.limits]`"
        known = [*(field.alias or key for key, field in Settings.model_fields.items()), *limits]
        return f"{name}: there is no setting `{place}`: {did_you_mean(place.rpartition('.')[2], known, 'there are')}"
    told = _EXPECTED.get(details["type"], details["msg"][0].lower() + details["msg"][1:])
    told = told.replace("{table}", f"{above}lint" if place == "lint" else f"{above}lint.{place}")
    return f"{name}: `{place}`: {told}"
