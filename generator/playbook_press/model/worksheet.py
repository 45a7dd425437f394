"""A worksheet and its parts."""

from playbook_press.model.base import Id, Inline, Part


class Worksheet(Part):
    """A sheet to fill in."""

    title: Inline
    """What the worksheet is called."""
    summary: Inline
    """What it is for."""
    sources: tuple[Id, ...] = ()
    """Where this comes from: ids of `vocabulary/sources.yml`."""
