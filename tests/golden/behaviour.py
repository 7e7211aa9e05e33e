"""Cases of mistakes: R's call is translated, and has to be refused with a useful error."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import socialpoll as sp
from socialpoll import errors
from tests.golden.conditions import condition_of, filtered, values_of
from tests.golden.designs import NotBuiltError, Source, bound, source_of, translated, weighed
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
from tests.golden.naming import EVERYBODY, category, is_factor, named
from tests.golden.steps import step_of

__all__ = ["complaint"]

OF_DESIGNS = (errors.DesignError, errors.BindingError, errors.UncleanError)
OF_WEIGHTS = (errors.WeightingError, errors.UnknownNameError)
OF_ESTIMATES = (errors.UnknownNameError, errors.EstimationError, errors.DesignError)


def complaint(case: Case, folder: Folder) -> str:
    """Run what must be refused; return what is wrong with the refusal, or nothing.

    Raises
    ------
    NotBuiltError
        The library has nothing for the call.
    """
    call = parse(case.record["r_call"])
    if not isinstance(call, Call) or call.function not in ATTEMPTS:
        raise NotBuiltError(f"calls of {getattr(call, 'function', call)}")
    attempt, right = ATTEMPTS[call.function]
    try:
        attempt(call, _Setting(case, folder))
    except errors.SocialpollError as error:
        return _judged(error, right)
    return "it was not refused"


def _judged(error: errors.SocialpollError, right: tuple[type[Exception], ...]) -> str:
    if not isinstance(error, right):
        return f"{type(error).__name__} is not one of {', '.join(one.__name__ for one in right)}"
    for problem in error.problems:
        if not problem.what or not (problem.where or problem.found):
            return f"the error does not say what is wrong and where: {problem}"
        if not problem.allowed and not problem.advice:
            return f"the error does not say what to do: {problem}"
    return ""


class _Setting:
    """Where the names of a call lead."""

    def __init__(self, case: Case, folder: Folder) -> None:
        self.case = case
        self.folder = folder

    def record(self, design: Node) -> tuple[str, Mapping[str, Any]]:
        """Return a design by its name."""
        if isinstance(design, Name) and design.value in self.folder.designs:
            return design.value, self.folder.designs[design.value]
        raise NotBuiltError(f"a design made in the call: {design}")

    def data(self, design: Node) -> Dataset:
        """Return the data of a design, before any row of it was dropped."""
        name, _ = self.record(design)
        return self.folder.dataset(self.folder.base(name)["dataset"])

    def responses(self, design: Node, needed: Sequence[str]) -> sp.Responses:
        """Bind the data of a base design."""
        _, record = self.record(design)
        if "base" in record:
            raise NotBuiltError("weighting what is weighted already")
        return bound(self.folder, record, self.case.options).responses(needed)

    def source(self, design: Node, needed: Sequence[str]) -> Source:
        """Make what estimates are made from."""
        name, _ = self.record(design)
        return source_of(self.folder, name, self.case.options, needed)


def _design(call: Call, setting: _Setting) -> None:
    """``svydesign``: columns are formulas, each made into a column of its own."""
    data = _data(call.named["data"], setting.folder)
    frame = data.frame
    record: dict[str, Any] = {"nest": call.named.get("nest") == Name("TRUE")}
    for role in ("ids", "strata", "weights", "fpc"):
        if role not in call.named:
            continue
        made = []
        for place, term in enumerate(_terms(call.named[role])):
            if isinstance(term, Number):
                continue
            if isinstance(term, Name):
                made.append(term.value)
                continue
            made.append(f"made_{role}_{place}")
            frame = frame.assign(**{made[-1]: values_of(term, frame)})
        record[role] = made if role in {"ids", "fpc"} else made[0] if made else None
    responses = translated(data.kept(frame), record, setting.case.options).responses()
    # A design may be refused when it is bound, or when it is first used.
    sp.estimate(responses, [sp.Share(EVERYBODY)])


def _data(node: Node, folder: Folder) -> Dataset:
    match node:
        case Name(value=name):
            return folder.dataset(name)
        case Call(function="subset", arguments=(Name(value=name), condition)):
            data = folder.dataset(name)
            return data.kept(filtered(data.frame, condition))
    raise NotBuiltError(f"data as {node}")


def _terms(formula: Node) -> list[Node]:
    match formula:
        case Unary(operator="~", operand=operand):
            return _terms(operand)
        case Binary(operator="+", left=left, right=right):
            return [*_terms(left), *_terms(right)]
        case _:
            return [formula]


def _poststratify(call: Call, setting: _Setting) -> None:
    design, formula, population = call.arguments
    columns = variables_of(formula)
    responses = setting.responses(design, columns)
    names = _categories(setting.data(design), columns)
    weighed(responses, [sp.PostStratify(names, _targets(columns, population))])


def _rake(call: Call, setting: _Setting) -> None:
    design, formulas, populations = call.arguments[:3]
    pairs = zip(formulas.arguments, populations.arguments, strict=True)
    data = setting.data(design)
    margins = [
        sp.Margin(_categories(data, variables_of(one)), _targets(variables_of(one), targets))
        for one, targets in pairs
    ]
    responses = setting.responses(design, variables_of(formulas))
    weighed(responses, [sp.Rake(tuple(margins))])


def _calibrate(call: Call, setting: _Setting) -> None:
    """``calibrate(design, ~x, c(`(Intercept)` = N, …), calfun = "logit", bounds = c(…))``."""
    design, formula, population = call.arguments[:3]
    name, _ = setting.record(design)
    columns = variables_of(formula)
    function = call.named.get("calfun", Text("linear"))
    bounds = call.named.get("bounds")
    if not isinstance(population, Call) or not isinstance(function, Text):
        raise NotBuiltError(f"calibration to {population} by {function}")
    record = {
        "base": name,
        "op": "calibrate",
        "formula": "~" + "+".join(columns),
        "population": {term: _value(one) for term, one in population.named.items()},
        "calfun": function.value,
        "bounds": None if bounds is None else [_value(one) for one in _listed(bounds)],
    }
    weighed(setting.responses(design, columns), [step_of(record, setting.folder)])


def _categories(data: Dataset, columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(category(data, column) for column in columns)


def _targets(columns: Sequence[str], table: Node) -> dict[Any, float]:
    """Read ``data.frame(a = c(…), Freq = c(…))`` as codes to counts."""
    if not isinstance(table, Call) or table.function != "data.frame":
        raise NotBuiltError(f"targets as {table}")
    read = {
        name: [_value(one) for one in _listed(several)] for name, several in table.named.items()
    }
    codes = zip(*(read[column] for column in columns), strict=True)
    return {key: float(one) for key, one in zip(codes, read["Freq"], strict=True)}


def _listed(node: Node) -> Sequence[Node]:
    return node.arguments if isinstance(node, Call) and node.function == "c" else (node,)


def _value(node: Node) -> Any:
    match node:
        case Unary(operator="-", operand=Number(value=value)):
            return -value
        case Number(value=value) | Text(value=value):
            return value
        case Name(value="NA"):
            return None
    raise NotBuiltError(f"targets with {node}")


def _estimate(call: Call, setting: _Setting) -> None:
    """``svymean(~y, d)``, ``svytotal``, ``svyratio(~y, ~x, d)``, ``svyby(~y, ~g, d, svymean)``."""
    formulas = [one for one in call.arguments if isinstance(one, Unary)]
    design = call.arguments[len(formulas)]
    where = None
    if isinstance(design, Call) and design.function == "subset":
        design, where = design.arguments[0], condition_of(design.arguments[1], named)
    data = setting.data(design)
    columns = [column for one in formulas for column in variables_of(one)]
    indicators, by = _figures(call, [variables_of(one) for one in formulas], data)
    sp.estimate(setting.source(design, columns), indicators, by=by, where=where)


def _figures(
    call: Call, formulas: Sequence[Sequence[str]], data: Dataset
) -> tuple[list[Any], list[tuple[str, ...]]]:
    if call.function == "svyratio":
        (above,), (below,) = formulas
        return [sp.Ratio(named(above), named(below))], []
    total = "svytotal" in {call.function, *(_name(one) for one in call.arguments)}
    indicators = [
        sp.Total(named(one))
        if total
        else sp.Share(named(one))
        if is_factor(data, one)
        else sp.Mean(named(one))
        for one in formulas[0]
    ]
    return indicators, [_categories(data, one) for one in formulas[1:]]


def _name(node: Node) -> str:
    return node.value if isinstance(node, Name) else ""


Attempt = Callable[[Call, _Setting], None]
ATTEMPTS: Mapping[str, tuple[Attempt, tuple[type[Exception], ...]]] = {
    "svydesign": (_design, OF_DESIGNS),
    "postStratify": (_poststratify, OF_WEIGHTS),
    "rake": (_rake, OF_WEIGHTS),
    "calibrate": (_calibrate, OF_WEIGHTS),
    **dict.fromkeys(("svymean", "svytotal", "svyratio", "svyby"), (_estimate, OF_ESTIMATES)),
}
"""What is tried for a function of R, and which errors are the right ones."""
