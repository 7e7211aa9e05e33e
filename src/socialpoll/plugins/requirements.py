"""Are the requirements of a plugin installed, and how are they to be installed where not."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import InvalidRequirement, Requirement

__all__ = ["install_line", "is_requirement", "unmet"]


def is_requirement(text: object) -> bool:
    """Tell whether a text is a requirement as pip writes them."""
    try:
        Requirement(text)  # type: ignore[arg-type]  # anything may come from a plugin
    except (InvalidRequirement, TypeError):
        return False
    return True


def unmet(requirements: Iterable[str]) -> dict[str, str]:
    """Return the requirements that are not installed, each with what was found instead.

    Parameters
    ----------
    requirements : iterable of str
        As pip writes them, such as ``"matplotlib>=3.11"``; those whose marker does not hold here
        are passed over.

    Returns
    -------
    dict of str to str
        Requirement to installed version; to an empty string where nothing is installed.

    Examples
    --------
    >>> unmet(["pluggy", "no-such-thing>=2", "also-not; python_version < '3'"])
    {'no-such-thing>=2': ''}
    """
    missing = {}
    for text in requirements:
        wanted = Requirement(text)
        if wanted.marker is not None and not wanted.marker.evaluate():
            continue
        installed = _installed(wanted.name)
        if not installed or not wanted.specifier.contains(installed, prereleases=True):
            missing[text] = installed
    return missing


def install_line(requirements: Iterable[str]) -> str:
    """Return the command that installs requirements.

    Examples
    --------
    >>> install_line(["matplotlib>=3.11"])
    'pip install "matplotlib>=3.11"'
    """
    return " ".join(["pip install", *(f'"{one}"' for one in requirements)])


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
