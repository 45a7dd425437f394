"""`mkdocs build --strict`, which says its warnings and nothing else.

With `--quiet` MkDocs would neither say nor count them.

    python -m playbook_press.plugin.strict_build SITE_DIR
"""

import logging
import sys

from mkdocs.__main__ import cli


def main(site: str) -> None:
    """Build the site of this folder's handbook into a folder; exits with MkDocs' code."""
    logging.disable(logging.INFO)
    cli(["build", "--strict", "--site-dir", site], prog_name="mkdocs")


if __name__ == "__main__":
    main(sys.argv[1])
