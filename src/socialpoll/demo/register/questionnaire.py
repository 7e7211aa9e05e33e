"""The bundled questionnaire, as people who were drawn from the synthetic register are asked it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from socialpoll.demo import FOLDER
from socialpoll.schema import Questionnaire, Text

__all__ = ["questionnaire"]

FRAME: Text = {
    "en": "A synthetic register of citizens, updated from the tables of three agencies",
    "ar": "سجل اصطناعي للمواطنين محدَّث من جداول ثلاث جهات",
}
SAMPLING: Text = {
    "en": "In each governorate, persons were drawn at random without replacement, all with the "
    "same chance; the sample was allocated by the square root of each governorate's citizens, so "
    "that small governorates can be reported.",
    "ar": "سُحب الأفراد في كل محافظة عشوائياً دون إرجاع وباحتمالات متساوية، ووُزّعت العينة بحسب الجذر "
    "التربيعي لعدد المواطنين في كل محافظة ليتسنى نشر نتائج المحافظات الصغيرة.",
}
QUALITY: Text = {
    "en": "Answers are checked against the codes, ranges and routing of the questionnaire; cases "
    "are known by pseudonyms, and no name or identifier is in the answers.",
    "ar": "تُراجَع الإجابات وفق رموز الاستمارة ومداها وتسلسل أسئلتها، وتُعرَّف الحالات برموز مستعارة "
    "ولا تتضمن الإجابات أي اسم أو رقم مدني.",
}
LIMITATIONS: tuple[Text, ...] = (
    {
        "en": "People, records and answers are synthetic: they were drawn from models and say "
        "nothing new about Oman.",
        "ar": "الأفراد والسجلات والإجابات بيانات اصطناعية وُلِّدت من نماذج، ولا تضيف معلومة جديدة عن "
        "سلطنة عُمان.",
    },
    {
        "en": "Records that could not be matched with a person of the register did not update it.",
        "ar": "السجلات التي تعذّرت مطابقتها مع أفراد السجل لم تدخل في تحديثه.",
    },
    {
        "en": "Weights adjust for governorate, sex and age group only; those who could not be "
        "reached may differ in other ways.",
        "ar": "تعالج الأوزان الترجيحية الفروق في المحافظة والنوع والفئة العمرية فقط، وقد يختلف من "
        "تعذّر الوصول إليهم في جوانب أخرى.",
    },
)


def questionnaire() -> Questionnaire:
    """Return what is asked, and how a poll of people from the register is made.

    Returns
    -------
    Questionnaire
        Questions and codes of the bundled poll; the methodology is of its own.
    """
    asked = Questionnaire.load(FOLDER / "questionnaire.toml")
    made = replace(
        asked.methodology,
        sampling_frame=FRAME,
        sampling=SAMPLING,
        quality=QUALITY,
        limitations=LIMITATIONS,
        sources=(),
        fieldwork_start=dt.date(2024, 3, 3),
        fieldwork_end=dt.date(2024, 3, 21),
    )
    return replace(asked, methodology=made)
