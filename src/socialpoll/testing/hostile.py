"""Words that are made to break a document, a page, a table or a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count

from socialpoll.report import (
    Chart,
    Column,
    Figure,
    Point,
    Publisher,
    Report,
    Row,
    Said,
    Section,
    Series,
    Table,
    Text,
)

__all__ = ["HOSTILE", "LONG", "RAN", "put_into"]

LONG = "word " * 1000
RAN = "document.documentElement.dataset.ran=1"
"""What a page does with itself where words of it are run."""
HOSTILE = (
    "A & B < C > D \"E\" 'F'",
    "</w:t></w:r><script>alert(1)</script><!--",
    "{{ title }} {% for a in b %} {# c #} {_{ d }_}",
    '=cmd|" /C calc"!A0',
    "@SUM(1+1)*cmd",
    "-2+3",
    "\u202eevil\u202c \u2066open",
    "a\x00b\x0bc\x1fd\x7fe\x85f \ufdd0 \ufdd1 \ue000",
    "tab\tnewline\nreturn\r\nend",
    LONG,
    "👩‍👩‍👧 🇴🇲 ﷽ Zalgo̷̴͜",
    "$\\frac{1}{0}$ %s %(a)s {0} \\n",
    "&amp; &#x41; &lt;b&gt;",
    "javascript:alert(1) http://example.org/?a=1&b=2",
    "]]> <![CDATA[ x ]]>",
    " \u200b ",
    f'"><img src=x onerror="{RAN}"><svg onload="{RAN}"><script>{RAN}</script>',
    "+1-1",
)
TAME = ("plain words",)


def put_into(report: Report, *, hostile: bool) -> tuple[Report, list[str]]:
    """Return a report with such words in all its places, or with tame ones, and their marks.

    Parameters
    ----------
    report : Report
        Its sections make room for one that is full of them.
    hostile : bool

    Returns
    -------
    report : Report
    marks : list of str
        Words of plain letters, each behind one of the texts: where one is lost, the text was cut.
    """
    texts = _Texts(HOSTILE if hostile else TAME)
    changed = replace(
        report,
        title=texts.words(),
        subtitle=texts.words(),
        publisher=Publisher(
            name=texts.words(), about=texts.words(), contact=texts.next(), website=texts.next()
        ),
        life_cycle=replace(report.life_cycle, licence=texts.words(), supersedes=texts.next()),
        sections=(_headlines(texts), _findings(texts)),
        labels={key: _labels(texts, codes) for key, codes in report.labels.items()},
    )
    return changed, texts.marks


class _Texts:
    """Gives one text after the other, each with its mark."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.marks: list[str] = []
        self._words = words
        self._numbers: Iterator[int] = count()

    def next(self) -> str:
        """Return the next text."""
        number = next(self._numbers)
        self.marks.append(f"Zq{number}z")
        return f"{self._words[number % len(self._words)]} {self.marks[-1]}"

    def words(self) -> dict[str, str]:
        """Return the next text in both languages."""
        text = self.next()
        return {"en": text, "ar": f"كلمات {text}"}

    def said(self) -> Said:
        """Return it as a phrase."""
        return Said(self.words())


def _labels(texts: _Texts, codes: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    return {code: texts.words() for code in codes}


def _headlines(texts: _Texts) -> Section:
    several = tuple(texts.said() for _ in HOSTILE)
    bullets = (Text(part, "bullet") for part in (several[::3], several[1::3], several[2::3]))
    return Section("headlines", texts.said(), (Text((texts.said(),), "lead"), *bullets))


def _findings(texts: _Texts) -> Section:
    share = Figure(0.5, "percent", 1)
    labels = [texts.said() for _ in HOSTILE]
    rows = tuple(Row((label, share)) for label in labels)
    table = Table(
        title=texts.said(),
        columns=(Column("a", texts.said(), "label"), Column("b", texts.said())),
        rows=(Row((texts.said(),), "group"), *rows),
        notes=(texts.said(),),
    )
    # What a chart has to shorten stands in its table; bars of one series have no heading.
    points = tuple(Point(label, share) for label in labels[:3])
    chart = Chart(
        kind="bars",
        name="hostile",
        title=texts.said(),
        series=(Series(Said({"und": ""}), points),),
        caption=texts.said(),
        alt=texts.said(),
    )
    return Section("indicator", texts.said(), (Text((texts.said(),)), table, chart), "account")
