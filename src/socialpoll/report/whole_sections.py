"""A report of everybody and all groups: key findings, and a section an indicator and banner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from socialpoll.report.banner_blocks import block_of
from socialpoll.report.banner_layout import Layout
from socialpoll.report.blocks import Block, Message, Said, Section, Text
from socialpoll.report.changes import changes
from socialpoll.report.charts import Gallery
from socialpoll.report.headlines import headlines_section, lines_of
from socialpoll.report.measured import Measured
from socialpoll.report.moved import earlier_of
from socialpoll.report.narrative import by_group, overall
from socialpoll.report.outreach.material import Planned, planned_in, told_beside
from socialpoll.report.outreach.sections import lines_of_plans, sections_of_plans
from socialpoll.report.tables import tables_of
from socialpoll.schema import Question

if TYPE_CHECKING:
    from socialpoll.audience import OutreachPlan
    from socialpoll.report.report import Scalar

__all__ = ["Whole"]


@dataclass(frozen=True)
class Whole:
    """Everything that a release tells.

    Parameters
    ----------
    gallery : Gallery
    figures : tuple of mapping
        All rows.
    banners : mapping of str to Layout
    plan : OutreachPlan or None
        How audiences are reached.
    """

    gallery: Gallery
    figures: tuple[Mapping[str, Scalar], ...]
    banners: Mapping[str, Layout]
    plan: OutreachPlan | None = None
    name: str = ""

    @property
    def several(self) -> Sequence[Measured]:
        """Every indicator in every wave."""
        return self.gallery.several

    @property
    def told(self) -> Sequence[Measured]:
        """Those that have sections of their own."""
        return told_beside(self.several, self.plan)

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """What is planned in each wave."""
        return tuple(planned_in(self.plan, self.gallery.material, self.several))

    def title(self, title: Mapping[str, str]) -> Mapping[str, str]:
        """Return the title of a publication as it is."""
        return title

    def headlines(self) -> Section:
        """Return the key findings."""
        material = self.gallery.material
        lines = lines_of(material, self.told, earlier_of(self.several))
        return headlines_section(material.methodology, chain(lines, lines_of_plans(self.planned)))

    def sections(self) -> Iterator[Section]:
        """Yield the section of each indicator, then of each banner, then of the plan."""
        earlier = earlier_of(self.several)
        for measured in self.told:
            yield _indicator(self.gallery, measured, earlier.get((measured.wave, measured.name)))
        for name, layout in self.banners.items():
            yield Section("banner", layout.heading, (block_of(layout),), name)
        yield from sections_of_plans(self.planned)


def _indicator(gallery: Gallery, measured: Measured, before: Measured | None) -> Section:
    material, wording = gallery.material, gallery.material.wording
    blocks: list[Block] = []
    question = wording.variable(measured.question)
    if isinstance(question, Question):
        asked = Message("Question: {text}", {"text": Said(question.text)})
        blocks.append(Text((asked,), "note"))
    everybody = overall(material, measured)
    if everybody is not None:
        blocks.append(Text((everybody,)))
    said = (*changes(material, measured, before), *by_group(material, measured))
    blocks.extend(Text((one,), "bullet") for one in said)
    if all(row.value is None for row in measured.rows.values()):
        blocks.append(Text((Message("No figure of this indicator may be shown."),), "note"))
    blocks.extend(gallery.of(measured))
    blocks.extend(tables_of(material, measured))
    return Section("indicator", material.title(measured), tuple(blocks), measured.name)
