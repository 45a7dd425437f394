"""Whatever an author types, a page shows those words and no other markup than the dialect's."""

import re
from collections.abc import Callable
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from hostile import corpus
from playbook_press.text import (
    MarkdownWriter,
    Node,
    escape,
    escape_attribute,
    is_allowed_link,
    links_in,
    parse_block,
    parse_inline,
    plain,
    slots_in,
    walk,
)

EXTENSIONS = [
    *("admonition", "attr_list", "def_list", "md_in_html", "tables", "toc", "footnotes", "abbr"),
    *(
        f"pymdownx.{name}"
        for name in (
            *("superfences", "snippets", "tasklist", "tabbed", "details", "emoji", "betterem", "caret"),
            *("tilde", "mark", "keys", "critic", "smartsymbols", "magiclink", "arithmatex"),
            *("blocks.html", "inlinehilite"),
        )
    ),
]
PYTHON_MARKDOWN = Markdown(
    extensions=EXTENSIONS,
    extension_configs={
        "pymdownx.tabbed": {"alternate_style": True},
        "pymdownx.snippets": {"base_path": ["."], "check_paths": True},
        "pymdownx.tasklist": {"custom_checkbox": True},
    },
)
COMMON_MARK = MarkdownIt("commonmark", {"html": True}).enable("table")
ENGINES: list[Callable[[str], str]] = [
    lambda text: PYTHON_MARKDOWN.reset().convert(text),
    COMMON_MARK.render,
]
INLINE_TAGS = {"em", "strong", "code", "a", "br", "span"}

# What means something to one of the engines, whole or in part.
MEANINGFUL = [
    *("*", "**", "_", "__", "`", "``", "~", "~~", "^", "^^", "==", "++", "--", "---", "***", "\\", "$", "$$"),
    *(
        "<b>",
        "</p>",
        "<br>",
        "<!-- x -->",
        "<script>",
        "<?php",
        "<![CDATA[",
        "<",
        ">",
        "<<",
        "<https://e.org>",
    ),
    *(
        "&",
        "&amp;",
        "&#38;",
        "&lt;",
        "[",
        "]",
        "(",
        ")",
        "[a](b)",
        "[a](https://e.org)",
        "[a]: https://e.org",
    ),
    *(
        "![i](https://e.org/i.png)",
        "[x](javascript:alert(1))",
        "[^1]",
        "[^1]: a",
        "*[HTML]: x",
        "[TOC]",
        "[[a]]",
    ),
    *(
        "[ ] ",
        "[x] ",
        "# ",
        "#1",
        "#",
        "> ",
        "- ",
        "+ ",
        "1. ",
        "1) ",
        "1\\. ",
        "1\\) ",
        "\\- ",
        ": ",
        "| a | b |",
    ),
    *(
        "|",
        "=",
        "===",
        "| --- |",
        "!!! note",
        '??? "x"',
        '=== "T"',
        '--8<-- "mkdocs.yml"',
        "/// html | div",
        "///",
    ),
    *(
        "```",
        "~~~",
        "    code",
        "\t",
        "\n",
        "\n\n",
        "  \n",
        "\\\n",
        "\r",
        "{: #a .b }",
        "{#id}",
        "{ .c }",
        "{due}",
    ),
    *(
        "{++a++}",
        "{--a--}",
        "{>>c<<}",
        "{==x==}",
        "{~~a~>b~~}",
        "++ctrl+c++",
        "`#!py x`",
        "{{ x }}",
        "{% x %}",
    ),
    *(
        "(c)",
        "(tm)",
        "(r)",
        "(C)",
        "1/2",
        "3/4",
        "c/o",
        "+/-",
        "=/=",
        "-->",
        "<--",
        "1st",
        "2nd",
        "3rd",
        "11th",
    ),
    *(
        "https://e.org",
        "HTTP://e.org",
        "www.e.org",
        "WWW.e.org",
        "ftp://e.org",
        "a@e.org",
        "mailto:a@e.org",
        "@user",
    ),
    *(
        "user/repo#12",
        "//host",
        "://",
        ":smile:",
        ":+1:",
        ":",
        "\\(x\\)",
        "\\[",
        "!",
        "\\!",
        '"',
        "'",
        "%",
        ".",
        "...",
    ),
    *(
        "\x00",
        "\x02",
        "\x03",
        "\x0c",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\u200b",
        "\x02wzxhzdk:0\x03",
        "klzzwxh:0",
    ),
    *("é", "e\u0301", "😀", "a", "x1", "0", " "),
]
TEXTS = st.lists(st.sampled_from(MEANINGFUL) | st.text(max_size=3), max_size=8).map("".join)


class Page(HTMLParser):
    """The words, the tags and the attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()
        self.words = " ".join(self.text.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag in {"br", "li", "p", "td", "th"}:
            self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.tags.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.tags.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.tags.append(f"<?{data}>")


def writer() -> MarkdownWriter:
    return MarkdownWriter(slot=lambda name: f'<span class="slot">{escape(name)}</span>', link=str)


def visible(words: str) -> str:
    """Words as a page shows them: spaces folded, control characters replaced."""
    words = re.sub("[\t-\r\x1c-\x1f\x85\u2028\u2029 ]+", " ", words)
    words = re.sub("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", "\ufffd", words)
    return " ".join(words.split())


def words_of(nodes: tuple[Node, ...]) -> str:
    return visible(plain(nodes, str))


def assert_shows(markdown: str, words: str, *tags: str) -> None:
    """Both engines make those words of it, in those tags, with nothing else around or inside them."""
    for engine in ENGINES:
        page = Page(engine(markdown))
        assert page.words == words
        assert [tag for tag in page.tags if tag not in INLINE_TAGS] == list(tags)


WHOLE = ["{}", "a {} b", "{} b", " {} b", "x{}y", "*a {} b*", "{0}{0}{0}"]
PART = ["{}", "x{}y", "a {}"]


# What an author types is shown as it is


def assert_text_is_inert(source: str) -> None:
    nodes = parse_inline(source)
    markdown, words = writer().inline(nodes), words_of(nodes)
    if words:
        assert_shows(markdown, words, "p")


def assert_text_is_inert_elsewhere(source: str) -> None:
    nodes = parse_inline(source)
    markdown, words = writer().inline(nodes), words_of(nodes)
    if words:
        assert_shows(f"## {markdown}\n\nend\n", f"{words} end", "h2", "p")
        assert_shows(f"- {markdown}\n- end\n", f"{words} end", "ul", "li", "li")
        assert_shows(
            f"| A | B |\n| --- | --- |\n| {markdown} | end |\n",
            f"A B {words} end",
            *("table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td"),
        )


@pytest.mark.parametrize(
    ("check", "patterns"), [(assert_text_is_inert, WHOLE), (assert_text_is_inert_elsewhere, PART)]
)
def test_every_piece_of_markup_is_shown_as_it_is(check: Callable[[str], None], patterns: list[str]) -> None:
    broken = []
    for source in (pattern.format(piece) for piece in MEANINGFUL for pattern in patterns):
        try:
            check(source)
        except AssertionError as error:
            broken.append(f"{source!r}: {error}")
    assert not broken, "\n\n".join([f"{len(broken)} texts are not shown as they are:", *broken[:20]])


@pytest.mark.parametrize("check", [assert_text_is_inert, assert_text_is_inert_elsewhere])
def test_every_hostile_string_is_shown_as_it_is(check: Callable[[str], None]) -> None:
    """Each by itself; in the browser, they stand in every field of the model."""
    broken = []
    for source in corpus():
        try:
            check(source)
        except AssertionError as error:
            broken.append(f"{source!r}: {error}")
    assert not broken, "\n\n".join([f"{len(broken)} texts are not shown as they are:", *broken[:20]])


@settings(max_examples=300, deadline=None)
@given(TEXTS)
@example("a ![i](https://e.org/i.png) b")  # a picture, of an exclamation mark and a link
@example("\u2028- a")
@example("WWW.e.org<b>")
@example("1st_")
def test_any_text_is_one_paragraph_of_its_words(source: str) -> None:
    assert_text_is_inert(source)


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_any_text_is_one_heading_one_list_entry_or_one_cell(source: str) -> None:
    assert_text_is_inert_elsewhere(source)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_escaped_words_read_as_those_words(words: str) -> None:
    if visible(words):
        assert_shows(f"a {escape(words)} b", visible(f"a {words} b"), "p")


@settings(max_examples=120, deadline=None)
@given(TEXTS)
@example('It\'s "here" & there')
def test_an_attribute_holds_the_words_it_was_given(words: str) -> None:
    tag = f'<span title="{escape_attribute(words)}">x</span>'
    for markdown in (f"a {tag} b\n", f"| A |\n| --- |\n| {tag} |\n"):
        for engine in ENGINES:
            [(_, name, value)] = Page(engine(markdown)).attributes
            assert (name, visible(value)) == ("title", visible(words))


@pytest.mark.parametrize(
    ("source", "words"),
    [("2026. A good year.", ["2026. A good year."]), ("3) Ask.\n4) Wait.", ["3. Ask.", "4. Wait."])],
)
def test_a_number_that_starts_no_list_of_its_own_is_kept(source: str, words: list[str]) -> None:
    for engine in ENGINES:
        page = Page(engine(writer().block(parse_block(source))))
        assert set(page.tags) == {"p"}
        assert "".join(page.text.split()) == "".join("".join(words).split())


@settings(max_examples=250, deadline=None)
@given(
    st.lists(
        st.sampled_from(["\n- ", "\n* ", "\n1. ", "\n7) ", "\n  - ", "\n    - ", "\n\n", "\n", "\n    "])
        | st.sampled_from(MEANINGFUL)
        | st.text(max_size=3),
        max_size=10,
    ).map("".join)
)
@example("- a\n- ")  # an empty entry would make a heading of the one above it
@example("1. a\n2. ")
@example("- - x")
@example("- *\n  - **")
@example("- \x1f\n  - **")
def test_any_block_is_paragraphs_and_lists_of_its_words(source: str) -> None:
    nodes = parse_block(source)
    for engine in ENGINES:
        page = Page(engine(writer().block(nodes)))
        assert "".join(page.text.split()) == "".join(words_of(nodes).split())
        assert set(page.tags) <= INLINE_TAGS | {"p", "ul", "ol", "li", "<!-- -->"}


@pytest.mark.parametrize(
    ("source", "lists"),
    [
        ("- a\n\n1. b", ["ul", "ol"]),
        ("1. a\n\n- b", ["ol", "ul"]),
        ("- a\n\n  - b\n\n  1. c\n\n- d", ["ul", "ul", "ol"]),
    ],
)
def test_lists_of_two_kinds_stay_two(source: str, lists: list[str]) -> None:
    for engine in ENGINES:
        page = Page(engine(writer().block(parse_block(source))))
        assert [tag for tag in page.tags if tag in {"ul", "ol"}] == lists


# The dialect


def html_of(source: str) -> set[str]:
    """What the engines make of a text; how they write its characters is their own affair."""
    return {unescape(engine(writer().inline(parse_inline(source))).strip()) for engine in ENGINES}


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("plain words", "plain words"),
        ("*slowly*", "<em>slowly</em>"),
        ("**never**", "<strong>never</strong>"),
        ("***both***", "<em><strong>both</strong></em>"),
        ("in*side*", "in<em>side</em>"),
        ("`a * b`", "<code>a * b</code>"),
        ("`{due}`", "<code>{due}</code>"),
        ("[*a* page](glossary#batna)", '<a href="glossary#batna"><em>a</em> page</a>'),
        ("{due}", '<span class="slot">due</span>'),
        ("**by {due}**", '<strong>by <span class="slot">due</span></strong>'),
        ("one\ntwo", "one two"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("\\*not emphasised\\*", "*not emphasised*"),
        ("\\{due}", "{due}"),
        ("{Due} {due--day} {-due} { due } {}", "{Due} {due--day} {-due} { due } {}"),
    ],
)
def test_the_dialect_has_emphasis_code_links_and_slots(source: str, html: str) -> None:
    assert html_of(source) == {f"<p>{html}</p>"}


@pytest.mark.parametrize("source", ["one  \ntwo", "one\\\ntwo"])
def test_a_block_may_break_a_line(source: str) -> None:
    for engine in ENGINES:
        page = Page(engine(writer().block(parse_block(source))))
        assert (page.tags, page.words) == (["p", "br"], "one two")


@pytest.mark.parametrize(
    "address",
    [
        *("https://e.org", "http://e.org/a?b=c&d=e#f", "HTTPS://E.ORG/", "mailto:a@e.org", "MailTo:a@e.org"),
        *("glossary", "glossary#batna", "playbooks/asking-for-time", "contexts/sales", "playbooks/x#ask-why"),
    ],
)
def test_links_lead_to_the_web_to_a_mailbox_or_to_a_page(address: str) -> None:
    assert is_allowed_link(address)
    assert links_in(f"Read [this]({address}) first.") == [address]


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "&#106;avascript:alert(1)"),
        *("javascript&colon;alert(1)", "%6Aavascript:alert(1)", "\x01javascript:alert(1)", "vbscript:x"),
        *(
            "data:text/html,<script>",
            "DATA:text/html;base64,x",
            "file:///etc/passwd",
            "ftp://e.org",
            "tel:112",
        ),
        *(
            "//e.org",
            "/\\e.org",
            "\\\\e.org",
            "/etc/passwd",
            "/",
            "../secret",
            "./x",
            "a/../b",
            "#top",
            "?q",
            "",
        ),
        *(
            "https:e.org",
            "https:/e.org",
            "https://",
            "mailto:",
            "https:\\\\e.org",
            "Glossary",
            "page.html",
            "a--b/",
            "intent://x",
            "é",
        ),
        # As it is hidden from those who look for the word: in letters like it, in references, between blanks.
        *(
            "ｊavascript:alert(1)",
            "javaſcript:alert(1)",
            "java&Tab;script:alert(1)",
            "java&NewLine;script:alert(1)",
        ),
        *(
            "javascript&#58alert(1)",
            "javascript\\:alert(1)",
            "\\javascript:alert(1)",
            "\u200bjavascript:alert(1)",
        ),
        *(
            "\xa0javascript:alert(1)",
            "\ufeffjavascript:alert(1)",
            "java\xadscript:alert(1)",
            "feed:javascript:x",
        ),
        *("view-source:https://e.org", "blob:https://e.org/1", "filesystem:https://e.org/1", "httpſ://e.org"),
        *("https://user:word@e.org/", "https://a@e.org", "http://[::1]/", "https://.e.org/", "ws://e.org"),
        *("mailto:a@e.org%0aBcc:b@e.org", "mailto:a@e.org?subject=a%0D%0ABcc:b@e.org", "http:javascript:x"),
        *(
            "..%2f..%2fsecret",
            "%2e%2e/secret",
            "glossary/../secret",
            "playbooks//x",
            "playbooks/x?y",
            "a#b#c",
        ),
    ],
)
def test_every_other_link_stays_text(address: str) -> None:
    assert not is_allowed_link(address)
    for source in (
        f"[label]({address})",
        f"[label](<{address}>)",
        f'[label]({address} "title")',
        f"<{address}>",
    ):
        assert "href" not in "".join(html_of(source))
        assert_text_is_inert(source)


@pytest.mark.parametrize("ending", ["<b>", '"x"', "'x'", "`x`", "\\x", " x", "\nx", "\u2028x"])
def test_an_address_holds_nothing_that_could_end_it(ending: str) -> None:
    assert not is_allowed_link(f"https://e.org/{ending}")


@pytest.mark.parametrize(
    "source",
    [
        "[label][ref]\n\n[ref]: https://e.org",
        "[label]\n\n[label]: https://e.org",
        "![picture](https://e.org/x.png)",
        "https://e.org",
        "www.e.org",
        "<https://e.org>",
        "a@e.org",
    ],
)
def test_nothing_else_becomes_a_link_or_a_picture_to_a_third_party(source: str) -> None:
    html = "".join(html_of(source))
    assert "<img" not in html
    assert html.count("href") == len(links_in(source)) * len(html_of(source))


ADDRESSES = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["https://e.org/", "http://", "mailto:a@e.org?", "HTTPS://e.org/"]),
        st.lists(
            st.sampled_from(
                [*"()&|*_$^{}[];',.%!#~=@", "**", "~~", "&amp;", "&#40;", "{.c}", ":smile:", "--8<--"]
            )
            | st.sampled_from(["%28", "%zz", "http://x", "www.x.org", "1/2", "(c)", "é", "😀", "((", "$x$"])
            | st.text(max_size=2),
            max_size=6,
        ).map("".join),
    ),
)
LABELS = st.sampled_from(
    ["label", "a *b* c", "`x`", "https://e.org/", "by {due}", "![x](http://y)", "[x", "!"]
)


@settings(max_examples=180, deadline=None)
@given(LABELS, ADDRESSES, st.sampled_from(["", "a ", "!", "a!"]))
@example("label", "https://e.org/$a&b$", "")
@example("label", "https://e.org/a|b_c_(d)", "")
@example("label", "https://e.org/x.png", "!")
def test_a_link_leads_where_it_says(label: str, address: str, before: str) -> None:
    nodes = parse_inline(f"{before}[{label}]({address}) end")
    addresses = [unquote(node.text) for node in walk(nodes) if node.kind == "link"]
    markdown, words = writer().inline(nodes), words_of(nodes)
    for whole in (markdown, f"| A |\n| --- |\n| {markdown} |\n"):
        for engine in ENGINES:
            page = Page(engine(whole))
            found = [(name, unquote(value)) for tag, name, value in page.attributes if tag != "span"]
            assert found == [("href", each) for each in addresses]
            assert page.words.removeprefix("A ") == words


def test_addresses_and_slots_go_through_the_functions_of_the_page() -> None:
    page_writer = MarkdownWriter(slot=lambda name: f"<{name}>", link=lambda address: f"../{address}/")
    markdown = page_writer.inline(parse_inline("{due} and [a page](glossary)"))
    assert markdown == "<due> and [a page](../glossary/)"


def test_words_go_through_the_function_of_the_page_except_inside_a_link() -> None:
    page_writer = MarkdownWriter(slot=str, link=str, words=str.upper)
    markdown = page_writer.inline(parse_inline("one *two* [three](glossary)"))
    assert markdown == "ONE <em>TWO</em> [three](glossary)"


# Slots


@pytest.mark.parametrize(
    ("source", "slots"),
    [
        ("", []),
        ("{a} {a} {b-2}", ["a", "a", "b-2"]),
        ("*{a}* **{b}** [{c}](glossary)", ["a", "b", "c"]),
        ("- one {a}\n- two {b}\n\nthree {c}", ["a", "b", "c"]),
        ("\\{a} `{b}` {C} {d e} {} {f", []),
        ("{{a}}", ["a"]),
        ("{a-} {-a} {a--b}", []),
    ],
)
def test_slots_are_found_in_order_and_as_often_as_they_stand(source: str, slots: list[str]) -> None:
    assert slots_in(source) == slots


# Blocks


class Outline(HTMLParser):
    """The lists, entries and paragraphs of a page, as nested brackets.

    Whether the words of an entry stand in a paragraph of their own is a matter of spacing.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.shown = ""
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        if not (tag == "p" and self.open[-1:] == ["li"]):
            self.shown += f"{tag}("
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        if not (tag == "p" and self.open[-1:] == ["li"]):
            self.shown += ")"


def outlines(source: str) -> set[str]:
    return {Outline(engine(writer().block(parse_block(source)))).shown for engine in ENGINES}


@pytest.mark.parametrize(
    ("source", "outline"),
    [
        ("one\n\ntwo", "p()p()"),
        ("- one\n- two", "ul(li()li())"),
        ("* one\n* two", "ul(li()li())"),
        ("1. one\n2. two", "ol(li()li())"),
        ("before\n\n- one\n- two\n\nafter", "p()ul(li()li())p()"),
        ("before\n- one\n- two", "p()ul(li()li())"),
        ("- one\n  - deeper\n    - deepest\n- two", "ul(li(ul(li(ul(li()))))li())"),
        ("- one\n  1. first\n  2. second\n- two", "ul(li(ol(li()li()))li())"),
        ("1. one\n   - deeper\n2. two", "ol(li(ul(li()))li())"),
        ("- **one**\n- `two`", "ul(li(strong())li(code()))"),
    ],
)
def test_blocks_have_paragraphs_and_nested_lists(source: str, outline: str) -> None:
    assert outlines(source) == {outline}


@pytest.mark.parametrize(
    "source",
    ["# one", "> one", "```\none\n```", "one\n===", "---", "| a |\n| - |", "    one", "<p>one</p>", "[a]: b"],
)
def test_blocks_have_nothing_else(source: str) -> None:
    for engine in ENGINES:
        assert set(Page(engine(writer().block(parse_block(source)))).tags) <= {"p", "code"}


# Plain words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("*a* **b** `c` [d](glossary) {e}", "a b c d …e…"),
        ("one  \ntwo\n\nthree", "one two three"),
        ("- one\n- two\n  - three", "one two three"),
        ("  \u2028 a \t b ", "a b"),
    ],
)
def test_plain_words_have_no_markup(source: str, words: str) -> None:
    assert plain(parse_block(source), lambda name: f"…{name}…") == words
