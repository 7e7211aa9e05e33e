"""Names of people and wilayats of Oman, the most common first: what ``names.toml`` has of them."""

from __future__ import annotations

import tomllib
from pathlib import Path

__all__ = ["FAMILIES", "FAMILIES_AT_HOME", "FEMALE", "MALE", "WILAYATS_AT_HOME"]

_READ = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

MALE: tuple[str, ...] = tuple(_READ["male"])
FEMALE: tuple[str, ...] = tuple(_READ["female"])
FAMILIES: tuple[str, ...] = tuple(_READ["families"])
"""Of the whole country."""
FAMILIES_AT_HOME: dict[str, tuple[str, ...]] = {
    governorate: tuple(names) for governorate, names in _READ["at_home"].items()
}
"""Beside them, those of each governorate."""
WILAYATS_AT_HOME: dict[str, tuple[str, ...]] = {
    governorate: tuple(names) for governorate, names in _READ["wilayats"].items()
}
"""Of each governorate, as the census of 2020 has them."""
