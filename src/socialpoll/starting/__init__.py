"""Starting something: a poll that can be run, or a plugin that can be installed."""

from socialpoll.starting.offered import Template, templates
from socialpoll.starting.plugin import PluginKind, StartedPlugin, start_plugin
from socialpoll.starting.starting import Started, start_from_file, start_from_template

__all__ = [
    "PluginKind",
    "Started",
    "StartedPlugin",
    "Template",
    "start_from_file",
    "start_from_template",
    "start_plugin",
    "templates",
]
