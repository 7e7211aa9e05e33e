"""The command line: what the library does, by name. It has no logic of its own."""

from socialpoll.cli import commands, handing, planning, plugins, starting, tabulating, templates
from socialpoll.cli.group import main

__all__ = [
    "commands",
    "handing",
    "main",
    "planning",
    "plugins",
    "starting",
    "tabulating",
    "templates",
]
