"""Everything that is printed for a site."""

from collections.abc import Iterator
from itertools import chain

from playbook_press.model import Library
from playbook_press.paper.cards import print_cards
from playbook_press.paper.formats import PAPERS
from playbook_press.paper.paths import CARDS, LARGE_PRINT, PICTURE, SHEET, WORKSHEET
from playbook_press.paper.printer import print_sheets
from playbook_press.paper.thumbnails import picture_sheets
from playbook_press.paper.worksheets import print_worksheets


def print_all(library: Library, site_name: str, site_url: str) -> Iterator[tuple[str, bytes]]:
    """Sheets, cards, worksheets and pictures of the sheets, each with its path in the site."""
    makers = (print_sheets, print_cards, print_worksheets, picture_sheets)
    return chain.from_iterable(make(library, site_name, site_url) for make in makers)


def paths_of_prints(library: Library) -> Iterator[str]:
    """The paths of all that `print_all` gives, without printing anything."""
    for paper in PAPERS:
        for context in library.contexts:
            yield from (path.format(context=context, paper=paper) for path in (SHEET, LARGE_PRINT, CARDS))
        yield from (WORKSHEET.format(worksheet=name, paper=paper) for name in library.worksheets)
    yield from (PICTURE.format(context=context, side=side) for context in library.contexts for side in (1, 2))
