from __future__ import annotations

from functools import cache

import pandas as pd
import pytest

from tests.registers import written_register

__all__ = ["people", "records", "table", "written_register"]


@pytest.fixture(scope="session")
def table(written_register):
    return cache(lambda name: pd.read_parquet(written_register / f"{name}.parquet"))


@pytest.fixture(scope="session")
def people(table):
    return table("truth/people").set_index("person")


@pytest.fixture(scope="session")
def records(table):
    """The records of a table, each beside the person whom it is of."""

    def of(name: str) -> pd.DataFrame:
        truth = table("truth/records").query("source == @name").drop(columns="source")
        of_whom = (
            table("truth/people").add_prefix("true_").rename(columns={"true_person": "person"})
        )
        return table(name).merge(truth, on="record").merge(of_whom, on="person")

    return cache(of)
