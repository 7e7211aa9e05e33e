"""What a language knows by itself: direction, numbers, dates and lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, cached_property, lru_cache
from typing import Literal, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import NumberPattern, parse_pattern

from socialpoll.errors import ReportError
from socialpoll.schema.clock import DAY, clock_time

__all__ = ["Digits", "Direction", "Language", "direction_of", "hundredfold", "locale_of", "rounded"]

Digits: TypeAlias = Literal["latn", "arab"]
Direction: TypeAlias = Literal["ltr", "rtl"]

TAG = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
ARABIC_LETTER_MARK = "\u061c"
WORLD = {"en": "en_001"}
"""English without a territory is that of the world, not that of the United States."""
COUNTED_UP_TO = 201
NUMBERS_KEPT = 2**14
RIGHT_TO_LEFT = frozenset(
    [
        *("Adlm", "Arab", "Aran", "Armi", "Avst", "Chrs", "Cprt", "Elym", "Gara"),
        *("Hatr", "Hebr", "Hung", "Khar", "Lydi", "Mand", "Mani", "Mend", "Merc"),
        *("Mero", "Narb", "Nbat", "Nkoo", "Orkh", "Ougr", "Palm", "Phli", "Phlp"),
        *("Phlv", "Phnx", "Prti", "Rohg", "Samr", "Sarb", "Sogd", "Sogo", "Syrc"),
        *("Syre", "Syrj", "Syrn", "Thaa", "Todr", "Yezi"),
    ]
)
"""Scripts that run to the left (Unicode 16, property ``Bidi_Class``), as ISO 15924 codes."""


@cache
def direction_of(tag: str) -> Direction:
    """Return the direction in which a language is written.

    Parameters
    ----------
    tag : str
        BCP 47 tag, of any language: a script in the tag decides, else the one that CLDR holds
        likely for it.

    Returns
    -------
    {"ltr", "rtl"}

    Examples
    --------
    >>> direction_of("ar"), direction_of("dv"), direction_of("ar-Latn"), direction_of("pa-PK")
    ('rtl', 'rtl', 'ltr', 'rtl')
    """
    language, script, territory = _parts(tag)
    if not script:
        likely = get_global("likely_subtags")
        found = likely.get(f"{language}_{territory}") or likely.get(language) or ""
        script = next((part for part in found.split("_") if len(part) == 4), "")  # noqa: PLR2004
    return "rtl" if script in RIGHT_TO_LEFT else "ltr"


@cache
def locale_of(tag: str) -> Locale:
    """Return the conventions of a language: the nearest that CLDR has, else of no language."""
    language, script, territory = _parts(tag)
    several = ([language, script, territory], [language, script], [language, territory], [language])
    for parts in several:
        name = "_".join(filter(None, parts))
        try:
            return Locale.parse(WORLD.get(name, name))
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("root")


def _parts(tag: str) -> tuple[str, str, str]:
    """Split a tag into language, script and territory, whatever else it says."""
    if not TAG.fullmatch(tag):
        raise ReportError(
            "this is not the tag of a language",
            where="languages",
            found=repr(tag),
            allowed="a BCP 47 tag, such as 'ar', 'en' or 'ar-OM'",
        )
    first, *others = re.split("[-_]", tag)
    script = territory = ""
    for part in others:
        if len(part) == 1:
            break
        if not script and not territory and re.fullmatch("[A-Za-z]{4}", part):
            script = part.title()
        elif not territory and re.fullmatch("[A-Za-z]{2}|[0-9]{3}", part):
            territory = part.upper()
    return first.lower(), script, territory


@dataclass(frozen=True)
class Language:
    """A language, and how it writes what is not words.

    Parameters
    ----------
    tag : str
        BCP 47.
    digits : {"latn", "arab"}
        Numbering system of languages in Arabic script; others write Latin digits.
    """

    tag: str
    digits: Digits = "latn"

    @property
    def direction(self) -> Direction:
        """Which way it runs."""
        return direction_of(self.tag)

    @cached_property
    def locale(self) -> Locale:
        """Its conventions in CLDR."""
        return locale_of(self.tag)

    @property
    def system(self) -> Digits:
        """The numbering system in use."""
        return self.digits if self.direction == "rtl" else "latn"

    def number(self, value: float | Decimal, decimals: int = 0) -> str:
        """Write a number, rounded half away from zero, its thousands grouped.

        Examples
        --------
        >>> Language("ar").number(1234.5, 1), Language("ar", "arab").number(1234.5, 1)
        ('1,234.5', '١٬٢٣٤٫٥')
        """
        return _number(self, value, decimals)

    def percent(self, share: float | Decimal, decimals: int = 0) -> str:
        """Write a share from 0 to 1 as a percentage.

        Between Latin digits and Arabic words the sign stands between left-to-right marks, as CLDR
        has it, so that it stays on the right of its number.

        Examples
        --------
        >>> Language("en").percent(0.934, 1), Language("ar", "arab").percent(0.934, 1)
        ('93.4%', '٩٣٫٤٪')
        """
        return _percent(self, share, decimals)

    def date(self, date: dt.date) -> str:
        """Write a date in full; a moment with its time of day and offset.

        Examples
        --------
        >>> Language("en").date(dt.date(2019, 3, 3)), Language("ar").date(dt.date(2019, 3, 3))
        ('3 March 2019', '3 مارس 2019')
        """
        written = self.in_digits(format_date(date, "long", locale=self.locale))
        if not isinstance(date, dt.datetime):
            return written
        offset = date.strftime("%z")
        zone = f" (UTC{offset[:3]}:{offset[3:5]})" if offset else ""
        return f"{written} {self.in_digits(date.strftime('%H:%M') + zone)}"

    def time(self, minutes: float) -> str:
        """Write minutes after midnight as a time of the 24-hour clock; the end of a day is 24:00.

        Examples
        --------
        >>> Language("en").time(1290), Language("ar", "arab").time(65), Language("en").time(1439.7)
        ('21:30', '٠١:٠٥', '00:00')
        """
        whole = DAY if minutes == DAY else int(rounded(minutes, 0)) % DAY
        return self.in_digits(clock_time(whole))

    def join(self, words: Sequence[str], *, style: Literal["standard", "or"] = "standard") -> str:
        """Join words as the language joins the parts of a list.

        Examples
        --------
        >>> Language("ar").join(["واتساب", "يوتيوب", "إنستغرام"])
        'واتساب ويوتيوب وإنستغرام'
        >>> Language("en").join(["WhatsApp", "YouTube"], style="or")
        'WhatsApp or YouTube'
        """
        return str(format_list(list(words), style, locale=self.locale))

    def name_of(self, tag: str) -> str:
        """Return the name of another language in this one; its tag where nobody knows it."""
        named = locale_of(tag)
        return named.get_language_name(self.locale) or tag

    def counted(self, value: float, decimals: int = 0) -> int:
        """Return a whole number that takes the same plural as a number with its decimals.

        gettext counts in whole numbers only, while 1.0 takes the plural in English, and 2.5 a
        plural of its own in Arabic (CLDR plural rules).

        Examples
        --------
        >>> (
        ...     Language("ar").counted(6.0, 1),
        ...     Language("ar").counted(2.5, 1),
        ...     Language("en").counted(1),
        ... )
        (6, 100, 1)
        """
        shown = abs(rounded(value, decimals))
        form = self.locale.plural_form(shown)
        whole = int(shown)
        if self.locale.plural_form(whole) == form:
            return whole
        alike = (one for one in range(COUNTED_UP_TO) if self.locale.plural_form(one) == form)
        return next(alike, whole)

    def in_digits(self, written: str) -> str:
        """Return words with their Latin digits as those of the numbering system.

        Examples
        --------
        >>> Language("ar", "arab").in_digits("الصف 0")
        'الصف ٠'
        """
        return written.translate(ARABIC_DIGITS) if self.system == "arab" else written

    def symbol(self, name: str, default: str) -> str:
        """Return a symbol of the numbering system.

        It goes without the Arabic letter mark, for which most fonts have no glyph: between
        Arabic-Indic digits and Arabic words it changes nothing.
        """
        known = self.locale.number_symbols
        symbols = known.get(self.system, known.get("latn", {}))
        return str(symbols.get(name, default)).replace(ARABIC_LETTER_MARK, "")


# A report has few numbers that differ, and many that do not.
@lru_cache(maxsize=NUMBERS_KEPT)
def _number(language: Language, value: float | Decimal, decimals: int) -> str:
    exact = rounded(value, decimals)
    shape: NumberPattern = parse_pattern(language.locale.decimal_formats[None].pattern)
    shape.frac_prec = (decimals, decimals)
    written = shape.apply(abs(exact), language.locale, numbering_system=language.system)
    sign = language.symbol("minusSign", "-") if exact < 0 else ""
    return sign + language.in_digits(written)


@lru_cache(maxsize=NUMBERS_KEPT)
def _percent(language: Language, share: float | Decimal, decimals: int) -> str:
    pattern = language.locale.percent_formats[None]
    sign = language.symbol("percentSign", "%")
    before, after = (str(part[0]) for part in (pattern.prefix, pattern.suffix))
    written = language.number(hundredfold(share), decimals)
    return before.replace("%", sign) + written + after.replace("%", sign)


def hundredfold(share: float | Decimal) -> Decimal:
    """Return a share as a percentage, exactly, judged by the decimals it is written with."""
    return _exact(share).scaleb(2)


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Round half away from zero on decimals; there is no negative zero."""
    exact = _exact(value).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(exact) if exact.is_zero() else exact


def _exact(value: float | Decimal) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(repr(float(value)))
