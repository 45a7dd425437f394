"""A worksheet with what a person has filled in, and what follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from playbook_press.model import Answers, Form, Result, Table, Worksheet
from playbook_press.paper.computing import compute, options_in

Row = Mapping[str, str]
"""The words in each cell of a row, by the id of the column."""


@dataclass(frozen=True)
class FilledIn:
    """A worksheet with the answers on it; without any, it is a blank."""

    worksheet: Worksheet
    answers: Answers = field(default_factory=Answers)
    slots: Mapping[str, str] = field(default_factory=dict)
    """By slot, the words that take its place in every script, and in the fields that fill it."""

    def answer(self, form_id: str, field_id: str) -> str:
        """What stands in a field of a form; one without an answer has what its slot is filled with."""
        answer = self.answers.fields.get(form_id, {}).get(field_id, "")
        return answer or self.slots.get(self._slots.get((form_id, field_id), ""), "")

    @cached_property
    def _slots(self) -> Mapping[tuple[str, str], str]:
        """The slots that fields fill, by form and field."""
        return {
            (part.id, entry.id): entry.slot
            for part in self.worksheet.parts
            if isinstance(part, Form)
            for entry in part.fields
            if entry.slot
        }

    def given(self, table: Table) -> list[Row]:
        """The rows that are filled in, with what is computed in them.

        A row without its first cell has the starter that is in its place.
        """
        first = table.columns[0].id
        found: list[Row] = []
        for place, given in enumerate(self.answers.rows.get(table.id, ())):
            row = dict(given)
            if not row.get(first) and place < len(table.starters):
                row[first] = table.starters[place]
            for column in table.columns:
                if column.computed:
                    values = [row.get(name, "") for name in column.of]
                    computed = compute(column.computed, values, options_in(table, column.of))
                    row[column.id] = computed or row.get(column.id, "")
            found.append(row)
        return found

    def rows(self, table: Table) -> list[Row]:
        """Every row to print: those that are filled in, the starters that are left, and empty ones.

        Whoever names a starter keeps the others; whoever names none has put words of her own in
        their place.
        """
        first = table.columns[0].id
        given = self.given(table)
        named = {row.get(first, "") for row in given} & set(table.starters)
        left = [
            starter
            for place, starter in enumerate(table.starters)
            if starter not in named and (named or place >= len(given))
        ]
        found: list[Row] = [*given, *({first: starter} for starter in left)]
        return found + [{}] * (table.rows - len(found))

    def column(self, table: Table, column_id: str) -> list[str]:
        """What is filled in in a column, without its empty cells."""
        return [words for row in self.given(table) if (words := row.get(column_id, ""))]

    def result(self, result: Result) -> str:
        """What a figure comes to; empty where that cannot be known."""
        part = next(part for part in self.worksheet.parts if part.id == result.part)
        if isinstance(part, Table):
            values = [words for name in result.of for words in self.column(part, name)]
        else:
            values = [self.answer(part.id, name) for name in result.of]
        return compute(result.computed, values, options_in(part, result.of))
