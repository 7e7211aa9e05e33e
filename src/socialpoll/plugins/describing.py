"""All there is to know of what a plugin offers, for those who want to use it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import MISSING, Field, asdict, dataclass, fields
from pathlib import Path
from types import NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from pydantic_core import to_jsonable_python

from socialpoll.errors import PluginError, nearest
from socialpoll.hooks import Exporter, Reader
from socialpoll.plugins.requirements import applies, installed_version, unmet

if TYPE_CHECKING:
    from socialpoll.plugins.host import PluginHost
    from socialpoll.plugins.offers import Offer

__all__ = ["Description", "Needed", "OptionDescription", "described"]

SECTION = re.compile(r"^(Parameters|Attributes)\n-+\n", re.MULTILINE)
NEXT_SECTION = re.compile(r"^\S[^\n]*\n-{3,}$", re.MULTILINE)
NAMES = re.compile(r"^(\w+(?:, \w+)*)(?: :.*)?$")
WORDS: dict[object, tuple[str, ...]] = {
    bool: ("true", "false"),
    int: ("a whole number",),
    float: ("a number",),
    str: ("words",),
    Path: ("a file",),
    NoneType: ("nothing",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionDescription:
    """An option of an exporter.

    Attributes
    ----------
    name : str
    kind : str
        What may be given: ``"true or false"``, ``"'png' or 'svg'"``.
    default : object
        As JSON can hold it.
    doc : str
        What the plugin says of it: the entry of its class's docstring in the style of numpydoc.
    """

    name: str
    kind: str
    default: Any
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """Something that must be installed, with the version that is; empty where none is."""

    requirement: str
    installed: str
    met: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What is known of an offer beyond its line in the list.

    Attributes
    ----------
    offer : Offer
    suffixes : tuple of str
        Of the files that it makes or reads.
    media_type : str
        Of the documents of an exporter.
    languages : str
        How many of them stand in one document of an exporter.
    requirements : tuple of Needed
        Those that apply here.
    options : tuple of OptionDescription
    """

    offer: Offer
    suffixes: tuple[str, ...] = ()
    media_type: str = ""
    languages: str = ""
    requirements: tuple[Needed, ...] = ()
    options: tuple[OptionDescription, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            **self.offer.as_dict(),
            "plugin": self.offer.plugin,
            "suffixes": list(self.suffixes),
            "media_type": self.media_type,
            "languages": self.languages,
            "requirements": [asdict(one) for one in self.requirements],
            "options": [asdict(one) for one in self.options],
        }


def described(host: PluginHost, name: str) -> tuple[Description, ...]:
    """Return what is known of everything that has a name, or comes from a plugin of that name.

    Parameters
    ----------
    host : PluginHost
        Third-party code is loaded, as for its listing.
    name : str
        Of an exporter, reader or rule, of a plugin or of a distribution.

    Raises
    ------
    PluginError
        There is nothing of that name.
    """
    offers = host.listing()
    for names in (
        [one.name for one in offers],
        [one.plugin for one in offers],
        [one.distribution for one in offers],
    ):
        meant = [one for one, its in zip(offers, names, strict=True) if its == name]
        if meant:
            return tuple(map(_described, meant))
    known = dict.fromkeys(one for offer in offers for one in (offer.name, offer.distribution))
    raise PluginError(f"there is no plugin {name!r}", where="plugins", allowed=nearest(name, known))


def _described(offer: Offer) -> Description:
    record = offer.record
    if isinstance(record, Exporter):
        return Description(
            offer=offer,
            suffixes=(record.suffix,),
            media_type=record.media_type,
            languages=_languages(record),
            requirements=_requirements(record),
            options=tuple(_options(record.options)),
        )
    if isinstance(record, Reader):
        return Description(
            offer=offer, suffixes=record.suffixes, requirements=_requirements(record)
        )
    return Description(offer=offer)


def _languages(record: Exporter) -> str:
    if record.editions == "all":
        return "all in one document"
    return "one a document, or two that face each other" if record.facing else "one a document"


def _requirements(record: Exporter | Reader) -> tuple[Needed, ...]:
    missing = unmet(record.requires)
    return tuple(
        Needed(requirement=one, installed=installed_version(one), met=one not in missing)
        for one in record.requires
        if applies(one)
    )


def _options(options: Any) -> Iterator[OptionDescription]:  # noqa: ANN401 - a dataclass, or None
    if options is None:
        return
    hints, docs = get_type_hints(options), _docs(options)
    for one in fields(options):
        if one.init:
            default = to_jsonable_python(_default(one), fallback=repr)
            doc = docs.get(one.name, str(one.metadata.get("doc", "")))
            yield OptionDescription(
                name=one.name, kind=_either(_kinds(hints[one.name])), default=default, doc=doc
            )


def _default(field: Field[Any]) -> object:
    return field.default if field.default_factory is MISSING else field.default_factory()


def _kinds(hint: Any) -> Iterator[str]:  # noqa: ANN401 - whatever stands behind a colon
    """Yield what an option may be, from its type."""
    origin, parts = get_origin(hint), get_args(hint)
    if hint in WORDS:
        yield from WORDS[hint]
    elif origin is Annotated:
        yield from _kinds(parts[0])
    elif origin is Literal:
        yield from map(repr, parts)
    elif origin in (Union, UnionType):
        for one in parts:
            yield from _kinds(one)
    elif origin in (tuple, list):
        items = [one for one in parts if one is not ...]
        yield f"several of {_either(kind for one in items for kind in _kinds(one))}"
    else:
        yield hint.__name__ if isinstance(hint, type) else str(hint)


def _either(words: Iterable[str]) -> str:
    *others, last = dict.fromkeys(words)
    return f"{', '.join(others)} or {last}" if others else last


def _docs(options: type) -> dict[str, str]:
    """Return what the docstring of a class says of its fields, by name."""
    doc = inspect.getdoc(options) or ""
    head = SECTION.search(doc)
    if head is None:
        return {}
    end = NEXT_SECTION.search(doc, head.end())
    said: dict[str, list[str]] = {}
    names: list[str] = []
    for line in doc[head.end() : end.start() if end else None].splitlines():
        entry = NAMES.match(line)
        if entry:
            names = entry[1].split(", ")
        elif line.strip():
            for name in names:
                said.setdefault(name, []).append(line.strip())
    return {name: " ".join(lines).replace("``", "") for name, lines in said.items()}
