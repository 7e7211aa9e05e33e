"""What socialpoll answers to R's ``svychisq``, ``svyttest``, ``svyglm`` and ``regTermTest``."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import socialpoll as sp
from tests.golden.conditions import condition_of, values_of
from tests.golden.designs import NotBuiltError, source_of
from tests.golden.expressions import (
    Binary,
    Call,
    Name,
    Node,
    Number,
    Text,
    Unary,
    parse,
    variables_of,
)
from tests.golden.folder import Case, Dataset, Folder
from tests.golden.naming import EVERYBODY, category, named

__all__ = ["MODELS"]

Answer = dict[str, Any]
MADE = "made.outcome"
"""The column that an expression of R is computed into, before the data are bound."""
FAMILIES = {
    "gaussian": "linear",
    "binomial": "logistic",
    "quasibinomial": "logistic",
}


@dataclass(frozen=True)
class _Asked:
    """A case, with the columns it needs as categories."""

    case: Case
    folder: Folder

    @property
    def data(self) -> Dataset:
        return self.folder.dataset(self.folder.base(self.case.record["design"])["dataset"])

    def source(self, columns: list[str]) -> Any:
        subset = self.case.params.get("subset")
        needed = [*columns, *(variables_of(parse(subset)) if subset else ())]
        return source_of(self.folder, self.case.record["design"], self.case.options, needed)

    @property
    def where(self) -> Any:
        subset = self.case.params.get("subset")
        return condition_of(subset, named) if subset else None

    def with_column(self, node: Node) -> _Asked:
        """Compute an expression into a column of its own."""
        data = self.data
        values = values_of(node, data.frame).astype(float)
        added = Dataset(
            data.name,
            data.frame.assign(**{MADE: values}),
            {**data.types, MADE: "float"},
            data.levels,
        )
        folder = copy.copy(self.folder)
        folder.sources = {}
        folder._datasets = {**self.folder._datasets, data.name: added}
        return replace(self, folder=folder)


def _svychisq(asked: _Asked) -> Answer:
    params = asked.case.params
    columns = [params["rows"], params["cols"]]
    source = asked.source(columns)
    questions = [category(asked.data, one) for one in columns]
    found = sp.association(source, *questions, where=asked.where)
    tests = found.frame.set_index("test")
    everybody = sp.estimate(source, [sp.Share(EVERYBODY)], where=asked.where).frame.iloc[0]
    rows = int(everybody["n_base"])
    answered = sp.All(*(sp.Answered(one) for one in questions))
    where = answered if asked.where is None else sp.All(asked.where, answered)
    total = sp.estimate(source, [sp.Share(EVERYBODY)], where=where).frame["population"].iloc[0]

    def said(name: str, scale: float = 1.0) -> Answer:
        one = tests.loc[name]
        parameter = (
            {"df": float(one["df"])}
            if np.isinf(one["ddf"])
            else {"ndf": float(one["df"]), "ddf": float(one["ddf"])}
        )
        statistic = float(one["statistic"]) * scale
        return {"statistic": statistic, "p_value": float(one["p"]), "parameter": parameter}

    # R takes X² as if there were as many cases as rows, unanswered ones too.
    return {
        "F": said("rao-scott-f"),
        "Chisq": said("rao-scott-chi2", rows / found.n_base),
        "Wald": said("wald"),
        "adjWald": said("adjusted-wald"),
        "weighted_table": (found.shares * float(total)).tolist(),
        "rows": list(found.rows),
        "cols": list(found.columns),
        "n_rows_in_design": rows,
        "df_design": _design_df(source, asked),
    }


def _design_df(source: Any, asked: _Asked) -> float:
    found = sp.estimate(source, [sp.Share(EVERYBODY)], where=asked.where)
    return float(found.frame["df"].iloc[0])


def _ttest(asked: _Asked) -> Answer:
    params = asked.case.params
    outcome, group = parse(params["y"]), params.get("group")
    options: dict[str, Any] = {}
    match outcome:
        case Name(value=column):
            pass
        case Call(function="I", arguments=(Binary("-", Name(value=column), Name(value=other)),)):
            options["paired"] = named(other)
        case _:
            asked, column = asked.with_column(outcome), MADE
    if group:
        options["by"] = category(asked.data, group)
    source = asked.source([group] if group else [])
    found = sp.t_test(source, named(column), where=asked.where, **options)
    return {
        "statistic": found.statistic,
        "statistic_name": "t",
        "p_value": found.p,
        "method": "Design-based t-test" if group else "Design-based one-sample t-test",
        "parameter": {"df": found.df},
        "estimate": found.estimate,
        "conf_int": [found.ci_low, found.ci_high],
    }


def _glm(asked: _Asked) -> Answer:
    params = asked.case.params
    match parse(params["formula"]):
        case Binary(operator="~", left=left, right=right):
            outcome: Any
        case other:
            raise NotBuiltError(f"the regression {other}")
    match left:
        case Name(value=column):
            outcome = named(column)
        case Call(
            function="I",
            arguments=(Binary("==", Name(value=column), Text(value=code)),),
        ):
            outcome = (named(column), code)
        case _:
            asked, outcome = asked.with_column(left), named(MADE)
    if params["family"] not in FAMILIES:
        raise NotBuiltError(f"regression with the family {params['family']!r}")
    terms = _terms(right)
    columns = list(dict.fromkeys(name for one in terms for name in one))
    names = {column: named(column) for column in columns}
    found = sp.regress(
        asked.source(columns),
        outcome,
        [tuple(names[name] for name in one) for one in terms],
        family=FAMILIES[params["family"]],
        where=asked.where,
    )
    return _regression(asked, found, {names[one]: one for one in columns})


def _terms(node: Node) -> list[tuple[str, ...]]:
    """Return the terms of a formula, main effects first as R orders them."""
    found: list[tuple[str, ...]] = []
    for one in _expanded(node):
        if one not in found:
            found.append(one)
    return sorted(found, key=len)


def _expanded(node: Node) -> list[tuple[str, ...]]:
    match node:
        case Name(value=column):
            return [(column,)]
        case Binary(operator="+", left=left, right=right):
            return [*_expanded(left), *_expanded(right)]
        case Binary(operator=":", left=left, right=right):
            return [a + b for a in _expanded(left) for b in _expanded(right)]
        case Binary(operator="*", left=left, right=right):
            a, b = _expanded(left), _expanded(right)
            return [*a, *b, *(one + other for one in a for other in b)]
        case Number(value=1.0):
            return []
        case Unary(operator="~", operand=inner):
            return _expanded(inner)
    raise NotBuiltError(f"the term {node}")


def _regression(asked: _Asked, found: sp.Regression, columns: dict[str, str]) -> Answer:
    frame = found.frame
    order = _as_r_orders(frame["term"].tolist(), frame["category"].tolist())
    listed = frame.iloc[order]
    said = [
        _said(term, level, columns)
        for term, level in zip(listed["term"], listed["category"], strict=True)
    ]
    tests = [_term_test(one, found, columns) for one in asked.case.expect.get("regTermTest", ())]
    return {
        "names": said,
        "coef": listed["estimate"].tolist(),
        "se": listed["se"].tolist(),
        "t": listed["t"].tolist(),
        "p": listed["p"].tolist(),
        "vcov": found.covariance[np.ix_(order, order)].tolist(),
        "df_residual": found.df,
        "df_design": _design_df(asked.source(list(columns.values())), asked),
        "ci_t95": {"lower": listed["ci_low"].tolist(), "upper": listed["ci_high"].tolist()},
        "regTermTest": tests,
    }


def _as_r_orders(terms: list[str], levels: list[str]) -> list[int]:
    """Let the first variable of an interaction vary fastest, as R does."""
    first = {term: place for place, term in reversed(list(enumerate(terms)))}
    seen: dict[tuple[str, int], list[str]] = {}
    for term, level in zip(terms, levels, strict=True):
        for place, one in enumerate(level.split("|")):
            known = seen.setdefault((term, place), [])
            if one not in known:
                known.append(one)

    def place(at: int) -> tuple[int, ...]:
        parts = levels[at].split("|")
        ranks = [seen[terms[at], number].index(one) for number, one in enumerate(parts)]
        return (first[terms[at]], *ranks[::-1])

    return sorted(range(len(terms)), key=place)


def _said(term: str, level: str, columns: dict[str, str]) -> str:
    if term == "(intercept)":
        return "(Intercept)"
    parts = zip(term.split("|"), level.split("|"), strict=True)
    return ":".join(columns[name] + ("" if one == "_Z" else one) for name, one in parts)


def _term_test(asked: Any, found: sp.Regression, columns: dict[str, str]) -> Answer:
    questions = {column: question for question, column in columns.items()}
    terms = [tuple(questions[name] for name in one) for one in _terms(parse(asked["terms"]))]
    one = found.test(*terms)
    return {"terms": asked["terms"], "F": one.statistic, "df": one.df, "ddf": one.ddf, "p": one.p}


ANSWERING = {"svychisq": _svychisq, "ttest": _ttest, "glm": _glm}
MODELS = {
    kind: lambda asked, answering=answering: answering(_Asked(asked.case, asked.folder))
    for kind, answering in ANSWERING.items()
}
"""By kind: what answers to anything with a case and a folder."""
