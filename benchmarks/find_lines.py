"""Types into the finder of a built site, and notes how long each key takes until its result is painted.

    python benchmarks/find_lines.py SITE TIMES.json

The clock starts when the browser stamps the key, and stops in the first task after the frame that
shows the result. Opened from the folder, so that no server takes the processor's time.
"""

import json
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_TYPED = ("they say the price is too high", "salary", "deadline on friday", "xylophone")
_WATCH = """() => {
  window.painted = [];
  document.querySelector("#find").addEventListener("input", (event) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => painted.push(performance.now() - event.timeStamp);
      port2.postMessage(null);
    });
  });
}"""


def times(page: Page) -> list[float]:
    """Milliseconds from each key to the painted result; each text is typed, and then taken back."""
    page.evaluate(_WATCH)
    page.focus("#find")
    keys = 0
    for text in _TYPED:
        for key in [*text, *["Backspace"] * len(text)]:
            page.keyboard.press("Space" if key == " " else key)
            keys += 1
            page.wait_for_function("keys => painted.length === keys", arg=keys)
    found: list[float] = page.evaluate("painted")
    return found


def main(site: Path, output: Path) -> None:
    """Measure the finder of a site."""
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if path is None:
        raise SystemExit("there is no Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto((site / "scripts/index.html").resolve().as_uri())
        lines = page.locator(".pp-line").count()
        found = {"lines": lines, "times": times(page)}
        output.write_text(json.dumps(found), encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
