"""Putting waves under one another."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from socialpoll.errors import WeightingError
from socialpoll.responses import Responses, Scan
from socialpoll.schema import UNDETERMINED, Code, Fact, FactValue, Methodology
from socialpoll.schema.keys import PLAIN_RULE, is_plain
from socialpoll.totals import Overlap, Units, stacked_mass, units_of
from socialpoll.weighting.alike import differences
from socialpoll.weighting.breaks import Break, break_facts, break_problems
from socialpoll.weighting.offers import NotOffered, require_not_given
from socialpoll.weighting.stacked_answers import asked_in_common, stacked_answers
from socialpoll.weighting.stacked_scan import StackedScan
from socialpoll.weighting.wave_sources import WaveSource, everybody_in, mass_of, scan_of
from socialpoll.weighting.waves import WAVE, Waves
from socialpoll.weighting.weights import Weights

__all__ = ["stack"]


def stack(
    waves: Mapping[str, WaveSource] | Sequence[WaveSource],
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
    waves : mapping of str to Weights, Responses or Scan, or a list of them
        In their order in time. In a list each must have its ``wave``, given when it was bound. Of
        waves that lie elsewhere so much is counted as is estimated; others may be in memory.
    units : {"independent", "common"}
        ``common``: clusters of the same stratum and number are the same in all waves, as in a panel
        or where districts are kept. Variances are on each wave's own units, covariances on those in
        common (Tam 1984; Qualité & Tillé 2008). For a panel of persons the clusters are persons.
        Only of waves in memory.
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
    several = {name: everybody_in(one) for name, one in named.items()}
    _require_stackable(several, units)
    _require_breaks(breaks, several)
    lacking = not_offered or {}
    require_not_given(named, lacking)
    differ = differences({name: one.questionnaire for name, one in several.items()}, breaks)
    digest = _identity(named, units, breaks, lacking)
    methodology = _methodology(list(named.values())[-1].methodology, several, units, breaks)
    codes = tuple(
        Code(code=name, label=(labels or {}).get(name) or {UNDETERMINED: name}) for name in several
    )
    asked = asked_in_common(list(several.values())[-1].questionnaire, frozenset(differ), codes)
    responses = stacked_answers(several, asked, digest, methodology)
    mass = stacked_mass([mass_of(one, several[name]) for name, one in named.items()])
    lies_elsewhere = any(scan_of(one) is not None for one in named.values())
    return Waves(
        sources=named,
        responses=responses,
        mass=mass,
        id=digest,
        differences=differ,
        methodology=methodology,
        overlap=_overlap(responses, several) if units == "common" else None,
        breaks=tuple(breaks),
        not_offered=lacking,
        scan=StackedScan(named, responses, mass) if lies_elsewhere else None,
    )


def _identity(
    named: Mapping[str, WaveSource], units: str, breaks: Sequence[Break], lacking: NotOffered
) -> str:
    words = [units]
    for name, one in named.items():
        words.append(f"{name} {one.id if isinstance(one, Weights) else one.digest}")
    words += [f"break {one.question} {one.wave}" for one in breaks]
    words += [f"without {wave} {name} {code}" for wave, questions in lacking.items()
              for name, codes in questions.items() for code in codes]  # fmt: skip
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def _named(waves: Mapping[str, WaveSource] | Sequence[WaveSource]) -> dict[str, WaveSource]:
    if isinstance(waves, Mapping):
        pairs = [(str(name), one) for name, one in waves.items()]
    else:
        pairs = [(_own_name(one), one) for one in waves]
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
        if not isinstance(one, WaveSource):
            raise WeightingError(
                f"wave {name!r} cannot be stacked",
                where="waves",
                found=type(one).__name__,
                allowed="Weights, Responses or Scan",
            )
    if len(pairs) < 2:  # noqa: PLR2004
        raise WeightingError("a stack needs at least two waves", where="waves", found=str(names))
    return dict(pairs)


def _own_name(source: object) -> str:
    """Return the name that a wave was bound with."""
    answers = source.responses if isinstance(source, Weights) else source
    return (answers.wave or "") if isinstance(answers, Responses | Scan) else ""


def _require_stackable(several: Mapping[str, Responses], units: str) -> None:
    if units not in ("independent", "common"):
        raise WeightingError(
            "this is no way in which units of waves can be related",
            where="units",
            found=repr(units),
            allowed="independent, common",
        )
    for name, one in several.items():
        if WAVE in one.questionnaire.names:
            raise WeightingError(
                f"wave {name!r} has a question that is called {WAVE!r}",
                where="questionnaire",
                advice="give it another name; the stack has its own variable of that name",
            )
        if one.design.sampling == "probability":
            units_of(one)
    for field in ("lonely", "sampling"):
        found = [getattr(one.design, field) for one in several.values()]
        if len(set(found)) > 1:
            raise WeightingError(
                f"the designs of the waves differ in {field!r}",
                where=f"design, {field}",
                found=", ".join(map(repr, found)),
                advice="declare the same for all waves",
            )
    if units == "common":
        _require_named_units(several)


def _require_named_units(several: Mapping[str, Responses]) -> None:
    """Raise where units in common would have to be told from combinations of answers."""
    counted = [name for name, one in several.items() if one.repeats is not None]
    if counted:
        raise WeightingError(
            "units in common are known by their names, which are not among combinations of answers",
            where="units",
            found=f"counted where they lie: waves {', '.join(map(repr, counted))}",
            allowed="'independent'",
            advice="bind the answers of these waves in memory",
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
