"""What a reader can star, as data for the page that gathers it: a script for each playbook.

A script, because a browser refuses to fetch data where a site was opened from a folder.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from playbook_press.model import Checklist, Library, Pitfall, Playbook, Script, plain_words
from playbook_press.text import TAGS, Node, parse_block, parse_inline


def parts_script(library: Library, playbook_id: str) -> str:
    """The scripts, pitfalls and checklists of a playbook, with the slots that stand in them."""
    playbook = library.playbooks[playbook_id]
    parts = {
        **{script.id: _script(library, playbook, script) for script in playbook.scripts},
        **{pitfall.id: _pitfall(playbook, pitfall) for pitfall in playbook.pitfalls},
        **{checklist.id: _checklist(playbook, checklist) for checklist in playbook.checklists},
    }
    content = {
        "title": plain_words(playbook.title, playbook.slots),
        "parts": parts,
        "slots": {
            name: {
                "label": plain_words(slot.label, playbook.slots),
                "example": slot.example,
                "type": slot.type,
            }
            for name, slot in playbook.slots.items()
        },
    }
    words = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return f'(globalThis.playbooksParts ??= {{}})["{playbook_id}"] = {words};\n'


def _script(library: Library, playbook: Playbook, script: Script) -> Mapping[str, Any]:
    return {
        "kind": "script",
        "stage": list(library.stages).index(script.stage),
        "title": plain_words(script.heading, playbook.slots),
        "quoted": bool(script.they_say or script.instead_of),
        "instead": bool(script.instead_of and not script.they_say),
        "text": _pieces(parse_block(script.say)),
        "stop": _pieces(parse_inline(script.stop_when)),
    }


def _pitfall(playbook: Playbook, pitfall: Pitfall) -> Mapping[str, Any]:
    return {
        "kind": "pitfall",
        "title": plain_words(pitfall.name, playbook.slots),
        "text": _pieces(parse_block(pitfall.instead)),
    }


def _checklist(playbook: Playbook, checklist: Checklist) -> Mapping[str, Any]:
    return {
        "kind": "checklist",
        "title": plain_words(checklist.title, playbook.slots),
        "items": [_pieces(parse_inline(item)) for item in checklist.items],
    }


def _pieces(nodes: Sequence[Node]) -> list[Any]:
    """Words as strings, slots as `{"slot": name}`, and elements as `[tag, piece …]`; links are their words."""
    found: list[Any] = []
    for node in nodes:
        if node.kind in {"text", "code"}:
            found.append(node.text)
        elif node.kind == "slot":
            found.append({"slot": node.text})
        elif node.kind == "break":
            found.append(["br"])
        elif node.kind == "link":
            found += _pieces(node.children)
        else:
            found.append([TAGS[node.kind], *_pieces(node.children)])
    return found
