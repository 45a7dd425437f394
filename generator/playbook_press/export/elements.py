"""The HTML in a page's Markdown: what each element is to a reader of plain text."""

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from playbook_press.export.blocks import AND, CELL, JOIN, MARKS, ROW
from playbook_press.export.commonmark import escape

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(.*?)(/?)>", re.DOTALL)
_GIVEN = re.compile(r"""([\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_SILENT = frozenset({"form", "svg", "script", "style", "template", "button", "iframe", "math", "object"})
"""What has nothing to read for who does not use it."""
_SILENT_CLASSES = frozenset({"pp-flow", "pp-jump", "pp-scripted"})
"""What only leads to other parts of the page, and what a script fills."""
_VOID = frozenset({"br", "hr", "img", "input", "wbr", "source", "col", "link", "meta", "area", "embed"})
_BLOCKS = frozenset(
    {
        *(
            "p",
            "div",
            "section",
            "article",
            "aside",
            "header",
            "footer",
            "main",
            "nav",
            "figure",
            "figcaption",
        ),
        *("ul", "ol", "dl", "dt", "dd", "details", "thead", "tbody", "blockquote", "pre"),
        *("fieldset", "address", "video", "audio"),
    }
)
Role = Literal["", "script", "meta", "heard", "said", "field", "control", "table"]
IN_A_ROW = frozenset({"pp-tag", "pp-card__link", "pp-print", "pp-shortcut"})
"""Classes of what stands side by side, and needs something between where there are no boxes."""
BLANK = "………"
"""What is to be filled in."""

_BY_CLASS = {
    "pp-label": ("**", f":**{JOIN}\n"),
    "pp-slot": ("{", "}"),
    "pp-cite": ("(", ")"),
    "pp-blank": (BLANK, ""),
    "pp-field__label": ("**", f":**{JOIN}\n"),
    **dict.fromkeys(IN_A_ROW, ("", AND)),
}
_BY_TAG = {
    "li": ("\n- ", "\n"),
    "summary": ("**", "**\n\n"),
    "th": ("", CELL),
    "td": ("", CELL),
    "tr": ("", ROW),
}
_BY_ROLE: dict[str, Role] = {"table": "table", "textarea": "control"}

_ROLES: dict[str, Role] = {
    "pp-script": "script",
    "pp-script__meta": "meta",
    "pp-line__heard": "heard",
    "pp-line__said": "said",
    "pp-field": "field",
}


@dataclass(frozen=True, slots=True)
class Element:
    """What a tag comes to."""

    tag: str
    closes: bool = False
    is_void: bool = False
    is_silent: bool = False
    opening: str = ""
    ending: str = ""
    role: Role = ""
    address: str = ""
    """Where a link leads to, before it is seen from the twin."""


@lru_cache(maxsize=8_192)
def element(source: str) -> Element:
    """Read a tag."""
    match = _TAG.fullmatch(source)
    if match is None:
        raise ValueError(source)
    slash, tag, attributes, end = match.groups()
    tag = tag.lower()
    if slash:
        return Element(tag, closes=True)
    given = {name.lower(): html.unescape("".join(value)) for name, *value in _GIVEN.findall(attributes)}
    classes = frozenset(given.get("class", "").split())
    if tag in _VOID or end:
        return Element(tag, is_void=True, opening=_void(tag, given))
    if tag == "select":
        return Element(tag, is_silent=True, opening=BLANK)
    if given.get("role") == "img":
        label = given.get("aria-label", "") if tag == "span" else ""
        return Element(tag, is_silent=True, opening=escape(label))
    if tag in _SILENT or "hidden" in given or given.get("aria-hidden") == "true" or classes & _SILENT_CLASSES:
        return Element(tag, is_silent=True)
    opening, ending = _around(tag, classes)
    role: Role = _BY_ROLE.get(tag, "")
    if tag == "div":
        role = next((_ROLES[name] for name in _ROLES if name in classes), "")
    if tag == "a" and given.get("href"):
        return Element(tag, opening="[", address=given["href"])
    return Element(tag, opening=opening, ending=ending, role=role)


def _void(tag: str, given: dict[str, str]) -> str:
    if tag == "br":
        return "\\\n"
    if tag == "hr":
        return "\n* * *\n"
    if tag == "img" and given.get("alt"):
        return f"![{escape(given['alt'])}]({given.get('src', '')})"
    if tag == "input" and {"pp-blank", "pp-control"} & set(given.get("class", "").split()):
        return escape(given.get("value", "")) or BLANK
    return "[ ]" if tag == "input" and given.get("type") == "checkbox" else ""


def _around(tag: str, classes: frozenset[str]) -> tuple[str, str]:
    """What stands before and behind the words of an element."""
    found = next((_BY_CLASS[name] for name in classes if name in _BY_CLASS), None)
    if found or tag in MARKS:
        return found or MARKS[tag]
    if tag in _BLOCKS:
        return "", "\n"
    if re.fullmatch(r"h[1-6]", tag):
        return f"{'#' * int(tag[1])} ", "\n"
    return _BY_TAG.get(tag, ("", ""))
