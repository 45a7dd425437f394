"""YAML is read by the 1.2 core schema, every value knows its place, and what is refused is named."""

import math

import pytest

from good_handbook import GoodHandbook
from playbook_press.compose import MAX_DEPTH, MAX_MARKS, MAX_PARTS, YamlNode, compose
from playbook_press.wrong_yaml import Problem

HEAD = "title: A title\nkind: note\nsummary: A summary.\n"
BYTE_ORDER_MARK = "\ufeff"
NEXT_LINE, LINE_SEPARATOR, PARAGRAPH_SEPARATOR = "\x85", "\u2028", "\u2029"


def value_of(scalar: str) -> object:
    root, problems = compose(f"key: {scalar}\n")
    assert problems == []
    assert root is not None
    plain = root.plain()
    assert isinstance(plain, dict)
    return plain["key"]


def node_of(text: str, *steps: str | int) -> YamlNode:
    root, problems = compose(text)
    assert problems == []
    node = root
    for step in steps:
        assert node is not None
        node = node.value[step][1] if isinstance(step, str) else node.value[step]
    assert node is not None
    return node


def problems_of(text: str) -> list[Problem]:
    return compose(text)[1]


@pytest.mark.parametrize(
    "scalar", ["no", "No", "NO", "yes", "Yes", "on", "On", "off", "OFF", "y", "n", "Y", "N"]
)
def test_words_of_yaml_1_1_are_text(scalar: str) -> None:
    assert value_of(scalar) == scalar


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("12", 12),
        ("-12", -12),
        ("+12", 12),
        ("012", 12),
        ("0o14", 12),
        ("0x1F", 31),
        ("1.10", 1.1),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("-1.5E-2", -0.015),
        (".inf", math.inf),
        ("-.INF", -math.inf),
    ],
)
def test_numbers_are_read_as_in_yaml_1_2(scalar: str, value: float) -> None:
    assert value_of(scalar) == value
    assert type(value_of(scalar)) is type(value)


def test_not_a_number_is_a_number() -> None:
    value = value_of(".nan")
    assert isinstance(value, float)
    assert math.isnan(value)


@pytest.mark.parametrize(
    "scalar",
    [
        "1:30",  # 90 in YAML 1.1
        "190:20:30",
        "1_000",  # 1000 in YAML 1.1
        "0b101",  # 5 in YAML 1.1
        "0o18",
        "0xG",
        "2026-11-22",  # a date in YAML 1.1
        "2026-11-22 10:00:00",
        "1.2.3",
        "1e",
        "+.nan",
        "٣",  # a digit, but not one of YAML's
        "9" * 101,  # nobody means it as a number
        "=",
        "tRUE",
        "nULL",
    ],
)
def test_what_only_looks_like_another_type_is_text(scalar: str) -> None:
    assert value_of(scalar) == scalar


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_null_has_five_forms(scalar: str) -> None:
    assert value_of(scalar) is None


@pytest.mark.parametrize(("scalar", "value"), [("true", True), ("True", True), ("FALSE", False)])
def test_true_and_false_have_three_forms_each(scalar: str, value: bool) -> None:  # noqa: FBT001 (a value to compare with)
    assert value_of(scalar) is value


@pytest.mark.parametrize("scalar", ['"12"', "'12'", "'~'", '"true"', '"0x1F"'])
def test_what_is_quoted_is_text(scalar: str) -> None:
    assert value_of(scalar) == scalar[1:-1]


@pytest.mark.parametrize("style", ["|", ">"])
def test_what_is_a_block_is_text(style: str) -> None:
    assert value_of(f"{style}-\n  12") == "12"


@pytest.mark.parametrize("key", ["no", "12", "012", "true", "~", "1.10"])
def test_keys_are_the_text_that_was_typed(key: str) -> None:
    root, _ = compose(f"{key}: value\n")
    assert root is not None
    assert root.plain() == {key: "value"}


def test_lists_and_mappings_nest() -> None:
    root, problems = compose("a:\n- b: 1\n  c: [2, {d: 3}]\n- e\n")
    assert problems == []
    assert root is not None
    assert root.plain() == {"a": ({"b": 1, "c": (2, {"d": 3})}, "e")}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_a_text_without_a_value_has_no_root(text: str) -> None:
    assert compose(text) == (None, [])


# Places


@pytest.mark.parametrize(
    ("text", "steps", "expected"),
    [
        ("key: value # note\n", ["key"], "value"),
        ("key: 'quoted' \n", ["key"], "'quoted'"),
        ('a: [1, "two", 3]\n', ["a", 1], '"two"'),
        ("a:\n  - one\n  - two words\n", ["a", 1], "two words"),
        ("a: |\n  one\n  two\n\n\nb: 1\n", ["a"], "|\n  one\n  two"),
        ("a: >-\n  one\n\n  two\n# a comment\nb: 1\n", ["a"], ">-\n  one\n\n  two"),
        ("a: |+\n  one\n\n\n", ["a"], "|+\n  one"),
        ("a: |\r\n  one\r\n  two\r\nb: 1\r\n", ["a"], "|\r\n  one\r\n  two"),
        ("a: one\n  two\nb: 1\n", ["a"], "one\n  two"),
        ("😀: 1\nb: 😀😀 c\n", ["b"], "😀😀 c"),
        ("😀: {é: 𝔞, b: c}\n", ["😀", "b"], "c"),
        (f"a: 'x{NEXT_LINE}y'\nb: z\n", ["b"], "z"),
        (f"a: 'x{LINE_SEPARATOR}y'\nb: z\n", ["b"], "z"),
        (f"a: x{NEXT_LINE}y\nb: z\n", ["a"], f"x{NEXT_LINE}y"),
        (f"a: x{LINE_SEPARATOR}y{PARAGRAPH_SEPARATOR}z\nb: z\n", ["b"], "z"),
    ],
)
def test_a_value_knows_where_it_stands(text: str, steps: list[str | int], expected: str) -> None:
    node = node_of(text, *steps)
    assert text[node.start : node.end] == expected


def test_a_key_knows_where_it_stands() -> None:
    text = "a:\n  'two words': 1\n"
    key, _ = node_of(text, "a").value["two words"]
    assert text[key.start : key.end] == "'two words'"


@pytest.mark.parametrize("character", [NEXT_LINE, LINE_SEPARATOR, PARAGRAPH_SEPARATOR])
def test_a_line_ends_where_editors_end_it(good: GoodHandbook, character: str) -> None:
    text = f"title: A{character}title\nkind: note\nsummary: 'A {character} summary.'\nstatus: finished\n"
    assert good.places(text) == [("PB104", 4, 9)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_once(good: GoodHandbook, end: str) -> None:
    text = f"{HEAD}owners:\n  - Robin\nstatus: finished\nstatus: draft\n".replace("\n", end)
    [choice, twice] = good.lint(text)
    assert (choice.code, choice.line, choice.column) == ("PB104", 6, 9)
    assert (twice.code, twice.line, twice.column) == ("PB006", 7, 1)
    assert "first on line 6" in twice.message


@pytest.mark.parametrize("marks", [1, 2])
def test_a_byte_order_mark_moves_nothing(good: GoodHandbook, marks: int) -> None:
    [finding] = good.lint(BYTE_ORDER_MARK * marks + HEAD.replace("A title", "2030"))
    assert (finding.code, finding.line, finding.column, finding.end_column) == ("PB103", 1, 8, 12)


def test_a_byte_that_is_not_utf_8_is_found_behind_a_byte_order_mark(good: GoodHandbook) -> None:
    content = (BYTE_ORDER_MARK + "title: é").encode() + b"\xe9\n"
    assert good.places(content) == [("PB001", 1, 9)]


def test_columns_are_characters_not_bytes(good: GoodHandbook) -> None:
    [finding] = good.lint(HEAD + "sources: [😀😀, é]\n".replace("é", "fisher-ury-1981"))[1:]
    assert (finding.code, finding.line, finding.column, finding.end_column) == ("PB304", 4, 15, 30)


# What is refused


@pytest.mark.parametrize(
    ("code", "line", "column", "text"),
    [
        ("PB003", 4, 9, f"{HEAD}owners: ]\n"),
        ("PB004", 4, 8, f"{HEAD}owners:\t[Robin]\n"),
        ("PB005", 4, 10, f"{HEAD}owners: [\x07Robin]\n"),
        ("PB005", 4, 10, f'{HEAD}owners: ["Robin\\a"]\n'),
        ("PB006", 4, 1, f"{HEAD}title: Another\n"),
        ("PB007", 4, 10, f"{HEAD}owners: [&r Robin]\n"),
        ("PB007", 4, 10, f"{HEAD}owners: [*r]\n"),
        ("PB008", 5, 3, f"{HEAD}definition:\n  <<: x\n  what: A talk.\n"),
        ("PB009", 4, 9, f"{HEAD}owners: !!seq [Robin]\n"),
        ("PB009", 4, 9, f"{HEAD}owners: !<tag:yaml.org,2002:seq> [Robin]\n"),
        ("PB010", 5, 3, f"{HEAD}stages:\n  [open]: x\n"),
        ("PB010", 5, 3, f"{HEAD}stages:\n  {{a: b}}: x\n"),
        ("PB010", 4, 1, f"{HEAD}: x\n"),
        ("PB010", 4, 3, "title: A title\nkind: note\nowners:\n- : x\n"),
        ("PB010", 4, 13, f"{HEAD}stages: {{a, : x}}\n"),
        ("PB003", 4, 15, f"{HEAD}owners: [All, :x]\n"),
        ("PB011", 4, 1, f"{HEAD}---\ntitle: x\n"),
        ("PB011", 4, 1, f"{HEAD}...\n# more\nowners: [a]\n"),
        ("PB011", 1, 1, f"...\n{HEAD}"),
        ("PB014", 1, 1, f"%TAG ! tag:example.org,2026:\n---\n{HEAD}"),
    ],
)
def test_each_refusal_points_at_its_place_and_brings_no_other(
    good: GoodHandbook, code: str, line: int, column: int, text: str
) -> None:
    assert good.places(text) == [(code, line, column)]


def test_the_depth_that_is_allowed_is_allowed() -> None:
    assert problems_of("[" * MAX_DEPTH + "]" * MAX_DEPTH) == []


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_one_level_more_is_refused_where_it_opens(opening: str) -> None:
    text = opening * (MAX_DEPTH + 1)
    [problem] = problems_of(text)
    assert problem.code == "PB012"
    assert problem.span.start == len(opening) * MAX_DEPTH


def test_depth_without_end_is_no_danger() -> None:
    [problem] = problems_of("[" * 1_000_000)
    assert problem.code == "PB012"


@pytest.mark.parametrize(
    ("words", "marks"), [("*", 1), ("*not* ", 2), ("[a](b)", 4), ("{a}", 2), (r"\n- a", 2), (r"\x2a", 1)]
)
def test_one_mark_more_is_refused_where_its_text_starts(words: str, marks: int) -> None:
    entry = f'- "a {words * 10}"\n'
    allowed = entry * (MAX_MARKS // (10 * marks))
    assert problems_of(allowed) == []
    [problem] = problems_of(allowed + entry)
    assert problem.code == "PB002"
    assert problem.span.start == len(allowed) + len("- ")


def test_signs_in_a_text_that_holds_nothing_to_parse_are_no_marks() -> None:
    assert problems_of(f"- {'Half - or all of it! ' * MAX_MARKS}\n") == []


@pytest.mark.parametrize("entry", ["- a\n", "- {}\n", "- [[]]\n"])
def test_a_file_has_no_more_keys_and_values_than_it_says(entry: str) -> None:
    allowed = entry * ((MAX_PARTS - 1) // (1 + entry.count("[[")))
    assert problems_of(allowed) == []
    [problem] = problems_of(allowed + entry * 2)
    assert problem.code == "PB002"


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("a: [One {b} here, c]\n", "{", "neither a comma nor the end follows"),
        ("a: ['it's b']\n", "s b", "neither a comma nor the end follows"),
        ("a: [b, c\nd: e\n", "[", "the bracket that opens here is not closed"),
        ("a: [b, c", "[", "the bracket that opens here is not closed"),
        ('a: "C:\\Users"\n', "\\U", "`\\U` means nothing"),
        ('a: "b\\x\\"\n', "\\x", "`\\x` means nothing"),
        ('a: "\\ud800"\n', "\\u", "`\\ud800` is no character"),
        ('a: "b\nc: d\ne: C:\\f g.\n', '"', "is not closed"),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", "<<<<<<<", "a conflict"),
        ("a: b\n>>>>>>> main\nc: d\n", ">>>>>>>", "a conflict"),
        ("a: b\r\n=======\r\nc: d\r\n", "=======", "a conflict"),
    ],
)
def test_what_breaks_a_file_is_told_where_it_stands(text: str, at: str, words: str) -> None:
    [problem] = problems_of(text)
    assert (problem.code, problem.span.start) == ("PB003", text.index(at))
    assert words in problem.message


@pytest.mark.parametrize("character", "\u034f\u200b\u206a\ufff9\U0001d173\U000e0041\U000e0101")
def test_a_character_that_nobody_sees_is_refused(character: str) -> None:
    [problem] = problems_of(f"a: b{character}c\n")
    assert (problem.code, problem.span.start) == ("PB005", 4)


def test_what_emoji_are_written_with_is_no_such_character() -> None:
    assert problems_of("a: 👩\u200d🔧 ❤\ufe0f\n") == []


def test_a_line_that_hardly_a_program_shows_is_refused() -> None:
    [problem] = problems_of("a: b\n# A remark.\rc: d\n")
    assert (problem.code, problem.span.start) == ("PB005", len("a: b\n# A remark."))
    assert problems_of("a: b\r# A remark.\rc: d\r") == []


@pytest.mark.parametrize(
    ("text", "helped"),
    [
        ("a: ['b' 'c']\n", "put a comma between them"),
        ("a: ['it's b']\n", "put the whole text in quotation marks"),
    ],
)
def test_a_list_that_breaks_behind_a_quotation_mark_is_helped(text: str, helped: str) -> None:
    assert [problem.help for problem in problems_of(text)] == [helped]


def test_an_invisible_character_is_told_once_whether_it_is_an_escape_or_not() -> None:
    told = [
        problem.span.start
        for problem in problems_of('a: "b\xadc\\n"\nd: "\\xad"\n')
        if problem.code == "PB005"
    ]
    assert told == [5, 14]


def test_an_alias_bomb_is_never_walked() -> None:
    levels = "".join(f"l{level}: &l{level} [{', '.join([f'*l{level - 1}'] * 9)}]\n" for level in range(1, 30))
    problems = problems_of(f"l0: &l0 [lol]\n{levels}")
    assert {problem.code for problem in problems} == {"PB007"}
    assert len(problems) == 30 + 29 * 9


def test_several_refusals_are_found_in_one_run(good: GoodHandbook) -> None:
    text = (
        "%YAML 1.2\n"
        "---\n"
        "title: &t A\ttitle\n"
        "kind: !kind note\n"
        "summary: A summary\x00.\n"
        "owners: [*t]\n"
        "stages:\n"
        "  <<: x\n"
        "  [open]: x\n"
        "kind: situation\n"
        "---\n"
        "a: b\n"
    )
    assert good.places(text) == [
        ("PB014", 1, 1),
        ("PB007", 3, 8),
        ("PB004", 3, 12),
        ("PB009", 4, 7),
        ("PB005", 5, 19),
        ("PB007", 6, 10),
        ("PB008", 8, 3),
        ("PB010", 9, 3),
        ("PB006", 10, 1),
        ("PB011", 11, 1),
    ]


def test_a_duplicate_key_says_where_the_first_one_stands() -> None:
    [problem] = problems_of("a: 1\nb: {c: 1, c: 2}\n")
    assert problem.message == "the key `c` stands here twice, first on line 2"
    assert problem.span == (15, 16)


def test_the_first_of_two_equal_keys_is_kept() -> None:
    root, _ = compose("a: first\na: second\n")
    assert root is not None
    assert root.plain() == {"a": "first"}


def test_a_key_written_in_two_ways_is_one_key() -> None:
    assert [problem.code for problem in problems_of("a: 1\n'a': 2\n")] == ["PB006"]


@pytest.mark.parametrize(
    ("text", "offset", "message"),
    [
        ("a: [1, 2\nb: 3\n", 3, "the bracket that opens here is not closed"),
        ("a: {b: 1\n", 3, "the brace that opens here is not closed"),
        ('a: "one\nb: two\n', 3, "the quotation mark that opens here is not closed"),
        ("a: 'it's late'\n", 7, "the text goes on behind its closing quotation mark"),
        ('a: "Yes" is a word\n', 9, "the text goes on behind its closing quotation mark"),
        ("a: one: two\n", 6, "a colon and a space inside a text"),
        ("a: %one\n", 3, "a text cannot start with %"),
        ("a: `one`\n", 3, "a text cannot start with `"),
    ],
)
def test_broken_yaml_is_shown_where_its_author_can_mend_it(text: str, offset: int, message: str) -> None:
    [problem] = problems_of(text)
    assert problem.code == "PB003"
    assert problem.span.start == offset
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    ("text", "offset", "message", "help_"),
    [
        ("a:One\nb: two\n", 1, "the colon of `a` has no space", "write `a: One`"),
        ("a: one\nb:two\nc: d\n", 8, "the colon of `b` has no space", "write `b: two`"),
        ("a: one\r\nb:two\r\nc: d\r\n", 9, "the colon of `b` has no space", "write `b: two`"),
        ("a:\n  - id:ask\n    b: c\n", 9, "the colon of `id` has no space", "write `id: ask`"),
        ("a:\n  - b\n  c:d\n  e: f\n", 12, "the colon of `c` has no space", "write `c: d`"),
        ("a:\xa0One\nb: two\n", 1, "the colon of `a` has a no-break space", "write `a: One`"),
        ("a: one\nb:\xa0two\nc: d\n", 8, "the colon of `b` has a no-break space", "write `b: two`"),
        ("a: one\nb\n  - two\n  - three\nc: d\n", 7, "the key `b` has no colon", "write `b:`"),
        ("a: one\nb\n- two\n- three\nc: d\n", 7, "the key `b` has no colon", "write `b:`"),
        ("a\n  b: one\n", 0, "the key `a` has no colon", "write `a:`"),
        (
            "a: one\nb\nc: d\n",
            7,
            "the key `b` has no colon",
            "write `b:`, or put spaces in front if it belongs to the text above",
        ),
    ],
)
def test_a_colon_that_is_amiss_is_shown_where_it_belongs(
    text: str, offset: int, message: str, help_: str
) -> None:
    [problem] = problems_of(text)
    assert (problem.code, problem.span.start, problem.help) == ("PB003", offset, help_)
    assert problem.message.startswith(message)


@pytest.mark.parametrize(
    "text",
    [
        "a: See\n  http://x\n  b: c\n",
        "a:\n  - Robin\n - Ann\n",
        "a: b\n  at 10:30\n  c: d\n",
        "a:one\n b: c\n",
    ],
)
def test_no_colon_is_amiss_where_a_text_or_a_list_goes_on(text: str) -> None:
    [problem] = problems_of(text)
    assert "colon" not in problem.message


@pytest.mark.parametrize(
    ("words", "quoted"),
    [
        ("[law](https://example.org) helps", '"[law](https://example.org) helps"'),
        ("[law] helps", '"[law] helps"'),
        ("[a, b](c) or d", '"[a, b](c) or d"'),
        ("{my-figure} would do.  # soon", '"{my-figure} would do."'),
        ('{my-figure} is "fair"', "'{my-figure} is \"fair\"'"),
        ("*law* helps", '"*law* helps"'),
        ("**law** helps", '"**law** helps"'),
        ("*law helps", '"*law helps"'),
        ("& so on", '"& so on"'),
        ("@home", '"@home"'),
        ("| or", '"| or"'),
        ("> more", '"> more"'),
        ("%1 more", '"%1 more"'),
        ("`code` helps", '"`code` helps"'),
    ],
)
@pytest.mark.parametrize("before", ["a: ", "- ", "b:\n  - ", "b:\n  - a: "])
def test_a_text_that_starts_with_a_mark_of_yaml_is_shown_in_quotation_marks(
    before: str, words: str, quoted: str
) -> None:
    [problem] = problems_of(f"{before}{words}\n")
    assert (problem.code, problem.span.start) == ("PB003", len(before))
    assert problem.help == f"put the whole text in quotation marks: `{quoted}`"


def test_a_list_is_no_text_where_the_line_below_is_wrong() -> None:
    [problem] = problems_of("a: [b, c]\n d: e\n")
    assert problem.span.start == len("a: [b, c]\n ")


def test_a_tab_that_breaks_the_file_is_named_alone() -> None:
    assert [problem.code for problem in problems_of("a:\n\tb: 1\n\tc: ]\n")] == ["PB004", "PB004"]
