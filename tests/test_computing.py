"""What worksheets work out, by a table of cases that the reader's script is held to as well."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from playbook_press.model import Answers, Table, Worksheet
from playbook_press.paper.answers import FilledIn
from playbook_press.paper.computing import Amount, compute, read_amount, write_amount
from playbook_press.paper.drawing import draw_plot, draw_range

CASES: dict[str, list[Any]] = json.loads(
    (Path(__file__).parent / "computing_cases.json").read_text(encoding="utf-8")
)
SCORES = tuple(map(Decimal, range(1, 6)))


@pytest.mark.parametrize(("words", "amount"), CASES["read"])
def test_an_amount_is_read_as_it_is_meant(words: str, amount: list[Any] | None) -> None:
    found = read_amount(words)
    assert (found and [f"{found.value:f}", found.currency, found.is_percentage]) == amount


@pytest.mark.parametrize(("value", "currency", "is_percentage", "words"), CASES["write"])
def test_an_amount_is_written_as_people_write_it(
    value: str,
    currency: str,
    is_percentage: bool,  # noqa: FBT001 (the cases hold it)
    words: str,
) -> None:
    assert write_amount(Amount(Decimal(value), currency, is_percentage)) == words


@pytest.mark.parametrize("case", CASES["compute"])
def test_a_figure_is_worked_out(case: dict[str, Any]) -> None:
    assert compute(case["operation"], case["values"], case.get("options", ())) == case["result"]


@pytest.mark.parametrize("case", CASES["range"])
def test_a_range_is_drawn(case: dict[str, Any]) -> None:
    assert draw_range(*case["ends"]) == case["drawn"]


@pytest.mark.parametrize("case", CASES["plot"])
def test_a_plot_is_drawn(case: dict[str, Any]) -> None:
    rows = [(when, figures) for when, figures in case["rows"]]
    assert draw_plot(rows, SCORES if case["scores"] else ()) == case["drawn"]


@pytest.mark.parametrize("case", CASES["tables"])
def test_rows_and_starters_stand_where_they_belong(case: dict[str, Any]) -> None:
    columns = [{**column, "label": column["id"]} for column in case["columns"]]
    content = {"type": "table", "id": "table", "title": "Table", "columns": columns}
    content |= {"rows": case["rows"], "starters": case["starters"]}
    table = Table.model_validate(content, strict=False)
    worksheet = Worksheet(title="Title", summary="Summary", parts=(table,))
    filled = FilledIn(worksheet, Answers(rows={"table": tuple(case["answers"])}))
    assert filled.given(table) == case["given"]
    assert filled.rows(table) == case["shown"]
