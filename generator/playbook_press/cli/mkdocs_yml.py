"""What mkdocs.yml says, read without MkDocs, which takes longer to load than linting does."""

from collections.abc import Mapping
from pathlib import Path

from playbook_press.cli.common import CannotRunError
from playbook_press.compose import compose
from playbook_press.document import Document

CONFIGURATION = Path("mkdocs.yml")


def configured_folder() -> Path:
    """The folder of playbooks that mkdocs.yml names."""
    if not CONFIGURATION.is_file():
        raise CannotRunError("there is no mkdocs.yml here: run this where the handbook's mkdocs.yml is")
    return playbooks_folder(setting("plugins"))


def playbooks_folder(plugins: object) -> Path:
    """The folder of playbooks that the plugins of an mkdocs.yml name."""
    return Path(str(plugin_options(plugins).get("folder") or "playbooks"))


def plugin_options(plugins: object) -> Mapping[str, object]:
    """What the plugins of an mkdocs.yml say to the plugin `playbooks`."""
    for plugin in plugins if isinstance(plugins, tuple) else (plugins,):
        if isinstance(plugin, dict) and isinstance(plugin.get("playbooks"), dict):
            options: Mapping[str, object] = plugin["playbooks"]
            return options
    return {}


def has_sheets(plugins: object) -> bool:
    """Whether the plugins of an mkdocs.yml make cheat sheets."""
    return plugin_options(plugins).get("sheets") is not False


_MAKES_OTHER_PAGES = frozenset({"INHERIT", "draft_docs", "exclude_docs", "hooks"})
_MAKES_NO_PAGES = ("playbooks", "search")


def content_folder() -> Path | None:
    """Where the pages are that are written by hand; None where other settings, or plugins, may change which there are."""
    if not CONFIGURATION.is_file():
        return None
    settings = settings_in(CONFIGURATION)
    docs, plugins = settings.get("docs_dir") or "docs", settings.get("plugins")
    named = [
        name
        for plugin in (plugins if isinstance(plugins, tuple) else (plugins,))
        for name in (plugin if isinstance(plugin, dict) else (plugin,))
    ]
    has_others = any(name not in _MAKES_NO_PAGES for name in named)
    if has_others or _MAKES_OTHER_PAGES & settings.keys() or not isinstance(docs, str):
        return None
    return Path(docs) if Path(docs).is_dir() else None


def site_folder() -> Path:
    """Where MkDocs writes the site."""
    return Path(str(setting("site_dir") or "site"))


def site_name() -> str:
    """The name that mkdocs.yml gives the site, or nothing."""
    return str(setting("site_name") or "")


def site_url() -> str:
    """The address that mkdocs.yml gives the site, or nothing."""
    return str(setting("site_url") or "")


def setting(name: str) -> object:
    """A setting of the mkdocs.yml that is here; nothing where there is none."""
    if not CONFIGURATION.is_file():
        return None
    return settings_in(CONFIGURATION).get(name)


def settings_in(path: Path, shown: Path = CONFIGURATION) -> Mapping[str, object]:
    """All settings of an mkdocs.yml, which a person knows as `shown`."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CannotRunError(f"{shown}: cannot be read: {error}") from None
    return parsed(text, shown)


def parsed(text: str, shown: Path = CONFIGURATION) -> Mapping[str, object]:
    """All settings that the text of an mkdocs.yml holds."""
    root, problems = compose(text)
    if root is None and problems:
        line, column = Document(shown, "configuration", text).line_and_column(problems[-1].span.start)
        raise CannotRunError(f"{shown}:{line}:{column}: {problems[-1].message}: {problems[-1].help}")
    settings = root.plain() if root else None
    return settings if isinstance(settings, dict) else {}
