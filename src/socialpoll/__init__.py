"""From a questionnaire to the documents that decision makers read.

The road, each step one frozen object: Questionnaire, Responses, Weights, Estimates, Release,
Report, Document. Public names are imported when they are first used; ``import socialpoll`` itself
loads neither pandas nor scipy.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from socialpoll.disclosure import (
        MinBase as MinBase,
        Policy as Policy,
        Release as Release,
        release as release,
    )
    from socialpoll.errors import (
        SocialpollError as SocialpollError,
    )
    from socialpoll.hooks import (
        Document as Document,
        Exporter as Exporter,
        Reader as Reader,
        Source as Source,
        hookimpl as hookimpl,
    )
    from socialpoll.indicators import (
        Agreement as Agreement,
        Association as Association,
        CircularMean as CircularMean,
        Concentration as Concentration,
        Contrast as Contrast,
        Estimates as Estimates,
        Mean as Mean,
        Precision as Precision,
        Profile as Profile,
        Quantile as Quantile,
        Ratio as Ratio,
        Regression as Regression,
        Share as Share,
        Total as Total,
        TTest as TTest,
        Variance as Variance,
        WaldTest as WaldTest,
        Windows as Windows,
        association as association,
        change as change,
        check_agreement as check_agreement,
        compare as compare,
        estimate as estimate,
        regress as regress,
        t_test as t_test,
        trend as trend,
    )
    from socialpoll.plugins import (
        PluginHost as PluginHost,
        export as export,
        read_xlsform as read_xlsform,
        render as render,
        write_codebook as write_codebook,
        write_xlsform as write_xlsform,
    )
    from socialpoll.poll import (
        Poll as Poll,
    )
    from socialpoll.readers import (
        submissions as submissions,
    )
    from socialpoll.report import (
        Codebook as Codebook,
        Edition as Edition,
        LifeCycle as LifeCycle,
        Publisher as Publisher,
        Report as Report,
        codebook as codebook,
        compose as compose,
    )
    from socialpoll.responses import (
        Checked as Checked,
        Checks as Checks,
        ResponseRates as ResponseRates,
        Responses as Responses,
        SampleDesign as SampleDesign,
        bind as bind,
        check as check,
        response_rates as response_rates,
    )
    from socialpoll.schema import (
        All as All,
        Answered as Answered,
        Any as Any,
        Band as Band,
        Bands as Bands,
        Choices as Choices,
        Chosen as Chosen,
        ClockBand as ClockBand,
        Code as Code,
        Date as Date,
        Dated as Dated,
        Declaration as Declaration,
        Duration as Duration,
        FreeText as FreeText,
        Grid as Grid,
        Group as Group,
        Grouping as Grouping,
        Is as Is,
        Item as Item,
        Methodology as Methodology,
        Missing as Missing,
        Multiple as Multiple,
        Not as Not,
        Number as Number,
        Order as Order,
        Questionnaire as Questionnaire,
        Scale as Scale,
        Single as Single,
        Sum as Sum,
        TimeOfDay as TimeOfDay,
        Within as Within,
    )
    from socialpoll.weighting import (
        BalancedRepeated as BalancedRepeated,
        Bootstrap as Bootstrap,
        Break as Break,
        Calibrate as Calibrate,
        GivenReplicates as GivenReplicates,
        Jackknife as Jackknife,
        Lint as Lint,
        Margin as Margin,
        NonResponse as NonResponse,
        PostStratify as PostStratify,
        Propensity as Propensity,
        Rake as Rake,
        Recipe as Recipe,
        ReferencePropensity as ReferencePropensity,
        Replicated as Replicated,
        Replicates as Replicates,
        Require as Require,
        Rescale as Rescale,
        Selection as Selection,
        SuccessiveDifference as SuccessiveDifference,
        Targets as Targets,
        Trim as Trim,
        UnknownEligibility as UnknownEligibility,
        Waves as Waves,
        Weights as Weights,
        lint as lint,
        poststratify as poststratify,
        rake as rake,
        replicate as replicate,
        stack as stack,
        weigh as weigh,
        weights_from as weights_from,
        write_targets_template as write_targets_template,
    )

__version__ = "0.1.0"

_HOME = {
    "errors": ["SocialpollError"],
    "hooks": ["Document", "Exporter", "Reader", "Source", "hookimpl"],
    "schema": [
        "All",
        "Answered",
        "Any",
        "Band",
        "Bands",
        "Choices",
        "Chosen",
        "ClockBand",
        "Code",
        "Date",
        "Dated",
        "Declaration",
        "Duration",
        "FreeText",
        "Grid",
        "Group",
        "Grouping",
        "Is",
        "Item",
        "Methodology",
        "Missing",
        "Multiple",
        "Not",
        "Number",
        "Order",
        "Questionnaire",
        "Scale",
        "Single",
        "Sum",
        "TimeOfDay",
        "Within",
    ],
    "responses": [
        "Checked",
        "Checks",
        "ResponseRates",
        "Responses",
        "SampleDesign",
        "bind",
        "check",
        "response_rates",
    ],
    "weighting": [
        "BalancedRepeated",
        "Bootstrap",
        "Break",
        "Calibrate",
        "GivenReplicates",
        "Jackknife",
        "Lint",
        "Margin",
        "NonResponse",
        "PostStratify",
        "Propensity",
        "Rake",
        "Recipe",
        "ReferencePropensity",
        "Replicated",
        "Replicates",
        "Require",
        "Rescale",
        "Selection",
        "SuccessiveDifference",
        "Targets",
        "Trim",
        "UnknownEligibility",
        "Waves",
        "Weights",
        "lint",
        "poststratify",
        "rake",
        "replicate",
        "stack",
        "weigh",
        "weights_from",
        "write_targets_template",
    ],
    "indicators": [
        "Agreement",
        "Association",
        "CircularMean",
        "Concentration",
        "Contrast",
        "Estimates",
        "Mean",
        "Precision",
        "Profile",
        "Quantile",
        "Ratio",
        "Regression",
        "Share",
        "TTest",
        "Total",
        "Variance",
        "WaldTest",
        "Windows",
        "association",
        "change",
        "check_agreement",
        "compare",
        "estimate",
        "regress",
        "t_test",
        "trend",
    ],
    "disclosure": ["MinBase", "Policy", "Release", "release"],
    "report": [
        "Codebook",
        "Edition",
        "LifeCycle",
        "Publisher",
        "Report",
        "codebook",
        "compose",
    ],
    "readers": ["submissions"],
    "plugins": [
        "PluginHost",
        "export",
        "read_xlsform",
        "render",
        "write_codebook",
        "write_xlsform",
    ],
    "poll": ["Poll"],
}
_ROOM = {name: room for room, names in _HOME.items() for name in names}

__all__ = [*_ROOM]  # noqa: PLE0604 - the table above is the one list of names


def __getattr__(name: str) -> object:
    if name not in _ROOM:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(importlib.import_module(f"{__name__}.{_ROOM[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
