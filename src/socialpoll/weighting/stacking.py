"""Putting waves under one another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias, TypeVar

import numpy as np

from socialpoll.errors import WeightingError
from socialpoll.responses import Categorical, Responses, counting_of
from socialpoll.schema import (
    UNDETERMINED,
    AnyQuestion,
    Block,
    Code,
    Fact,
    FactValue,
    Grid,
    Methodology,
    Questionnaire,
    Single,
    Split,
    Version,
)
from socialpoll.schema.keys import PLAIN_RULE, is_plain
from socialpoll.totals import Mass, Overlap, Units, stacked_mass, stacked_stages
from socialpoll.weighting.alike import differences
from socialpoll.weighting.breaks import Break, break_facts, break_problems
from socialpoll.weighting.offers import NotOffered, require_not_given
from socialpoll.weighting.stacked_columns import column_of, flagged_in, outcome_in, repeats_in
from socialpoll.weighting.waves import WAVE, Waves
from socialpoll.weighting.weights import Weights

__all__ = ["stack"]

Source: TypeAlias = Weights | Responses
Listing = TypeVar("Listing", Block, Version)
TEXT = {"en": "Wave of the poll", "ar": "جولة الاستطلاع"}


def stack(
    waves: Mapping[str, Source] | Sequence[Source],
    *,
    units: Literal["independent", "common"] = "independent",
    breaks: Sequence[Break] = (),
    labels: Mapping[str, Mapping[str, str]] | None = None,
    not_offered: NotOffered | None = None,
) -> Waves:
    """Stack the waves of a poll, so that change can be estimated.

    Strata are wave × stratum; each wave keeps its weights, its weighting steps and its design.

    Parameters
    ----------
    waves : mapping of str to Weights or Responses, or a list of them
        In their order in time. In a list each must have its ``wave``, given when it was bound.
    units : {"independent", "common"}
        ``common``: clusters of the same stratum and number are the same in all waves, as in a panel
        or where districts are kept. Variances are on each wave's own units, covariances on those in
        common (Tam 1984; Qualité & Tillé 2008). For a panel of persons the clusters are persons.
    breaks : sequence of Break, optional
        Questions that cannot be compared with themselves before a wave. They may have other words
        there; every wave is estimated, but no change or trend across the break.
    labels : mapping of str to Text, optional
        Words for the waves; their names where absent.
    not_offered : mapping of str to mapping of str to codes, optional
        By wave and question: options that could not be chosen in a wave. They have no figure there,
        instead of one that says that nobody chose them.

    Returns
    -------
    Waves
        A source for :func:`socialpoll.estimate`, which then estimates every wave.

    Raises
    ------
    WeightingError
        Less than two waves, waves without or with the same name, designs that cannot be stacked, a
        question that is called ``wave``, a break of a question or wave that is not there, or an
        answer that was given though it was not offered.
    DesignError
        A stratum of a wave has one cluster, and there is no policy for it.

    See Also
    --------
    change : From wave to wave.

    trend : Over all waves.
    """
    named = _named(waves)
    _require_stackable(named, units)
    several = {name: _responses(one) for name, one in named.items()}
    _require_breaks(breaks, several)
    lacking = not_offered or {}
    require_not_given(several, lacking)
    differ = differences({name: one.questionnaire for name, one in several.items()}, breaks)
    identity = {name: one.digest if isinstance(one, Responses) else one.id
                for name, one in named.items()}  # fmt: skip
    told = [f"break {one.question} {one.wave}" for one in breaks]
    told += [f"without {wave} {name} {code}" for wave, questions in lacking.items()
             for name, codes in questions.items() for code in codes]  # fmt: skip
    words = "\n".join([units, *(f"{name} {one}" for name, one in identity.items()), *told])
    digest = hashlib.sha256(words.encode()).hexdigest()
    methodology = _methodology(list(named.values())[-1].methodology, several, units, breaks)
    codes = tuple(
        Code(code=name, label=(labels or {}).get(name) or {UNDETERMINED: name}) for name in several
    )
    responses = _stacked(several, frozenset(differ), codes, digest, methodology)
    return Waves(
        sources=named,
        responses=responses,
        mass=stacked_mass([_mass(one) for one in named.values()]),
        id=digest,
        differences=differ,
        methodology=methodology,
        overlap=_overlap(responses, several) if units == "common" else None,
        breaks=tuple(breaks),
        not_offered=lacking,
    )


def _named(waves: Mapping[str, Source] | Sequence[Source]) -> dict[str, Source]:
    if isinstance(waves, Mapping):
        pairs = [(str(name), one) for name, one in waves.items()]
    else:
        pairs = [(_responses(one).wave or "", one) for one in waves]
    names = [name for name, _ in pairs]
    wrong = [one for one in names if not is_plain(one) or names.count(one) > 1]
    if wrong:
        raise WeightingError(
            "every wave needs a name of its own",
            where="waves",
            found=", ".join(map(repr, names)),
            allowed=PLAIN_RULE,
            advice="give a mapping of names to waves, or name them when they are bound",
        )
    for name, one in pairs:
        if not isinstance(one, Weights | Responses):
            raise WeightingError(
                f"wave {name!r} cannot be stacked",
                where="waves",
                found=type(one).__name__,
                allowed="Weights or Responses",
            )
        if isinstance(one, Weights) and one.scan is not None:
            raise WeightingError(
                f"wave {name!r} cannot be stacked",
                where="waves",
                found="weights of answers that lie elsewhere",
                advice="stack tallies of the variables that are used: weights.tally([...])",
            )
    if len(pairs) < 2:  # noqa: PLR2004
        raise WeightingError("a stack needs at least two waves", where="waves", found=str(names))
    return dict(pairs)


def _require_stackable(named: Mapping[str, Source], units: str) -> None:
    if units not in ("independent", "common"):
        raise WeightingError(
            "this is no way in which units of waves can be related",
            where="units",
            found=repr(units),
            allowed="independent, common",
        )
    several = [_responses(one) for one in named.values()]
    for name, one in zip(named, several, strict=True):
        if WAVE in one.questionnaire.names:
            raise WeightingError(
                f"wave {name!r} has a question that is called {WAVE!r}",
                where="questionnaire",
                advice="give it another name; the stack has its own variable of that name",
            )
        if one.design.sampling == "probability":
            times = counting_of(one.repeats).times
            Units.of(one.stages, one.design.lonely, one.strata_labels, times)
    for field in ("lonely", "sampling"):
        found = [getattr(one.design, field) for one in several]
        if len(set(found)) > 1:
            raise WeightingError(
                f"the designs of the waves differ in {field!r}",
                where=f"design, {field}",
                found=", ".join(map(repr, found)),
                advice="declare the same for all waves",
            )


def _require_breaks(breaks: Sequence[Break], several: Mapping[str, Responses]) -> None:
    asked = list(several.values())[-1].questionnaire
    for number, one in break_problems(breaks, tuple(several), (*asked.names, *asked.grids)):
        raise WeightingError(
            one.what,
            where=f"breaks[{number + 1}].{one.where}",
            found=one.found,
            allowed=one.allowed,
            advice=one.advice,
        )


def _responses(source: Source) -> Responses:
    return source if isinstance(source, Responses) else source.responses


def _mass(source: Source) -> Mass:
    if isinstance(source, Responses):
        return Mass.of(source.base_weight, source.interviewed)
    return source.mass


def _stacked(
    several: Mapping[str, Responses],
    differ: frozenset[str],
    names: tuple[Code, ...],
    digest: str,
    methodology: Methodology,
) -> Responses:
    import pandas as pd

    parts = list(several.values())
    last = parts[-1]
    asked = last.questionnaire
    wave = Single(name=WAVE, text=TEXT, options=names)
    alike = tuple(_alike(asked.questions, differ))
    kept = frozenset(one.name for one in alike)
    questionnaire = replace(
        asked,
        questions=(*alike, wave),
        blocks=tuple(_shortened(one, kept) for one in asked.blocks if kept & {*one.questions}),
        splits=tuple(_held(one, kept) for one in asked.splits if one.name not in differ),
        constraints=(),  # what broke them is among the findings of each wave
        derived=tuple(one for one in asked.derived if one.name not in differ),
    )
    columns = {
        name: column_of([part.columns[name] for part in parts])
        for name in questionnaire.names
        if all(name in part.columns for part in parts)
    }
    place = np.repeat(np.arange(len(parts), dtype=np.int16), [len(part) for part in parts])
    columns[WAVE] = Categorical(place, names)
    labels = [f"{name}: {label}" for name, one in several.items() for label in one.strata_labels]
    return Responses(
        questionnaire=_checked(questionnaire),
        design=last.design,
        columns=columns,
        stages=stacked_stages([part.stages for part in parts]),
        strata_labels=tuple(labels),
        base_weight=np.concatenate([part.base_weight for part in parts]),
        interviewed=np.concatenate([part.interviewed for part in parts]),
        findings=pd.concat([part.findings for part in parts], ignore_index=True),
        methodology=methodology,
        digest=digest,
        outcome=outcome_in(parts),
        flagged=flagged_in(parts),
        repeats=repeats_in(parts),
    )


def _alike(questions: Iterable[AnyQuestion], differ: frozenset[str]) -> Iterator[AnyQuestion]:
    """Yield the questions that do not differ; of a grid, the items that do not."""
    for question in questions:
        if isinstance(question, Grid):
            pairs = zip(question.items, question.variables, strict=True)
            items = tuple(item for item, one in pairs if one.name not in differ)
            if items:
                yield replace(question, items=items)
        elif question.name not in differ:
            yield question


def _shortened(one: Listing, kept: frozenset[str]) -> Listing:
    """Return a block or version with the questions that are kept."""
    return replace(one, questions=tuple(name for name in one.questions if name in kept))


def _held(split: Split, kept: frozenset[str]) -> Split:
    return replace(split, versions=tuple(_shortened(one, kept) for one in split.versions))


def _checked(questionnaire: Questionnaire) -> Questionnaire:
    if len(questionnaire.questions) > 1:
        return questionnaire
    raise WeightingError(
        "the waves have no question in common",
        where="questionnaire",
        advice="compare the wording, the base and the codes of their questions",
    )


def _methodology(
    last: Methodology,
    several: Mapping[str, Responses],
    units: str,
    breaks: Sequence[Break],
) -> Methodology:
    facts = [Fact("waves", "stack", {"waves": tuple(several), "units": units})]
    for name, summed in (
        ("cases", ("cases", "interviews")),
        ("design", ("strata", "units")),
    ):
        found = [one.methodology.fact("responses", name) or {} for one in several.values()]
        values: dict[str, FactValue] = dict(found[-1])
        for key in summed:
            counts = [one.get(key) for one in found]
            values[key] = sum(one for one in counts if isinstance(one, int))
        if name == "cases":
            values |= {"wave": None, "dispositions": (), "disposition_counts": ()}
            values |= {"outcomes": (), "outcome_counts": ()}
        facts.append(Fact("responses", name, values))
    # The response rates of the last wave are not those of all.
    kept = tuple(one for one in last.facts if (one.stage, one.name) != ("responses", "rates"))
    facts += _fieldwork(several)
    asked = list(several.values())[-1].questionnaire
    return replace(last, facts=kept).adding(*facts, *break_facts(asked, breaks))


def _fieldwork(several: Mapping[str, Responses]) -> list[Fact]:
    """Return when each wave was in the field, where that is not the same for all."""
    declared = [one.methodology.declared for one in several.values()]
    days = [(one.fieldwork_start, one.fieldwork_end) for one in declared]
    if len(set(days)) == 1:
        return []
    start, end = (tuple("" if day is None else day.isoformat() for day in one)
                  for one in zip(*days, strict=True))  # fmt: skip
    return [Fact("waves", "fieldwork", {"waves": tuple(several), "start": start, "end": end})]


def _overlap(stacked: Responses, several: Mapping[str, Responses]) -> Overlap:
    lacking = [name for name, one in several.items() if not one.unit_labels]
    if lacking:
        raise WeightingError(
            "units in common need names, and these waves sample cases without clusters",
            where="units",
            found=", ".join(map(repr, lacking)),
            advice="name the column of persons as the design's clusters",
        )
    units = Units.of(stacked.stages, stacked.design.lonely, stacked.strata_labels)
    if len(units.levels) > 1:
        raise WeightingError(
            "units in common are only for designs whose first stage alone enters the variance",
            where="units",
            found=f"{len(units.levels)} stages with finite population corrections",
            advice="leave out the corrections of later stages",
        )
    names: list[object] = []
    wave: list[int] = []
    for number, one in enumerate(several.values()):
        stratum = np.zeros(len(one.unit_labels), dtype=np.int32)
        stratum[one.stages[0].unit] = one.stages[0].stratum
        names += [
            (one.strata_labels[place], label)
            for place, label in zip(stratum.tolist(), one.unit_labels, strict=True)
        ]
        wave += [number] * len(one.unit_labels)
    return Overlap.of(units, np.array(wave), names)
