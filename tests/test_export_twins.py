"""The Markdown twin of a page: it reads as the page does, and whatever was typed stays text."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from good_handbook import GOOD
from playbook_press.export.everything import source_of
from playbook_press.export.twins import Twins
from playbook_press.load import read_handbook
from playbook_press.model import Library, Playbook, Script, Slot
from playbook_press.pages import build_pages
from playbook_press.text import MarkdownWriter, escape, parse_block, parse_inline, plain

HOSTILE = (Path(__file__).parent / "browser/hostile.txt").read_text(encoding="utf-8").splitlines()
ENGINES = [MarkdownIt("commonmark", {"html": html_on}).enable("table") for html_on in (False, True)]
ALPHABET = st.sampled_from(
    [*"aZ19é£“ \\`*_{}[]()<>&#|~^$@=!+-.:;?%\"'/", "www.", "http:", "--", "<b>", "&lt;"]
)


def tokens(markdown: str, engine: MarkdownIt) -> list[Token]:
    return [child for token in engine.parse(markdown) for child in (token, *(token.children or ()))]


def words(markdown: str, engine: MarkdownIt = ENGINES[0]) -> str:
    """The words that an engine shows, with one space between them."""
    found = []
    for token in tokens(markdown, engine):
        if token.type in {"text", "code_inline", "fence"}:
            found.append(token.content)
        elif token.type in {"softbreak", "hardbreak"} or (token.block and token.type.endswith("_close")):
            found.append(" ")
    return " ".join("".join(found).split())


def twin(markdown: str, path: str = "page.md") -> str:
    return Twins().twin(markdown, path)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_handbook(GOOD, Path("playbooks")).library


def pages(library: Library, *, has_sheets: bool = False) -> dict[str, str]:
    """The twins of a handbook's pages, by the paths of the pages."""
    twins = Twins()
    sources = map(source_of, build_pages(library, "Good", "https://good.example/", has_sheets=has_sheets))
    return {page.path: twins.twin(page.read(), page.path, page.title) for page in sources}


@pytest.mark.parametrize("frame", ["{}\n", "# {}\n", "-   {}\n", "1. {}\n", "> {}\n", "{}{{ .pp-screen }}\n"])
@settings(deadline=None)
@given(typed=st.lists(ALPHABET, min_size=1, max_size=12).map("".join))
def test_whatever_is_typed_is_read_as_typed(frame: str, typed: str) -> None:
    expected = " ".join(typed.split())
    if not expected:
        return
    made = twin(frame.format(escape(typed.strip())))
    for engine in ENGINES:
        assert words(made, engine) == expected, made
        kinds = {token.type for token in tokens(made, engine)}
        assert not kinds & {"html_inline", "html_block", "link_open", "em_open", "strong_open", "fence"}, made


@settings(deadline=None)
@given(typed=st.lists(ALPHABET, min_size=1, max_size=12).map("".join))
def test_a_cell_of_a_table_stays_one_cell(typed: str) -> None:
    made = twin(f"| One | Two |\n|---|---|\n| {escape(typed.strip())} | x |\n")
    for engine in ENGINES:
        assert sum(token.type == "td_open" for token in tokens(made, engine)) == 2
        assert words(made, engine) == " ".join(f"One Two {typed} x".split())


@settings(deadline=None)
@given(
    typed=st.lists(
        st.one_of(
            ALPHABET, st.sampled_from(["*a*", "**b c**", "`d|`", "[e](https://e.example/)", "\n", "\n\n- "])
        ),
        max_size=10,
    ).map("".join)
)
def test_a_text_of_the_dialect_says_the_same(typed: str) -> None:
    writer = MarkdownWriter(lambda name: name, lambda address: address)
    nodes = parse_block(typed)
    made = twin(f"{writer.block(nodes)}\n")
    expected = plain(nodes, lambda name: name)
    for engine in ENGINES:
        assert words(made, engine).replace(" ", "") == expected.replace(" ", ""), made
        assert not {token.type for token in tokens(made, engine)} & {"html_inline", "html_block"}


@pytest.fixture(scope="module")
def hostile_pages(library: Library) -> dict[str, str]:
    """Twins of playbooks with one hostile string each, wherever there is a text."""
    made = {
        f"hostile-{number}": Playbook(
            title=typed,
            kind="note",
            summary=typed,
            use_when=(typed,),
            scripts=(
                Script(id="line", stage="trade", they_say=typed, say=typed, because=typed, stop_when=typed),
            ),
        )
        for number, typed in enumerate(HOSTILE)
    }
    return pages(replace(library, playbooks=made, worksheets={}))


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_stays_text_wherever_it_stands(hostile_pages: dict[str, str], number: int) -> None:
    page = hostile_pages[f"playbooks/hostile-{number}.md"]
    expected = plain(parse_inline(HOSTILE[number]), str.capitalize)
    for engine in ENGINES:
        assert not {token.type for token in tokens(page, engine)} & {"html_inline", "html_block"}
        assert words(page, engine).replace(" ", "").count(expected.replace(" ", "")) >= 6


def test_no_page_has_anything_that_only_a_style_sheet_reads(library: Library) -> None:
    for path, page in pages(library, has_sheets=True).items():
        text = re.sub(r"(?ms)^```.*?^```$|`[^`\n]+`", "", page)
        assert (
            re.findall(r"</?[a-zA-Z][^>]*>|&#?\w+;|\{ ?[.#:]\S*|[\x00-\x08]|^===|^!!!", text, re.MULTILINE)
            == []
        ), path
        assert page.startswith("# "), path
        assert page.endswith("\n"), path
        assert "\n\n\n" not in page, path


def test_a_script_is_what_they_say_and_what_you_say(library: Library) -> None:
    slot = Slot(label="Your figure", example="£62,000", type="money")
    line = Script(
        id="name-it", stage="trade", contexts=("sales",), they_say="How much?", say="I'd say {my-figure}.",
        because="It rests on facts.", stop_when="They laugh.", channel="written", sources=("fisher-ury-2011",),
    )  # fmt: skip
    made = Playbook(title="Pay", kind="note", summary="On pay.", slots={"my-figure": slot}, scripts=(line,))
    found = pages(replace(library, playbooks={"pay": made}, worksheets={}))
    page, listed = found["playbooks/pay.md"], found["scripts.md"]
    assert (
        "#### “How much?”\n\n"
        "[Sales](../../contexts/sales/index.md) · In writing\n\n"
        "**They say:** “How much?”\n\n"
        "**You write:** I'd say {£62,000}.\n\n"
        "**Why it works.** It rests on facts. **When to stop.** They laugh.\n\n"
        "([Fisher and Ury, 2011](../../sources/index.md#fisher-ury-2011))\n"
    ) in page
    assert page.startswith(
        "# Pay\n\n*Words in {braces} are examples: put your own in their place.*\n\nOn pay.\n"
    )
    assert (
        "**They say:** [“How much?”](../playbooks/pay/index.md#name-it)\n\n**You say:** I'd say {£62,000}.\n"
    ) in listed


def test_a_page_written_by_hand_loses_nothing_but_its_looks() -> None:
    written = """\
---
title: By hand
---

# By hand { #top .wide }

!!! warning "Mind *this*"
    Two things:

    1. one
    1. two

=== "First"

    ```yaml title="x.yml"
    a: <b>  # &lt; { .kept }
    ```

=== "Second"

    Words.

Term
:   What it means.

<div class="grid" markdown>

See [the other](../playbooks/other.md#part "Title"), [a file](table.csv), [out](https://x.example/a?b&c) and <kbd>Esc</kbd>.
{ .lead }

</div>

A `code <span>` &amp; <b>bold</b> &copy; \\<i>.

[ref]: other.md
"""
    assert (
        Twins().twin(written, "guide/by-hand.md")
        == """\
# By hand

> **Mind *this***
>
> Two things:
>
> 1. one
> 2. two

**First**

```yaml
a: <b>  # &lt; { .kept }
```

**Second**

Words.

- **Term:** What it means.

See [the other](../../playbooks/other/index.md#part "Title"), [a file](../table.csv), [out](https://x.example/a?b&c) and Esc.

A `code <span>` & **bold** © \\<i>.

[ref]: ../other/index.md
"""
    )


def test_what_is_filled_in_on_a_page_is_a_blank_in_its_twin() -> None:
    page = """\
# A sheet

<div class="pp-field" markdown>

<p class="pp-field__label"><label for="a">A &#42;label</label></p>

<div class="pp-cell"><textarea class="pp-control" id="a"></textarea></div>

<p class="pp-hint" markdown="span">A hint.</p>

</div>
<div class="pp-field" markdown>

<p class="pp-field__label"><label for="b">B</label></p>

<div class="pp-cell"><select class="pp-control" id="b"><option>one</option></select></div>

</div>
<table><thead><tr><th>Part</th><th>You &#124; they</th></tr></thead>
<tbody>
<tr><td><textarea class="pp-control">Base
pay</textarea></td><td><input type="text" class="pp-control" value="£1 &#60;b&#62;"></td></tr>
<tr><td><textarea class="pp-control"></textarea></td><td><output></output></td></tr>
</tbody></table>
"""
    assert twin(page) == (
        "# A sheet\n\n- **A \\*label:** ……… A hint.\n- **B:** ………\n\n"
        "| Part | You \\| they |\n| --- | --- |\n| Base pay | £1 \\<b> |\n"
    )


def test_a_page_without_a_heading_is_headed_by_its_title() -> None:
    assert Twins().twin("Words.\n", "a.md", "1. A *title*") == "# 1\\. A \\*title\\*\n\nWords.\n"


def test_where_pages_are_files_twins_are_files_beside_them() -> None:
    twins = Twins(lambda path: path)
    assert twins.twin("[x](../b/c.md#d)\n", "a/e.md") == "[x](../b/c.md#d)\n"


def test_the_summary_of_a_page_is_plain_text(library: Library) -> None:
    made = Playbook(title="A \\*", kind="note", summary='Say *"no"* & <go>')
    built = build_pages(replace(library, playbooks={"a": made}), "Good")
    found = next(source_of(page) for page in built if page.path == "playbooks/a.md")
    assert (found.title, found.summary) == ("A *", 'Say "no" & <go>')
    assert html.unescape(json.dumps(found.summary)) == json.dumps(found.summary)
