"""What the linter says of worksheets beside the rest of a handbook."""

from pathlib import Path

from good_handbook import run

WORKSHEET = """\
title: Your range
summary: What you ask for.
parts:
  - type: form
    id: pay
    title: Pay
    fields:
      - {id: target, label: What you ask for, slot: my-figrue}
"""


def test_a_slot_that_was_surely_meant_is_put_in_its_place(project: Path) -> None:
    path = project / "playbooks/worksheets/range.yml"
    path.write_text(WORKSHEET, encoding="utf-8")
    assert "unknown slot `my-figrue`" in run("lint", cwd=project).stdout
    assert run("lint", "--fix", cwd=project).returncode == 0
    assert "slot: my-figure}" in path.read_text(encoding="utf-8")


def test_a_slot_may_be_declared_in_a_playbook_that_cannot_be_read(project: Path) -> None:
    (project / "playbooks/worksheets/range.yml").write_text(WORKSHEET, encoding="utf-8")
    (project / "playbooks/broken.yml").write_text("title: [", encoding="utf-8")
    found = run("lint", cwd=project).stdout
    assert "broken.yml" in found
    assert "PB314" not in found


def test_a_slot_may_be_declared_in_a_part_that_was_left_out(project: Path) -> None:
    (project / "playbooks/worksheets/range.yml").write_text(WORKSHEET, encoding="utf-8")
    path = project / "playbooks/minimal.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}slots: [my-figrue]\n", encoding="utf-8")
    found = run("lint", cwd=project).stdout
    assert "[PB103]" in found
    assert "PB314" not in found


def test_a_column_has_no_slot(project: Path) -> None:
    table = (
        "title: Offers\nsummary: What was offered.\nparts:\n  - type: table\n    id: offers\n    title: Offers\n"
        "    columns:\n      - {id: day, label: Day, slot: deadline}\n      - {id: price, label: Price}\n"
    )
    (project / "playbooks/worksheets/offers.yml").write_text(table, encoding="utf-8")
    found = run("lint", cwd=project).stdout
    assert "unknown key `slot`" in found


def test_an_id_that_another_part_or_blank_has_is_told(project: Path) -> None:
    again = "  - {type: form, id: pay, title: Again, fields: [{id: a, label: A}, {id: b, label: B}, {id: a, label: C}]}\n"
    text = WORKSHEET.replace("my-figrue", "my-figure") + again
    (project / "playbooks/worksheets/range.yml").write_text(text, encoding="utf-8")
    found = run("lint", "--format", "github", cwd=project).stdout
    assert "the id `pay` is taken by entry 1 of `parts`" in found
    assert "the id `a` is taken by entry 1 of `fields`" in found
