from __future__ import annotations

import subprocess
import sys

import pytest

from socialpoll.errors import RegisterError
from socialpoll.register import LinkageKey, check_sources, link_records
from tests.register.handmade import LAYOUT, csv_of, numbered, table_of


@pytest.mark.parametrize("missing", ["duckdb", "splink"])
def test_without_the_extra_one_is_told_how_to_install_it(tmp_path, monkeypatch, missing):
    monkeypatch.setitem(sys.modules, missing, None)
    table = table_of(csv_of(tmp_path / "a.csv", numbered([{}])))

    with pytest.raises(RegisterError) as caught:
        link_records(table, [], LAYOUT, LinkageKey(bytes(32)))
    assert (caught.value.found, caught.value.advice) == (
        f"no module {missing!r}",
        'pip install "socialpoll[register]"',
    )


def test_to_look_through_tables_splink_is_not_needed(tmp_path, monkeypatch):
    pytest.importorskip("duckdb", reason="the extra 'register' is not installed")
    monkeypatch.setitem(sys.modules, "splink", None)
    table = table_of(csv_of(tmp_path / "a.csv", numbered([{}])))

    check_sources([table], LAYOUT).require_clean()


def test_to_declare_a_register_neither_is_loaded():
    code = (
        "import socialpoll as sp; sp.AgencyTable, sp.link_records; import sys; print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout.split()

    assert {"duckdb", "splink", "pyarrow", "pandas"}.isdisjoint(loaded)
