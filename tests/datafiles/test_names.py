from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest
from hypothesis import given, settings, strategies as st

from socialpoll.datafiles.names import bytes_of, cut, names_in
from socialpoll.datafiles.spss import SPSS
from socialpoll.datafiles.stata import STATA

ANY = st.text(max_size=80) | st.sampled_from(["all", "To", "if", "str8", "strL", "_n", "a.", "1"])
ENDINGS = {"SPSS": pyreadstat.write_sav, "Stata": pyreadstat.write_dta}
READ = {"SPSS": pyreadstat.read_sav, "Stata": pyreadstat.read_dta}


@pytest.mark.parametrize("package", [SPSS, STATA], ids=lambda one: one.name)
@settings(max_examples=60, deadline=None)
@given(several=st.lists(ANY, min_size=1, max_size=6))
def test_any_columns_get_names_that_the_package_takes(package, several):
    found = names_in(package.naming, several)

    assert len({package.naming.key(one) for one in found}) == len(several)
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "names")
        ENDINGS[package.name](pd.DataFrame([[1.0] * len(found)], columns=found), file)
        assert list(READ[package.name](file)[0]) == found


@pytest.mark.parametrize("package", [SPSS, STATA], ids=lambda one: one.name)
@given(several=st.lists(ANY, unique=True, max_size=6))
def test_names_that_are_allowed_stay_what_they_are(package, several):
    allowed = names_in(package.naming, several)

    assert names_in(package.naming, allowed) == allowed


@given(words=st.text(), most=st.integers(0, 40), size=st.sampled_from([len, bytes_of]))
def test_what_is_cut_is_the_longest_beginning_that_fits(words, most, size):
    kept = cut(words, most, size)

    assert words.startswith(kept)
    assert size(kept) <= most
    assert kept == words or size(words[: len(kept) + 1]) > most
