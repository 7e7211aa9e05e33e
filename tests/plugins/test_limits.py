from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PluginError
from socialpoll.hooks import Exporter
from tests.plugins.installing import exporting


@pytest.mark.parametrize(
    "limit", [{"seconds": 0}, {"seconds": "9"}, {"size": 1.5}, {"memory": -1}, {"size": True}]
)
def test_a_limit_is_a_number_above_0(limit):
    [name] = limit

    with pytest.raises(PluginError, match="no limit") as caught:
        sp.Limits(**limit)

    assert (caught.value.where, caught.value.found) == (f"Limits.{name}", repr(limit[name]))


def test_a_host_isolates_nobody_unless_it_is_told_to():
    word = sp.PluginHost().offer("exporter", "csv")

    assert sp.PluginHost().limits_for(word) is None
    assert sp.PluginHost().limits_for(word, isolated=True) == sp.Limits()
    assert sp.PluginHost(isolated=True).limits_for(word) == sp.Limits()
    assert sp.PluginHost(isolated=True).limits_for(word, isolated=False) is None


def test_a_host_can_isolate_those_that_are_not_built_in(install):
    install("cards", exporting("cards"))
    limits = sp.Limits(seconds=9)
    host = sp.PluginHost(isolated="third-party", limits=limits)

    assert host.limits_for(host.offer("exporter", "cards")) == limits
    assert host.limits_for(host.offer("exporter", "csv")) is None


def test_no_other_isolation_is_known():
    with pytest.raises(PluginError, match="which exporters to isolate") as caught:
        sp.PluginHost(isolated="plugins")

    assert caught.value.allowed == "True, False, 'third-party'"


def test_a_record_cannot_be_isolated_for_no_other_process_knows_it(report):
    record = Exporter(
        name="cards", title="Cards", media_type="text/plain", suffix=".txt", render=lambda *_: []
    )

    with pytest.raises(PluginError, match="known to this process only"):
        sp.render(report, record, isolated=True)
