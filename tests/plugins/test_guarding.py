from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PluginError
from socialpoll.plugins import PluginHost
from socialpoll.plugins.guarding import GuardedRule

RULE = """
from socialpoll.disclosure import Ruling
from socialpoll.hooks import hookimpl

class Rule:
    "Looks at rows."
    name = {name!r}
    footnotes = {footnotes!r}
    def __call__(self, row):
        return {answer}

@hookimpl
def socialpoll_reliability_rules():
    return [Rule()]
"""


def installed(install, *, name="their_own", answer="'flag'", footnotes=None) -> PluginHost:
    install("rules", RULE.format(name=name, answer=answer, footnotes=footnotes or {}))
    return PluginHost()


def test_a_rule_of_a_plugin_may_answer_with_a_ruling(install):
    footnotes = {"few": {"en": "few", "ar": "قليل"}}
    host = installed(install, answer="Ruling('flag', ('few',))", footnotes=footnotes)

    rule = host.rule("their_own")

    assert rule({}) == sp.Ruling("flag", ("few",))
    assert rule.footnotes == footnotes


def test_a_rule_without_footnotes_has_none():
    assert GuardedRule(sp.MinBase(), "socialpoll").footnotes == {}


@pytest.mark.parametrize("answer", ["'maybe'", "None", "Ruling('maybe')", "['flag']"])
def test_an_answer_that_is_no_verdict_is_told_with_the_name_of_the_rule(install, answer):
    rule = installed(install, answer=answer).rule("their_own")

    with pytest.raises(PluginError, match=r"'their_own' gave .* no verdict") as caught:
        rule({})

    assert caught.value.where.startswith("rules")
    assert caught.value.allowed == "publish, flag, suppress"


def test_a_rule_that_fails_is_told_with_its_reason(install):
    rule = installed(install, answer="row['nothing']").rule("their_own")

    with pytest.raises(PluginError, match="failed: KeyError"):
        rule({})


def test_footnotes_that_cannot_be_printed_make_a_rule_broken(install):
    host = installed(install, footnotes={"few": {"en": ""}})

    with pytest.raises(PluginError, match="the footnote 'few' has no words by language"):
        host.rule("their_own")


@pytest.mark.parametrize("name", ["min_base", "nchs2017", "statcan"])
def test_the_names_of_built_in_rules_are_reserved(install, name):
    host = installed(install, name=name)

    [offer] = [one for one in host.listing() if one.distribution == "rules"]
    assert offer.state == "broken"
    assert "reserved" in offer.reason
    assert (
        host.rule(name).rule
        == {
            "min_base": sp.MinBase(),
            "nchs2017": sp.Nchs2017(),
            "statcan": sp.StatCan(),
        }[name]
    )
