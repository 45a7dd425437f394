"""The lines of a twin: what Python-Markdown's extensions write, in CommonMark, and evenly spaced."""

import re
from collections.abc import Sequence

AND, JOIN = "\x05", "\x06"
"""Behind one of several things in a row; between a label and the line that it belongs to."""
MARKS = {"em": ("\x01", "\x02"), "i": ("\x01", "\x02"), "strong": ("\x03", "\x04"), "b": ("\x03", "\x04")}
"""Where emphasis begins and ends, by tag, until it is known what stands around it."""
KEPT = "\x07"
"""Around the number of a block of code that is put in at the end."""
CELL, ROW = "\x0e", "\x0f"
"""Behind a cell and behind a row of a table that was written as HTML."""
OWN = "\x01\x02\x03\x04\x05\x06\x07\x0e\x0f"
"""The characters that a page must not hold, since they are marks here."""

_IN_A_ROW = re.compile(rf"{AND}[ ]*(?:\n?[ ]*(?=\[)|(?=[^\s.]))")
_LABELLED = re.compile(rf"{JOIN}\s*(?P<block>(?:[-*+]|\d+[.)]|\#{{1,6}})[ ]|[>|{KEPT}])?")
_EMPHASIS = re.compile(r"([\x01\x03])([^\x01-\x04]*)[\x02\x04]")
_BESIDE = "*\x01\x02\x03\x04"
_LEFT_OVER = re.compile(r"[\x01-\x04]")
_FOLDED = re.compile(
    r"\n(?P<space> *)(?:===[!+]?[ ]+\"(?P<tab>.*)\""
    r"|(?:!!!|\?\?\?\+?)[ ]+(?P<kind>[\w -]*?)(?:[ ]*\"(?P<title>.*)\")?)[ ]*(?=\n)"
)
_DEFINITION = re.compile(r":[ ]+\S")
_WIDE_ITEM = "-   "
_BULLET = re.compile(r"( *-) {2,}(?=\S)")
_NUMBERED = re.compile(r"([ >]*)(\d{1,9})\.( +)")
_DEEPER = 4
"""How far Python-Markdown's blocks are indented."""


def settle(words: str, code: Sequence[str] = ()) -> str:
    """The text of a twin, from what its page has come to; `code` holds its blocks of code."""
    words = _IN_A_ROW.sub(" · ", words).replace(AND, "")
    words = _LABELLED.sub(_labelled, words)
    if "\x01" in words or "\x03" in words:
        words = _emphasised(words)
    if '=== "' in words or "!!!" in words or "???" in words:
        words = _unfolded(f"\n{words}")
    words = "\n".join(_spaced(words.split("\n")))
    for number, block in enumerate(code):
        words = _put_in(words, f"{KEPT}{number}{KEPT}", block)
    return words


def _labelled(match: re.Match[str]) -> str:
    return f"\n\n{match['block']}" if match["block"] else " "


def _emphasised(words: str) -> str:
    """Write emphasis as asterisks, where these mean that, and else the words alone."""
    words = words.replace("\x02\x01", "").replace("\x04\x03", "")
    count = 1
    while count:
        words, count = _EMPHASIS.subn(_asterisks, words)
    return _LEFT_OVER.sub("", words)


def _asterisks(match: re.Match[str]) -> str:
    marks, inside = "*" if match[1] == "\x01" else "**", match[2]
    start, end = match.span()
    before, after = match.string[max(start - 1, 0) : start], match.string[end : end + 1]
    # Marks beside marks are read in ways of their own; there, the words alone.
    is_apart = not any(beside.isalnum() or beside in _BESIDE for beside in (before, after) if beside)
    is_read = is_apart and inside and not (inside[0].isspace() or inside[-1].isspace())
    return f"{marks}{inside}{marks}" if is_read else inside


def _unfolded(words: str) -> str:
    """Tabs one after the other, each below its title, and admonitions as quotes."""
    found: list[str] = []
    end = 0
    for match in _FOLDED.finditer(words):
        if match.start() < end:  # it is inside one that has been written
            continue
        found.append(words[end : match.start()])
        space = match["space"]
        inside = re.compile(rf"(?:\n{space}{' ' * _DEEPER}.*|\n[ ]*(?=\n|\Z))*")
        content = inside.match(words, match.end())
        end = content.end() if content else match.end()
        block = re.sub(rf"\n{space}{' ' * _DEEPER}", "\n", words[match.end() : end])
        title, mark = match["tab"], ""
        if title is None:
            title, mark = match["title"], "> "
            title = match["kind"].partition(" ")[0].capitalize() if title is None else title
        block = _unfolded(f"\n**{title}**\n{block}" if title else block).strip("\n")
        found += ["\n", *(f"\n{space}{mark}{row}".rstrip(" ") for row in block.split("\n")), "\n"]
    return "".join([*found, words[end:]])


def _spaced(lines: Sequence[str]) -> list[str]:
    """Lines without space at their ends, one blank line at the most between two, and items counted."""
    found: list[str] = []
    numbers: dict[int, int] = {}
    was_blank = True
    for index, line in enumerate(lines):
        row = line.rstrip()
        if row and not (row[0] == "|" and _is_empty_row(row, lines[index + 1 : index + 2])):
            if row[0] == ":" and _DEFINITION.match(row):
                row = _defined(found, row)
            if was_blank and row.startswith("- **"):
                _close_up(found)
            found.append(_item(row, numbers, was_blank=was_blank))
        elif not row and not was_blank:
            found.append("")
        was_blank = not row
    while found and not found[-1]:
        found.pop()
    return [*found, ""]


def _item(row: str, numbers: dict[int, int], *, was_blank: bool) -> str:
    """A line that may be an item of a list; `numbers` are the last ones by how far they are indented."""
    if _WIDE_ITEM in row and (match := _BULLET.match(row)):
        return f"{match[1]} {row[match.end() :]}"
    if "." in row[:12] and (match := _NUMBERED.match(row)):
        return _counted(match, row, numbers)
    if numbers and was_blank:
        depth = len(row) - len(row.lstrip(" >"))
        for indent in [indent for indent in numbers if indent >= depth]:
            del numbers[indent]
    return row


def _close_up(found: list[str]) -> None:
    """Let an item of a list of terms stand right below the one before it."""
    if len(found) > 1 and found[-2].startswith("- **"):
        found.pop()


def _is_empty_row(row: str, after: Sequence[str]) -> bool:
    """Whether a row of a table is there to be written in; a head may be empty as well."""
    is_head = any(line.startswith(("|-", "|:", "| -", "| :")) for line in after)
    return not row.strip("| ") and not is_head


def table(words: str, blank: str) -> str:
    """A table of Markdown, from one with marks behind its cells and rows; what is `blank` is empty."""
    rows = [
        [" ".join(cell.replace(blank, "").split()) for cell in row.split(CELL)[:-1]]
        for row in words.split(ROW)
        if CELL in row
    ]
    if not rows:
        return words
    head, *body = rows
    lines = [head, ["---"] * len(head), *(row for row in body if any(row))]
    return "\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n\n"


def _defined(found: list[str], row: str) -> str:
    """An item of a list, from a definition and the term on the line before it."""
    words = row[1:].strip()
    if not found or not found[-1] or found[-1].startswith("- **"):
        return f"- {words}"
    term = found.pop().strip()
    return f"- **{term}{'' if term[-1] in ':.?!' else ':'}** {words}"


def _counted(match: re.Match[str], row: str, numbers: dict[int, int]) -> str:
    """An item of a numbered list, with its number: each may be written as the first."""
    indent, given = len(match[1]), int(match[2])
    for deeper in [other for other in numbers if other > indent]:
        del numbers[deeper]
    number = numbers.get(indent, 0) + 1 if given == 1 else given
    numbers[indent] = number
    return f"{match[1]}{number}. {row[match.end() :]}"


def _put_in(words: str, mark: str, block: str) -> str:
    """Put a block of code where its mark is, behind whatever stands before that on its line."""
    before, _, after = words.partition(mark)
    start = before.rfind("\n") + 1
    lead = before[start:]
    own = len(block) - len(block.lstrip(" "))
    rows = [f"{lead}{row[own:]}".rstrip() for row in block.split("\n")]
    return before[:start] + "\n".join(rows) + after
