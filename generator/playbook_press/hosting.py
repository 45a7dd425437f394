"""What a host has to be told to serve a built site: headers, what browsers may keep, and what is not there."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from playbook_press.policy import Inline, headers_for, inline_of

HEADERS_FILE = "_headers"
"""What Netlify, Cloudflare Pages and others read at the top of a site, and do not serve."""

SETTLED = r"/assets/(?:javascripts|playbooks|stylesheets)/[\w./-]+\.[0-9a-f]{8}\.(?:min\.)?(?:css|js|woff2)$"
"""The addresses that tell by a digest what they hold: what a browser has of them stays right."""

_PLAIN = re.compile(r"[\w./-]+", re.ASCII)
"""What means nothing else in a configuration: whoever names a file in the folder of the pages writes none."""

_KEPT = "public, max-age=31536000, immutable"
_ASKED_FOR = "no-cache"


class Served(NamedTuple):
    """A folder as a host serves it: a site, or several in folders below."""

    headers: dict[str, str]
    """Sent with everything."""
    settled: list[str]
    """The addresses that are never changed, from the top."""
    tops: list[str]
    """Where a site has its own page for what is not there, the innermost first: `/`, `/1.0/`."""


def served(folder: Path) -> Served:
    """What has to be known of a folder to serve it."""
    return _served(folder, inline_of(folder))


def _served(folder: Path, inline: Inline) -> Served:
    return Served(headers_for(inline), sorted(_settled(folder)), _tops(folder))


def add_headers(folder: Path, content: Path) -> Iterator[str]:
    """Write the file `_headers` of a site, unless one is written by hand; yields what will not work, and why."""
    inline = inline_of(folder)
    for what, page in inline.stopped.items():
        yield (
            f"{page}: {what}: does not work where the site's Content-Security-Policy is sent: keep it in "
            f"a file of the handbook's own, or write {content.name}/{HEADERS_FILE} by hand"
        )
    if not (content / HEADERS_FILE).exists():
        site = _served(folder, inline)
        (folder / HEADERS_FILE).write_text(headers_file(site), encoding="utf-8")


def _settled(folder: Path) -> Iterator[str]:
    for path in folder.rglob("assets/*/**/*.*"):
        address = f"/{path.relative_to(folder).as_posix()}"
        if _PLAIN.fullmatch(address) and re.search(SETTLED, address) and path.is_file():
            yield address


def _tops(folder: Path) -> list[str]:
    tops = {path.relative_to(folder).parent.as_posix() for path in folder.rglob("404.html")}
    addresses = ["/" if top == "." else f"/{top}/" for top in tops]
    plain = filter(_PLAIN.fullmatch, addresses)
    return sorted(plain, key=lambda address: (-address.count("/"), address))


def headers_file(site: Served) -> str:
    """The file `_headers`."""
    return _write("headers.j2", site)


def nginx(site: Served, *, has_brotli: bool = False) -> str:
    """What belongs into a `server` block of nginx, which sends Brotli only with a module."""
    return _write("nginx.conf.j2", site, has_brotli=has_brotli)


def caddy(site: Served) -> str:
    """What belongs into a site block of a Caddyfile."""
    return _write("caddy.j2", site)


def _write(template: str, site: Served, **more: object) -> str:
    environment = Environment(  # noqa: S701 (none of it is HTML)
        loader=PackageLoader("playbook_press", "templates/hosting"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    rules = {"pattern": SETTLED, "kept": _KEPT, "asked_for": _ASKED_FOR}
    return environment.get_template(template).render(**site._asdict(), **rules, **more)
