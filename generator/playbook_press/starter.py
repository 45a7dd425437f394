"""The text that a new playbook starts with: what its kind needs, empty, with hints as comments.

Everything a hint says is a comment, so nothing of it can be published. A hint shows the shape of an
entry: without its `# ` it is YAML, and the linter finds every `<…>` that is still in it.
"""

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args, get_origin

from pydantic.fields import FieldInfo

from playbook_press.core_schema import resolve
from playbook_press.model import REFERENCES, Library, Part, Playbook, bare
from playbook_press.text import parse_inline, plain
from playbook_press.unseen import INVISIBLE

_WIDTH = 110
_NOTE_COLUMN = 30
_MOST_NAMES = 40
_BLANK = "<…>"
_IDENTITY = ("title", "kind", "summary", "status")
_MARKUP = re.compile(r"[\\`*_{}\[\]]")
# A title that needs no quotation marks in YAML, unless it is a number, `yes` or the like.
_PLAIN_TITLE = re.compile(r"\w(?:[\w ,.!?;()/+’'-]*[\w.!?)])?")
_HEAD = """\
# yaml-language-server: $schema=playbook.schema.json
#
# What stands behind a # is a hint for you, and is never published. Under each key is the shape of an entry:
# take one # away from each of its lines, and put your words in the place of <…>. What then still has a #
# in front may be left out. Repeat the entry as often as you need.
"""


@dataclass(frozen=True)
class Start:
    """What is known of a playbook before it is written."""

    title: str
    kind: str
    contexts: Sequence[str] = ()
    stage: str = ""


def cleaned(title: str) -> str:
    """A title as one line, without what nobody sees: control characters and halves of characters."""
    shown = INVISIBLE.sub("", " ".join(title.split()))
    return " ".join(shown.encode(errors="ignore").decode().split())


def starter_file(library: Library, start: Start) -> str:
    """The text of a new playbook. Its kind, contexts and stage are of the library."""
    kind = library.kinds[start.kind]
    chosen = _chosen(library, start)
    requires = {str(section): least for section, least in kind.requires.items()}
    sections = [name for name in Playbook.model_fields if name in requires]
    status, about = Playbook.model_fields["status"], cleaned(f"{kind.title}: {kind.summary}")
    lines = [
        *_HEAD.splitlines(),
        *_ids_to_use(library),
        f"title: {_written_title(start.title)}",
        f"kind: {start.kind}  # {textwrap.shorten(about, _WIDTH - 10 - len(start.kind), placeholder=' …')}",
        f"status: draft  # {status.description}",
        "",
        *_empty("summary", 0, chosen),
    ]
    for name in sections:
        lines += ["", *_empty(name, requires[name], chosen)]
    lines += ["", "# Further keys, where they help:"]
    for name, field in Playbook.model_fields.items():
        if name not in (*_IDENTITY, *sections):
            lines.append(f"#   {name:<11} {field.description}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _written_title(title: str) -> str:
    """A title as YAML that says just what was typed, also to a reader of the handbook's Markdown."""
    if plain(parse_inline(title), str) != title or "{" in title or "](" in title:
        title = _MARKUP.sub(r"\\\g<0>", title)
    is_plain = _PLAIN_TITLE.fullmatch(title) and isinstance(resolve(title), str)
    return title if is_plain else json.dumps(title, ensure_ascii=False)


def _ids_to_use(library: Library) -> list[str]:
    """The ids of the vocabulary, so that nobody has to look them up."""
    lines = []
    for name in ("stages", "contexts", "sources"):
        ids = list(getattr(library, name))
        if ids:
            listed = ", ".join(ids[:_MOST_NAMES]) + (", …" if len(ids) > _MOST_NAMES else "")
            lines += textwrap.wrap(
                listed,
                width=_WIDTH,
                initial_indent=f"#   {name:<10}",
                subsequent_indent=f"#{' ' * 13}",
                break_long_words=False,
                break_on_hyphens=False,
            )
    return ["#", "# Ids of the vocabulary:", *lines] if lines else []


def _chosen(library: Library, start: Start) -> Mapping[str, Any]:
    """What stands in a hint in place of a blank, by the name of the field."""
    chosen: dict[str, Any] = {}
    if start.contexts:
        chosen |= {"contexts": list(start.contexts), "context": start.contexts[0]}
    if start.stage:
        chosen["stage"] = start.stage
    # What is told of each stage and each context stands under its id.
    stages, contexts = [start.stage, *library.stages], [*start.contexts, *library.contexts]
    return {
        **chosen,
        "by stages": next(filter(None, stages), _BLANK),
        "by contexts": next(iter(contexts), _BLANK),
    }


# Hints


class _Line(NamedTuple):
    """A line of a hint: YAML, and what is to be said of it."""

    text: str
    note: str = ""


def _empty(name: str, least: int, chosen: Mapping[str, Any]) -> list[str]:
    """A key with nothing in it but hints: what it holds, and the shape of an entry."""
    field = Playbook.model_fields[name]
    fewest = {0: "", 1: " One or more."}.get(least, f" {least} or more.")
    is_list = get_origin(field.annotation) in {tuple, dict}
    lines = [f"{name}:", *_wrapped("  ## ", f"{field.description}{fewest if is_list else ''}")]
    shape = _shape(name, field.annotation, chosen)
    if isinstance(shape, str):
        shape = [_Line(f"- {_BLANK}")] if is_list else []
    short = [len(line.text) for line in shape if line.note and len(line.text) < _NOTE_COLUMN]
    column = 2 + max(short, default=0)
    below = f"  # {' ' * column}# "
    for line in shape:
        if not line.note:
            lines.append(f"  # {line.text}")
        elif len(line.text) < column:
            lines += _wrapped(f"  # {line.text:<{column}}# ", line.note, below)
        else:
            lines += [f"  # {line.text}", *_wrapped(below, line.note)]
    return lines


def _wrapped(first: str, words: str, others: str = "") -> list[str]:
    """Words on as many lines as they take."""
    return textwrap.wrap(
        words,
        width=_WIDTH,
        initial_indent=first,
        subsequent_indent=others or first,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _shape(name: str, annotation: Any, chosen: Mapping[str, Any]) -> str | list[_Line]:
    """What goes into a field: a word that stands behind its key, or lines below it."""
    kind = bare(annotation)
    if isinstance(kind, type) and issubclass(kind, Part):
        return _fields(kind, chosen)
    if get_origin(kind) is tuple:
        if name in REFERENCES:
            return f"[{', '.join(chosen.get(name, [_BLANK]))}]"
        item, *_ = get_args(kind)
        shape = _shape("", item, chosen)
        if not isinstance(shape, str):
            first, *rest = shape
            return [_Line(f"- {first.text}", first.note), *(_indented(line) for line in rest)]
        return [_Line(f"- {shape}")]
    if get_origin(kind) is dict:
        _, value = get_args(kind)
        shape = _shape("", value, chosen)
        key = chosen.get(f"by {name}", _BLANK)
        if isinstance(shape, str):
            return [_Line(f"{key}: {shape}")]
        return [_Line(f"{key}:"), *map(_indented, shape)]
    return str(chosen.get(name, _BLANK))


def _fields(part: type[Part], chosen: Mapping[str, Any]) -> list[_Line]:
    """The fields of a part, a line each or more; those that may be left out have a # of their own."""
    lines = []
    for name, field in part.model_fields.items():
        shape = _shape(name, field.annotation, chosen)
        note = _note(field)
        if isinstance(shape, str):
            found = [_Line(f"{name}: {shape}", note)]
        else:
            again = [_Line(line.text) for line in shape] * (_fewest(field) - 1)
            found = [_Line(f"{name}:", note), *map(_indented, [*shape, *again])]
        if not field.is_required() and name not in chosen:
            found = [_Line(f"# {line.text}", line.note) for line in found]
        lines += found
    return lines


def _fewest(field: FieldInfo) -> int:
    """How many entries a list must have at least."""
    return max((getattr(rule, "min_length", 1) for rule in field.metadata), default=1)


def _note(field: FieldInfo) -> str:
    """What a field holds, with the words to choose from where its description does not name them."""
    note = field.description or ""
    kind = bare(field.annotation)
    if get_origin(kind) is Literal:
        words = [f"`{word}`" for word in get_args(kind)]
        if not all(word in note for word in words):
            note += f" One of {', '.join(words)}."
    return note


def _indented(line: _Line) -> _Line:
    return _Line(f"  {line.text}", line.note)
