"""What authors of plugins test them with: a sample report, and checks of every promise.

A test of an exporter that keeps to all that is asked of it::

    import pytest
    from socialpoll.testing import check_exporter
    from socialpoll_cards import EXPORTER


    @pytest.mark.parametrize("check", check_exporter(EXPORTER))
    def test_it_keeps_what_exporters_promise(check):
        check()

Nothing here needs pytest: a check is called, and raises AssertionError where a promise is broken.
"""

from socialpoll.testing.checks import Check
from socialpoll.testing.exporters import check_exporter
from socialpoll.testing.readers import check_reader
from socialpoll.testing.rules import check_rule
from socialpoll.testing.sampling import sample_report

__all__ = ["Check", "check_exporter", "check_reader", "check_rule", "sample_report"]
