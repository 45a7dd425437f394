"""The parts of a worksheet as data for the template that prints them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import ceil
from typing import Any

from playbook_press.model import (
    Blank,
    CellType,
    Column,
    Coverage,
    Form,
    Plot,
    Range,
    Result,
    Table,
    Ticks,
    WorksheetPart,
    blanks,
)
from playbook_press.paper.answers import FilledIn, Row
from playbook_press.paper.computing import formula_of_column, formula_of_result
from playbook_press.paper.drawing import draw_plot, draw_range
from playbook_press.paper.room import (
    INSET,
    bands,
    column_widths,
    height_of,
    lines_of,
    shows_options,
    width_of,
)
from playbook_press.paper.wording import Data, Wording
from playbook_press.paper.words import shortened
from playbook_press.text import parse_inline, plain

LABEL = 44
"""The room for the label of a field and its hint, in millimetres."""
GAP = 6
"""The room between two fields in a line."""
_SMALL = 8
_CELL = 9.5
"""The size of the text in a table, in points."""
_LONG_LINES = 3
_PITCH = 11
"""Lines are never further apart than this."""
_MOST_ACROSS = 3
_NEEDED: Mapping[CellType, float] = {
    "date": 34,
    "money": 34,
    "number": 28,
    "percent": 28,
    "score": 42,
    "text": 80,
    "person": 70,
}
"""How long a line to write on has to be; where nothing is said, it goes across the page."""
_AROUND_AN_OPTION = 9
_LEAST_COVER = 32
_LEAST_FIGURE = 58
_MOST_LINES_OF_HINT = 4
_NARROW = 18
_MOST_LINES_OF_LABEL = 4
_LONGEST_CUT_LABEL = 10
_LONGEST_LABEL_IN_A_DRAWING = 18
"""Where a label is said again, in ems."""
_WIDE_ENOUGH = 55
"""A column of this width holds on one line what people write in it."""
TALL = 130
"""What may be taller than this, in millimetres, is allowed to go over to the next page."""
_STACKED = 30
_SCORES = tuple(map(Decimal, range(1, 6)))


@dataclass(frozen=True)
class PartWriter:
    """Writes the parts of one worksheet for one width of paper."""

    wording: Wording
    filled: FilledIn
    room: float
    """The width of the text, in millimetres."""

    def parts(self) -> Iterator[Data]:
        """Every part, in order; figures that follow each other stand side by side."""
        for is_figure, group in groupby(self.filled.worksheet.parts, lambda part: isinstance(part, Result)):
            if is_figure:
                yield self._figures([part for part in group if isinstance(part, Result)])
            else:
                yield from map(self._part, group)

    def _part(self, part: WorksheetPart) -> Data:
        content: Mapping[type, Any] = {
            Form: self._form,
            Table: self._table,
            Range: self._range,
            Plot: self._plot,
            Coverage: self._coverage,
            Ticks: self._ticks,
        }
        return {
            "type": part.type,
            "title": self.wording.words(part.title),
            "intro": self.wording.pieces(part.intro),
            **content[type(part)](part),
        }

    # Forms

    def _form(self, form: Form) -> Data:
        rows: list[Data] = []
        for across, group in groupby(form.fields, lambda field: self._across(form, field)):
            fields = [self._field(form, field, across) for field in group]
            rows += [
                {"across": across, "fields": fields[at : at + across]} for at in range(0, len(fields), across)
            ]
        height = sum(max(field["height"] for field in row["fields"]) for row in rows)
        return {"rows": rows, "tall": height > TALL / 2}

    def _line(self, across: int) -> float:
        """How long a line is, where there are so many fields beside each other."""
        return (self.room - (across - 1) * GAP) / across - LABEL

    def _across(self, form: Form, field: Blank) -> int:
        """How many fields like this one stand beside each other."""
        if _is_wide(field):
            return 1
        written = 1.1 * width_of(self.filled.answer(form.id, field.id))
        needed = max(_NEEDED.get(field.type, self.room), written)
        if field.type == "choice":
            needed = written + sum(width_of(option) + _AROUND_AN_OPTION for option in field.options)
        return max(
            across for across in range(1, _MOST_ACROSS + 1) if across == 1 or needed <= self._line(across)
        )

    def _field(self, form: Form, field: Blank, across: int) -> Data:
        answer = self.filled.answer(form.id, field.id)
        options = self._options(field, answer)
        is_score = field.type == "score" and answer.strip() in {"", *map(str, _SCORES)}
        lines = _LONG_LINES if field.type == "long" else 0 if options or is_score else 1
        line = self.room if _is_wide(field) else self._line(across)
        heights = (
            height_of(field.label, line if _is_wide(field) else LABEL)
            + height_of(field.hint, line if _is_wide(field) else LABEL, _SMALL),
            sum(height_of(option, line) for option in field.options)
            + height_of(answer, line)
            + lines * _PITCH,
        )
        height = sum(heights) if _is_wide(field) else max(heights)
        return {
            "label": self.wording.pieces(field.label),
            "hint": self.wording.pieces(field.hint),
            "wide": _is_wide(field),
            "height": height,
            "tall": height > TALL,
            "lines": lines,
            "after": "%" if field.type == "percent" else "",
            "scores": [{"words": str(s), "chosen": answer.strip() == str(s)} for s in _SCORES]
            if is_score
            else [],
            "options": options,
            "stacked": any(width_of(option) > _STACKED for option in field.options),
            "words": [] if is_score or _is_chosen(options) else self.wording.pieces(answer, line),
        }

    def _options(self, blank: Blank, answer: str) -> list[Data]:
        if blank.type != "choice":
            return []
        return [
            {"words": self.wording.pieces(option), "chosen": _same(option, answer)}
            for option in blank.options
        ]

    # Tables

    def _table(self, table: Table) -> Data:
        notes: dict[str, Data] = {}
        rows = self.filled.rows(table)
        found = []
        for indices in bands(table.columns, self.room):
            columns = [table.columns[index] for index in indices]
            widths = column_widths(columns, self.room)
            heads = []
            for column, width in zip(columns, widths, strict=True):
                head, note = self._head(table, column, width - 2 * INSET)
                heads.append(head)
                if note:
                    notes[column.id] = {"label": self.wording.pieces(column.label), "words": note}
            factor = _row_factor(columns, widths)
            lines = [self._row(row, columns, widths) for row in rows]
            height = sum(max(line["height"], factor * _PITCH) for line in lines)
            found.append(
                {"widths": widths, "heads": heads, "factor": factor, "rows": lines, "tall": height > TALL / 2}
            )
        return {"bands": found, "notes": list(notes.values())}

    def _head(self, table: Table, column: Column, room: float) -> tuple[Data, list[Data]]:
        """What stands above a column, and what there is no room for and is said above the table."""
        options = () if shows_options(column) else column.options
        formula = formula_of_column(table, column)
        hint = " ".join(filter(None, [column.hint, f"One of: {', '.join(options)}." if options else ""]))
        label = self.wording.words(column.label, room, _CELL)
        is_cut = lines_of(label, room) > _MOST_LINES_OF_LABEL
        if is_cut:
            label = shortened(label, _LONGEST_CUT_LABEL)
        above: list[str] = []
        beside: list[str] = []
        for words in filter(None, [formula, hint]):
            most = _MOST_LINES_OF_HINT + (words == formula) - (room < _NARROW)
            fits = lines_of(" ".join([*beside, words]), room, _SMALL) <= most
            (beside if fits and not is_cut else above).append(words)
        head = {"label": label, "hint": self.wording.pieces(" ".join(beside), room, _SMALL)}
        if is_cut and not above:
            above = ["to fill in"]
        return head, self.wording.pieces(" ".join(above))

    def _row(self, row: Row, columns: Sequence[Column], widths: Sequence[float]) -> Data:
        cells = []
        height = 0.0
        for column, width in zip(columns, widths, strict=True):
            room = width - 2 * INSET
            answer = row.get(column.id, "")
            options = self._options(column, answer) if shows_options(column) else []
            if answer and not _is_chosen(options):
                options = []
            words = [] if options else self.wording.pieces(answer, room, _CELL)
            cells.append({"options": options, "words": words})
            height = max(height, height_of(answer, room))
        return {"cells": cells, "height": height, "tall": height > TALL}

    # What is worked out or drawn

    def _figures(self, figures: Sequence[Result]) -> Data:
        """Figures side by side, in rows of nearly the same length."""
        items = [
            {
                "title": self.wording.words(figure.title),
                "formula": self.wording.pieces(formula_of_result(self.filled.worksheet, figure)),
                "intro": self.wording.pieces(figure.intro),
                "words": self.filled.result(figure),
                "tall": height_of(figure.title + figure.intro, _LEAST_FIGURE) > TALL,
            }
            for figure in figures
        ]
        most = 1 if any(item["tall"] for item in items) else int(self.room // _LEAST_FIGURE)
        across = ceil(len(items) / ceil(len(items) / most))
        return {"type": "figures", "rows": [items[at : at + across] for at in range(0, len(items), across)]}

    def _blank(self, part_id: str, blank_id: str) -> Blank:
        return next(
            blank
            for part in self.filled.worksheet.parts
            if part.id == part_id
            for blank in blanks(part)
            if blank.id == blank_id
        )

    def _label(self, part_id: str, blank_id: str) -> str:
        label = self.wording.words(self._blank(part_id, blank_id).label)
        return shortened(label, _LONGEST_LABEL_IN_A_DRAWING)

    def _range(self, part: Range) -> Data:
        names = (part.floor, part.target, part.their_low, part.their_high)
        drawn = draw_range(*(self.filled.answer(part.part, name) for name in names))
        floor, target, low, high = (self._label(part.part, name) for name in names)
        alt = f"A number line to draw on: above it from {floor} to {target}, below it from {low} to {high}"
        if drawn:
            ends = [" to ".join(drawn[side]["words"]) for side in ("yours", "theirs")]
            alt = f"A number line: {floor} and {target} are {ends[0]}, {low} and {high} are {ends[1]}"
        return {"drawn": drawn, "yours": [floor, target], "theirs": [low, high], "alt": alt}

    def _table_rows(self, part_id: str) -> tuple[str, Sequence[Row]]:
        """The first column of a table, and its rows that are filled in."""
        found = next(part for part in self.filled.worksheet.parts if part.id == part_id)
        return (found.columns[0].id, self.filled.given(found)) if isinstance(found, Table) else ("", [])

    def _plot(self, part: Plot) -> Data:
        is_score = all(self._blank(part.part, name).type == "score" for name in part.y)
        _, rows = self._table_rows(part.part)
        drawn = draw_plot(
            [(row.get(part.x, ""), [row.get(name, "") for name in part.y]) for row in rows],
            _SCORES if is_score else (),
        )
        x = self._label(part.part, part.x)
        lines = [self._label(part.part, name) for name in part.y]
        alt = f"Axes to draw {' and '.join(lines)} by {x}"
        if drawn:
            alt = f"{' and '.join(lines)} by {x}, drawn as {'lines' if len(lines) > 1 else 'a line'}"
        return {
            "drawn": drawn,
            "x": x,
            "lines": lines,
            "marks": [{"at": float(s - 1) / 4, "words": str(s)} for s in _SCORES] if is_score else [],
            "alt": alt,
        }

    def _coverage(self, part: Coverage) -> Data:
        first, rows = self._table_rows(part.part)
        items = []
        covers: list[str] = []
        options = self._blank(part.part, part.column).options
        for option in options:
            found = [row for row in rows if _same(option, row.get(part.column, ""))]
            by = "; ".join(filter(None, (row.get(first, "") for row in found)))
            covers.append(by)
            items.append(
                {
                    "words": self.wording.pieces(option),
                    "chosen": bool(found),
                    "by": self.wording.pieces(by),
                    "tall": max(height_of(option, LABEL), height_of(by, LABEL)) > TALL,
                }
            )
        widest = max((width_of(option) for option in options), default=0) + _AROUND_AN_OPTION
        half = (self.room - GAP) / 2 - widest
        across = 2 if half >= _LEAST_COVER and all(width_of(words) < half for words in covers) else 1
        lines = ceil(len(items) / across)
        return {
            "items": items,
            "across": across,
            "width": min(widest, self.room / 2),
            "tall": any(item["tall"] for item in items) or lines * _PITCH > TALL / 2,
        }

    def _ticks(self, part: Ticks) -> Data:
        heights = [height_of(item, self.room) for item in part.items]
        return {
            "items": [
                {"words": self.wording.pieces(item), "tall": height > TALL}
                for item, height in zip(part.items, heights, strict=True)
            ],
            "tall": sum(heights) > TALL / 2,
        }


def _is_chosen(options: Sequence[Data]) -> bool:
    return any(option["chosen"] for option in options)


def _is_wide(field: Blank) -> bool:
    """Whether the label and the hint are too long to stand beside the line."""
    return (
        lines_of(field.label, LABEL) > _MOST_LINES_OF_LABEL
        or lines_of(field.hint, LABEL, _SMALL) > _MOST_LINES_OF_HINT + 2
    )


def _same(option: str, answer: str) -> bool:
    """Whether an answer is this option, however it was typed or escaped."""
    chosen, given = (plain(parse_inline(text.strip()), str).casefold() for text in (option, answer))
    return chosen == given != ""


def _row_factor(columns: Sequence[Column], widths: Sequence[float]) -> float:
    """How many lines a row should have room for."""
    written = [
        (column, width)
        for column, width in zip(columns, widths, strict=True)
        if column.type in {"text", "long", "person"} and not column.computed
    ]
    if any(column.type == "long" for column, _ in written):
        return 2
    narrow = any(width < _WIDE_ENOUGH for _, width in written)
    return 1.4 if narrow or any(map(shows_options, columns)) else 1
