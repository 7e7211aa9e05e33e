from __future__ import annotations

import json
from dataclasses import replace

import pytest

from socialpoll.disclosure import CONF_STATUS, OBS_STATUS
from socialpoll.errors import ExportError
from socialpoll.exporters.sdmx import SdmxOptions, render
from tests.exporters.made_report import edition, figures, made_report


def message(*languages, report=None, **options):
    _, structure = render(
        edition(*(languages or ("ar", "en")), report=report), SdmxOptions(**options)
    )
    return json.loads(structure.content)


@pytest.fixture(scope="module")
def made():
    return message()["data"]


def components(data):
    (structure,) = data["dataStructures"]
    parts = structure["dataStructureComponents"]
    return (
        parts["dimensionList"]["dimensions"],
        parts["measureList"]["measures"],
        parts["attributeList"]["attributes"],
    )


def test_the_keys_are_dimensions_in_their_order_and_the_estimate_is_what_was_measured(made):
    dimensions, measures, _ = components(made)

    assert [one["id"] for one in dimensions] == [
        *("WAVE", "INDICATOR", "QUESTION", "ITEM", "CATEGORY"),
        *("STATISTIC", "UNIT_MEASURE", "BREAKDOWN", "DOMAIN"),
    ]
    assert [one["position"] for one in dimensions] == list(range(9))
    assert [one["id"] for one in measures] == ["OBS_VALUE"]


def test_attributes_stand_at_the_level_that_they_tell_of(made):
    _, _, attributes = components(made)
    level = {one["id"]: next(iter(one["attributeRelationship"])) for one in attributes}

    assert {level[one] for one in ("STD_ERR", "N_BASE", "OBS_STATUS", "REVISION")} == {
        "observation"
    }
    assert {level[one] for one in ("SYNTHETIC", "LICENCE", "EDITION")} == {"dataflow"}


@pytest.mark.parametrize(
    ("component", "name", "version", "codes"),
    [
        ("OBS_STATUS", "CL_OBS_STATUS", "2.2", OBS_STATUS),
        ("CONF_STATUS", "CL_CONF_STATUS", "1.2", CONF_STATUS),
    ],
)
def test_statuses_have_the_whole_lists_that_sdmx_maintains(made, component, name, version, codes):
    _, _, attributes = components(made)
    (attribute,) = [one for one in attributes if one["id"] == component]
    (found,) = [one for one in made["codelists"] if one["id"] == name]

    assert attribute["localRepresentation"]["enumeration"].endswith(f"=SDMX:{name}({version})")
    assert (found["agencyID"], found["version"]) == ("SDMX", version)
    assert {one["id"]: one["names"] for one in found["codes"]} == codes


def test_everything_has_a_name_in_every_language(made):
    concepts = made["conceptSchemes"][0]["concepts"]
    codes = [code for one in made["codelists"] for code in one["codes"]]

    assert len(concepts) == 43
    for one in (*made["dataflows"], *made["codelists"], *concepts, *codes):
        assert set(one["names"]) == {"ar", "en"}
        assert all(one["names"].values())
    titles = {one["id"]: one["names"] for one in concepts}
    assert titles["OBS_VALUE"] == {"ar": "التقدير", "en": "Estimate"}


def test_codes_of_groups_stand_within_their_breakdown(made):
    (groups,) = [one for one in made["codelists"] if one["id"].endswith("_DOMAIN")]
    words = {one["id"]: one["names"]["en"] for one in groups["codes"]}

    assert words["governorate$muscat"] == "Muscat"
    assert words["sex@7C@age$male@7C@18-29"] == "Men, 18-29"
    assert "_T" in words


@pytest.mark.parametrize(
    ("written", "version"),
    [("1", "1.0.0"), ("2.1", "2.1.0"), ("1.2.3", "1.2.3"), ("first", "1.0.0")],
)
def test_the_version_is_the_edition_where_that_is_a_number(written, version):
    life = replace(made_report().life_cycle, edition=written)

    (flow,) = message(report=replace(made_report(), life_cycle=life))["data"]["dataflows"]

    assert flow["version"] == version


def test_agency_flow_and_version_can_be_chosen():
    made = message(agency="OM.NCSI", flow="MEDIA", version="3.0.1")["data"]

    (flow,) = made["dataflows"]
    assert flow["structure"].endswith("DataStructure=OM.NCSI:MEDIA(3.0.1)")
    assert {one["agencyID"] for one in made["codelists"]} == {"OM.NCSI", "SDMX"}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("agency", "my office"),
        ("agency", "1st"),
        ("flow", "a|b"),
        ("version", "2"),
        ("version", "x"),
    ],
)
def test_an_option_that_is_no_identifier_is_refused(option, value):
    with pytest.raises(ExportError, match=f"option '{option}'") as caught:
        message(**{option: value})
    assert caught.value.found == repr(value)


def test_a_column_that_is_no_concept_is_refused_with_its_name():
    rows = tuple({**one, "my column": 1} for one in figures())

    with pytest.raises(ExportError, match="'my column'"):
        message(report=replace(made_report(), figures=rows))


def test_a_report_without_figures_has_a_structure_too():
    made = message(report=replace(made_report(), figures=()))["data"]

    empty = {one["id"] for one in made["codelists"] if "codes" not in one}
    assert {f"CL_SOCIAL_MEDIA_2019_{one}" for one in ("WAVE", "DOMAIN", "BASE")} <= empty
