"""What a built site may run in a browser: its own files, and what the theme's templates write into pages."""

import base64
import hashlib
from pathlib import Path

import pytest

from playbook_press.policy import Inline, headers_for, inline_of, policy_for

PAGE = """\
<!doctype html><html><head><script>{head}</script></head><body><nav>{nav}</nav>
<article class="md-content__inner md-typeset">{text}</article><footer></footer><script>end()</script></body></html>
"""


def read(text: str = "", head: str = "head()", nav: str = "") -> Inline:
    inline = Inline()
    inline.read("page/index.html", PAGE.format(text=text, head=head, nav=nav).encode())
    return inline


def hashed(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split("; "))}


def test_what_is_not_named_is_refused() -> None:
    policy = directives(policy_for(read()))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert policy["script-src"] == ["'self'", *sorted(map(hashed, ["head()", "end()"]))]
    assert policy["style-src"] == ["'self'"]
    assert "unsafe" not in str(policy)


@pytest.mark.parametrize(
    "script",
    [
        "<script>evil()</script>",
        "<SCRIPT type='module'>evil()</SCRIPT >",
        "</article><script>evil()</script>",
        "</article></body><article><script>evil()</script>",
        '<script data-a=">">evil()</script>',
    ],
)
def test_a_script_in_the_text_of_a_page_is_not_allowed_and_told(script: str) -> None:
    inline = read(script)
    assert inline.scripts == {hashed("head()"), hashed("end()")}
    assert inline.stopped == {"a script in the text of a page": "page/index.html"}


def test_a_script_of_a_template_of_the_handbook_s_own_is_allowed() -> None:
    assert hashed("mine();\nmore()") in read(nav="<script>mine();\r\nmore()</script>").scripts


def test_what_a_template_repeats_in_the_text_is_the_template_s() -> None:
    assert read("<script>head()</script>").stopped == {}


@pytest.mark.parametrize(
    "text",
    [
        '<script type="application/json">{"a": 1}</script>',
        '<script src="../assets/mine.js"></script>',
        "<p>&lt;script&gt;evil()&lt;/script&gt; onclick=&quot;evil()&quot; and on = 3</p>",
        '<p>&lt;a href="javascript:evil()" onclick="evil()"></p>',
        """<p title="a ' onclick='evil()' style='color:red' href='javascript:evil()'">a</p>""",
        '<a href="https://elsewhere.example/">a link</a>',
        '<link rel="canonical" href="https://common-ground.example/">',
    ],
)
def test_what_runs_nothing_and_loads_nothing_is_not_told(text: str) -> None:
    inline = read(text)
    assert inline.scripts == {hashed("head()"), hashed("end()")}
    assert inline.stopped == {}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<script defer src="https://elsewhere.example/a.js"></script>', "https://elsewhere.example/a.js"),
        ("<img alt='' src='//elsewhere.example/a.png'>", "//elsewhere.example/a.png"),
        ('<iframe title="A" src=https://elsewhere.example/>', "https://elsewhere.example/"),
        ('<link href="https://x.example/a.css" rel="stylesheet">', "https://x.example/a.css"),
        ('<link rel="stylesheet" href="https://x.example/a.css">', "https://x.example/a.css"),
        ('<p class="a" onClick="evil()">a</p>', "a script in an attribute, onclick"),
        ('<a href="javascript:evil()">a</a>', "a script in an address"),
    ],
)
def test_what_the_policy_stops_is_told_with_the_page(text: str, told: str) -> None:
    assert read(text).stopped == {told: "page/index.html"}


def test_styles_are_allowed_as_they_are_written() -> None:
    inline = read('<td style="text-align: right;">1</td><p style=\'a: "&quot;"\'>', nav="<style>b{}</style>")
    allowed = sorted([hashed("text-align: right;"), hashed('a: """')])
    assert directives(policy_for(inline))["style-src"] == [
        *("'self'", hashed("b{}"), "'unsafe-hashes'"),
        *allowed,
    ]


def test_all_pages_of_a_site_have_the_same_headers(tmp_path: Path) -> None:
    for name, script in (("index.html", "a()"), ("below/index.html", "b()"), ("below/text.md", "c()")):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"<script>{script}</script>", encoding="utf-8")
    headers = headers_for(inline_of(tmp_path))
    assert hashed("a()") in headers["Content-Security-Policy"]
    assert hashed("b()") in headers["Content-Security-Policy"]
    assert hashed("c()") not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
