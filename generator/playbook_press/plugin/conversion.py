"""Pages to HTML: on every processor at once, and only those that are not known from an earlier build.

MkDocs writes and converts one page after the other, which is most of the time of a build. So the pages
that the press adds reach it with their front matter alone, and what they say is put in when each is
laid out. Until then it is kept on a shelf, so that it takes no memory either.
"""

import contextlib
import gc
import json
import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, get_toc
from mkdocs.utils.meta import get_data

from playbook_press.cache import program
from playbook_press.export.twins import Twins
from playbook_press.render import Page
from playbook_press.shelf import Shelf

_PACKAGES = ("mkdocs", "markdown", "pymdown-extensions")
_LOGGER = logging.getLogger("mkdocs")


@dataclass(frozen=True)
class Converted:
    """What becomes of the Markdown of a page."""

    content: str
    toc: list[dict[str, Any]]
    """The tokens of its table of contents, as Python-Markdown gives them."""
    anchors: list[str]
    links: dict[str, dict[str, str]]
    """By the path of a page, the anchors in it that are linked to, each with the link."""
    twin: str
    messages: list[tuple[int, str]]
    """What MkDocs has to say of it, each with its level."""
    sought: dict[str, str] = field(default_factory=dict)
    """The paths that were looked for, each with the address that was found there, if any."""

    def put_into(self, page: MkDocsPage, files: Files) -> None:
        """Make a page of MkDocs what it would be, had MkDocs converted it."""
        page.content = self.content
        page.toc = get_toc(self.toc)  # type: ignore[arg-type]
        # Kept until all pages are known: there may be millions, and many are the same.
        page.present_anchor_ids = set(map(sys.intern, self.anchors))
        page.links_to_anchors = {
            file: {sys.intern(anchor): sys.intern(link) for anchor, link in links.items()}
            for path, links in self.links.items()
            if (file := files.src_uris.get(path))
        }
        for level, message in self.messages:
            _LOGGER.getChild("structure.pages").log(level, message)


class Conversion:
    """The pages of one build, from their Markdown to what is put into their layout."""

    def __init__(self, config: MkDocsConfig, files: Files, pages: Mapping[str, Page], shelf: Shelf) -> None:
        self._config = config
        self._files = files
        self._pages = pages
        self._shelf = shelf
        self._executor: ProcessPoolExecutor | None = None
        self._futures: dict[str, Future[str]] = {}
        self._names: dict[str, str] = {}

    def start(self) -> None:
        """Begin to convert all pages in other processes, where this system can copy this one."""
        gc.freeze()  # what has been read stays: it is not looked through again, and shared as long as nobody does
        if sys.platform in {"win32", "darwin"}:
            return
        processes = len(os.sched_getaffinity(0))
        if processes == 1:
            return
        self._executor = ProcessPoolExecutor(
            processes, multiprocessing.get_context("fork"), _begin, (self._convert,)
        )
        self._futures = {path: self._executor.submit(_convert_here, path) for path in self._pages}

    def close(self) -> None:
        """Let the other processes end."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def of(self, path: str) -> Converted:
        """What becomes of a page, by its path among the Markdown files."""
        if path in self._futures and path not in self._names:
            with contextlib.suppress(BrokenProcessPool):  # one that was ended took too much memory, say
                self._names[path] = self._futures[path].result()
        if path in self._names and (kept := self._kept(self._names[path])):
            return kept
        self._names[path], converted = self._convert(path)
        return converted

    def _convert(self, path: str) -> tuple[str, Converted]:
        """Convert a page unless it is known; its name on the shelf, and what becomes of it."""
        markdown = self._pages[path].write()
        name = self._shelf.name(json.dumps([self._settings, path, markdown]).encode())
        converted = self._kept(name)
        if converted is None:
            converted = self._made(path, markdown)
            self._shelf.write(name, json.dumps(vars(converted), ensure_ascii=False).encode())
        return name, converted

    def _kept(self, name: str) -> Converted | None:
        """What is kept on the shelf, where everything is still at the same address."""
        kept = self._shelf.read(name)
        if kept is None:
            return None
        found = Converted(**json.loads(kept))
        return found if all(self._address(path) == at for path, at in found.sought.items()) else None

    def _made(self, path: str, markdown: str) -> Converted:
        sought: dict[str, str] = {}

        def address(of: str) -> str:
            sought[of] = self._address(of)
            return sought[of]

        file = self._files.src_uris[path]
        page = MkDocsPage(None, copy(file), self._config)
        page.markdown, page.meta = get_data(markdown)
        with _listening() as messages:
            page.render(self._config, _Noting(self._files, address))
        return Converted(
            content=page.content or "",
            toc=[_token(link) for link in page.toc],
            anchors=sorted(page.present_anchor_ids or ()),
            links={to.src_uri: links for to, links in (page.links_to_anchors or {}).items()},
            twin=Twins(lambda of: twin_at(of, address(of))).twin(
                markdown, path, self._pages[path].plain_title
            ),
            messages=messages,
            sought=sought,
        )

    def _address(self, path: str) -> str:
        """Where a file is in the site, with a mark where it is left out; nothing where there is none."""
        file = self._files.src_uris.get(path)
        if file is None:
            return ""
        is_excluded = file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
        return f"{file.dest_uri} (left out)" if is_excluded else file.dest_uri

    @cached_property
    def _settings(self) -> str:
        """All that conversion depends on beside the pages."""
        config = self._config
        return json.dumps(
            [
                program(),
                [version(package) for package in _PACKAGES],
                config.markdown_extensions,
                config.mdx_configs,
                config.use_directory_urls,
                config.validation,
            ],
            default=lambda value: getattr(value, "__qualname__", None) or dict(value),
        )


class _Noting(Files):
    """The files of a site, noting which of them are looked for."""

    def __init__(self, files: Files, note: Callable[[str], object]) -> None:
        super().__init__(files)
        self._note = note

    def get_file_from_path(self, path: str) -> File | None:
        self._note(path)
        return super().get_file_from_path(path)


def twin_at(path: str, address: str) -> str:
    """Where the twin of a page is, from its path and its address; any other file is its own."""
    return f"{address.removesuffix('.html')}.md" if path.endswith(".md") and address else path


def _token(link: AnchorLink) -> dict[str, Any]:
    children = [_token(child) for child in link.children]
    return {"name": link.title, "id": link.id, "level": link.level, "children": children}


@contextlib.contextmanager
def _listening() -> Iterator[list[tuple[int, str]]]:
    """Catch what MkDocs has to say, so that it can be said in the order of the pages, and counted."""
    messages: list[tuple[int, str]] = []
    listener = logging.Handler()
    listener.emit = lambda record: messages.append((record.levelno, record.getMessage()))  # type: ignore[method-assign]
    before = _LOGGER.handlers
    _LOGGER.handlers = [listener]
    try:
        yield messages
    finally:
        _LOGGER.handlers = before


_CONVERT: list[Callable[[str], tuple[str, Converted]]] = []
"""In a process that converts: what does it. It cannot be sent there, but is copied with everything else."""


def _begin(convert: Callable[[str], tuple[str, Converted]]) -> None:
    _CONVERT.append(convert)
    # The first process says that it was interrupted; and it may be killed without a word.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _convert_here(path: str) -> str:
    name, _ = _CONVERT[0](path)
    return name
