"""Compiles the templates of pages when it is loaded, so that copies of the process have them: see prepared_builds."""

from playbook_press.model import Library
from playbook_press.render import Renderer

_environment = Renderer(Library(), "", {}).environment
for _name in _environment.list_templates(extensions=["j2"]):
    _environment.get_template(_name)
