"""What socialpoll answers to a reference case, in the shape of R's answer."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import special

import socialpoll as sp
from tests.golden.conditions import condition_of
from tests.golden.designs import NotBuiltError, Source, source_of
from tests.golden.distributions import quantiles, weights_of
from tests.golden.expressions import (
    Binary,
    Call,
    ExpressionError,
    Name,
    Number,
    Text,
    parse,
    variables_of,
)
from tests.golden.folder import Case, Dataset, Folder
from tests.golden.models import MODELS
from tests.golden.naming import EVERYBODY, category, is_factor, named
from tests.golden.replicating import degrees_of_rank
from tests.golden.waves import wave_change

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["answer"]

METHODS = {"logit": "logit", "xlogit": "logit", "mean": "wald", "asin": "arcsine", "beta": "beta"}
NOT_BUILT = {"oldquantile": "quantiles by interpolation"}
COVARIANCE = r"weighted population covariance of (?P<x>\S+) and (?P<y>\S+?):.*"
Answer = dict[str, Any]


def answer(case: Case, folder: Folder) -> Answer:
    """Answer a case by the public API.

    Raises
    ------
    NotBuiltError
        The library has nothing for it; the reason is in words.
    """
    if case.stat in NOT_BUILT:
        raise NotBuiltError(NOT_BUILT[case.stat])
    answering = ANSWERS.get(case.stat)
    if answering is None:
        raise NotBuiltError(f"cases of the kind {case.stat!r}")
    return answering(_Asked(case, folder))


@dataclass(frozen=True)
class _Asked:
    """A case with everything it is about."""

    case: Case
    folder: Folder

    @property
    def data(self) -> Dataset:
        return self.folder.dataset(self.folder.base(self.case.record["design"])["dataset"])

    def source(self) -> Source:
        return source_of(self.folder, self.case.record["design"], self.case.options, self.columns())

    def before(self) -> np.ndarray:
        """Return the weights of the design that the design was derived from, or its own."""
        name = self.case.record["design"]
        name = self.folder.designs[name].get("base", name)
        source = source_of(self.folder, name, self.case.options, self.columns())
        return np.asarray(weights_of(source).values)  # of weights, not of a frame

    def columns(self) -> list[str]:
        """Return the columns of R that the case speaks of."""
        params = self.case.params
        written = [params[key] for key in ("subset", "expr", "formula") if params.get(key)]
        found = [name for one in written for name in variables_of(parse(one))]
        return [*found, *params.get("by", ()), *params.get("vars", ())]

    def where(self, answered: Sequence[str] = ()) -> Any:
        """Return the condition of the subset, and of complete answers (listwise, as in R)."""
        parts = [sp.Answered(named(column)) for column in answered]
        if self.case.params.get("subset"):
            parts.insert(0, condition_of(self.case.params["subset"], named))
        return sp.All(*parts) if parts else None

    def said(self, name: str) -> Any:
        """Return a named argument of R's call; None where it is not there, or not to be read."""
        try:
            call = parse(self.case.record["r_call"])
        except ExpressionError:
            return None
        return call.named.get(name) if isinstance(call, Call) else None

    def is_factor(self, column: str) -> bool:
        return is_factor(self.data, column)


def _precision(df: Any = "domain", deff: Any = False, **others: Any) -> sp.Precision:
    return sp.Precision(df=df, deff="without" if deff is True else "replace", **others)


def _indicators(asked: _Asked, columns: Sequence[str]) -> list[Any]:
    made = []
    for place, column in enumerate(columns):
        name = f"v{place}"
        if asked.case.stat == "total":
            made.append(sp.Total(named(column), name=name))
        elif asked.case.stat == "var":
            made.append(sp.Variance(named(column), name=name))
        else:
            kind = sp.Share if asked.is_factor(column) else sp.Mean
            made.append(kind(named(column), name=name))
    return made


def _labels(frame: pd.DataFrame, columns: Sequence[str]) -> list[str]:
    """Name rows as R does: the variable, and the level of a factor behind it."""
    return [
        columns[int(indicator[1:])] + ("" if category == "_Z" else category)
        for indicator, category in zip(frame["indicator"], frame["category"], strict=True)
    ]


def _numbered(columns: Sequence[str]) -> list[str]:
    """Name columns as the cases do where R's ``svyvar`` of replicates has lost their names."""
    return [f"v{place}" for place, _ in enumerate(columns, start=1)]


def _unknown(frame: pd.DataFrame) -> np.ndarray:
    """Tell the rows for which R answers NA: someone was asked and did not answer."""
    return (frame["n_answered"] < frame["n_asked"]).to_numpy()


def _figures(frame: pd.DataFrame, *, na_rm: bool) -> Answer:
    estimate, se = frame["estimate"].to_numpy(float), frame["se"].to_numpy(float)
    if not na_rm:
        gone = _unknown(frame)
        estimate, se = np.where(gone, np.nan, estimate), np.where(gone, np.nan, se)
    return {"estimate": estimate.tolist(), "se": se.tolist()}


def _interval(frame: pd.DataFrame, df: float, *, na_rm: bool) -> Answer:
    gone = _unknown(frame) & (not na_rm)
    limits = {
        side: np.where(gone, np.nan, frame[column].to_numpy(float)).tolist()
        for side, column in (("lower", "ci_low"), ("upper", "ci_high"))
    }
    return {"level": float(frame["ci_level"].iloc[0]), "df": df, **limits}


def _covariance(estimates: sp.Estimates, rows: Sequence[int], gone: np.ndarray) -> Any:
    matrix = estimates.covariance(list(rows))
    matrix[gone, :], matrix[:, gone] = np.nan, np.nan
    return matrix.tolist()


def _degrees(asked: _Asked, source: Any, df: str) -> float:
    """Return R's ``degf`` of the subset, or of the whole design; missing answers change neither."""
    if isinstance(source, sp.Replicates):
        return degrees_of_rank(source, asked.where() if df == "domain" else None)
    found = sp.estimate(
        source, [sp.Share(EVERYBODY)], where=asked.where(), precision=_precision(df)
    )
    return float(found.frame["df"].iloc[0])


def _intervals(asked: _Asked, again: Callable[[Any], pd.DataFrame], *, na_rm: bool) -> Answer:
    """State the intervals on the normal distribution, and on t in both conventions."""
    source = asked.source()
    own, full = _degrees(asked, source, "domain"), _degrees(asked, source, "design")
    made = {"ci_z": _interval(again(math.inf), math.inf, na_rm=na_rm)}
    usable = own if own > 0 else "domain"
    made["ci_t"] = _interval(again(usable), own, na_rm=na_rm)
    if own != full:
        usable = full if isinstance(source, sp.Replicates) else "design"
        made["ci_t_fulldf"] = _interval(again(usable), full, na_rm=na_rm)
    return made


def _simple(asked: _Asked) -> Answer:
    """Answer ``svymean`` and ``svytotal``, of one or several variables together."""
    params = asked.case.params
    columns, na_rm = list(params["vars"]), bool(params["na_rm"])
    source, where = asked.source(), asked.where(columns if na_rm else ())
    indicators = _indicators(asked, columns)

    def again(df: Any) -> pd.DataFrame:
        precision = _precision(df, params["deff"], interval="wald")
        return sp.estimate(source, indicators, where=where, precision=precision).frame

    precision = _precision("domain", params["deff"], interval="wald")
    estimates = sp.estimate(source, indicators, where=where, precision=precision)
    frame = estimates.frame
    gone = _unknown(frame) & (not na_rm)
    nameless = params["stat"] == "var" and isinstance(source, sp.Replicates)
    return {
        "names": _numbered(columns) if nameless else _labels(frame, columns),
        **_figures(frame, na_rm=na_rm),
        "vcov": _covariance(estimates, range(len(frame)), gone),
        "cv": np.where(gone, np.nan, frame["cv"].to_numpy(float)).tolist(),
        "deff": frame["deff"].to_numpy(float).tolist(),
        **_intervals(asked, again, na_rm=na_rm),
    }


def _ratio(asked: _Asked) -> Answer:
    """Answer ``svyratio``."""
    params = asked.case.params
    columns, na_rm = [params["num"], params["den"]], bool(params["na_rm"])
    source, where = asked.source(), asked.where(columns if na_rm else ())
    indicator = sp.Ratio(*(named(column) for column in columns))

    def again(df: Any) -> pd.DataFrame:
        precision = _precision(df, params["deff"])
        return sp.estimate(source, [indicator], where=where, precision=precision).frame

    frame = again("domain")
    return {
        "names": ["/".join(columns)],
        **_figures(frame, na_rm=na_rm),
        "deff": frame["deff"].to_numpy(float).tolist(),
        **_intervals(asked, again, na_rm=na_rm),
    }


def _by(asked: _Asked) -> Answer:
    """Answer ``svyby``: all domains of the first column, then all of the second …"""
    params = asked.case.params
    columns, na_rm = variables_of(parse(params["formula"])), bool(params["na_rm"])
    factors = list(params["by"])
    breakdown = tuple(category(asked.data, one) for one in factors)
    deff = {Name("TRUE"): True, Text("replace"): "replace"}.get(asked.said("deff"), False)
    source, where = asked.source(), asked.where(columns if na_rm else ())
    precision = _precision("domain", deff)
    indicators = [*_indicators(asked, columns), sp.Share(EVERYBODY)]
    estimates = sp.estimate(source, indicators, by=[breakdown], where=where, precision=precision)
    frame = estimates.frame
    everybody = frame[(frame["indicator"] == EVERYBODY)]
    shown = frame[(frame["indicator"] != EVERYBODY) & (frame["breakdown"] == "|".join(breakdown))]
    domains = _in_order(everybody[everybody["breakdown"] != "_T"])
    lines = list(dict.fromkeys(zip(shown["indicator"], shown["category"], strict=True)))
    keys = list(zip(shown["indicator"], shown["category"], shown["domain"], strict=True))
    places = dict(zip(keys, shown.index, strict=True))
    rows = [places[*line, domain] for line in lines for domain in domains]
    listed = frame.loc[rows]
    gone = _unknown(listed) & (not na_rm)
    words = [".".join(one.split("|")) for one in domains]
    labels = _labels(frame.loc[[places[*line, domains[0]] for line in lines]], columns)
    full = float(everybody[everybody["breakdown"] == "_T"]["df"].iloc[0])
    own = everybody.set_index("domain")["df"]
    made = {
        "names": words if len(lines) == 1 else [f"{w}:{c}" for c in labels for w in words],
        **_figures(listed, na_rm=na_rm),
        "vcov": _covariance(estimates, rows, gone),
        "deff": listed["deff"].to_numpy(float).tolist(),
        "domains": {
            factor: [one.split("|")[place] for one in domains]
            for place, factor in enumerate(factors)
        },
        "domain_df": [float(own[one]) for one in domains],
        "full_df": full,
    }
    return made | {"contrasts": _contrasts(asked, made, full)}


def _in_order(frame: pd.DataFrame) -> list[str]:
    """Return the domains that someone is in, the first variable varying fastest."""
    listed = frame["domain"].tolist()
    codes = [one.split("|") for one in listed]
    places = [
        {code: place for place, code in enumerate(dict.fromkeys(column))}
        for column in zip(*codes, strict=True)
    ]
    present = set(frame["domain"][frame["n_base"] > 0])

    def place(one: str) -> list[int]:
        return [at[code] for at, code in zip(places, one.split("|"), strict=True)][::-1]

    return sorted((one for one in listed if one in present), key=place)


def _contrasts(asked: _Asked, made: Answer, df: float) -> Answer:
    """Answer ``svycontrast``: k'b and the root of k'Vk on the joint covariance."""
    found = {}
    for name, one in asked.case.expect.get("contrasts", {}).items():
        k = np.array([float(one["coefs"].get(label, 0.0)) for label in made["names"]])
        estimate = float(k @ np.array(made["estimate"]))
        se = float(np.sqrt(k @ np.array(made["vcov"]) @ k))
        p = float(2 * special.stdtr(df, -abs(estimate / se)))
        found[name] = {
            "coefs": one["coefs"],
            "estimate": estimate,
            "se": se,
            "t": estimate / se,
            "full_df": df,
            "p_t_fulldf": p,
        }
    return found


def _prop_ci(asked: _Asked) -> Answer:
    """Answer ``svyciprop`` by every method that we have."""
    match parse(asked.case.params["expr"]):
        case Binary(operator="==", left=Name(value=column), right=Text() | Number() as value):
            question = category(asked.data, column)
            code = value.value if isinstance(value, Text) else str(int(value.value))
        case other:
            raise NotBuiltError(f"the share of {other}")
    level = asked.said("level") or Number(0.95)
    infinite = asked.said("df") == Name("Inf")
    source = asked.source()
    where = asked.where([column] if asked.case.params["na_rm"] else ())

    def found(method: str) -> pd.Series:
        # R's beta method takes the degrees of freedom of the design, whatever ``df`` says.
        df = math.inf if infinite and method != "beta" else "domain"
        precision = _precision(df, level=level.value, interval=method)
        frame = sp.estimate(source, [sp.Share(question)], where=where, precision=precision).frame
        return frame[frame["category"] == code].iloc[0]

    row = found("logit")
    return {
        "estimate": float(row["estimate"]),
        "se": float(row["se"]),
        "level": float(row["ci_level"]),
        "df": float(row["df"]),
        "nrow_used_by_beta": int(row["n_base"]),
        "ci": {
            name: found(method)[["ci_low", "ci_high"]].astype(float).tolist()
            for name, method in METHODS.items()
        },
    }


def _kish(source: Source) -> Answer:
    row = sp.estimate(source, [sp.Share(EVERYBODY)]).frame.iloc[0]
    effective, cases = float(row["n_effective"]), int(row["n_base"])
    return {"kish_deff": cases / effective, "n_eff": effective, "n": cases, "n_pos": cases}


def _weights(asked: _Asked) -> Answer:
    """Answer ``weights()``."""
    source = asked.source()
    weights = weights_of(source)
    values = np.asarray(weights.values)  # of weights, not of a frame
    before = asked.before()
    factor = values[before > 0] / before[before > 0]
    return {
        "weights": values.tolist(),
        "sum": float(values.sum()),
        "min": float(values.min()),
        "max": float(values.max()),
        "g_min": float(factor.min()),
        "g_max": float(factor.max()),
        **_kish(source),
    }


def _kish_case(asked: _Asked) -> Answer:
    """Answer Kish's measures, of a design or of a column of its data."""
    column = asked.case.params.get("weights")
    source = asked.source()
    if column is not None:
        frame = asked.data.frame.assign(**{EVERYBODY: "1"})
        one = sp.Single(
            name=EVERYBODY, text=EVERYBODY, options=(sp.Code(code="1", label="everybody"),)
        )
        questionnaire = sp.Questionnaire(title="reference data", questions=(one,))
        source = sp.bind(frame, questionnaire, sp.SampleDesign(weight=column))
    responses = source if isinstance(source, sp.Responses) else source.responses
    found = _kish(source)
    return {**found, "cv2": found["kish_deff"] - 1, "n_rows": len(responses)}


def _with_replicates(asked: _Asked) -> Answer:
    """Answer ``withReplicates``: any function of the weights, here a covariance of two numbers."""
    said = re.fullmatch(COVARIANCE, asked.case.params["function"])
    if said is None:
        raise NotBuiltError(f"the function {asked.case.params['function']!r}")
    x, y = (asked.data.frame[said[name]].to_numpy(float) for name in ("x", "y"))

    def covariance(weights: np.ndarray) -> float:
        means = (np.average(one, weights=weights) for one in (x, y))
        return float(np.average(x * y, weights=weights) - math.prod(means))

    found = asked.source().function(covariance)
    return {"estimate": float(found.estimate[0]), "se": float(found.se[0])}


def _mean_or_total(asked: _Asked) -> Answer:
    return _by(asked) if "by" in asked.case.params else _simple(asked)


ANSWERS: Mapping[str, Callable[[_Asked], Answer]] = {
    "mean": _mean_or_total,
    "total": _mean_or_total,
    "var": _simple,
    "quantile": quantiles,
    "ratio": _ratio,
    "prop_ci": _prop_ci,
    "weights": _weights,
    "kish": _kish_case,
    "with_replicates": _with_replicates,
    **MODELS,
    "wave_change": wave_change,
}
