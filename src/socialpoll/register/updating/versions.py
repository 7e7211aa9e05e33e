"""Versions of a register on disk, each beside the one it was made from, with what changed."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.errors import Problem, RegisterError
from socialpoll.register.declared import RegisterLayout
from socialpoll.register.keeping import keep
from socialpoll.register.needing import require_installed
from socialpoll.register.registers import SOURCE, Register, typed, version_of

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.register.updating.updating import Updated

__all__ = ["read_changes", "read_register", "write_register"]

PEOPLE, CHANGES, ACCOUNT = "people.parquet", "changes.parquet", "version.json"
TOLD = ("changes", "conflicts", "coverage", "agreement", "counts")
LETTERS = 16
"""Of a version in the name of its folder."""
SUBJECT = "the versions of the register"


def write_register(made: Register | Updated, folder: str | Path) -> Path:
    """Write a version of a register beside those that are there.

    Parameters
    ----------
    made : Register or Updated
        A register as it is, or as an update left it: then with all that changed, what could not be
        settled, coverage and agreement.
    folder : str or Path
        Of all versions. Each is a folder of its own, named by its version, which only its owner may
        read.

    Returns
    -------
    Path
        Of the version. Where it is there already nothing is written.

    Raises
    ------
    RegisterError
        The folder cannot be made or written to.

    See Also
    --------
    read_register : Reads it back.
    """
    require_installed("pyarrow")
    register = made if isinstance(made, Register) else made.register
    place = Path(folder) / register.version[:LETTERS]
    if (place / ACCOUNT).is_file():
        return place
    parent = "" if isinstance(made, Register) else made.parent
    frames = {} if isinstance(made, Register) else {name: getattr(made, name) for name in TOLD}
    files = {PEOPLE: _parquet(register.frame), ACCOUNT: _account(register, parent)}
    files |= {f"{name}.parquet": _parquet(frame) for name, frame in frames.items()}
    return keep(place, files)


def read_register(folder: str | Path, version: str | None = None) -> Register:
    """Read a version of a register.

    Parameters
    ----------
    folder : str or Path
        Of all versions.
    version : str, optional
        Its first letters; the last version where absent.

    Returns
    -------
    Register

    Raises
    ------
    RegisterError
        There is no such version, or several are the last; its files cannot be read, or are not
        those that were written.

    See Also
    --------
    write_register : Writes a version.
    """
    import pandas as pd

    require_installed("pyarrow")
    accounts = _accounts(Path(folder))
    account = _chosen(accounts, version)
    place = Path(folder) / account["version"][:LETTERS]
    frame = _read(place / PEOPLE)
    of_sources = [name for name in frame.columns if name.endswith(SOURCE)]
    frame = typed(frame.astype(dict.fromkeys(of_sources, "category")))
    sources = pd.DataFrame(account["sources"], columns=account["columns"])
    dates = pd.to_datetime(sources["date"]).astype("datetime64[s]")
    sources = typed(sources.assign(date=dates, authority=sources["authority"].astype("Int64")))
    if version_of(frame, sources) != account["version"]:
        advice = "take an earlier version, and update it again"
        raise _refused("a version is not what was written", place.name, "another hash", advice)
    date = dt.date.fromisoformat(account["date"])
    return Register(frame, sources, _layout(account["layout"]), date, account["version"])


def read_changes(folder: str | Path) -> pd.DataFrame:
    """Read every change of every version of a register.

    Parameters
    ----------
    folder : str or Path
        Of all versions.

    Returns
    -------
    pandas.DataFrame
        ``version``, and the columns of :attr:`Updated.changes`; the first version first.

    Raises
    ------
    RegisterError
        There is no version, or several are the last, or a file cannot be read.

    See Also
    --------
    update_register : What changes.
    """
    import pandas as pd

    require_installed("pyarrow")
    accounts = _accounts(Path(folder))
    by_version = {one["version"]: one for one in accounts}
    chain = [_chosen(accounts, None)]
    while chain[0]["parent"] in by_version:
        chain.insert(0, by_version[chain[0]["parent"]])
    names = [one["version"] for one in chain]
    files = {name: Path(folder) / name[:LETTERS] / CHANGES for name in names}
    found = [_read(path).assign(version=name) for name, path in files.items() if path.is_file()]
    if not found:
        return pd.DataFrame(columns=["version"])
    together = pd.concat(found, ignore_index=True)
    return together[["version", *together.columns.drop("version")]]


def _parquet(frame: pd.DataFrame) -> bytes:
    import pyarrow as pa
    from pyarrow import parquet

    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False), stream)
    return stream.getvalue()


def _read(path: Path) -> pd.DataFrame:
    import pandas as pd
    import pyarrow as pa

    failure, frame = "", pd.DataFrame()
    try:
        frame = pd.read_parquet(path)
    except (OSError, pa.ArrowInvalid) as error:
        failure = type(error).__name__
    if failure:
        advice = "take an earlier version, and update it again"
        found = f"{path.name} ({failure})"
        raise _refused("a version cannot be read", path.parent.name, found, advice)
    return typed(frame)


def _account(register: Register, parent: str) -> bytes:
    """Return what a version was made of: no person, and no key, is in it."""
    layout, sources = register.layout, register.sources
    rows = [
        (source, owner, f"{date:%Y-%m-%d}", attribute, None if rank is None else int(rank))
        for source, owner, date, attribute, rank in sources.astype({"authority": object})
        .where(sources.notna(), None)
        .itertuples(index=False, name=None)
    ]
    told = {
        "version": register.version,
        "parent": parent,
        "date": register.date.isoformat(),
        "people": len(register),
        "columns": list(sources.columns),
        "sources": rows,
        "layout": {
            "codes": {name: list(codes) for name, codes in layout.codes.items()},
            "identifier": layout.identifier,
            "earliest_birth": layout.earliest_birth.isoformat(),
            "keys": list(layout.keys),
            "places": None if layout.places is None else list(layout.places),
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _accounts(folder: Path) -> list[dict[str, Any]]:
    """Return the accounts of all versions in a folder."""
    problems, found = [], []
    for path in sorted(folder.glob(f"*/{ACCOUNT}")):
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            kind = type(error).__name__
            problems.append(Problem("a version cannot be read", path.parent.name, kind))
            continue
        found.append(told)
    if not found and not problems:
        advice = "write one with write_register, or name the folder of all versions"
        problems.append(Problem("there is no version", folder.name, advice=advice))
    if problems:
        raise RegisterError(SUBJECT, problems)
    return found


def _chosen(accounts: Sequence[Mapping[str, Any]], version: str | None) -> Mapping[str, Any]:
    """Return the account of a version, of the last one where none is named."""
    names = [str(one["version"]) for one in accounts]
    if version is not None:
        fitting = [one for one in accounts if str(one["version"]).startswith(version)]
        if len(fitting) != 1:
            what = "several versions begin so" if fitting else "there is no such version"
            raise _refused(
                what, "version", repr(version), "name more letters of one of them", names
            )
        return fitting[0]
    parents = {one["parent"] for one in accounts}
    last = [one for one in accounts if one["version"] not in parents]
    if len(last) != 1:
        advice = "say which with version="
        names = [one["version"] for one in last]
        raise _refused("several versions are the last", "version", f"{len(last)}", advice, names)
    return last[0]


def _layout(told: Mapping[str, Any]) -> RegisterLayout:
    return RegisterLayout(
        {name: tuple(codes) for name, codes in told["codes"].items()},
        told["identifier"],
        dt.date.fromisoformat(told["earliest_birth"]),
        tuple(told["keys"]),
        None if told["places"] is None else tuple(told["places"]),
    )


def _refused(
    what: str, where: str, found: str, advice: str, names: Sequence[str] = ()
) -> RegisterError:
    allowed = ", ".join(sorted(name[:LETTERS] for name in names))
    return RegisterError(SUBJECT, [Problem(what, where, found, allowed, advice)])
