"""From a release to a report: sections, sentences, tables, charts and the methodology card."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from socialpoll.errors import ReportError, nearest
from socialpoll.report.banner_layout import layout_of
from socialpoll.report.banners import Banner
from socialpoll.report.blocks import Block, Message, Said, Section, Text
from socialpoll.report.catalogues import catalogue_of
from socialpoll.report.chart_plan import Charts
from socialpoll.report.charts import Gallery
from socialpoll.report.contrasts import Contrasts
from socialpoll.report.editions import life_cycle_of, told_of
from socialpoll.report.group_sections import Narrowed, narrowed
from socialpoll.report.house_style import HouseStyle
from socialpoll.report.instrument import instrument_section
from socialpoll.report.labels import labels_of
from socialpoll.report.material import Material
from socialpoll.report.measured import Measured, measured_in, plain_rows
from socialpoll.report.methodology import methodology_section
from socialpoll.report.outreach.material import told_beside
from socialpoll.report.outreach.rows import labels_of_plans, rows_of_plans
from socialpoll.report.own_sections import OwnSection, Timeline
from socialpoll.report.own_sections_checking import check_own_sections
from socialpoll.report.own_sections_writing import sections_at
from socialpoll.report.report import LifeCycle, Publisher, Report
from socialpoll.report.timelines import timeline
from socialpoll.report.whole_sections import Whole
from socialpoll.schema import UNDETERMINED

if TYPE_CHECKING:
    from socialpoll.audience import OutreachPlan
    from socialpoll.disclosure import Release, Revision

__all__ = ["compose"]

PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*", re.IGNORECASE)


def compose(  # noqa: PLR0913  # a publication has that many parts
    release: Release,
    *,
    title: Mapping[str, str] | str,
    publisher: Publisher,
    subtitle: Mapping[str, str] | str | None = None,
    name: str | None = None,
    languages: Sequence[str] | None = None,
    life_cycle: LifeCycle | None = None,
    titles: Mapping[str, Mapping[str, str] | str] | None = None,
    focus: Mapping[str, str] | None = None,
    banners: Sequence[Banner] = (),
    charts: Charts | None = None,
    sections: Sequence[OwnSection] = (),
    style: HouseStyle | None = None,
    group: tuple[str | Sequence[str], str] | None = None,
    outreach: OutreachPlan | None = None,
) -> Report:
    """Put released figures into words, tables and charts.

    Parameters
    ----------
    release : Release
    title, subtitle : mapping of language tag to str, or str
        Of the publication.
    publisher : Publisher
    name : str, optional
        For files, without blanks: ``"social-media-2019"``; made from the English title where
        absent.
    languages : sequence of str, optional
        BCP 47 tags of the languages in which it can be published; those of the questionnaire where
        absent, else those of the title, else English. Each needs a catalogue.
    life_cycle : LifeCycle, optional
        Edition, release date, licence; those of the release where absent, else a first, final
        edition.
    titles : mapping of str to text, optional
        Indicator to its title, in place of the one in the release.
    focus : mapping of str to str, optional
        Indicator to the code of the answer that is compared between groups, where it should be
        another than the one chosen most; of two answers it is the first.
    banners : sequence of Banner, optional
        Tables of many indicators by many groups, each with a name of its own.
    charts : Charts, optional
        Where charts shall be of other kinds than those of their indicators, and maps.
    sections : sequence of Passage, Recommendations, Timeline or Pictures, optional
        Of the publisher's own; each says where it stands.
    style : HouseStyle, optional
        Colours, fonts and logo of the documents.
    group : (breakdown, code), optional
        The group that the report is of, ``("governorate", "muscat")``: its figures beside those of
        everybody, and crossings with its breakdown as groups within it. Banners are left out, and
        so is every indicator that is not measured by the breakdown. :func:`groups_in` lists the
        groups.
    outreach : OutreachPlan, optional
        How audiences are reached, made from the same release (:func:`plan`). Indicators that it
        was made from have no sections of their own, unless its ``outreach`` says so; their figures
        stay. A report of one group has the plan of that group beside everybody, where it is one of
        the audiences.

    Returns
    -------
    Report
        Sections, in this order, each a role: ``publisher``; ``headlines``, with a sentence an
        indicator; an ``indicator`` each; a ``banner`` each; ``outreach``, the plan;
        ``methodology``, the card; ``instrument``, the wording of all questions. Own sections stand
        before the indicators, before the methodology or at the end.

    Raises
    ------
    ReportError
        A language without a catalogue, a name that is none for a file, titles, answers, charts and
        banners for what is not in the release, a chart that an indicator cannot have, own sections
        with anything wrong, a group that is not in the release or may not be shown, or a plan that
        was made from another release.

    See Also
    --------
    export : Documents of the report.

    groups_in : Groups that may have a report of their own.
    """
    check_own_sections(sections)
    spoken = _languages(release, _words(title), languages)
    figures = plain_rows(release.figures)
    several = measured_in(figures)
    _check_names(several, titles or {}, "titles")
    _check_names(several, focus or {}, "focus")
    drawn = charts or Charts()
    _check_names(several, drawn.kinds, "Charts.kinds")
    told = told_beside(several, outreach)
    _check_told(told, focus or {}, "focus")
    _check_told(told, drawn.kinds, "Charts.kinds")
    own = {**release.titles, **{key: _words(words) for key, words in (titles or {}).items()}}
    compared = plain_rows(release.comparisons)
    material = replace(
        Material.of(release, spoken, own, several),
        contrasts=Contrasts.of(compared),
        focus=dict(focus or {}),
    )
    gallery = Gallery(material, several, drawn)
    life = life_cycle_of(release, life_cycle)
    laid = {
        one.name: layout_of(one, material, several if one.rows else told, compared)
        for one in _told_apart(banners)
    }
    part: Whole | Narrowed = Whole(gallery, figures, laid, outreach)
    if group is not None:
        part = narrowed(release, group, gallery, figures, outreach)
    named = _name(name, _words(title))
    return Report(
        name=f"{named}-{part.name}" if part.name else named,
        title=part.title(_words(title)),
        subtitle=_words(subtitle) if subtitle else {},
        languages=spoken,
        publisher=publisher,
        life_cycle=life,
        sections=(
            _introduction(publisher, release.revision),
            part.headlines(),
            *sections_at("before findings", sections),
            *part.sections(),
            *sections_at("after findings", sections),
            _methodology(gallery, life, sections),
            instrument_section(material.wording),
            *sections_at("end", sections),
        ),
        figures=part.figures,
        labels=labels_of(material.wording, part.several) | labels_of_plans(part.planned),
        synthetic=material.synthetic,
        provenance=dict(release.hashes),
        style=style or HouseStyle(),
        group=part.name,
        outreach=rows_of_plans(outreach, part.planned),
    )


def _methodology(gallery: Gallery, life: LifeCycle, own: Sequence[OwnSection]) -> Section:
    """Return the card, with the phases of the poll beneath it where no section tells them."""
    material = gallery.material
    card = methodology_section(material.methodology, material.wording)
    if any(isinstance(one, Timeline) for one in own):
        return card
    spans = timeline(material.methodology, material.wording, life)
    return card if spans is None else replace(card, blocks=(*card.blocks, spans))


def _introduction(publisher: Publisher, revision: Revision | None) -> Section:
    """Say who publishes, and what this edition corrects."""
    blocks: list[Block] = [Text((Said(publisher.name),), "lead")]
    if publisher.about:
        blocks.append(Text((Said(publisher.about),)))
    if publisher.contact:
        blocks.append(
            Text((Message("Contact: {contact}", {"contact": publisher.contact}),), "note")
        )
    if publisher.website:
        blocks.append(
            Text((Message("Website: {website}", {"website": publisher.website}),), "note")
        )
    if revision is not None:
        blocks.append(Text(tuple(told_of(revision)), "note"))
    return Section("publisher", Message("Who we are"), tuple(blocks), "publisher")


def _languages(
    release: Release, title: Mapping[str, str], languages: Sequence[str] | None
) -> tuple[str, ...]:
    own = tuple(tag for tag in title if tag != "und")
    spoken = tuple(languages or release.questionnaire.languages or own or ("en",))
    for tag in spoken:
        catalogue_of(tag)
    return spoken


def _check_names(
    several: Sequence[Measured],
    given: Mapping[str, object],
    where: str,
    what: str = "there is no such indicator in the release",
    advice: str = "",
) -> None:
    known = [one.name for one in several]
    for name in given:
        if name not in known:
            found, allowed = repr(name), nearest(name, known)
            raise ReportError(what, where=where, found=found, allowed=allowed, advice=advice)


def _check_told(told: Sequence[Measured], given: Mapping[str, object], where: str) -> None:
    """Refuse what would be asked of the section of an indicator that has none beside a plan."""
    what = "an indicator that the plan tells has no section of its own"
    _check_names(told, given, where, what, advice="declare the plan with own_sections=True")


def _told_apart(banners: Sequence[Banner]) -> Sequence[Banner]:
    """Return banners whose names are plain and differ, as sections need them."""
    several = [_name(one.name, {}) for one in banners]
    for place, name in enumerate(several):
        if name in several[:place]:
            raise ReportError(
                "two banners have one name",
                where="banners",
                found=repr(name),
                allowed="a name of its own for each",
            )
    return banners


def _name(name: str | None, title: Mapping[str, str]) -> str:
    if name is None:
        words = title.get("en") or next(iter(title.values()), "")
        return "-".join(re.findall(r"[a-z0-9]+", words.lower())) or "report"
    if not PLAIN_NAME.fullmatch(name):
        raise ReportError(
            "this is not a plain name for files",
            where="name",
            found=repr(name),
            allowed="letters without accents, digits, '-', '_' and '.'",
        )
    return name


def _words(written: Mapping[str, str] | str) -> dict[str, str]:
    return {UNDETERMINED: written} if isinstance(written, str) else dict(written)
