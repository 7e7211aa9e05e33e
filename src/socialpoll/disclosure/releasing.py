"""From estimates to a release: rules, policy, rounding, and the cut from the answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.disclosure.appointing import appointed
from socialpoll.disclosure.choices import choices_told
from socialpoll.disclosure.comparing import without_hidden
from socialpoll.disclosure.footnotes import footnotes_in, with_footnotes
from socialpoll.disclosure.gathering import gathered, known_sums_of, together
from socialpoll.disclosure.known_groups import refuse_small_groups
from socialpoll.disclosure.policy import Policy
from socialpoll.disclosure.released import Release
from socialpoll.disclosure.rounding import OTHER_DECIMALS, SHARE_DECIMALS
from socialpoll.disclosure.rules import MinBase, ReliabilityRule, ruling_of
from socialpoll.disclosure.screening import (
    HIDDEN,
    judged,
    minimum_of,
    plain_rows,
    rounded,
    stripped,
    with_prose,
)
from socialpoll.disclosure.status import LOW_RELIABILITY, REVISION, SUPPRESSED
from socialpoll.disclosure.subjects import of_a_part, subjects_of
from socialpoll.disclosure.suppressing import suppression_of
from socialpoll.errors import ReleaseError
from socialpoll.indicators import (
    COMPARISON_COLUMNS,
    KEYS,
    Estimates,
    joint_precision,
)
from socialpoll.schema import Derived, Fact, FactValue, Methodology

if TYPE_CHECKING:
    import pandas as pd

    from socialpoll.schema import Questionnaire

__all__ = ["release"]

OF_ONE_CASE = frozenset({"smallest", "largest", "smallest_factor", "largest_factor"})
"""What an account of weights tells of a single case."""
COMPARED = (*KEYS[:-1], "domain_a", "domain_b", "wave_b", "against", "test")
"""The columns that say what is compared with what."""
CONFIDENTIAL = "confidential"
"""What every figure is that is hidden under a policy whose threshold is published."""


def release(
    estimates: Estimates | Sequence[Estimates],
    *rules: ReliabilityRule,
    policy: Policy | None = None,
    edition: str = "",
    release_date: dt.date | None = None,
) -> Release:
    """Decide what may be shown, round it once, and cut the line to the answers.

    Give everything that is to be published at once: what touches a hidden figure goes with it.

    Parameters
    ----------
    estimates : Estimates or sequence of Estimates
        All of one questionnaire.
    *rules : ReliabilityRule
        Callables of one row with a ``name``; the strictest verdict holds. ``MinBase(30, 100)``
        where none is given. Figures fixed by weighting are not judged.
    policy : Policy, optional
        How respondents are protected: ``base``, under which a domain of fewer respondents than
        its minimum is suppressed with all its rows, or ``cells``, which also hides what others
        could be worked out from. :func:`socialpoll.audit` tells what is hidden, and why.
    edition : str
        Which edition of the publication this is, for later ones that supersede it.
    release_date : date, optional

    Returns
    -------
    Release
        Suppressed rows keep their keys and status and nothing else, under ``cells`` one status
        whatever the reason; comparisons with them are gone, and choices that tell of them. Shares,
        ratios and concentrations are rounded to 3 decimals, other figures to 1, counts and times of
        day to whole numbers, half away from zero, unless the policy asks for full precision. The
        column ``estimate_prose`` holds what sentences print: shares in whole per cent; ``footnote``
        what rules tell of a figure; ``revision`` is empty.

    Raises
    ------
    ReleaseError
        Nothing to release; estimates of different questionnaires; one figure with two values;
        questions marked ``sensitive``, which the policy ``base`` cannot protect; parts of all time,
        which ``cells`` cannot; a rule that is none.
    SmallGroupsError
        Under ``cells``, weights that were made to reach the population of groups with fewer
        respondents than the threshold: their number could be bounded from their weight.

    See Also
    --------
    audit : What a release would do, and why.

    verdicts : Which rule asked for it.

    compose : What comes next.
    """
    chosen = appointed(rules)
    several, figures = gathered(estimates)
    terms = policy if policy is not None else Policy()
    questionnaire = several[0].questionnaire
    if not terms.complementary:
        _refuse_sensitive(several, questionnaire)
    refuse_small_groups(known_sums_of(several), terms.fewest)
    comparisons = together([one.comparisons for one in several], COMPARISON_COLUMNS, COMPARED)
    situations = _situations(several, figures, chosen, terms)
    shown = with_prose(stripped(figures, situations))
    shown = with_footnotes(shown, figures, situations, chosen)
    shown[REVISION] = ""
    kept = without_hidden(comparisons, shown)
    choices = choices_told(several, shown, terms)
    removed = {"comparisons_removed": len(comparisons) - len(kept), **choices.account}
    fact = _fact(shown, removed, chosen, terms)
    return Release(
        questionnaire=questionnaire,
        methodology=_methodology(several, shown, terms).adding(fact),
        figures=shown if terms.full_precision else rounded(shown),
        comparisons=kept if terms.full_precision else rounded(kept),
        choices=choices.told,
        hashes=_hashes(several),
        titles={name: title for one in several for name, title in one.titles.items()},
        footnotes=footnotes_in(shown, chosen),
        edition=edition,
        release_date=release_date,
        partial=_partial(several),
    )


def verdicts(
    estimates: Estimates | Sequence[Estimates],
    *rules: ReliabilityRule,
    policy: Policy | None = None,
) -> pd.DataFrame:
    """Tell which rule says what of every figure: for those who make the poll, not for others.

    A release tells no more of a figure than its status. This is how its makers look behind it.

    Parameters
    ----------
    estimates, *rules, policy
        As of :func:`release`.

    Returns
    -------
    pandas.DataFrame
        The keys of every figure; ``situation``, what becomes of it (a name of the table of
        statuses); and a column a rule, with its verdict. Verdicts stand also on figures that are
        not judged, for they are fixed by weighting or nobody is in their base.

    Raises
    ------
    ReleaseError, SmallGroupsError
        As :func:`release`.

    Examples
    --------
    >>> import pandas as pd
    >>> import socialpoll as sp
    >>> answers = pd.DataFrame({"uses": ["yes"] * 3 + ["no"] * 57})
    >>> estimates = sp.estimate(sp.bind(answers, sp.Questionnaire.infer(answers)), ["uses"])
    >>> told = sp.verdicts(estimates, sp.MinBase(30, 50), sp.Nchs2017())
    >>> told[["category", "situation", "min_base", "nchs2017"]]
      category        situation min_base  nchs2017
    0       no  low_reliability  publish      flag
    1      yes         withheld  publish  suppress
    """
    chosen = appointed(rules)
    several, figures = gathered(estimates)
    terms = policy if policy is not None else Policy()
    refuse_small_groups(known_sums_of(several), terms.fewest)
    rows = plain_rows(figures)
    told = figures[list(KEYS)].copy()
    told["situation"] = _situations(several, figures, chosen, terms)
    for rule in chosen:
        told[rule.name] = [ruling_of(rule, row).verdict for row in rows]
    return told


def _situations(
    several: Sequence[Estimates],
    figures: pd.DataFrame,
    rules: Sequence[ReliabilityRule],
    policy: Policy,
) -> list[str]:
    """Name the situations that a release tells: why a figure is hidden would tell of its count."""
    if policy.complementary:
        found = suppression_of(several, figures, rules, policy).situations
        return [CONFIDENTIAL if one in HIDDEN else one for one in found]
    return judged(figures, rules, policy)


def _refuse_sensitive(several: Sequence[Estimates], questionnaire: Questionnaire) -> None:
    used = frozenset[str]().union(*(one.variables for one in several))
    known = [questionnaire[name] for name in questionnaire.names if name in used]
    asked = {one.of if isinstance(one, Derived) else one.name for one in known}
    sensitive = [one.name for one in questionnaire.asked if one.sensitive and one.name in asked]
    if sensitive:
        raise ReleaseError(
            "the disclosure policy 'base' cannot protect questions marked sensitive",
            where="policy",
            found=", ".join(sensitive),
            allowed="questions that are not sensitive",
            advice="leave these questions out of the estimates that are released",
        )


def _methodology(several: Sequence[Estimates], shown: pd.DataFrame, policy: Policy) -> Methodology:
    """Join the accounts of all estimates; what they have in common in precision is told once."""
    frames, accounts = [one.frame for one in several], [one.methodology for one in several]
    if policy.complementary:
        frames = [_told(one, shown) for one in frames]
        accounts = [_account(*both) for both in zip(several, frames, strict=True)]
    made = accounts[0]
    for one in accounts[1:]:
        made = made.adding(*(fact for fact in one.facts if fact not in made.facts))
    joint = joint_precision(several, frames)
    made = made if joint is None else made.adding(joint)
    return _without_single_cases(made) if policy.complementary else made


def _told(frame: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that are not hidden."""
    hidden = shown.loc[shown["flag"] == SUPPRESSED, list(KEYS)]
    keys = set(hidden.itertuples(index=False, name=None))
    rows = frame[list(KEYS)].itertuples(index=False, name=None)
    return frame[[row not in keys for row in rows]]


def _account(one: Estimates, frame: pd.DataFrame) -> Methodology:
    """Return the account of estimates, with the precision of some of their rows."""
    precision = joint_precision([one], [frame])
    named = ("indicators", "precision")
    facts = (
        precision if precision is not None and (fact.stage, fact.name) == named else fact
        for fact in one.methodology.facts
    )
    return replace(one.methodology, facts=tuple(facts))


def _without_single_cases(methodology: Methodology) -> Methodology:
    """Leave out the weights of single cases: with them weighted totals tell of respondents."""
    facts = (_of_many(one) if one.stage == "weighting" else one for one in methodology.facts)
    return replace(methodology, facts=tuple(facts))


def _of_many(fact: Fact) -> Fact:
    told = dict(fact.values)
    kept = {name: value for name, value in told.items() if name not in OF_ONE_CASE}
    return replace(fact, values=kept)


def _partial(several: Sequence[Estimates]) -> tuple[str, ...]:
    """Name the indicators that have a condition."""
    named = (
        str(name)
        for one in several
        for name, wave, subject in zip(
            one.frame["indicator"], one.frame["wave"], subjects_of(one), strict=True
        )
        if of_a_part(subject.where, str(wave))
    )
    return tuple(dict.fromkeys(named))


def _hashes(several: Sequence[Estimates]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for one in several:
        for name, digest in {**one.digests, "weights": one.weights_id}.items():
            listed = found.setdefault(name, [])
            if digest not in listed:
                listed.append(digest)
    return {name: " ".join(listed) for name, listed in found.items()}


def _fact(
    shown: pd.DataFrame,
    removed: Mapping[str, FactValue],
    rules: Sequence[ReliabilityRule],
    policy: Policy,
) -> Fact:
    by_base = [one for one in rules if isinstance(one, MinBase)]
    values: dict[str, FactValue] = {
        "policy": policy.name,
        "rules": tuple(one.name for one in rules),
        "minimum_base": minimum_of(rules, policy),
        "flag_below": max((one.flag_below for one in by_base), default=None),
        "rows": len(shown),
        "suppressed": int((shown["flag"] == SUPPRESSED).sum()),
        "flagged": int((shown["flag"] == LOW_RELIABILITY).sum()),
        **removed,
        "complementary": policy.complementary,
        "rounding": "none" if policy.full_precision else "half away from zero",
        "share_decimals": None if policy.full_precision else SHARE_DECIMALS,
        "other_decimals": None if policy.full_precision else OTHER_DECIMALS,
    }
    if policy.complementary:
        values |= {
            "threshold": policy.threshold,
            "zeros": policy.zeros,
            "harm": policy.harm,
            "already_published": len(policy.already_published),
        }
    return Fact("disclosure", "policy", values)
