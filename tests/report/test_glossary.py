"""The Arabic catalogue calls the field's things by the words of the glossary, and no others."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

import pytest

from socialpoll.demo import POLL_FILE
from tests.report.sheet import lines_of
from tests.report.test_catalogues import in_catalogue

BRACES = re.compile(r"\{[^}]*\}")
ASKED = POLL_FILE.with_name("questionnaire.toml")
WORDS = in_catalogue("ar")
GLOSSARY = {
    r"opinion poll|\bpoll\b": "استطلاع",
    r"questionnaire": "استمار[ةت]",
    r"\bquestions?\b": "سؤال|أسئلة|«{question}»|«{block}»",
    r"\brespondents?\b": "مستجيب|من طُرح|بنصف|لم يُطرح",
    r"\bsample\b": "عينة|عينات",
    r"sample size": "حجم العينة",
    r"sampling frame": "إطار المعاينة",
    r"target population": "المجتمع المستهدف",
    r"population figures": "أرقام المجتمع المستهدف",
    r"^fieldwork|the fieldwork\b(?! that)": "جُمعت البيانات|جمع البيانات",
    r"data collection": "جمع البيانات",
    r"margin of error": "هامش الخطأ",
    r"confidence level": "مستوى (ال)?ثقة",
    r"confidence intervals?": "فتر(ة|ات) الثقة",
    r"standard errors?": "الخطأ المعياري|الأخطاء المعيارية",
    r"design effect": "أثر التصميم",
    r"effective sample size": "حجم العينة الفعال",
    r"effective bases?": "القاعدة الفعالة",
    r"\bweights\b": "أوزان",
    r"weighting variables": "متغيرات الترجيح",
    r"(?<!un)\bweighted\b": "مرجّح|رُجّح",
    r"unweighted": "غير مرجّح|غير المرجّحة|دون ترجيح",
    r"unweighted base": "القاعدة غير المرجّحة",
    r"\bbases?\b(?! weight)": "القاعدة|القواعد|للقاعدة",
    r"\bestimates?\b": "تقدير",
    r"percentages?(?! point)": "نسب|النسب",
    r"per cent": "بالمائة",
    r"percentage points?": "(نقطة|نقاط) مئوية|نقطتان مئويتان|نقطتين مئويتين",
    r"(?<!lines )\bmeans?\b(?! later)": "متوسط|الأعلى هو",
    r"\bmedian\b": "[وا]?ل?وسيط",
    r"^total|: total|the total\b": "الإجمالي|إجماليات",
    r"\bindicator\b": "مؤشر",
    r"^findings$": "النتائج",
    r"key findings": "أبرز النتائج",
    r"the poll found that": "أشارت نتائج الاستطلاع إلى أن",
    r"higher for": "مقارنةً ب(فئة|ما يأتي|بقية|الإجمالي)",
    r" against ": "مقابل|مقارنةً",
    r"statistically significant difference": "(فرق|فروق|الفرق) ذ(و|ات) دلالة إحصائية",
    r"there is no statistically significant difference": "لا يوجد فرق ذو دلالة إحصائية",
    r"significant change": "(تغيّر|ارتفاع|انخفاض|تأخّر|تبكير) ذ[وي] دلالة|ذات الدلالة",
    r"significance": "الدلالة الإحصائية",
    r"busiest times?": "أكثر الأوقات استخداماً|الوقت الأكثر استخداماً",
    r"don't know": "لا أعرف",
    r"^refused": "رفض الإجابة",
    r"^not asked": "لم يُطرح السؤال",
    r"not available": "غير متاح",
    r"suppressed": "محجوب|ح.?جب",
    r"low reliability": "منخفضة? الموثوقية|المنخفضة الموثوقية",
    r"\bwaves?\b": "دور[ةا]",
    r"\bchanges?\b(?! (the|his))": "تغيّر|ارتفاع|انخفاض|تأخّر|تبكير",
    r"^methodology": "المنهجية",
    r"^limitations": "حدود الاستطلاع",
    r"response rate": "معدل الاستجابة",
    r"^publisher": "الجهة الناشرة",
    r"who we are": "من نحن",
    r"^sponsor": "الجهة الراعية",
    r"not reported": "غير مذكور",
    r"^source\b": "المصدر",
    r"^note$": "ملاحظة",
    r"^table\b": "جدول",
    r"^figure\b(?!s)": "شكل",
    r"^contents": "المحتويات",
    r"^page\b": "صفحة",
    r"release date": "تاريخ النشر",
    r"next release": "الإصدار القادم",
    r"provisional": "أولي",
    r"revised": "ن.?قّح",
    r"synthetic": "اصطناعية",
    r": reach$|potential reach": "نسبة الوصول|نسبة وصول محتملة",
}
"""English terms of the glossary, as patterns, and the Arabic that messages with them must have."""
NEVER = {
    "round": "جولة|الجولات|موجة",
    "respondents": "مبحوث|المجيبين",
    "questionnaire": "استبيان|استبانة",
    "per cent": "في المئة|بالمئة|في المائة",
    "data collection": "العمل الميداني",
    "margin of error": "حد الخطأ|نسبة الخطأ",
    "confidence interval": "مجال الثقة|نطاق الثقة",
    "target population": "أعداد السكان|مجتمع الدراسة",
}
"""Other words for things of the glossary, which readers would take for other things."""


@pytest.mark.parametrize("term", GLOSSARY)
def test_a_thing_of_the_glossary_is_called_by_its_word(term):
    said = {
        key: words
        for (_, key), words in WORDS.items()
        if re.search(term, BRACES.sub("", key), re.IGNORECASE)
    }

    assert said
    assert [
        (key, text)
        for key, words in said.items()
        for text in words
        if not re.search(GLOSSARY[term], text)
    ] == []


@pytest.mark.parametrize("thing", NEVER)
def test_a_thing_of_the_glossary_is_never_called_otherwise(thing):
    texts = [text for words in WORDS.values() for text in words]

    assert [text for text in texts if re.search(NEVER[thing], text)] == []


LABELS = {
    "males": "الذكور",
    "females": "الإناث",
    "sex": "النوع",
    "age group": "الفئة العمرية",
    "governorate": "المحافظة",
    "education level": "المستوى التعليمي",
    "below secondary": "أقل من الثانوي",
    "secondary": "ثانوي",
    "above secondary": "أعلى من الثانوي",
    "don't know": "لا أعرف",
    "telephone interviews": "المقابلات الهاتفية",
}


@pytest.mark.parametrize("term", LABELS)
def test_the_bundled_poll_uses_the_words_of_the_glossary(term):
    texts = list(texts_in(tomllib.loads(ASKED.read_text(encoding="utf-8"))))

    assert {arabic for english, arabic in texts if english.lower() == term} == {LABELS[term]}


def texts_in(value: object) -> Iterator[tuple[str, str]]:
    """Yield the English and the Arabic words of every text in a file."""
    if isinstance(value, dict):
        if isinstance(value.get("en"), str) and isinstance(value.get("ar"), str):
            yield value["en"], value["ar"]
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def test_a_sentence_says_per_cent_and_headings_and_marks_of_charts_alone_have_the_sign():
    with_sign = {
        key: line
        for (_, key), words in WORDS.items()
        if len(words) == 1
        for line in lines_of(key, None, "", "ar")
        if "%" in line
    }

    assert set(with_sign) == {
        "{level} confidence interval",
        "{level} confidence interval (%)",
        "{label} {figure}",
        "{label} {figure} (significantly higher)",
        "{label} {figure} (significantly lower)",
        "{label}: {figure}",
    }
