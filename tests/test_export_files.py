"""The handbook as JSON with its schema, as CSV, as llms.txt and as a feed."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from good_handbook import GOOD
from playbook_press.export.as_csv import COLUMNS, scripts_csv
from playbook_press.export.as_json import handbook, handbook_json, handbook_schema
from playbook_press.export.everything import everything, source_of
from playbook_press.export.feed import feed
from playbook_press.export.llms import Listed, llms_txt
from playbook_press.export.place import Site
from playbook_press.load import read_handbook
from playbook_press.model import Library, Playbook, Script, Slot, texts
from playbook_press.pages import build_pages, has_feed
from site_under_test import ROOT

SITE = Site("Good", "https://good.example/", "Words to *say*.")
ODD = (
    "=1+1",
    "+1",
    "-1",
    "@a",
    "'tis",
    " =2",
    "＝3",
    "a\nb",
    'say "no", twice',
    "",
    "café ☂ <b>&",
    "*x*",
    "\\*y",
)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(GOOD, Path("playbooks")).library


def saying(library: Library, *lines: str) -> Library:
    """The good handbook with one playbook that says some lines."""
    slot = Slot(label="Your *figure*", example="£62,000", type="money")
    scripts = tuple(
        Script(id=f"line-{number}", stage="trade", they_say=line, say=line or "x", because=line, title=line)
        for number, line in enumerate(lines)
    )
    made = Playbook(title="=Odd", kind="note", summary="", slots={"figure": slot}, scripts=scripts)
    return replace(library, playbooks={"odd": made}, worksheets={})


def valid(library: Library, site: Site = SITE) -> dict[str, Any]:
    """The handbook's JSON, which its schema accepts."""
    schema = json.loads(handbook_schema(site))
    Draft202012Validator.check_schema(schema)
    found: dict[str, Any] = json.loads(handbook_json(library, site))
    assert [error.message for error in Draft202012Validator(schema).iter_errors(found)] == []
    assert found["$schema"] == schema["properties"]["$schema"]["const"]
    return found


def test_the_schema_accepts_the_json_of_any_handbook(library: Library) -> None:
    common_ground = read_handbook(ROOT / "playbooks", Path("playbooks")).library
    for each in (common_ground, library, Library(), saying(library, *ODD)):
        valid(each)
    valid(library, Site("No address"))


def test_the_schema_refuses_what_is_no_handbook(library: Library) -> None:
    schema = Draft202012Validator(json.loads(handbook_schema(SITE)))
    found = handbook(library, SITE)
    for key in found:
        assert not schema.is_valid({name: value for name, value in found.items() if name != key})
    assert not schema.is_valid({**found, "format": found["format"] + 1})
    assert not schema.is_valid({**found, "more": 1})
    script = found["playbooks"][0]["scripts"][0]
    for wrong in ({"say": None}, {"stage": "No Id"}, {"stage": "an-id\n"}, {"odd": ""}, {"sheet": 100}):
        scripts = [script | wrong]
        assert not schema.is_valid({**found, "playbooks": [found["playbooks"][0] | {"scripts": scripts}]})


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield key
            yield from strings(child)
    elif isinstance(value, list):
        for child in value:
            yield from strings(child)


def test_everything_an_author_wrote_is_in_the_json_as_it_was_written(library: Library) -> None:
    found = set(strings(valid(library)))
    parts = [library.contexts, library.stages, library.kinds, library.sources, library.glossary]
    for part in [*parts, library.worksheets, library.playbooks]:
        assert {text.words for value in part.values() for text in texts(value)} <= found
        assert set(part) <= found


def test_the_slots_of_a_script_are_named_and_its_plain_words_show_their_examples(library: Library) -> None:
    (playbook,) = valid(saying(library, "So {figure}, *{figure}* or {other}."))["playbooks"]
    (script,) = playbook["scripts"]
    assert script["say"] == "So {figure}, *{figure}* or {other}."
    assert script["plain"]["say"] == "So £62,000, £62,000 or Other."
    assert script["slots"] == ["figure", "other"]
    assert playbook["slots"]["figure"] == {"label": "Your *figure*", "example": "£62,000", "type": "money"}


def test_a_line_of_several_paragraphs_keeps_them_apart(library: Library) -> None:
    script = Script(id="line", stage="trade", say="One\nline.\n\nTwo:\n\n- *a*\n- b\n\n    1. c\n")
    made = Playbook(title="Odd", kind="note", summary="", scripts=(script,))
    found = valid(replace(library, playbooks={"odd": made}))["playbooks"][0]["scripts"][0]
    assert found["plain"]["say"] == "One line.\nTwo:\n- a\n- b\n  1. c"


def rows(library: Library, site: Site = SITE) -> list[dict[str, str]]:
    """The rows of the CSV, as a program reads them from the file."""
    content = scripts_csv(library, site).encode()
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", newline="")
    return list(csv.DictReader(text, strict=True))


def test_no_cell_is_a_formula_and_every_cell_reads_back_as_it_was(library: Library) -> None:
    made = saying(library, *ODD)
    plain = {script["id"]: script["plain"] for script in valid(made)["playbooks"][0]["scripts"]}
    found = rows(made)
    assert len(found) == len(ODD)
    for row in found:
        for cell in row.values():
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
        words = {column: cell.removeprefix("'") for column, cell in row.items()}
        for field in ("they_say", "say", "because", "title"):
            assert words[field] == plain[row["id"]][field]
    assert found[0]["playbook_title"] == "'=Odd"
    assert found[ODD.index("'tis")]["they_say"] == "''tis"


def test_the_csv_is_of_the_form_that_programs_expect(library: Library) -> None:
    text = scripts_csv(saying(library, "a\nb", 'c "d"'), SITE)
    assert text.startswith("\ufeff" + ",".join(COLUMNS) + "\r\n")
    assert text.endswith("\r\n")
    assert '"c ""d"""' in text
    assert {len(row) for row in csv.reader(io.StringIO(text, newline=""))} == {len(COLUMNS)}


def test_every_script_has_a_row(library: Library) -> None:
    found = rows(library)
    scripts = [(name, script) for name, made in library.playbooks.items() for script in made.scripts]
    assert [(row["playbook"], row["id"]) for row in found] == [(name, script.id) for name, script in scripts]
    for row, (name, script) in zip(found, scripts, strict=True):
        assert row["address"] == f"https://good.example/playbooks/{name}/#{script.id}"
        assert row["contexts"] == "; ".join(script.contexts)
        assert (row["stage"], row["channel"]) == (script.stage, script.channel)
    odd = rows(saying(library, "So {figure}."))[0]
    assert (odd["say"], odd["blanks"]) == ("So {£62,000}.", "Your figure")
    assert rows(library, Site("Good"))[0]["address"].startswith("playbooks/")


def reviewed(library: Library, **days: date | None) -> Library:
    playbook = Playbook(title="A & *b* <c>", kind="note", summary='Say "no" ]]>', owners=("Ann & Co",))
    made = {name: playbook.model_copy(update={"reviewed": day}) for name, day in days.items()}
    return replace(library, playbooks=made, worksheets={})


def test_the_feed_lists_what_was_read_through_the_newest_first(library: Library) -> None:
    made = reviewed(library, old=date(2024, 2, 29), never=None, new=date(2026, 1, 2), same=date(2024, 2, 29))
    found = feedparser.parse(feed(made, SITE).encode())
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.feed.title == "Good"
    assert found.feed.updated == "2026-01-02T00:00:00Z"
    assert [(link.rel, link.href) for link in found.feed.links] == [
        ("self", "https://good.example/feed.xml"),
        ("alternate", "https://good.example/"),
    ]
    assert [entry.id for entry in found.entries] == [
        f"https://good.example/playbooks/{name}/" for name in ("new", "old", "same")
    ]
    assert [entry.updated for entry in found.entries][:2] == ["2026-01-02T00:00:00Z", "2024-02-29T00:00:00Z"]
    entry = found.entries[0]
    assert entry.title_detail.type == "text/plain"
    assert (entry.title, entry.summary, entry.author) == ("A & b <c>", 'Say "no" ]]>', "Ann & Co")
    assert entry.link == entry.id


ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_has_all_that_the_standard_asks_for(library: Library) -> None:
    root = ET.fromstring(feed(reviewed(library, a=date(2024, 2, 29)), SITE))  # noqa: S314 (it is our own)
    for element in (root, *root.iter(f"{ATOM}entry")):
        tags = [child.tag.removeprefix(ATOM) for child in element]
        for once in ("id", "title", "updated"):
            assert tags.count(once) == 1
        assert "author" in tags
        for link in element.findall(f"{ATOM}link"):
            assert link.attrib["href"].startswith("https://good.example/")
        moment = element.findtext(f"{ATOM}updated") or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment)


def test_without_an_address_or_a_review_there_is_no_feed(library: Library) -> None:
    read = reviewed(library, a=date(2024, 2, 29))
    assert has_feed(read, SITE.url)
    assert not has_feed(read, "")
    assert not has_feed(reviewed(library, a=None), SITE.url)
    for made, site in ((read, Site("Good")), (reviewed(library, a=None), SITE)):
        pages = map(source_of, build_pages(made, site.title, site.url))
        files = {path: write() for path, write in everything(made, site, pages)}
        assert "feed.xml" not in files
        assert "feed.xml" not in files["llms.txt"]
        assert "feed.xml" not in files["tools/take-along/index.md"]


def test_llms_txt_is_a_title_a_summary_and_sections_of_links() -> None:
    pages = [
        Listed("index.md", "Good", "", "index.md"),
        Listed("playbooks/index.md", "Playbooks", "", "playbooks/index.md"),
        Listed("playbooks/a.md", "A ](b) <i>", "Says\n# *x*", "playbooks/a/index.md"),
        Listed("guide/first.md", "First", "", "guide/first/index.md"),
        Listed("contribute/rules/pb001.md", "PB001", "", "contribute/rules/pb001/index.md"),
    ]
    text = llms_txt(SITE, pages, ["handbook.json"])
    tokens = MarkdownIt("commonmark").parse(text)
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2", "h2", "h2"]
    assert text.startswith("# Good\n\n> Words to \\*say\\*.\n\n")
    assert (
        "## Playbooks\n\n"
        "- [Playbooks](https://good.example/playbooks/index.md)\n"
        "- [A \\](b) \\<i>](https://good.example/playbooks/a/index.md): Says # \\*x\\*\n\n"
        "## Guide\n\n- [First](https://good.example/guide/first/index.md)\n\n"
        "## Optional\n\n- [Good](https://good.example/index.md)\n- [handbook.json]("
    ) in text
    assert "pb001" not in text
    assert "](playbooks/a/index.md)" in llms_txt(Site("Good"), pages, [])


def test_two_exports_are_the_same_to_the_byte(library: Library) -> None:
    def export() -> list[tuple[str, str]]:
        pages = build_pages(library, SITE.title, SITE.url, has_sheets=True)
        return [(path, write()) for path, write in everything(library, SITE, map(source_of, pages))]

    first = export()
    assert first == export()
    assert len({path for path, _ in first}) == len(first)
