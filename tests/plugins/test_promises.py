from __future__ import annotations

import json

import pytest

import socialpoll as sp
from socialpoll.errors import ExportError, PluginError, RenderingError
from socialpoll.hooks import Document, Exporter


def exporter(render) -> Exporter:
    return Exporter(
        name="cards", title="Cards", media_type="text/plain", suffix=".txt", render=render
    )


def retitled(edition, options):
    edition.report.title["en"] = "Another poll"
    yield Document(f"{edition.language}.txt", b"", "text/plain")


def test_an_exporter_that_changes_its_report_is_told_and_harms_no_other(report):
    before = sp.report_to_json(report)

    with pytest.raises(RenderingError, match="changed the report") as caught:
        sp.render(report, exporter(retitled))

    assert caught.value.where == "exporter 'cards', edition ar"
    assert sp.report_to_json(report) == before


def test_a_field_of_the_report_cannot_be_set(report):
    def setting(edition, options):
        edition.report.name = "another"
        yield Document("a.txt", b"", "text/plain")

    with pytest.raises(RenderingError, match="failed: FrozenInstanceError"):
        sp.render(report, exporter(setting))


def test_a_failure_is_told_with_the_last_line_that_is_the_exporters_own(report):
    def read(text):
        return json.loads(text)

    def failing(edition, options):
        yield Document("a.txt", read("{"), "text/plain")

    with pytest.raises(RenderingError, match="JSONDecodeError") as caught:
        sp.render(report, exporter(failing))

    line = read.__code__.co_firstlineno + 1
    assert caught.value.found == f"{__name__}, line {line}, in read"
    assert isinstance(caught.value.__cause__, json.JSONDecodeError)


def test_what_fails_before_its_first_line_has_none(report):
    with pytest.raises(RenderingError, match="TypeError") as caught:
        sp.render(report, exporter(list))

    assert caught.value.found == ""


def test_a_failure_can_be_caught_as_one_of_the_plugin_and_as_one_of_the_export():
    assert issubclass(RenderingError, PluginError)
    assert issubclass(RenderingError, ExportError)
