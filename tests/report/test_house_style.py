from __future__ import annotations

from dataclasses import replace

import pytest

import socialpoll as sp
from socialpoll.errors import ReportError
from socialpoll.report import report_from_json, report_to_json
from tests.report.handmade import composed, yes_no
from tests.report.pictured import png


def refusal(**fields) -> ReportError:
    with pytest.raises(ReportError) as caught:
        sp.HouseStyle(**fields)
    return caught.value


def test_the_house_style_that_nobody_chose_can_be_read():
    style = sp.HouseStyle()

    assert style.contrast["primary"] >= 4.5
    assert style.contrast["accent"] >= 3


def test_a_pale_colour_is_refused_with_its_contrast_and_one_that_would_do():
    error = refusal(primary="#28A197")

    assert error.where == "HouseStyle.primary"
    assert error.found == "'#28A197', a contrast of 3.16"
    assert error.allowed == "a contrast of 4.5 or more, as '#21847C' has"
    assert sp.HouseStyle(primary="#21847C").contrast["primary"] >= 4.5


def test_marks_need_less_contrast_than_words():
    assert sp.HouseStyle(accent="#28A197").accent == "#28A197"
    assert refusal(accent="#F9A87C").where == "HouseStyle.accent"


@pytest.mark.parametrize("colour", ["red", "#123", "12436D", "#12436G", "", "#12436D "])
def test_what_is_no_colour_is_refused(colour):
    error = refusal(accent=colour)

    assert (error.what, error.found) == ("this is no colour", repr(colour))


@pytest.mark.parametrize("font", ["", "  ", "A" * 32, "Ari\nal"])
def test_what_is_no_name_of_a_font_is_refused(font):
    assert refusal(arabic_font=font).where == "HouseStyle.arabic_font"


def test_everything_that_is_wrong_is_told_at_once():
    error = refusal(primary="blue", accent="#FFFFFF", latin_font="")

    assert [one.where for one in error.problems] == [
        "HouseStyle.primary",
        "HouseStyle.accent",
        "HouseStyle.latin_font",
    ]


def test_a_report_keeps_its_style_and_logo_in_json():
    logo = sp.Image(content=png(), alt={"en": "The centre", "ar": "المركز"})
    report = replace(composed(yes_no(0.9)), style=sp.HouseStyle(primary="#5B2A86", logo=logo))

    again = report_from_json(report_to_json(report))

    assert again == report
    assert again.style.logo.content == png()


def test_a_report_that_was_written_before_there_were_styles_has_the_usual_one():
    assert '"HouseStyle"' not in report_to_json(composed(yes_no(0.9)))
    assert report_from_json(report_to_json(composed(yes_no(0.9)))).style == sp.HouseStyle()
