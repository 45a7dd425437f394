"""The MkDocs plugin `playbooks`: generated pages in, a broken handbook never."""

import errno
import html
import posixpath
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils.meta import get_data

from playbook_press.anki import package
from playbook_press.decks import decks, slug
from playbook_press.export.everything import Source, everything, source_of, source_written
from playbook_press.export.place import Site
from playbook_press.history import last_changed
from playbook_press.lint import lint
from playbook_press.load import Handbook, HandbookError, read_handbook
from playbook_press.model import Library
from playbook_press.offline import ASSETS, WORKER, asset_address, script_for
from playbook_press.pages import OFFLINE, build_pages, has_feed, navigation
from playbook_press.paper.press import how_many, print_all
from playbook_press.paper.shelf import kept_in
from playbook_press.paper.typesetting import PaperError
from playbook_press.parts import parts_script
from playbook_press.render import MARKDOWN_EXTENSIONS, mark_addresses
from playbook_press.report import as_text, summary
from playbook_press.search import Entry, entries, entries_script, synonyms_script
from playbook_press.settings import SettingsError, read_settings

KEPT = ".playbooks-cache/paper"
_BAR = 30
_NO_ROOM = {errno.EDQUOT, errno.EFBIG, errno.ENOSPC, errno.EROFS}


class PlaybooksConfig(base.Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    folder = config_options.Type(str, default="playbooks")
    """The folder of playbooks, relative to mkdocs.yml."""
    sheets = config_options.Type(bool, default=True)
    """Whether the site has the cheat sheets, as pages and as PDFs."""


class PlaybooksPlugin(BasePlugin[PlaybooksConfig]):  # type: ignore[no-untyped-call]
    """Reads the handbook, stops where it has errors, and adds its pages to the site."""

    handbook: Handbook | None = None
    """The handbook that the site shows: while serving, the last one without errors."""
    serving = False
    written_entries: list[Entry]
    by_hand: list[str]
    """The files of the pages that are written by hand, but for those about contributing."""

    def on_startup(self, *, command: str, **_: Any) -> None:
        """Note whether there is a preview to keep alive. MkDocs keeps plugins that ask for this."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and lint the handbook before anything of the old site is touched."""
        self.written_entries = []
        try:
            self.handbook = self._read(config)
        except HandbookError as error:
            # MkDocs answers no request while a rebuild fails; the last good pages are better.
            if not self.serving or self.handbook is None:
                raise Abort(str(error)) from None
            print(error, file=sys.stderr)  # noqa: T201 (the logger would end a strict preview)
        for name, settings in MARKDOWN_EXTENSIONS.items():
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
            config.mdx_configs[name] = {**settings, **config.mdx_configs.get(name, {})}
        config.extra_css[:0] = [asset_address(f"{name}.css") for name in ("handbook", "print")]
        config.theme.dirs.insert(0, str(package_files("playbook_press") / "theme"))
        return config

    def _read(self, config: MkDocsConfig) -> Handbook:
        """Read a handbook without errors; HandbookError says all that is wrong with it."""
        shown = Path(self.config.folder)
        handbook = read_handbook(Path(config.config_file_path).parent / shown, shown)
        if handbook.unreadable:
            raise HandbookError("\n".join(handbook.unreadable))
        try:
            settings = read_settings(Path(config.config_file_path).parent)
        except SettingsError as error:
            raise HandbookError("\n".join(error.args)) from None
        findings = lint(handbook, config.site_url or "", settings)
        errors = [finding for finding in findings if finding.severity == "error"]
        if errors:
            raise HandbookError(f"\n{as_text(errors, handbook)}\n{summary(errors, handbook)}")
        return handbook

    @property
    def _library(self) -> Library:
        if self.handbook is None:
            raise AssertionError("on_config comes first")
        return self.handbook.library

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and the assets; a page that is written by hand stays."""
        with kept_in(Path(config.config_file_path).parent / KEPT):
            return self._add_files(files, config)

    def _add_files(self, files: Files, config: MkDocsConfig) -> Files:
        written: dict[str, list[str]] = defaultdict(list)
        for file in files.documentation_pages():
            written[posixpath.dirname(file.src_uri).partition("/")[0]].append(file.src_uri)
        has_sheets = self.config.sheets
        named = (self._library, config.site_name, config.site_url or "")
        sources: list[Source] = []
        for page in build_pages(*named, _shortcuts(files), has_sheets=has_sheets):
            if files.get_file_from_path(page.path):
                continue
            file = File.generated(config, page.path, content=page.markdown)
            file.edit_uri = page.edited_at and posixpath.join(
                self._folder_from_content(config), page.edited_at
            )
            files.append(file)
            if page.path == OFFLINE:
                file.inclusion = InclusionLevel.NOT_IN_NAV
            else:
                sources.append(source_of(page))
        self._add_exports(files, config, [*sources, *_written(files)])
        self._add_assets(files, config)
        if decks(self._library):
            changed = last_changed(Path(config.config_file_path).parent / self.config.folder)
            notes = package(*named, {Path(name).stem: when for name, when in changed.items()})
            files.append(_file(config, f"practice/{slug(config.site_name)}.apkg", notes))
        try:
            printed = print_all(*named) if has_sheets else ()
            for path, pdf in _with_progress(printed, how_many(self._library)):
                files.append(_file(config, path, pdf))
        except PaperError as error:
            raise Abort(str(error)) from None
        if config.nav is None:
            config.nav = navigation(self._library, written, has_sheets=has_sheets)
        return files

    def _add_assets(self, files: Files, config: MkDocsConfig) -> None:
        """Add the styles, the scripts and what the scripts load."""
        assets = sorted((package_files("playbook_press") / "assets").iterdir(), key=lambda path: path.name)
        for name, asset in [(path.name, path.read_bytes()) for path in assets] + [("lunr.js", _lunr())]:
            if name == WORKER:
                continue  # it stands at the top of the site, which it serves
            files.append(_file(config, f"{ASSETS}/{name}", asset))
        for playbook_id in self._library.playbooks:
            content = parts_script(self._library, playbook_id)
            files.append(_file(config, f"{ASSETS}/parts/{playbook_id}.js", content))

    def _add_exports(self, files: Files, config: MkDocsConfig, sources: list[Source]) -> None:
        """Add what other programs read; a file that is written by hand stays."""
        pages = {file.src_uri: file for file in files.documentation_pages()}
        twins = {path: f"{file.dest_uri.removesuffix('.html')}.md" for path, file in pages.items()}
        addresses = {path: file.url.removeprefix("./") for path, file in pages.items()}
        site = Site(
            config.site_name,
            config.site_url or "",
            config.site_description or "",
            str(config.theme.get("language") or "en"),
            lambda path: addresses.get(path, path),
        )
        taken = {file.dest_uri for file in files}
        for path, text in everything(self._library, site, sources, lambda path: twins.get(path, path)):
            if path in taken:
                continue
            # A file is a page by the end of its name, and a twin is none.
            file = _file(config, f"{path}.twin" if path.endswith(".md") else path, text)
            file.dest_uri = path
            files.append(file)

    def on_pre_page(self, page: Page, **_: Any) -> Page:
        """Make the address of an edit link straight, where it leads out of the folder of pages."""
        if page.edit_url:
            address = urlsplit(page.edit_url)
            page.edit_url = address._replace(path=posixpath.normpath(address.path)).geturl()
        return page

    def on_page_content(self, content: str, page: Page, **_: Any) -> str:
        """Note what a page that is written by hand says, so that it is found; get links ready for paper."""
        if page.file.generated_by is None:
            words = html.unescape(re.sub(r"<[^>]+>", " ", content))
            title = html.unescape(str(page.title))
            self.written_entries.append(Entry("Page", page.url, title, " ".join(words.split())))
        return mark_addresses(content)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Add what the search finds, now that every page has been read."""
        self.by_hand = [
            file.dest_uri
            for file in files.documentation_pages()
            if file.generated_by is None and not file.src_uri.startswith("contribute/")
        ]
        found = [*self.written_entries, *entries(self._library, has_sheets=self.config.sheets)]
        files.append(_file(config, f"{ASSETS}/search-entries.js", entries_script(found)))
        env.globals["has_feed"] = has_feed(self._library, config.site_url or "")
        env.globals["asset"] = asset_address
        env.globals["is_preview"] = self.serving
        files.append(_file(config, f"{ASSETS}/synonyms.js", synonyms_script(self._library.synonyms)))
        return env

    def on_post_build(self, config: MkDocsConfig, **_: Any) -> None:
        """Add what keeps pages for when there is no network, of a site that is there to stay."""
        if self.serving:
            return
        site = Path(config.site_dir)
        script = (package_files("playbook_press") / "assets" / WORKER).read_text(encoding="utf-8")
        (site / WORKER).write_text(script_for(site, script, self._library, self.by_hand), encoding="utf-8")

    def on_build_error(self, error: Exception, **_: Any) -> None:
        """Say in a line what cannot be read or written."""
        if isinstance(error, OSError):
            what = "the site cannot be written" if error.errno in _NO_ROOM else error.filename
            # A preview goes on; Abort would put an empty line before the one of a build.
            end = Abort if self.serving else SystemExit
            raise end(f"error: {what or 'the site'}: {error.strerror or error}") from None

    def _folder_from_content(self, config: MkDocsConfig) -> str:
        """Where the playbooks are, seen from the folder that edit links start in."""
        root = Path(config.config_file_path).parent
        content = Path(config.docs_dir).relative_to(root).as_posix()
        return posixpath.relpath(self.config.folder, content)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Build again when a playbook changes."""
        server.watch(str(Path(config.config_file_path).parent / self.config.folder))
        return server


def _shortcuts(files: Files) -> list[tuple[str, str]]:
    """The hand-written pages that the home page leads to, by the rank under `home` in their front matter."""
    found = []
    for file in files.documentation_pages():
        _, meta = get_data(file.content_string)
        if isinstance(meta.get("home"), int):
            found.append((meta["home"], str(meta.get("title", file.name)), file.src_uri))
    return [(title, path) for _, title, path in sorted(found)]


def _written(files: Files) -> Iterator[Source]:
    """What the pages hold that are written by hand."""
    for file in files.documentation_pages():
        if file.generated_by is None:
            _, meta = get_data(file.content_string)
            yield source_written(file.src_uri, file.content_string, meta)


def _with_progress(printed: Iterable[tuple[str, bytes]], total: int) -> Iterator[tuple[str, bytes]]:
    """What is printed, with a bar on a terminal that tells how far it has come."""
    is_watched = sys.stderr.isatty()
    for number, one in enumerate(printed, start=1):
        if is_watched:
            bar = "#" * (_BAR * number // total)
            sys.stderr.write(f"\r\x1b[KPrinting [{bar:<{_BAR}}] {number} of {total}")
            sys.stderr.flush()
        yield one
    if is_watched:
        sys.stderr.write("\r\x1b[K")


def _file(config: MkDocsConfig, path: str, content: str | bytes) -> File:
    """Make a file that is no page."""
    return File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)


def _lunr() -> bytes:
    """The search engine, which MkDocs brings along for a search of its own."""
    return (package_files("mkdocs") / "contrib/search/templates/search/lunr.js").read_bytes()
