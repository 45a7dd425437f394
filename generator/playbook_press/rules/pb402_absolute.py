"""A line accuses the other side, or leaves no exception.

It looks in every line to say for "you always", "you never", "you people", "obviously", "as I already told you", "you failed to" and the like. What the other side says, and the line that a script replaces, may be as blunt as life.

## Why it matters

Whoever hears "you never" thinks of the one time they did, and defends themselves: the conversation is then about the word.

## Bad

```yaml
scripts:
  - id: late-again
    stage: open
    title: They are late again
    say: You never send the figures on time.
```

## Good

```yaml
scripts:
  - id: late-again
    stage: open
    title: They are late again
    say: The last three reports came after the meeting. What would get them here before it?
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.phrases import Phrase, Phrases
from playbook_press.rules import Found

SEVERITY = "warning"

_FACTS = "say what happened and when, and what you would like: `The last two came late. What would help?`"
_EFFECT = "say what it did to you or to the work, not what they are: `That figure surprised me`"
_ASK = "ask how it looks from their side: `How do you see it?`"
_SOURCE = "name what it rests on, so that they can check it: `Three of your invoices say so`"
_PLAIN = "say it once more, plainly, without the reproach"
_NEXT = "say what you need from here on: `Next time, could you call me first?`"
# Questions, conditions and purposes, in which the same words accuse nobody.
_ASKING = "".join(
    f"(?<!\\b{word} )"
    for word in (
        "do", "did", "have", "had", "would", "will", "could", "can", "are", "were", "so", "so that", "if",
        "as", "where", "that",
    )
)  # fmt: skip
_CALLED = (
    "unreasonable|unfair|irrational|ridiculous|childish|stubborn|impossible|greedy|lazy|aggressive|emotional"
    "|hysterical|naive|selfish|rude|dishonest|unprofessional|lying|wrong"
)

_PHRASES = Phrases(
    Phrase("you always", rf"{_ASKING}\byou always\b(?! (?:can|could|have|know|were|welcome))", _FACTS),
    Phrase(
        "you never",
        rf"{_ASKING}\byou never\b(?! (?:know|need|have to|had to|mind|asked for this))",
        _FACTS,
    ),
    Phrase("you constantly", rf"{_ASKING}\byou constantly\b", _FACTS),
    Phrase(
        "every time|every single",
        r"\byou (?:do|did|say|said|pull) (?:this|that|it) every (?:single )?time\b",
        _FACTS,
    ),
    Phrase("you people", r"\byou people\b(?! (?:who|from|in|at))", "speak to the person: `you`, or their name"),
    Phrase("one knows|body knows", r"^^(?:as )?(?:everyone|everybody|anyone|anybody) knows\b(?! (?:their|his|her|who|where|when))", _SOURCE),
    Phrase("obviously", r"(?<!not )\bobviously\b", "leave the word out: what is obvious to you may be new to them"),
    Phrase("clearly", r"^^clearly,? (?:you|this|that|it|the|we|they)\b", "leave the word out: what is clear to you may be new to them"),
    Phrase("told you", r"\b(?:as|like|what) i(?:'ve| have)?(?: already)? told you\b|\bi(?:'ve| have)? already told you\b", _PLAIN),
    Phrase("i already|'ve already|have already", r"\b(?:as|like) i(?:'ve| have)? already (?:said|explained|mentioned|pointed out|wrote|written)\b", _PLAIN),
    Phrase("do i have to", r"\bhow (?:often|many times) do i have to (?:say|tell|repeat|ask|explain|remind)\b", _PLAIN),
    Phrase("failed to|failed me|failed us", r"(?<!\bif )(?<!\bwhere )\byou(?:'ve| have)? (?:completely |again )?failed (?:to|me|us)\b", _FACTS),
    Phrase(
        "ridiculous|absurd|nonsense|stupid|insult|outrageous|laughable|joke|crazy",
        r"(?<!\bif )(?<!\bwhether )(?<!\bthink )\b(?:that's|that is|this is) (?:just |simply |completely |absolutely |totally )?"
        r"(?:an? )?(?:ridiculous|absurd|nonsense|stupid|insulting|insult|outrageous|laughable|joke|crazy)\b(?=[.,;:!?]| and| but| to| from|$)",
        _EFFECT,
    ),
    Phrase("don't be|stop being", r"\b(?:don't be|stop being) (?:so |such )?(?:an? )?(?:ridiculous|absurd|stupid|silly|difficult|baby|child|" + _CALLED + r")\b", _EFFECT),
    Phrase(_CALLED, rf"^^(?:you're|you are) (?:just |simply |being |so |completely )*(?:{_CALLED})\b", _EFFECT),
    Phrase("care|listen|get it|understand|bother", r"^^you (?:just |simply |clearly )?(?:don't|do not|didn't|did not|won't|refuse to|never) (?:even )?(?:care|listen|get it|understand|bother)\b", _ASK),
    Phrase("you ignored", r"(?<!\bif )(?<!\bwhy )\byou ignored (?:me|us|my|our|it|every)\b", _FACTS),
    Phrase("you lied", r"\byou lied\b", "say what you were told, and what you found: `I was told Monday, and it left on Friday`"),
    Phrase("your fault", r"(?<!\bthat )(?<!\bif )(?<!\bsay )(?<!\bthink )\b(?:it's|it is|that's|that is|this is) (?:all |entirely |only )?your fault\b", _NEXT),
    Phrase(
        "you should have|you shouldn't have|you really should|you should not",
        r"\byou (?:really )?should(?:n't| not)? have (?:told|known|said|asked|called|thought|done|read|listened|checked|warned|come|written)\b",
        _NEXT,
    ),
    Phrase("know better", r"\byou (?:should|ought to) know better\b", _NEXT),
    Phrase("wrong with you", r"\bwhat(?:'s| is) wrong with you\b", _ASK),
    Phrase("calm down", r"^^(?:just |please )?calm down\b(?! (?:together|first))", "offer a break, and take it yourself: `I could do with five minutes. Shall we?`"),
    Phrase("typical", r"\b(?:that's|that is|this is|how) (?:so |just )?typical(?: of you)?(?=[.!,]|$)|\btypical of you\b", _FACTS),
)  # fmt: skip


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each phrase that puts people on the defence, in the lines that we tell them to say."""
    for text, excerpt, phrase in _PHRASES.found_in(playbook.said):
        yield Found(text.location, f"`{excerpt}` puts people on the defence", phrase.instead, excerpt=excerpt)
