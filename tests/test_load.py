"""A folder becomes a library; a broken file costs only what is broken, and shifts nothing."""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from good_handbook import GOOD, GoodHandbook
from playbook_press.document import Document
from playbook_press.lint import lint
from playbook_press.load import File, HandbookError, built, read_handbook
from playbook_press.model import Playbook
from playbook_press.wrong_yaml import Span

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"


def place(document: Document, span: Span) -> tuple[int, int, str]:
    line, column = document.line_and_column(span.start)
    return line, column, document.text[span.start : span.end]


# The library


def test_every_file_of_the_folder_is_in_the_library() -> None:
    library = read_handbook(GOOD, Path("good")).library
    assert list(library.playbooks) == ["asking-for-time", "every-field", "minimal", "with-bom", "with-crlf"]
    assert list(library.contexts) == ["sales", "hiring-candidate"]
    assert list(library.stages) == ["open", "explore", "trade", "pressure", "close"]
    assert list(library.kinds) == ["note", "situation"]
    assert list(library.sources) == ["fisher-ury-2011", "malhotra-bazerman-2007"]
    assert list(library.glossary) == ["batna", "anchor"]
    assert list(library.worksheets) == ["walk-away"]


def test_a_kind_may_require_nothing() -> None:
    library = read_handbook(GOOD, Path("good")).library
    assert library.kinds["note"].requires == {}


def test_paths_are_as_the_person_knows_them() -> None:
    handbook = read_handbook(GOOD, Path("my", "books"))
    shown = {document.path.as_posix() for document in handbook.documents}
    assert {
        "my/books/minimal.yml",
        "my/books/vocabulary/kinds.yml",
        "my/books/worksheets/walk-away.yml",
    } <= shown


def test_values_are_what_the_model_says() -> None:
    playbook = read_handbook(GOOD, Path("good")).library.playbooks["every-field"]
    assert playbook.reviewed == date(2026, 11, 22)
    assert playbook.scripts[0].say == (
        "What would have to be true for {my-figure} to be fair? I ask because the answer helps us both."
    )
    assert playbook.examples[0].illustration is True
    assert playbook.pitfalls[0].sheet == 2


def test_line_ends_and_byte_order_mark_are_no_part_of_the_values() -> None:
    assert b"\r\n" in (GOOD / "with-crlf.yml").read_bytes()
    assert (GOOD / "with-bom.yml").read_bytes().startswith(b"\xef\xbb\xbf")
    playbooks = read_handbook(GOOD, Path("good")).library.playbooks
    assert playbooks["with-bom"].title == "Saved with a byte order mark"
    assert playbooks["with-crlf"].summary == (
        "Its lines end with a carriage return and a line feed,\nas they do in an older editor.\n"
    )


def test_a_further_playbook_takes_the_place_of_its_namesake(tmp_path: Path) -> None:
    (tmp_path / "minimal.yml").write_text(HEAD, encoding="utf-8")
    library = read_handbook(GOOD, Path("good"), [tmp_path / "minimal.yml"]).library
    assert library.playbooks["minimal"].title == "A title"


def test_a_handbook_needs_no_vocabulary_to_be_read(good: GoodHandbook, tmp_path: Path) -> None:
    (tmp_path / "book.yml").write_text(HEAD + "sources: [my-aunt]\n", encoding="utf-8")
    handbook = read_handbook(tmp_path, Path("here"))
    assert handbook.library.playbooks["book"].title == "A title"
    assert len(handbook.unreadable) == 5
    assert handbook.unreadable[0] == "here/vocabulary/contexts.yml: there is no such file"
    # What is not there is no reason to say that a reference leads nowhere.
    assert handbook.library.knows("sources", "my-aunt")
    assert good.places(HEAD + "sources: [my-aunt]\n") == [("PB304", 4, 11)]


# What cannot be read


@pytest.mark.parametrize("folder", [".", "worksheets"])
def test_no_file_takes_the_place_of_the_page_that_lists_all_of_its_kind(tmp_path: Path, folder: str) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    source = next((tmp_path / folder).glob("*.yml"))
    shutil.copy(source, tmp_path / folder / "index.yml")
    codes = {(finding.path, finding.code) for finding in lint(read_handbook(tmp_path, Path()))}
    assert ((Path(folder) / "index.yml").as_posix(), "PB013") in codes


def test_no_context_is_called_as_the_page_of_all_contexts_is(tmp_path: Path) -> None:
    shutil.copytree(GOOD, tmp_path, dirs_exist_ok=True)
    contexts = tmp_path / "vocabulary/contexts.yml"
    contexts.write_text(contexts.read_text(encoding="utf-8").replace("sales:", "index:"), encoding="utf-8")
    [finding] = [one for one in lint(read_handbook(tmp_path, Path())) if one.code == "PB105"]
    assert (finding.path, finding.line, finding.column) == ("vocabulary/contexts.yml", 1, 1)
    assert "the page of all contexts" in finding.message


def test_a_folder_that_is_missing_is_named() -> None:
    with pytest.raises(HandbookError, match=r"^books: there is no such folder$"):
        read_handbook(Path("/no/such"), Path("books"))


def test_a_file_in_the_place_of_the_folder_is_named() -> None:
    with pytest.raises(HandbookError, match=r"^books: a file, where a folder of playbooks should be$"):
        read_handbook(GOOD / "minimal.yml", Path("books"))


def test_a_folder_without_playbooks_is_named(tmp_path: Path) -> None:
    with pytest.raises(HandbookError, match=r"^books: no playbooks here: `\*\.yml` files are looked for$"):
        read_handbook(tmp_path, Path("books"))


@pytest.mark.parametrize("content", ["", "\n", "# Later\n", "~\n", "---\n", "\ufeff"])
def test_an_empty_file_is_named(tmp_path: Path, content: str) -> None:
    with pytest.raises(
        HandbookError, match=r"^shown\.yml: the file is empty: delete it, or start from another"
    ):
        built(content.encode(), File("playbooks", tmp_path / "book.yml", Path("shown.yml")))


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("vocabulary/glossary", "write `{}` where it has no entries yet"),
        ("vocabulary/synonyms", "delete it, or write its entries"),
        ("worksheets/walk-away", "delete it, or start from another worksheet"),
        ("minimal", "delete it, or start from another playbook"),
    ],
)
def test_an_empty_file_is_told_what_may_be_instead(tmp_path: Path, name: str, instead: str) -> None:
    folder = shutil.copytree(GOOD, tmp_path / "books")
    path = folder / f"{name}.yml"
    path.write_text("# Later\n", encoding="utf-8")
    assert read_handbook(folder, Path("books")).unreadable == [
        f"books/{name}.yml: the file is empty: {instead}"
    ]
    if "{}" in instead:
        path.write_text("{}\n", encoding="utf-8")
    else:
        path.unlink()
    assert read_handbook(folder, Path("books")).unreadable == []


def test_one_file_that_cannot_be_read_leaves_the_others_readable(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    shutil.copytree(GOOD, folder)
    (folder / "folder.yml").mkdir()
    (folder / "loop.yml").symlink_to("loop.yml")
    (folder / "dangling.yml").symlink_to("nowhere.yml")
    handbook = read_handbook(folder, Path("books"))
    assert list(handbook.unreadable) == [
        "books/dangling.yml: there is no such file",
        "books/folder.yml: a folder, where a YAML file should be",
        f"books/loop.yml: cannot be read: {os.strerror(40)}",
    ]
    assert "minimal" in handbook.library.playbooks


def test_an_unreadable_file_does_not_make_references_to_it_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    shutil.copytree(GOOD, folder)
    (folder / "asking-for-time.yml").write_text("title: [\n", encoding="utf-8")
    library = read_handbook(folder, Path("books")).library
    assert library.knows("playbooks", "asking-for-time")
    assert not library.knows("playbooks", "asking-for-tiem")


# Places


TEXT = f"""{HEAD}scripts:
  - id: ask-why
    stage: explore
    say: >-
      Why is {{amount}} fair,
      and {{amount}} not?
  - id: ask-more
    contexts: [sales, hiring-candidate]
    stage: explore
    say: What else?
"""


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (("title",), (1, 8, "A title")),
        (("scripts",), (4, 1, "scripts")),
        (("scripts", 0), (5, 5, "id")),
        (("scripts", 0, "id"), (5, 9, "ask-why")),
        (("scripts", 1), (10, 5, "id")),
        (("scripts", 1, "contexts", 1), (11, 23, "hiring-candidate")),
        # What is missing is shown at what lacks it.
        (("scripts", 0, "title"), (5, 5, "id")),
        (("scripts", 7), (4, 1, "scripts")),
        ((), (1, 1, "title")),
        (("nowhere",), (1, 1, "title")),
    ],
)
def test_a_location_leads_to_its_line(
    good: GoodHandbook, location: tuple[str | int, ...], expected: tuple[int, int, str]
) -> None:
    document, _ = good.read(TEXT)
    assert place(document, document.where(location)) == expected


def test_a_location_leads_to_its_key_on_request(good: GoodHandbook) -> None:
    document, _ = good.read(TEXT)
    assert place(document, document.where(("title",), key=True)) == (1, 1, "title")


def test_a_location_leads_to_an_excerpt_of_its_text(good: GoodHandbook) -> None:
    document, _ = good.read(TEXT)
    say = ("scripts", 0, "say")
    assert place(document, document.where(say, excerpt="{amount}")) == (8, 14, "{amount}")
    # An excerpt that stands otherwise in the file leaves the whole.
    assert document.where(say, excerpt="fair, and") == document.where(say)


def test_the_last_line_is_read_without_a_line_end(good: GoodHandbook) -> None:
    document, _ = good.read(HEAD.rstrip("\n"))
    assert document.line(3) == "summary: A summary."
    assert document.line_and_column(len(document.text)) == (3, 20)


# What is left out


def test_the_rest_of_a_broken_file_is_checked(good: GoodHandbook) -> None:
    text = (
        "title: 2030\n"
        "kind: recipe\n"
        "summary:\n"
        "colour: green\n"
        "reviewed: yesterday\n"
        "use_when:\n"
        "  - TODO\n"
        "  - 7\n"
        "  - They have named a figure (TBD).\n"
        "scripts:\n"
        "  - id: Ask Why\n"
        "    stage: exploring\n"
        "    say: Why?\n"
    )
    assert good.places(text) == [
        ("PB103", 1, 8),
        ("PB303", 2, 7),
        ("PB202", 3, 1),
        ("PB101", 4, 1),
        ("PB106", 5, 11),
        ("PB204", 7, 5),
        ("PB103", 8, 5),
        ("PB204", 9, 31),
        ("PB105", 11, 9),
    ]


@pytest.mark.parametrize(
    "broken",
    [
        "",  # an entry with nothing in it
        " 7",
        " {id: ask-why}",  # keys are missing
        " {id: Ask Why, stage: open, say: What for}",
    ],
)
def test_what_is_left_out_of_a_list_hides_and_shifts_nothing_behind_it(
    good: GoodHandbook, broken: str
) -> None:
    text = (
        f"{HEAD}scripts:\n"
        f"  -{broken}\n"
        "  - id: ask-more\n"
        "    stage: exploring\n"
        "    say: What else? TODO\n"
        "  - id: ask-again\n"
        "    stage: open\n"
        "    say: Would {that} help?\n"
    )
    found = [finding for finding in good.places(text) if finding[1] > 5]
    assert found == [("PB302", 7, 12), ("PB204", 8, 21), ("PB308", 11, 16)]


@pytest.mark.parametrize(
    ("code", "line", "column", "text"),
    [
        # A key that has a value of the wrong kind is not missing.
        ("PB103", 1, 8, "title: 2030\nkind: note\nsummary: A summary.\n"),
        ("PB202", 1, 1, "title:\nkind: note\nsummary: A summary.\n"),
        ("PB105", 2, 7, "title: A title\nkind: A Note\nsummary: A summary.\n"),
        (
            "PB104",
            7,
            14,
            f"{HEAD}checklists:\n  - id: c\n    title: To do first\n    purpose: prepares\n    items: [Sit.]\n",
        ),
        # A list is not too short because an entry of it is refused.
        (
            "PB102",
            9,
            9,
            (
                f"{HEAD}dialogues:\n  - id: price\n    title: The price\n    context: sales\n    turns:\n"
                "      - who: they\n      - who: you\n        says: Compared with what?\n"
            ),
        ),
        (
            "PB202",
            9,
            9,
            (
                f"{HEAD}dialogues:\n  - id: price\n    title: The price\n    context: sales\n    turns:\n"
                "      - ''\n      - who: you\n        says: Compared with what?\n"
            ),
        ),
        # A slot is not undeclared because its declaration is refused.
        (
            "PB101",
            7,
            5,
            f"{HEAD}slots:\n  due:\n    label: Day\n    lable: Day\n    example: Friday\nuse_when:\n  - It is {{due}} today.\n",
        ),
        (
            "PB102",
            5,
            3,
            f"{HEAD}slots:\n  due:\n    label: Day\nuse_when:\n  - It is {{due}} today.\n",
        ),
        # Nor unused because the script that uses it is.
        (
            "PB102",
            9,
            5,
            f"{HEAD}slots:\n  due:\n    label: Day\n    example: Friday\nscripts:\n  - id: ask\n    say: On {{due}}?\n",
        ),
        # A section is not missing, nor too short, because what it holds is refused.
        (
            "PB103",
            5,
            11,
            (
                "title: A title\nkind: situation\nsummary: A summary.\n"
                "pitfalls: [{id: p, name: A name, why: A reason, instead: A way}]\nuse_when: They have named a figure.\n"
                "scripts:\n  - {id: a, stage: open, say: One line}\n  - {id: b, stage: open, say: Two lines}\n"
            ),
        ),
        (
            "PB102",
            7,
            6,
            (
                "title: A title\nkind: situation\nsummary: A summary.\n"
                "pitfalls: [{id: p, name: A name, why: A reason, instead: A way}]\nuse_when: [They have named a figure.]\n"
                "scripts:\n  - {id: a, stage: open}\n  - {id: b, stage: open, say: Two lines}\n"
            ),
        ),
        # What an alias stands for is not empty, and what a merge key brings in is not missing.
        ("PB007", 4, 10, f"{HEAD}owners: [*r]\n"),
        ("PB007", 3, 10, "title: A title\nkind: note\nsummary: *s\n"),
    ],
)
def test_what_rests_on_something_left_out_is_not_reported(
    good: GoodHandbook, code: str, line: int, column: int, text: str
) -> None:
    assert good.places(text) == [(code, line, column)]


def test_findings_beside_what_is_left_out_are_reported(good: GoodHandbook) -> None:
    text = (
        f"{HEAD}slots:\n"
        "  due:\n"
        "    label: Day\n"
        "    example: Friday\n"
        "    type: day\n"
        "  friend:\n"
        "    label: A friend (TBD)\n"
        "    example: Robin\n"
        "use_when:\n"
        "  - {due} {friend} {fiend}\n".replace("- {", "- Say {")
    )
    assert good.places(text) == [("PB104", 8, 11), ("PB204", 10, 22)]


@pytest.mark.parametrize("broken", ["title: [\n", "- a list\n", "\x00", "title: &a *a\n"])
def test_a_file_that_is_too_broken_makes_no_reference_to_it_wrong(tmp_path: Path, broken: str) -> None:
    folder = tmp_path / "books"
    shutil.copytree(GOOD, folder)
    (folder / "asking-for-time.yml").write_text(broken, encoding="utf-8")
    (folder / "vocabulary" / "sources.yml").write_text(broken, encoding="utf-8")
    (folder / "worksheets" / "walk-away.yml").write_text(broken, encoding="utf-8")
    touched = {finding.path for finding in lint(read_handbook(folder, Path("books")))}
    assert touched == {
        "books/asking-for-time.yml",
        "books/vocabulary/sources.yml",
        "books/worksheets/walk-away.yml",
    }


def test_a_broken_entry_of_the_vocabulary_makes_no_reference_to_it_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "books"
    shutil.copytree(GOOD, folder)
    sources = folder / "vocabulary" / "sources.yml"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace("year: 2011", "year: soon"), encoding="utf-8"
    )
    kinds = folder / "vocabulary" / "kinds.yml"
    kinds.write_text(kinds.read_text(encoding="utf-8").replace("scripts: 2", "scripts: 0"), encoding="utf-8")
    assert [(finding.path, finding.code) for finding in lint(read_handbook(folder, Path("books")))] == [
        ("books/vocabulary/kinds.yml", "PB107"),
        ("books/vocabulary/sources.yml", "PB103"),
    ]


def test_a_stand_in_for_a_missing_key_never_shows(good: GoodHandbook) -> None:
    document, findings = good.read("status: draft\n")
    assert isinstance(document.value, Playbook)
    assert [(finding.code, finding.line, finding.column) for finding in findings] == [("PB102", 1, 1)] * 3
    assert sorted(finding.message for finding in findings) == [
        "the key `kind` is missing here",
        "the key `summary` is missing here",
        "the key `title` is missing here",
    ]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ("parts:\n- {type: Form, id: pay, title: Pay}\n", ["PB104"]),
        ("parts: []\n", ["PB202"]),
        ("parts:\n", ["PB202"]),
        ("", ["PB102"]),
        ("parts: x\n", ["PB103"]),
    ],
)
def test_a_worksheet_without_its_parts_is_told_once(parts: str, expected: list[str], tmp_path: Path) -> None:
    folder = shutil.copytree(GOOD, tmp_path / "playbooks")
    (folder / "worksheets/form.yml").write_text(
        f"title: A form\nsummary: A summary.\n{parts}", encoding="utf-8"
    )
    assert [finding.code for finding in lint(read_handbook(folder, Path()))] == expected


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("use_when:\n  - {my-figure}\n  - They have.\n", 5, 5),
        ("scripts:\n  - id: ask\n    stage: open\n    title: Ask\n    say: {my-figure}\n", 8, 10),
    ],
)
def test_a_blank_without_quotation_marks_is_told_once(
    good: GoodHandbook, text: str, line: int, column: int
) -> None:
    slots = "slots:\n  my-figure: {label: Your figure, example: £5, type: money}\n"
    [finding] = good.lint(f"{HEAD}{text}{slots}")
    assert (finding.code, finding.line, finding.column) == ("PB103", line, column)
    assert finding.end_column == column + len("{my-figure}")
    assert finding.help == 'put the whole text in quotation marks: `"{my-figure}"`'


@pytest.mark.parametrize(
    ("text", "line", "help_"),
    [
        (HEAD.replace("title:", "Title:"), 1, "did you mean `title`?"),
        (
            f"{HEAD}scripts:\n  - id: ask\n    stage: open\n    title: Ask\n    says: Why is that?\n",
            8,
            "did you mean `say`?",
        ),
    ],
)
def test_a_key_that_is_misspelt_is_not_missing_as_well(
    good: GoodHandbook, text: str, line: int, help_: str
) -> None:
    [finding] = good.lint(text)
    assert (finding.code, finding.line, finding.help) == ("PB101", line, help_)


def test_a_key_that_is_misspelt_elsewhere_is_still_missing(good: GoodHandbook) -> None:
    entries = "  - id: ask\n    stage: open\n    title: Ask\n    says: Why?\n  - id: tell\n    stage: open\n    title: Tell\n"
    found = good.places(f"{HEAD}scripts:\n{entries}")
    assert found == [("PB101", 8, 5), ("PB102", 9, 5)]


def test_a_slot_that_is_misspelt_is_not_unused_as_well(good: GoodHandbook) -> None:
    slots = "slots:\n  my-figure: {label: Your figure, example: £5, type: money}\n  other: {label: Other, example: x}\n"
    found = good.lint(f"{HEAD}{slots}use_when: ['They heard {{my-figrue}}.']\n")
    assert [(one.code, one.line) for one in found if one.code.startswith("PB3")] == [
        ("PB309", 6),
        ("PB308", 7),
    ]
