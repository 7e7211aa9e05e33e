from __future__ import annotations

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ExportError, PluginError
from socialpoll.plugins import datafiles
from tests.schema.questionnaires import age, asking, codes

APPS = sp.Multiple(name="apps", text="Which?", options=codes("w", "y"), layout="cell")
WRITERS = [(sp.write_sav, ".sav", "spss"), (sp.write_dta, ".dta", "stata")]


def responses():
    return sp.bind(pd.DataFrame({"age": [20, 30], "apps": ["w", "w y"]}), asking(age(), APPS))


@pytest.mark.parametrize(("write", "suffix", "extra"), WRITERS)
def test_without_its_extra_no_file_is_written(tmp_path, monkeypatch, write, suffix, extra):
    monkeypatch.setattr(datafiles, "unmet", lambda several: dict.fromkeys(several, ""))

    with pytest.raises(PluginError, match=rf"socialpoll\[{extra}\]"):
        write(responses(), tmp_path / f"a{suffix}")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("write", "suffix", "extra"), WRITERS)
def test_a_file_replaces_the_one_of_its_name_as_a_whole(tmp_path, write, suffix, extra):
    path = tmp_path / "out" / f"a{suffix}"
    path.parent.mkdir()
    path.write_bytes(b"old")

    write(responses(), path)

    beside = {"a.sps"} if suffix == ".sav" else set()
    assert {one.name for one in path.parent.iterdir()} == {path.name} | beside
    assert path.read_bytes()[:3] != b"old"


@pytest.mark.parametrize(("write", "suffix", "extra"), WRITERS)
def test_another_ending_is_refused(tmp_path, write, suffix, extra):
    with pytest.raises(ExportError, match="another ending than its kind"):
        write(responses(), tmp_path / "a.csv")


@pytest.mark.parametrize(("write", "suffix", "extra"), WRITERS)
def test_what_pyreadstat_refuses_is_an_error_and_no_file(
    tmp_path, monkeypatch, write, suffix, extra
):
    import pyreadstat

    def refuse(*_, **__):
        raise pyreadstat.PyreadstatError("no")

    monkeypatch.setattr(pyreadstat, write.__name__, refuse)

    with pytest.raises(ExportError, match="cannot be made; found no"):
        write(responses(), tmp_path / f"a{suffix}")

    assert list(tmp_path.iterdir()) == []
