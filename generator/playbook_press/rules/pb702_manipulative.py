"""A line manipulates.

It looks in every line to say for well-known ways of pressing people: urgency and rivals that are made up, "trust me", "any reasonable person", doubts about what they saw, and guilt.

## Why it matters

Such a line may win the day. It loses the next one, when they find out, and the handbook with it.

## Bad

```yaml
scripts:
  - id: the-price-holds
    stage: close
    title: How long the price holds
    say: This offer expires in an hour, and I have another buyer waiting.
```

## Good

```yaml
scripts:
  - id: the-price-holds
    stage: close
    title: How long the price holds
    say: Our own supplier raises prices in March. Until then, this figure holds.
```
"""

from collections.abc import Iterator

from playbook_press.model import Library, Playbook
from playbook_press.phrases import Phrase, Phrases
from playbook_press.rules import Found

SEVERITY = "warning"

_TIME = "name the true reason for the date: `The workshop fills up in May. Until then I can hold a place`"
_RIVAL = "say only what is true and can be asked about: `Two others have asked. I would rather sell to you`"
_PROOF = "show what they can check: `Here are the figures. Ask whoever used it last year`"
_REASON = "give the reason and leave them their judgement: `I see it so because of the rent. And you?`"
_MEMORY = "set your memory beside theirs: `I remember it differently. Shall we look at the notes?`"
_NEED = "ask for what you need, and leave them free to say no: `I would be glad of your help. Would you?`"
_OTHERS = "name who did what, if they agree to be named: `The north team signed in June`"
_SOON = (
    r"(?:in|within) (?:(?:an|one|the next|half an|\d+|two|three|five|ten) )?(?:hours?|minutes?)"
    r"|at midnight|tonight|the moment (?:you|i)\b|when (?:you|i) (?:leave|hang up|walk)"
)

_PHRASES = Phrases(
    Phrase("expire", rf"\b(?:offer|price|deal|discount|rate)(?: that i made)? (?:will )?expires? (?:{_SOON})", _TIME),
    Phrase("price only|offer only|deal only|discount only|rate only|is only", r"\b(?:offer|price|deal|discount|rate) (?:is )?only (?:good|valid|holds|stands|there) (?:for (?:today|(?:the next )?(?:an |one |\d+ )?(?:hours?|minutes?))|until (?:tonight|midnight)|today|right now)\b", _TIME),
    Phrase("gone", r"\b(?:it'll|it will|this will|this'll|will) (?:all )?be gone (?:by |before )?(?:tomorrow|tonight|in an hour|soon|the moment)\b", _TIME),
    Phrase("last chance|only chance|final chance", r"\b(?:your|the) (?:very )?(?:last|only|final) chance\b(?! for (?:me|us))", _TIME),
    Phrase("now or never", r"\b(?:it's|it is|this is|that's) now or never\b|^^now or never\b", _TIME),
    Phrase("lifetime", r"\bonce[- ]in[- ]a[- ]lifetime\b", _TIME),
    Phrase("right now", r"\byou (?:have|need|'ve got) to (?:decide|sign|agree|commit|say yes) (?:right )?now\b", _TIME),
    Phrase("t sign|t agree|t decide|t commit|t buy|t say yes", r"\bif you don't (?:sign|agree|decide|commit|buy|say yes) (?:right )?(?:now|today)\b", _TIME),
    Phrase("another b|another c|another t|another p|another o", r"\banother (?:buyer|customer|client|bidder|candidate|tenant|party|offer)s? (?:is |already )?(?:waiting|lined up|in the wings|outside|right behind you)\b", _RIVAL),
    Phrase("other buyers|other cus|other cli|other bid|other cand|other ten|other off|other people", r"\bother (?:buyers|customers|clients|bidders|candidates|tenants|offers|people)(?: are)? (?:waiting|lined up|queu(?:e)?ing|in the wings|lining up)\b", _RIVAL),
    Phrase("snap", r"\b(?:somebody|someone|others) (?:else )?(?:will|'ll) snap (?:it|this|them) up\b", _RIVAL),
    Phrase("trust me", r"^^(?:just |you can |please )?trust me(?=[.,!;:]| on (?:this|that|it)\b|$)|, trust me(?=[.,!]|$)", _PROOF),
    Phrase("believe me", r"^^(?:just |please )?believe me(?=[.,!;:]|$)|, believe me(?=[.,!]|$)", _PROOF),
    Phrase("idiot", r"\b(?:only|any|even) (?:an? )?(?:complete )?(?:idiot|fool|child) (?:would|could|can|knows|sees)\b", _REASON),
    Phrase("only a", r"\bonly (?:an? )?(?:fool|madman|amateur)s? (?:would|could)\b", _REASON),
    Phrase("reasonable|sane|sensible|smart|intelligent|rational|decent|normal", r"\b(?:any|every|no) (?:reasonable|sane|sensible|smart|intelligent|rational|decent|normal) person\b", _REASON),
    Phrase("anyone with", r"\b(?:anyone|anybody) with (?:half a brain|any sense|common sense|an? ounce of|a brain)\b", _REASON),
    Phrase("imagining", r"\byou(?:'re| are| must be) (?:just |only )?imagining (?:it|things|that|this)\b(?! (?:would|will|could))", _MEMORY),
    Phrase("never happened", r"^^(?:that|this|it) never happened\b(?! (?:again|before|to))", _MEMORY),
    Phrase("in your head", r"\b(?:it's|it is|that's|that is) (?:all |only |just )?in your head\b", _MEMORY),
    Phrase("making", r"\byou(?:'re| are) (?:just )?making (?:this|that|it|things) up\b", _MEMORY),
    Phrase("you must have", r"\byou must have (?:misheard|misunderstood|dreamt|dreamed|imagined|forgotten)\b", _MEMORY),
    Phrase("too sensitive", r"\byou(?:'re| are) (?:being )?(?:far |way |just )?too sensitive\b", _MEMORY),
    Phrase("overreacting", r"\byou(?:'re| are) (?:just )?overreacting\b", _MEMORY),
    Phrase("after all|after everything", r"\bafter (?:all|everything)(?: that)? (?:i|we)(?:'ve| have)? (?:ever )?(?:done|did|do|given|gave|sacrificed)\b", _NEED),
    Phrase("you owe", r"(?<!what )(?<!think )\byou owe (?:me|us)(?: one| this| that| it)?(?=[.!,]|$)", _NEED),
    Phrase("if you really|if you truly", r"\bif you (?:really|truly) (?:loved|cared|valued|respected|trusted|liked|wanted|believed)\b", _NEED),
    Phrase("if you were", r"\bif you were an? (?:real|true|proper|good|serious) ", _NEED),
    Phrase("could you do this", r"\bhow could you do this to (?:me|us)\b", _NEED),
    Phrase("i thought we were", r"\bi thought (?:that )?we were (?:friends|family|partners|a team)\b", _NEED),
    Phrase("don't you trust", r"^^don't you trust (?:me|us)\b", _PROOF),
    Phrase("regret", r"\byou(?:'ll| will)(?: only)? (?:come to )?regret (?:it|this|that)\b", "say what you will do, as news and not as a threat: `If we cannot agree, I will look elsewhere in June`"),
    Phrase("a shame if", r"\bit(?:'d| would) be (?:such )?a (?:shame|pity) if (?:something|anything|your|somebody|someone|word)\b", "say what you will do, as news and not as a threat: `If we cannot agree, I will look elsewhere in June`"),
    Phrase("else w", r"\b(?:nobody|no one|no-one) else (?:will|would) (?:ever )?(?:have|hire|want|take|pay|love) you\b", _REASON),
    Phrase("never get|never find", r"\byou(?:'ll| will) never (?:get|find) (?:a |an |anything |anyone )?better\b", _PROOF),
    Phrase("grateful", r"\byou (?:should|ought to) be grateful\b", _NEED),
    Phrase("lucky", r"\byou(?:'re| are) lucky (?:to have|that (?:i|we)|(?:i|we)(?:'m|'re| am| are| even)?)\b", _NEED),
    Phrase("everyone else", r"\b(?:everyone|everybody) else (?:has |'s )?(?:already )?(?:signed|agreed|accepted|said yes|pays|is on board)\b(?<!once everyone else agreed)", _OTHERS),
    Phrase("not supposed to", r"\bi(?:'m| am) not supposed to (?:tell|say|do|show|offer)\b", "say only what you may say, and say that there is more: `I can't speak about that part`"),
)  # fmt: skip


def check(playbook: Playbook, library: Library) -> Iterator[Found]:  # noqa: ARG001 (all rules are called alike)
    """Yield each phrase that presses people, in the lines that we tell them to say."""
    for text, excerpt, phrase in _PHRASES.found_in(playbook.said):
        yield Found(
            text.location,
            f"`{excerpt}` presses people where they should choose",
            phrase.instead,
            excerpt=excerpt,
        )
