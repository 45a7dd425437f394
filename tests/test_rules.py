"""Each rule has a bad example whose exact output is stored, and documentation whose examples are run."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner

from good_handbook import GOOD, run
from playbook_press.cli import main
from playbook_press.lint import lint
from playbook_press.load import MAX_BYTES, read_handbook
from playbook_press.rules import all_rules

BAD = Path(__file__).parent / "bad"
RULES = all_rules()
HEAD = "title: Asking for more\nkind: note\nsummary: How to ask.\n"

# Files that an editor or a checkout would change, or that nobody wants to look at.
MADE: dict[str, bytes] = {
    "pb001_not_utf8.yml": f"{HEAD}owners: [Zoé Müller]\n".encode("latin-1"),
    "pb001_not_utf8_2.yml": HEAD.encode("utf-16"),
    "pb001_not_utf8_3.yml": HEAD.encode() + b"owners: [\xf0\x9f\x98\x80 \xed\xa0\x80]\n",
    "pb002_file_too_large.yml": f"{HEAD}# ".encode() + b"x" * MAX_BYTES,
}
STORED = {path.name for path in BAD.iterdir() if path.suffix != ".txt"}
BAD_FILES = sorted(STORED | MADE.keys())
# What these check cannot be shown as YAML.
WITHOUT_YAML = {"PB001", "PB002", "PB013"}
# What these find stands in another file, so all of the handbook is linted.
ELSEWHERE = ("pb601",)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a copy of the good handbook, for one bad file after another."""
    folder = tmp_path_factory.mktemp("bad")
    shutil.copytree(GOOD, folder / "playbooks")
    return folder


@pytest.fixture
def bad_file(request: pytest.FixtureRequest, scratch: Path) -> Iterator[Path]:
    """One of the bad files beside the good ones, as a path below the scratch folder.

    A bad file is named after its rule, with underscores, which no playbook may have in its name.
    """
    name: str = request.param
    content = MADE[name] if name in MADE else (BAD / name).read_bytes()
    path = Path("playbooks", *(["worksheets"] if is_worksheet(content) else []))
    path /= name if name.startswith("pb013") else name.replace("_", "-")
    if are_sources(content):
        path = Path("playbooks/vocabulary/sources.yml")
    replaced = (scratch / path).read_bytes() if (scratch / path).exists() else None
    (scratch / path).write_bytes(content)
    yield path
    if replaced is None:
        (scratch / path).unlink()
    else:
        (scratch / path).write_bytes(replaced)


def is_worksheet(content: bytes) -> bool:
    return b"\nparts:" in content


def are_sources(content: bytes) -> bool:
    return b"\n  contributes:" in content


def expected_text(bad: str) -> Path:
    return BAD / Path(bad).with_suffix(".txt")


@pytest.mark.parametrize(("bad_file", "name"), [(name, name) for name in BAD_FILES], indirect=["bad_file"])
def test_a_bad_file_gives_the_stored_output(
    bad_file: Path,
    name: str,
    scratch: Path,
    update_golden: bool,  # noqa: FBT001 (the fixtures are passed by name)
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(scratch)
    linted = "playbooks" if name.startswith(ELSEWHERE) else bad_file.as_posix()
    result = CliRunner().invoke(main, ["lint", linted])
    assert result.exit_code == 1, result.output
    if update_golden:
        expected_text(name).write_text(result.output, encoding="utf-8")
    assert result.output == expected_text(name).read_text(encoding="utf-8"), (
        "if the new output is better, `pytest --update-golden` stores it"
    )


@pytest.mark.parametrize("bad_file", ["pb101_unknown_key.yml"], indirect=True)
def test_the_installed_command_prints_the_same(bad_file: Path, scratch: Path) -> None:
    finished = run("lint", bad_file, cwd=scratch)
    assert finished.stdout == expected_text("pb101_unknown_key.yml").read_text(encoding="utf-8")
    assert (finished.returncode, finished.stderr) == (1, "")


@pytest.mark.parametrize("name", BAD_FILES)
def test_the_stored_output_has_the_code_of_the_file_name(name: str) -> None:
    assert f"[{name[:5].upper()}]: " in expected_text(name).read_text(encoding="utf-8")


def test_every_stored_output_belongs_to_a_bad_file() -> None:
    assert {path.name for path in BAD.glob("*.txt")} == {expected_text(name).name for name in BAD_FILES}


@pytest.mark.parametrize("code", RULES)
def test_every_rule_has_a_bad_file_of_its_name(code: str) -> None:
    name = f"{code}_{RULES[code].name}".lower().replace("-", "_")
    assert {f"{name}.yml", f"{name}.yaml"} & set(BAD_FILES)


@pytest.mark.parametrize("name", BAD_FILES)
def test_every_bad_file_is_named_after_a_rule(name: str) -> None:
    stem = re.sub(r"_\d+$", "", Path(name).stem)
    assert stem in {f"{code}_{rule.name}".lower().replace("-", "_") for code, rule in RULES.items()}


# Documentation


def as_playbook(example: str) -> str:
    """An example as a file: its keys take the place of the same ones of `minimal.yml`."""
    keys = re.findall(r"^(\w+):", example, flags=re.MULTILINE)
    if example.startswith("%") or {"title", "summary"} <= set(keys) or are_sources(example.encode()):
        return example
    minimal = (GOOD / "minimal.yml").read_text(encoding="utf-8")
    kept = (line for line in minimal.splitlines(keepends=True) if line.partition(":")[0] not in keys)
    return "".join(kept) + example


def documented(kind: Literal["Bad", "Good"]) -> list[tuple[str, str]]:
    return [(code, example) for code, rule in RULES.items() for example in rule.examples(kind)]


def number(code_and_example: tuple[str, str]) -> str:
    code, example = code_and_example
    return f"{code}-{[text for other, text in documented('Bad') + documented('Good') if other == code].index(example)}"


def findings_of(example: str, scratch: Path) -> list[str]:
    """The codes of what is wrong with an example, beside the good handbook, or because of it."""
    content = as_playbook(example)
    path = Path("worksheets" if is_worksheet(content.encode()) else "", "minimal.yml")
    if are_sources(content.encode()):
        path = Path("vocabulary/sources.yml")
    replaced = (GOOD / path).read_text(encoding="utf-8") if (GOOD / path).exists() else None
    (scratch / "playbooks" / path).write_text(content, encoding="utf-8")
    findings = lint(read_handbook(scratch / "playbooks", Path()))
    if replaced is None:
        (scratch / "playbooks" / path).unlink()
    else:
        (scratch / "playbooks" / path).write_text(replaced, encoding="utf-8")
    return [finding.code for finding in findings]


@pytest.mark.parametrize("documented_example", documented("Bad"), ids=number)
def test_a_bad_example_breaks_its_rule(scratch: Path, documented_example: tuple[str, str]) -> None:
    code, example = documented_example
    assert code in findings_of(example, scratch)


@pytest.mark.parametrize("documented_example", documented("Good"), ids=number)
def test_a_good_example_breaks_no_rule(scratch: Path, documented_example: tuple[str, str]) -> None:
    _, example = documented_example
    assert findings_of(example, scratch) == []


@pytest.mark.parametrize("code", RULES)
def test_every_rule_is_documented_in_one_order(code: str) -> None:
    documentation = RULES[code].documentation
    first, blank, what_it_checks = documentation.splitlines()[:3]
    assert re.fullmatch(r"[A-Z].*\.", first)
    assert blank == ""
    assert what_it_checks.startswith("It ")
    assert re.findall(
        r"^#.*", re.sub(r"^```.*?^```", "", documentation, flags=re.MULTILINE | re.DOTALL), flags=re.MULTILINE
    ) == [
        "## Why it matters",
        "## Bad",
        "## Good",
    ]
    for section in re.split(r"^## .*\n", documentation, flags=re.MULTILINE):
        assert section.strip()


@pytest.mark.parametrize("code", sorted(RULES.keys() - WITHOUT_YAML))
def test_every_rule_shows_a_bad_and_a_good_example(code: str) -> None:
    assert RULES[code].examples("Bad")
    assert RULES[code].examples("Good")


@pytest.mark.parametrize("code", RULES)
def test_a_rule_says_how_grave_its_findings_are(code: str) -> None:
    assert RULES[code].severity in {"error", "warning", "note"}


def test_no_error_of_the_model_belongs_to_two_rules() -> None:
    errors = [error for rule in RULES.values() for error in rule.errors]
    assert len(errors) == len(set(errors))
