"""File names that mean a plain file in the output folder on every system, and nothing else."""

from __future__ import annotations

from unicodedata import normalize

__all__ = ["flaw_in_name", "folded"]

LONGEST = 120
LONGEST_BYTES = 255
FORBIDDEN = '<>:"/\\|?*'
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³"
}


def flaw_in_name(name: object) -> str:
    """Say why a name cannot be given to a file; nothing where it can.

    Examples
    --------
    >>> flaw_in_name("brief-ar.docx")
    ''
    >>> flaw_in_name("../brief.docx")
    "it contains '/'"
    >>> flaw_in_name("nul.csv")
    'it is the name of a device'
    """
    if not isinstance(name, str):
        return "it is no text"
    forbidden = [one for one in name if one in FORBIDDEN]
    unseen = [one for one in name if not one.isprintable()]
    checks = (
        (not name.strip(". "), "it is empty, or means a folder"),
        (bool(forbidden), f"it contains {forbidden[0]!r}" if forbidden else ""),
        (bool(unseen), f"it contains {unseen[0]!r}" if unseen else ""),
        (len(name) > LONGEST, f"it is longer than {LONGEST} characters"),
        (
            len(name.encode(errors="replace")) > LONGEST_BYTES,
            f"it is longer than {LONGEST_BYTES} bytes",
        ),
        (name != name.strip() or name.endswith("."), "it begins or ends with a space or a point"),
        (name.split(".")[0].strip().lower() in DEVICES, "it is the name of a device"),
    )
    return next((flaw for wrong, flaw in checks if wrong), "")


def folded(name: str) -> str:
    """Return what two names share that are one file where case and composition do not count."""
    return normalize("NFC", name.casefold())
