"""Why a figure is there, or is not: the statistical code lists of SDMX and our use of them.

The code lists are the cross-domain ones of SDMX, complete: ``CL_OBS_STATUS`` 2.2 (2021) and
``CL_CONF_STATUS`` 1.2 (2018). Neither has a code for a revised figure, so that is told by the
shorthand alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

__all__ = [
    "CONF_STATUS",
    "CONF_STATUS_VERSION",
    "FIXED",
    "LOW_RELIABILITY",
    "NEW",
    "OBS_STATUS",
    "OBS_STATUS_VERSION",
    "REVISED",
    "REVISION",
    "SHORTHAND",
    "SITUATIONS",
    "SUPPRESSED",
    "Flag",
    "Situation",
    "situation_of",
]

Words: TypeAlias = Mapping[str, str]
Flag: TypeAlias = Literal["", "suppressed", "low reliability"]

SUPPRESSED: Flag = "suppressed"
LOW_RELIABILITY: Flag = "low reliability"
FIXED = "fixed by weighting"
"""The caveat of a figure that the weights reproduce by construction."""
REVISION = "revision"
"""The column that tells what became of a figure since the edition that is superseded."""
REVISED, NEW = "revised", "new"

OBS_STATUS_VERSION = "2.2"
CONF_STATUS_VERSION = "1.2"


def _names(rows: Mapping[str, tuple[str, str]]) -> Mapping[str, Words]:
    named = {code: MappingProxyType({"en": en, "ar": ar}) for code, (en, ar) in rows.items()}
    return MappingProxyType(named)


OBS_STATUS = _names(
    {
        "A": ("Normal value", "قيمة عادية"),
        "B": ("Time series break", "انقطاع في السلسلة الزمنية"),
        "D": ("Definition differs", "تعريف مختلف"),
        "E": ("Estimated value", "قيمة مقدّرة"),
        "F": ("Forecast value", "قيمة متوقعة"),
        "G": ("Experimental value", "قيمة تجريبية"),
        "H": ("Missing value; holiday or weekend", "قيمة غير متوفرة؛ عطلة"),
        "I": ("Value imputed by a receiving agency", "قيمة محتسبة لدى الجهة المتلقية"),
        "J": ("Derogation", "استثناء"),
        "K": ("Data included in another category", "بيانات مدرجة في فئة أخرى"),
        "L": (
            "Missing value; data exist but were not collected",
            "قيمة غير متوفرة؛ البيانات موجودة ولم تُجمع",
        ),
        "M": ("Missing value; data cannot exist", "قيمة غير متوفرة؛ لا يمكن أن توجد البيانات"),
        "N": ("Not significant", "غير معتدّ به"),
        "O": ("Missing value", "قيمة غير متوفرة"),
        "P": ("Provisional value", "قيمة أولية"),
        "Q": ("Missing value; suppressed", "قيمة غير متوفرة؛ محجوبة"),
        "S": ("Strike and other special events", "إضراب وأحداث خاصة أخرى"),
        "U": ("Low reliability", "منخفض الموثوقية"),
        "V": ("Unvalidated value", "قيمة غير مدققة"),
        "W": ("Includes data from another category", "تشمل بيانات من فئة أخرى"),
    }
)
"""SDMX ``CL_OBS_STATUS`` 2.2: code to its name in English (official) and Arabic (ours)."""

CONF_STATUS = _names(
    {
        "A": ("Primary confidentiality due to small counts", "سرية أولية بسبب صغر الأعداد"),
        "C": ("Confidential statistical information", "معلومات إحصائية سرية"),
        "D": (
            "Secondary confidentiality set by the sender, not for publication",
            "سرية ثانوية حددها المرسل، غير مخصصة للنشر",
        ),
        "E": (
            (
                "Not for publication, restricted for internal use only (equivalent to the code N) "
                "until the embargo time elapses; Free for publication (equivalent to the code F) "
                "after the embargo time elapses."
            ),
            "للاستخدام الداخلي فقط حتى انتهاء مدة الحظر، وللنشر بعدها",
        ),
        "F": ("Free (free for publication)", "متاح للنشر"),
        "G": (
            "Primary confidentiality due to dominance by one or two units",
            "سرية أولية بسبب هيمنة وحدة أو وحدتين",
        ),
        "M": (
            (
                "Primary confidentiality due to data declared confidential based on other measures "
                "of concentration"
            ),
            "سرية أولية استناداً إلى مقاييس تركّز أخرى",
        ),
        "N": (
            "Not for publication, restricted for internal use only",
            "غير مخصص للنشر، للاستخدام الداخلي فقط",
        ),
        "O": (
            "Primary confidentiality due to dominance by one unit",
            "سرية أولية بسبب هيمنة وحدة واحدة",
        ),
        "S": (
            "Secondary confidentiality set and managed by the receiver, not for publication",
            "سرية ثانوية حددها المتلقي ويديرها، غير مخصصة للنشر",
        ),
        "T": (
            "Primary confidentiality due to dominance by two units",
            "سرية أولية بسبب هيمنة وحدتين",
        ),
    }
)
"""SDMX ``CL_CONF_STATUS`` 1.2: code to its name in English (official) and Arabic (ours)."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that can be the case for a released figure, in every notation we use.

    Parameters
    ----------
    name : str
        Our word for it.
    obs_status, conf_status : str
        Codes of :data:`OBS_STATUS` and :data:`CONF_STATUS`.
    shorthand : str
        The letter that stands in square brackets in place of the figure or beside it; empty for a
        usual figure.
    flag : {"", "suppressed", "low reliability"}
        Column ``flag`` of the released figures.
    label : mapping of str to str
        What the shorthand means, in English and Arabic, for the note under a table.
    """

    name: str
    obs_status: str
    conf_status: str
    shorthand: str
    flag: Flag
    label: Words


_TABLE = (
    Situation("usual", "A", "F", "", "", {"en": "usual figure", "ar": "رقم عادي"}),
    Situation(
        "suppressed",
        "Q",
        "A",
        "c",
        SUPPRESSED,
        {"en": "suppressed: too few respondents", "ar": "محجوب: عدد المستجيبين قليل جداً"},
    ),
    Situation(
        "suppressed_secondary",
        "Q",
        "D",
        "c",
        SUPPRESSED,
        {
            "en": "suppressed, so that another figure cannot be derived",
            "ar": "محجوب حتى لا يُستنتج منه رقم آخر",
        },
    ),
    Situation(
        "confidential",
        "Q",
        "C",  # of the codes for few respondents the only one that does not say whose
        "c",
        SUPPRESSED,
        {
            "en": (
                "suppressed: too few respondents, not reliable enough, or another such figure "
                "could be derived from it"
            ),
            "ar": (
                "محجوب: عدد المستجيبين قليل جداً، أو الموثوقية غير كافية، أو يمكن أن يُستنتج منه "
                "رقم آخر من هذا القبيل"
            ),
        },
    ),
    Situation(
        "withheld",
        "Q",
        "N",
        "c",
        SUPPRESSED,
        {"en": "suppressed: not reliable enough", "ar": "محجوب: موثوقيته غير كافية"},
    ),
    Situation(
        "low_reliability",
        "U",
        "F",
        "u",
        LOW_RELIABILITY,
        {"en": "low reliability", "ar": "منخفض الموثوقية"},
    ),
    Situation("not_available", "O", "F", "x", "", {"en": "not available", "ar": "غير متاح"}),
    Situation("not_applicable", "M", "F", "z", "", {"en": "not applicable", "ar": "لا ينطبق"}),
    Situation(
        "fixed",
        "A",
        "F",
        "w",
        "",
        {
            "en": "fixed by weighting: no sampling error",
            "ar": "محدد بالترجيح: لا خطأ معاينة له",
        },
    ),
    Situation("revised", "A", "F", "r", "", {"en": "revised", "ar": "منقّح"}),
    Situation("provisional", "P", "F", "p", "", {"en": "provisional", "ar": "أولي"}),
)

SITUATIONS: Mapping[str, Situation] = MappingProxyType({one.name: one for one in _TABLE})
"""Every situation by its name: the one table that releases, reports and feeds go by."""

SHORTHAND: Mapping[str, Words] = MappingProxyType(
    {
        "c": MappingProxyType({"en": "suppressed", "ar": "محجوب"}),
        **{
            one.shorthand: MappingProxyType(dict(one.label))
            for one in _TABLE
            if one.shorthand not in {"", "c"}
        },
    }
)
"""What each letter in square brackets means, in English and Arabic."""

_BY_STATUS = {(one.obs_status, one.conf_status): one for one in reversed(_TABLE)}


def situation_of(row: Mapping[str, object]) -> Situation:
    """Tell the situation of a released row from its status columns, caveat and revision.

    A revised figure that is fixed by weighting or of low reliability is that in the first place.

    Parameters
    ----------
    row : mapping
        A row of ``Release.figures``.

    Returns
    -------
    Situation
        Of :data:`SITUATIONS`.

    Examples
    --------
    >>> situation_of({"obs_status": "U", "conf_status": "F", "caveat": ""}).shorthand
    'u'
    >>> row = {"obs_status": "A", "conf_status": "F", "caveat": "fixed by weighting"}
    >>> situation_of(row).name
    'fixed'
    """
    found = _BY_STATUS[str(row["obs_status"]), str(row["conf_status"])]
    if found.name == "usual" and FIXED in str(row.get("caveat") or "").split("; "):
        return SITUATIONS["fixed"]
    if found.name == "usual" and row.get(REVISION) == REVISED:
        return SITUATIONS["revised"]
    return found
