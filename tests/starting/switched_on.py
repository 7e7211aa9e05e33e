"""A poll file whose comments about its house style are taken at their word."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image

import socialpoll as sp

BLOCK = re.compile(r"^# \[publication\.style\]\n(?:# .*\n)+", re.MULTILINE)


def style_once_switched_on(poll_file: Path) -> sp.HouseStyle:
    """Write the block about the house style without its comment marks, and read the poll."""
    text = poll_file.read_text("utf-8")
    (block,) = BLOCK.findall(text)
    poll_file.write_text(text.replace(block, re.sub("(?m)^# ", "", block)), "utf-8")
    Image.new("RGB", (40, 10)).save(poll_file.parent / "logo.png")
    return sp.Poll.load(poll_file).publication.style
