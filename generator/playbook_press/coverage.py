"""Where a handbook has lines to say, and where it has none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from playbook_press.model import Library

_STEPS = (1, 3, 8, 15)
"""From how many lines on a place of the picture is one shade darker."""

_MOST_THIN = 10


@dataclass(frozen=True)
class Place:
    """A stage of a conversation in a context."""

    context_id: str
    stage_id: str
    own: int
    """How many scripts name the context at this stage."""
    shared: int
    """How many more fit because they name no context."""

    @property
    def shade(self) -> int:
        """How dark it is in the picture, from 0 for a gap to 4."""
        return sum(self.own >= least for least in _STEPS)


def coverage(library: Library) -> Mapping[str, Sequence[Place]]:
    """How many lines there are for each context, by its id, at each stage."""
    scripts = [script for playbook in library.playbooks.values() for script in playbook.scripts]
    return {
        context: [
            Place(
                context,
                stage,
                own=sum(script.stage == stage and context in script.contexts for script in scripts),
                shared=sum(script.stage == stage and not script.contexts for script in scripts),
            )
            for stage in library.stages
        ]
        for context in library.contexts
    }


def coverage_of(library: Library, playbook_id: str) -> Mapping[str, Sequence[int]]:
    """How many lines one playbook has for each context, by its id, at each stage."""
    scripts = library.playbooks[playbook_id].scripts
    return {
        context: [
            sum(script.stage == stage and context in (script.contexts or library.contexts) for script in scripts)
            for stage in library.stages
        ]
        for context in library.contexts
    }


def thinnest(library: Library) -> list[Place]:
    """The places with the fewest lines, gaps first: the ones to write for."""
    places = [place for row in coverage(library).values() for place in row]
    return sorted(places, key=lambda place: (place.own, place.shared))[:_MOST_THIN]
