"""Random playbooks are broken in random ways: there is always a finding where it was done, and never a crash."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from good_handbook import GOOD, GoodHandbook
from playbook_press.autofix import mend
from playbook_press.load import read_handbook
from playbook_press.settings import Settings

WORDS = st.sampled_from(
    [
        "They",
        "have",
        "named",
        "a",
        "figure;",
        "what",
        "would",
        "you",
        "need",
        "by",
        "Monday?",
        "It",
        "is",
        "late:",
        "the",
        "price",
        "stands",
        "(for",
        "now)",
        "–",
        "café",
        "£5",
        "#1",
    ]
)
SENTENCES = st.lists(WORDS, min_size=3, max_size=12).map(
    lambda words: "So " + " ".join(words).rstrip(":;,") + "."
)


class Line(NamedTuple):
    """A line of a playbook: where in its file it stands, and what holds it."""

    text: str
    parents: tuple[int, ...]
    """The indices of the lines that hold it: the key above, and the first of its mapping."""

    @property
    def key(self) -> str:
        return self.text.strip().removeprefix("- ").partition(":")[0]

    @property
    def value(self) -> str:
        return self.text.partition(": ")[2]

    def with_value(self, value: str) -> str:
        return f"{self.text.partition(': ')[0]}: {value}"


def written(value: Any) -> list[Line]:
    """A playbook as lines of YAML, each text on one of them."""
    lines: list[Line] = []
    _write_mapping(value, 0, (), lines)
    return lines


def _write_mapping(
    value: dict[str, Any], indent: int, parents: tuple[int, ...], lines: list[Line], lead: str = ""
) -> None:
    first = len(lines)
    for key, inner in value.items():
        prefix = lead or " " * indent
        lead = ""
        mine = (*parents, first)
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            lines.append(Line(f"{prefix}{key}:", mine))
            holder = len(lines) - 1
            for item in inner:
                _write_mapping(item, indent + 4, (holder,), lines, " " * (indent + 2) + "- ")
        elif isinstance(inner, dict):
            lines.append(Line(f"{prefix}{key}:", mine))
            _write_mapping(inner, indent + 2, (len(lines) - 1,), lines)
        elif isinstance(inner, list):
            lines.append(Line(f"{prefix}{key}: {json.dumps(inner, ensure_ascii=False)}", mine))
        else:
            text = (
                inner
                if key in {"id", "stage", "kind", "purpose", "status"}
                else json.dumps(inner, ensure_ascii=False)
            )
            lines.append(Line(f"{prefix}{key}: {text}", mine))


@st.composite
def playbooks(draw: st.DrawFn) -> dict[str, Any]:
    """A valid playbook of the good handbook."""
    name = iter(f"part-{index}" for index in range(100))

    def parts(fields: dict[str, st.SearchStrategy[Any]], most: int = 3) -> list[dict[str, Any]]:
        return [
            {"id": next(name), **draw(st.fixed_dictionaries(fields))}
            for _ in range(draw(st.integers(1, most)))
        ]

    return {
        "title": draw(SENTENCES),
        "kind": "note",
        "summary": draw(SENTENCES),
        "use_when": draw(st.lists(SENTENCES, min_size=1, max_size=3, unique=True)),
        "scripts": parts(
            {"stage": st.sampled_from(["open", "close"]), "they_say": SENTENCES, "say": SENTENCES}
        ),
        "pitfalls": parts({"name": SENTENCES, "why": SENTENCES, "instead": SENTENCES}),
        "checklists": parts(
            {
                "title": SENTENCES,
                "purpose": st.sampled_from(["prepare", "review"]),
                "items": st.lists(SENTENCES, min_size=1, max_size=3, unique=True),
            }
        ),
        "definition": {"what": draw(SENTENCES)},
    }


TEXTS = {"title", "summary", "they_say", "say", "name", "why", "instead", "what"}
NEEDED = {
    "title",
    "kind",
    "summary",
    "stage",
    "say",
    "name",
    "why",
    "instead",
    "purpose",
    "items",
    "what",
    "id",
}
HOLDERS = {"scripts", "pitfalls", "checklists", "definition"}

BREAKS: dict[str, Any] = {
    "a misspelt key": lambda line: line.text.replace(f"{line.key}:", f"{line.key}x:"),
    "a key in capitals": lambda line: line.text.replace(f"{line.key}:", f"{line.key.upper()}:"),
    "no value": lambda line: line.with_value("") if line.key not in HOLDERS else None,
    "an empty text": lambda line: line.with_value('""') if line.key in TEXTS else None,
    "a list for a text": lambda line: line.with_value("[1, 2]") if line.key in TEXTS else None,
    "a number for a text": lambda line: line.with_value("12") if line.key in TEXTS else None,
    "a text for a list": lambda line: (
        line.with_value("some words") if line.key in {"items", "use_when"} else None
    ),
    "an unknown name": lambda line: (
        line.with_value("xyzzy") if line.key in {"stage", "kind", "purpose"} else None
    ),
    "a name with capitals": lambda line: line.with_value("Part One") if line.key == "id" else None,
    "a tab": lambda line: line.text.replace(": ", ":\t", 1) if ": " in line.text else None,
    "an open quotation mark": lambda line: line.text[:-1] if line.key in TEXTS else None,
    "words behind the quotation mark": lambda line: line.text + " more" if line.key in TEXTS else None,
    "an open bracket": lambda line: line.text[:-1] if line.text.endswith("]") else None,
    "a control character": lambda line: (
        line.text[:-1] + "\x07" + line.text[-1] if line.key in TEXTS else None
    ),
    "an anchor": lambda line: line.text.replace(": ", ": &here ", 1) if ": " in line.text else None,
    "an alias": lambda line: line.with_value("*here") if line.key in TEXTS else None,
    "a tag": lambda line: line.with_value(f"!thing {line.value}") if ": " in line.text else None,
    "filler": lambda line: line.with_value("TODO") if line.key in TEXTS else None,
    "an unknown slot": lambda line: line.with_value('"Give {xyzzy}."') if line.key in TEXTS else None,
    "the line twice": lambda line: (
        f"{line.text}\n{line.text.replace('- ', '  ', 1)}" if ": " in line.text else None
    ),
    "no line": lambda line: "" if line.key in NEEDED and not line.text.strip().startswith("- ") else None,
    "a merge key": lambda line: line.text.replace(f"{line.key}:", "<<:"),
    "a second document": lambda line: f"---\n{line.text}" if line.text[0] not in " t" else None,
    "two spaces more": lambda line: (
        "  " + line.text
        if not line.text.strip().startswith("- ") and line.key != "what"  # the only key of its mapping
        else None
    ),
    "an unknown key below": lambda line: (
        f"{line.text}\n{' ' * (len(line.text) - len(line.text.lstrip(' -')))}xyzzy: 1"
        if ": " in line.text
        else None
    ),
}


@pytest.mark.parametrize("way", BREAKS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=12)
@given(data=st.data())
def test_what_is_broken_is_found_where_it_was_broken(
    good: GoodHandbook, way: str, data: st.DataObject
) -> None:
    lines = written(data.draw(playbooks()))
    breakable = [index for index, line in enumerate(lines) if BREAKS[way](line) is not None]
    index = data.draw(st.sampled_from(breakable))
    broken = [line.text for line in lines]
    broken[index] = BREAKS[way](lines[index])
    text = "\n".join(line for line in broken if line) + "\n"
    found = good.lint(text)
    shown = "\n".join(f"{number:3} {line}" for number, line in enumerate(text.split("\n"), 1))
    around = {index + 1, index + 2, *(parent + 1 for parent in lines[index].parents)}
    assert any(finding.line in around for finding in found), f"{way} on line {index + 1}: {found}\n{shown}"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
@given(data=st.data())
def test_what_can_be_mended_is_mended_at_once(tmp_path: Path, data: st.DataObject) -> None:
    lines = written(data.draw(playbooks()))
    broken = [line.text for line in lines]
    for _ in range(data.draw(st.integers(1, 5))):
        index = data.draw(st.integers(0, len(lines) - 1))
        way = data.draw(st.sampled_from(sorted(BREAKS)))
        broken[index] = BREAKS[way](lines[index]) or broken[index]
    path = tmp_path / "book.yml"
    path.write_text("\n".join(broken) + "\n", encoding="utf-8")
    once = mend(read_handbook(GOOD, Path("good"), [path]), Settings(), [path], is_unsafe=True)
    [document] = [document for document in once.handbook.documents if document.path == path]
    path.write_text(document.text, encoding="utf-8")
    twice = mend(read_handbook(GOOD, Path("good"), [path]), Settings(), [path], is_unsafe=True)
    assert twice.fixed == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(playbook=playbooks())
def test_a_playbook_that_nobody_broke_is_clean(good: GoodHandbook, playbook: dict[str, Any]) -> None:
    text = "\n".join(line.text for line in written(playbook)) + "\n"
    assert [finding for finding in good.lint(text) if finding.severity == "error"] == []
