"""What differs between two texts, word by word."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

RunKind = Literal["same", "old", "new"]
Opcode = tuple[RunKind | Literal["both"], int, int, int, int]

# Chinese and Japanese do without spaces, so each of their characters is a word.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\s\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_PARAGRAPH = re.compile(r"[^\S\n]*\n\s*\n\s*")
_LIST_LINE = re.compile(r"[^\S\n]*\n\s*(?=(?:[-*+]|\d+[.)])\s)")
_LEAST_IN_COMMON = 0.3
"""The share of words in common below which a text is shown as written anew."""
_MOST_PAIRS = 1_000_000
"""How many pairs of words are compared before two texts count as different throughout."""
_STRAY = 2
"""How many words that stay are not worth the interruption between two changes."""


class Run(NamedTuple):
    """Words that stay, went or came; `space` says whether a space stands before them."""

    kind: RunKind
    words: str
    space: bool = True


class Word(NamedTuple):
    """A word, and whether a space stands before it."""

    letters: str
    space: bool


def same(words: str) -> tuple[Run, ...]:
    """A text in which nothing differs."""
    return (Run("same", words, space=False),) if words else ()


def split(text: str) -> list[Word]:
    """The words of a text; ends of paragraphs and of list lines are words too."""
    text = _LIST_LINE.sub(" ↵ ", _PARAGRAPH.sub(" ¶ ", text.strip()))
    return [
        Word(match[0], match.start() > 0 and text[match.start() - 1].isspace())
        for match in _WORD.finditer(text)
    ]


def counted(texts: Iterable[str]) -> Counter[str]:
    """How often each word stands in some texts, whatever its case and the marks around it."""
    return Counter(
        word.letters.strip(".,;:!?…“”‘’\"'()").casefold() for text in texts for word in split(text)
    )


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words that two texts have in common, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def word_diff(before: str, after: str) -> tuple[Run, ...]:
    """The runs of words that stay, went and came, in reading order."""
    old, new = split(before), split(after)
    runs: list[Run] = []
    for kind, old_start, old_end, new_start, new_end in _opcodes(old, new):
        if kind in {"old", "both"}:
            _append(runs, "old", old[old_start:old_end])
        if kind in {"new", "both"}:
            _append(runs, "new", new[new_start:new_end])
        if kind == "same":
            # Where words went from the very start, what follows had a space before it in the old text.
            space = new[new_start].space or old[old_start].space
            _append(runs, "same", [Word(new[new_start].letters, space), *new[new_start + 1 : new_end]])
    return tuple(runs)


def _append(runs: list[Run], kind: RunKind, words: Sequence[Word]) -> None:
    if words:
        joined = "".join(f"{' ' if word.space else ''}{word.letters}" for word in words).strip()
        follows_old = kind == "new" and bool(runs) and runs[-1].kind == "old"
        runs.append(Run(kind, joined, space=bool(runs) and (words[0].space or follows_old)))


def _opcodes(old: Sequence[Word], new: Sequence[Word]) -> list[Opcode]:
    """What became of each stretch of words; strays between two changes count as changed."""
    letters = [word.letters for word in old], [word.letters for word in new]
    start = _common(*letters)
    end = _common(letters[0][start:][::-1], letters[1][start:][::-1])
    middle = letters[0][start : len(old) - end], letters[1][start : len(new) - end]
    found: list[Opcode] = [("same", 0, start, 0, start)] if start else []
    found += [
        (kind, one + start, two + start, three + start, four + start)
        for kind, one, two, three, four in _middle(*middle, around=start + end)
    ]
    if end:
        found.append(("same", len(old) - end, len(old), len(new) - end, len(new)))
    return found


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two texts have in common at their start."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _middle(old: Sequence[str], new: Sequence[str], around: int) -> list[Opcode]:
    whole: list[Opcode] = [("both", 0, len(old), 0, len(new))] if old or new else []
    if len(old) * len(new) > _MOST_PAIRS:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    blocks = matcher.get_opcodes()
    kept = around + sum(end - start for tag, start, end, *_ in blocks if tag == "equal")
    if kept < _LEAST_IN_COMMON * (max(len(old), len(new)) + around):
        return whole
    found: list[Opcode] = []
    for index, (tag, *places) in enumerate(blocks):
        one, two, three, four = places
        is_stray = tag == "equal" and two - one <= _STRAY and 0 < index < len(blocks) - 1
        if tag == "equal" and not (is_stray and _is_between_big_changes(blocks, index)):
            found.append(("same", one, two, three, four))
        elif found and found[-1][0] == "both":
            found[-1] = ("both", found[-1][1], two, found[-1][3], four)
        else:
            found.append(("both", one, two, three, four))
    return found


def _is_between_big_changes(blocks: Sequence[tuple[str, int, int, int, int]], index: int) -> bool:
    return all(
        tag == "replace" and max(two - one, four - three) > _STRAY
        for tag, one, two, three, four in (blocks[index - 1], blocks[index + 1])
    )
