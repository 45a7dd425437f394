"""An MkDocs hook that writes down what the plugin gives to a build, for a build without the plugin.

It is named in the `hooks:` of a build that is not timed. The site as plain Markdown goes to the
folder in BENCHMARK_DUMP: the pages and other files under `content/`, and `mkdocs.yml` with the
navigation and the Markdown extensions that the plugin has set.
"""

import os
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure import StructureItem
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

_DUMP = Path(os.environ["BENCHMARK_DUMP"])
_LAST = -100


@event_priority(_LAST)
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    """Write down the files that are not pages, and the configuration."""
    for file in files.media_files():
        if file.generated_by or Path(str(file.abs_src_path)).is_relative_to(config.docs_dir):
            _write(file.src_uri, file.content_bytes)
    settings = {
        "markdown_extensions": [
            {name: config.mdx_configs[name]} if config.mdx_configs.get(name) else name
            for name in config.markdown_extensions
        ],
        "nav": [_entry(item) for item in nav.items],
    }
    (_DUMP / "plain.yml").write_text(yaml.dump(settings, sort_keys=False), encoding="utf-8")
    return nav


@event_priority(_LAST)
def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Write down a page with its front matter."""
    front = f"---\n{yaml.dump(dict(page.meta), allow_unicode=True)}---\n\n" if page.meta else ""
    _write(page.file.src_uri, f"{front}{markdown}".encode())
    return markdown


def _write(path: str, content: bytes) -> None:
    target = _DUMP / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _entry(item: StructureItem) -> dict[str, Any] | str:
    """An item of the navigation as mkdocs.yml has it."""
    if isinstance(item, Section):
        return {item.title: [_entry(child) for child in item.children]}
    if isinstance(item, Link):
        return {item.title: item.url}
    if isinstance(item, Page):
        return {item.title: item.file.src_uri} if item.title else item.file.src_uri
    raise TypeError(item)
