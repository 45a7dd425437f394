"""The MkDocs plugin `playbooks`: generated pages in, a broken handbook never."""

import errno
import logging
import os
import posixpath
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils.templates import TemplateContext

from playbook_press.export.everything import source_of
from playbook_press.history import last_changed
from playbook_press.hosting import add_headers
from playbook_press.load import Handbook, HandbookError
from playbook_press.model import Library
from playbook_press.navigation import navigation, unlisted
from playbook_press.offline import WORKER, asset_address, script_for
from playbook_press.pages import OFFLINE, build_pages, has_feed
from playbook_press.paper.formats import PaperError
from playbook_press.plugin import by_hand
from playbook_press.plugin.additions import (
    Addition,
    Named,
    assets,
    deck,
    exports,
    loaded_by_scripts,
    prints,
    prints_when_asked_for,
)
from playbook_press.plugin.conversion import Conversion
from playbook_press.plugin.made_file import made_file
from playbook_press.plugin.reading import cache_of, read_checked, root_of
from playbook_press.render import MARKDOWN_EXTENSIONS, Page, mark_addresses
from playbook_press.report import printable
from playbook_press.search import Entry, entries
from playbook_press.search_index import search_files
from playbook_press.shelf import Shelf
from playbook_press.survey import Memory

_NO_DAY = "1970-01-01"
"""For the sitemap, which would have the day of the build: see theme/sitemap.xml."""
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
    pages: Mapping[str, Page]
    """The pages that the press adds, by their paths among the Markdown files."""
    twins: dict[str, Callable[[], str]]
    """What writes the Markdown twin of each page, by its path in the site."""
    written_entries: list[Entry]
    written: list[str]
    """The files of the pages that are written by hand, but for those about contributing."""

    def __init__(self) -> None:
        self._memory = Memory()
        self._conversion: Conversion | None = None

    def on_startup(self, *, command: str, **_: Any) -> None:
        """Note whether there is a preview to keep alive. MkDocs keeps plugins that ask for this."""
        self.serving = command == "serve"
        logging.getLogger("mkdocs.commands.build").addFilter(_is_not_told_below)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and lint the handbook before anything of the old site is touched."""
        self.read(config)
        for name, settings in MARKDOWN_EXTENSIONS.items():
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
            config.mdx_configs[name] = {**settings, **config.mdx_configs.get(name, {})}
        config.extra_css[:0] = [asset_address(f"{name}.css") for name in ("handbook", "print")]
        config.theme.dirs.insert(0, str(package_files("playbook_press") / "theme"))
        return config

    def read(self, config: MkDocsConfig) -> None:
        """Read the handbook; Abort where it is broken, unless there is a preview that shows the last good one."""
        self.written_entries = []
        try:
            self.handbook = read_checked(config, Path(self.config.folder), self._memory)
        except HandbookError as error:
            # MkDocs answers no request while a rebuild fails; the last good pages are better.
            if not self.serving or self.handbook is None:
                raise Abort(str(error)) from None
            print(error, file=sys.stderr)  # noqa: T201 (the logger would end a strict preview)

    @property
    def library(self) -> Library:
        """What the handbook says."""
        if self.handbook is None:
            raise AssertionError("on_config comes first")
        return self.handbook.library

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and the assets; a page that is written by hand stays."""
        named = Named(self.library, config.site_name, config.site_url or "")
        has_sheets = self.config.sheets
        if config.nav is None:
            config.nav = navigation(self.library, by_hand.by_folder(files), has_sheets=has_sheets)
        self.pages = {
            page.path: page
            for page in build_pages(*named, by_hand.shortcuts(files), has_sheets=has_sheets)
            if not files.get_file_from_path(page.path)
        }
        not_in_nav = {OFFLINE, *unlisted(self.library)}
        edited_in = self._folder_from_content(config)
        for path, page in self.pages.items():
            inclusion = InclusionLevel.NOT_IN_NAV if path in not_in_nav else InclusionLevel.INCLUDED
            file = made_file(config, path, page.write, inclusion)
            file.edit_uri = page.edited_at and posixpath.join(edited_in, page.edited_at)
            files.append(file)
        self.twins = {}
        made = [source_of(page) for path, page in self.pages.items() if path != OFFLINE]
        for path, write in exports(named, config, files, [*made, *by_hand.sources(files)], self._twin):
            if path.endswith(".md"):  # MkDocs would take it for a page
                self.twins[path] = write
            else:
                files.append(made_file(config, path, write))
        for path, make in self._additions(named, config):
            files.append(made_file(config, path, make))
        return files

    def _additions(self, named: Named, config: MkDocsConfig) -> Iterator[Addition]:
        yield from assets()
        yield from loaded_by_scripts(self.library)
        folder = root_of(config) / self.config.folder
        yield from deck(named, lambda: last_changed(folder))
        if self.config.sheets and self.serving:
            yield from prints_when_asked_for(named)
        elif self.config.sheets:
            try:
                yield from prints(named, cache_of(config) / "paper")
            except PaperError as error:
                raise Abort(str(error)) from None

    def _twin(self, path: str) -> str | None:
        """The twin of a page that is converted here."""
        if self._conversion is None or path not in self.pages:
            return None
        return self._conversion.of(path).twin

    def search_files(self) -> Iterator[tuple[str, str]]:
        """What the search loads, each piece with its path in the site, once the pages by hand have been read."""
        found = [*self.written_entries, *entries(self.library, has_sheets=self.config.sheets)]
        return search_files(found, self.library)

    def on_nav(self, nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
        """Put the pages that are not listed where they belong, and begin with what takes longest."""
        for path in unlisted(self.library):
            page, index = (
                files.src_uris[name].page for name in (path, f"{posixpath.dirname(path)}/index.md")
            )
            if page is not None and index is not None and page.parent is None:
                page.parent = index.parent
        if "SOURCE_DATE_EPOCH" not in os.environ:
            for file in files.documentation_pages():
                if file.page is not None:
                    file.page.update_date = _NO_DAY
        self._conversion = None
        if not self._others_take_part(config):
            self._shelf = Shelf(cache_of(config) / "pages")
            self._conversion = Conversion(config, files, self.pages, self._shelf)
            if not self.serving:
                self._conversion.start()
        return nav

    @staticmethod
    def _others_take_part(config: MkDocsConfig) -> bool:
        """Whether another plugin or a hook wants the Markdown or the HTML of pages as they come."""
        mine = {"page_read_source": 1, "page_markdown": 0, "page_content": 1}
        return any(len(config.plugins.events[event]) > count for event, count in mine.items())

    def on_pre_page(self, page: MkDocsPage, **_: Any) -> MkDocsPage:
        """Make the address of an edit link straight, where it leads out of the folder of pages."""
        if page.edit_url:
            address = urlsplit(page.edit_url)
            page.edit_url = address._replace(path=posixpath.normpath(address.path)).geturl()
        return page

    def on_page_read_source(self, page: MkDocsPage, **_: Any) -> str | None:
        """Give the front matter alone of a page that is converted elsewhere."""
        known = self.pages.get(page.file.src_uri)
        return known.front if known and self._conversion else None

    def on_page_content(self, content: str, page: MkDocsPage, **_: Any) -> str:
        """Note what a page that is written by hand says, so that it is found; get links ready for paper."""
        if page.file.generated_by is None:
            self.written_entries.append(by_hand.entry(page, content))
        return mark_addresses(content)

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        """Tell the theme's templates what they ask for, and the worker which pages are written by hand."""
        self._files = files
        self.written = [
            file.dest_uri
            for file in files.documentation_pages()
            if file.generated_by is None and not file.src_uri.startswith("contribute/")
        ]
        env.globals["has_feed"] = has_feed(self.library, config.site_url or "")
        env.globals["asset"] = asset_address
        env.globals["is_preview"] = self.serving
        return env

    @event_priority(100)
    def on_page_context(self, context: TemplateContext, page: MkDocsPage, **_: Any) -> TemplateContext:
        """Put in what a page says, now that it is laid out."""
        if self._conversion is not None and page.file.src_uri in self.pages:
            self._conversion.of(page.file.src_uri).put_into(page, self._files)
            page.content = mark_addresses(page.content or "")
        return context

    @event_priority(-100)
    def on_post_page(self, output: str, page: MkDocsPage, **_: Any) -> str:
        """Let go of what a page says: there may be thousands."""
        if self._conversion is not None and page.file.src_uri in self.pages:
            page.content = ""
            page.toc = TableOfContents([])
        return output

    def on_post_build(self, config: MkDocsConfig, **_: Any) -> None:
        """Add the twins, the search, and what keeps pages for when there is no network, of a site that is there to stay."""
        if self.serving:
            return
        site = Path(config.site_dir)
        for path, text in (*((path, make()) for path, make in self.twins.items()), *self.search_files()):
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        if self._conversion is not None:
            self._conversion.close()
            self._shelf.tidy()
        script = (package_files("playbook_press") / "assets" / WORKER).read_text(encoding="utf-8")
        (site / WORKER).write_text(script_for(site, script, self.library, self.written), encoding="utf-8")
        for will_not_work in add_headers(site, Path(config.docs_dir)):
            print(f"note: {printable(will_not_work)}", file=sys.stderr)  # noqa: T201 (as above)

    def on_build_error(self, error: Exception, **_: Any) -> None:
        """Say in a line what cannot be read or written."""
        if self._conversion is not None:
            self._conversion.close()
        if isinstance(error, OSError):
            what = "the site cannot be written" if error.errno in _NO_ROOM else error.filename
            # A preview goes on; Abort would put an empty line before the one of a build.
            end = Abort if self.serving else SystemExit
            raise end(f"error: {what or 'the site'}: {error.strerror or error}") from None

    def _folder_from_content(self, config: MkDocsConfig) -> str:
        """Where the playbooks are, seen from the folder that edit links start in."""
        content = os.path.relpath(config.docs_dir, root_of(config))
        return Path(os.path.relpath(self.config.folder, content)).as_posix()

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Build again when a playbook changes."""
        server.watch(str(root_of(config) / self.config.folder))
        return server


def _is_not_told_below(_: logging.LogRecord) -> bool:
    """Whether MkDocs has something else to say than that a file cannot be read or written: see on_build_error."""
    return not isinstance(sys.exc_info()[1], OSError)
