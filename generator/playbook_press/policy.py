"""What browsers are told of a built site: which scripts and styles its pages may run, and from where.

The scripts that the theme's templates write into pages are allowed one by one, by a hash of what they say.
None that stands in the text of a page is: nobody has to trust that no contributor smuggled one in.
"""

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ATTRIBUTES = rb"""(?:[^>"']|"[^"]*"|'[^']*')*"""
_SCRIPT = re.compile(rb"<script\b(%s)>(.*?)</script\s*>" % _ATTRIBUTES, re.DOTALL | re.IGNORECASE)
_STYLE = re.compile(rb"<style\b%s>(.*?)</style\s*>" % _ATTRIBUTES, re.DOTALL | re.IGNORECASE)
# Where a tag goes on to another attribute: what is in quotation marks is only a value.
_TAG = rb"""<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*?\s"""
_STYLE_ATTRIBUTE = re.compile(_TAG + rb"""style=(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_HANDLER = re.compile(_TAG + rb"""(on[a-z]+)\s*=\s*["']""")
_MAY_HANDLE = re.compile(rb""" on[a-z]+\s*=\s*["']""")
_SCRIPT_ADDRESS = re.compile(_TAG + rb"""[a-z]+\s*=\s*["']?\s*javascript:""")
_LOADING = re.compile(
    rb"<(?:script|img|iframe|source|video|audio|embed|link)\b%s>" % _ATTRIBUTES, re.IGNORECASE
)
_ADDRESS = re.compile(rb"""\s(?:src|href)\s*=\s*["']?((?:https?:)?//[^\s"'<>]+)""", re.IGNORECASE)
_IS_LINK = re.compile(rb"<link\b", re.IGNORECASE)
_IS_LOADING_LINK = re.compile(rb"""\srel\s*=\s*["']?(?:stylesheet|icon|preload)\b""", re.IGNORECASE)
_HAS_SOURCE = re.compile(rb"\ssrc\s*=", re.IGNORECASE)
_IS_DATA = re.compile(rb"""\stype\s*=\s*["']?[\w/+.-]*json["'\s>]?""", re.IGNORECASE)

_OTHERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope"),
            *("magnetometer", "microphone", "midi", "payment", "usb"),
        )
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass
class Inline:
    """What the pages of a site hold that a policy has to allow one by one, as its sources; and what it stops."""

    scripts: set[str] = field(default_factory=set)
    styles: set[str] = field(default_factory=set)
    style_attributes: set[str] = field(default_factory=set)
    stopped: dict[str, str] = field(default_factory=dict)
    """What does not run or load under the policy, in words, with the first page that has it."""

    def read(self, path: str, page: bytes) -> None:
        """Note what a page holds."""
        around, said = _parted(page)
        self.scripts.update(map(_source, _scripts(around)))
        self.styles.update(_source(style) for style in _STYLE.findall(page))
        for either in _STYLE_ATTRIBUTE.findall(page) if b"style=" in page else ():
            self.style_attributes.add(_source(html.unescape(b"".join(either).decode()).encode()))
        for what in self._stopped(page, said):
            self.stopped.setdefault(what, path)

    def _stopped(self, page: bytes, said: bytes) -> Iterator[str]:
        if not self.scripts.issuperset(map(_source, _scripts(said))):
            yield "a script in the text of a page"
        lower = page.lower()
        for handler in _HANDLER.findall(lower) if _MAY_HANDLE.search(lower) else ():
            yield f"a script in an attribute, {handler.decode()}"
        if b"javascript:" in lower and _SCRIPT_ADDRESS.search(lower):
            yield "a script in an address"
        for tag in _LOADING.findall(page):
            address = _ADDRESS.search(tag)
            if address and (not _IS_LINK.match(tag) or _IS_LOADING_LINK.search(tag)):
                yield address[1].decode(errors="replace")


def inline_of(folder: Path) -> Inline:
    """What the pages of a built site hold, those in folders below included."""
    inline = Inline()
    for path in sorted(folder.rglob("*.html")):
        inline.read(path.relative_to(folder).as_posix(), path.read_bytes())
    return inline


def headers_for(inline: Inline) -> dict[str, str]:
    """The headers to send with everything of a site."""
    return {"Content-Security-Policy": policy_for(inline), **_OTHERS}


def policy_for(inline: Inline) -> str:
    """The Content-Security-Policy of a site: whatever is not named here is refused."""
    # A hash allows what is in an attribute only beside `unsafe-hashes`.
    attributes = ["'unsafe-hashes'", *sorted(inline.style_attributes)] if inline.style_attributes else []
    directives: dict[str, Iterable[str]] = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *sorted(inline.scripts)],
        "style-src": ["'self'", *sorted(inline.styles), *attributes],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "worker-src": ["'self'"],
        "manifest-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def _parted(page: bytes) -> tuple[bytes, bytes]:
    """What the theme puts around the text of a page, and the text: all from the first article to the last."""
    start, end = page.find(b"<article"), page.rfind(b"</article>")
    return (page[:start] + page[end:], page[start:end]) if 0 <= start < end else (page, b"")


def _scripts(markup: bytes) -> Iterator[bytes]:
    """The scripts that are written out in HTML. Data in a script element is none."""
    for attributes, script in _SCRIPT.findall(markup):
        if not _HAS_SOURCE.search(attributes) and not _IS_DATA.search(attributes):
            yield script


def _source(text: bytes) -> str:
    """The source expression that allows a text, as a browser has read it."""
    digest = hashlib.sha256(text.replace(b"\r\n", b"\n")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
