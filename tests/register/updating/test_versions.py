from __future__ import annotations

import json
import stat
from dataclasses import replace

import duckdb
import pandas as pd
import pytest

import socialpoll.register as reg
from socialpoll.errors import RegisterError
from tests.register.linking_by_hand import KEY, LAYOUT, links_of, reference_of, told_by

MUSCAT, DHOFAR = {"place": "muscat"}, {"place": "dhofar"}


@pytest.fixture
def register(tmp_path):
    return reg.open_register(reference_of(tmp_path, [MUSCAT, MUSCAT, DHOFAR]), LAYOUT, KEY)


@pytest.fixture
def updated(tmp_path, register):
    health = told_by(tmp_path, "health", [DHOFAR, MUSCAT], governorate=1)
    return reg.update_register(register, links_of(health=["1", "2"]), [health], KEY)


@pytest.fixture
def versions(tmp_path, register, updated):
    folder = tmp_path / "versions"
    reg.write_register(register, folder)
    reg.write_register(updated, folder)
    return folder


def test_the_last_version_is_read_as_it_was_written(versions, register, updated):
    last, first = reg.read_register(versions), reg.read_register(versions, register.version[:8])
    for read, made in ((last, updated.register), (first, register)):
        pd.testing.assert_frame_equal(read.frame, made.frame)
        pd.testing.assert_frame_equal(read.sources, made.sources)
        assert (read.version, read.date, read.layout) == (made.version, made.date, made.layout)


def test_every_change_is_kept_with_its_version(tmp_path, versions, updated):
    civil = told_by(tmp_path, "civil", [DHOFAR, DHOFAR], governorate=1)
    then = reg.update_register(updated.register, links_of(civil=["2", "3"]), [civil], KEY)
    reg.write_register(then, versions)
    history = reg.read_changes(versions)
    assert history["version"].tolist() == [updated.register.version, then.register.version]
    pd.testing.assert_frame_equal(history.drop(columns="version").head(1), updated.changes)


def test_a_version_that_is_there_is_left_alone(versions, updated):
    place = versions / updated.register.version[:16]
    before = (place / "people.parquet").stat()
    assert reg.write_register(updated, versions) == place
    assert (place / "people.parquet").stat().st_mtime_ns == before.st_mtime_ns
    assert len(list(versions.iterdir())) == 2


def test_only_the_owner_may_read_a_version(versions):
    for path in versions.rglob("*"):
        assert not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO), path.name


def test_another_program_reads_a_version(versions, updated):
    place = versions / updated.register.version[:16]
    people = duckdb.read_parquet(str(place / "people.parquet"))
    found = people.aggregate("governorate, count(*)", "governorate")
    assert sorted(found.fetchall()) == [("dhofar", 2), ("muscat", 1)]
    assert (place / "conflicts.parquet").is_file()
    assert (place / "coverage.parquet").is_file()


def test_a_version_that_was_altered_is_refused(versions, updated):
    path = versions / updated.register.version[:16] / "people.parquet"
    frame = pd.read_parquet(path)
    frame.loc[0, "sex"] = "female"
    frame.to_parquet(path)
    with pytest.raises(RegisterError, match="not what was written"):
        reg.read_register(versions)


def test_a_file_that_is_cut_off_or_gone_is_refused(versions, updated):
    path = versions / updated.register.version[:16] / "people.parquet"
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(RegisterError, match="not what was written"):
        reg.read_register(versions)
    path.unlink()
    with pytest.raises(RegisterError, match="cannot be read"):
        reg.read_register(versions)


def test_changes_that_were_altered_are_refused(versions, updated):
    path = versions / updated.register.version[:16] / "changes.parquet"
    pd.read_parquet(path).iloc[:0].to_parquet(path)
    with pytest.raises(RegisterError, match=r"not what was written.*changes\.parquet"):
        reg.read_changes(versions)


@pytest.mark.parametrize("content", ["{}", "[]", None])
def test_an_account_that_was_altered_is_refused(versions, updated, content):
    path = versions / updated.register.version[:16] / "version.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    told["layout"]["codes"]["governorate"].reverse()
    path.write_text(content or json.dumps(told), encoding="utf-8")
    with pytest.raises(RegisterError, match=r"not what was written.*version\.json"):
        reg.read_register(versions)


def test_an_account_tells_the_rule_and_what_came_of_it(versions, updated):
    path = versions / updated.register.version[:16] / "version.json"
    told = json.loads(path.read_text(encoding="utf-8"))
    assert told["rule"] == {
        "order": ["authority", "recency"],
        "attributes": None,
        "by": "governorate",
    }
    assert told["counts"] == updated.counts.to_dict("records")
    assert told["parent"] == updated.parent


def test_an_update_that_changed_nothing_is_a_version_that_can_be_read(tmp_path, updated):
    health = told_by(tmp_path, "health", [DHOFAR, MUSCAT], governorate=1)
    again = reg.update_register(updated.register, links_of(health=["1", "2"]), [health], KEY)
    reg.write_register(again, tmp_path / "alone")
    assert reg.read_register(tmp_path / "alone").version == updated.register.version
    assert not len(reg.read_changes(tmp_path / "alone"))


def test_an_attribute_may_be_called_like_a_source_of_another(tmp_path):
    layout = reg.RegisterLayout({"income_source": ("wage", "rent"), "moving_date": ("a", "b")})
    columns = {"record": "no", "income_source": "name", "moving_date": "place"}
    reference = reference_of(tmp_path, [{"name": "wage", "place": "b"}, {"name": "rent"}])
    register = reg.open_register(replace(reference, columns=columns), layout, KEY)
    reg.write_register(register, tmp_path / "versions")
    pd.testing.assert_frame_equal(reg.read_register(tmp_path / "versions").frame, register.frame)


def test_a_version_that_is_not_there_is_named_beside_those_that_are(tmp_path, versions, updated):
    with pytest.raises(RegisterError, match=updated.register.version[:16]):
        reg.read_register(versions, "zz")
    with pytest.raises(RegisterError, match="there is no version"):
        reg.read_register(tmp_path / "nowhere")


def test_of_two_last_versions_one_must_be_named(tmp_path, versions, register):
    civil = told_by(tmp_path, "civil", [DHOFAR], governorate=1)
    other = reg.update_register(register, links_of(civil=["2"]), [civil], KEY)
    reg.write_register(other, versions)
    with pytest.raises(RegisterError, match="several versions are the last"):
        reg.read_register(versions)
    assert len(reg.read_register(versions, other.register.version)) == 3


def test_a_folder_that_is_a_file_is_refused_and_nothing_is_left(tmp_path, register):
    (tmp_path / "file").write_text("")
    with pytest.raises(RegisterError, match="cannot be written"):
        reg.write_register(register, tmp_path / "file")
    assert not list(tmp_path.glob(".*"))
