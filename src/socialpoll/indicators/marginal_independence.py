"""Marginal independence of multiple-response questions: the sum of the tests of single tables.

A case may be in several tables, so their statistics are not independent: they are referred through
the joint covariance of θ_ij = P(i and j) - P(i)P(j), over all answers i and j.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from socialpoll.indicators.adjusting import adjusted
from socialpoll.indicators.associations import Association, Hypothesis, ItemTest
from socialpoll.indicators.effect_sizes import NO_TABLE, effect_sizes
from socialpoll.indicators.joint_shares import JointShares, Table, joint_shares
from socialpoll.indicators.rao_scott import NOT_TESTED, second_order, simple_tail
from socialpoll.indicators.sampled import Sampled, f_tail
from socialpoll.schema import Condition
from socialpoll.totals import Basis, Present

__all__ = ["marginal_independence"]

Floats = npt.NDArray[np.float64]
Other: TypeAlias = tuple[str, float, float, float, float]
"""A further test: its name, statistic, degrees of freedom and p."""
NAN = float("nan")
PAIRS: Hypothesis = "simultaneous pairwise marginal independence"
OPTIONS: Hypothesis = "multiple marginal independence"


def marginal_independence(
    sampled: Sampled, row: str, column: str, where: Condition | None = None
) -> Association:
    """Test two questions, one or both of multiple response: see :func:`socialpoll.association`."""
    joint = joint_shares(sampled, row, column, where)
    df_design = sampled.degrees(Basis(Present((row, column), "valid"), (), where))
    items = _holm([_item(joint, one, df_design, sampled.precision.level) for one in joint.tables])
    varying = [one for one in joint.tables if joint.varies(one)]
    used = varying or joint.tables
    chi_square = float(sum(joint.chi_square(one) for one in used))
    effects = joint.design_effects(used)
    tested = second_order(chi_square, effects, df_design) if varying else NOT_TESTED
    return Association(
        hypothesis=PAIRS if joint.row.multiple and joint.column.multiple else OPTIONS,
        row=row,
        column=column,
        rows=joint.row.codes,
        columns=joint.column.codes,
        left_out=(*joint.row.left_out, *joint.column.left_out),
        shares=joint.both,
        row_shares=joint.row.shares,
        column_shares=joint.column.shares,
        n_base=joint.cases,
        **tested._asdict(),
        chi_square=chi_square,
        design_effects=effects,
        df_design=df_design,
        effect=NO_TABLE,
        caveat=sampled.caveat(_caveat(joint, len(varying), df_design)),
        _others=_others(joint, varying, chi_square, effects, items),
        _items=tuple(items),
    )


def _item(joint: JointShares, table: Table, df_design: float, level: float) -> ItemTest:
    chi_square, effects = joint.chi_square(table), joint.design_effects([table])
    fixed = not joint.varies(table)
    tested = NOT_TESTED if fixed else second_order(chi_square, effects, df_design)
    return ItemTest(
        table.row_item,
        table.column_item,
        chi_square,
        *tested,
        p_adjusted=NAN,
        effect=effect_sizes(*joint.cells(table), df_design, level),
        caveat="fixed by weighting" if fixed else "df<1" if df_design < 1 else "",
    )


def _holm(items: Sequence[ItemTest]) -> list[ItemTest]:
    """Adjust the p values of those that are tested."""
    p = np.array([one.p for one in items])
    known = ~np.isnan(p)
    p[known] = adjusted(p[known], "holm")
    return [replace(one, p_adjusted=float(of)) for one, of in zip(items, p, strict=True)]


def _caveat(joint: JointShares, varying: int, df_design: float) -> str:
    fixed = len(joint.tables) - varying
    found = [
        "fixed by weighting" if not varying else "some fixed by weighting" if fixed else "",
        "options left out" if joint.row.left_out or joint.column.left_out else "",
        "df<1" if varying and df_design < 1 else "",
    ]
    return "; ".join(filter(None, found))


def _others(
    joint: JointShares,
    varying: Sequence[Table],
    chi_square: float,
    effects: Floats,
    items: Sequence[ItemTest],
) -> tuple[Other, ...]:
    simple = simple_tail(chi_square, effects) if varying else NAN
    first = ("rao-scott-chi2", chi_square, float(effects.size), np.inf, simple)
    if joint.row.multiple and joint.column.multiple:
        return (first, _bonferroni(items))
    return (first, _decady_thomas(joint, varying), _bonferroni(items))


def _bonferroni(items: Sequence[ItemTest]) -> Other:
    """Return the strongest of the single tests, its p times how many they are."""
    known = [one for one in items if not np.isnan(one.p)]
    if not known:
        return ("bonferroni", NAN, NAN, NAN, NAN)
    least = min(known, key=lambda one: one.p)
    p = min(1.0, least.p * len(known))
    return ("bonferroni", least.statistic, least.df, least.ddf, p)


def _decady_thomas(joint: JointShares, varying: Sequence[Table]) -> Other:
    """Return the corrected statistic of Decady & Thomas (2000, Biometrics 56: 893-896).

    X² of who chose what alone, without who did not, over 1 - m / (n c), m the options chosen by n
    cases of c options.
    """
    if not varying:
        return ("decady-thomas", NAN, NAN, NAN, NAN)
    options = joint.row if joint.row.multiple else joint.column
    share = dict(zip(options.codes, options.shares.tolist(), strict=True))
    chosen = [share[one.row_item if joint.row.multiple else one.column_item] for one in varying]
    # X² of chosen or not is that of chosen alone over the share that did not choose.
    alone = sum(joint.chi_square(one) * (1 - p) for one, p in zip(varying, chosen, strict=True))
    statistic = alone / (1 - sum(chosen) / len(chosen))
    df = float(sum(one.freedom for one in varying))
    return ("decady-thomas", statistic, df, np.inf, f_tail(statistic / df, df, np.inf))
