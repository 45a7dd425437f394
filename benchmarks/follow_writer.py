"""Edits a file while its preview is open in Chromium, and times how long it takes until the page shows it.

    python follow_writer.py PAGE FILE TIMES SERVER... -a

The server gets a free address as its last word. The median, in seconds, is written to seconds.json.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

_TITLE = re.compile(r"^(title: |# ).*$", re.MULTILINE)
_PATIENCE = 600_000
"""In milliseconds: MkDocs builds a large handbook for minutes before it answers."""


def edited(page: Page, file: Path, number: int) -> float:
    """Give a page another title; returns the seconds until it is shown."""
    words = f"Edited for the {number}th time"
    text = file.read_text(encoding="utf-8")
    began = time.monotonic()
    file.write_text(_TITLE.sub(rf"\g<1>{words}", text), encoding="utf-8")
    page.get_by_role("heading", name=words).wait_for(timeout=_PATIENCE)
    return time.monotonic() - began


def main() -> None:
    """Run a server, and edit the file."""
    path, file, times, *server = sys.argv[1:]
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen([*server, address], env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}) as process:
        try:
            with sync_playwright() as playwright:
                chromium = shutil.which("chromium") or shutil.which("google-chrome")
                browser = playwright.chromium.launch(
                    executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
                )
                page = browser.new_page()
                while process.poll() is None and not _answers(address):
                    time.sleep(0.2)
                page.goto(f"http://{address}/{path}", timeout=_PATIENCE)
                edited(page, Path(file), 0)  # what is loaded once is loaded now
                seconds = median(edited(page, Path(file), number) for number in range(1, int(times) + 1))
                browser.close()
        finally:
            process.terminate()
    Path("seconds.json").write_text(json.dumps(seconds), encoding="utf-8")


def _answers(address: str) -> bool:
    host, port = address.split(":")
    with socket.socket() as connection:
        return connection.connect_ex((host, int(port))) == 0


if __name__ == "__main__":
    main()
