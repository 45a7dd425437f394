"""Playbook Press: a folder of YAML playbooks to a handbook, cheat sheets and an export."""

from importlib.metadata import version

__version__ = version("playbook-press")
