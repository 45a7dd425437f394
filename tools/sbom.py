"""Writes what the press is made of as CycloneDX 1.6, one file for Python and one for the reader's scripts.

    python tools/sbom.py FOLDER

Both say the same each time: no date, no serial number, and everything in order.
"""

import base64
import json
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

ROOT = Path(__file__).parents[1]
_ALGORITHMS = {"sha1": HashAlgorithm.SHA_1, "sha256": HashAlgorithm.SHA_256, "sha512": HashAlgorithm.SHA_512}


def main(folder: Path) -> None:
    """Write both files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    write_python(folder / "python.cdx.json")
    lock = json.loads((ROOT / "reader/package-lock.json").read_text(encoding="utf-8"))
    (folder / "reader.cdx.json").write_text(of_npm(lock), encoding="utf-8")


def write_python(path: Path) -> None:
    """Write what stands in requirements.lock, with its hashes."""
    # The program, as its authors run it; the date of a release must not get in.
    environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    program = Path(sys.executable).with_name("cyclonedx-py")
    options = ["--pyproject", "pyproject.toml", "--mc-type", "application", "--output-reproducible"]
    subprocess.run(  # noqa: S603 (the program of this environment)
        [
            program,
            "requirements",
            "requirements.lock",
            *options,
            "--sv",
            "1.6",
            "--of",
            "JSON",
            "-o",
            path.absolute(),
        ],
        cwd=ROOT,
        env={**environment, "PYTHONWARNINGS": "ignore"},
        check=True,
    )


def of_npm(lock: Mapping[str, Any]) -> str:
    """What stands in a package-lock.json, with its hashes and with what needs what."""
    packages: Mapping[str, Any] = lock["packages"]
    components = {
        place: _component(place, package) if place else _root(package) for place, package in packages.items()
    }
    bom = Bom(components=[component for place, component in components.items() if place])
    bom.metadata.component = components[""]
    for place, package in packages.items():
        needed = (components[found] for found in _needed(place, package, packages))
        bom.register_dependency(components[place], needed)
    # These are what the library leaves to chance.
    bom.serial_number = None  # type: ignore[assignment]
    bom.metadata.timestamp = None  # type: ignore[assignment]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _root(package: Mapping[str, Any]) -> Component:
    return Component(name=package["name"], type=ComponentType.APPLICATION, bom_ref=package["name"])


def _component(place: str, package: Mapping[str, Any]) -> Component:
    full = place.rpartition("node_modules/")[2]
    group, _, name = full.rpartition("/")
    licence = package.get("license")
    return Component(
        name=name,
        group=group or None,
        version=package["version"],
        bom_ref=place,
        scope=ComponentScope.OPTIONAL if package.get("optional") else ComponentScope.REQUIRED,
        hashes=[_hash(integrity) for integrity in package.get("integrity", "").split()],
        licenses=[LicenseFactory().make_from_string(licence)] if licence else [],
        purl=PackageURL("npm", group or None, name, package["version"]),
    )


def _hash(integrity: str) -> HashType:
    algorithm, _, digest = integrity.partition("-")
    return HashType(alg=_ALGORITHMS[algorithm], content=base64.b64decode(digest).hex())


def _needed(place: str, package: Mapping[str, Any], packages: Mapping[str, Any]) -> Iterator[str]:
    """The places of what a package needs: beside it, or beside what it stands in, as Node looks for it."""
    kinds = ("dependencies", "optionalDependencies", "devDependencies", "peerDependencies")
    for name in sorted({name for kind in kinds for name in package.get(kind, ())}):
        folder = place
        while True:
            found = f"{folder}/node_modules/{name}".removeprefix("/")
            if found in packages:
                yield found
                break
            if not folder:  # an optional one that nobody installs
                break
            folder = folder.rpartition("node_modules/")[0].rstrip("/")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
