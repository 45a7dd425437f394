"""Pages without a network, in Chromium: kept copies are read where the site is out of reach, and only there."""

import functools
import http.server
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from good_handbook import COMMAND, GOOD
from site_under_test import Site, build, watch

DAY = 86_400
KEEPING = {"Cache-Control": f"max-age={DAY}"}
MKDOCS_YML = """\
site_name: Good
theme: {name: material, font: false, features: [navigation.tabs, navigation.indexes, navigation.prune]}
plugins: [playbooks]
"""


class _Handler(http.server.SimpleHTTPRequestHandler):
    """A host that lets browsers keep everything for a day, as many do."""

    host: "Host"

    def log_message(self, *_: object) -> None:
        """Say nothing: a request is not a test's output."""

    def end_headers(self) -> None:
        for name, value in self.host.headers.items():
            self.send_header(name, value)
        super().end_headers()

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.host.asked.append(path)
        if status := self.host.failing.get(path):
            self.send_error(status)
        else:
            super().do_GET()


@dataclass
class Host:
    """A server that can be stopped, and started again at the same address with another site."""

    folder: Path
    port: int = 0
    failing: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=lambda: dict(KEEPING))
    asked: list[str] = field(default_factory=list)
    _server: http.server.ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self, folder: Path | None = None) -> None:
        self.folder = folder or self.folder
        handler = type("Handler", (_Handler,), {"host": self})
        self._server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", self.port), functools.partial(handler, directory=str(self.folder))
        )
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def stop(self) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def change(self, folder: Path) -> None:
        """Serve another site from now on."""
        self.stop()
        self.start(folder)


@dataclass(frozen=True)
class Days:
    """The site as it was built yesterday, and today."""

    yesterday: Path
    today: Path


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Days:
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(GOOD, project / "playbooks")
    (project / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    written = project / "docs" / "contribute"
    written.mkdir(parents=True)
    (written / "removed.md").write_text("# Removed\n\nWas here yesterday.\n", encoding="utf-8")
    (written / "notes.md").write_text("# Notes\n\nOf yesterday.\n", encoding="utf-8")
    build(project, project / "yesterday")
    (written / "removed.md").unlink()
    (written / "notes.md").write_text("# Notes\n\nOf today.\n", encoding="utf-8")
    changed = project / "playbooks" / "asking-for-time.yml"
    before = changed.read_text(encoding="utf-8")
    changed.write_text(before.replace("summary: How to ask", "summary: Today, how to ask"), encoding="utf-8")
    build(project, project / "today")
    # Servers tell versions apart by the second in which they were written.
    for path in (project / "yesterday").rglob("*"):
        os.utime(path, (path.stat().st_mtime - DAY,) * 2)
    return Days(project / "yesterday", project / "today")


@pytest.fixture
def host(days: Days) -> Iterator[Host]:
    host = Host(days.yesterday)
    host.start()
    yield host
    host.stop()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which nothing is kept yet."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context
    context.close()


def wait(page: Page, condition: str, given: object = None) -> None:
    """Wait until an asynchronous function of the page gives what is true."""
    page.evaluate(
        f"""async (given) => {{
          const end = Date.now() + 60_000;
          while (!(await ({condition})(given))) {{
            if (Date.now() > end) throw new Error('that never came');
            await new Promise((resolve) => setTimeout(resolve, 20));
          }}
        }}""",
        given,
    )


def begin(reader: BrowserContext, host: Host, path: str = "") -> Page:
    """Visit a site for the first time, and stay until the pages are kept."""
    page = reader.new_page()
    page.goto(host.address + path)
    wait(page, "async () => navigator.serviceWorker.controller !== null")
    keeps(page, path)
    return page


def keeps(page: Page, path: str, *, visited: bool = True) -> None:
    """Wait until a page is kept."""
    wait(
        page,
        """async ([path, kind]) => {
          const { dataset } = document.querySelector('meta[name=playbooks]');
          const base = new URL(dataset.base.replace(/[/]$/, '') + '/', location);
          for (const name of await caches.keys()) {
            if (!name.startsWith(`playbooks ${base.href} ${kind}`)) continue;
            if (await (await caches.open(name)).match(new URL(path, base))) return true;
          }
          return false;
        }""",
        [path, "visited" if visited else ""],
    )


def versions_kept(page: Page) -> set[str]:
    """The builds of which there are caches."""
    names: list[str] = page.evaluate("caches.keys()")
    return {name.rsplit(" ", 1)[-1] for name in names}


def version_of(site: Path) -> str:
    found = re.search(r'"version":"(\w+)"', (site / "service-worker.js").read_text(encoding="utf-8"))
    assert found
    return found[1]


def visited(page: Page) -> list[str]:
    """The paths of what is kept because it was visited."""
    found: list[str] = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys()) {
            if (!name.includes(' visited ')) continue;
            const requests = await (await caches.open(name)).keys();
            found.push(...requests.map(({ url }) => new URL(url).pathname));
          }
          return found;
        }"""
    )
    return found


def test_pages_are_read_without_a_network_whether_they_were_visited_or_not(
    reader: BrowserContext, host: Host
) -> None:
    visit = watch(reader, Site(host.folder, host.address))
    page = visit.page
    page.goto(host.address)
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    page.goto(f"{host.address}contribute/notes/")
    keeps(page, "contribute/notes/")
    host.stop()
    reader.set_offline(offline=True)
    page.reload()
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()
    # It looks as ever: style and scripts are kept as well.
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Source')
    page.locator(".md-tabs").get_by_role("link", name="Playbooks").click()
    page.get_by_role("main").get_by_role("link", name="Asking for time").first.click()
    expect(page.get_by_role("heading", name="Asking for time", level=1)).to_be_visible()
    page.locator(".pp-slot[data-slot='deadline']").first.click()
    page.get_by_role("textbox", name="Day and time").fill("noon on Friday")
    page.get_by_role("button", name="Fill in").click()
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("answer today")
    page.locator(".md-search-result__link").first.click()
    page.wait_for_url("**/playbooks/asking-for-time/#*")
    page.goto(f"{host.address}playbooks/asking-for-time/?from=mail#pitfalls")
    expect(page.locator(".pp-slot--filled").first).to_have_text("noon on Friday")
    assert visit.trouble == []


def test_the_first_page_of_all_is_kept_as_well(reader: BrowserContext, host: Host) -> None:
    page = begin(reader, host, "contribute/notes/")
    host.stop()
    page.reload()
    expect(page.get_by_role("heading", name="Notes")).to_be_visible()


def test_todays_page_is_shown_as_soon_as_it_can_be_reached_whatever_the_browser_has(
    reader: BrowserContext, host: Host, days: Days
) -> None:
    page = begin(reader, host)
    page.goto(f"{host.address}contribute/notes/")
    expect(page.get_by_role("main")).to_contain_text("Of yesterday.")
    host.stop()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Of yesterday.")
    host.start(days.today)
    page.goto(f"{host.address}contribute/notes/")
    assert "Of today." in page.get_by_role("main").inner_text()
    keeps(page, "contribute/notes/")
    host.stop()
    page.reload()
    expect(page.get_by_role("main")).to_contain_text("Of today.")


def test_a_new_build_takes_the_place_of_the_old_one_without_loading_a_page_twice(
    reader: BrowserContext, host: Host, days: Days
) -> None:
    page = begin(reader, host)
    for path in ("contribute/notes/", "contribute/removed/", "playbooks/minimal/"):
        page.goto(host.address + path)
        keeps(page, path)
    assert versions_kept(page) == {version_of(days.yesterday)}
    host.change(days.today)
    page.goto(f"{host.address}glossary/")
    page.evaluate("window.untouched = true")
    wait(
        page,
        """async (version) => {
          const names = await caches.keys();
          return names.length > 0 && names.every((name) => name.endsWith(version));
        }""",
        version_of(days.today),
    )
    assert page.evaluate("window.untouched")
    paths = visited(page)
    assert "/contribute/notes/" in paths
    assert "/contribute/removed/" not in paths
    host.stop()
    # Neither has been visited today.
    page.goto(f"{host.address}contribute/notes/")
    expect(page.get_by_role("main")).to_contain_text("Of today.")
    page.goto(f"{host.address}playbooks/asking-for-time/")
    expect(page.get_by_role("main")).to_contain_text("Today, how to ask")
    page.goto(f"{host.address}contribute/removed/")
    page.wait_for_url("**/offline/?to=contribute%2Fremoved%2F")


def test_a_new_build_that_is_not_whole_leaves_the_old_copies_together(
    reader: BrowserContext, host: Host, days: Days
) -> None:
    page = begin(reader, host)
    host.failing["/offline/"] = 500
    host.change(days.today)
    page.goto(f"{host.address}contribute/notes/")
    page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.getRegistration();
          const { installing } = await registration.update();
          await new Promise((resolve) => {
            const look = () => (!installing || installing.state === 'redundant') && resolve();
            installing?.addEventListener('statechange', look);
            look();
          });
        }"""
    )
    assert "/offline/" in host.asked
    host.stop()
    page.goto(f"{host.address}playbooks/asking-for-time/")
    expect(page.get_by_role("main")).to_contain_text("How to ask")
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Source')


def test_what_is_neither_reached_nor_kept_is_told_with_a_list_of_what_is(
    reader: BrowserContext, host: Host, days: Days
) -> None:
    visit = watch(reader, Site(host.folder, host.address))
    page = visit.page
    visit.open("contribute/notes/")
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    keeps(page, "contribute/notes/")
    host.stop()
    for path in ("contribute/fields/?x=1", "no/such/page/", "playbooks/none/"):
        page.goto(host.address + path)
        expect(page.get_by_role("heading", name="Without a network", level=1)).to_be_visible()
        asked = page.locator(".pp-kept__asked").get_by_role("link")
        expect(asked).to_have_attribute("href", host.address + path)
    lists = page.locator(".pp-kept__pages").get_by_role("list")
    expect(lists.first.get_by_role("link")).to_have_text(["Notes"])
    expect(lists.last.get_by_role("link", name="Asking for time", exact=True)).to_be_visible()
    expect(lists.get_by_role("link", name="Without a network")).to_have_count(0)
    lists.last.get_by_role("link", name="Asking for time", exact=True).click()
    expect(page.get_by_role("heading", name="Asking for time", level=1)).to_be_visible()
    page.go_back()
    host.start(days.yesterday)
    page.goto(f"{host.address}offline/?to=contribute%2Ffields%2F")
    page.locator(".pp-kept__asked").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Field reference")).to_be_visible()
    assert visit.trouble == []


@pytest.mark.parametrize(
    "to", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "../x"]
)
def test_the_offline_page_leads_nowhere_but_into_the_handbook(
    reader: BrowserContext, host: Host, to: str
) -> None:
    page = reader.new_page()
    page.goto(f"{host.address}offline/")
    page.evaluate("(to) => location.replace(`?to=${encodeURIComponent(to)}`)", to)
    page.wait_for_url("**/offline/?to=*")
    expect(page.locator(".pp-kept__pages")).not_to_be_empty()
    for link in page.locator(".pp-kept__asked a").all():
        assert (link.get_attribute("href") or "").startswith(host.address)


def test_the_offline_page_is_neither_in_the_navigation_nor_found(days: Days) -> None:
    offline = days.today / "offline"
    assert 'name="robots" content="noindex"' in (offline / "index.html").read_text(encoding="utf-8")
    leading = re.compile(r'href="[^"]*\boffline/')
    for page in days.today.rglob("*.html"):
        assert not leading.search(page.read_text(encoding="utf-8")), page
    entries = list((days.today / "assets/playbooks/search").glob("entries-*.js"))
    assert entries
    assert not any('"offline/' in path.read_text(encoding="utf-8") for path in entries)


def test_errors_and_what_must_not_be_stored_are_not_kept(reader: BrowserContext, host: Host) -> None:
    page = begin(reader, host)
    host.failing["/contribute/fields/"] = 500
    for path in ("contribute/fields/", "contribute/none/"):
        answer = page.goto(host.address + path)
        assert answer
        assert answer.status in {404, 500}
    page.goto(f"{host.address}contribute/coverage")  # led on to the address with a slash
    page.wait_for_url("**/contribute/coverage/")
    keeps(page, "contribute/coverage/")
    host.headers["Cache-Control"] = "no-store"
    page.goto(f"{host.address}contribute/rules/")
    host.headers.update(KEEPING)
    page.goto(f"{host.address}contribute/notes/")
    keeps(page, "contribute/notes/")
    paths = [path for path in visited(page) if path.startswith("/contribute/")]
    assert paths == ["/contribute/coverage/", "/contribute/notes/"]
    host.stop()
    page.goto(f"{host.address}contribute/coverage")
    expect(page.get_by_role("heading", name="Coverage")).to_be_visible()
    assert page.url == f"{host.address}contribute/coverage/"


def test_nothing_but_reading_goes_through_the_worker(reader: BrowserContext, host: Host) -> None:
    page = begin(reader, host)
    sent = page.evaluate("async () => (await fetch('/contribute/notes/', { method: 'POST' })).status")
    assert sent == 501
    assert "/contribute/notes/" not in visited(page)


def test_a_kept_pdf_is_given_in_the_parts_that_are_asked_for(reader: BrowserContext, host: Host) -> None:
    host.headers["Cache-Control"] = "no-cache"  # so that it cannot come from the browser's own cache
    page = begin(reader, host)
    keeps(page, "sheets/sales-a4.pdf", visited=False)
    whole = (host.folder / "sheets/sales-a4.pdf").read_bytes()
    host.stop()
    ask = """async (range) => {
      const answer = await fetch('/sheets/sales-a4.pdf', range ? { headers: { Range: range } } : {});
      const bytes = new Uint8Array(await answer.arrayBuffer());
      return [answer.status, answer.headers.get('Content-Range'), bytes.length, bytes[0] ?? null];
    }"""
    size = len(whole)
    assert page.evaluate(ask, "") == [200, None, size, whole[0]]
    assert page.evaluate(ask, "bytes=10-19") == [206, f"bytes 10-19/{size}", 10, whole[10]]
    assert page.evaluate(ask, "bytes=-5") == [206, f"bytes {size - 5}-{size - 1}/{size}", 5, whole[-5]]
    assert page.evaluate(ask, f"bytes={size}-") == [416, f"bytes */{size}", 0, None]


def test_handbooks_side_by_side_and_one_in_another_keep_to_themselves(
    reader: BrowserContext, host: Host, days: Days, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(days.yesterday, site)
    for name in ("v1", "v2"):
        shutil.copytree(days.today, site / name)
    host.change(site)
    page = begin(reader, host)
    first = reader.new_page()
    first.goto(f"{host.address}v1/contribute/notes/")
    assert not [path for path in visited(page) if path.startswith("/v1/")]
    keeps(first, "contribute/notes/")
    second = reader.new_page()
    second.goto(f"{host.address}v2/contribute/notes/")
    keeps(second, "contribute/notes/")
    scopes = {name.split()[1] for name in page.evaluate("caches.keys()")}
    assert scopes == {host.address, f"{host.address}v1/", f"{host.address}v2/"}
    second.locator(".pp-yours-opener").click()
    second.get_by_role("button", name="Forget all", exact=True).click()
    second.get_by_role("button", name="Forget all of it").click()
    wait(
        second,
        """async () => {
          const names = (await caches.keys()).filter((name) => name.includes('/v2/ visited'));
          const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return kept.flat().length === 0;
        }""",
    )
    assert "/v1/contribute/notes/" in visited(page)
    host.stop()
    first.reload()
    expect(first.get_by_role("main")).to_contain_text("Of today.")
    first.goto(f"{host.address}contribute/notes/")
    first.wait_for_url(f"{host.address}offline/?to=*")
    second.goto(f"{host.address}v2/contribute/notes/")
    second.wait_for_url(f"{host.address}v2/offline/?to=*")


def test_forgetting_all_forgets_which_pages_were_visited(reader: BrowserContext, host: Host) -> None:
    page = begin(reader, host, "contribute/notes/")
    page.goto(f"{host.address}glossary/")
    page.locator(".pp-yours-opener").click()
    page.get_by_role("button", name="Forget all", exact=True).click()
    page.get_by_role("button", name="Forget all of it").click()
    wait(
        page,
        """async () => {
          const names = (await caches.keys()).filter((name) => name.includes(' visited '));
          const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
          return names.length === 1 && kept.flat().length === 0;
        }""",
    )
    # Pages are kept again from here on, and what every reader has is there still.
    page.goto(f"{host.address}contribute/coverage/")
    keeps(page, "contribute/coverage/")
    host.stop()
    page.goto(f"{host.address}contribute/notes/")
    page.wait_for_url("**/offline/?to=*")
    expect(page.locator(".pp-kept__pages ul").first.get_by_role("link")).to_have_text(["Coverage"])


@pytest.mark.parametrize(
    "refusal",
    [
        "delete Navigator.prototype.serviceWorker",
        "navigator.serviceWorker.register = () => Promise.reject(new DOMException('no', 'SecurityError'))",
        """Object.defineProperty(Navigator.prototype, 'serviceWorker', {
             get() { throw new DOMException('no', 'SecurityError'); },
           })""",
    ],
)
def test_a_browser_that_keeps_no_pages_shows_them_without_a_word(
    reader: BrowserContext, host: Host, refusal: str
) -> None:
    reader.add_init_script(refusal)
    visit = watch(reader, Site(host.folder, host.address))
    visit.open("contribute/notes/")
    visit.page.wait_for_load_state("networkidle")
    expect(visit.page.get_by_role("heading", name="Notes")).to_be_visible()
    visit.open("offline/")
    expect(visit.page.locator(".pp-kept__pages")).not_to_be_empty()
    assert "/service-worker.js" not in host.asked
    assert visit.trouble == []


def test_a_preview_keeps_nothing_and_ends_what_a_site_had_begun(
    reader: BrowserContext, host: Host, tmp_path: Path
) -> None:
    page = begin(reader, host)
    host.stop()
    shutil.copytree(GOOD, tmp_path / "playbooks")
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(MKDOCS_YML, encoding="utf-8")
    with subprocess.Popen(
        [COMMAND, "serve", "--address", f"127.0.0.1:{host.port}"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as preview:
        try:
            assert preview.stdout
            assert any("Serving on" in line for line in preview.stdout), "the preview has ended"
            page.goto(host.address)
            wait(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")
            assert reader.request.get(f"{host.address}service-worker.js").status == 404
        finally:
            page.close()  # it asks the preview for news
            preview.terminate()
