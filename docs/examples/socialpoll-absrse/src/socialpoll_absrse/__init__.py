"""Figures marked as the Australian Bureau of Statistics marks them: a rule for socialpoll.

What is said of plugins in general stands in ``socialpoll_markdown``. This one shows a reliability
rule: a callable of one row with a ``name``, which answers with a verdict and the footnotes that go
with it. It registers two records of one class, since a poll file asks for rules by name alone.

References
----------
Australian Bureau of Statistics (2014), *Australian Aboriginal and Torres Strait Islander Health
Survey: Physical activity, 2012-13*, catalogue 4727.0.55.004, Technical Note 1, "Reliability of the
estimates": estimates with relative standard errors of less than 25% are considered sufficiently
reliable for most purposes; from 25% to 50% they are annotated to be used with caution, above 50% as
too unreliable for general use.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from socialpoll import Ruling, hookimpl
from socialpoll.disclosure import ReliabilityRule
from socialpoll.disclosure.rules import number_in

__all__ = ["CAUTION", "UNKNOWN", "UNRELIABLE", "AbsRse", "socialpoll_reliability_rules"]

CAUTION, UNRELIABLE, UNKNOWN = "caution", "unreliable", "unknown"
FOOTNOTES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        CAUTION: {
            "en": "relative standard error of 25% to 50%: to be used with caution",
            "ar": "الخطأ المعياري النسبي بين 25 و50 بالمائة: يُستخدم الرقم بحذر",
        },
        UNRELIABLE: {
            "en": "relative standard error above 50%: too unreliable for general use",
            "ar": "الخطأ المعياري النسبي يتجاوز 50 بالمائة: لا يصلح الرقم للاستخدام العام",
        },
        UNKNOWN: {
            "en": "marked because its relative standard error is not known",
            "ar": "وُسم الرقم لأن خطأه المعياري النسبي غير معروف",
        },
    }
)
WITHOUT_NATURAL_ZERO = ("circular_mean", "concentration")
"""Statistics of which a relative error says nothing; nor does it of mean scores."""
FROM, ABOVE = 0.25, 0.50


@dataclass(frozen=True, kw_only=True)
class AbsRse:
    """Relative standard errors of less than 25%, from there to 50%, and above.

    Parameters
    ----------
    hide : bool
        Whether figures too unreliable for general use are suppressed. The Bureau shows them, with
        their annotation.

    Examples
    --------
    >>> row = {"statistic": "share", "unit": "share"}
    >>> [AbsRse()({**row, "cv": cv}).footnotes for cv in (0.249, 0.25, 0.5, 0.501)]
    [(), ('caution',), ('caution',), ('unreliable',)]
    """

    hide: bool = False

    @property
    def name(self) -> str:
        """The name by which poll files ask for it: ``abs_rse``, or ``abs_rse_hiding``."""
        return "abs_rse_hiding" if self.hide else "abs_rse"

    @property
    def footnotes(self) -> Mapping[str, Mapping[str, str]]:
        """What is told of a figure that is marked."""
        return FOOTNOTES

    def __call__(self, row: Mapping[str, object], /) -> Ruling:
        """Judge one row by its relative standard error."""
        if row["statistic"] in WITHOUT_NATURAL_ZERO or row["unit"] == "score":
            return Ruling("publish")
        error = number_in(row, "cv")
        if math.isnan(error):
            return Ruling("flag", (UNKNOWN,))
        if error > ABOVE:
            return Ruling("suppress") if self.hide else Ruling("flag", (UNRELIABLE,))
        return Ruling("flag", (CAUTION,)) if error >= FROM else Ruling("publish")


@hookimpl
def socialpoll_reliability_rules() -> list[ReliabilityRule]:
    """Return the rules of this plugin: as the Bureau has it, and one that hides."""
    return [AbsRse(), AbsRse(hide=True)]
