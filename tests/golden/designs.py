"""From R's designs to responses and weights, by the public API alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import socialpoll as sp
from tests.golden.conditions import filtered
from tests.golden.expressions import parse, variables_of
from tests.golden.folder import Dataset, Folder
from tests.golden.naming import EVERYBODY, category, named, twin

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NotBuiltError", "bound", "margins_of", "source_of", "translated", "weighed"]

LONELY = {
    "fail": "error",
    "remove": "certainty",
    "certainty": "certainty",
    "adjust": "centered",
    "average": "average",
}
NOT_BUILT = {
    "trimWeights": "trimming",
    "as.svrepdesign": "replicate weights",
    "svrepdesign": "replicate weights",
    "update": "updated designs",
    "subset": "subset designs",
}
Record = Mapping[str, Any]


class NotBuiltError(Exception):
    """What a case asks for is not part of the library."""


@dataclass(frozen=True)
class Translated:
    """A base design of R in our terms: data, questionnaire, sample design."""

    data: Dataset
    design: sp.SampleDesign

    def responses(self, needed: Iterable[str] = ()) -> sp.Responses:
        """Bind the data; the columns that are needed can serve as categories."""
        frame = self.data.frame.assign(**{EVERYBODY: "1"})
        return sp.bind(frame, _questionnaire(self.data, set(needed)), self.design)


def source_of(
    folder: Folder, name: str, options: Mapping[str, Any], needed: Iterable[str] = ()
) -> sp.Responses | sp.Weights:
    """Make the responses of a base design, or the weights of one that was derived from it.

    Raises
    ------
    NotBuiltError
        The design needs what the library does not have.
    """
    key = (name, tuple(sorted(options.items())), tuple(sorted(set(needed))))
    if key not in folder.sources:
        folder.sources[key] = _made(folder, name, options, key[-1])
    return folder.sources[key]


def _made(
    folder: Folder, name: str, options: Mapping[str, Any], needed: Iterable[str]
) -> sp.Responses | sp.Weights:
    steps: list[Any] = []
    design = folder.designs[name]
    lacking: set[str] = set()
    while "base" in design:
        steps.insert(0, _step(design, folder))
        needed = [*needed, *_columns_of(design)]
        lacking |= _ignored(design, folder)
        design = folder.designs[design["base"]]
    translated = bound(folder, design, options)
    if lacking:
        translated = Translated(_without(translated.data, lacking), translated.design)
    responses = translated.responses(needed)
    return weighed(responses, steps) if steps else responses


def weighed(responses: sp.Responses, steps: Sequence[Any]) -> sp.Weights:
    """Run weighting steps."""
    return sp.weigh(responses, sp.Recipe(tuple(steps)))


def bound(folder: Folder, design: Record, options: Mapping[str, Any]) -> Translated:
    """Translate a base design of R with the options in force."""
    data = folder.dataset(design["dataset"])
    if design.get("row_filter_before_design"):
        data = data.kept(filtered(data.frame, design["row_filter_before_design"]))
    return translated(data, design, {**design.get("options", {}), **options})


def translated(data: Dataset, design: Record, options: Mapping[str, Any]) -> Translated:
    """Translate a base design of R on given data."""
    lonely = str(options.get("survey.lonely.psu", "fail"))
    if lonely not in LONELY:
        raise NotBuiltError(f"lonely clusters by {lonely!r}, a rule of R alone")
    strata = design.get("strata")
    clusters = tuple(design.get("ids") or ())
    fpc = tuple(design.get("fpc") or ())
    if options.get("survey.ultimate.cluster"):
        clusters, fpc = clusters[:1], fpc[:1]
    weight = design.get("weights")
    frame = data.frame
    if weight is None:
        weight = "implied_weight"
        frame = frame.assign(**{weight: _implied(frame, design)})
    fractions = bool(fpc) and bool((frame[list(fpc)] <= 1).all().all())
    made = sp.SampleDesign(
        strata=tuple(strata) if isinstance(strata, list) else strata,
        weight=weight,
        clusters=clusters or None,
        fpc=fpc or None,
        fpc_as=("fraction" if fractions else "count") if fpc else None,
        nested=bool(design.get("nest")),
        lonely=LONELY[lonely],
    )
    return Translated(data.kept(frame), made)


def _implied(frame: pd.DataFrame, design: Record) -> Any:
    """Return the weights that R takes from the finite populations: the product of N / n."""
    import pandas as pd

    weight = pd.Series(1.0, index=frame.index)
    strata = design.get("strata") or []
    above = [strata] if isinstance(strata, str) else list(strata[:1])
    stages = design.get("ids") or ["implied_unit"]
    frame = frame.assign(implied_unit=range(len(frame)), implied_all=0)
    for unit, population in zip(stages, design.get("fpc") or (), strict=False):
        sampled = frame.groupby(above or ["implied_all"])[unit].transform("nunique")
        share = frame[population] if (frame[population] <= 1).all() else sampled / frame[population]
        weight = weight / share.astype(float)
        above = [*above, unit]
    return weight


def _questionnaire(data: Dataset, needed: set[str]) -> sp.Questionnaire:
    questions: list[Any] = [_single(EVERYBODY, EVERYBODY, ["1"])]
    for column, kind in data.types.items():
        if kind == "factor":
            questions.append(_single(named(column), column, data.levels[column]))
        elif kind in {"int", "float"}:
            questions.append(
                sp.Number(name=named(column), text=column, column=column, unit="as in the data")
            )
        if kind == "factor" or column not in needed:
            continue
        values = sorted(data.frame[column].dropna().unique())
        if kind == "string":
            questions.append(_single(named(column), column, values))
        elif all(one == int(one) for one in values):
            questions.append(_single(twin(column), column, [int(one) for one in values]))
    return sp.Questionnaire(title="reference data", questions=tuple(questions))


def _single(name: str, column: str, codes: Sequence[str | int]) -> sp.Single:
    return sp.Single(
        name=name,
        text=column,
        column=column,
        code_type="integer" if codes and isinstance(codes[0], int) else "string",
        options=tuple(sp.Code(code=code, label=str(code)) for code in codes),
    )


def _step(design: Record, folder: Folder) -> Any:
    """Translate a weighting operation of R into a step."""
    operation = design["op"]
    if operation == "postStratify":
        return sp.PostStratify(*_margin(design["vars"], design["population"], design, folder))
    if operation in {"rake", "calibrate"}:
        return sp.Rake(
            tuple(
                sp.Margin(variables, dict(targets))
                for variables, targets in margins_of(design, folder)
            )
        )
    raise NotBuiltError(NOT_BUILT.get(operation, operation))


def _columns_of(design: Record) -> list[str]:
    """Return the columns that a weighting operation is about."""
    several = [design.get("vars", ()), *(one["vars"] for one in design.get("margins", ()))]
    return [column for one in several for column in one]


def margins_of(
    design: Record, folder: Folder
) -> list[tuple[tuple[str, ...], dict[tuple[str, ...], float]]]:
    """Return the margins of ``rake``, or those that ``calibrate`` states as R's contrasts."""
    if design["op"] == "rake":
        return [
            _margin(one["vars"], one["population"], design, folder) for one in design["margins"]
        ]
    if design.get("calfun") != "raking" or design.get("bounds"):
        raise NotBuiltError("calibration with other distances than raking")
    data = folder.dataset(_base(design, folder)["dataset"])
    columns = variables_of(parse(design["formula"]))
    if any(data.types[one] != "factor" for one in columns):
        raise NotBuiltError("calibration on numbers")
    totals = {name: float(value) for name, value in design["population"].items()}
    named_by_r = {column + level for column in columns for level in data.levels[column][1:]}
    if set(totals) != {"(Intercept)", *named_by_r}:
        raise NotBuiltError("calibration on other terms than single factors")
    margins = []
    for column in columns:
        first, *others = data.levels[column]
        target = {(level,): totals[column + level] for level in others}
        margins.append(
            ((named(column),), {(first,): totals["(Intercept)"] - sum(target.values()), **target})
        )
    return margins


def _margin(
    columns: Sequence[str], population: Sequence[Record], design: Record, folder: Folder
) -> tuple[tuple[str, ...], dict[tuple[str, ...], float]]:
    targets = {
        tuple(str(row[column]) for column in columns): float(row["Freq"]) for row in population
    }
    gone = _ignored(design, folder)
    kept = {codes: one for codes, one in targets.items() if not gone.intersection(codes)}
    data = folder.dataset(_base(design, folder)["dataset"])
    return tuple(category(data, column) for column in columns), kept


def _ignored(design: Record, folder: Folder) -> set[str]:
    """Return the levels that ``partial = TRUE`` drops: those of the population nobody is in."""
    if not design.get("partial"):
        return set()
    base = _base(design, folder)
    frame = bound(folder, base, {"survey.lonely.psu": "remove"}).data.frame
    (column,) = design["vars"]
    present = set(frame[column].dropna())
    return {row[column] for row in design["population"]} - present


def _without(data: Dataset, levels: set[str]) -> Dataset:
    kept = {
        column: tuple(
            one for one in several if one not in levels or (data.frame[column] == one).any()
        )
        for column, several in data.levels.items()
    }
    return replace(data, levels=kept)


def _base(design: Record, folder: Folder) -> Record:
    while "base" in design:
        design = folder.designs[design["base"]]
    return design
