"""Where a handbook has lines to say, and where it has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from playbook_press.model import Library, Script

_MOST_THIN = 10
_SHADES = 4


@dataclass(frozen=True)
class Place:
    """A stage of a conversation in a context."""

    context_id: str
    stage_id: str
    own: int
    """How many scripts name the context at this stage."""
    shared: int
    """How many more fit because they name no context."""
    shade: int
    """How dark it is in the picture, from 0 for a gap to 4 for the fullest places."""


def coverage(library: Library) -> Mapping[str, Sequence[Place]]:
    """How many lines there are for each context, by its id, at each stage."""
    scripts = _scripts(library)
    own = {
        (context, stage): sum(script.stage == stage and context in script.contexts for script in scripts)
        for context in library.contexts
        for stage in library.stages
    }
    most = max(own.values(), default=0)
    return {
        context: [
            Place(
                context,
                stage,
                own[context, stage],
                shared,
                ceil(_SHADES * own[context, stage] / most) if most else 0,
            )
            for stage, shared in zip(library.stages, shared_lines(library), strict=True)
        ]
        for context in library.contexts
    }


def shared_lines(library: Library) -> Sequence[int]:
    """How many scripts name no context, at each stage."""
    shared = [script.stage for script in _scripts(library) if not script.contexts]
    return [shared.count(stage) for stage in library.stages]


def _scripts(library: Library) -> list[Script]:
    return [script for playbook in library.playbooks.values() for script in playbook.scripts]


def coverage_of(library: Library, playbook_id: str) -> Mapping[str, Sequence[int]]:
    """How many lines one playbook has for each context, by its id, at each stage."""
    scripts = library.playbooks[playbook_id].scripts
    return {
        context: [
            sum(
                script.stage == stage and context in (script.contexts or library.contexts)
                for script in scripts
            )
            for stage in library.stages
        ]
        for context in library.contexts
    }


def thinnest(library: Library) -> list[Place]:
    """The places with the fewest lines, gaps first: the ones to write for."""
    places = [place for row in coverage(library).values() for place in row]
    return sorted(places, key=lambda place: (place.own, place.shared))[:_MOST_THIN]
