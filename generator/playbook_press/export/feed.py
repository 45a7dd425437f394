"""The playbooks of a `Library` as an Atom feed (RFC 4287), by the day of their last review."""

from datetime import date
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from playbook_press.export.place import FEED, Site, Words
from playbook_press.model import Library, Playbook
from playbook_press.text import CONTROL

_NAMESPACE = "http://www.w3.org/2005/Atom"


def feed(library: Library, site: Site) -> str:
    """The feed, newest first. Nothing in it depends on the clock."""
    reviewed = [
        (playbook.reviewed, name, playbook)
        for name, playbook in library.playbooks.items()
        if playbook.reviewed is not None
    ]
    # The same day: in the order of the handbook.
    reviewed.sort(key=lambda found: found[0], reverse=True)
    root = Element("feed", {"xmlns": _NAMESPACE, "xml:lang": site.language})
    _add(root, "id", site.file(FEED))
    _add(root, "title", site.title)
    if site.summary:
        _add(root, "subtitle", site.summary)
    _add(root, "updated", _moment(reviewed[0][0]))
    _add(_add(root, "author"), "name", site.title)
    _add(root, "link", rel="self", type="application/atom+xml", href=site.file(FEED))
    _add(root, "link", rel="alternate", type="text/html", href=site.top)
    _add(root, "generator", "Playbook Press")
    for day, name, playbook in reviewed:
        root.append(_entry(day, name, playbook, site))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _entry(day: date, name: str, playbook: Playbook, site: Site) -> Element:
    write = Words(playbook.slots)
    address = site.address(f"playbooks/{name}.md")
    entry = Element("entry")
    _add(entry, "id", address)
    _add(entry, "title", write.line(playbook.title))
    _add(entry, "updated", _moment(day))
    for owner in playbook.owners or (site.title,):
        _add(_add(entry, "author"), "name", write.line(owner))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    _add(entry, "category", term=playbook.kind)
    _add(entry, "summary", write.line(playbook.summary))
    return entry


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    child = SubElement(parent, tag, attributes)
    child.text = CONTROL.sub("\ufffd", text) if text else None
    return child


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
