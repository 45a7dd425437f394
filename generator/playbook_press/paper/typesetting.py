"""Data to PDF with Typst: templates, fonts, and which characters can be printed."""

import base64
import contextlib
import json
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import typst

from playbook_press.paper.formats import PaperError
from playbook_press.shelf import kept

FONT = "Libertinus Serif"
UNPRINTABLE = "\N{WHITE SQUARE}"
"""Stands where a character has no glyph."""
# Marks that have no shape of their own: they cannot be missing.
_SHAPELESS = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})
_NOWHERE = "\U0010fffd"
"""A character for private use, which no font here has."""
_SHAPE = re.compile(rb'href="#(\w+)"')
"""How a drawing refers to a shape, which it holds once."""


def compile_pdf(template: str, data: Mapping[str, Any], timestamp: datetime) -> bytes:
    """Compile a template of `templates/paper/` to a PDF/UA-1.

    `data` holds at least `document`, the title. A character without a glyph comes out as a white
    square. PaperError where Typst complains.
    """
    return kept(_key(template, data, "pdf", timestamp), lambda: _compile_all(template, data, timestamp))


def _compile_all(template: str, data: Mapping[str, Any], timestamp: datetime) -> bytes:
    with _telling(data):
        try:
            return _compile(template, data, timestamp)
        except typst.TypstError:
            missing = without_glyph(_characters(data))
            if not missing:
                raise
            return _compile(template, _replaced(data, missing), timestamp)


@contextlib.contextmanager
def _telling(data: Mapping[str, Any]) -> Iterator[None]:
    """Say of which document it is that Typst complains."""
    try:
        yield
    except typst.TypstError as error:
        raise PaperError(f"{data['document']}: cannot be printed: {error.message}") from None


def _compile(template: str, data: Mapping[str, Any], timestamp: datetime) -> bytes:
    pdf, warnings = _compiler().compile_with_warnings(
        _project(template, data),  # type: ignore[type-var]  # its stub knows of one file only
        format="pdf",
        pdf_standards="ua-1",
        timestamp=timestamp,
    )
    if warnings:
        raise PaperError(f"{data['document']}: is not as it should be: {warnings[0].message}")
    return bytes(pdf)  # type: ignore[arg-type]  # one file, as it is no picture


def pictures(template: str, data: Mapping[str, Any], pixels_per_inch: float) -> list[bytes]:
    """The same as PNG, a picture a page."""

    def draw() -> bytes:
        pages = _draw(template, data, pixels_per_inch)
        return json.dumps([base64.b64encode(page).decode() for page in pages]).encode()

    drawn = json.loads(kept(_key(template, data, "png", pixels_per_inch), draw))
    return [base64.b64decode(page) for page in drawn]


def _draw(template: str, data: Mapping[str, Any], pixels_per_inch: float) -> list[bytes]:
    data = _replaced(data, without_glyph(_characters(data)))
    with _telling(data):
        found = _compiler().compile(
            _project(template, data),  # type: ignore[type-var]  # the same
            format="png",
            ppi=pixels_per_inch,
        )
    return [bytes(page) for page in (found if isinstance(found, list) else [found])]  # type: ignore[arg-type]


def query(template: str, data: Mapping[str, Any], label: str) -> Any:
    """What a template says of itself: the value of its only metadata with this label."""
    return json.loads(kept(_key(template, data, "query", label), lambda: _query(template, data, label)))


def _query(template: str, data: Mapping[str, Any], label: str) -> bytes:
    data = _replaced(data, without_glyph(_characters(data)))
    project: Any = _project(template, data)
    try:
        found = typst.Compiler(project, font_paths=_fonts()).query(f"<{label}>", field="value", one=True)
    except RuntimeError as error:
        raise PaperError(f"{data.get('document', template)}: {error}") from None
    return str(found).encode()


def _key(template: str, data: Mapping[str, Any], *what: object) -> bytes:
    """All that a print depends on."""
    return repr((version("typst"), _templates(), template, json.dumps(data), *what)).encode()


def without_glyph(characters: Iterable[str]) -> frozenset[str]:
    """Which characters no font here can print."""
    unusual = {
        character
        for character in characters
        if not character.isascii() and unicodedata.category(character) not in _SHAPELESS
    }
    known = _known_glyphs()
    if new := sorted(unusual - known.keys()):
        known |= zip(new, _have_glyphs(new), strict=True)
    return frozenset(character for character in unusual if not known[character])


@cache
def _known_glyphs() -> dict[str, bool]:
    """Whether a character can be printed, of those that have been asked for."""
    return {}


def _have_glyphs(characters: Sequence[str]) -> list[bool]:
    """Draw each character on a page: what no font has is drawn like one that nobody has given a shape."""
    project: Any = _project("glyphs", {"characters": [_NOWHERE, *characters]})
    pages = _compiler().compile(project, format="svg") or ()
    missing, *shapes = (set(_SHAPE.findall(page)) for page in pages if isinstance(page, bytes))
    return [not missing & shown for shown in shapes]


def _characters(data: Mapping[str, Any]) -> set[str]:
    return set(json.dumps(data, ensure_ascii=False))


def _replaced(data: Mapping[str, Any], missing: frozenset[str]) -> Mapping[str, Any]:
    if not missing:
        return data
    # None of them means anything to JSON, which is ASCII but for its strings.
    pattern = f"[{re.escape(''.join(sorted(missing)))}]"
    replaced: Mapping[str, Any] = json.loads(
        re.sub(pattern, UNPRINTABLE, json.dumps(data, ensure_ascii=False))
    )
    return replaced


def _project(template: str, data: Mapping[str, Any]) -> dict[str, bytes]:
    """The files that Typst reads, by their names.

    The data are a file rather than an input of the system: whatever depends on the system, which
    is everything, is worked out anew when an input changes. So, only what the data changed is. And
    they are a comment, because Typst parses every file that it is given as its own.
    """
    return {
        "main.typ": _templates()[f"{template}.typ"],
        "common.typ": _templates()["common.typ"],
        "data.json": f"//{json.dumps(data, ensure_ascii=False)}".encode(errors="replace"),
    }


@cache
def _templates() -> dict[str, bytes]:
    folder = files("playbook_press") / "templates/paper"
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@cache
def _fonts() -> typst.Fonts:
    """The fonts that the wheel brings along, and no others: every machine prints alike."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


_own = threading.local()


def _compiler() -> typst.Compiler:
    """One for each thread: a compiler works for one at a time."""
    if not hasattr(_own, "compiler"):
        _own.compiler = typst.Compiler(font_paths=_fonts())
    compiler: typst.Compiler = _own.compiler
    return compiler
