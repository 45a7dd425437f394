"""`mkdocs build --strict`, which says its warnings and nothing else.

With `--quiet` MkDocs would neither say nor count them.

    python -m playbook_press.plugin.strict_build SITE_DIR
"""

import logging
import sys

from mkdocs.__main__ import cli

if __name__ == "__main__":
    logging.disable(logging.INFO)
    cli(["build", "--strict", "--site-dir", sys.argv[1]], prog_name="mkdocs")
