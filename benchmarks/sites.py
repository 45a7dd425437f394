"""Handbooks of made-up playbooks, with the settings of the project's own."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from corpus import write_corpus
from measuring import COMMANDS, PROJECT, Command


def site_settings() -> dict[str, Any]:
    """The project's mkdocs.yml, not strict: its hand-written pages name playbooks that are not here."""
    # The file is the project's own, and MkDocs reads Python names in it the same way.
    settings: dict[str, Any] = yaml.unsafe_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
    plugins = settings["plugins"]
    if isinstance(plugins, dict):
        plugins = [{name: options} if options else name for name, options in plugins.items()]
    plugins = [{"playbooks": {}} if plugin == "playbooks" else plugin for plugin in plugins]
    return {**settings, "strict": False, "docs_dir": "content", "plugins": plugins}


def plugin_options(plugins: Sequence[Any]) -> dict[str, Any]:
    """What an mkdocs.yml says to the plugin `playbooks`."""
    for plugin in plugins:
        if isinstance(plugin, dict) and "playbooks" in plugin:
            options: dict[str, Any] = plugin["playbooks"] or {}
            return options
    raise SystemExit("mkdocs.yml does not name the plugin `playbooks`")


def write_settings(folder: Path, settings: dict[str, Any]) -> None:
    """Write an mkdocs.yml."""
    (folder / "mkdocs.yml").write_text(yaml.dump(settings, sort_keys=False), encoding="utf-8")


def build_command(folder: Path) -> Command:
    """The build of a folder with an mkdocs.yml."""
    return Command([COMMANDS / "mkdocs", "build", "--quiet", "--clean"], folder)


def write_handbook(folder: Path, playbooks: int) -> None:
    """Write a handbook without cheat sheets into a folder, with the pages that the project writes by hand."""
    write_corpus(folder / "playbooks", playbooks)
    shutil.copytree(PROJECT / "content", folder / "content")
    settings = site_settings()
    options = plugin_options(settings["plugins"])
    others = [plugin for plugin in settings["plugins"] if plugin != {"playbooks": options}]
    ours = {"playbooks": {**options, "folder": "playbooks", "sheets": False}}
    write_settings(folder, {**settings, "plugins": [*others, ours]})
