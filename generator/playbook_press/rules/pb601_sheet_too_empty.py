"""The sheet of a context holds too little to be useful.

It checks that the cheat sheet of each context has at least twelve lines to print, once that of another context has.

## Why it matters

A sheet of paper with five lines on it is not worth taking into a room. Mostly a context is new, and nobody has said yet
which of the handbook's lines fit it.

## Bad

```yaml
scripts:
  - id: ask-what-changed
    stage: open
    contexts: [sales]
    say: What has changed since we last spoke?
checklists:
  - id: before-the-call
    title: Before the call
    purpose: prepare
    contexts: [sales]
    items: [Who decides., Who pays., What they need., Your limit., Your target.]
  - id: before-you-sign
    title: Before you sign
    purpose: close
    contexts: [sales]
    items: [The price., The term., The notice., The dates., Who does what., Who checks it.]
```

## Good

```yaml
scripts:
  - id: ask-what-changed
    stage: open
    say: What has changed since we last spoke?
checklists:
  - id: before-the-call
    title: Before the call
    purpose: prepare
    items: [Who decides., Who pays., What they need., Your limit., Your target.]
  - id: before-you-sign
    title: Before you sign
    purpose: close
    items: [The price., The term., The notice., The dates., Who does what., Who checks it.]
```
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from playbook_press.model import Library, Playbook
from playbook_press.paper.ranking import MOST_PITFALLS, MOST_TICKS, PURPOSES, is_for_sheets, usefulness
from playbook_press.rules import Facts, Found

SEVERITY = "note"
WHOLE = True

_FEWEST = 12
"""Lines: a column, or a sixth of a sheet."""


def facts(playbook: Playbook) -> dict[str, Any]:
    """The contexts of each line that can be printed, those of each that needs a rank, and the lists."""
    return {
        "scripts": [script.contexts for script in playbook.scripts if is_for_sheets(script)],
        "pitfalls": [pitfall.contexts for pitfall in playbook.pitfalls if pitfall.sheet is not None],
        "unranked": [
            *(
                script.contexts
                for script in playbook.scripts
                if script.channel == "spoken" and not is_for_sheets(script)
            ),
            *(pitfall.contexts for pitfall in playbook.pitfalls if pitfall.sheet is None),
        ],
        "lists": [
            [checklist.purpose, checklist.sheet, checklist.contexts, len(checklist.items)]
            for checklist in playbook.checklists
            if checklist.purpose in PURPOSES
        ],
    }


def compare(known: Facts, library: Library) -> Iterator[tuple[str, Found]]:
    """Yield each context whose sheet is short while another's is not."""
    # A new handbook has no full sheet yet, and of a broken one it is not known.
    if library.unread.get("playbooks") or None in known.values():
        return
    playbooks = list(known.values())
    lines = {context_id: _lines(library, playbooks, context_id) for context_id in library.contexts}
    if max(lines.values(), default=0) < _FEWEST:
        return
    for context_id, count in lines.items():
        if count < _FEWEST:
            unranked = sum(_fitting(playbook["unranked"], context_id) for playbook in playbooks)
            missing = _FEWEST - count
            help_ = f"write {missing} more that fit it"
            if unranked:
                help_ += (
                    f", or give a rank with `sheet` to some of the {unranked} that are printed only with one"
                )
            yield (
                "vocabulary/contexts",
                Found(
                    (context_id,),
                    f"the sheet of `{context_id}` holds {count or 'no'} line{'' if count == 1 else 's'}:"
                    " too few to be of use",
                    help_,
                    is_key=True,
                ),
            )


def _lines(library: Library, playbooks: Sequence[Mapping[str, Any]], context_id: str) -> int:
    """How many lines could be on the sheet of a context; no more are counted than it takes."""
    scripts = 0
    for playbook in playbooks:
        scripts += _fitting(playbook["scripts"], context_id)
        if scripts >= _FEWEST:
            return scripts
    pitfalls = sum(_fitting(playbook["pitfalls"], context_id) for playbook in playbooks)
    lists = [one for playbook in playbooks for one in playbook["lists"] if not one[2] or context_id in one[2]]
    ticks = 0
    for purpose in PURPOSES:
        of_purpose = sorted(
            (one for one in lists if one[0] == purpose), key=lambda one: bool(one[2]), reverse=True
        )
        if of_purpose:
            chosen = min(of_purpose, key=lambda one: usefulness(library, one[1], one[2]))
            ticks += min(MOST_TICKS, chosen[3])
    return scripts + min(MOST_PITFALLS, pitfalls) + ticks


def _fitting(contexts: Iterable[Sequence[str]], context_id: str) -> int:
    """How many of the parts that are about these contexts are about one of them."""
    return sum(not found or context_id in found for found in contexts)
