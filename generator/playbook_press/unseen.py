"""What nobody sees in a text: tabs, invisible characters, and line ends that hardly a program shows."""

import re
from collections.abc import Iterator
from itertools import islice

from playbook_press.text import CONTROL
from playbook_press.wrong_yaml import MOST_PROBLEMS, Problem, Span

# What shows nothing, beside control characters: words could be hidden in it. Joiners stay, which emoji and some scripts
# are written with, and so do the selectors of another form that emoji have.
INVISIBLE = re.compile(
    rf"{CONTROL.pattern}|[\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0"
    r"\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e01ef]"
)
# Where other lines end otherwise, a program shows what is behind it in the same line: in a comment, say.
_LONE_RETURN = re.compile(r"\r(?!\n)")
# A tab with nothing before it but what indents a line, or any other.
_TABS = re.compile(r"(?P<lead>^[ -]*)?(?P<tabs>\t+)", re.MULTILINE)


def unseen_problems(text: str) -> list[Problem]:
    """The tabs and the invisible characters of a text."""
    return [*islice(_tabs(text), MOST_PROBLEMS), *islice(_invisible_characters(text), MOST_PROBLEMS)]


def _tabs(text: str) -> Iterator[Problem]:
    if "\t" not in text:  # in nearly every file there is none
        return
    for match in _TABS.finditer(text):
        indents = match["lead"] is not None
        yield Problem(
            "PB004",
            Span(*match.span("tabs")),
            "a tab",
            "use spaces: YAML does not take tabs for indentation, and a page shows them as one space",
            "  " * len(match["tabs"]) if indents else " ",
            is_guess=indents,
        )


def _invisible_characters(text: str) -> Iterator[Problem]:
    for match in INVISIBLE.finditer(text):
        yield Problem("PB005", Span(match.start(), match.end()), *invisible(match[0]))
    if "\r" in text and "\n" in text:
        for match in _LONE_RETURN.finditer(text):
            yield Problem(
                "PB005",
                Span(match.start(), match.end()),
                "a carriage return without a line feed",
                "end the line as the others end: YAML starts a new one here, and hardly a program shows it",
            )


def invisible(character: str) -> tuple[str, str]:
    """What is wrong with a character that nobody sees, and what to do."""
    return (
        f"the invisible character U+{ord(character):04X}",
        "delete it: it often comes along when text is pasted",
    )
