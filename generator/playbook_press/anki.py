"""The lines to practise as a file for Anki: a deck for each context, a note for each line.

A note is known again by its id, so that taking in a newer file changes notes and doubles none. Anki
keeps the note it has unless the one in the file was changed later, so every note carries the time of
its playbook's last change. Nothing else of the file depends on when or where it was made.
"""

import hashlib
import html
import io
import itertools
import json
import re
import sqlite3
import zipfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime, time
from importlib.resources import files as package_files

import genanki  # type: ignore[import-untyped]

from playbook_press.decks import Deck, deck_of, decks, slug
from playbook_press.gather import Placed
from playbook_press.model import Library, Playbook, Script, plain_words, shown_for
from playbook_press.text import CONTROL, TAGS, Node, parse_block, parse_inline

FIELDS = (
    "They say",
    "Prompt",
    "You say",
    "Answer",
    "Why it works",
    "When to stop",
    "Stage",
    "Context",
    "Source",
    "Line",
)
"""What a note holds. A change of these is a note type of its own: see `_model`."""
_EPOCH = 1_577_836_800  # 1 January 2020, for notes of which nobody knows when they were written
_EARLIEST_FILE = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16
_UNIX = 3


def package(
    library: Library, site_name: str, site_url: str = "", changed: Mapping[str, int] | None = None
) -> bytes:
    """The file that Anki takes in.

    `changed` tells by the id of a playbook when it was last changed, in seconds since 1970; of others
    the day of their review is taken.
    """
    made = decks(library)
    times = {name: (changed or {}).get(name) or _reviewed(book) for name, book in library.playbooks.items()}
    kind = _NoteType(library, site_name, site_url)
    filled = {deck.id: _empty_deck(site_name, deck) for deck in made}
    lines = {f"{line.playbook_id}#{line.part.id}": line for deck in made for line in deck.lines}
    database = sqlite3.connect(":memory:")
    with closing(database):
        cursor = database.cursor()
        ids = itertools.count(_EPOCH * 1000)
        genanki.Package([]).write_to_db(cursor, _EPOCH, ids)
        for place, (key, line) in enumerate(lines.items()):
            deck = filled[deck_of(line, made).id]
            deck.add_note(kind.note(key, line, place))
        latest = max((times[line.playbook_id] for line in lines.values()), default=_EPOCH)
        # Every deck that names the note type would write it once more.
        next(iter(filled.values())).add_model(kind.model)
        for deck in filled.values():
            notes, deck.notes = deck.notes, []
            deck.write_to_db(cursor, latest, ids)
            for note in notes:
                playbook_id = note.fields[-1].partition("#")[0]
                note.write_to_db(cursor, times[playbook_id], deck.deck_id, ids)
        database.commit()
        collection = database.serialize()
    return _zipped({"collection.anki2": collection, "media": json.dumps({}).encode()})


def _zipped(content: Mapping[str, bytes]) -> bytes:
    """A zip of which every byte follows from what is in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            entry = zipfile.ZipInfo(name, _EARLIEST_FILE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            archive.writestr(entry, data)
    return written.getvalue()


def _reviewed(playbook: Playbook) -> int:
    if playbook.reviewed is None:
        return _EPOCH
    return int(datetime.combine(playbook.reviewed, time(), UTC).timestamp())


def _number(*names: str) -> int:
    """A number that stands for names, as large as Anki's own."""
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return _EPOCH * 1000 + int.from_bytes(digest[:5], "big") % 10**11


def _model(site_name: str) -> "genanki.Model":
    """How a note looks. It is known again by its number, which depends on its fields."""
    template = {"name": "Answer aloud", "qfmt": _part("front.html"), "afmt": _part("back.html")}
    return genanki.Model(
        _number("note type", site_name, *FIELDS),
        f"{_plain(site_name)}: a line",
        fields=[{"name": name} for name in FIELDS],
        templates=[template],
        css=_part("style.css"),
    )


def _part(name: str) -> str:
    return (package_files("playbook_press") / "templates/anki" / name).read_text(encoding="utf-8").strip()


def _empty_deck(site_name: str, deck: Deck) -> "genanki.Deck":
    # Two colons would begin a deck within a deck.
    top, name = (re.sub(":{2,}", ":", _plain(title)) for title in (site_name, deck.context.title))
    return genanki.Deck(
        _number("deck", site_name, deck.id), f"{top}::{name}", html.escape(_plain(deck.context.summary))
    )


class _NoteType:
    """Makes the notes of a handbook."""

    def __init__(self, library: Library, site_name: str, site_url: str) -> None:
        self._library = library
        self._site_name = site_name
        self._site_url = site_url
        self.model = _model(site_name)

    def note(self, key: str, line: Placed, place: int) -> "genanki.Note":
        """The note of a line; new ones are met in the order of their places."""
        script: Script = line.part
        writer = _Writer(line.playbook, self._site_url)
        contexts = [self._library.contexts[name].title for name in script.contexts]
        fields = {
            "They say": f"<p>“{writer.inline(script.heading)}”</p>",
            "Prompt": "They say" if script.they_say else "Say it better than this",
            "You say": writer.block(script.say),
            "Answer": "You write" if script.channel == "written" else "You say",
            "Why it works": writer.inline(script.because),
            "When to stop": writer.inline(script.stop_when),
            "Stage": writer.inline(self._library.stages[script.stage].title),
            "Context": " · ".join(map(writer.inline, contexts)),
            "Source": writer.link_to(line.page, line.playbook.title),
            "Line": key,
        }
        top = slug(self._site_name)
        tags = [
            f"{top}::playbook::{line.playbook_id}",
            f"{top}::stage::{script.stage}",
            *(f"{top}::context::{name}" for name in script.contexts),
        ]
        guid = genanki.guid_for(self._site_name, key)
        return genanki.Note(self.model, [fields[name] for name in FIELDS], tags=tags, guid=guid, due=place)


def _plain(source: str) -> str:
    return CONTROL.sub("\ufffd", plain_words(source))


class _Writer:
    """Writes the texts of a playbook as HTML in which only its own markup is markup."""

    def __init__(self, playbook: Playbook, site_url: str) -> None:
        self._playbook = playbook
        self._site_url = site_url and f"{site_url.rstrip('/')}/"

    def inline(self, source: str) -> str:
        return self._written(parse_inline(source))

    def block(self, source: str) -> str:
        return self._written(parse_block(source))

    def link_to(self, address: str, words: str) -> str:
        return self._link(address, self.inline(words))

    def _written(self, nodes: Sequence[Node]) -> str:
        return "".join(map(self._node, nodes))

    def _node(self, node: Node) -> str:
        match node.kind:
            case "text":
                return _escaped(node.text)
            case "code":
                return f"<code>{_escaped(node.text)}</code>"
            case "break":
                return "<br>"
            case "slot":
                return self._slot(node.text)
            case "link":
                return self._link(node.text, self._written(node.children))
        tag = TAGS[node.kind]
        return f"<{tag}>{self._written(node.children)}</{tag}>"

    def _slot(self, name: str) -> str:
        label, example = shown_for(name, self._playbook.slots)
        return f'<span class="slot" title="{_escaped(_plain(label))}">{_escaped(example)}</span>'

    def _link(self, address: str, words: str) -> str:
        """A link that works wherever the card is shown: without the site's address, the words alone."""
        if ":" not in address:
            if not self._site_url:
                return words
            page, hash_, anchor = address.partition("#")
            address = f"{self._site_url}{page}/{hash_}{anchor}"
        return f'<a href="{_escaped(address)}">{words}</a>'


def _escaped(words: str) -> str:
    """Words that neither a browser nor Anki, which has marks in brackets, takes for anything else."""
    return html.escape(CONTROL.sub("\ufffd", words)).replace("[", "&#91;").replace("{", "&#123;")
