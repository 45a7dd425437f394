"""The settings of an mkdocs.yml, and those of the one that an exported tree has.

A value with a tag of its own, such as `!ENV` or `!!python/name:`, is kept as it is written: what it
stands for is for the site engine to find out.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from playbook_press.render import MARKDOWN_EXTENSIONS

STYLES = ("handbook", "print")
ASSETS = "assets/playbooks"
_HEAD = "# Made by `playbooks export`: changes here are lost with the next export.\n"
_KEPT = (
    *("site_name", "site_description", "site_url", "site_author", "copyright", "repo_url", "repo_name"),
    *("use_directory_urls", "extra", "exclude_docs", "draft_docs", "not_in_nav", "validation", "strict"),
)


class ConfigurationError(Exception):
    """An mkdocs.yml that no tree can be made with; says why in one line."""


class _Tagged:
    """A value with a tag of its own."""

    def __init__(self, node: yaml.Node) -> None:
        self.node = node


class _Loader(yaml.SafeLoader):
    """Reads YAML without giving a meaning to tags."""


class _Dumper(yaml.SafeDumper):
    """Writes such values as they were."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (the signature is PyYAML's)
        return True


def _keep(_: yaml.SafeLoader, __: str, node: yaml.Node) -> _Tagged:
    return _Tagged(node)


_Loader.add_multi_constructor("!", _keep)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _keep)
_Dumper.add_representer(_Tagged, lambda _, value: value.node)


def settings_of(text: str) -> dict[str, Any]:
    """The settings that the text of an mkdocs.yml holds. ConfigurationError where it cannot be read."""
    try:
        found = yaml.load(text, Loader=_Loader)  # noqa: S506 (it is a SafeLoader)
    except yaml.YAMLError as error:
        raise ConfigurationError(f"cannot be read: {' '.join(str(error).split())}") from None
    if not isinstance(found, dict) or not isinstance(found.get("site_name"), str):
        raise ConfigurationError("has no site_name")
    if "INHERIT" in found:
        raise ConfigurationError("inherits from another file: an export needs all settings in this one")
    return found


def text_of(settings: Mapping[str, Any], name: str) -> str:
    """A setting that is a text; nothing where it is none, or is known to the site engine alone."""
    value = settings.get(name)
    return value if isinstance(value, str) else ""


def names_of(plugins: Any) -> list[str]:
    """What an mkdocs.yml calls its plugins, or its extensions."""
    if isinstance(plugins, Mapping):
        return [str(name) for name in plugins]
    listed = plugins if isinstance(plugins, Sequence) and not isinstance(plugins, str) else ()
    return [str(next(iter(item))) if isinstance(item, Mapping) and item else str(item) for item in listed]


def left_out(settings: Mapping[str, Any]) -> list[str]:
    """Name what the tree does without, so that a person hears of it."""
    plugins = [name for name in names_of(settings.get("plugins")) if name not in {"playbooks", "search"}]
    theme = settings.get("theme")
    found = [f"the plugin {name}" for name in plugins]
    if settings.get("hooks"):
        found.append("the hooks")
    if isinstance(theme, Mapping) and theme.get("custom_dir"):
        found.append("the theme's custom_dir")
    return found


def tree_settings(settings: Mapping[str, Any], nav: Sequence[Any]) -> str:
    """The mkdocs.yml of a tree: the handbook's own settings, and all that its pages need."""
    own = {key: settings[key] for key in _KEPT if key in settings}
    theme = settings.get("theme")
    theme = dict(theme) if isinstance(theme, Mapping) else {"name": theme or "material"}
    # Zensical's other variant has a layout that the handbook's styles know nothing of.
    theme |= {"custom_dir": "overrides", "variant": "classic"}
    theme.setdefault("logo", f"{ASSETS}/mark.svg")
    made = {
        **own,
        "edit_uri": "",  # the sources are elsewhere
        "docs_dir": "docs",
        "theme": theme,
        "plugins": ["search"],
        "markdown_extensions": _extensions(settings.get("markdown_extensions")),
        "extra_css": [*(f"{ASSETS}/{name}.css" for name in STYLES), *_listed(settings.get("extra_css"))],
        "extra_javascript": _listed(settings.get("extra_javascript")),
        "nav": list(nav),
    }
    written = yaml.dump(made, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)
    return f"{_HEAD}{written}"


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else []


def _extensions(given: Any) -> list[Any]:
    """The handbook's own extensions with those that its pages need; its own settings win."""
    settings: dict[str, Any] = {}
    if isinstance(given, Mapping):
        settings = {str(name): value or {} for name, value in given.items()}
    for item in _listed(given):
        settings |= (
            {str(name): value or {} for name, value in item.items()}
            if isinstance(item, Mapping)
            else {str(item): {}}
        )
    for name, needed in MARKDOWN_EXTENSIONS.items():
        settings[name] = {**needed, **settings.get(name, {})}
    return [{name: value} if value else name for name, value in settings.items()]
