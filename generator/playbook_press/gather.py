"""What the handbook holds for a place: parts of all playbooks, gathered and put in order."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from playbook_press.model import Checklist, Library, Pitfall, Playbook, Script


class Placed(NamedTuple):
    """A part of a playbook, with the playbook it stands in."""

    playbook_id: str
    playbook: Playbook
    part: Any

    @property
    def page(self) -> str:
        """Where the part stands, as an address of the handbook."""
        return f"playbooks/{self.playbook_id}#{self.part.id}"

    @property
    def anchor(self) -> Markup:
        """Its id on a page that gathers parts of many playbooks: two ids, so nothing to escape."""
        return Markup(f"{self.playbook_id}--{self.part.id}")


class Handout(NamedTuple):
    """Everything that the handbook holds for one context."""

    best: Sequence[Placed]
    """The scripts that their authors ranked highest, in the order of their ranks."""
    scripts: Mapping[str, Sequence[Placed]]
    """Every script, by the id of its stage, in the order of the stages."""
    pitfalls: Sequence[Placed]
    checklists: Sequence[Placed]
    dialogues: Sequence[Placed]
    notes: Sequence[tuple[str, Playbook]]
    """The playbooks that say what changes here, by id."""

    @property
    def lines(self) -> int:
        """How many scripts there are."""
        return sum(map(len, self.scripts.values()))


_MOST_READY = 8


def placed(library: Library, section: str) -> list[Placed]:
    """Every part of a section, over all playbooks."""
    return [found for playbook_id in library.playbooks for found in placed_in(library, playbook_id, section)]


def placed_in(library: Library, playbook_id: str, section: str) -> list[Placed]:
    """Every part of a section of one playbook."""
    playbook = library.playbooks[playbook_id]
    return [Placed(playbook_id, playbook, part) for part in getattr(playbook, section)]


def playbooks_of(library: Library, kind: str) -> list[tuple[str, Playbook]]:
    """The playbooks of a kind, with their ids."""
    return [(name, playbook) for name, playbook in library.playbooks.items() if playbook.kind == kind]


def by_stage(library: Library, scripts: Iterable[Placed]) -> dict[str, list[Placed]]:
    """Scripts by the id of their stage, in the order of the stages."""
    grouped: dict[str, list[Placed]] = {stage: [] for stage in library.stages}
    for script in scripts:
        grouped[script.part.stage].append(script)
    return {stage: found for stage, found in grouped.items() if found}


def handout(library: Library, context: str) -> Handout:
    """Gather what fits a context: what names it first, then what fits every context."""

    def fits(part: Script | Pitfall | Checklist) -> bool:
        return not part.contexts or context in part.contexts

    def gathered(section: str) -> list[Placed]:
        found = [item for item in placed(library, section) if fits(item.part)]
        return sorted(found, key=lambda item: not item.part.contexts)

    dialogues = [item for item in placed(library, "dialogues") if item.part.context == context]
    scripts = gathered("scripts")
    ranked = [item for item in scripts if item.part.sheet and context in item.part.contexts]
    return Handout(
        best=sorted(ranked, key=lambda item: item.part.sheet)[:_MOST_READY],
        scripts=by_stage(library, scripts),
        pitfalls=gathered("pitfalls"),
        checklists=gathered("checklists"),
        dialogues=dialogues,
        notes=[
            (name, playbook) for name, playbook in library.playbooks.items() if context in playbook.contexts
        ],
    )
