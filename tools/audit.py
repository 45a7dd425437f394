"""Asks whether anything that is locked has a known weakness, and says so in a line for each.

    python tools/audit.py

Exits with 1 where there is one, and with 2 where nobody could be asked, which pip-audit takes for a good end.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_LONG = 600
# The lock of the tests holds everything that the press runs with, too.
_PYTHON = ["-r", "requirements-test.lock", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
_ASKED: Mapping[str, tuple[list[str], Path]] = {
    "Python": ([str(Path(sys.executable).with_name("pip-audit")), *_PYTHON, "-f", "json"], ROOT),
    "the reader": (["npm", "audit", "--package-lock-only", "--json"], ROOT / "reader"),
}


def weaknesses(report: str) -> list[str] | None:
    """What a report of pip-audit or npm names, each in a line; None where it was not answered."""
    try:
        found: Any = json.loads(report)
    except ValueError:
        return None
    if "dependencies" in found:
        packages = found["dependencies"]
        if any("skip_reason" in package for package in packages):
            return None
        return [
            f"{package['name']} {package['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'none'}"
            for package in packages
            for known in package["vulns"]
        ]
    if "vulnerabilities" in found:
        return [
            f"{name} {known['range']}: {known['severity']}"
            for name, known in found["vulnerabilities"].items()
        ]
    return None


def main() -> int:
    """Ask for each lock."""
    code = 0
    for what, (command, folder) in _ASKED.items():
        try:
            asked = subprocess.run(  # noqa: S603 (the two programs above)
                command, cwd=folder, capture_output=True, text=True, check=False, timeout=_LONG
            )
            found = weaknesses(asked.stdout)
        except (OSError, subprocess.TimeoutExpired):
            found = None
        if found is None:
            sys.stderr.write(f"error: {what}: the service that knows of weaknesses could not be asked\n")
            code = 2
        else:
            sys.stdout.write("\n".join([*found, f"{what}: {len(found)} known weaknesses"]) + "\n")
            code = code or int(bool(found))
    return code


if __name__ == "__main__":
    sys.exit(main())
