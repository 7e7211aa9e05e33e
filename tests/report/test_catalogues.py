from __future__ import annotations

import ast
import re
from collections import Counter
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path

import pytest

import socialpoll.report
from socialpoll.errors import ReportError
from socialpoll.report.catalogues import (
    catalogue_of,
    compiled,
    languages,
    read_catalogue,
    translated,
)
from socialpoll.report.language import Language
from socialpoll.report.writing import SPECS, parts_of

PACKAGE = Path(socialpoll.report.__file__).parent.parent
ARGUMENTS = ("key", "values", "plural", "count", "context", "rows")
ENTRY = re.compile(r"^(msgctxt .*\n)?msgid .*(\n\".*)*", re.MULTILINE)
WITHOUT_THEIR_NUMBER = {0, 1, 2}
"""The Arabic forms for none, one and two, which are words of their own."""


@pytest.mark.parametrize("tag", languages())
def test_a_message_is_translated_once(tag):
    file = PACKAGE / "report" / "locale" / tag / "LC_MESSAGES" / "socialpoll.po"
    entries = file.read_text(encoding="utf-8").split("\n\n")
    keys = [ENTRY.search(one).group() for one in entries if ENTRY.search(one)]

    assert len(keys) > 500
    assert [one for one, times in Counter(keys).items() if times > 1] == []


def literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) else None


def messages_in_the_code() -> dict[tuple[str, str], str | None]:
    """Return (context, key) to plural of every message written in the package."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "Message":
                continue
            given = dict(zip(ARGUMENTS, node.args, strict=False))
            given |= {one.arg: one.value for one in node.keywords}
            key = literal(given["key"])
            if key is not None:
                found[literal(given.get("context")) or "", key] = literal(given.get("plural"))
    return found


CODE = messages_in_the_code()


def in_catalogue(tag: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (context, key) to its translation, all its plural forms."""
    found = {}
    for one in read_catalogue(tag):
        if one.id:
            key = one.id[0] if isinstance(one.id, tuple) else one.id
            words = one.string if isinstance(one.string, tuple) else (one.string,)
            found[one.context or "", key] = words
    return found


def names_in(text: str) -> list[str]:
    return sorted(name for _, name, _ in parts_of(text) if name is not None)


def test_there_are_two_languages():
    assert languages() == ("ar", "en")


@pytest.mark.parametrize("tag", languages())
def test_every_message_in_the_code_has_its_words(tag):
    words = in_catalogue(tag)

    assert [key for key in CODE if not all(words.get(key, ("",)))] == []


@pytest.mark.parametrize("tag", languages())
def test_no_catalogue_keeps_words_that_nobody_says(tag):
    assert [key for key in in_catalogue(tag) if key not in CODE] == []


@pytest.mark.parametrize("tag", languages())
def test_plurals_are_the_plurals_of_the_code(tag):
    plurals = {
        (one.context or "", one.id[0]): one.id[1]
        for one in read_catalogue(tag)
        if isinstance(one.id, tuple)
    }

    assert plurals == {key: plural for key, plural in CODE.items() if plural is not None}


@pytest.mark.parametrize("tag", languages())
def test_translations_ask_for_the_values_of_their_message_and_no_others(tag):
    for (_, key), words in in_catalogue(tag).items():
        for form, text in enumerate(words):
            wanted, found = names_in(key), names_in(text)
            if len(words) == 6 and form in WITHOUT_THEIR_NUMBER and "number" not in found:
                wanted.remove("number")
            assert found == wanted, text


@pytest.mark.parametrize("tag", languages())
def test_a_list_joined_by_or_is_so_in_every_language(tag):
    for (_, key), words in in_catalogue(tag).items():
        alternatives = [name for _, name, spec in parts_of(key) if spec == "or"]
        for text in words:
            assert [name for _, name, spec in parts_of(text) if spec == "or"] == alternatives
            assert {spec for _, _, spec in parts_of(text)} <= set(SPECS)


def test_arabic_has_six_plural_forms_and_each_is_there():
    assert read_catalogue("ar").num_plurals == 6
    for (_, key), words in in_catalogue("ar").items():
        if CODE[_, key] is not None:
            assert len(words) == 6
            assert all(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "لا مستجيبين"),
        (1, "مستجيب واحد"),
        (2, "مستجيبان"),
        (3, "{number} مستجيبين"),
        (10, "{number} مستجيبين"),
        (11, "{number} مستجيباً"),
        (99, "{number} مستجيباً"),
        (100, "{number} مستجيب"),
        (102, "{number} مستجيب"),
        (103, "{number} مستجيبين"),
        (2341, "{number} مستجيباً"),
        (2500, "{number} مستجيب"),
    ],
)
def test_arabic_nouns_are_counted_as_arabs_count(number, words):
    key, plural = "{number} respondent", "{number} respondents"

    assert translated("ar", key, plural=plural, number=number) == words


def test_the_plural_rule_of_the_arabic_catalogue_is_that_of_cldr():
    forms = ["zero", "one", "two", "few", "many", "other"]
    rule = catalogue_of("ar").plural
    locale = Language("ar").locale

    assert [forms[rule(number)] for number in range(400)] == [
        locale.plural_form(number) for number in range(400)
    ]


@pytest.mark.parametrize("tag", languages())
def test_compiled_catalogues_are_those_that_the_translators_wrote(tag):
    kept = catalogue_of(tag)._catalog
    anew = GNUTranslations(BytesIO(compiled(tag)))._catalog

    # The header names the program that compiled it.
    assert {**kept, "": ""} == {**anew, "": ""}


@pytest.mark.parametrize("tag", languages())
def test_no_translation_is_doubtful(tag):
    assert [one.id for one in read_catalogue(tag) if one.id and one.fuzzy] == []


def test_a_sign_stands_before_its_number_among_arabic_words_too():
    signed = [one for words in in_catalogue("ar").values() for one in words if "±" in one]

    # Without the mark, the sign would be drawn behind the number, and parted from it by a line.
    assert len(signed) == 3
    assert all(one.count("±") == one.count("\u200e±{") for one in signed)


def test_arabic_catalogue_speaks_arabic():
    wordless = re.compile(r"[\W\d_]*")
    for (_, key), words in in_catalogue("ar").items():
        for text in words:
            outside = "".join(before for before, _, _ in parts_of(text))
            plain = re.sub(r"\[[a-z]\]", "", outside)
            assert not re.search("[A-Za-z]", plain), key
            assert wordless.fullmatch(plain) or re.search("[\u0600-\u06ff]", plain)


def test_words_of_the_glossary_are_used_for_its_things():
    glossary = {
        "Key findings": "أبرز النتائج",
        "Who we are": "من نحن",
        "Methodology": "المنهجية",
        "Sponsor": "الجهة الراعية",
        "Publisher": "الجهة الناشرة",
        "Target population": "المجتمع المستهدف",
        "Sampling frame": "إطار المعاينة",
        "Sample size": "حجم العينة",
        "Response rate": "معدل الاستجابة",
        "Margin of error": "هامش الخطأ",
        "Design effect": "أثر التصميم",
        "Weighting variables": "متغيرات الترجيح",
        "Unweighted base": "القاعدة غير المرجّحة",
        "Confidence interval": "فترة الثقة",
        "Limitations": "حدود الاستطلاع",
        "Next release": "الإصدار القادم",
        "Release date": "تاريخ النشر",
        "not reported": "غير مذكور",
        "provisional": "أولي",
        "revised": "منقّح",
        "Synthetic data": "بيانات اصطناعية",
        "Contents": "المحتويات",
        "Page": "صفحة",
        "Table": "جدول",
        "Figure": "شكل",
        "Source": "المصدر",
        "Note": "ملاحظة",
    }

    assert {key: translated("ar", key) for key in glossary} == glossary


def test_a_country_speaks_its_language():
    assert translated("ar-OM", "Contents") == "المحتويات"


def test_an_empty_message_says_nothing():
    assert translated("ar", "") == ""


def test_a_language_without_a_catalogue_is_refused_with_those_that_have_one():
    with pytest.raises(ReportError, match="no message catalogue") as caught:
        translated("fr", "Contents")

    assert caught.value.found == "'fr'"
    assert "ar, en" in caught.value.allowed
