"""`playbooks serve`, and the lines that it prints."""

import re
import socket
import subprocess
import sys
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

SERVE = ("playbook_press", "serve", "--address")


class RunningPreview:
    """A preview of the handbook in a folder, on a free port of the loopback; by a module, if one is named."""

    def __init__(self, handbook: Path, *module: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        words = [sys.executable, "-m", *(module or SERVE), f"127.0.0.1:{port}"]
        self.process = subprocess.Popen(
            words, cwd=handbook, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: Queue[str] = Queue()
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        with self.process.stdout as lines:
            for line in lines:
                self._lines.put(line)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """The first line that matches; fails after a minute without a line."""
        seen: list[str] = []
        while True:
            try:
                line = self._lines.get(timeout=60)
            except Empty:
                raise AssertionError(f"no line like {pattern} in:\n{''.join(seen)}") from None
            seen.append(line)
            if match := re.search(pattern, line):
                return match

    def stop(self) -> None:
        """End it, and wait until it has ended."""
        self.process.terminate()
        self.process.wait()
        self._reader.join()
