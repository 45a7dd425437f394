"""`playbooks build` and `playbooks serve`."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from playbook_press.cli.common import CannotRunError, relative
from playbook_press.cli.handbooks import require_clean_files
from playbook_press.cli.mkdocs_yml import CONFIGURATION, setting, site_folder
from playbook_press.cli.replacing import replacing
from playbook_press.compressing import compress as compress_files
from playbook_press.export.configuration import names_of
from playbook_press.offline import WORKER

_PATIENCE = 5.0
"""For how many seconds a process that is interrupted may tidy up."""
_PR_SET_PDEATHSIG = 1
_LAST_PORT = 65_535


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
    _require_plugin()
    require_clean_files()
    output = (output or site_folder()).absolute()
    with replacing(output, _is_site) as new:
        _run(["playbook_press.plugin.strict_build", str(new.folder)], new.lock)
        if compress:
            compress_files(new.folder)
    pages = sum(1 for _ in output.rglob("*.html"))
    click.echo(f"{pages} pages in {relative(output)}")


def _require_plugin() -> None:
    """CannotRunError where the site would be built without the playbooks."""
    is_whole = CONFIGURATION.is_file() and setting("INHERIT") is None
    if is_whole and "playbooks" not in names_of(setting("plugins")):
        raise CannotRunError(
            f"{CONFIGURATION}: does not name the plugin `playbooks`: add it under `plugins:`"
        )


def _is_site(folder: Path) -> bool:
    return (folder / "assets/playbooks").is_dir() and (folder / WORKER).is_file()


@click.command()
@click.option("-a", "--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(address: str) -> None:
    """Check the handbook, and show it in the browser as you write.

    While a playbook is broken, the last good page stays on screen.
    """
    host, _, port = address.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or int(port) > _LAST_PORT:
        raise CannotRunError(f"{address}: no address with a port: write one such as 127.0.0.1:8000")
    _require_plugin()
    require_clean_files()
    # Plugins and hooks of others may want every page whenever anything changes.
    is_alone = names_of(setting("plugins")) == ["playbooks"] and not setting("hooks")
    serve = (
        ["playbook_press.plugin.preview", address] if is_alone else ["mkdocs", "serve", "--dev-addr", address]
    )
    try:
        _run(serve, is_interrupted=True)
    except KeyboardInterrupt:
        click.echo()


def _run(arguments: Sequence[str], *kept_open: int, is_interrupted: bool = False) -> None:
    """Run a module, which has said what is wrong where it fails; it ends when this process is told to.

    Where it `is_interrupted` by the terminal as well, it has a moment to tidy up. The descriptors that are
    `kept_open` it has too.
    """
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", *arguments]
    on_windows = sys.platform == "win32"
    process = subprocess.Popen(
        command,
        env=environment,
        pass_fds=() if on_windows else kept_open,
        preexec_fn=None if on_windows else _follower(is_interrupted=is_interrupted),  # noqa: PLW1509 (no threads)
    )
    before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    try:
        code = process.wait()
    except KeyboardInterrupt:
        if is_interrupted:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
        process.terminate()
        process.wait()
        raise
    finally:
        signal.signal(signal.SIGTERM, before)
    if code < 0:
        name = signal.Signals(-code).name
        if is_interrupted:
            raise CannotRunError(f"the preview was ended by {name}")
        raise CannotRunError(f"the build was ended by {name}; the site is as it was")
    if code:
        raise click.exceptions.Exit(2)


def _follower(*, is_interrupted: bool) -> Callable[[], None]:
    """What a new process does first, so that it ends with this one.

    Linux tells it to even when this one is killed. Elsewhere it goes on to its end, and what it makes is
    thrown away.
    """
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
    this = os.getpid()

    def follow() -> None:
        if not is_interrupted:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        if prctl:
            prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != this:
                os._exit(1)

    return follow


COMMANDS = (build, serve)
