"""What the fuzzer has broken once stays whole, and it looks again for a moment: `make fuzz` looks for longer."""

import importlib
import platform
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FUZZ = ROOT / "fuzz"
CORPUS = Path(__file__).parent / "fuzz_corpus"
TARGETS = sorted(path.stem.removeprefix("fuzz_") for path in FUZZ.glob("fuzz_*.py"))
KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())
RUNS = {"fixes": 150, "linter": 500, "loader": 1_500, "text": 1_500}
# The wheels of Atheris.
HAS_ATHERIS = (sys.platform, platform.machine()) == ("linux", "x86_64") and sys.version_info < (3, 14)


@pytest.fixture(autouse=True)
def _targets_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(FUZZ)


def test_what_broke_a_target_is_kept_under_its_name() -> None:
    assert {path.parent.name for path in KEPT} <= set(TARGETS)
    assert all(path.parent.parent == CORPUS for path in KEPT)


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_an_input_that_broke_something_breaks_nothing(path: Path) -> None:
    """Every target gets it: what broke one may break another next."""
    for target in TARGETS:
        importlib.import_module(f"fuzz_{target}").one_input(path.read_bytes())


@pytest.mark.parametrize("target", TARGETS)
def test_a_moment_of_fuzzing_breaks_nothing(target: str, tmp_path: Path) -> None:
    arguments = (f"--runs={RUNS[target]}", "--seconds=60", "--seed=1", f"--found={tmp_path}")
    command = [sys.executable, str(FUZZ / "run_target.py"), target, *arguments]
    run = subprocess.run(command, capture_output=True, check=False, encoding="utf-8", errors="replace")
    if HAS_ATHERIS:
        assert run.returncode == 0, run.stderr[-5_000:]
        assert "Done " in run.stderr
    else:
        assert run.stderr.startswith("error: Atheris is not installed")
