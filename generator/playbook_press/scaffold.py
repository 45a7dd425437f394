"""A new handbook: the templates of `templates/init/`, and the schemas, as the text of each file.

A template's path is its file's path, where a leading `_` stands for a dot. Values stand in double
square brackets, so that the braces of GitHub and of the playbooks are left alone.
"""

import json
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined

from playbook_press.schema import schemas
from playbook_press.text import escape


def files_of_a_new_handbook(title: str) -> Mapping[str, str]:
    """The text of each file, by its path in the folder of the handbook."""
    environment = Environment(  # noqa: S701 (none of it is HTML)
        loader=PackageLoader("playbook_press", "templates/init"),
        variable_start_string="[[",
        variable_end_string="]]",
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "quoted": lambda text: json.dumps(text, ensure_ascii=False),
        "markdown": escape,
    }
    known = {"title": title, "version": version("playbook-press")}
    written = {
        _path_of(name): environment.get_template(name).render(known) for name in environment.list_templates()
    }
    return {**written, **{f"playbooks/{name}": text for name, text in schemas().items()}}


def _path_of(template: str) -> str:
    parts = PurePosixPath(template).parts
    return "/".join(f".{part[1:]}" if part.startswith("_") else part for part in parts)
