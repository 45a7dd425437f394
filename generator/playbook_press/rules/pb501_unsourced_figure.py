"""A figure, a study or a quotation has no source.

It looks for shares ("70% of buyers", "two out of three people"), for "studies show" and "research suggests", and for words that are put into somebody's mouth, in texts that claim something. Their part, or the part around it, has to have `sources`. Lines to say, things to do, examples of slots, and cases with `illustration: true` claim nothing.

## Why it matters

A figure is quoted across the table, and the reader who is asked where it comes from has to have an answer.

## Bad

```yaml
pitfalls:
  - id: answering-at-once
    name: Answering at once
    why: Studies show that 70% of people regret what they agreed to on the spot.
    instead: Ask for a day.
```

## Good

```yaml
pitfalls:
  - id: answering-at-once
    name: Answering at once
    why: People often regret what they agreed to on the spot.
    instead: Ask for a day.
```

```yaml
pitfalls:
  - id: bare-positions
    name: Bare positions
    why: Fisher and Ury write that a position is what you decided, and an interest what made you decide so.
    instead: Ask what the position is for.
    sources: [fisher-ury-2011]
```
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from playbook_press.model import Example, Library, Location, Playbook, Text
from playbook_press.rules import Found

SEVERITY = "warning"

# What is said claims no more than its speaker does; what is to be done claims nothing.
_SPEECH = frozenset({"say", "says", "they_say", "instead_of", "title", "name", "label", "question"})
_ADVICE = frozenset(
    {
        "do",
        "instead",
        "items",
        "steps",
        "respond",
        "safeguard",
        "stop_when",
        "changes",
        "goal",
        "use_when",
        "avoid_when",
    }
)
_COUNT = r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten)"
_SHARE = re.compile(
    r"\b\d[\d.,]*(?:\s?%|\s(?:percent|per cent)\b)(?! sure\b)"
    rf"|\b{_COUNT} (?:out )?of (?:every )?(?:ten|hundred)\b"
    rf"|\b{_COUNT} out of (?:every )?{_COUNT}\b"
    rf"|\bone in (?:every )?{_COUNT}\b",
    re.IGNORECASE,
)
# A sentence that supposes a figure, or asks for one, claims nothing.
_SUPPOSED = re.compile(
    r"\b(?:if|say|suppose|imagine|such as|for example|ask for|offer|let's|would|could|example)\b|\?",
    re.IGNORECASE,
)
_SHOW = r"(?:show|suggest|find|found|prove|indicate|confirm|tell|reveal|demonstrate)(?:s|ed|n)?"
_STUDY = re.compile(
    rf"\b(?:research|studies|surveys|experiments|scientists|experts|science)"
    rf" (?:(?:has|have|had|also|often|clearly|consistently|in \w+) )*(?:{_SHOW}|agree|say|recommend)\b"
    rf"|\b(?:a|one|recent|another|this) (?:\w+ )?(?:\w+ )?(?:study|survey|experiment) (?:(?:has|of|by|from|at|in) [^.]*?)?{_SHOW}\b"
    rf"|\baccording to (?:(?:a|one|recent|some|several|many|the) )?(?:[a-z]+ )?(?:research|stud(?:y|ies)|surveys?|scientists|experts|science)\b"
    rf"|\bit (?:has been|is) (?:scientifically |well )?proven that\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][a-z]+(?: (?:and )?[A-Z][\w.'-]+)*"
_VERB = r"(?:says|said|writes|wrote|write|argues|argued|argue|puts it|put it|warns|warned)"
_WRITE = re.compile(r"\b[A-Z][a-z]+ (?:and )?[A-Z][a-z]+ (?:writes|wrote|write) that\b")
_SENTENCE = re.compile(r"[^.!?]*(?:[.!?](?!\s|$)[^.!?]*)*[.!?]?")
_SECTIONS = frozenset(
    {
        "definition", "stages", "contexts", "scripts", "dialogues", "flows", "signals", "moves", "pitfalls",
        "checklists", "examples", "ethics", "faq", "planned",
    }
)  # fmt: skip


class _Claim(NamedTuple):
    """A way of claiming something."""

    markers: tuple[str, ...]
    """Without one of these a text does not make it; looking for them is quick."""
    pattern: re.Pattern[str]


# Few and short: looking for each of these in every text is what the rule takes its time for.
_CLAIMS = (
    _Claim(("%", "cent", "out of ", "of ten", "ne in "), _SHARE),
    _Claim(("esearch", "tud", "urvey", "xper", "cien", "roven"), _STUDY),
    _Claim(('"', "”"), re.compile(rf"[\"”],? (?:says|said|writes|wrote) {_NAME}")),
    _Claim(("As ",), re.compile(rf"\bAs {_NAME} (?:once )?{_VERB}\b")),
    _Claim(("rite that", "rites that", "rote that"), _WRITE),
    _Claim(("words of",), re.compile(rf"\b[Ii]n the words of {_NAME}")),
)


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each claim that names no source."""
    everything = playbook.wording
    found: set[Location] = set()
    for claim in _CLAIMS:
        for marker in claim.markers:
            if marker not in everything:
                continue
            for text in [text for text in playbook.texts if marker in text.words]:
                if text.location in found or not (excerpt := _claimed(text, claim)):
                    continue
                found.add(text.location)
                if (part := _unsourced(playbook, text.location)) is not None:
                    yield Found(
                        text.location,
                        f"`{excerpt}` needs a source",
                        "cite it under `sources:`, or say only what you know",
                        excerpt=excerpt,
                        needs=part,
                    )


def _claimed(text: Text, claim: _Claim) -> str:
    """What in a text claims something that somebody found out or said."""
    if text.is_key or text.field in _SPEECH or text.location[0] == "slots":
        return ""
    if claim.pattern is not _SHARE:
        match = claim.pattern.search(text.words)
        return match[0] if match else ""
    if text.field not in _ADVICE and _SHARE.search(text.words):
        for sentence in _SENTENCE.findall(text.words):
            if (match := _SHARE.search(sentence)) and not _SUPPOSED.search(sentence):
                return str(match[0])
    return ""


def _unsourced(playbook: Playbook, location: Location) -> Location | None:
    """Where the part is that makes a claim, if neither it nor a part around it has sources.

    What stands in the playbook itself, such as its summary, has the playbook's.
    """
    if location[0] not in _SECTIONS:
        return None if playbook.sources else ("sources",)
    part: Any = playbook
    inner: Location = ()
    for index, step in enumerate(location[:-1], start=1):
        part = getattr(part, str(step)) if hasattr(type(part), "model_fields") else part[step]
        if getattr(part, "sources", ()) or (isinstance(part, Example) and part.illustration):
            return None
        if hasattr(part, "sources"):
            inner = location[:index]
    return inner
