from __future__ import annotations

import copy
import json
from dataclasses import replace
from functools import cache

import jsonschema
import pytest
from hypothesis import given, settings, strategies as st

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import report_from_json, report_json_schema, report_to_json
from socialpoll.report.blocks import Picture, Said, Section
from socialpoll.report.serial import PARTS
from tests.exporters.made_report import made_report
from tests.report.handmade import by_sex, composed, row, yes_no
from tests.report.test_serial import holding, phrases

SCHEMA = report_json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def broken(written: object) -> bool:
    return not VALIDATOR.is_valid(written)


def plain(report: sp.Report) -> dict:
    return json.loads(report_to_json(report))


@cache
def small() -> dict:
    """A report with every kind of block, as plain data."""
    picture = Picture("p", b"\x89PNG\x00", "image/png", "alt", 16.0, 9.0)
    made = made_report()
    shown = (*made.sections[2:3], Section("pictures", Said({"und": "t"}), (picture,)))
    return plain(replace(made, sections=shown, figures=made.figures[-3:]))


def test_it_is_a_schema_of_the_draft_that_it_names():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == jsonschema.Draft202012Validator.META_SCHEMA["$id"]
    assert set(SCHEMA["$defs"]) == {*PARTS, "date", "datetime", "bytes"}


def test_what_is_composed_is_allowed():
    rows = [
        *yes_no(0.9),
        *by_sex(0.9, None, status="suppressed"),
        row("trust", 0.4, category="high"),
    ]

    assert list(VALIDATOR.iter_errors(plain(composed(rows)))) == []


@settings(max_examples=30)
@given(phrases)
def test_whatever_a_phrase_holds_is_allowed(phrase):
    assert not broken(plain(holding(phrase)))


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Return the way to every value inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, one in inner:
        found.append((*path, key))
        if isinstance(one, dict | list):
            found += places(one, (*path, key))
    return found


OTHERS = [None, True, 7, 0.5, "word", "higher", [], [1.5], {}, {"en": "x"}, {"$type": "Said"},
          {"$type": "Said", "words": {"en": "x"}}, {"$type": "date", "value": "2019-03-31"},
          {"$type": "bytes", "base64": "AA="}, {"$type": "Rumour"}]  # fmt: skip
LEFT_OUT = object()


@settings(max_examples=40)
@given(st.sampled_from(places(small()["report"])), st.sampled_from([LEFT_OUT, *OTHERS]))
def test_schema_and_reader_refuse_the_same_reports(place, other):
    changed = copy.deepcopy(small())
    holder = changed["report"]
    for key in place[:-1]:
        holder = holder[key]
    if other is LEFT_OUT:
        del holder[place[-1]]
    else:
        holder[place[-1]] = other

    try:
        report_from_json(json.dumps(changed))
    except ReportError:
        refused = True
    else:
        refused = False

    assert broken(changed) == refused, (place, other)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("version",), 2),
        (("report", "languages"), "ar"),
        (("report", "synthetic"), "yes"),
        (("report", "figures", 0, "estimate"), [0.5]),
        (("report", "sections", 0, "blocks", 0, "style"), "shout"),
        (("report", "publisher", "nmae"), {"en": "The office"}),
        (("report", "life_cycle", "release_date", "value"), "soon"),
    ],
)
def test_a_broken_report_is_refused_with_its_place(place, value):
    changed = copy.deepcopy(small())
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value

    assert broken(changed)
    with pytest.raises(ReportError):
        report_from_json(json.dumps(changed))


def test_a_value_of_another_type_than_its_field_is_named_with_its_place():
    changed = copy.deepcopy(small())
    changed["report"]["sections"][0]["blocks"][0]["style"] = "shout"

    with pytest.raises(ReportError) as caught:
        report_from_json(json.dumps(changed))
    assert caught.value.where == "report.sections[0].blocks[0].style"
    assert caught.value.found == "str 'shout'"
    assert "'body'" in caught.value.allowed
