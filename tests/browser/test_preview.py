"""While a handbook is written, every page of its preview shows what has been written last."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from good_handbook import GOOD
from preview_under_test import RunningPreview

SETTINGS = "site_name: Good\nsite_url: https://good.example/handbook/\ntheme: {name: material, font: false}\n"


@pytest.fixture(scope="module")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    shutil.copytree(GOOD, folder / "playbooks")
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("# About us\n\nTwo editors, one kettle.\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(f"{SETTINGS}plugins: [playbooks]\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(handbook: Path) -> Iterator[str]:
    preview = RunningPreview(handbook)
    yield preview.wait_for(r"Serving on (http://\S+)")[1]
    preview.stop()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield page
    assert trouble == []


@pytest.fixture
def write(handbook: Path) -> Iterator[Callable[[str, str, str], None]]:
    """Replaces words in a file of the handbook, until the test has ended."""
    before: dict[Path, str] = {}

    def replace(name: str, old: str, new: str) -> None:
        path = handbook / name
        text = path.read_text(encoding="utf-8")
        before.setdefault(path, text)
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    yield replace
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text().replace("¶", "").strip()


def test_a_page_follows_its_writer_without_being_reloaded(
    address: str, page: Page, write: Callable[[str, str, str], None]
) -> None:
    page.goto(f"{address}playbooks/every-field/")
    write("playbooks/every-field.yml", "title: A playbook with everything", "title: Everything, twice")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Everything, twice")
    expect(page).to_have_title("Everything, twice - Good")
    page.goto(f"{address}playbooks/")
    expect(page.get_by_role("main")).to_contain_text("Everything, twice")


def test_what_files_share_changes_on_every_page_that_shows_it(
    address: str, page: Page, handbook: Path, write: Callable[[str, str, str], None]
) -> None:
    title = re.search(r"title: (.+)", (handbook / "playbooks/vocabulary/contexts.yml").read_text("utf-8"))
    assert title
    pages = ("", "contexts/", "playbooks/every-field/", "scripts/")
    for path in pages:
        page.goto(address + path)
        expect(page.locator("body")).to_contain_text(title[1])
    write("playbooks/vocabulary/contexts.yml", f"title: {title[1]}", "title: On the moon")
    expect(page.locator("body")).to_contain_text("On the moon")
    for path in pages:
        page.goto(address + path)
        expect(page.locator("body")).to_contain_text("On the moon")


def test_the_search_finds_what_was_written_last_on_any_page(
    address: str, page: Page, write: Callable[[str, str, str], None]
) -> None:
    write("playbooks/every-field.yml", "title: A playbook with everything", "title: Zeppelin fares")
    write("docs/about.md", "one kettle", "one samovar")
    for path, written in (("playbooks/every-field/", "Zeppelin fares"), ("about/", "one samovar")):
        page.goto(address + path)
        expect(page.get_by_role("main")).to_contain_text(written)
    for words, found in (("zeppelin", "Zeppelin fares"), ("samovar", "About us")):
        page.goto(f"{address}glossary/")
        page.keyboard.press("/")
        page.locator(".md-search__input").press_sequentially(words)
        expect(page.locator(".md-search-result__item").first).to_contain_text(found)


def test_a_page_by_hand_and_one_that_is_new_are_there(address: str, page: Page, handbook: Path) -> None:
    page.goto(f"{address}about/")
    assert heading(page) == "About us"
    new = handbook / "playbooks/brand-new.yml"
    new.write_text("title: Brand new\nkind: note\nstatus: draft\nsummary: It is new.\n", encoding="utf-8")
    try:
        page.goto(f"{address}playbooks/")
        expect(page.get_by_role("link", name="Brand new").first).to_be_attached()
        page.goto(f"{address}playbooks/brand-new/")
        assert heading(page) == "Brand new"
    finally:
        new.unlink()
    expect(page.get_by_role("heading", level=1)).to_contain_text("404")


WRITES_MEANWHILE = """
import time
from pathlib import Path

FILE = Path("playbooks/every-field.yml")


def on_serve(server, **_):
    global SERVER
    SERVER = server


def on_post_page(output, page, **_):
    text = FILE.read_text(encoding="utf-8")
    if page.file.src_uri == "playbooks/every-field.md" and "A playbook with everything" in text:
        FILE.write_text(text.replace("A playbook with everything", "Written meanwhile"), encoding="utf-8")
        while SERVER._wanted_epoch == SERVER._visible_epoch:
            time.sleep(0.01)
    return output
"""
"""A hook that edits a playbook while its page is made, and lets it go on when the change has been seen."""


def test_what_is_written_while_a_page_is_made_is_shown(tmp_path: Path, page: Page) -> None:
    shutil.copytree(GOOD, tmp_path / "playbooks")
    (tmp_path / "docs").mkdir()
    (tmp_path / "hook.py").write_text(WRITES_MEANWHILE, encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        f"{SETTINGS}hooks: [hook.py]\nplugins: [playbooks]\n", encoding="utf-8"
    )
    # Where there are hooks, the command leaves the preview to MkDocs.
    preview = RunningPreview(tmp_path, "playbook_press.plugin.preview")
    try:
        page.goto(preview.wait_for(r"Serving on (http://\S+)")[1] + "playbooks/every-field/")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Written meanwhile")
    finally:
        preview.stop()


def test_what_has_a_name_of_its_own_is_not_asked_for_again(address: str, context: BrowserContext) -> None:
    page = context.request.get(f"{address}playbooks/every-field/")
    assert "cache-control" not in page.headers
    (style,) = set(re.findall(r"assets/playbooks/handbook\.\w+\.css", page.text()))
    assert "immutable" in context.request.get(address + style).headers["cache-control"]


def test_files_for_print_and_for_programs_are_there_when_they_are_asked_for(
    address: str, context: BrowserContext
) -> None:
    for path, start in (
        ("sheets/sales-a4.pdf", b"%PDF-"),
        ("sheets/sales-1.png", b"\x89PNG"),
        ("playbooks/every-field/index.md", b"# A playbook with everything"),
        ("handbook.json", b"{"),
        ("sitemap.xml", b"<?xml"),
    ):
        assert context.request.get(address + path).body().startswith(start), path
