"""A site under test: built by the real command, served on the loopback, watched in the browser."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Playwright, Request, Response

ROOT = Path(__file__).parents[1]
WINDOWED_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The first is Chromium without the windows that nobody sees here, which take most of the time.
CHROMIUM_NAMES = (os.environ.get("CHROMIUM") or "chromium-headless-shell", *WINDOWED_NAMES)
WITHOUT = (
    *("InitialWebUI", "WebUIReloadButton", "WebUIToolbar", "WebUILocationBar", "PreloadTopChromeWebUI"),
    *("SpareRendererForSitePerProcess", "OptimizationHints", "MediaRouter", "LensOverlay", "PaintHolding"),
    *("DestroyProfileOnBrowserClose", "ThirdPartyStoragePartitioning", "HttpsUpgrades"),
)
UNPAINTED = """
const style = new CSSStyleSheet();
style.replaceSync("body { display: none !important }");
document.adoptedStyleSheets = [style];
"""
"""A script after which a page is not laid out, which takes most of the time where all of them are visited."""
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Where there are windows after all: their buttons are pages too, and there are no hundred tabs.
    f"--disable-features={','.join(WITHOUT)}",
    "--renderer-process-limit=1",
]


class _QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: a request is not a test's output."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *about: Any) -> None:
        """Say what went wrong, unless a browser has left before it had all that it asked for."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(*about)


@dataclass
class Site:
    """A built site, and where it is served."""

    folder: Path
    address: str

    def pages(self) -> list[str]:
        """The address of every page, relative to the site's."""
        return sorted(
            path.relative_to(self.folder).as_posix().removesuffix("index.html")
            for path in self.folder.rglob("*.html")
        )


@dataclass
class Visit:
    """A page of the browser, and everything that went wrong on it."""

    page: Page
    site: Site
    trouble: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """Open a page of the site, and wait until it has loaded whole."""
        self.page.goto(self.site.address + path, wait_until="load")
        return self.page


def launch(playwright: Playwright, names: Sequence[str]) -> Browser:
    """Start the first of some browsers that is installed."""
    path = next(filter(None, map(shutil.which, names)), None)
    assert path, f"none of {', '.join(names)} is installed: `make test` installs Chromium"
    return playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)


def serve(folder: Path) -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a folder on a free port of the loopback."""
    handler = functools.partial(_QuietHandler, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}/"


def build(root: Path, output: Path) -> None:
    """Build the handbook of a folder with the real command."""
    command = [str(Path(sys.executable).with_name("playbooks")), "build", "-o", str(output)]
    built = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    assert built.stderr == "", "the build printed a warning"


def watch(context: BrowserContext, site: Site) -> Visit:
    """Open a page of the browser and note whatever goes wrong on it."""
    page = context.new_page()
    visit = Visit(page, site)

    def note_request(request: Request) -> None:
        if not request.url.startswith((site.address, "data:", "blob:")):
            visit.trouble.append(f"request to {request.url}")

    def note_response(response: Response) -> None:
        if response.status >= 400:
            visit.trouble.append(f"{response.status}: {response.url}")

    def note_dialog(dialog: Dialog) -> None:
        visit.trouble.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on(
        "console",
        lambda message: visit.trouble.append(f"{message.type}: {message.text} {message.location['url']}"),
    )
    page.on("pageerror", lambda error: visit.trouble.append(f"error: {error}"))
    page.on("dialog", note_dialog)
    page.on("response", note_response)
    page.on("request", note_request)
    return visit
