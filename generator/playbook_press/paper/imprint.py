"""What a print says of where it comes from: its address, its day, and its sources."""

import io
from datetime import UTC, datetime
from functools import cache

from playbook_press.model import Library


def page_address(site_url: str, path: str) -> str:
    """The web address of a page, from its path in the site; nothing where the site has none."""
    return f"{site_url.rstrip('/')}/{path}" if site_url else ""


@cache
def qr_code(address: str) -> str:
    """An address as a QR code, in SVG of no size of its own."""
    import segno  # noqa: PLC0415 (the linter starts without it)

    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", border=0, xmldecl=False, omitsize=True)
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
