"""What exporters promise of what they say: all of it, in its direction, and nothing suppressed."""

from __future__ import annotations

import re
from dataclasses import replace

from socialpoll.report import Figure, Report
from socialpoll.testing.checks import require
from socialpoll.testing.hostile import put_into
from socialpoll.testing.opening import flaw_in_content, live_parts, words_in
from socialpoll.testing.passages import MARKS, UNKNOWN_ROLE
from socialpoll.testing.sampling import sample_report
from socialpoll.testing.trying import Trial, Tried
from socialpoll.testing.variants import HIDDEN_SHARE, settled_report, with_role, with_share

__all__ = [
    "give_notice",
    "hide_suppressed",
    "keep_reports",
    "run_in_direction",
    "show_unknown_roles",
    "survive_hostile_texts",
]

KNOWN_ROLES = ("text", "indicator")
"""Of sections that exporters lay out; what they show of one of these they owe to a new role."""
NO_FIGURES = re.compile(r"(?<![\w])(None|nan|NaN|<NA>)(?![\w])")
"""How Python writes what is not there."""


def run_in_direction(trial: Trial) -> None:
    """Require that words of an edition depend on the direction that it says it runs in.

    An exporter of all languages at once finds the direction of each by itself, which is not seen.
    """
    if trial.exporter.editions == "all":
        return
    own, turned = (trial.on(trial.short, ["ar"], direction) for direction in ("rtl", "ltr"))
    what = "an Arabic document is the same whether its edition runs to the left or to the right"
    advice = "ask edition.direction, and say 'rtl' in the words of the format"
    require(not own.wrote or not own.made or own.contents != turned.contents, what, advice)


def show_unknown_roles(trial: Trial) -> None:
    """Require of a section of a role that is new what is done with one of a known role."""
    without, unknown = trial.usual, trial.on(with_role(trial.short, UNKNOWN_ROLE))
    for name, error in unknown.errors.items():
        what = f"a section of a new role failed, in {name!r}: {type(error).__name__}: {error}"
        require(name in without.errors, what, "print roles that it does not know like the others")
    known = [trial.on(with_role(trial.short, role)) for role in KNOWN_ROLES]
    shown = [_marks(one) for one in known if one.contents != without.contents]
    advice = "go through report.sections, lay out the roles it knows and print the others in order"
    lost = bool(shown) and unknown.contents == without.contents
    require(not lost, "a section of a role that it does not know is lost", advice)
    fewest = min((one - _marks(unknown) for one in shown), key=len, default=set())
    what = f"of a section of a new role these parts are lost: {', '.join(sorted(fewest))}"
    require(unknown.errors or not fewest, what, advice)


def hide_suppressed(trial: Trial) -> None:
    """Require that a suppressed figure is neither shown, nor taken for another, nor passed over."""
    hidden, zero, shown, empty = (
        trial.on(with_share(trial.short, one))
        for one in (
            Figure(None, "percent", 2, "c"),
            Figure(0.0, "percent", 2),
            Figure(0.3147, "percent", 2),
            None,
        )
    )
    advice = "write figures with edition.number: it knows what stands in place of which"
    for name, error in hidden.errors.items():
        what = f"a suppressed figure failed, in {name!r}: {type(error).__name__}: {error}"
        require(name in shown.errors, what, advice)
    words = words_in(hidden.made)
    share = HIDDEN_SHARE.search(words)
    known = HIDDEN_SHARE.search(words_in(trial.usual.made))
    require(known or not share, f"a suppressed share was worked out: {share and share[0]}", advice)
    found = NO_FIGURES.search(words)
    require(not found, f"a suppressed figure is written as {found and found[0]!r}", advice)
    drawn = shown.contents != zero.contents
    what = "a suppressed figure is written as zero"
    require(not drawn or hidden.contents != zero.contents, what, advice)
    tabled = drawn and _without_rows(trial, shown=True) != _without_rows(trial, shown=False)
    what = "a suppressed figure is passed over like an empty cell, and nobody learns of it"
    require(not tabled or hidden.contents != empty.contents, what, advice)


def survive_hostile_texts(trial: Trial) -> None:
    """Require sound documents of whatever texts, with all of each in them, and none that runs."""
    (tame, marks), (hostile, _) = (put_into(trial.short, hostile=one) for one in (False, True))
    usual, made = trial.on(tame), trial.on(hostile)
    advice = "escape texts as the format asks for, with the library that writes it"
    for name, error in made.errors.items():
        what = f"hostile texts failed, in {name!r}: {type(error).__name__}: {error}"
        require(name in usual.errors, what, advice)
    for document in made.made:
        flaw = flaw_in_content(document)
        require(not flaw, f"hostile texts spoilt {document.name!r}: {flaw}", advice)
    running = [part for one in made.made for part in live_parts(one)]
    expected = [part for one in usual.made for part in live_parts(one)]
    require(len(running) <= len(expected), f"a text came to run: {running[:1]}", advice)
    before, after = words_in(usual.made), words_in(made.made)
    lost = [one for one in marks if one in before and one not in after]
    what = f"texts were cut short or lost: {len(lost)} of {len(marks)}"
    require(made.errors or not lost, what, advice)


def keep_reports(trial: Trial) -> None:
    """Require that a report is the same after it was rendered."""
    rendered = trial.first.seen
    advice = "make what it needs anew: dataclasses.replace, dict(...), sorted(...)"
    kept = not rendered or trial.report == settled_report(sample_report())
    require(kept, "it changed the report that it was given", advice)


def give_notice(trial: Trial) -> None:
    """Require documents that say of made-up data what they are, and until when there is embargo."""
    # With a section that has a chart, for those who write nothing but charts.
    report = with_role(trial.short, "indicator")
    usual = trial.on(report)
    real = replace(report, synthetic=False)
    free = replace(report, life_cycle=replace(report.life_cycle, embargo=None))
    notices: dict[str, tuple[Report, str]] = {
        "that the data are made up": (
            real,
            "where report.synthetic is true, write SYNTHETIC_NOTICE",
        ),
        "that they are under embargo": (free, "write report.life_cycle.embargo"),
    }
    for notice, (other, advice) in notices.items():
        told = trial.on(other).contents != usual.contents
        require(told or not usual.made, f"the documents do not say {notice}", advice)


def _marks(tried: Tried) -> set[str]:
    words = words_in(tried.made)
    return {one for one in MARKS if one in words}


def _without_rows(trial: Trial, *, shown: bool) -> list[bytes]:
    """Return what is made of tables alone, to tell whether cells of tables are shown at all."""
    figure = Figure(0.3147 if shown else 0.0, "percent", 2)
    return trial.on(replace(with_share(trial.short, figure), figures=())).contents
