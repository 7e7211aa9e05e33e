"""The command line: what the library does, by name. It has no logic of its own."""

from socialpoll.cli.commands import main

__all__ = ["main"]
