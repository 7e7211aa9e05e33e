from __future__ import annotations

import json

from socialpoll.exporters.report_json import JsonOptions, render
from socialpoll.report import report_from_json, report_json_schema
from tests.exporters.made_report import edition, made_report


def test_the_report_comes_back_in_all_its_languages():
    (document,) = render(edition("en"))

    assert document.name == "social-media-2019.json"
    assert report_from_json(document.content.decode()) == made_report()


def test_the_schema_stands_beside_it_where_it_is_wanted():
    _, schema = render(edition("en"), JsonOptions(schema=True))

    assert schema.name == "social-media-2019.schema.json"
    assert json.loads(schema.content) == report_json_schema()
