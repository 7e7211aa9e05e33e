"""Polls that are drawn, with routing, questions of several answers, and numbers in bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

import socialpoll as sp
from socialpoll.indicators import KEYS
from socialpoll.schema import Condition
from tests.disclosure.attacking import Attack, Bound
from tests.disclosure.handmade import codes

KEPT = sp.MinBase(0, 0)
WOMEN = sp.Is("sex", "f")
USERS = sp.Is("used", "y")
CONDITIONS: Mapping[str, Condition] = {"of_women": WOMEN, "of_users": USERS}
"""Of whom indicators tell that are not of all."""
INDICATORS: Mapping[str, object] = {
    "used": "used",
    "m": "m",
    "responses": sp.Share("m", of="responses", name="responses"),
    "chosen": sp.Mean("m", name="chosen"),
    "of_all": sp.Share("m", base="all", name="of_all"),
    "k": "k",
    "mean_k": sp.Mean("k", name="mean_k"),
    "s": "s",
    "mean_s": sp.Mean("s", name="mean_s"),
    "net": sp.Mean("box", name="net"),
    "quartiles_s": sp.Quantile("s", (0.25, 0.75), name="quartiles_s"),
    "hb": "hb",
    "mean_h": sp.Mean("h", name="mean_h"),
    "median_h": sp.Quantile("h", name="median_h"),
    "quartiles_h": sp.Quantile("h", (0.25, 0.75), name="quartiles_h"),
    "of_women": sp.Share("s", name="of_women"),
    "of_users": sp.Share("s", name="of_users"),
    "persons": sp.Total("hb", name="persons"),
    "profile": sp.Profile("sex", among="hb"),
    "how_many_m": "how_many_m",
    "how_many_k": "how_many_k",
    "either": "either",
}
BREAKDOWNS = ("area", "sex", ("area", "sex"), "used", "hb")


@dataclass(frozen=True)
class Drawn:
    """What is published of a poll: tables, under a policy, after others.

    Attributes
    ----------
    several : sequence of Estimates
    policy : Policy
    before : sequence of Estimates
        Of the same answers, released earlier, each under the policy of the same place.
    policies : sequence of Policy
    complete : tuple of str
        Questions that nobody left blank.
    """

    several: Sequence[sp.Estimates]
    policy: sp.Policy
    before: Sequence[sp.Estimates] = ()
    policies: Sequence[sp.Policy] = ()
    complete: tuple[str, ...] = ()

    def published(self) -> tuple[sp.Release, ...]:
        """Return the earlier releases, each of which knows those before it."""
        made: tuple[sp.Release, ...] = ()
        for place, policy in enumerate(self.policies):
            known = replace(policy, already_published=made)
            made += (sp.release(self.before[: place + 1], KEPT, policy=known),)
        return made

    def holes(self, *, whole: bool = False, again: bool = True) -> list[Bound]:
        """Return the small counts that somebody finds who knows all releases.

        What was released earlier is estimated ``again``, so that it stays hidden. What it gives
        away nothing that is hidden now can take back: that is left out where the audit says so.
        """
        before = self.published()
        several = [*self.several, *(self.before if again else ())]
        policy = replace(self.policy, already_published=before)
        attack = Attack(
            several,
            sp.release(several, KEPT, policy=policy),
            policy.threshold,
            before,
            conditions=CONDITIONS,
            complete=self.complete,
            whole=whole,
        )
        found = attack.holes()
        if not (found and before):
            return found
        audit = sp.audit(several, KEPT, policy=policy)
        known = set(audit.loc[~audit["protected"], list(KEYS)].agg("/".join, axis="columns"))
        return [one for one in found if one.row not in known]


def drawn(seed: int, *, earlier: int = 0, waves: bool = False) -> Drawn:
    """Draw answers, tables and a policy; with waves, answers of two samples."""
    draw = np.random.default_rng(seed)
    gaps = bool(draw.integers(2))
    blank = str(draw.choice(["none", "missing"]))
    if waves:
        several = {name: _answers(draw, gaps, blank) for name in ("2019", "2021")}
        answers = sp.stack(several)
    else:
        answers = _answers(draw, gaps, blank)
    policy = sp.Policy(
        name="cells", threshold=int(draw.integers(3, 12)), full_precision=bool(draw.integers(2))
    )
    before = [_tables(draw, answers, 1, 2)[0] for _ in range(earlier)]
    policies = [
        sp.Policy(name="cells", threshold=policy.threshold, full_precision=bool(draw.integers(2)))
        for _ in before
    ]
    complete = ("area", "used") if gaps else ("area", "used", "sex")
    return Drawn(_tables(draw, answers, 3, 2), policy, before, policies, complete)


def _tables(
    draw: np.random.Generator, answers: object, most: int, breakdowns: int
) -> list[sp.Estimates]:
    """Draw up to so many indicators by up to so many breakdowns; a condition has its own call."""
    size = int(draw.integers(1, most + 1))
    names = [str(one) for one in draw.choice(list(INDICATORS), size, replace=False)]
    places = draw.choice(len(BREAKDOWNS), int(draw.integers(1, breakdowns + 1)), replace=False)
    by = [BREAKDOWNS[one] for one in places]
    plain = [name for name in names if name not in CONDITIONS]
    made = [sp.estimate(answers, [INDICATORS[one] for one in plain], by=by)] if plain else []
    for name in names:
        if name in CONDITIONS:
            where = CONDITIONS[name]
            made.append(sp.estimate(answers, [INDICATORS[name]], by=by, where=where))
    return made


def _answers(draw: np.random.Generator, gaps: bool, blank: str) -> sp.Responses:
    size = int(draw.integers(60, 260))

    def picked(names: str, evenness: float) -> np.ndarray:
        return draw.choice(list(names), size, p=draw.dirichlet(np.full(len(names), evenness)))

    used = picked("yn", 2)
    frame = pd.DataFrame(
        {
            "area": picked("abc", 1.5),
            "sex": picked("mf", 3),
            "used": used,
            "s": np.where(used == "y", picked("123", 1), ""),
            "h": draw.integers(0, 9, size).astype(float),
            "w": draw.choice([50.0, 100.0, 250.0], size),
        }
    )
    for name, options in {"m": "uvx", "k": "pq"}.items():
        for option in options:
            ticked = draw.random(size) < draw.beta(0.8, 1.5)
            frame[f"{name}_{option}"] = ticked.astype(int)
    frame["m_x"] = frame["m_x"] * (1 - frame[["m_u", "m_v"]].max(axis="columns"))
    # Who was not asked has a gap there, not an option that was not chosen.
    frame = frame.astype(dict.fromkeys(("m_u", "m_v", "m_x"), object))
    frame.loc[used == "n", ["m_u", "m_v", "m_x"]] = ""
    if gaps:
        frame.loc[draw.random(size) < 0.05, "sex"] = ""
        frame.loc[draw.random(size) < 0.05, "h"] = np.nan
    return sp.bind(frame, asked(blank), sp.SampleDesign(weight="w"))


def asked(blank: str) -> sp.Questionnaire:
    """Return the questionnaire; ``blank`` is what it means that nothing of ``m`` was ticked."""
    options = (*codes("uv"), sp.Code(code="x", label="x", exclusive=True))
    bands = (
        sp.Band(code="low", label="low", maximum=2),
        sp.Band(code="mid", label="mid", minimum=3, maximum=5),
        sp.Band(code="high", label="high", minimum=6),
    )
    none = sp.Band(code="none", label="none", maximum=0)
    some = sp.Band(code="some", label="some", minimum=1)
    one = sp.Band(code="one", label="one", minimum=1, maximum=1)
    two = sp.Band(code="two", label="two", minimum=2)
    either = sp.Net(code="uv", label="uv", codes=("u", "v"))
    return sp.Questionnaire(
        title="t",
        questions=(
            sp.Single(name="area", text="area", options=codes("abc")),
            sp.Single(name="sex", text="sex", options=codes("mf")),
            sp.Single(name="used", text="used", options=codes("yn")),
            sp.Multiple(
                name="m", text="m", options=options, blank=blank, asked_if=USERS, if_not_asked="x"
            ),
            sp.Multiple(name="k", text="k", options=codes("pq"), blank="none"),
            sp.Scale(name="s", text="s", options=codes("123"), asked_if=USERS),
            sp.Number(name="h", text="h", unit="hours", minimum=0, maximum=24),
        ),
        derived=(
            sp.Boxes(name="box", of="s", top=1, bottom=1),
            sp.Bands(name="hb", of="h", label="h", bands=bands),
            sp.Bands(name="how_many_m", of="m", label="m", bands=(none, some)),
            sp.Bands(name="how_many_k", of="k", label="k", bands=(none, one, two)),
            sp.Nets(name="either", of="m", label="m", nets=(either,)),
        ),
    )
