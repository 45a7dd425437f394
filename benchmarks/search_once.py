"""Searches a site in Chromium for the first time: the bytes fetched and the seconds until there is a result.

    python search_once.py SITE BOX RESULT FILES TIMES OUTPUT

BOX and RESULT are selectors, and FILES says which paths belong to the search. The medians are written to OUTPUT as JSON.
"""

import functools
import gzip
import http.server
import json
import re
import shutil
import sys
import threading
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

_QUESTION = "they say the price is too high"
_COMPRESSED = (".html", ".js", ".css", ".json", ".svg")


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Sends text as gzip makes it, as hosts do."""

    files = re.compile("")
    fetched = 0

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content = path.read_bytes()
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        if path.suffix in _COMPRESSED:
            content = gzip.compress(content, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        if _Handler.files.search(self.path):
            _Handler.fetched += len(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def searched(browser: Browser, address: str, box: str, result: str) -> tuple[int, float]:
    """Search in a browser that has nothing of the site yet: the bytes for the search, and the seconds for all."""
    context = browser.new_context(service_workers="block")
    page = context.new_page()
    before, began = _Handler.fetched, time.monotonic()
    page.goto(address)
    page.locator(box).first.focus()
    page.keyboard.type(_QUESTION)
    page.locator(result).first.wait_for(timeout=120_000)
    seconds = time.monotonic() - began
    context.close()
    return _Handler.fetched - before, seconds


def main() -> None:
    """Serve the site, search it, and write down what that took."""
    site, box, result, files, times, output = sys.argv[1:]
    _Handler.files = re.compile(files)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        address = f"http://127.0.0.1:{server.server_port}/"
        runs = [searched(browser, address, box, result) for _ in range(int(times))]
        browser.close()
    server.shutdown()
    found = {"bytes": median(run[0] for run in runs), "seconds": median(run[1] for run in runs)}
    Path(output).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
