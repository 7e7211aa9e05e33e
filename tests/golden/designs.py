"""From R's designs to responses, weights and replicates, by the public API alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import socialpoll as sp
from tests.golden.folder import Dataset, Folder
from tests.golden.naming import EVERYBODY, named, twin
from tests.golden.replicating import REPLICATING, method_of
from tests.golden.steps import NotBuiltError, columns_of, ignored, rows_of, step_of, without

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["NotBuiltError", "Source", "bound", "source_of", "translated", "weighed"]

LONELY = {
    "fail": "error",
    "remove": "certainty",
    "certainty": "certainty",
    "adjust": "centered",
    "average": "average",
}
Record = Mapping[str, Any]
Source = sp.Responses | sp.Weights | sp.Replicates


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
) -> Source:
    """Make the responses of a base design, or the weights or replicates of one derived from it.

    Raises
    ------
    NotBuiltError
        The design needs what the library does not have.
    """
    key = (name, tuple(sorted(options.items())), tuple(sorted(set(needed))))
    if key not in folder.sources:
        folder.sources[key] = _made(folder, name, options, key[-1])
    return folder.sources[key]


def _made(folder: Folder, name: str, options: Mapping[str, Any], needed: Iterable[str]) -> Source:
    steps: list[Any] = []
    method = None
    design = folder.designs[name]
    lacking: set[str] = set()
    while "base" in design:
        if method is not None:
            raise NotBuiltError("replicates of weights that are not made again in each")
        if design["op"] in REPLICATING:
            method = method_of(design, folder)
        else:
            steps.insert(0, step_of(design, folder))
            needed = [*needed, *columns_of(design)]
            lacking |= ignored(design, folder)
        design = folder.designs[design["base"]]
    translated = bound(folder, design, options)
    if lacking:
        translated = Translated(without(translated.data, lacking), translated.design)
    responses = translated.responses(needed)
    source = weighed(responses, steps) if steps else responses
    return source if method is None else sp.replicate(source, method)


def weighed(responses: sp.Responses, steps: Sequence[Any]) -> sp.Weights:
    """Run weighting steps."""
    return sp.weigh(responses, sp.Recipe(tuple(steps)))


def bound(folder: Folder, design: Record, options: Mapping[str, Any]) -> Translated:
    """Translate a base design of R with the options in force."""
    return translated(rows_of(folder, design), design, {**design.get("options", {}), **options})


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
