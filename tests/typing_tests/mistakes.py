"""What a type checker must find: each line that it is silent about is an unused ignore."""

from __future__ import annotations

from pathlib import Path

import socialpoll as sp


def stages_out_of_order(responses: sp.Responses, estimates: sp.Estimates, path: Path) -> None:
    sp.release(responses)  # type: ignore[arg-type]
    sp.compose(estimates, title="Media", publisher=sp.Publisher(name={"en": "The office"}))  # type: ignore[arg-type]
    sp.export(estimates, "word", to=path)  # type: ignore[arg-type]
    sp.replicate(estimates, sp.Jackknife())  # type: ignore[arg-type]


def words_that_are_none(responses: sp.Responses, estimates: sp.Estimates) -> None:
    sp.estimate(responses, sp.Share("uses", base="everybody"))  # type: ignore[arg-type]
    sp.compare(estimates, against="others")  # type: ignore[arg-type]
    sp.compare(estimates, adjust="scheffe")  # type: ignore[arg-type]
    sp.Precision(interval="jeffreys")  # type: ignore[arg-type]
    sp.SampleDesign(lonely="ignore")  # type: ignore[arg-type]


def arguments_that_are_not_there(responses: sp.Responses) -> None:
    sp.SampleDesign(stratum="region")  # type: ignore[call-arg]
    sp.Bootstrap(200)  # type: ignore[call-arg]
    sp.estimate(responses)  # type: ignore[call-arg]
    sp.Code("male", {"en": "Male"})  # type: ignore[call-arg]


def what_is_made_stays_as_it_is(estimates: sp.Estimates, design: sp.SampleDesign) -> None:
    design.weight = "weight"  # type: ignore[misc]
    estimates.frame = estimates.comparisons  # type: ignore[misc]
    estimates.release()  # type: ignore[attr-defined]


class Sceptical:
    name = "sceptical"

    def __call__(self, row: str) -> str:
        return row


def a_rule_of_another_kind(estimates: sp.Estimates) -> None:
    sp.release(estimates, Sceptical())  # type: ignore[arg-type]


def no_name_of_the_library() -> None:
    sp.raking  # type: ignore[attr-defined]  # noqa: B018 - only its type is looked at
