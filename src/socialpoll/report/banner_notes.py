"""What stands under a banner: weighting, what its letters mean, how differences were tested."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from socialpoll.report.bases import not_asked_note
from socialpoll.report.blocks import Message, Phrase, Row
from socialpoll.report.breaks import break_notes
from socialpoll.report.lettering import ARROWS, TRIANGLES, Letters
from socialpoll.report.material import level_figure
from socialpoll.report.notes import model_note, shorthand

if TYPE_CHECKING:
    from socialpoll.report.banner_rows import BannerRow
    from socialpoll.report.banners import Banner
    from socialpoll.report.heads import Head
    from socialpoll.report.material import Material
    from socialpoll.report.measured import Measured

__all__ = ["banner_notes", "shorthand_in"]


def banner_notes(
    material: Material,
    banner: Banner,
    measured: Sequence[Measured],
    heads: Sequence[Head],
    letters: Letters,
) -> tuple[Phrase, ...]:
    """Return what has to be said under a banner, but for the shorthand in its cells.

    Parameters
    ----------
    material : Material
    banner : Banner
    measured : sequence of Measured
        What stands in its rows, in every wave.
    heads : sequence of Head
        Its columns.
    letters : Letters
        Its marks.
    """
    notes = [
        *_of_figures(material, measured),
        *_of_intervals(material, banner, measured),
        *_of_letters(banner, letters),
        *_of_arrows(banner, letters),
        *_of_tests(letters),
        *_of_times(measured, letters),
        *_of_groups(material, heads),
        *_of_breaks(material, measured, heads),
        *_of_bases(material),
    ]
    return tuple(notes)


def shorthand_in(material: Material, rows: Iterable[BannerRow]) -> list[Phrase]:
    """Explain the shorthand that stands in the cells of rows."""
    cells = (Row((*one.figures, *one.intervals)) for one in rows)
    return shorthand(material, cells)


def _of_figures(material: Material, measured: Sequence[Measured]) -> Iterator[Phrase]:
    """Tell how figures came about: weighting, what was not asked, how answers add up."""
    shares = [one for one in measured if one.statistic == "share"]
    if not material.weighted:
        yield Message("Figures and bases are unweighted.")
    elif len(shares) == len(measured):
        yield Message("Percentages are weighted; bases are unweighted.")
    else:
        yield Message("Estimates are weighted; bases are unweighted.")
    if any(one.model_based for one in measured):
        yield model_note()
    for one in {each.name: each for each in measured}.values():
        note = not_asked_note(material.wording, one)
        if note is not None:
            title = material.wording.title(one)
            yield Message("{of}: {what}", {"of": title, "what": note})
    if any(material.wording.multiple(one.question) for one in shares):
        yield Message(
            "Where respondents could choose several answers, and of nets, percentages may add to "
            "more than {whole}.",
            {"whole": 100},
        )
    elif shares:
        yield Message("Percentages may not add to {whole} because of rounding.", {"whole": 100})
    if any(row.unsettled for one in measured for row in one.rows.values()):
        yield Message("There is no mean time where no preferred time of day could be established.")


def _of_intervals(
    material: Material, banner: Banner, measured: Sequence[Measured]
) -> Iterator[Phrase]:
    levels = (material.level(one) for one in measured)
    level = next((one for one in levels if one is not None), None)
    if banner.intervals and level is not None:
        yield Message(
            "Each figure is given with its {level} confidence interval.", {"level": level}
        )


def _of_letters(banner: Banner, letters: Letters) -> Iterator[Phrase]:
    """Tell what letters mean."""
    if not letters.lettered:
        return
    first, *others = (level_figure(1 - one) for one in banner.levels)
    if others:
        yield Message(
            "A letter marks a figure that is significantly higher than the figure of the column "
            "of that letter: a capital letter at the {strict} confidence level, a small letter "
            "at the {level} confidence level.",
            {"strict": first, "level": others[0]},
        )
    else:
        yield Message(
            "A letter marks a figure that is significantly higher than the figure of the column "
            "of that letter, at the {level} confidence level.",
            {"level": first},
        )
    if "pairs" in letters.against:
        yield Message("Columns are compared under one heading, row by row.")
    if "waves" in letters.against:
        yield Message("The waves of one group are compared, row by row.")


def _of_arrows(banner: Banner, letters: Letters) -> Iterator[Phrase]:
    """Tell what arrows mean."""
    if letters.against.isdisjoint({"rest", "total"}):
        return
    first, *others = (level_figure(1 - one) for one in banner.levels)
    rest = "rest" in letters.against
    if rest:
        up, down = ARROWS
        yield Message(
            "{up} and {down} mark a figure that is significantly higher or lower than that of all "
            "other groups of the heading together.",
            {"up": up, "down": down},
        )
    if "total" in letters.against:
        up, down = TRIANGLES if rest else ARROWS
        yield Message(
            "{up} and {down} mark a figure that is significantly higher or lower than that of all "
            "respondents.",
            {"up": up, "down": down},
        )
    if others:
        values = {"strict": first, "level": others[0]}
        yield Message(
            "A single sign stands for the {level} confidence level, a double one for the {strict} "
            "confidence level.",
            values,
        )
    elif not letters.lettered:
        yield Message("Significance is at the {level} confidence level.", {"level": first})


def _of_tests(letters: Letters) -> Iterator[Phrase]:
    """Tell how differences were tested, and what was not."""
    if not letters.against:
        return
    tests: Mapping[str, Phrase] = {
        "linearised": Message("Tests allow for the design of the sample and for weighting."),
        "effective-base": Message(
            "Tests take the columns for independent samples of their effective bases."
        ),
    }
    methods: Mapping[str, Phrase] = {
        "none": Message("Significance is not adjusted for the number of comparisons."),
        "bh": Message(
            "Significance is adjusted so that few of the differences found are expected to be "
            "false (Benjamini and Hochberg)."
        ),
        "holm": Message("Significance is adjusted for the number of comparisons (Holm)."),
        "bonferroni": Message(
            "Significance is adjusted for the number of comparisons (Bonferroni)."
        ),
    }
    for test in sorted(letters.tests):
        yield tests.get(test, Message("Test: {test}.", {"test": test}))
    for method in sorted(letters.methods):
        other = Message("Significance is adjusted by the method: {method}.", {"method": method})
        yield methods.get(method, other)
    yield Message(
        "Figures that are suppressed, of low reliability or fixed by weighting are not compared."
    )


def _of_times(measured: Sequence[Measured], letters: Letters) -> Iterator[Phrase]:
    if letters.against and any(one.statistic == "circular_mean" for one in measured):
        yield Message("For a time of day, higher means later.")


def _of_groups(material: Material, heads: Sequence[Head]) -> Iterator[Phrase]:
    """Name the breakdowns whose groups overlap."""
    for breakdown in dict.fromkeys(one.breakdown for one in heads):
        if material.wording.multiple(breakdown):
            yield Message(
                "{breakdown}: the groups overlap, because a respondent may be in several of them.",
                {"breakdown": material.wording.breakdown(breakdown)},
            )


def _of_breaks(
    material: Material, measured: Sequence[Measured], heads: Sequence[Head]
) -> Iterator[Phrase]:
    """Tell of breaks in comparability, each once for an indicator."""
    told: dict[tuple[str, str], Phrase] = {}
    for breakdown in dict.fromkeys(one.breakdown for one in heads):
        for one in measured:
            for note in break_notes(material, one, breakdown):
                title = material.wording.title(one)
                told.setdefault(
                    (one.name, repr(note)), Message("{of}: {what}", {"of": title, "what": note})
                )
    yield from told.values()


def _of_bases(material: Material) -> Iterator[Phrase]:
    """Tell how many respondents a group needs, where the release says so."""
    policy = material.methodology.fact("disclosure", "policy")
    if policy is None:
        yield Message("These figures have not passed the rules for release.")
        return
    minimum = policy.get("minimum_base")
    if isinstance(minimum, int):
        yield Message("Minimum base: {number}.", {"number": minimum})
