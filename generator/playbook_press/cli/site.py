"""`playbooks build` and `playbooks serve`."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from playbook_press.cli.common import CannotRunError, relative, require_clean_files, setting
from playbook_press.cli.replacing import replacing
from playbook_press.compressing import compress as compress_files
from playbook_press.export.configuration import names_of


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to build; by default the one that mkdocs.yml names, or site.",
)
@click.option(
    "--compress", is_flag=True, help="Write .gz and .br files too, for a server that sends them as they are."
)
def build(output: Path | None, *, compress: bool) -> None:
    """Check the handbook, and build its site.

    The site is built beside the old one and takes its place when it is whole.
    """
    require_clean_files()
    output = (output or Path(str(setting("site_dir") or "site"))).absolute()
    with replacing(output, _is_site) as new:
        _run(["mkdocs", "build", "--strict", "--quiet", "--site-dir", str(new.folder)], new.lock)
        if compress:
            compress_files(new.folder)
    pages = sum(1 for _ in output.rglob("*.html"))
    click.echo(f"{pages} pages in {relative(output)}")


def _is_site(folder: Path) -> bool:
    return (folder / "assets/playbooks").is_dir()


@click.command()
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(address: str) -> None:
    """Check the handbook, and show it in the browser as you write.

    While a playbook is broken, the last good page stays on screen.
    """
    require_clean_files()
    # Plugins and hooks of others may want every page whenever anything changes.
    is_alone = names_of(setting("plugins")) == ["playbooks"] and not setting("hooks")
    serve = (
        ["playbook_press.plugin.preview", address] if is_alone else ["mkdocs", "serve", "--dev-addr", address]
    )
    try:
        _run(serve)
    except KeyboardInterrupt:
        click.echo()


def _run(arguments: Sequence[str], *kept_open: int) -> None:
    """Run a module, which has said what is wrong where it fails; it ends when this process is told to."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", *arguments]
    inherited = kept_open if sys.platform != "win32" else ()
    process = subprocess.Popen(command, env=environment, pass_fds=inherited)
    before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        code = process.wait()
    finally:
        signal.signal(signal.SIGTERM, before)
    if code < 0:
        name = signal.Signals(-code).name
        raise CannotRunError(f"the build was ended by {name}; the site is as it was")
    if code:
        raise click.exceptions.Exit(2)


COMMANDS = (build, serve)
