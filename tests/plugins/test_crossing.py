from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import (
    ExportError,
    OptionsError,
    PluginError,
    Problem,
    ReportError,
    TemplateError,
)
from socialpoll.hooks import Document
from socialpoll.plugins.crossing import (
    Order,
    read_answer,
    read_order,
    write_answer,
    write_error,
    write_order,
)

PROBLEMS = [Problem("a tag is not closed", "body", "{{", "{{ }}", "close it"), Problem("أخرى")]


def test_an_order_is_the_same_on_the_other_side(report, tmp_path):
    order = Order(
        distribution="their-cards",
        plugin="cards",
        exporter="cards",
        options={"depth": 3, "words": ["ا", "\udcff"]},
        languages=["ar+en"],
        digits="arab",
        limits=sp.Limits(seconds=9),
        reports=(report, report),
    )

    write_order(order, tmp_path / "order")

    assert read_order(tmp_path / "order") == order
    assert [one.name for one in tmp_path.iterdir()] == ["order"]


documents = st.lists(st.builds(Document, st.text(), st.binary(), st.text()))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(documents)
def test_documents_are_the_same_on_the_other_side(tmp_path, made):
    write_answer(made, tmp_path / "answer")

    assert read_answer(tmp_path / "answer") == made


@pytest.mark.parametrize(
    "error",
    [
        PluginError("gone", where="cards 1.0", found="x", allowed="y", advice="z"),
        ExportError("no such language"),
        OptionsError("the options", PROBLEMS),
        TemplateError("house.docx", PROBLEMS),
    ],
)
def test_an_error_is_the_same_on_the_other_side(tmp_path, error):
    write_error(error, tmp_path / "answer")

    with pytest.raises(type(error)) as caught:
        read_answer(tmp_path / "answer")

    assert caught.type is type(error)
    assert (str(caught.value), caught.value.problems) == (str(error), error.problems)


def test_an_error_that_no_exporter_meets_comes_as_one_of_a_plugin(tmp_path):
    write_error(ReportError("no plain data", where="report.title"), tmp_path / "answer")

    with pytest.raises(PluginError, match=r"report\.title: no plain data"):
        read_answer(tmp_path / "answer")


@given(cut=st.integers(min_value=1, max_value=60))
def test_an_answer_that_is_cut_off_anywhere_is_none(tmp_path_factory, cut):
    path = tmp_path_factory.mktemp("answer") / "answer"
    write_answer([Document("a.txt", b"0123456789", "text/plain")], path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - cut])

    with pytest.raises(ValueError, match=r"."):
        read_answer(path)


@pytest.mark.parametrize(
    "head",
    [b"[{}]", b"7", b'{"kind": "Exception"}', b'{"kind": "PluginError", "problems": []}', b"\xff"],
)
def test_what_is_no_answer_is_none(tmp_path, head):
    path = tmp_path / "answer"
    path.write_bytes(len(head).to_bytes(8, "big") + head)

    with pytest.raises(ValueError, match=r"."):
        read_answer(path)
