"""Are the requirements of a plugin installed, and how are they to be installed where not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

import socialpoll
from socialpoll.hooks import PROJECT

__all__ = ["applies", "install_line", "installed_version", "is_requirement", "told", "unmet"]


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
        installed = installed_version(text)
        met = installed and Requirement(text).specifier.contains(installed, prereleases=True)
        if applies(text) and not met:
            missing[text] = installed
    return missing


def applies(requirement: str) -> bool:
    """Tell whether the marker of a requirement, where it has one, holds here."""
    marker = Requirement(requirement).marker
    return marker is None or marker.evaluate()


def told(missing: Mapping[str, str]) -> str:
    """Say what is needed and not there.

    Examples
    --------
    >>> told({"no-such-thing>=2": "", "pluggy>=99": "1.6"})
    'it needs no-such-thing>=2 (not installed), pluggy>=99 (1.6 is installed)'
    """
    needs = ", ".join(
        f"{wanted} ({f'{found} is installed' if found else 'not installed'})"
        for wanted, found in missing.items()
    )
    return f"it needs {needs}"


def install_line(requirements: Iterable[str]) -> str:
    """Return the command that installs requirements.

    Examples
    --------
    >>> install_line(["matplotlib>=3.11"])
    'pip install "matplotlib>=3.11"'
    """
    return " ".join(["pip install", *(f'"{one}"' for one in requirements)])


def installed_version(requirement: str) -> str:
    """Return the version that is installed of what is required; empty where there is none."""
    name = Requirement(requirement).name
    if canonicalize_name(name) == PROJECT:
        return socialpoll.__version__
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
