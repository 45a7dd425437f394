"""Prints the cheat sheets of the handbook with one engine, and notes how long each took.

    python benchmarks/print_sheets.py press|weasyprint|chromium FOLDER

The peers get the same content as HTML: the same lines on the same sides and columns of A4, tagged,
with the same code to scan. Every engine prints one sheet before the clock starts, so that its fonts
are loaded. The PDFs are left in FOLDER, and the times beside them in ENGINE.json: milliseconds of the
processor, those of the browser's processes included. `run.py` runs this.
"""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from time import process_time
from typing import Any

from playbook_press.load import read_handbook
from playbook_press.model import Library
from playbook_press.paper.formats import PAPERS
from playbook_press.paper.imprint import cited, qr_code
from playbook_press.paper.printer import BLANKS, Options, Printer
from playbook_press.paper.sheet import Sheet, Unit

_PROJECT = Path(__file__).resolve().parent.parent
_NAME, _ADDRESS = "Common Ground", "https://common-ground.example"
_TICKS = os.sysconf("SC_CLK_TCK")
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Floats, because WeasyPrint takes ten times as long for flexible boxes.
_STYLE = """
@page { size: A4; margin: 11mm }
body { font: 8.4pt/1.1 "Libertinus Serif", "Liberation Serif", "Times New Roman", serif; margin: 0 }
h1 { font-size: 2em; margin: 0 }
h2 { font-size: 1.15em; margin: .3em 0; border-bottom: .5pt solid #777 }
p { margin: 0 0 .4em }
.top { border: .8pt solid; border-radius: 2pt; padding: 2.4mm; margin: 3mm 0 }
.top div { display: inline-block; width: 32%; border-bottom: .5pt solid #777 }
.side + .side { break-before: page }
.side > div { float: left; width: 59mm; margin-right: 5mm }
.side > div:last-child { margin: 0 }
.said { font-weight: bold; padding-left: .9em; text-indent: -.9em }
.blank { font: italic 8pt serif; color: #595959; border-bottom: .5pt solid #777; padding-right: 1.6em }
ul { list-style: square; margin: 0; padding-left: 1.25em }
.foot { clear: both; font-size: 8pt; border-top: .5pt solid #777; padding-top: 1.8mm }
.foot svg { height: 13mm; width: 13mm; float: left; margin-right: 3mm }
"""

Print = Callable[[Sheet], bytes]
"""What prints a sheet as a PDF."""


def _said(pieces: Sequence[dict[str, Any]]) -> str:
    return "".join(
        f'<span class="blank">{escape(piece["text"])}</span>'
        if piece["kind"] == "slot"
        else _said(piece["children"])
        if "children" in piece
        else escape(piece["text"])
        for piece in pieces
    )


def _unit(unit: Unit) -> Iterator[str]:
    if unit.kind == "tick":
        yield f"<ul><li>{escape(unit.item)}</li></ul>"
    elif unit.kind == "pitfall":
        yield f"<p><i>{escape(unit.item['name'])}</i> → <b>{escape(unit.item['instead'])}</b></p>"
    else:
        heard = f"<i>“{escape(unit.item['heard'])}”</i>" if unit.item["heard"] else escape(unit.item["title"])
        yield f'<p>{heard}</p><p class="said">▸ {_said(unit.item["said"])}</p>'
        if unit.item["stop"]:
            yield f"<p>Stop: {escape(unit.item['stop'])}</p>"


def as_html(sheet: Sheet, sides: Sequence[Sequence[Sequence[Unit]]], sources: str) -> str:
    """A sheet as a page of HTML."""
    section = ""
    body: list[str] = []
    for side in sides:
        body.append('<div class="side">')
        for column in side:
            body.append("<div>")
            for unit in column:
                if unit.section != section:
                    section = unit.section
                    body.append(f"<h2>{escape(section)}</h2>")
                body += _unit(unit)
            body.append("</div>")
        body.append("</div>")
    address = f"{_ADDRESS}/contexts/{sheet.context_id}/"
    return f"""<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>{escape(sheet.title)}: cheat sheet</title><style>{_STYLE}</style></head><body>
<h1>{escape(sheet.title)}</h1>
<div class="top">{"".join(f"<div><b>{label}</b></div>" for label in BLANKS.values())}</div>
{"".join(body)}
<div class="foot"><div role="img" aria-label="QR code">{qr_code(address)}</div><div>All {sheet.total} lines
for this context, and why each works:<br>{address}<br>Made from {escape(sources)}.</div></div></body></html>"""


@contextmanager
def _press(library: Library, sheets: Sequence[Sheet]) -> Iterator[Print]:
    other_paper = Printer(library, _NAME, _ADDRESS, Options(PAPERS["letter"]))
    other_paper.print(sheets[-1])
    printer = Printer(library, _NAME, _ADDRESS, Options(PAPERS["a4"]))

    def print_one(sheet: Sheet) -> bytes:
        # All are measured with the first of them.
        printer.measure(sheets)
        return printer.print(sheet)

    yield print_one


@contextmanager
def _weasyprint(library: Library, sheets: Sequence[Sheet]) -> Iterator[Print]:
    from weasyprint import (  # type: ignore[import-untyped]  # noqa: PLC0415 (no other engine needs it)
        HTML,
    )

    pages = _pages(library, sheets)

    def print_one(sheet: Sheet) -> bytes:
        return bytes(HTML(string=pages[sheet.context_id]).write_pdf(pdf_variant="pdf/ua-1"))

    print_one(sheets[-1])
    yield print_one


@contextmanager
def _chromium(library: Library, sheets: Sequence[Sheet]) -> Iterator[Print]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (the same)

    pages = _pages(library, sheets)
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        page = browser.new_page()

        def print_one(sheet: Sheet) -> bytes:
            page.set_content(pages[sheet.context_id])
            return page.pdf(prefer_css_page_size=True, tagged=True)

        print_one(sheets[-1])
        yield print_one
        browser.close()


def _pages(library: Library, sheets: Sequence[Sheet]) -> dict[str, str]:
    printer = Printer(library, _NAME, _ADDRESS)
    printer.measure(sheets)
    return {sheet.context_id: as_html(sheet, printer.lay_out(sheet), cited(library)) for sheet in sheets}


ENGINES = {"press": _press, "weasyprint": _weasyprint, "chromium": _chromium}
"""Each engine by its name."""


def _seconds_of_children() -> float:
    """What all that this process has started have taken of the processor; zero where it is not told."""
    children: dict[int, list[tuple[int, float]]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name of the program, in brackets, may hold anything.
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:  # it has ended
            continue
        ticks = sum(map(int, fields[11:15]))
        children.setdefault(int(fields[1]), []).append((int(path.parent.name), ticks / _TICKS))
    seconds = 0.0
    found = [os.getpid()]
    while found:
        for process, own in children.get(found.pop(), ()):
            seconds += own
            found.append(process)
    return seconds


def main(engine: str, folder: Path) -> None:
    """Print every sheet, and note how many milliseconds each took."""
    library = read_handbook(_PROJECT / "playbooks", Path("playbooks")).library
    sheets = [Printer(library, _NAME, _ADDRESS).sheet(context) for context in library.contexts]
    times = []
    with ENGINES[engine](library, sheets) as print_one:
        for sheet in sheets:
            before = _seconds_of_children()
            start = process_time()
            pdf = print_one(sheet)
            own = process_time() - start
            times.append((own + _seconds_of_children() - before) * 1000)
            (folder / f"{engine}-{sheet.context_id}.pdf").write_bytes(pdf)
    (folder / f"{engine}.json").write_text(json.dumps(times), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
