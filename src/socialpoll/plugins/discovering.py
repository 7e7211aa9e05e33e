"""Finding plugins: those that are built in, and those that other distributions bring."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

import socialpoll
from socialpoll.hooks import PROJECT
from socialpoll.plugins.requirements import is_requirement

__all__ = ["Found", "built_in", "third_party"]

BUILT_IN = ("exporters", "readers", "disclosure")


@dataclass(frozen=True, slots=True)
class Found:
    """A plugin whose code has not been loaded yet.

    Attributes
    ----------
    name : str
        Of its entry point.
    distribution, version : str
        What was installed.
    load : callable
        Imports the code and returns the plugin.
    requires : tuple of str
        What its distribution declares to need, as pip writes it.
    """

    name: str
    distribution: str
    version: str
    load: Callable[[], object]
    requires: tuple[str, ...] = ()


def built_in() -> tuple[Found, ...]:
    """Return the plugins that are part of the library."""
    return tuple(_own(name) for name in BUILT_IN)


def third_party() -> tuple[Found, ...]:
    """Return the plugins that other distributions declare, by distribution and name.

    Only their metadata is read; none of their code runs.
    """
    found = [_of(one) for one in entry_points(group=PROJECT)]
    return tuple(sorted(found, key=lambda one: (one.distribution.lower(), one.name)))


def _own(name: str) -> Found:
    module = f"{PROJECT}.{name}"
    return Found(name, PROJECT, socialpoll.__version__, lambda: importlib.import_module(module))


def _of(point: EntryPoint) -> Found:
    # Where the metadata are damaged, the entry point's module still tells whose it is.
    if point.dist is None:
        return Found(point.name, point.value, "", point.load)
    metadata = point.dist.metadata
    name = metadata.get("Name") or point.value  # type: ignore[attr-defined]
    version = metadata.get("Version") or ""  # type: ignore[attr-defined]
    needed = metadata.get_all("Requires-Dist") or ()
    return Found(point.name, name, version, point.load, tuple(filter(is_requirement, needed)))
