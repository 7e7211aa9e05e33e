from __future__ import annotations

from dataclasses import replace

import pytest

from socialpoll.report import Publisher, Report, Said, Section
from tests.plugins.installing import install

__all__ = ["install"]


@pytest.fixture
def report() -> Report:
    return Report(
        name="poll",
        title={"en": "A poll", "ar": "استطلاع"},
        languages=("ar", "en"),
        publisher=Publisher(name={"en": "A centre", "ar": "مركز"}),
        sections=(),
    )


@pytest.fixture
def report_with_section(report) -> Report:
    """Lend a report that has something to say."""
    title = Said({"en": "Half of them", "ar": "نصفهم"})
    return replace(report, sections=(Section("headlines", title, ()),))
