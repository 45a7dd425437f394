"""What tests share: the good handbook, the real one built and served, and a real browser."""

import fcntl
import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from good_handbook import GOOD, GoodHandbook
from site_under_test import CHROMIUM_NAMES, ROOT, WINDOWED_NAMES, Site, Visit, build, launch, serve, watch

# A change is judged by what it does, not by what chance comes up with; elsewhere every run looks further.
settings.register_profile("judged", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("judged")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="Write what is found into the expected texts."
    )


@pytest.fixture(scope="session")
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the expected texts are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> GoodHandbook:
    """The handbook of `good/`, for tests that check one file beside it."""
    return GoodHandbook(tmp_path_factory.mktemp("beside-good"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a copy of the good handbook in `playbooks/`, and an mkdocs.yml."""
    shutil.copytree(GOOD, tmp_path / "playbooks")
    (tmp_path / "mkdocs.yml").write_text("site_name: Good\nplugins: [playbooks]\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _garbage_is_collected() -> Iterator[None]:
    """The command stops the collection of garbage, which is its process's own affair; this one is ours."""
    yield
    gc.enable()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The handbook of this project. Processes that test side by side share what the first of them has built."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "handbook" / "site"
    folder.parent.mkdir(exist_ok=True)
    with folder.with_name("lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            build(ROOT, folder)
    server, address = serve(folder)
    yield Site(folder, address)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    with launch(playwright, CHROMIUM_NAMES) as browser:
        yield browser


@pytest.fixture(scope="session")
def windowed_browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser that people use, with all that it brings along, such as its viewer of PDFs."""
    with launch(playwright, WINDOWED_NAMES) as browser:
        yield browser


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    # A new browser would keep the whole handbook each time; what that does has tests of its own.
    context.add_init_script("delete Navigator.prototype.serviceWorker")
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, site: Site) -> Iterator[Visit]:
    """A page that must be left without an error, a warning, or a request to another host."""
    visit = watch(context, site)
    yield visit
    assert visit.trouble == []
