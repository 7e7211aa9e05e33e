"""Loading one plugin and asking it what it offers, so that none can harm another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

import pluggy
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from socialpoll import hooks
from socialpoll.plugins.discovering import Found
from socialpoll.plugins.offers import Kind, Offer, Record
from socialpoll.plugins.requirements import install_line, told, unmet
from socialpoll.plugins.validating import flaw_in, title_of

__all__ = ["offers_of"]

HOOKS: dict[Kind, str] = {
    "exporter": "socialpoll_exporters",
    "reader": "socialpoll_readers",
    "rule": "socialpoll_reliability_rules",
}
# A plugin that ends the program when it is loaded or called must not end ours.
FAILURES = (Exception, SystemExit)
WITH_REQUIREMENTS = (hooks.Exporter, hooks.Reader)
NEWER = re.compile(
    r"(?:Document|Exporter|Reader|Source)\.__init__\(\) got an unexpected keyword argument '(\w+)'"
)
"""What Python says of a field that a record of these hooks does not have."""


def offers_of(found: Found, blocked: Mapping[str, str]) -> tuple[Offer, ...]:
    """Return what one plugin offers, or a single line that tells why it offers nothing.

    Parameters
    ----------
    found : Found
        Its code is loaded now, unless it is blocked.
    blocked : mapping of str to str
        Names of plugins, distributions, exporters or readers, in lower case, and why each is
        blocked.

    Returns
    -------
    tuple of Offer
        Never an exception, whatever the plugin does.
    """
    unknown = Offer(
        name=found.name,
        kind="plugin",
        distribution=found.distribution,
        version=found.version,
        plugin=found.name,
    )
    for name in (found.name.lower(), found.distribution.lower()):
        if name in blocked:
            return (replace(unknown, state="blocked", reason=blocked[name]),)
    ours = unmet(one for one in found.requires if _is_ours(one))
    if ours:
        return (_missing(unknown, ours),)
    try:
        manager = _registered(found)
    except FAILURES as error:
        return (_not_loaded(unknown, found, error),)
    offers = tuple(
        one
        for kind, hook in HOOKS.items()
        for one in _asked(replace(unknown, kind=kind), getattr(manager.hook, hook))
    )
    if not offers:
        reason = "it registers nothing: no function of it is marked with socialpoll.hookimpl"
        if any(manager.get_hookcallers(one) for one in manager.get_plugins()):
            reason = "its hooks return nothing"
        return (replace(unknown, state="broken", reason=reason),)
    return tuple(_blocked(one, blocked) for one in offers)


def _is_ours(requirement: str) -> bool:
    return canonicalize_name(Requirement(requirement).name) == hooks.PROJECT


def _missing(offer: Offer, missing: Mapping[str, str]) -> Offer:
    install = install_line(missing)
    return replace(offer, state="missing requirement", reason=told(missing), install=install)


def _not_loaded(unknown: Offer, found: Found, error: BaseException) -> Offer:
    """Return why a plugin did not load: where it lacks what it declares to need, that."""
    missing = unmet(found.requires) if isinstance(error, ImportError) else {}
    if missing:
        return _missing(unknown, missing)
    return replace(unknown, state="broken", reason=_reason("loading it", error))


def _registered(found: Found) -> pluggy.PluginManager:
    """Load a plugin into a manager of its own, which checks its hooks against ours."""
    manager = pluggy.PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    manager.register(found.load(), name=found.name)
    manager.check_pending()
    return manager


def _asked(unknown: Offer, hook: pluggy.HookCaller) -> Iterator[Offer]:
    """Call one hook and look at every record it returns."""
    try:
        records = [one for answer in hook() for one in _listed(answer)]
    except FAILURES as error:
        yield replace(unknown, state="broken", reason=_reason(f"{hook.name}()", error))
        return
    for record in records:
        yield _offer(unknown, record)


def _listed(answer: object) -> list[object]:
    if isinstance(answer, str | bytes) or not isinstance(answer, Iterable):
        message = f"returned an object of type {type(answer).__name__!r}, not several records"
        raise TypeError(message)
    return list(answer)


def _offer(unknown: Offer, record: object) -> Offer:
    try:
        flaw = flaw_in(unknown.kind, record)
        name = getattr(record, "name", None)
        title = title_of(record)
    except FAILURES as error:
        return replace(unknown, state="broken", reason=_reason("looking at its record", error))
    offer = replace(unknown, name=name if isinstance(name, str) and name else unknown.name)
    if flaw:
        return replace(offer, state="broken", reason=flaw)
    return _required(replace(offer, title=title, record=cast("Record", record)))


def _required(offer: Offer) -> Offer:
    """Return the offer of a sound record, usable if what it requires is installed."""
    missing = unmet(offer.record.requires) if isinstance(offer.record, WITH_REQUIREMENTS) else {}
    return _missing(offer, missing) if missing else offer


def _blocked(offer: Offer, blocked: Mapping[str, str]) -> Offer:
    if offer.name.lower() not in blocked:
        return offer
    reason = blocked[offer.name.lower()]
    return replace(offer, state="blocked", reason=reason, install="", record=None)


def _reason(doing: str, error: BaseException) -> str:
    words = " ".join(str(error).split())
    newer = NEWER.search(words) if isinstance(error, TypeError) else None
    if newer:
        return (
            f"{doing} failed: its record has {newer[1]!r}, which version {hooks.HOOKS_VERSION} of "
            f"the hooks does not have: it was made for a newer {hooks.PROJECT}"
        )
    return f"{doing} failed: {type(error).__name__}{f': {words}' if words else ''}"
