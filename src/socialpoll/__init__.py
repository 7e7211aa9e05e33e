"""From a questionnaire to the documents that decision makers read.

The road, each step one frozen object: Questionnaire, Responses, Weights, Estimates, Release,
Report, Document. Public names are imported when they are first used; ``import socialpoll`` itself
loads neither pandas nor scipy.
"""

from __future__ import annotations

import importlib

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
    "responses": ["Responses", "SampleDesign", "bind"],
    "weighting": [
        "Margin",
        "PostStratify",
        "Rake",
        "Recipe",
        "Targets",
        "Weights",
        "poststratify",
        "rake",
        "weigh",
    ],
    "indicators": [
        "Estimates",
        "Mean",
        "Precision",
        "Profile",
        "Ratio",
        "Share",
        "Total",
        "compare",
        "estimate",
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
