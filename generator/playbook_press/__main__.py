"""`python -m playbook_press` is `playbooks`."""

from playbook_press.cli import main

main(prog_name="playbooks")
