"""The host: which plugins there are, and the one a name stands for."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from socialpoll.errors import PluginError, nearest
from socialpoll.hooks import Exporter, Reader
from socialpoll.plugins.asking import offers_of
from socialpoll.plugins.discovering import built_in, third_party
from socialpoll.plugins.limits import Isolated, Limits
from socialpoll.plugins.offers import Kind, Offer

if TYPE_CHECKING:
    from socialpoll.disclosure import ReliabilityRule

__all__ = ["BLOCK_VARIABLE", "PluginHost"]

BLOCK_VARIABLE = "SOCIALPOLL_BLOCK_PLUGINS"
"""Environment variable with names of plugins that are not to be used, parted by commas."""
BY_NAME = "blocked by name"
BY_VARIABLE = f"blocked by the environment variable {BLOCK_VARIABLE}"
ISOLATED = (True, False, *get_args(get_args(Isolated)[1]))


class PluginHost:
    """Finds plugins, loads them when they are needed, and keeps them apart.

    Code of third parties is loaded when a name is asked for that is not built in, or for a
    listing. Built-in names are reserved. A plugin that cannot be loaded, whose hook raises or
    returns something else than it promises, is listed with the reason and harms no other.

    Parameters
    ----------
    blocked : iterable of str
        Names of plugins, distributions, exporters or readers that are not to be used, beside those
        in the environment variable ``SOCIALPOLL_BLOCK_PLUGINS``. The code of a blocked plugin or
        distribution is not loaded.
    isolated : bool or "third-party"
        Which exporters render in a process of their own where nothing else is said: all of them,
        none, or those that are not built in.
    limits : Limits, optional
        What an exporter may take there.

    Raises
    ------
    PluginError
        ``isolated`` is none of these.
    """

    def __init__(
        self,
        *,
        blocked: Iterable[str] = (),
        isolated: Isolated = False,
        limits: Limits | None = None,
    ) -> None:
        if isolated not in ISOLATED:
            raise PluginError(
                "nobody knows which exporters to isolate",
                where="PluginHost.isolated",
                found=repr(isolated),
                allowed=", ".join(map(repr, ISOLATED)),
            )
        outside = os.environ.get(BLOCK_VARIABLE, "").split(",")
        names = (blocked,) if isinstance(blocked, str) else tuple(blocked)
        reasons = dict.fromkeys(outside, BY_VARIABLE) | dict.fromkeys(names, BY_NAME)
        self._blocked = {
            name.strip().lower(): reason for name, reason in reasons.items() if name.strip()
        }
        self._isolated = isolated
        self._limits = limits or Limits()

    def exporter(self, name: str) -> Exporter:
        """Return the exporter of that name.

        Raises
        ------
        PluginError
            There is none, it is broken or blocked, or something it needs is not installed.
        """
        return cast("Exporter", self.offer("exporter", name).record)

    def limits_for(self, offer: Offer, *, isolated: bool | None = None) -> Limits | None:
        """Return what an exporter is held to in a process of its own; None where it has none.

        Parameters
        ----------
        offer : Offer
        isolated : bool, optional
            Whether it is to have one; as the host was made where absent.

        Raises
        ------
        PluginError
            It was given as a record, of which no other process knows.
        """
        apart = self._isolated if isolated is None else isolated
        if not apart or (apart == "third-party" and offer.built_in):
            return None
        if not offer.distribution:
            raise PluginError(
                "an exporter that is given as a record is known to this process only",
                where=f"exporter {offer.name!r}",
                advice="install the plugin that offers it and give its name, or do not isolate it",
            )
        return self._limits

    def reader(self, name_or_path: str | Path) -> Reader:
        """Return the reader of that name, or the one for files with that ending.

        Parameters
        ----------
        name_or_path : str or Path
            ``"csv"`` is a name; ``"responses.csv"``, or any Path, is a file.

        Raises
        ------
        PluginError
            There is none, several third parties take such files, or as for :meth:`exporter`.
        """
        if isinstance(name_or_path, Path):
            return self._reader_of(name_or_path)
        if "." in name_or_path or "/" in name_or_path:
            return self._reader_of(Path(name_or_path))
        return cast("Reader", self.offer("reader", name_or_path).record)

    def rule(self, name: str) -> ReliabilityRule:
        """Return the reliability rule of that name; PluginError as for :meth:`exporter`."""
        from socialpoll.plugins.guarding import GuardedRule

        offer = self.offer("rule", name)
        return GuardedRule(cast("ReliabilityRule", offer.record), offer.origin)

    def listing(self) -> tuple[Offer, ...]:
        """Return everything there is, usable or not, the built-in first.

        Returns
        -------
        tuple of Offer
            Third-party code is loaded for it.
        """
        return (*self._own, *self._others)

    def offer(self, kind: Kind, name: str) -> Offer:
        """Return the usable offer of a name, with the distribution it comes from.

        Parameters
        ----------
        kind : {"exporter", "reader", "rule"}
        name : str

        Raises
        ------
        PluginError
            As for :meth:`exporter`.
        """
        for offers in self._in_turn():
            named = [one for one in offers if one.name == name and one.kind in (kind, "plugin")]
            usable = [one for one in named if one.state == "ok" and one.kind == kind]
            if usable:
                return usable[0]
            if named:
                raise _unusable(kind, min(named, key=lambda one: one.kind != kind))
        known = [one.name for one in self.listing() if one.kind == kind and one.state == "ok"]
        raise PluginError(
            f"there is no {kind} {name!r}",
            where=f"{kind} {name!r}",
            allowed=nearest(name, known),
            advice=self._hint(),
        )

    @cached_property
    def _own(self) -> tuple[Offer, ...]:
        return tuple(one for plugin in built_in() for one in offers_of(plugin, self._blocked))

    @cached_property
    def _others(self) -> tuple[Offer, ...]:
        offers = [one for plugin in third_party() for one in offers_of(plugin, self._blocked)]
        return tuple(_without_conflicts(offers, self._own))

    def _in_turn(self) -> Iterator[tuple[Offer, ...]]:
        """Yield what is built in; then load what is not."""
        yield self._own
        yield self._others

    def _reader_of(self, path: Path) -> Reader:
        for offers in self._in_turn():
            taking = [one for one in offers if _takes(one, path)]
            if len(taking) > 1:
                raise PluginError(
                    f"several readers take files like {path.name!r}",
                    where=f"file {path.name!r}",
                    found=", ".join(f"{one.name!r} of {one.origin}" for one in taking),
                    advice="name the reader that is meant",
                )
            if taking:
                return cast("Reader", self.offer("reader", taking[0].name).record)
        known = [one.record for one in self.listing() if isinstance(one.record, Reader)]
        raise PluginError(
            f"there is no reader for files like {path.name!r}",
            where=f"file {path.name!r}",
            found=repr(path.suffix) if path.suffix else "no file ending",
            allowed=nearest(path.suffix, [suffix for one in known for suffix in one.suffixes]),
            advice=self._hint(),
        )

    def _hint(self) -> str:
        unusable = [one for one in self.listing() if one.state in ("broken", "blocked")]
        if not unusable:
            return "install the plugin that offers it"
        named = ", ".join(
            f"{one.kind} {one.name!r} of {one.origin} ({one.reason})" for one in unusable
        )
        return f"it may be one of those that cannot be used: {named}"


def _takes(offer: Offer, path: Path) -> bool:
    return isinstance(offer.record, Reader) and path.name.lower().endswith(offer.record.suffixes)


def _unusable(kind: Kind, offer: Offer) -> PluginError:
    what = {
        "broken": f"the {kind} {offer.name!r} is broken: {offer.reason}",
        "blocked": f"the {kind} {offer.name!r} is {offer.reason}",
        "missing requirement": f"the {kind} {offer.name!r} cannot be used: {offer.reason}",
    }[offer.state]
    block = f"{BLOCK_VARIABLE}={offer.distribution}"
    given = "what is blocked: --block of the command line, 'blocked' of PluginHost"
    advice = {
        "broken": f"tell its makers, uninstall it, or block it: {block}",
        "blocked": f"take it out of {BLOCK_VARIABLE if offer.reason == BY_VARIABLE else given}",
        "missing requirement": f"install it with: {offer.install}",
    }[offer.state]
    return PluginError(what, where=offer.origin, advice=advice)


def _without_conflicts(offers: Iterable[Offer], own: Sequence[Offer]) -> list[Offer]:
    """Return the offers of third parties, those broken whose name is not theirs alone."""
    listed = list(offers)
    reserved = {(one.kind, one.name) for one in own}
    claims: dict[tuple[Kind, str], list[Offer]] = defaultdict(list)
    for one in listed:
        if one.record is not None:
            claims[one.kind, one.name].append(one)
    return [_settled(one, claims[one.kind, one.name], reserved) for one in listed]


def _settled(offer: Offer, claims: Sequence[Offer], reserved: set[tuple[Kind, str]]) -> Offer:
    if offer.record is None:
        return offer
    if (offer.kind, offer.name) in reserved:
        reason = f"the name {offer.name!r} is reserved: it is built in"
        return replace(offer, state="broken", reason=reason, install="", record=None)
    if len(claims) > 1:
        origins = " and ".join(dict.fromkeys(one.origin for one in claims))
        reason = f"the name {offer.name!r} is offered {len(claims)} times, by {origins}"
        return replace(offer, state="broken", reason=reason, install="", record=None)
    return offer
