from __future__ import annotations

import pytest

from socialpoll.errors import StartError
from socialpoll.starting import start_from_template
from socialpoll.starting.folder import write_folder

FILES = {"a.toml": b"a = 1\n", "targets/sex.csv": b"sex,target\n"}


def content(folder):
    return {
        one.relative_to(folder).as_posix(): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file()
    }


def test_files_are_written_where_nothing_was(tmp_path):
    paths = write_folder(tmp_path / "deep" / "new", FILES)

    assert content(tmp_path / "deep" / "new") == FILES
    assert [one.name for one in paths] == ["a.toml", "sex.csv"]


def test_an_empty_folder_is_filled(tmp_path):
    write_folder(tmp_path, FILES)

    assert content(tmp_path) == FILES


@pytest.mark.parametrize("name", ["poll.toml", ".hidden", "elsewhere.txt"])
def test_a_folder_that_holds_anything_is_refused_and_stays_as_it_was(tmp_path, name):
    (tmp_path / name).write_text("mine", encoding="utf-8")

    with pytest.raises(StartError, match="overwrites nothing") as caught:
        start_from_template(tmp_path)

    assert name in caught.value.found
    assert content(tmp_path) == {name: b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "new").write_text("mine", encoding="utf-8")

    with pytest.raises(StartError, match="this is no folder"):
        start_from_template(tmp_path / "new")


def test_where_writing_fails_nothing_is_left_behind(tmp_path):
    impossible = {"a.toml": b"", "a.toml/b": b""}

    with pytest.raises(StartError, match="cannot be written to"):
        write_folder(tmp_path / "new", impossible)
    with pytest.raises(StartError, match="cannot be written to"):
        write_folder(tmp_path, impossible)

    assert list(tmp_path.iterdir()) == []


def test_a_template_that_is_not_there_is_told_with_the_nearest_name(tmp_path):
    with pytest.raises(StartError) as caught:
        start_from_template(tmp_path / "new", "social_media")

    assert "did you mean 'social-media'?" in caught.value.allowed
    assert not (tmp_path / "new").exists()
