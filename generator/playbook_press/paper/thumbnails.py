"""The sides of cheat sheets as pictures, for the site."""

from collections.abc import Iterator

from playbook_press.model import Library
from playbook_press.paper.formats import PAPERS
from playbook_press.paper.paths import PICTURE
from playbook_press.paper.printer import Options, Printer

THUMBNAIL_PAPER = PAPERS["a4"]


def picture_sheets(library: Library, site_name: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Every side of every sheet as a PNG, each with its path in the site."""
    printer = Printer(library, site_name, site_url, Options(THUMBNAIL_PAPER))
    sheets = [printer.sheet(context) for context in library.contexts]
    if sheets:
        printer.measure(sheets)
    for sheet in sheets:
        for side, picture in enumerate(printer.thumbnails(sheet), start=1):
            yield PICTURE.format(context=sheet.context_id, side=side), picture
