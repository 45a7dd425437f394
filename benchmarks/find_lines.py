"""Types into the finder of a built site, and notes what each key takes until its result is painted.

    python benchmarks/find_lines.py SITE TIMES.json

It notes the milliseconds that the page's own thread takes of the processor, from before the key to
after the frame that shows the result. Opened from the folder, so that no server runs beside it.
"""

import json
import shutil
import sys
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_TYPED = ("they say the price is too high", "salary", "xylophone")
_PAUSE = 400  # what the finder does when the typing pauses is not a part of any key
_PAINTED = """() => new Promise((resolve) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = resolve;
  port2.postMessage(null);
}))"""


def _taken(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    [seconds] = [metric["value"] for metric in metrics if metric["name"] == "TaskDuration"]
    return float(seconds) * 1000


def times(page: Page) -> list[float]:
    """Milliseconds for each key; each text is typed, and then taken back."""
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.focus("#find")
    page.evaluate(_PAINTED)
    found = []
    for text in _TYPED:
        for key in [*text, *["Backspace"] * len(text)]:
            page.wait_for_timeout(_PAUSE)
            before = _taken(session)
            page.keyboard.press("Space" if key == " " else key)
            page.evaluate(_PAINTED)
            found.append(_taken(session) - before)
    return found


def main(site: Path, output: Path) -> None:
    """Measure the finder of a site."""
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if path is None:
        raise SystemExit("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(300_000)
        page.goto((site / "scripts/index.html").resolve().as_uri())
        found = {"lines": page.locator(".pp-line").count(), "times": times(page)}
        output.write_text(json.dumps(found), encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
