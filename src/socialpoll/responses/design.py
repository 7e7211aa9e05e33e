"""How the sample was drawn, as declared: stages, weights, lonely clusters, dispositions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias, cast, get_args

from socialpoll.errors import Problem, nearest
from socialpoll.responses.dispositions import Outcome, Outcomes, outcome_problems, pairs_of

__all__ = [
    "LonelyPolicy",
    "SampleDesign",
    "StageColumns",
    "design_columns",
    "design_problems",
    "per_stage",
]

LonelyPolicy: TypeAlias = Literal["error", "certainty", "centered", "collapse", "average"]


@dataclass(frozen=True)
class SampleDesign:
    """The sample design, in columns of the answers' frame.

    ``strata``, ``clusters`` and ``fpc`` are one column a stage, first stage first; a plain string
    is the first stage, and an empty one a stage without. A design without clusters samples the
    cases themselves.

    Parameters
    ----------
    strata : str or tuple of (str or None), optional
        Stratum of each stage.
    weight : str, optional
        Base weight; 1 for every case where absent.
    clusters : str or tuple of str, optional
        Sampling unit of each stage. With more stages than clusters, cases are sampled at the last.
    fpc : str or tuple of str, optional
        Finite population correction of each stage.
    fpc_as : {"count", "fraction"}, optional
        Whether ``fpc`` holds population counts of units or sampling fractions; must be said where
        fpc is given.
    nested : bool
        Whether cluster numbers start again in every stratum. If not, a number that is in two strata
        is an error.
    lonely : {"error", "certainty", "centered", "collapse", "average"}
        What a stratum with one cluster contributes to the variance: an error, nothing, its distance
        from the mean of all clusters, its distance from the most similar strata, with which it is
        joined (Wolter 2007, §2.5), or what the other strata contribute on average, as in R.
    sampling : {"probability", "opt_in"}
        Opt-in samples have no design-based precision.
    disposition : str, optional
        Column of what became of each sampled case; every row is an interview where absent.
    interviewed : tuple of (str or int)
        Dispositions that are interviews. With ``outcomes``, those of outcome ``interview`` and
        ``partial`` where absent: a partial interview counts as one.
    similarity : str, optional
        With ``lonely = "collapse"``: a column, constant within each first-stage stratum, in which
        similar strata are close: nearest numbers, or the same and then neighbouring words. The
        order of the strata's own labels where absent.
    outcomes : mapping of (str or int) to str, or "aapor", optional
        What became of the cases of each disposition, in the groups from which response rates are
        computed: ``interview``, ``partial``, ``refusal`` (and break-off), ``noncontact``,
        ``other``, ``unknown_household``, ``unknown_other``, ``ineligible``. ``"aapor"``: the
        dispositions are final disposition codes of AAPOR (2016, *Standard Definitions*, 9th ed.).
        Kept as pairs.
    """

    strata: str | tuple[str | None, ...] | None = None
    weight: str | None = None
    clusters: str | tuple[str, ...] | None = None
    fpc: str | tuple[str, ...] | None = None
    fpc_as: Literal["count", "fraction"] | None = None
    nested: bool = False
    lonely: LonelyPolicy = "error"
    sampling: Literal["probability", "opt_in"] = "probability"
    disposition: str | None = None
    interviewed: tuple[str | int, ...] = ()
    similarity: str | None = None
    outcomes: Mapping[str | int, Outcome] | Outcomes = ()

    def __post_init__(self) -> None:
        for name in ("strata", "clusters", "fpc"):
            columns = getattr(self, name)
            if columns is not None and not isinstance(columns, str):
                object.__setattr__(self, name, tuple(one or None for one in columns))
        interviewed: object = self.interviewed
        if isinstance(interviewed, str | int | float):
            object.__setattr__(self, "interviewed", (interviewed,))
        elif isinstance(interviewed, list):
            object.__setattr__(self, "interviewed", tuple(interviewed))
        object.__setattr__(self, "outcomes", pairs_of(self.outcomes))

    @property
    def declared_outcomes(self) -> Outcomes:
        """The outcomes as they are kept: pairs, or ``"aapor"``; empty where there are none."""
        return cast("Outcomes", self.outcomes)


class StageColumns(NamedTuple):
    """The columns of one stage; no cluster where the cases themselves are its units."""

    stratum: str | None
    cluster: str | None
    fpc: str | None


def per_stage(design: SampleDesign) -> tuple[StageColumns, ...]:
    """Return the columns of each stage, first stage first."""
    strata, clusters, fpc = (_several(one) for one in (design.strata, design.clusters, design.fpc))
    count = max(len(strata), len(clusters), len(fpc), 1)

    def nth(names: tuple[str | None, ...], stage: int) -> str | None:
        return names[stage] if stage < len(names) else None

    return tuple(
        StageColumns(nth(strata, stage), nth(clusters, stage), nth(fpc, stage))
        for stage in range(count)
    )


def design_columns(design: SampleDesign) -> tuple[tuple[str, str], ...]:
    """Return every column a design names, each with the field that names it."""
    named = [
        *(("strata", one) for one in _several(design.strata)),
        *(("clusters", one) for one in _several(design.clusters)),
        *(("fpc", one) for one in _several(design.fpc)),
        ("weight", design.weight),
        ("disposition", design.disposition),
        ("similarity", design.similarity),
    ]
    return tuple((field, name) for field, name in named if name is not None)


def design_problems(design: SampleDesign) -> list[Problem]:
    """Tell what is wrong with a design in itself, whatever the data."""
    problems = [
        Problem(f"{field} has no such choice", field, repr(value), nearest(value, allowed))
        for field, value, allowed in (
            ("lonely", design.lonely, get_args(LonelyPolicy)),
            ("sampling", design.sampling, ("probability", "opt_in")),
            ("fpc_as", design.fpc_as, ("count", "fraction", None)),
        )
        if value not in allowed
    ]
    stages, clusters = len(per_stage(design)), len(_several(design.clusters))
    if stages > clusters + 1:
        what = "strata and fpc name more stages than there are sampling units"
        advice = "name the cluster column of every stage but the last, which may be of cases"
        found = f"{stages} stages, {clusters} cluster column(s)"
        problems.append(Problem(what, "clusters", found, advice=advice))
    if None in _several(design.clusters):
        what = "a stage without a cluster column among those with one"
        problems.append(Problem(what, "clusters", repr(design.clusters)))
    if design.fpc is not None and design.fpc_as is None:
        what = "it is not said whether fpc holds population counts or sampling fractions"
        problems.append(Problem(what, "fpc_as", allowed="'count' or 'fraction'"))
    if design.lonely == "collapse" and per_stage(design)[0].stratum is None:
        what = "there are no strata that could be joined"
        problems.append(Problem(what, "lonely", "'collapse'", advice="name the strata, or another"))
    if design.similarity is not None and design.lonely != "collapse":
        what = "similarity says which strata to join, but lonely is not 'collapse'"
        problems.append(Problem(what, "similarity", repr(design.lonely), "lonely = 'collapse'"))
    return [*problems, *_disposition_problems(design)]


def _disposition_problems(design: SampleDesign) -> Iterator[Problem]:
    outcomes = design.declared_outcomes
    if outcomes:
        yield from outcome_problems(outcomes, design.interviewed)
        if design.disposition is None:
            what = "outcomes are declared, but no column of dispositions"
            yield Problem(what, "disposition", advice="give the column of dispositions")
    elif (design.disposition is None) != (not design.interviewed):
        what = "disposition and interviewed belong together"
        advice = "give the column of dispositions and those of its values that are interviews"
        yield Problem(what, "disposition", advice=advice)


def _several(names: str | Sequence[str | None] | None) -> tuple[str | None, ...]:
    if not names:
        return ()
    return (names,) if isinstance(names, str) else tuple(names)
