"""Playbook Press: a folder of YAML playbooks to a handbook, cheat sheets and an export."""
