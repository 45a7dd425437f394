"""Runs a target of the fuzzer with Atheris.

It starts from the good and the bad files of the tests and from whatever was found before. An input
that breaks something is put into tests/fuzz_corpus/TARGET/, where the tests find it from then on.
"""

import argparse
import importlib
import itertools
import sys
import tempfile
from pathlib import Path
from typing import Any

_REMEMBERED = 500
"""How many inputs the text of a handbook is remembered for: no handbook has as much, and the memory is limited."""

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "tests/fuzz_corpus"
TARGETS = tuple(sorted(path.stem.removeprefix("fuzz_") for path in Path(__file__).parent.glob("fuzz_*.py")))


def seeds(target: str) -> list[Path]:
    """The files that a target starts from."""
    found = [path for folder in ("good", "bad") for path in (ROOT / "tests" / folder).iterdir()]
    found = [path for path in found if path.suffix in {".yml", ".yaml"}]
    kept = CORPUS / target
    return sorted([*found, *(kept.iterdir() if kept.is_dir() else ())])


def main() -> None:
    """Fuzz until the time is over, or something breaks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=TARGETS)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--seed", type=int, default=0, help="By default another one each time.")
    parser.add_argument("--found", type=Path, default=CORPUS, help="Where what breaks something is kept.")
    options = parser.parse_args()
    try:
        atheris: Any = importlib.import_module("atheris")
    except ImportError:
        sys.exit("error: Atheris is not installed: there are wheels of it for Linux on x86-64")
    with atheris.instrument_imports(include=["playbook_press", "harness"]):
        text = importlib.import_module("playbook_press.text")
        target = importlib.import_module(f"fuzz_{options.target}")
    found = options.found / options.target
    found.mkdir(parents=True, exist_ok=True)
    inputs = itertools.count(1)

    def one_input(data: bytes) -> None:
        if next(inputs) % _REMEMBERED == 0:
            for remembering in (text.escape, text.parse_block, text.parse_inline):
                remembering.cache_clear()
        target.one_input(data)

    with tempfile.TemporaryDirectory() as folder:
        for number, path in enumerate(seeds(options.target)):
            (Path(folder) / f"{number}").write_bytes(path.read_bytes())
        flags = {
            "dict": Path(__file__).with_name("yaml.dict"),
            "artifact_prefix": f"{found}/",
            "max_total_time": options.seconds,
            "runs": options.runs,
            "seed": options.seed,
            "max_len": 8_192,
            "timeout": 20,
            "rss_limit_mb": 1_024,
        }
        atheris.Setup(
            [sys.argv[0], *(f"-{name}={value}" for name, value in flags.items()), folder], one_input
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
