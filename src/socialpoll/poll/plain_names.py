"""Names that can stand in the name of a file."""

from __future__ import annotations

import re

__all__ = ["NAME_RULE", "PLAIN_NAME"]

PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
NAME_RULE = "letters without accents, digits, '-', '_' and '.', at most 80"
