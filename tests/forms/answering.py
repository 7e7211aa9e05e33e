"""Answers to a small form: as XPath sees them, by an engine that is not ours, and as we do."""

from __future__ import annotations

import datetime as dt
import re

import pandas as pd
from hypothesis import strategies as st

from socialpoll.schema import (
    All,
    Answered,
    Any,
    Band,
    Bands,
    Boxes,
    Chosen,
    Code,
    Date,
    Dated,
    Group,
    Grouping,
    Is,
    MadeMissing,
    Missing,
    Multiple,
    Net,
    Nets,
    Not,
    Number,
    Questionnaire,
    Scale,
    Single,
    Within,
)


def codes(*several):
    return tuple(Code(code=one, label=str(one)) for one in several)


def lack(code):
    return Missing(code=code, label=f"lack {code}", reason="refused", in_base=False)


def day(after):
    return dt.date(2026, 1, 1) + dt.timedelta(days=after)


POLL = Questionnaire(
    title="Poll",
    questions=(
        Single(name="account", text="?", options=codes("yes", "no"), missing=(lack("dk"),)),
        Single(name="area", text="?", code_type="integer", options=codes(1, 2, 3)),
        Multiple(
            name="apps",
            text="?",
            options=codes("w", "y", "t"),
            missing=(lack("none"),),
            layout="cell",
        ),
        Number(name="age", text="?", unit="years", minimum=0, maximum=60, missing=(lack(50),)),
        Scale(
            name="trust",
            text="?",
            options=(
                Code(code="low", label="low", score=-1),
                Code(code="mid", label="mid", score=0),
                Code(code="high", label="high", score=2.5),
            ),
            missing=(lack("dk"),),
        ),
        Date(name="joined", text="?"),
    ),
    derived=(
        Bands(
            name="ages",
            of="age",
            label="Ages",
            bands=(
                Band(code="young", label="young", maximum=29),
                Band(code="old", label="old", minimum=30),
            ),
        ),
        Grouping(
            name="trusting",
            of="trust",
            label="Trusting",
            groups=(
                Group(code="some", label="some", codes=("mid", "high")),
                Group(code="none", label="none", codes=("low",)),
            ),
        ),
        Nets(
            name="either",
            of="apps",
            label="Either",
            nets=(
                Net(code="wy", label="wy", codes=("w", "y")),
                Net(code="yt", label="yt", codes=("y", "t")),
            ),
        ),
        Bands(
            name="many",
            of="apps",
            label="Many",
            bands=(
                Band(code="one", label="one", maximum=1),
                Band(code="several", label="several", minimum=1.5),
            ),
        ),
        Boxes(name="boxed", of="trust", top=1, bottom=1),
        Grouping(
            name="recoded",
            of="area",
            label="Recoded",
            groups=(Group(code="one", label="one", codes=(1,)),),
            missing=(MadeMissing(code="na", label="na", reason="other", in_base=True, codes=(2,)),),
            rest="na",
        ),
    ),
)
ASKED = {one.name: one for one in POLL.questions}
CODES = {
    "account": ["yes", "no", "dk"],
    "area": [1, 2, 3],
    "apps": ["w", "y", "t", "none"],
    "age": [0, 17, 18, 29, 30, 50, 60],
    "trust": ["low", "mid", "high", "dk"],
    "ages": ["young", "old"],
    "trusting": ["some", "none"],
    "either": ["wy", "yt"],
    "many": ["one", "several", "none"],
    "boxed": ["top", "middle", "bottom", "dk"],
    "recoded": ["one", "na"],
}

simple = st.one_of(
    st.sampled_from([(name, one) for name, several in CODES.items() for one in several]).map(
        lambda pair: Is(*pair)
    ),
    st.sampled_from(list(CODES)).flatmap(
        lambda name: st.lists(st.sampled_from(CODES[name]), min_size=1, unique=True).map(
            lambda several: Is(name, *several)
        )
    ),
    st.sampled_from([*CODES, "joined"]).map(Answered),
    st.sampled_from([(2, None), (1, None), (None, 2), (0, 1), (1, 1), (2, 3), (None, 0)]).map(
        lambda pair: Chosen("apps", *pair)
    ),
    st.sampled_from([(0, None), (None, 0), (0, 0), (-400, 3)]).map(
        lambda pair: Dated("joined", *(None if one is None else day(one) for one in pair))
    ),
    st.builds(
        lambda name, pair, closed: Within(name, *pair, closed),
        st.sampled_from(["age", "trust"]),
        st.sampled_from([(18, None), (None, 29), (17.5, 50), (49, 51), (-1, 0), (0, 2.5)]),
        st.sampled_from(["both", "left", "right", "neither"]),
    ),
)
conditions = st.recursive(
    simple,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda several: All(*several)),
        st.lists(inner, min_size=1, max_size=3).map(lambda several: Any(*several)),
    ),
    max_leaves=6,
)
blank = st.just("")
rows = st.fixed_dictionaries(
    {
        "account": blank | st.sampled_from(["yes", "no", "dk"]),
        "area": blank | st.sampled_from(["1", "2", "3"]),
        "apps": st.sampled_from(["", "none", "w", "y w", "t", "w y t"]),
        "age": blank | st.sampled_from(["0", "17", "18", "29", "30", "50", "60", "17.5"]),
        "trust": blank | st.sampled_from(["low", "mid", "high", "dk"]),
        "joined": blank | st.sampled_from(["2025-12-31", "2026-01-01", "2026-01-04"]),
    }
)


def frame(several):
    return pd.DataFrame(several, dtype="object").replace("", None)


def selected(_context, nodes, code):
    return code in "".join(node.text or "" for node in nodes).split()


def count_selected(_context, nodes):
    return float(len("".join(node.text or "" for node in nodes).split()))


def date(_context, words):
    return float(dt.date.fromisoformat(words).toordinal())


def string_length(_context, nodes):
    return float(len("".join(node.text or "" for node in nodes)))


FUNCTIONS = {
    (None, "selected"): selected,
    (None, "count-selected"): count_selected,
    (None, "date"): date,
    (None, "string-length"): string_length,
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def is_true(expression, row, *, of=None):
    """Evaluate an expression by libxml2; ``.`` is the answer to ``of``."""
    from lxml import etree

    data = etree.Element("data")
    for name, value in row.items():
        # A form compares days as such; libxml2 knows numbers only.
        days = DAY.fullmatch(value) and str(dt.date.fromisoformat(value).toordinal())
        etree.SubElement(data, name).text = days or value
    xpath = re.sub(r"\$\{([^}]*)\}", r"/data/\1", expression)
    here = data if of is None else data.find(of)
    return here.xpath(f"boolean({xpath})", extensions=FUNCTIONS)
