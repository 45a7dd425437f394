"""A preview that makes a page when it is asked for, so that it follows a writer in a large handbook too.

MkDocs' own preview builds every page anew after each change. Here a change is read, linted and listed;
nothing else is done before the browser asks for a page, which is then written, converted and laid out by
the same functions of MkDocs that build a site. So whatever changed, every page shows it: there is nothing
to be worked out about which page depends on what.

    python -m playbook_press.plugin.preview 127.0.0.1:8000
"""

import contextlib
import gc
import logging
import posixpath
import re
import signal
import sys
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property, partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, MkDocsException
from mkdocs.livereload import LiveReloadServer, _serve_url
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file
from watchdog.events import FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent
from watchdog.observers import Observer

from playbook_press.hosting import SETTLED
from playbook_press.plugin import PlaybooksPlugin
from playbook_press.search_index import FOLDER as SEARCH

_LOG = logging.getLogger("mkdocs.playbooks")
_CHANGES = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent]
_PAUSE = 0.05
"""For how many seconds nothing may change before it is read: an editor writes a file in several steps."""


@dataclass
class _Site:
    """A site as it is since the last change: what there is in it, and what of it has been made."""

    files: Files
    nav: Navigation
    by_address: dict[str, File]
    """Every file by its path in the site."""
    made: set[str] = field(default_factory=set)
    search: dict[str, str] = field(default_factory=dict)

    @cached_property
    def pages(self) -> Sequence[File]:
        """The files of all pages."""
        return self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)


class Preview:
    """The site of a handbook, made piece by piece in a folder."""

    def __init__(self, folder: Path, address: str, url: str) -> None:
        self._folder = folder
        self._address = address
        self._url = url
        self._lock = threading.RLock()
        self._settings = b""
        self._is_frozen = False
        self.config: MkDocsConfig
        self.site: _Site
        self._plugin: PlaybooksPlugin
        self._nav: Any
        self._env: Environment
        self._of_theme: list[File]

    def refresh(self) -> None:
        """Read what has changed. Where it cannot be read, say so and go on with what was there before."""
        with self._lock:
            try:
                self._refresh()
            except Exception as error:
                if self._settings == b"":
                    raise
                # What is wrong with the handbook or its settings is in the message; anything else is a fault of ours,
                # which must not end somebody's preview either.
                _LOG.error("%s", error, exc_info=not isinstance(error, (MkDocsException, OSError)))

    def _refresh(self) -> None:
        settings = Path("mkdocs.yml").read_bytes()
        if settings != self._settings:
            self._configure()
            self._settings = settings
        else:
            self._plugin.read(self.config)
        config = self.config
        config.nav = copy(self._nav)
        files = get_files(config)
        for file in self._of_theme:
            if files.get_file_from_path(file.src_uri) is None:
                files.append(file)
        files = config.plugins.on_files(files, config=config)
        set_exclusions(files, config)
        nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
        site = _Site(files, nav, {file.dest_uri: file for file in files})
        for file in site.pages:
            page = file.page or Page(None, file, config)
            if known := self._plugin.pages.get(file.src_uri):
                page.markdown, page.meta = "", dict(known.meta)
            else:
                page.read_source(config)
        self._env = config.plugins.on_env(self._env, config=config, files=files) or self._env
        self.site = site
        if not self._is_frozen:
            # Looking through all that was read, after each change again, would take longer than a page.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            self._is_frozen = True

    def _configure(self) -> None:
        """Read mkdocs.yml, and what depends on it alone."""
        config = load_config(site_dir=str(self._folder), dev_addr=self._address)
        config.site_url = self._url
        config.plugins.on_startup(command="serve", dirty=False)
        self._nav = config.nav
        self.config = config.plugins.on_config(config)
        self._plugin = cast("PlaybooksPlugin", config.plugins["playbooks"])
        self._env = config.theme.get_env()
        of_theme = Files([])
        of_theme.add_files_from_theme(self._env, config)
        self._of_theme = list(of_theme)
        self._is_frozen = False

    def make(self, path: str) -> None:
        """Make the file at a path in the site, unless it has been made since the last change."""
        with self._lock:
            site = self.site
            if path in site.made or (self._folder / path).is_dir():
                return
            file = site.by_address.get(path)
            if file is not None and file.page is not None:
                self._populate(file)
                _build_page(file.page, self.config, site.pages, site.nav, self._env)
            elif file is not None:
                file.copy_file()
            elif path in self.config.theme.static_templates:
                _build_theme_template(path, self._env, site.files, self.config, site.nav)
            elif twin := self._plugin.twins.get(path):
                write_file(twin().encode(), str(self._folder / path))
            elif path.startswith(f"{SEARCH}/"):
                write_file(self._search().get(path, "").encode(), str(self._folder / path))
            else:  # it may have been there before the last change
                with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                    (self._folder / path).unlink()
            site.made.add(path)

    def _populate(self, file: File) -> None:
        if file.page is not None and file.page.content is None:
            _populate_page(file.page, self.config, self.site.files)

    def _search(self) -> Mapping[str, str]:
        """What the search loads, which finds what is said on pages by hand as well."""
        if not self.site.search:
            for file in self.site.pages:
                if file.generated_by is None:
                    self._populate(file)
            self.site.search.update(self._plugin.search_files())
        return self.site.search


class PreviewServer(LiveReloadServer):
    """MkDocs' server, which has each file made before it looks for it."""

    def __init__(self, preview: Preview, host: str, port: int, root: Path, mount_path: str) -> None:
        super().__init__(preview.refresh, host, port, str(root), mount_path)
        self.build_delay = _PAUSE
        self._preview = preview
        self._asked = threading.local()
        """Of the request of this thread: the epoch that its page is at least as new as."""
        self.observer = _Observer()
        self.error_handler = self._error_page

    def _serve_request(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes] | None:
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        if path.startswith(self.mount_path) and not path.startswith("/livereload/"):
            inside = path[len(self.mount_path) :] + "index.html" * path.endswith("/")
            with self._epoch_cond:  # what is being read now may be what is asked for
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
                self._asked.epoch = self._visible_epoch
            self._preview.make(posixpath.normpath(f"/{inside}").lstrip("/"))
        if re.search(SETTLED, path):
            start_response = partial(_start_to_keep, start_response)
        return super()._serve_request(environ, start_response)

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        # What changed while the page was being made is not on it: it is to be loaded once more.
        epoch = min(epoch, self._asked.epoch)
        injected: bytes = super()._inject_js_into_html(content, epoch)  # type: ignore[no-untyped-call]
        return injected

    def _error_page(self, code: int) -> bytes | None:
        if code != HTTPStatus.NOT_FOUND:
            return None
        self._preview.make("404.html")
        return (Path(self.root) / "404.html").read_bytes()


def _start_to_keep(start_response: Any, status: str, headers: Sequence[tuple[str, str]]) -> Any:
    """Tell a browser that it need not ask again."""
    return start_response(status, [*headers, ("Cache-Control", "max-age=31536000, immutable")])


class _Observer(Observer):  # type: ignore[misc, valid-type] # which class it is depends on the system
    """Tells at once what is written, and not what is read, which this process does itself."""

    def schedule(self, handler: Any, path: str, *, recursive: bool = False, **_: Any) -> Any:
        """Watch a path."""
        return super().schedule(handler, path, recursive=recursive, event_filter=_CHANGES)


def serve(address: str) -> None:
    """Show the handbook of this folder at an address, such as `127.0.0.1:8000`, until interrupted."""
    host, _, port = address.rpartition(":")
    settings = load_config(dev_addr=address)
    mount_path = urlsplit(settings.site_url or "/").path
    with tempfile.TemporaryDirectory(prefix="playbooks-") as folder:
        preview = Preview(Path(folder), address, _serve_url(host, int(port), mount_path))
        server = PreviewServer(preview, host.strip("[]"), int(port), Path(folder), mount_path)
        preview.refresh()
        config = preview.config
        server.watch(config.docs_dir)
        server.watch(str(Path.cwd()), recursive=False)
        config.plugins.on_serve(server, config=config, builder=preview.refresh)
        for path in config.watch:
            server.watch(path)
        try:
            server.serve()  # type: ignore[no-untyped-call]
        finally:
            server.shutdown()


def main() -> None:
    """Show the handbook of this folder at the address on the command line."""
    logging.basicConfig(format="%(levelname)-8s %(message)s", level=logging.INFO)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # what has been made is thrown away
    try:
        serve(sys.argv[1])
    except KeyboardInterrupt:
        pass
    except Abort as error:
        sys.exit(error.code)


if __name__ == "__main__":
    main()
