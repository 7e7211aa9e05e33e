"""A sample that was drawn: its cases, their design, and what was taken of each stratum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from socialpoll.register.sampling.declared import Sample
from socialpoll.responses import SampleDesign

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["CASE", "PROBABILITY", "STRATUM", "TOLD", "UNIT", "WEIGHT", "Drawn"]

CASE, STRATUM, UNIT = "case", "stratum", "unit"
PROBABILITY, WEIGHT = "probability", "base_weight"
TOLD = ("people", "clusters", "asked", "taken", "certain", "whole", "cases", "lowest", "highest")
"""What is told of each stratum beside the variables that make it."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A sample that was drawn from a population.

    Attributes
    ----------
    frame : pandas.DataFrame
        A row a sampled case, in the order of ``case``: a pseudonym of the kind ``case:NAME``, which
        has nothing to do with that of the person for who does not have the key. The variables of
        the strata, the clusters and what was to be kept; keys in pseudonyms of this sample, too.
        ``stratum`` where there are strata, ``probability`` (of inclusion), ``base_weight`` (its
        inverse), and the columns of the finite populations that the design names.
    design : SampleDesign
        Of ``frame``, with which answers are bound.
    strata : pandas.DataFrame
        A row a stratum: its variables; ``people`` and ``clusters`` in the population; ``asked``,
        how many were to be taken, and ``taken``, how many were, of clusters where these are
        sampled; ``certain``, how many of them were certain by their size; ``whole``, whether all
        are; ``cases``; ``lowest`` and ``highest`` probability of a case.
    name : str
    sample : StratifiedSample, ClusterSample or ProportionalSample
        As it was declared.
    seed : str
        A pseudonym of it, which tells whether two samples of one key were drawn from one seed.
    """

    frame: pd.DataFrame = field(repr=False)
    design: SampleDesign
    strata: pd.DataFrame = field(repr=False)
    name: str
    sample: Sample
    seed: str

    def __len__(self) -> int:
        return len(self.frame)

    def __repr__(self) -> str:
        return f"<Drawn {self.name!r}: {len(self)} cases, {self.sample.kind}>"
