"""The scripts of a `Library` as CSV: a row for each, to be filtered and counted in a spreadsheet.

The form is RFC 4180's, in UTF-8 that starts with a byte order mark: without it, Excel takes the text
for another encoding. In Python, read it with `encoding="utf-8-sig"` and `newline=""`.

A spreadsheet takes a cell for a formula that starts with one of `=`, `+`, `-` or `@`, or with what it
passes over on the way there. Such a cell has an apostrophe in front, and so has one that starts with an
apostrophe: whoever takes one from the front of every cell that has one gets the words as they were.
"""

import csv
import io

from playbook_press.export.place import Site, Words
from playbook_press.model import Library
from playbook_press.text import slots_in

COLUMNS = (
    *("playbook", "id", "playbook_title", "stage", "contexts", "channel", "title", "they_say", "instead_of"),
    *("say", "because", "stop_when", "blanks", "sources", "sheet", "address"),
)
# Of the full width, too: they are read as the usual ones where East Asian languages are typed.
_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def scripts_csv(library: Library, site: Site) -> str:
    """Every script, in the order of the playbooks. Blanks stand in braces, filled with their examples."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    for name, playbook in library.playbooks.items():
        write = Words(playbook.slots, marked=True)
        for script in playbook.scripts:
            texts = (script.they_say, script.instead_of, script.say)
            used = dict.fromkeys(slot for text in texts for slot in slots_in(text))
            labels = [write.line(playbook.slots[slot].label) for slot in used if slot in playbook.slots]
            row = (
                *(name, script.id, write.line(playbook.title), script.stage, "; ".join(script.contexts)),
                *(
                    script.channel,
                    write.line(script.title),
                    write.line(script.they_say),
                    write.line(script.instead_of),
                ),
                *(
                    write.block(script.say),
                    write.line(script.because),
                    write.line(script.stop_when),
                    "; ".join(labels),
                ),
                *("; ".join(script.sources), str(script.sheet or "")),
                site.address(f"playbooks/{name}.md", script.id),
            )
            writer.writerow([_cell(words) for words in row])
    return "\ufeff" + lines.getvalue()


def _cell(words: str) -> str:
    return f"'{words}" if words.lstrip(" \u3000\xa0").startswith(_STARTS) else words
