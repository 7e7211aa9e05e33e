from __future__ import annotations

import csv
from itertools import repeat

import numpy as np
import pytest

from socialpoll.demo import FOLDER
from socialpoll.demo.answering import STEP, Answering
from socialpoll.demo.citizens import Citizens

CITIZENS = Citizens.read(FOLDER)
EVERYBODY = CITIZENS.persons
ANSWERING = Answering.of(CITIZENS)
USERS = EVERYBODY * ANSWERING.account
MOST_EAGER = (0, 0, 0, 2, 2)


def published(**keys: str) -> list[float]:
    with (FOLDER / "published.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = [row for row in rows if keys.items() <= row.items()]
    return [float(row["value"]) / (100 if row["unit"] == "percent" else 1) for row in chosen]


def share(persons, of) -> float:
    return float(persons.sum() / of.sum())


def test_the_population_has_the_published_share_of_account_holders():
    assert share(USERS, EVERYBODY) == pytest.approx(*published(indicator="account"))


@pytest.mark.parametrize("name", ["whatsapp", "youtube", "instagram"])
def test_users_have_the_published_share_of_a_platform(name):
    persons = USERS * ANSWERING.platforms[name]

    assert share(persons, USERS) == pytest.approx(*published(item=name, check="within"))


@pytest.mark.parametrize("name", ["contact", "news"])
def test_users_have_the_published_share_of_a_purpose(name):
    assert share(USERS * ANSWERING.purposes[name], USERS) == pytest.approx(*published(item=name))


def test_users_have_the_published_mean_of_hours():
    mean = STEP * (1 + (1 - ANSWERING.hours).sum(axis=-1))

    assert share(USERS * mean, USERS) == pytest.approx(*published(indicator="hours"))


def test_users_have_the_published_mean_of_accounts():
    uses = list(ANSWERING.platforms.values())
    beyond_the_first = sum(uses) - 1 + np.prod([1 - one for one in uses], axis=0)
    mean = 1 + ANSWERING.separate * beyond_the_first

    assert 0 < ANSWERING.separate <= 1
    assert share(USERS * mean, USERS) == pytest.approx(*published(indicator="accounts"))


def test_the_published_share_of_citizens_posts_seven_times_a_day_or_more():
    persons = USERS * ANSWERING.platforms["whatsapp"] * ANSWERING.posting

    assert share(persons, EVERYBODY) == pytest.approx(*published(indicator="posting"))


@pytest.mark.parametrize("name", ["shopping", "selling"])
def test_buying_and_selling_round_to_the_published_shares_of_citizens(name):
    persons = USERS * getattr(ANSWERING, name)
    shares = {
        "male": share(persons[:, 0], EVERYBODY[:, 0]),
        "female": share(persons[:, 1], EVERYBODY[:, 1]),
        "_T": share(persons, EVERYBODY),
    }

    for domain, made in shares.items():
        assert [round(made, 2)] == published(indicator=name, domain=domain)


def test_trust_has_the_published_share_overall_and_by_education():
    persons = EVERYBODY * ANSWERING.trust
    below = share(persons[..., 0, :], EVERYBODY[..., 0, :])
    above = share(persons[..., 2, :], EVERYBODY[..., 2, :])

    assert [share(persons, EVERYBODY)] == pytest.approx(published(category="trust", domain="_T"))
    assert [below] == pytest.approx(published(indicator="trust", domain="below_secondary"))
    assert [above] == pytest.approx(published(indicator="trust", domain="above_secondary"))


def test_trust_of_men_and_women_keeps_the_published_difference_around_the_overall_share():
    persons = EVERYBODY * ANSWERING.trust
    men = share(persons[:, 0], EVERYBODY[:, 0])
    women = share(persons[:, 1], EVERYBODY[:, 1])
    printed = dict(
        zip(
            ("female", "male"),
            published(indicator="trust", breakdown="sex", check="conflict"),
            strict=False,
        )
    )

    assert women - men == pytest.approx(printed["female"] - printed["male"])


def test_distrust_has_the_published_share():
    persons = EVERYBODY * (1 - ANSWERING.trust) * ANSWERING.distrust

    assert [share(persons, EVERYBODY)] == pytest.approx(published(category="distrust"))


def test_who_says_yes_to_everything_uses_everything():
    answers = ANSWERING.interview(MOST_EAGER, lambda: 0.05)

    assert answers["account"] == "yes"
    assert answers["platforms_whatsapp"] == "1"
    assert answers["platforms_none"] == "0"
    assert answers["trust"] == "trust"


def test_who_says_no_to_everything_is_asked_no_more_about_use():
    draws = repeat(1 - 2**-53)
    answers = ANSWERING.interview(MOST_EAGER, lambda: next(draws))

    assert answers == {"account": "no", "trust": "neither"}
