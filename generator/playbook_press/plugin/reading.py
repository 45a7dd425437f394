"""The handbook of a site: read and linted before anything of the old site is touched."""

import os
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from playbook_press.cache import FOLDER as CACHE
from playbook_press.cache import refusal
from playbook_press.links import leading_out
from playbook_press.load import Handbook, HandbookError, files_of
from playbook_press.report import as_text, summary
from playbook_press.settings import SettingsError, read_settings
from playbook_press.survey import Memory, survey


def root_of(config: MkDocsConfig) -> Path:
    """The folder of mkdocs.yml."""
    return Path(config.config_file_path).parent


def cache_of(config: MkDocsConfig) -> Path:
    """The folder of what is kept from one build to the next."""
    return root_of(config) / CACHE


def read_checked(config: MkDocsConfig, shown: Path, memory: Memory) -> Handbook:
    """Read the handbook in a folder beside mkdocs.yml; HandbookError says all that is wrong with it."""
    root, content = root_of(config), Path(config.docs_dir)
    if astray := leading_out(content, Path(os.path.relpath(content, root)), root):
        raise HandbookError("\n".join(f"error: {link}" for link in astray))
    if why := refusal(cache_of(config)):
        raise HandbookError(f"error: {why}")
    try:
        settings = read_settings(root)
    except SettingsError as error:
        raise HandbookError("\n".join(error.args)) from None
    files = files_of(root / shown, shown)
    found = survey(root / shown, files, config.site_url or "", settings, cache_of(config), memory=memory)
    if found.handbook.unreadable:
        raise HandbookError("\n".join(found.handbook.unreadable))
    errors = [finding for finding in found.findings if finding.severity == "error"]
    if errors:
        raise HandbookError(f"\n{as_text(errors, found.handbook)}\n{summary(errors, found.handbook)}")
    return found.handbook
