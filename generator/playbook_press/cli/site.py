"""`playbooks build` and `playbooks serve`."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from playbook_press.cli.common import CannotRunError, relative, require_clean_handbook, setting


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to build; by default the one that mkdocs.yml names, or site.",
)
def build(output: Path | None) -> None:
    """Check the handbook, and build its site.

    The site is built beside the old one and takes its place when it is whole.
    """
    require_clean_handbook()
    output = (output or Path(str(setting("site_dir") or "site"))).absolute()
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{output.name}-", dir=output.parent))
    except OSError as error:
        raise CannotRunError(f"{output.parent}: cannot be written: {error.strerror}") from None
    try:
        _run_mkdocs(["build", "--strict", "--quiet", "--site-dir", str(work / "new")])
        _swap(work / "new", output, work / "old")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    pages = sum(1 for _ in output.rglob("*.html"))
    click.echo(f"{pages} pages in {relative(output)}")


@click.command()
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(address: str) -> None:
    """Check the handbook, and show it in the browser as you write.

    While a playbook is broken, the last good page stays on screen.
    """
    require_clean_handbook()
    try:
        _run_mkdocs(["serve", "--dev-addr", address])
    except KeyboardInterrupt:
        click.echo()


def _run_mkdocs(arguments: Sequence[str]) -> None:
    """Run MkDocs, which has said what is wrong where it fails; it ends when this process is told to."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    process = subprocess.Popen([sys.executable, "-m", "mkdocs", *arguments], env=environment)
    before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        code = process.wait()
    finally:
        signal.signal(signal.SIGTERM, before)
    if code:
        raise CannotRunError("the site could not be built; the old one, if there is one, is as it was")


def _swap(new: Path, current: Path, old: Path) -> None:
    """Put a folder in the place of another, which moves aside."""
    try:
        if current.exists():
            current.rename(old)
        new.rename(current)
    except OSError as error:
        if old.exists() and not current.exists():
            old.rename(current)
        raise CannotRunError(f"{current}: cannot be written: {error.strerror}") from None


COMMANDS = (build, serve)
