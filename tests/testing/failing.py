"""Checks that do not hold."""

from __future__ import annotations

from collections.abc import Iterable

from socialpoll.testing import Check

__all__ = ["failing"]


def failing(checks: Iterable[Check]) -> dict[str, str]:
    """Return what each check that does not hold has to say."""
    told = {}
    for check in checks:
        try:
            check()
        except AssertionError as error:
            told[check.name] = str(error)
    return told
