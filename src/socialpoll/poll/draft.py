"""The parts of a poll file before they are checked against one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from socialpoll.indicators import Compared, Precision
from socialpoll.poll.declared import Export, Publication, Wanted
from socialpoll.poll.outreach_tables import OutreachTable
from socialpoll.report import Banner, OwnSection
from socialpoll.responses import Checks, SampleDesign
from socialpoll.schema import Questionnaire

__all__ = ["Draft"]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The parts of a poll file that have the right shape; None stands for one that has not.

    ``wanted``, ``banners``, ``sections`` and ``exports`` are by place in the file.
    ``comparisons`` is None where the file does not say how to compare, too; and ``outreach`` where
    it asks for no plan. ``waves`` is their number, 0 for a poll that has none.
    """

    name: str | None
    design: SampleDesign | None
    checks: Checks | None
    questionnaire: Questionnaire | None
    precision: Precision
    comparisons: Compared | None
    waves: int
    wanted: Mapping[str, Wanted]
    outreach: OutreachTable | None
    banners: Mapping[str, Banner]
    publication: Publication | None
    sections: Mapping[str, OwnSection]
    exports: Mapping[str, Export]

    @property
    def tested(self) -> bool:
        """Whether figures have standard errors, by which they can be compared."""
        drawn = self.design is None or self.design.sampling == "probability"
        return drawn or self.precision.opt_in == "model"
