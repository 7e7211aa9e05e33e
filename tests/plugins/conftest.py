from __future__ import annotations

import pytest

from socialpoll.report import Publisher, Report
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
