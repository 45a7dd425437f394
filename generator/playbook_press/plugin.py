"""The MkDocs plugin `playbooks`: generated pages in, a broken handbook never."""

import posixpath
from collections import defaultdict
from importlib.resources import files as package_files
from pathlib import Path
from typing import Any

from mkdocs.config import base, config_options
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel

from playbook_press.lint import lint
from playbook_press.load import Handbook, HandbookError, read_handbook
from playbook_press.pages import MARKDOWN_EXTENSIONS, build_pages, navigation
from playbook_press.report import as_text, summary

ASSETS = "assets/playbooks"


class PlaybooksConfig(base.Config):
    """The plugin's options in mkdocs.yml."""

    folder = config_options.Type(str, default="playbooks")
    """The folder of playbooks, relative to mkdocs.yml."""


class PlaybooksPlugin(BasePlugin[PlaybooksConfig]):
    """Reads the handbook, stops where it has errors, and adds its pages to the site."""

    handbook: Handbook

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and lint the handbook before anything of the old site is touched."""
        root = Path(config.config_file_path).parent
        self.handbook = self._read(root)
        findings = lint(self.handbook, config.site_url or "")
        errors = [finding for finding in findings if finding.severity == "error"]
        if self.handbook.unreadable:
            raise Abort("\n".join(self.handbook.unreadable))
        if errors:
            raise Abort(f"\n{as_text(errors, self.handbook)}\n{summary(errors, self.handbook)}")
        for name, settings in MARKDOWN_EXTENSIONS.items():
            if name not in config.markdown_extensions:
                config.markdown_extensions.append(name)
            config.mdx_configs[name] = {**settings, **config.mdx_configs.get(name, {})}
        config.extra_css.insert(0, f"{ASSETS}/handbook.css")
        script = config_options.ExtraScriptValue(f"{ASSETS}/handbook.js")
        script.defer = True
        config.extra_javascript.insert(0, script)
        config.theme.dirs.insert(0, str(package_files("playbook_press") / "theme"))
        return config

    def _read(self, root: Path) -> Handbook:
        shown = Path(self.config.folder)
        try:
            return read_handbook(root / shown, shown)
        except HandbookError as error:
            raise Abort(str(error)) from None

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the pages and the assets; a page that is written by hand stays."""
        written: dict[str, list[str]] = defaultdict(list)
        for file in files.documentation_pages():
            written[posixpath.dirname(file.src_uri).partition("/")[0]].append(file.src_uri)
        for page in build_pages(self.handbook.library, config.site_name):
            if files.get_file_from_path(page.path):
                continue
            file = File.generated(config, page.path, content=page.markdown)
            file.edit_uri = page.edited_at and posixpath.join(self._folder_from_content(config), page.edited_at)
            files.append(file)
        for path in sorted((package_files("playbook_press") / "assets").iterdir(), key=lambda path: path.name):
            files.append(
                File.generated(
                    config,
                    f"{ASSETS}/{path.name}",
                    content=path.read_bytes(),
                    inclusion=InclusionLevel.NOT_IN_NAV,
                )
            )
        if config.nav is None:
            config.nav = navigation(self.handbook.library, written)
        return files

    def _folder_from_content(self, config: MkDocsConfig) -> str:
        """Where the playbooks are, seen from the folder that edit links start in."""
        root = Path(config.config_file_path).parent
        content = Path(config.docs_dir).relative_to(root).as_posix()
        return posixpath.relpath(self.config.folder, content)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, **_: Any) -> LiveReloadServer:
        """Build again when a playbook changes."""
        server.watch(str(Path(config.config_file_path).parent / self.config.folder))
        return server
