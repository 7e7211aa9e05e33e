"""A poll file some of whose comments are taken at their word."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

import socialpoll as sp


def switched_on(poll_file: Path, table: str) -> sp.Poll:
    """Write a block of comments without their marks, and read the poll."""
    text = poll_file.read_text("utf-8")
    (block,) = re.findall(rf"(?m)^# \[{re.escape(table)}\]\n(?:# .*\n)+", text)
    poll_file.write_text(text.replace(block, re.sub("(?m)^# ", "", block)), "utf-8")
    return sp.Poll.load(poll_file)


def style_once_switched_on(poll_file: Path) -> sp.HouseStyle:
    """Read the poll with the block about the house style."""
    Image.new("RGB", (40, 10)).save(poll_file.parent / "logo.png")
    return switched_on(poll_file, "publication.style").publication.style
