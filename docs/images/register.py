"""Draw register.png: findings and methodology of the brief of a poll from a register.

``python docs/images/register.py`` writes it beside this file. It needs what ``brief.py`` needs.
"""

from __future__ import annotations

import re
from pathlib import Path

from brief import draw

SHOWN = (
    ("en", re.compile("^Findings$", re.MULTILINE)),
    ("en", re.compile("^Methodology$", re.MULTILINE)),
    ("ar", re.compile("شكل1:|شكل:1")),
    ("ar", re.compile("إطارالمعاينة")),
)
"""As of ``brief.py``."""
FOLDER = Path("register")

if __name__ == "__main__":
    run = ("socialpoll.demo.register", "--people", "20000", "--to", str(FOLDER), "--brief")
    draw(run, FOLDER / "poll", SHOWN, Path(__file__).with_suffix(".png"))
