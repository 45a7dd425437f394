"""What the press is made of is locked by hashes, listed, and packed the same each time."""

import json
import os
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from site_under_test import ROOT

LOCKS = ("requirements.lock", "requirements-test.lock")
READER: dict[str, Any] = json.loads((ROOT / "reader/package-lock.json").read_text(encoding="utf-8"))[
    "packages"
]
LOCKED = re.compile(
    r"([a-z0-9][a-z0-9.-]*)==([^ ;\\]+)(?: ; [^\\]+?)?((?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
)


def locked(name: str) -> dict[str, str]:
    """The packages of a lock file, each with its version."""
    return {found[1]: found[2] for found in LOCKED.finditer((ROOT / name).read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_has_a_version_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert LOCKED.sub("", text) == ""
    assert len(locked(name)) > 20
    assert "://" not in text


def test_tests_run_with_what_the_press_runs_with() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-test.lock").items()


def test_every_script_of_the_reader_has_a_hash_and_no_address() -> None:
    packages = [package for place, package in READER.items() if place]
    assert len(packages) > 20
    for package in packages:
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def listed(folder: Path) -> dict[str, str]:
    subprocess.run([sys.executable, ROOT / "tools/sbom.py", folder], check=True, capture_output=True)
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_the_bill_of_materials_names_everything_with_its_hashes_and_is_the_same_each_time(
    tmp_path: Path,
) -> None:
    bills = listed(tmp_path / "one")
    assert sorted(bills) == ["python.cdx.json", "reader.cdx.json"]
    for text in bills.values():
        assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    python, reader = (json.loads(text)["components"] for text in bills.values())
    assert {found["name"]: found["version"] for found in python} == locked("requirements.lock")
    assert all(found["externalReferences"][0]["hashes"] for found in python)
    assert {found["bom-ref"] for found in reader} == {place for place in READER if place}
    assert all(found["hashes"] for found in reader)
    assert listed(tmp_path / "two") == bills


def packed(source: Path, into: Path, umask: int) -> dict[str, bytes]:
    """Pack the press from a copy of it; the wheel and the source archive."""
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, source], check=True, umask=umask)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", into],
        cwd=source,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
        check=True,
        capture_output=True,
        umask=umask,
    )
    return {path.name: path.read_bytes() for path in into.iterdir()}


def test_a_wheel_and_a_source_archive_are_the_same_each_time_and_hold_what_they_should(
    tmp_path: Path,
) -> None:
    first = packed(tmp_path / "one", tmp_path / "first", 0o022)
    assert sorted(path.rpartition(".")[2] for path in first) == ["gz", "whl"]
    assert packed(tmp_path / "deeper/two", tmp_path / "second", 0o077) == first
    (wheel,) = (tmp_path / "first").glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    source = tmp_path / "one/generator"
    package = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert {"playbook_press/py.typed", "playbook_press/theme/main.html"} <= package
    about = {name for name in names if ".dist-info/" in name}
    assert names - about == package
    assert any(name.endswith("licenses/LICENSE") for name in about)
    (archive,) = (tmp_path / "first").glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        inside = {name.partition("/")[2] for name in opened.getnames()}
    assert {f"generator/{name}" for name in package} <= inside
    assert inside - {f"generator/{name}" for name in package} == {
        *("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", "PKG-INFO", ".gitignore"),
    }
