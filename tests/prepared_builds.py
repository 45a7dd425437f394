"""Builds that begin at once, in copies of a process that has loaded everything: a hundred take no minute.

They run the command's own code. Only where that starts a new Python for MkDocs, it gets such a copy as well.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import TimeoutExpired
from types import SimpleNamespace
from typing import Any

_SERVER = multiprocessing.get_context("forkserver")
_SERVER.set_forkserver_preload(
    [
        "playbook_press.cli.site",
        "playbook_press.plugin.strict_build",
        "mkdocs.__main__",
        "mkdocs.commands.build",
        "templates_ahead",
    ]
)
_LONG = 60.0
"""In how many seconds every build has ended."""


class Build:
    """A build of the handbook in a folder, which has begun."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._said = folder.with_name(f"{folder.name}-{time.monotonic_ns()}.txt")
        self._ended, held = _SERVER.Pipe(duplex=False)
        self._process = _SERVER.Process(target=_build, args=(folder, words, self._said, held))
        self._process.start()
        held.close()

    def wait(self, seconds: float = _LONG) -> bool:
        """Wait until it and all processes that it has started have ended; whether they have."""
        return self._ended.poll(seconds)

    def kill(self, *, alone: bool = False) -> None:
        """Kill it with all that it has started, or the first process alone."""
        with suppress(ProcessLookupError):
            if alone:
                self._process.kill()
            else:
                os.killpg(self._group, signal.SIGKILL)

    @property
    def _group(self) -> int:
        # Until it leads a group of its own, it is in that of the tests.
        group = os.getpgid(self._process.pid or 0)
        if group != self._process.pid:
            self._process.kill()
            raise ProcessLookupError
        return group

    def result(self) -> tuple[int | None, str]:
        """Its exit code, and what it has said."""
        assert self.wait(), "it does not end"
        self._process.join()
        said = self._said.read_text(encoding="utf-8") if self._said.exists() else ""
        self._said.unlink(missing_ok=True)
        return self._process.exitcode, said


def _build(folder: Path, words: Sequence[str], said: Path, _held: Connection) -> None:
    # What is held open here, every process holds that is copied from this one, and none longer than it lives.
    os.setsid()
    os.chdir(folder)
    descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    from playbook_press.cli import main, site  # noqa: PLC0415 (it is loaded where this runs)

    vars(site)["subprocess"] = SimpleNamespace(Popen=_Copy, TimeoutExpired=TimeoutExpired)
    main(["build", *words])


class _Copy:
    """A copy of this process that builds a site, where a new process would."""

    def __init__(
        self, command: Sequence[str], *, env: Mapping[str, str], preexec_fn: Callable[[], None], **_: Any
    ) -> None:
        self._process = multiprocessing.get_context("fork").Process(
            target=_build_site, args=(command[3:], env, preexec_fn)
        )
        self._process.start()
        self.terminate = self._process.terminate

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode


def _build_site(words: Sequence[str], environment: Mapping[str, str], first: Callable[[], None]) -> None:
    from playbook_press.plugin.strict_build import main  # noqa: PLC0415 (as above)

    first()
    os.environ.update(environment)
    main(*words)
