"""Whatever an author types, a comment shows those words: it mentions nobody, links nowhere, closes nothing."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from playbook_press.changes.handbook import diff
from playbook_press.changes.markdown import as_markdown, escaped
from playbook_press.changes.outline import Outline, outline
from playbook_press.changes.words import word_diff
from playbook_press.model import Checklist, Context, Library, Pitfall, Playbook, Script, Stage

GFM = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OUR_TAGS = {"<span>", "</span>", "<del>", "</del>", "<strong>", "</strong>"}
OUR_BLOCK = re.compile(r"<details><summary>\d+ changes[^<>]*</summary>\n|</details>\n")
# What GitHub and GitLab look for in the text that a reader sees.
ACTING = re.compile(
    r"[@#!~%&$^][\w\"]|\bGH-\d|\w://|\bwww\.\w|:\w+:|\b[0-9a-f]{7,40}\b|\*iteration:|\[\w+:\d|\[\[|[\[{][-+]",
    re.IGNORECASE,
)
NASTY = [
    *(
        "@everyone",
        "@octo-cat/team",
        "a@b.example",
        "#1",
        "GH-12",
        "!7",
        "$3",
        "~bug",
        "%2",
        "&4",
        "^alert#5",
    ),
    *("owner/repo#6", "group/project!7", "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef", "1234567", ":tada:"),
    *("https://evil.example/?q=1", "www.evil.example", "ftp://x.example", "[x](https://evil.example)"),
    *("![x](https://evil.example/x.png)", "<img src=x onerror=alert(1)>", "<script>alert(1)</script>"),
    *("</details>", "</summary>", "<!-- ", "-->", "<details open>", "<a href=x>", "&lt;b&gt;", "&#64;all"),
    *(
        "```",
        "~~~",
        "`code`",
        "$$x$$",
        "$`x`$",
        "| a | b |",
        "|---|",
        "***",
        "~~gone~~",
        "**bold**",
        "_",
        "\\",
    ),
    *(
        "# heading",
        "- item",
        "+ item",
        "1. item",
        "1) item",
        "> quote",
        "===",
        "---",
        "[ ] task",
        "[^1]: note",
    ),
    *(
        "[x]: https://evil.example",
        "/close",
        "/assign @me",
        "[[wiki]]",
        "[TOC]",
        "[[_TOC_]]",
        "{+ x +}",
        "[- x -]",
    ),
    *(
        "\u202egnirts",
        "\u200b",
        "\u2066x",
        "\U000e0041",
        "\x1b[2J",
        "\ufeff",
        "a\u00adb",
        "*iteration:1",
        "[issue:1]",
    ),
    *("a\n\nb", "\n", "\r\n    code", "\t", "\u2028", "é", "国", "👩‍🚀", "{slot}", "Your price is too high."),
]
WORDS = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=12)), min_size=1, max_size=6).map(
    " ".join
)
HARMLESS = "Some words."


def library(words: str, title: str = "A title") -> Library:
    """A handbook that says some words wherever an author can."""
    playbook = Playbook.model_construct(
        title=title,
        kind="note",
        summary=words,
        use_when=(words,),
        owners=(words,),
        scripts=(
            Script.model_construct(id="one", stage="open", they_say=words, say=words, because=words),
            Script.model_construct(id="two", stage=words, title=words, say=words, contexts=(words,)),
        ),
        pitfalls=(Pitfall.model_construct(id="pit", name=words, why=words, instead=words),),
        checklists=(Checklist.model_construct(id="list", title=words, purpose="do", items=(words, words)),),
    )
    context = Context.model_construct(title=words, summary=words, across=words)
    return Library(
        playbooks={"a-playbook": playbook},
        contexts={"sales": context},
        stages={"open": Stage.model_construct(title=words, summary=words)},
    )


def comment(words: str, before: str = "Other words entirely.") -> str:
    return as_markdown(outline(diff(library(before), library(words))))


def blocks(tokens: list[Token]) -> list[str]:
    return [token.type for token in tokens]


def inline(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or []]


def visible(tokens: list[Token]) -> str:
    """What a reader sees: the text, with its references read."""
    return "\n".join(
        "".join(" " if child.type == "softbreak" else child.content for child in token.children or [])
        for token in tokens
    )


def check(markdown: str) -> str:
    """Assert that a comment holds nothing but words and our own marks; return its words."""
    tokens = GFM.parse(markdown)
    for token in tokens:
        assert token.type not in {"fence", "code_block", "table_open", "blockquote_open", "hr"}
        if token.type == "html_block":
            assert OUR_BLOCK.fullmatch(token.content), token.content
    for child in inline(tokens):
        assert child.type not in {"link_open", "image", "hardbreak"}, child
        assert child.type != "code_inline" or child.content == "playbooks diff"
        if child.type == "html_inline":
            assert child.content in OUR_TAGS
    text = visible(tokens)
    assert not ACTING.search(text), ACTING.search(text)
    return text


@settings(deadline=None, max_examples=50)
@given(WORDS)
@example(" ".join(NASTY))
@example("- item")
@example("1. item")
@example("$a$ $b$")
@example("C@@")
def test_a_comment_is_its_words_and_nothing_else(words: str) -> None:
    markdown = comment(words)
    tokens = GFM.parse(markdown)
    assert blocks(tokens) == blocks(GFM.parse(comment(HARMLESS))) or not words.strip()
    check(markdown)


@settings(deadline=None, max_examples=50)
@given(WORDS)
def test_a_new_playbook_is_its_words_and_nothing_else(words: str) -> None:
    check(as_markdown(outline(diff(Library(), library(words, words)))))


@pytest.mark.parametrize("words", NASTY)
def test_nothing_that_was_typed_is_lost(words: str) -> None:
    shown = "".join(
        child.content for child in inline(GFM.parse(f"x{escaped(words)}x")) if child.type == "text"
    )
    letters = re.sub(r"\s+", "", words)
    for character in "\u200b\ufeff\u00ad\U000e0041":
        letters = letters.replace(character, f"⟨U+{ord(character):04X}⟩")
    letters = re.sub("[\x1b\u202e\u2066]", "\ufffd", letters)
    assert re.sub(r"\s+", "", shown).replace("\u200b", "")[1:-1] == letters


@settings(deadline=None, max_examples=50)
@given(WORDS, WORDS)
def test_words_that_differ_are_struck_out_and_bold_whatever_they_are(before: str, after: str) -> None:
    markdown = comment(f"same {after} same", f"same {before} same")
    check(markdown)
    went = [run for run in word_diff(f"same {before} same", f"same {after} same") if run.kind == "old"]
    tags = [child.type for child in inline(GFM.parse(markdown))] + re.findall("</?del>", markdown)
    assert tags.count("s_open") == tags.count("s_close")
    assert (tags.count("s_open") + tags.count("<del>") > 0) >= bool(went)


def test_marks_inside_a_sentence_are_read_as_marks() -> None:
    html = GFM.render(comment("I hear that, “Sam”.", "I see that, “Sam”."))
    assert "<s>see</s> <strong>hear</strong> that" in html


def test_what_differs_in_a_language_without_spaces_is_marked_too() -> None:
    assert "<del>下周</del> <strong>明天</strong>见面吗" in comment(
        "我们可以明天见面吗", "我们可以下周见面吗"
    )


def test_what_cannot_be_seen_is_named() -> None:
    assert "**pay⟨U+200B⟩ment**" in comment("The pay\u200bment is due.", "The payment is due.")


# Length


def long_change(scripts: int, length: int) -> Outline:
    lines = tuple(
        Script(id=f"script-{number}", stage="open", say=f"Line {number} " + "word " * length)
        for number in range(scripts)
    )
    before = Playbook(title="Long", kind="note", summary="Long.")
    after = before.model_copy(update={"scripts": lines})
    return outline(diff(Library(playbooks={"long": before}), Library(playbooks={"long": after})))


def test_a_comment_is_never_longer_than_a_comment_may_be() -> None:
    markdown = as_markdown(long_change(500, 100))
    assert 50_000 < len(markdown) <= 60_000
    told = markdown.count("- **Added**")
    assert f"{500 - told} more changes are left out here" in markdown
    assert markdown.count("<details>") == markdown.count("</details>") == 1
    check(markdown)


def test_a_comment_that_fits_leaves_nothing_out() -> None:
    markdown = as_markdown(long_change(100, 10))
    assert markdown.count("- **Added**") == 100
    assert "left out" not in markdown


def test_a_text_that_is_too_long_for_a_comment_says_how_much_is_not_shown() -> None:
    markdown = as_markdown(long_change(1, 3_000))
    assert re.search(r"word … \(13,\d+ more characters\)", unescape(markdown))
    assert len(markdown) < 5_000


def test_signs_that_take_room_once_they_are_harmless_do_not_break_the_limit() -> None:
    words = "@a " * 600
    many = {f"playbook-{number}": Playbook(title=words, kind="note", summary=words) for number in range(60)}
    markdown = as_markdown(outline(diff(Library(), Library(playbooks=many))))
    assert len(markdown) <= 60_000
    check(markdown)
