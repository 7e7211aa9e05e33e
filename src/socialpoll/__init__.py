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
    )
    from socialpoll.disclosure import (
        Policy as Policy,
    )
    from socialpoll.disclosure import (
        Release as Release,
    )
    from socialpoll.disclosure import (
        release as release,
    )
    from socialpoll.errors import (
        SocialpollError as SocialpollError,
    )
    from socialpoll.hooks import (
        Document as Document,
    )
    from socialpoll.hooks import (
        Exporter as Exporter,
    )
    from socialpoll.hooks import (
        Reader as Reader,
    )
    from socialpoll.hooks import (
        Source as Source,
    )
    from socialpoll.hooks import (
        hookimpl as hookimpl,
    )
    from socialpoll.indicators import (
        Agreement as Agreement,
    )
    from socialpoll.indicators import (
        Association as Association,
    )
    from socialpoll.indicators import (
        CircularMean as CircularMean,
    )
    from socialpoll.indicators import (
        Concentration as Concentration,
    )
    from socialpoll.indicators import (
        Contrast as Contrast,
    )
    from socialpoll.indicators import (
        Estimates as Estimates,
    )
    from socialpoll.indicators import (
        Mean as Mean,
    )
    from socialpoll.indicators import (
        Precision as Precision,
    )
    from socialpoll.indicators import (
        Profile as Profile,
    )
    from socialpoll.indicators import (
        Quantile as Quantile,
    )
    from socialpoll.indicators import (
        Ratio as Ratio,
    )
    from socialpoll.indicators import (
        Regression as Regression,
    )
    from socialpoll.indicators import (
        Share as Share,
    )
    from socialpoll.indicators import (
        Total as Total,
    )
    from socialpoll.indicators import (
        TTest as TTest,
    )
    from socialpoll.indicators import (
        Variance as Variance,
    )
    from socialpoll.indicators import (
        WaldTest as WaldTest,
    )
    from socialpoll.indicators import (
        Windows as Windows,
    )
    from socialpoll.indicators import (
        association as association,
    )
    from socialpoll.indicators import (
        change as change,
    )
    from socialpoll.indicators import (
        check_agreement as check_agreement,
    )
    from socialpoll.indicators import (
        compare as compare,
    )
    from socialpoll.indicators import (
        estimate as estimate,
    )
    from socialpoll.indicators import (
        regress as regress,
    )
    from socialpoll.indicators import (
        t_test as t_test,
    )
    from socialpoll.indicators import (
        trend as trend,
    )
    from socialpoll.plugins import (
        PluginHost as PluginHost,
    )
    from socialpoll.plugins import (
        export as export,
    )
    from socialpoll.plugins import (
        render as render,
    )
    from socialpoll.poll import (
        Poll as Poll,
    )
    from socialpoll.report import (
        Edition as Edition,
    )
    from socialpoll.report import (
        LifeCycle as LifeCycle,
    )
    from socialpoll.report import (
        Publisher as Publisher,
    )
    from socialpoll.report import (
        Report as Report,
    )
    from socialpoll.report import (
        compose as compose,
    )
    from socialpoll.responses import (
        ResponseRates as ResponseRates,
    )
    from socialpoll.responses import (
        Responses as Responses,
    )
    from socialpoll.responses import (
        SampleDesign as SampleDesign,
    )
    from socialpoll.responses import (
        bind as bind,
    )
    from socialpoll.responses import (
        response_rates as response_rates,
    )
    from socialpoll.schema import (
        All as All,
    )
    from socialpoll.schema import (
        Answered as Answered,
    )
    from socialpoll.schema import (
        Any as Any,
    )
    from socialpoll.schema import (
        Band as Band,
    )
    from socialpoll.schema import (
        Bands as Bands,
    )
    from socialpoll.schema import (
        ClockBand as ClockBand,
    )
    from socialpoll.schema import (
        Code as Code,
    )
    from socialpoll.schema import (
        Declaration as Declaration,
    )
    from socialpoll.schema import (
        Duration as Duration,
    )
    from socialpoll.schema import (
        Group as Group,
    )
    from socialpoll.schema import (
        Grouping as Grouping,
    )
    from socialpoll.schema import (
        Is as Is,
    )
    from socialpoll.schema import (
        Methodology as Methodology,
    )
    from socialpoll.schema import (
        Missing as Missing,
    )
    from socialpoll.schema import (
        Multiple as Multiple,
    )
    from socialpoll.schema import (
        Not as Not,
    )
    from socialpoll.schema import (
        Number as Number,
    )
    from socialpoll.schema import (
        Questionnaire as Questionnaire,
    )
    from socialpoll.schema import (
        Scale as Scale,
    )
    from socialpoll.schema import (
        Single as Single,
    )
    from socialpoll.schema import (
        TimeOfDay as TimeOfDay,
    )
    from socialpoll.schema import (
        Within as Within,
    )
    from socialpoll.weighting import (
        BalancedRepeated as BalancedRepeated,
    )
    from socialpoll.weighting import (
        Bootstrap as Bootstrap,
    )
    from socialpoll.weighting import (
        Calibrate as Calibrate,
    )
    from socialpoll.weighting import (
        GivenReplicates as GivenReplicates,
    )
    from socialpoll.weighting import (
        Jackknife as Jackknife,
    )
    from socialpoll.weighting import (
        Lint as Lint,
    )
    from socialpoll.weighting import (
        Margin as Margin,
    )
    from socialpoll.weighting import (
        NonResponse as NonResponse,
    )
    from socialpoll.weighting import (
        PostStratify as PostStratify,
    )
    from socialpoll.weighting import (
        Propensity as Propensity,
    )
    from socialpoll.weighting import (
        Rake as Rake,
    )
    from socialpoll.weighting import (
        Recipe as Recipe,
    )
    from socialpoll.weighting import (
        ReferencePropensity as ReferencePropensity,
    )
    from socialpoll.weighting import (
        Replicated as Replicated,
    )
    from socialpoll.weighting import (
        Replicates as Replicates,
    )
    from socialpoll.weighting import (
        Require as Require,
    )
    from socialpoll.weighting import (
        Rescale as Rescale,
    )
    from socialpoll.weighting import (
        Selection as Selection,
    )
    from socialpoll.weighting import (
        SuccessiveDifference as SuccessiveDifference,
    )
    from socialpoll.weighting import (
        Targets as Targets,
    )
    from socialpoll.weighting import (
        Trim as Trim,
    )
    from socialpoll.weighting import (
        UnknownEligibility as UnknownEligibility,
    )
    from socialpoll.weighting import (
        Waves as Waves,
    )
    from socialpoll.weighting import (
        Weights as Weights,
    )
    from socialpoll.weighting import (
        lint as lint,
    )
    from socialpoll.weighting import (
        poststratify as poststratify,
    )
    from socialpoll.weighting import (
        rake as rake,
    )
    from socialpoll.weighting import (
        replicate as replicate,
    )
    from socialpoll.weighting import (
        stack as stack,
    )
    from socialpoll.weighting import (
        weigh as weigh,
    )
    from socialpoll.weighting import (
        weights_from as weights_from,
    )
    from socialpoll.weighting import (
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
        "ClockBand",
        "Code",
        "Declaration",
        "Duration",
        "Group",
        "Grouping",
        "Is",
        "Methodology",
        "Missing",
        "Multiple",
        "Not",
        "Number",
        "Questionnaire",
        "Scale",
        "Single",
        "TimeOfDay",
        "Within",
    ],
    "responses": ["ResponseRates", "Responses", "SampleDesign", "bind", "response_rates"],
    "weighting": [
        "BalancedRepeated",
        "Bootstrap",
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
    "report": ["Edition", "LifeCycle", "Publisher", "Report", "compose"],
    "plugins": ["PluginHost", "export", "render"],
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
