"""Sheets of paper, and what is raised where nothing can be printed on one."""

from collections.abc import Mapping
from typing import NamedTuple


class Paper(NamedTuple):
    """A sheet of paper, in millimetres."""

    width: float
    height: float


PAPERS: Mapping[str, Paper] = {"a4": Paper(210, 297), "letter": Paper(215.9, 279.4)}
EITHER = Paper(210, 279.4)
"""What fits on this fits on both."""


class PaperError(Exception):
    """Something cannot be printed; the message is one line for a person."""
