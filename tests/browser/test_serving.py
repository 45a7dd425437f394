"""The site as nginx and Caddy serve it when they are told by the press: its policy, its copies, its headers."""

import gzip
import http.client
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from urllib.parse import urlsplit

import brotli  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from good_handbook import run
from playbook_press.compressing import compress
from site_under_test import UNPAINTED, Site, Visit, watch
from web_servers import caddy, nginx

YEAR = "public, max-age=31536000, immutable"
NOTING = """
window.violations = [];
document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) =>
  window.violations.push(`${effectiveDirective}: ${blockedURI} in ${sourceFile}`));
"""
PLANTED = """\
<p id="planted">Planted</p>
<script>document.title = "it ran"</script>
<script src="https://elsewhere.example/it.js"></script>
<img src="nothing.png" alt="" onerror="document.title = 'it ran'">
<a id="trap" href="javascript:document.title='it%20ran'">trap</a>
<form action="https://elsewhere.example/"><button id="send">Send</button></form>
<iframe src="https://elsewhere.example/"></iframe>
<base href="https://elsewhere.example/">
"""


@pytest.fixture(scope="module")
def folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site, with some of it compressed, and a page that somebody has got scripts into."""
    folder = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(site.folder, folder)
    for part in ("assets", "contexts"):
        compress(folder / part)
    home = (folder / "index.html").read_text("utf-8")
    planted = re.sub(r"(<article\b[^>]*>)", lambda found: found[1] + PLANTED, home, count=1)
    assert planted != home
    (folder / "2.0").mkdir()
    (folder / "2.0/404.html").write_text("Not in the second version", encoding="utf-8")
    (folder / "planted.html").write_text(planted, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with nginx(folder, tmp_path_factory.mktemp("nginx")) as address:
        yield Site(folder, address)


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def address(
    request: pytest.FixtureRequest, folder: Path, served: Site, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where each of the servers is asked."""
    if request.param == "nginx":
        yield served.address
    else:
        with caddy(folder, tmp_path_factory.mktemp("caddy")) as address:
            yield address


@dataclass
class Answer:
    status: int
    headers: Message
    content: bytes


def ask(address: str, path: str, **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.request(
        "GET", f"/{path}", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    answer = Answer(response.status, response.headers, response.read())
    connection.close()
    return answer


# Under the policy


@pytest.fixture
def reader(windowed_browser: Browser) -> Iterator[BrowserContext]:
    context = windowed_browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(NOTING)
    yield context
    context.close()


@pytest.fixture
def visit(reader: BrowserContext, served: Site) -> Iterator[Visit]:
    """A page that is left without a violation of the policy, of which Chromium's console tells."""
    visit = watch(reader, served)
    yield visit
    assert visit.page.evaluate("window.violations") == []
    assert visit.trouble == []


def test_nothing_on_any_page_is_against_the_policy(reader: BrowserContext, served: Site) -> None:
    reader.add_init_script(f"delete Navigator.prototype.serviceWorker; {UNPAINTED}")
    visit = watch(reader, served)
    pages = [path for path in served.pages() if path not in {"planted.html", "2.0/404.html"}]
    assert len(pages) > 100
    for path in pages:
        violations = visit.open(path).evaluate("window.violations")
        assert (path, violations, visit.trouble) == (path, [], [])
        assert visit.page.evaluate("typeof playbooks") == "object", path


def test_what_somebody_smuggles_into_a_page_does_nothing(reader: BrowserContext, served: Site) -> None:
    visit = watch(reader, served)
    page = visit.open("planted.html")
    expect(page.locator("#planted")).to_be_visible()
    page.locator("#trap").evaluate("link => link.click()")
    page.locator("#send").evaluate("button => button.click()")
    # A function is read once; a mere expression would be, again and again, what the policy forbids.
    page.wait_for_function("() => violations.length >= 7")
    assert page.title() != "it ran"
    assert page.url == f"{served.address}planted.html"
    told = " ".join(page.evaluate("window.violations"))
    for kind in ("script-src-elem", "script-src-attr", "frame-src", "base-uri", "form-action"):
        assert f"{kind}: " in told, told
    assert not [what for what in visit.trouble if what.startswith("request to") and "base" in what]


def test_the_site_is_not_shown_inside_another(reader: BrowserContext, site: Site, served: Site) -> None:
    page = reader.new_page()
    page.goto(site.address)
    page.evaluate(
        """(address) => new Promise((loaded) => {
          const frame = document.createElement("iframe");
          frame.onload = loaded;
          frame.src = address;
          document.body.replaceChildren(frame);
        })""",
        served.address,
    )
    assert page.frames[1].evaluate("document.querySelector('meta[name=playbooks]')") is None


def test_a_line_is_searched_for_filled_in_and_copied(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("we have no budget for this")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page = visit.open("playbooks/job-interview-negotiation/")
    page.locator(".pp-you .pp-slot[data-slot='my-figure']").first.click()
    page.locator("dialog[open]").get_by_role("textbox").first.fill("£64,500")
    page.get_by_role("button", name="Fill in", exact=True).click()
    expect(page.locator(".pp-you .pp-slot[data-slot='my-figure']").first).to_have_text("£64,500")
    page.get_by_role("button", name="Switch to dark").click()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.locator("article a[title]").first.hover()
    expect(page.locator(".md-tooltip2").first).to_be_visible()
    page = visit.open("scripts/?q=price")
    expect(page.locator(".pp-line:visible").first).to_be_visible()


def test_practice_and_worksheets_work_draw_and_save(visit: Visit) -> None:
    page = visit.open("practice/sales/")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Reveal").click()
    page.get_by_role("button", name=re.compile("^Good ")).click()
    page = visit.open("practice/")
    expect(page.locator("main svg").first).to_be_visible()
    page = visit.open("worksheets/pay-range/")
    page.get_by_role("button", name="Open the example as a copy").click()
    expect(page.locator(".pp-part svg").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as a file").first.click()
    assert download.value.suggested_filename.endswith(".json")


def test_pages_are_kept_and_read_without_a_network(reader: BrowserContext, visit: Visit) -> None:
    page = visit.open()
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    reader.set_offline(offline=True)
    page = visit.open("contexts/sales/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sales")
    reader.set_offline(offline=False)


def test_a_sheet_opens_in_the_viewer_of_the_browser(reader: BrowserContext, served: Site) -> None:
    page = reader.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.text} {message.location['url']}"))
    page.goto(f"{served.address}sheets/sales-a4.pdf")
    viewer = page.wait_for_event("framenavigated", lambda frame: frame.url.startswith("chrome-extension:"))
    assert viewer.parent_frame == page.main_frame
    assert not [
        what for what in told if "favicon.ico" not in what
    ]  # which nobody has asked for but the browser


# What is sent


def test_the_site_brings_what_pages_services_are_told(site: Site) -> None:
    written = (site.folder / "_headers").read_text("utf-8")
    assert run("hosting", "_headers", site.folder, cwd=site.folder).stdout == written
    assert "_headers" not in (site.folder / "service-worker.js").read_text("utf-8")


@pytest.mark.parametrize(
    "path", ["", "scripts/", "index.md", "nothing/here/", "playbooks", "sheets/sales-a4.pdf"]
)
def test_every_answer_brings_the_headers(address: str, path: str) -> None:
    headers = ask(address, path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert headers.get_all("Content-Security-Policy") == [policy]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize(("coding", "ending"), [("br", ".br"), ("gzip", ".gz")])
def test_what_was_compressed_beforehand_is_sent(address: str, folder: Path, coding: str, ending: str) -> None:
    answer = ask(address, "contexts/sales/", Accept_Encoding=coding)
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.content == (folder / f"contexts/sales/index.html{ending}").read_bytes()
    decompress = brotli.decompress if coding == "br" else gzip.decompress
    assert decompress(answer.content) == (folder / "contexts/sales/index.html").read_bytes()


def test_what_was_not_compressed_is_on_the_way_and_a_client_may_want_none(address: str, folder: Path) -> None:
    page = (folder / "scripts/index.html").read_bytes()
    answer = ask(address, "scripts/", Accept_Encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content) == page
    answer = ask(address, "contexts/sales/")
    assert answer.headers["Content-Encoding"] is None
    assert answer.content == (folder / "contexts/sales/index.html").read_bytes()


def test_what_is_named_by_what_it_holds_is_kept_and_all_else_is_asked_for(address: str, folder: Path) -> None:
    page = (folder / "contexts/sales/index.html").read_text("utf-8")
    loaded = re.findall(r'(?:src|href)="[./]*(assets/[^"]+\.(?:css|js))"', page)
    assert len(loaded) > 5
    fonts = [path.relative_to(folder).as_posix() for path in folder.rglob("*.woff2")]
    for path in [*loaded, *fonts]:
        assert ask(address, path).headers["Cache-Control"] == YEAR, path
    for path in ("", "contexts/sales/", "service-worker.js", "handbook.json", "assets/playbooks/mark.svg"):
        first = ask(address, path)
        assert (path, first.headers["Cache-Control"]) == (path, "no-cache")
        again = ask(address, path, If_None_Match=first.headers["ETag"])
        assert (again.status, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["nothing/here/", "assets/playbooks/handbook.00000000.js", "_headers"])
def test_what_is_not_there_is_told_on_the_page_for_it_and_not_kept(
    address: str, folder: Path, path: str
) -> None:
    answer = ask(address, path)
    assert answer.status == 404
    assert answer.content == (folder / "404.html").read_bytes()
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_version_in_a_folder_has_a_page_of_its_own_for_what_is_not_there(address: str) -> None:
    answer = ask(address, "2.0/nothing/here/")
    assert (answer.status, answer.content) == (404, b"Not in the second version")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.md", "text/markdown; charset=utf-8"),
        ("handbook.json", "application/json; charset=utf-8"),
        ("scripts.csv", "text/csv; charset=utf-8"),
        ("llms.txt", "text/plain; charset=utf-8"),
        ("service-worker.js", "text/javascript; charset=utf-8"),
        ("assets/playbooks/mark.svg", "image/svg+xml"),
        ("sheets/sales-a4.pdf", "application/pdf"),
    ],
)
def test_files_are_sent_as_what_they_are(address: str, path: str, kind: str) -> None:
    # Caddy leaves out a charset where a standard has only one.
    assert ask(address, path).headers["Content-Type"] in {kind, kind.partition(";")[0]}


def test_a_folder_leads_to_its_page_at_the_same_host(address: str) -> None:
    answer = ask(address, "contexts/sales")
    assert answer.status in {301, 308}
    assert answer.headers["Location"] == "/contexts/sales/"
