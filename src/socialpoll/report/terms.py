"""Words that documents need around a report: for exporters, which have no catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from socialpoll.report.blocks import Message

__all__ = ["PATTERNS", "SYNTHETIC_NOTICE", "TERMS"]

SYNTHETIC_NOTICE = Message(
    "The data in this publication are synthetic and describe no real population."
)
"""Stands in every document whose report is ``synthetic``."""

TERMS: Mapping[str, Message] = MappingProxyType(
    {
        one.key: one
        for one in (
            Message("About this publication"),
            Message("Base"),
            Message("Comparison"),
            Message("Confidence interval"),
            Message("Contact"),
            Message("Contents"),
            Message("Data"),
            Message("Domain"),
            Message("Download"),
            Message("Edition"),
            Message("Embargo"),
            Message("Estimate"),
            Message("Figure"),
            Message("Findings"),
            Message("Group"),
            Message("Indicator"),
            Message("Key findings"),
            Message("Language"),
            Message("Licence"),
            Message("Low reliability"),
            Message("Methodology"),
            Message("Next release"),
            Message("Note"),
            Message("Notes"),
            Message("Page"),
            Message("Publisher"),
            Message("Question"),
            Message("Release date"),
            Message("Source"),
            Message("Standard error"),
            Message("Status"),
            Message("Supersedes"),
            Message("Suppressed"),
            Message("Synthetic data"),
            Message("Table"),
            Message("Title"),
            Message("Unit"),
            Message("Unweighted base"),
            Message("Wave"),
            Message("Website"),
            Message("Who we are"),
            Message("final"),
            Message("provisional"),
            Message("revised"),
        )
    }
)
"""Single words and headings, by their English."""

PATTERNS: tuple[str, ...] = tuple(
    one.key
    for one in (
        Message("{date}"),
        Message("{label}: {text}"),
        Message("Figure {number}"),
        Message("Figure {number}. {title}"),
        Message("Page {number}"),
        Message("Page {number} of {pages}"),
        Message("Sheet {number}"),
        Message("Source: {source}"),
        Message("Table {number}"),
        Message("Table {number}. {title}"),
        Message("Embargoed until {moment}"),
    )
)
"""Keys of messages that take values: ``Message("Table {number}", {"number": 3})``."""
