"""A register of 4,000 people, of whom the health authority's records are linked once."""

from __future__ import annotations

import pandas as pd
import pytest

from socialpoll.demo.register.declared import LAYOUT, declared_tables
from socialpoll.demo.register.synthesise import synthesise_register
from socialpoll.register import LinkageKey, Links, Matching, link_records

KEY = LinkageKey(bytes(range(32)))
FEW_PAIRS = Matching(pairs=50_000)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    pytest.importorskip("splink", reason="the extra 'register' is not installed")
    path = tmp_path_factory.mktemp("linked")
    synthesise_register(4_000, to=path)
    return path


@pytest.fixture(scope="session")
def linked(folder) -> Links:
    tables = declared_tables(folder)
    return link_records(tables["reference"], [tables["health"]], LAYOUT, KEY, FEW_PAIRS)


def truth_in(folder, source: str) -> pd.DataFrame:
    """Of whom each record is, by records of the reference."""
    records = pd.read_parquet(folder / "truth/records.parquet")
    people = records.query("source == 'reference'").set_index("person")["record"]
    own = records.query("source == @source").reset_index(drop=True)
    return own.assign(person=own["person"].map(people))
