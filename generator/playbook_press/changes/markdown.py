"""Changes as Markdown for a comment on GitHub or GitLab.

What authors write may come from anybody, so none of it can be anything but words here: it mentions
nobody, links nowhere and closes nothing. Both sites look for names, numbers and addresses in the
text as it is rendered, where a reference to a character is that character again. So something
invisible stands behind each sign that could begin one.
"""

import re
from collections.abc import Iterator, Sequence

from playbook_press.changes.outline import Item, Line, Outline, Section
from playbook_press.changes.words import Run
from playbook_press.text import CONTROL, escape

MOST_CHARACTERS = 60_000
"""GitHub takes comments of up to 65,536 characters."""
_ROOM_FOR_THE_END = 300
_MOST_IN_A_RUN = 1_500
_LONGEST_WORD = 40
_MOST_LINES = 40
_FOLDED = 12
"""A section with more items than this is folded."""

# What cannot be seen can hide a change, so it is named. Emoji and several scripts need their joiners.
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u2028\u2029\u2060-\u2064"
    "\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_INVISIBLE = "\u200b"
# What begins a mention, a reference, an address, an emoji, a formula or a mark of changes.
_BEGINNING = re.compile(
    r"[@#!~%&^$:\[](?!\s)|\*(?=iteration)|\{(?=[-+])|\bwww(?=\.)|\bgh-(?=\d)|[0-9a-f]{6}(?=[0-9a-f])",
    re.IGNORECASE,
)


def as_markdown(told: Outline, most: int = MOST_CHARACTERS) -> str:
    """The headline, then as many of the changes as there is room for."""
    head = f"## What this change does\n\n**{escaped(told.headline)}**\n"
    room = most - len(head) - _ROOM_FOR_THE_END
    left_out = 0
    texts = [""] * len(told.sections)
    # What tells of the whole comes before the playbooks where there is no room for both.
    for index in sorted(range(len(texts)), key=lambda index: told.sections[index].is_playbook):
        texts[index], missing = _section(told.sections[index], room)
        room -= len(texts[index])
        left_out += missing
    if left_out:
        what = "1 more change is" if left_out == 1 else f"{left_out} more changes are"
        texts.append(f"\n{what} left out here, for length: `playbooks diff` tells them all.\n")
    return head + "".join(texts)


def _section(section: Section, room: int) -> tuple[str, int]:
    """A section with as many of its items as there is room for, and how many are left out."""
    opening, closing = _frame(section)
    room -= len(opening) + len(closing)
    if not section.items:
        return (opening + closing, 0) if room > 0 else ("", 1)
    shown: list[str] = []
    headed: set[str] = set()
    for heading, item in _entries(section):
        text = item if heading in headed else f"{heading}{item}"
        if len(text) <= room:
            room -= len(text)
            headed.add(heading)
            shown.append(text)
    return ("".join([opening, *shown, closing]) if shown else ""), section.items - len(shown)


def _frame(section: Section) -> tuple[str, str]:
    """What stands before and after the items of a section."""
    note = f" · {escaped(section.note)}" if section.note else ""
    opening = f"\n### {escaped(section.title)}\n"
    if section.items > _FOLDED:
        summary = f"{section.items} changes"
        return f"{opening}\n<details><summary>{summary}{note}</summary>\n", "\n</details>\n"
    return f"{opening}\n{note.removeprefix(' · ')}\n" if note else opening, ""


def _entries(section: Section) -> Iterator[tuple[str, str]]:
    """Each item, with the heading of its group."""
    for group in section.groups:
        title = f"\n**{escaped(group.title)}**\n\n" if group.title else "\n"
        for item in group.items:
            yield title, _item(item)


def _item(item: Item) -> str:
    facts = f"({'; '.join(escaped(fact) for fact in item.facts)})" if item.facts else ""
    verb = f"**{escaped(item.verb[:1].upper() + item.verb[1:])}**" if item.verb else ""
    head = " ".join(filter(None, (verb, _words(item.name), facts)))
    lines = [_line(line) for line in item.lines[:_MOST_LINES]]
    if len(item.lines) > _MOST_LINES:
        lines.append(f"  - … and {len(item.lines) - _MOST_LINES} more lines\n")
    return f"- {head}\n{''.join(lines)}"


def _line(line: Line) -> str:
    label = f"*{escaped(line.label)}:* " if line.label else ""
    return f"  - {label}{_words(line.runs)}\n"


def _words(runs: Sequence[Run]) -> str:
    """Runs of words, with what went struck out and what came in bold."""
    pieces: list[str] = []
    for index, run in enumerate(runs):
        words = escaped(run.words)
        follows_closely = not run.space and index > 0
        is_followed_closely = index + 1 < len(runs) and not runs[index + 1].space
        if run.kind != "same":
            # Where no space stands beside them, asterisks and tildes might not be read as marks.
            is_tight = follows_closely or is_followed_closely
            tag = "del" if run.kind == "old" else "strong"
            mark = "~~" if run.kind == "old" else "**"
            words = f"<{tag}>{words}</{tag}>" if is_tight else f"{mark}{words}{mark}"
        pieces.append(words if follows_closely or not index else f" {words}")
    return "".join(pieces)


def escaped(words: str) -> str:
    """Words as Markdown that is read as those words and as nothing else."""
    words = " ".join(words.split())
    if len(words) > _MOST_IN_A_RUN:
        end = max(words.rfind(" ", 0, _MOST_IN_A_RUN), _MOST_IN_A_RUN - _LONGEST_WORD)
        words = f"{words[:end]} … ({len(words) - end:,} more characters)"
    words = CONTROL.sub("\ufffd", words)
    words = _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", words)
    words = _BEGINNING.sub(lambda match: match[0] + _INVISIBLE, words)
    words = escape(words).replace(_INVISIBLE, "&#8203;")
    # GitHub reads formulas between dollar signs, unless a tag stands around them.
    return words.replace("&#36;", "<span>$</span>")
