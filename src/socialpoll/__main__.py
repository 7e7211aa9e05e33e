"""``python -m socialpoll`` is the command ``socialpoll``."""

from __future__ import annotations

from socialpoll.cli import main

if __name__ == "__main__":
    main(prog_name="socialpoll")
