"""Starting a poll: a folder with everything that can be run, from a template or from a file."""

from socialpoll.starting.offered import Template, templates
from socialpoll.starting.starting import Started, start_from_file, start_from_template

__all__ = ["Started", "Template", "start_from_file", "start_from_template", "templates"]
