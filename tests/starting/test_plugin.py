from __future__ import annotations

import tomllib

import pytest

from socialpoll.errors import StartError
from socialpoll.starting import start_plugin


@pytest.mark.parametrize(
    "name", ["my-cards", "My cards", "my_cards", " my.cards ", "socialpoll-my-cards", "MY--CARDS"]
)
def test_a_name_is_what_users_are_to_type(name, tmp_path):
    started = start_plugin(name, folder=tmp_path / "new")

    assert (started.name, started.distribution, started.module) == (
        "my-cards",
        "socialpoll-my-cards",
        "socialpoll_my_cards",
    )


def test_a_package_has_code_tests_and_what_installs_it(tmp_path):
    started = start_plugin("cards", folder=tmp_path / "new")

    assert [one.relative_to(started.folder).as_posix() for one in started.paths] == [
        "README.md",
        "pyproject.toml",
        "src/socialpoll_cards/__init__.py",
        "src/socialpoll_cards/py.typed",
        "tests/test_socialpoll_cards.py",
    ]
    project = tomllib.loads((started.folder / "pyproject.toml").read_text())["project"]
    assert project["name"] == "socialpoll-cards"
    assert project["entry-points"]["socialpoll"] == {"cards": "socialpoll_cards"}


def test_its_folder_is_named_after_the_distribution(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    start_plugin("cards", "rule")

    assert (tmp_path / "socialpoll-cards" / "pyproject.toml").exists()


@pytest.mark.parametrize("kind", ["exporter", "reader", "rule"])
def test_no_place_of_a_template_is_left_open(kind, tmp_path):
    started = start_plugin("my-own", kind, folder=tmp_path / "new")

    texts = [path.read_text("utf-8") for path in started.paths]
    assert [one for one in texts if "$" in one] == []
    assert any("my-own" in one for one in texts)


@pytest.mark.parametrize("name", ["", "-", "1st", "été", "a/b", "../up", "x" * 31, "socialpoll-"])
def test_a_name_that_is_not_plain_is_refused(name, tmp_path):
    with pytest.raises(StartError, match="cannot be called that") as caught:
        start_plugin(name, folder=tmp_path / "new")

    assert caught.value.found == repr(name)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("name", "kind"), [("Word", "exporter"), ("csv", "reader"), ("min-base", "rule")]
)
def test_a_name_that_is_built_in_is_refused(name, kind, tmp_path):
    with pytest.raises(StartError, match="reserved"):
        start_plugin(name, kind, folder=tmp_path / "new")


def test_a_kind_that_there_is_not_is_refused(tmp_path):
    with pytest.raises(StartError, match="no such kind") as caught:
        start_plugin("cards", "exprter", folder=tmp_path / "new")

    assert "exporter" in caught.value.allowed


def test_nothing_is_overwritten(tmp_path):
    (tmp_path / "pyproject.toml").write_text("mine", encoding="utf-8")

    with pytest.raises(StartError, match="overwrites nothing"):
        start_plugin("cards", folder=tmp_path)

    assert [one.name for one in tmp_path.iterdir()] == ["pyproject.toml"]
    assert (tmp_path / "pyproject.toml").read_text("utf-8") == "mine"
