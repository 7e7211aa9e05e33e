from __future__ import annotations

import datetime as dt
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, strategies as st

from socialpoll.errors import ReportError
from socialpoll.report.language import RIGHT_TO_LEFT, Language, direction_of

LTR_MARK = "\u200e"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("ar", "rtl"),
        ("ar-OM", "rtl"),
        ("ar_OM", "rtl"),
        ("fa", "rtl"),
        ("ur-PK", "rtl"),
        ("he", "rtl"),
        ("dv", "rtl"),
        ("ckb", "rtl"),
        ("az-Arab", "rtl"),
        ("az-IR", "rtl"),
        ("pa-PK", "rtl"),
        ("pa", "ltr"),
        ("az", "ltr"),
        ("ar-Latn", "ltr"),
        ("en", "ltr"),
        ("zz", "ltr"),
        ("en-x-arab", "ltr"),
        ("ar-OM-u-nu-latn", "rtl"),
    ],
)
def test_the_script_of_a_tag_decides_its_direction_else_the_likely_one(tag, direction):
    assert direction_of(tag) == direction


def test_the_scripts_that_run_to_the_left_are_written_with_such_letters():
    samples = {"Arab": "ع", "Hebr": "א", "Syrc": "ܐ", "Thaa": "ހ", "Nkoo": "ߊ", "Adlm": "𞤀"}

    assert set(samples) <= RIGHT_TO_LEFT
    assert {unicodedata.bidirectional(one) for one in samples.values()} <= {"R", "AL"}


@pytest.mark.parametrize("tag", ["", "e", "en us", "../en", "en-"])
def test_what_is_no_tag_is_refused(tag):
    with pytest.raises(ReportError, match="not the tag of a language"):
        direction_of(tag)


@given(value=st.decimals(-(10**9), 10**9, places=4), decimals=st.integers(0, 3))
def test_numbers_are_rounded_half_away_from_zero_and_grouped(value, decimals):
    written = Language("en").number(value, decimals)

    expected = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    assert Decimal(written.replace(",", "")) == expected
    assert written == f"{expected or abs(expected):,.{decimals}f}"


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 2))
def test_arabic_digits_say_the_same_number(value, decimals):
    latin, arabic = Language("ar"), Language("ar", "arab")

    digits = str.maketrans("٠١٢٣٤٥٦٧٨٩٫٬", "0123456789.,")
    same = arabic.number(value, decimals).translate(digits)
    assert same == latin.number(value, decimals).replace(LTR_MARK, "")


def test_there_is_no_negative_zero():
    assert Language("en").number(-0.04, 1) == "0.0"


def test_a_number_is_judged_by_the_decimals_it_is_written_with():
    assert Language("en").number(2.675, 2) == "2.68"
    assert Language("en").percent(0.285) == "29%"


def test_latin_digits_are_the_default_in_arabic_whatever_the_country():
    assert Language("ar").number(1234.5, 1) == "1,234.5"
    assert Language("ar-OM").number(1234.5, 1) == "1,234.5"
    assert Language("ar-OM").date(dt.date(2019, 3, 3)) == "3 مارس 2019"


def test_arabic_digits_never_meet_the_signs_of_another_system():
    arabic = Language("ar", "arab")

    assert arabic.number(1234567.8, 1) == "١٬٢٣٤٬٥٦٧٫٨"
    assert arabic.percent(0.934, 1) == "٩٣٫٤٪"
    assert arabic.date(dt.date(2019, 3, 3)) == "٣ مارس ٢٠١٩"


def test_arabic_digits_are_for_languages_that_run_to_the_left_only():
    assert Language("en", "arab").number(12) == "12"


def test_marks_keep_a_percent_sign_beside_latin_digits_in_arabic():
    assert Language("ar").percent(0.934, 1) == f"93.4{LTR_MARK}%{LTR_MARK}"
    assert Language("en").percent(0.934, 1) == "93.4%"


def test_a_minus_sign_stands_before_its_latin_digits_in_arabic():
    assert Language("ar").number(-5) == f"{LTR_MARK}-5"


def test_the_arabic_conjunction_is_written_without_a_space():
    assert Language("ar").join(["واتساب", "يوتيوب", "إنستغرام"]) == "واتساب ويوتيوب وإنستغرام"
    assert Language("ar").join(["نعم", "ربما"], style="or") == "نعم أو ربما"


def test_english_is_that_of_the_world():
    assert Language("en").date(dt.date(2019, 3, 3)) == "3 March 2019"
    assert Language("en").join(["a", "b", "c"]) == "a, b and c"


def test_a_moment_is_written_with_its_time_and_offset():
    zone = dt.timezone(dt.timedelta(hours=4))
    moment = dt.datetime(2019, 4, 28, 10, 30, tzinfo=zone)

    assert Language("en").date(moment) == "28 April 2019 10:30 (UTC+04:00)"
    assert Language("en").date(moment.replace(tzinfo=None)) == "28 April 2019 10:30"


def test_languages_are_named_in_each_other():
    assert Language("en").name_of("ar") == "Arabic"
    assert Language("ar").name_of("en") == "الإنجليزية"
    assert Language("en").name_of("zz") == "zz"


@given(number=st.integers(0, 10_000), tag=st.sampled_from(["ar", "en", "fr"]))
def test_a_whole_number_counts_as_itself(number, tag):
    language = Language(tag)

    assert language.locale.plural_form(language.counted(number)) == language.locale.plural_form(
        number
    )


@pytest.mark.parametrize(
    ("tag", "value", "decimals", "form"),
    [
        ("en", 1, 0, "one"),
        ("en", 1.0, 1, "other"),
        ("ar", 6.0, 1, "few"),
        ("ar", 2.5, 1, "other"),
        ("ar", -11, 0, "many"),
    ],
)
def test_decimals_count_with_the_plural_that_they_take(tag, value, decimals, form):
    language = Language(tag)

    assert language.locale.plural_form(language.counted(value, decimals)) == form


def test_a_language_that_nobody_has_data_for_still_writes_numbers():
    assert Language("zz").percent(0.5) == "50%"
    assert Language("zz").join(["a", "b"]) == "a, b"
