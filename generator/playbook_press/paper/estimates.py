"""About how much room things take on a sheet, in points: close, and known without starting Typst.

A text may be a line off, but of all that is on a sheet the sum is within some 2 %; a test compares
it with what Typst measures. The figures follow `templates/paper/sheet.typ` at its usual size on A4.
"""

from math import ceil

from playbook_press.model import Library, Pitfall, Playbook, Script, in_words
from playbook_press.paper.letters import about_ems
from playbook_press.text import SLOT

_SIZE = 9.2
_MILLIMETRE = 72 / 25.4
_LINE, _LEADING = 0.65, 0.5
"""The height of a line and what is between two, in ems."""
LINE = (_LINE + _LEADING) * _SIZE
"""The room of one line more."""
_WIDTH = (210 - 2 * 11) * _MILLIMETRE
_COLUMN = (_WIDTH - 2 * 5 * _MILLIMETRE) / 3 / _SIZE
"""The width of a column, in ems."""
_RAGGED = 0.7
"""What is left empty at the end of a line, on average."""
_BOLD, _UPRIGHT, _ITALIC = 0.98, 0.89, 0.86
"""How wide a style is, against the widest of its letters' shapes."""
_MARK, _BOX = 0.9, 1.25
"""What a line said, and an item to tick, are indented by."""
_BETWEEN = 0.55
_BELOW_SCRIPT, _BELOW_TICK, _BELOW_PITFALL = 0.85, 0.65, 0.75
_BLANK = " " * 6
"""As wide as the line of a blank beyond its label."""
_SIDE = (297 - 2 * 11) * _MILLIMETRE
_TOP, _BOTTOM = 53.1, 50.5
"""The room of the title and of what stands at the foot, where neither is unusually long."""
_SMALL, _PICTURE, _LINES_AT_FOOT = 8.0, 17 * _MILLIMETRE, 3
"""At the foot: the size of the text, the width that its picture takes, and how many lines are as high."""
SECTION = 18.9
"""The room of a section's heading."""
SURELY_FITS = 0.85 * ((279.4 - 2 * 11) * _MILLIMETRE - _TOP - SECTION)
"""What is estimated to take no more has room in a column, on either paper."""


def script_room(playbook: Playbook, script: Script) -> tuple[float, float]:
    """The room of a script, and the room that its stop signal adds."""
    above, style = script.title or in_words(script.id), _UPRIGHT
    if script.they_say:
        above, style = f"“{script.they_say}”", _ITALIC
    elif script.instead_of:
        above = f"Instead of “{script.instead_of}”"
    room = _height(_width(playbook, above, style), _COLUMN) + _BETWEEN
    room += _height(_width(playbook, script.say, _BOLD), _COLUMN - _MARK) + _BELOW_SCRIPT
    stop = 0.0
    if script.stop_when:
        width = _width(playbook, f"Stop: {script.stop_when}", _UPRIGHT)
        stop = _BETWEEN + _height(width, _COLUMN - _MARK)
    return room * _SIZE, stop * _SIZE


def pitfall_room(playbook: Playbook, pitfall: Pitfall) -> float:
    """The room of a pitfall with the better way."""
    width = _width(playbook, f"{pitfall.name} --> ", _ITALIC) + _width(playbook, pitfall.instead, _BOLD)
    return (_height(width, _COLUMN) + _BELOW_PITFALL) * _SIZE


def tick_room(playbook: Playbook, item: str) -> float:
    """The room of something to tick off."""
    return (_height(_width(playbook, item, _UPRIGHT), _COLUMN - _BOX) + _BELOW_TICK) * _SIZE


def lines_said(playbook: Playbook, part: Script | Pitfall) -> int:
    """About how many lines the words take that a part says, or that say what to do instead."""
    said, column = (part.say, _COLUMN - _MARK) if isinstance(part, Script) else (part.instead, _COLUMN)
    return _lines(_width(playbook, said, _BOLD), column)


def column_rooms(library: Library, context_id: str) -> list[float]:
    """The room of each column of a sheet on A4, printed on two sides."""
    title = about_ems(library.contexts[context_id].title) * 2 * _SIZE
    cited = sum(about_ems(f"{source.short}; ") for source in library.sources.values() if not source.cited_by)
    foot = 2 + ceil(cited * _UPRIGHT * _SMALL / (_WIDTH - _PICTURE))
    top = _TOP + (ceil(title / _WIDTH) - 1) * 2 * _SIZE * (_LINE + _LEADING)
    bottom = _BOTTOM + max(0, foot - _LINES_AT_FOOT) * _SMALL * (_LINE + _LEADING)
    return [_SIDE - top] * 3 + [_SIDE - bottom] * 3


def _height(width: float, column: float) -> float:
    """The height of a text of some width on one line; all is in ems."""
    lines = _lines(width, column)
    return lines * _LINE + (lines - 1) * _LEADING


def _lines(width: float, column: float) -> int:
    return max(1, ceil(width / (column - _RAGGED)))


def _width(playbook: Playbook, text: str, style: float) -> float:
    if "{" in text:
        labels = {name: _BLANK + _label(playbook, name) for name in set(SLOT.findall(text))}
        text = SLOT.sub(lambda match: labels[match[1]], text)
    return about_ems(text) * style


def _label(playbook: Playbook, name: str) -> str:
    slot = playbook.slots.get(name)
    return slot.label if slot else in_words(name)
