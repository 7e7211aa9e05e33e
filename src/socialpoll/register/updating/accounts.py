"""What a version of a register was made of, as it stands beside its files."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.declared import RegisterLayout
from socialpoll.register.registers import Register

if TYPE_CHECKING:
    from socialpoll.register.updating.updating import Updated

__all__ = [
    "ACCOUNT",
    "EARLIER",
    "LETTERS",
    "account_of",
    "accounts_in",
    "altered",
    "chosen",
    "digest",
    "layout_of",
    "refused",
]

ACCOUNT = "version.json"
LETTERS = 16
"""Of a version in the name of its folder."""
SUBJECT = "the versions of the register"
EARLIER = "take an earlier version, and update it again"
SEAL = "seal"


def digest(content: bytes) -> str:
    """Return the hash of a file."""
    return hashlib.sha256(content).hexdigest()


def account_of(made: Register | Updated, files: Mapping[str, bytes]) -> bytes:
    """Return what a version was made of: no person, and no key, is in it.

    Parameters
    ----------
    made : Register or Updated
    files : mapping of str to bytes
        What stands beside it, of which it has the hashes.
    """
    register = made if isinstance(made, Register) else made.register
    told = {
        "version": register.version,
        **_history(made),
        "date": register.date.isoformat(),
        "people": len(register),
        "columns": list(register.sources.columns),
        "sources": _rows(register),
        "layout": _told_of(register.layout),
        "files": {name: digest(content) for name, content in files.items()},
    }
    return json.dumps(told | {SEAL: _seal(told)}, ensure_ascii=False, indent=2).encode()


def _history(made: Register | Updated) -> dict[str, Any]:
    if isinstance(made, Register):
        return {"parent": "", "rule": None}
    how = made.how
    attributes = None if how.attributes is None else list(how.attributes)
    rule = {"order": list(how.order), "attributes": attributes, "by": how.by}
    # An update that changed nothing is the version that it was made from.
    parent = "" if made.parent == made.register.version else made.parent
    return {"parent": parent, "rule": rule, "counts": made.counts.to_dict("records")}


def _rows(register: Register) -> list[list[Any]]:
    frame = register.sources
    return [
        [source, owner, f"{date:%Y-%m-%d}", attribute, None if rank is None else int(rank)]
        for source, owner, date, attribute, rank in frame.astype({"authority": object})
        .where(frame.notna(), None)
        .itertuples(index=False, name=None)
    ]


def _told_of(layout: RegisterLayout) -> dict[str, Any]:
    return {
        "codes": {name: list(codes) for name, codes in layout.codes.items()},
        "identifier": layout.identifier,
        "earliest_birth": layout.earliest_birth.isoformat(),
        "keys": list(layout.keys),
        "places": None if layout.places is None else list(layout.places),
    }


def layout_of(told: Mapping[str, Any]) -> RegisterLayout:
    """Return the layout that an account tells of."""
    return RegisterLayout(
        {name: tuple(codes) for name, codes in told["codes"].items()},
        told["identifier"],
        dt.date.fromisoformat(told["earliest_birth"]),
        tuple(told["keys"]),
        None if told["places"] is None else tuple(told["places"]),
    )


def _seal(told: Mapping[str, Any]) -> str:
    """Return the hash of all else that an account has."""
    rest = {name: value for name, value in told.items() if name != SEAL}
    return digest(json.dumps(rest, sort_keys=True).encode())


def accounts_in(folder: Path) -> list[dict[str, Any]]:
    """Return the accounts of all versions in a folder."""
    problems, found = [], []
    for path in sorted(folder.glob(f"*/{ACCOUNT}")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            kind = type(error).__name__
            problems.append(Problem("a version cannot be read", path.parent.name, kind))
            continue
        if not isinstance(told, dict) or told.get(SEAL) != _seal(told):
            raise altered(path.parent.name, ACCOUNT)
        found.append(told)
    if not found and not problems:
        advice = "write one with write_register, or name the folder of all versions"
        problems.append(Problem("there is no version", folder.name, advice=advice))
    if problems:
        raise RegisterError(SUBJECT, problems)
    return found


def chosen(accounts: Sequence[Mapping[str, Any]], version: str | None) -> Mapping[str, Any]:
    """Return the account of a version, of the last one where none is named."""
    names = [str(one["version"]) for one in accounts]
    if version is not None:
        fitting = [one for one in accounts if str(one["version"]).startswith(version)]
        if len(fitting) != 1:
            what = "several versions begin so" if fitting else "there is no such version"
            raise refused(what, "version", repr(version), "name more letters of one of them", names)
        return fitting[0]
    parents = {one["parent"] for one in accounts}
    last = [one for one in accounts if one["version"] not in parents]
    if len(last) != 1:
        advice = "say which with version="
        names = [one["version"] for one in last]
        raise refused("several versions are the last", "version", f"{len(last)}", advice, names)
    return last[0]


def altered(version: str, name: str) -> RegisterError:
    """Return what is said of a file of a version that is not as it was written."""
    return refused("a version is not what was written", version, name, EARLIER)


def refused(
    what: str, where: str, found: str, advice: str, names: Sequence[str] = ()
) -> RegisterError:
    """Return what is said of versions that cannot be used; ``names`` are those that can."""
    allowed = ", ".join(sorted(name[:LETTERS] for name in names))
    return RegisterError(SUBJECT, [Problem(what, where, found, allowed, advice)])
