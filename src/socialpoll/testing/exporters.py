"""What exporters promise, each promise as a check with a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass, replace

from socialpoll.hooks import Exporter
from socialpoll.plugins.validating import flaw_in
from socialpoll.testing.checks import Check, require
from socialpoll.testing.conduct import checks_on
from socialpoll.testing.contents import (
    give_notice,
    hide_suppressed,
    keep_reports,
    run_in_direction,
    show_unknown_roles,
    survive_hostile_texts,
)
from socialpoll.testing.documents import have_names, have_types, keep_their_bytes, speak_languages
from socialpoll.testing.trying import Trial

__all__ = ["check_exporter"]


def check_exporter(
    exporter: Exporter, *, except_for: Mapping[str, str] | None = None
) -> list[Check]:
    """Return what an exporter promises, each promise as a check to be called.

    The exporter is tried on :func:`sample_report` and on variants of it, with its options at their
    defaults, in Arabic and English. Documents are compared with each other, and opened as far as
    any format can be: packages, JSON, XML and text. What is in a picture or a PDF is compared by
    its bytes alone.

    Parameters
    ----------
    exporter : Exporter
        The record; of an installed plugin ``sp.PluginHost().exporter("cards")``.
    except_for : mapping of str to str, optional
        Checks to leave out, each with the reason why this exporter cannot keep the promise.

    Returns
    -------
    list of Check
        For ``pytest.mark.parametrize``, which names the tests after them. Nothing is rendered
        before a check is called. A check raises AssertionError with what is wrong and what to do.

    Raises
    ------
    UnknownNameError
        ``except_for`` names a check that there is not, or gives no reason.

    Examples
    --------
    >>> import socialpoll as sp
    >>> from socialpoll.testing import check_exporter
    >>> first, *others = check_exporter(sp.PluginHost().exporter("csv"))
    >>> first.name, first.promise
    ('record_is_valid', 'The record is one that the host accepts.')
    >>> first()
    """
    return checks_on(Trial(exporter), PROMISES, except_for)


def _record(trial: Trial) -> None:
    flaw = flaw_in("exporter", replace(trial.exporter, options=None))
    require(not flaw, f"the record cannot be used: {flaw}", "mend that field of the Exporter")


def _options(trial: Trial) -> None:
    kind = trial.exporter.options
    flaw = flaw_in("exporter", trial.exporter)
    of_options = flaw and not flaw_in("exporter", replace(trial.exporter, options=None))
    advice = "declare them as a dataclass(frozen=True, kw_only=True), with a default for each"
    require(not of_options, f"the options cannot be used: {flaw}", advice)
    if kind is not None and is_dataclass(kind):
        frozen = kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
        require(frozen, f"{kind.__name__} is not frozen", advice)


PROMISES = (
    ("record_is_valid", "The record is one that the host accepts.", _record),
    ("options_are_sound", "Options are frozen, and have a default each.", _options),
    ("names_are_plain", "Documents have plain names, no two alike.", have_names),
    ("media_types_are_true", "Documents are what their media types say.", have_types),
    ("bytes_are_the_same", "The same edition gives the same bytes, on any day.", keep_their_bytes),
    ("every_language_renders", "Each language of a report gives documents.", speak_languages),
    ("direction_is_used", "Words run in the direction of their edition.", run_in_direction),
    ("unknown_roles_are_shown", "Sections of new roles are not lost.", show_unknown_roles),
    ("suppressed_stay_hidden", "Suppressed figures are told, not shown.", hide_suppressed),
    (
        "hostile_texts_survive",
        "Whatever stands in texts, documents are sound.",
        survive_hostile_texts,
    ),
    ("notices_are_given", "Made-up data and embargoes are told.", give_notice),
    ("report_is_left", "The report is not changed.", keep_reports),
)
