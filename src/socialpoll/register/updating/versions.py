"""Versions of a register on disk, each beside the one it was made from, with what changed."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from socialpoll.register.coding import changeable
from socialpoll.register.keeping import keep
from socialpoll.register.needing import require_installed
from socialpoll.register.registers import SOURCE, Register, typed, version_of
from socialpoll.register.updating.accounts import (
    ACCOUNT,
    EARLIER,
    LETTERS,
    account_of,
    accounts_in,
    altered,
    chosen,
    digest,
    layout_of,
    refused,
)

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.register.updating.updating import Updated

__all__ = ["read_changes", "read_register", "write_register"]

PEOPLE, CHANGES = "people.parquet", "changes.parquet"
TOLD = ("changes", "conflicts", "coverage", "agreement", "counts")


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
    frames = {"people": register.frame}
    if not isinstance(made, Register):
        frames |= {name: getattr(made, name) for name in TOLD}
    files = {f"{name}.parquet": _parquet(frame) for name, frame in frames.items()}
    return keep(place, files | {ACCOUNT: account_of(made, files)})


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
    accounts = accounts_in(Path(folder))
    account = chosen(accounts, version)
    layout, date = layout_of(account["layout"]), dt.date.fromisoformat(account["date"])
    frame = _read(Path(folder), account, PEOPLE)
    of_sources = {f"{one}{SOURCE}" for one in changeable(layout)}.intersection(frame.columns)
    frame = typed(frame.astype(dict.fromkeys(of_sources, "category")))
    sources = pd.DataFrame(account["sources"], columns=account["columns"])
    dates = pd.to_datetime(sources["date"]).astype("datetime64[s]")
    sources = typed(sources.assign(date=dates, authority=sources["authority"].astype("Int64")))
    if version_of(frame, sources) != account["version"]:
        raise altered(account["version"][:LETTERS], PEOPLE)
    return Register(frame, sources, layout, date, account["version"])


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
    accounts = accounts_in(Path(folder))
    by_version = {one["version"]: one for one in accounts}
    chain = [chosen(accounts, None)]
    while chain[0]["parent"] in by_version:
        chain.insert(0, by_version[chain[0]["parent"]])
    found = [
        _read(Path(folder), one, CHANGES).assign(version=one["version"])
        for one in chain
        if CHANGES in one["files"]
    ]
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


def _read(folder: Path, account: Mapping[str, Any], name: str) -> pd.DataFrame:
    """Return what is in a file of a version, which must be as it was written."""
    import pandas as pd

    version, failure, content = account["version"][:LETTERS], "", b""
    try:
        content = (folder / version / name).read_bytes()
    except OSError as error:
        failure = type(error).__name__
    if failure:
        raise refused("a version cannot be read", version, f"{name} ({failure})", EARLIER)
    if digest(content) != account["files"][name]:
        raise altered(version, name)
    return typed(pd.read_parquet(io.BytesIO(content)))
