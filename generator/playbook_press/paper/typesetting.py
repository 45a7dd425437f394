"""Data to PDF with Typst: templates, fonts, paper, and which characters can be printed."""

import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import typst

from playbook_press.model import Library

FONT = "Libertinus Serif"
UNPRINTABLE = "\N{WHITE SQUARE}"
"""Stands where a character has no glyph."""
# Marks that have no shape of their own: they cannot be missing.
_SHAPELESS = frozenset({"Cc", "Cf", "Mn", "Me", "Zs", "Zl", "Zp"})


class Paper(NamedTuple):
    """A sheet of paper, in millimetres."""

    width: float
    height: float


PAPERS: Mapping[str, Paper] = {"a4": Paper(210, 297), "letter": Paper(215.9, 279.4)}
EITHER = Paper(210, 279.4)
"""What fits on this fits on both."""


class PaperError(Exception):
    """Something cannot be printed; the message is one line for a person."""


def compile_pdf(template: str, data: Mapping[str, Any], timestamp: datetime) -> bytes:
    """Compile a template of `templates/paper/` to a PDF/UA-1.

    `data` holds at least `document`, the title. A character without a glyph comes out as a white
    square. PaperError where Typst complains.
    """
    try:
        return _compile(template, data, timestamp)
    except typst.TypstError as error:
        missing = without_glyph(_characters(data))
        if not missing:
            raise PaperError(f"{data['document']}: cannot be printed: {error.message}") from None
        return _compile(template, _replaced(data, missing), timestamp)


def _compile(template: str, data: Mapping[str, Any], timestamp: datetime) -> bytes:
    pdf, warnings = _compiler(template).compile_with_warnings(
        sys_inputs=_inputs(data), format="pdf", pdf_standards="ua-1", timestamp=timestamp
    )
    if warnings:
        raise PaperError(f"{data['document']}: is not as it should be: {warnings[0].message}")
    return bytes(pdf)  # type: ignore[arg-type]  # one file, as it is no picture


def pictures(template: str, data: Mapping[str, Any], pixels_per_inch: float) -> list[bytes]:
    """The same as PNG, a picture a page."""
    data = _replaced(data, without_glyph(_characters(data)))
    found = typst.Compiler(_path(template), font_paths=_fonts()).compile(
        sys_inputs=_inputs(data), format="png", ppi=pixels_per_inch
    )
    return [bytes(page) for page in (found if isinstance(found, list) else [found])]  # type: ignore[arg-type]


def query(template: str, data: Mapping[str, Any], label: str) -> Any:
    """What a template says of itself: the value of its only metadata with this label."""
    found = typst.query(
        _path(template),
        f"<{label}>",
        field="value",
        one=True,
        font_paths=_fonts(),
        sys_inputs=_inputs(data),
    )
    return json.loads(found)


def without_glyph(characters: Iterable[str]) -> frozenset[str]:
    """Which characters no font here can print."""
    unusual = sorted(
        {
            character
            for character in characters
            if not character.isascii() and unicodedata.category(character) not in _SHAPELESS
        }
    )
    return frozenset(_unprintable(unusual))


@cache
def _is_printable(characters: str) -> bool:
    try:
        _compiler("glyphs").compile_with_warnings(
            sys_inputs=_inputs({"characters": characters}), format="pdf", pdf_standards="ua-1"
        )
    except typst.TypstError:
        return False
    return True


def _unprintable(characters: Sequence[str]) -> list[str]:
    """Halve what Typst refuses until single characters are left: it names only the first."""
    if not characters or _is_printable(" ".join(characters)):
        return []
    if len(characters) == 1:
        return list(characters)
    middle = len(characters) // 2
    return _unprintable(characters[:middle]) + _unprintable(characters[middle:])


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


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}


def _path(template: str) -> str:
    return str(files("playbook_press") / "templates/paper" / f"{template}.typ")


@cache
def _fonts() -> typst.Fonts:
    """The fonts that the wheel brings along, and no others: every machine prints alike."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


@cache
def _compiler(template: str) -> typst.Compiler:
    """One for each template: it keeps what it has worked out."""
    return typst.Compiler(_path(template), font_paths=_fonts())


@cache
def qr_code(address: str) -> str:
    """An address as a QR code, in SVG."""
    import segno  # noqa: PLC0415 (the linter starts without it)

    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()


def without_scheme(address: str) -> str:
    """A web address as a person types it."""
    return address.removeprefix("https://").removeprefix("http://")


def day_of(library: Library) -> datetime:
    """The day on which anything was last read through: a build on another day gives the same PDF."""
    days = [playbook.reviewed for playbook in library.playbooks.values() if playbook.reviewed]
    latest = max(days, default=datetime(2000, 1, 1, tzinfo=UTC).date())
    return datetime(latest.year, latest.month, latest.day, tzinfo=UTC)


def cited(library: Library) -> str:
    """The works that the handbook cites itself, rather than through another."""
    return "; ".join(source.short for source in library.sources.values() if not source.cited_by)
