"""A poll of several waves is what its waves are, each weighted by itself and then stacked."""

from __future__ import annotations

import json

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import WavesError
from socialpoll.indicators.breaking import BROKEN
from socialpoll.report.serial import report_to_json
from tests.poll.polls import QUESTIONNAIRE
from tests.poll.wave_polls import WAVES, answers_of, write_waves

YEARS = (2019, 2021)


def by_hand(poll: sp.Poll, design: sp.SampleDesign | None = None, **options: object) -> sp.Waves:
    """Stack the waves of a poll without its file."""
    made = {}
    for year in YEARS:
        frame = pd.read_csv(poll.folder / f"answers-{year}.csv", dtype=str, keep_default_na=False)
        bound = sp.bind(frame, poll.questionnaire, design or poll.design, wave=str(year))
        made[str(year)] = sp.weigh(bound, poll.recipe)
    return sp.stack(made, **options)


def figures(estimates: sp.Estimates) -> pd.DataFrame:
    return estimates.frame.drop(columns="weights_id")


def test_a_poll_of_two_waves_is_the_stack_of_them_made_by_hand(tmp_path):
    poll = sp.Poll.load(write_waves(tmp_path))
    stacked = by_hand(poll)

    weights = poll.weights()
    mean = poll.estimates()[1]

    assert isinstance(weights, sp.Waves)
    assert weights.id == stacked.id
    assert poll.responses().frame.equals(stacked.responses.frame)
    pd.testing.assert_frame_equal(mean.frame, sp.estimate(stacked, sp.Mean("hours")).frame)
    assert mean.frame["wave"].tolist() == ["2019", "2021"]


def test_each_wave_is_weighted_to_the_targets_by_itself(tmp_path):
    weights = sp.Poll.load(write_waves(tmp_path)).weights()

    for source in weights.sources.values():
        assert source.margins["reached"].tolist() == pytest.approx([510, 490, 600, 400])


def test_a_wave_may_have_targets_and_a_design_of_its_own(tmp_path):
    own = """
[waves.design]
strata = "sex"

[[waves.weighting.steps]]
step = "rake"
total = 2000
margins = [{ of = "sex", targets = { male = 0.5, female = 0.5 } }]
"""
    poll = sp.Poll.load(write_waves(tmp_path, waves=f"{WAVES}{own}"))
    first, second = poll.weights().sources.values()

    assert (first.responses.design.strata, second.responses.design.strata) == ("region", "sex")
    assert second.responses.design.weight == "base"
    sums = [one.diagnostics["sum"].iloc[-1] for one in (first, second)]
    assert sums == pytest.approx([1000, 2000])


def test_changes_and_trends_are_those_of_the_library_rounded(tmp_path):
    poll = sp.Poll.load(write_waves(tmp_path, ("[publication]\n", FULL)))
    shares, mean, _ = poll.estimates()

    changes, trends = poll.changes(), poll.trends()

    expected = pd.concat([sp.change(shares), sp.change(mean)], ignore_index=True)
    pd.testing.assert_frame_equal(changes, expected)
    pd.testing.assert_frame_equal(trends, sp.trend(mean))
    rounded = sp.Poll.load(write_waves(tmp_path / "rounded")).changes()
    assert rounded["change"].tolist() == pytest.approx(changes["change"].round(3), abs=0.1)
    assert rounded["p"].tolist() == pytest.approx(changes["p"])
    assert (rounded["change"][:6] * 1000 % 1).abs().max() < 1e-9


FULL = "[publication]\nfull_precision = true\n"


def test_what_touches_a_suppressed_figure_is_no_change_that_is_shown(tmp_path):
    frame = answers_of(2021)
    frame.loc[frame["sex"] == "female", "account"] = None
    frame.loc[1, "account"] = "yes"
    poll = sp.Poll.load(write_waves(tmp_path, y2021=frame))

    changes = poll.changes().query("indicator == 'account'")

    assert set(changes["domain"]) == {"_T", "male"}
    figures = poll.release().figures.query("indicator == 'account' and domain == 'female'")
    assert figures.set_index("wave")["estimate"].isna().groupby(level=0).all().to_dict() == {
        "2019": False,
        "2021": True,
    }


def test_changes_may_be_told_against_the_first_wave(tmp_path):
    third = '\n[[waves]]\nname = "2022"\nresponses = "answers-2019.csv"\n'
    against = ('mean = "hours"\nchange = true', 'mean = "hours"\nchange = true\nagainst = "first"')
    poll = sp.Poll.load(write_waves(tmp_path, against, waves=f"{WAVES}{third}"))

    changes = poll.changes().query("breakdown == '_T'")

    pairs = changes.groupby("indicator")[["wave_a", "wave_b"]].apply(
        lambda one: set(map(tuple, one.to_numpy()))
    )
    assert pairs["account"] == {("2019", "2021"), ("2021", "2022")}
    assert pairs["hours"] == {("2019", "2021"), ("2019", "2022")}


def test_a_trend_is_over_the_times_of_the_waves_where_they_have_some(tmp_path):
    timed = WAVES
    for year in YEARS:
        timed = timed.replace(f'name = "{year}"', f'name = "{year}"\ntime = {year}')
    plain = sp.Poll.load(write_waves(tmp_path / "a", ("[publication]\n", FULL))).trends()
    by_year = sp.Poll.load(
        write_waves(tmp_path / "b", ("[publication]\n", FULL), waves=timed)
    ).trends()

    assert by_year["slope"].tolist() == pytest.approx((plain["slope"] / 2).tolist())
    assert by_year["p"].tolist() == pytest.approx(plain["p"].tolist())


def test_the_order_of_rows_does_not_matter(tmp_path):
    plain = sp.Poll.load(write_waves(tmp_path / "a"))
    turned = sp.Poll.load(write_waves(tmp_path / "b", y2019=answers_of(2019)[::-1]))

    for one, other in zip(plain.estimates(), turned.estimates(), strict=True):
        pd.testing.assert_frame_equal(figures(one), figures(other), rtol=1e-9)


def test_the_order_of_waves_turns_the_changes_round_and_nothing_else(tmp_path):
    first, second = WAVES.strip().split("\n\n")
    plain = sp.Poll.load(write_waves(tmp_path / "a", ("[publication]\n", FULL)))
    turned = sp.Poll.load(
        write_waves(tmp_path / "b", ("[publication]\n", FULL), waves=f"{second}\n\n{first}\n")
    )
    keys = ["wave", "indicator", "category", "breakdown", "domain"]

    for one, other in zip(plain.estimates(), turned.estimates(), strict=True):
        pd.testing.assert_frame_equal(
            figures(one).set_index(keys).sort_index(), figures(other).set_index(keys).sort_index()
        )
    assert turned.changes()["change"].tolist() == pytest.approx(
        (-plain.changes()["change"]).tolist()
    )
    assert turned.changes()["se"].tolist() == pytest.approx(plain.changes()["se"].tolist())


def recoded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return answers as another house would have filed them."""
    codes = {"yes": "1", "no": "2"}
    account = frame["account"].map(codes)
    account = account.where(frame["person"].str[-1] != "4", account.replace("2", "3"))
    return frame.assign(account=account).rename(columns={"account": "q7", "base": "w"})


HARMONISED = WAVES.replace(
    'responses = "answers-2019.csv"',
    """responses = "answers-2019.csv"
columns = { q7 = "account", w = "base" }
codes.account = { 1 = "yes", 2 = "no", 3 = "no" }""",
)


def test_harmonised_codes_are_those_that_were_recoded_beforehand(tmp_path):
    plain = sp.Poll.load(write_waves(tmp_path / "a"))
    foreign = recoded(answers_of(2019))
    assert set(foreign["q7"]) == {"1", "2", "3"}
    file = write_waves(tmp_path / "b", waves=HARMONISED, y2019=foreign)

    assert sp.Poll.load(file).weights().id == plain.weights().id


def test_codes_that_are_taken_together_are_told_with_their_wave(tmp_path):
    file = write_waves(tmp_path, waves=HARMONISED, y2019=recoded(answers_of(2019)))

    [found] = sp.Poll.load(file).check().to_dict("records")

    assert found["severity"] == "note"
    assert found["where"] == "wave '2019', answers-2019.csv"
    assert found["what"] == "codes '2', '3' of question 'account' are taken together as 'no'"


def test_a_code_that_is_mapped_but_given_by_nobody_is_told(tmp_path):
    waves = HARMONISED.replace("3 =", "4 =")
    frame = recoded(answers_of(2019)).replace({"q7": {"3": "2"}})
    file = write_waves(tmp_path, waves=waves, y2019=frame)

    [found] = sp.Poll.load(file).check().to_dict("records")

    assert found["what"] == "nobody gave code '4' of question 'account'"


def test_a_code_that_is_not_mapped_and_not_the_polls_is_an_error_of_its_wave(tmp_path):
    waves = HARMONISED.replace(', 3 = "no"', "")
    poll = sp.Poll.load(write_waves(tmp_path, waves=waves, y2019=recoded(answers_of(2019))))

    found = poll.check().query("severity == 'error'").to_dict("records")

    assert [one["where"].partition(",")[0] for one in found] == ["wave '2019'"]
    assert found[0]["found"] == "3"
    assert "allowed: yes, no" in found[0]["advice"]
    with pytest.raises(WavesError, match="wave '2019', question 'account'"):
        poll.weights()


OWN = (
    QUESTIONNAIRE.replace('name = "account"', 'name = "q7"')
    .replace('code = "yes"', 'code = "1"')
    .replace('code = "no"', 'code = "2"')
)
WITH_OWN = WAVES.replace(
    'responses = "answers-2019.csv"',
    """responses = "answers-2019.csv"
questionnaire = "questionnaire-2019.toml"
columns = { q7 = "account", w = "base" }
codes.account = { 1 = "yes", 2 = "no" }""",
)


def with_own(folder, own: str = OWN, waves: str = WITH_OWN, *changes: tuple[str, str]):
    frame = recoded(answers_of(2019)).replace({"q7": {"3": "2"}})
    file = write_waves(folder, *changes, waves=waves, y2019=frame)
    (folder / "questionnaire-2019.toml").write_text(own, encoding="utf-8")
    return file


def test_a_wave_with_a_questionnaire_of_its_own_has_the_same_figures(tmp_path):
    plain = sp.Poll.load(write_waves(tmp_path / "a"))
    poll = sp.Poll.load(with_own(tmp_path / "b"))

    assert poll.waves[0].questionnaire["account"].column == "q7"
    for one, other in zip(plain.estimates(), poll.estimates(), strict=True):
        pd.testing.assert_frame_equal(figures(one), figures(other))


BREAK = """
[[breaks]]
question = "account"
from = "2021"
reason = { en = "Reworded.", ar = "أعيدت صياغته." }
"""


def test_a_break_lets_a_question_have_other_words_and_stops_its_change(tmp_path):
    own = OWN.replace("Do you have an account?", "Have you got an account?")
    poll = sp.Poll.load(with_own(tmp_path, own, f"{WITH_OWN}{BREAK}"))

    changes = poll.changes()
    account = changes["indicator"] == "account"

    assert set(changes.loc[account, "caveat"]) == {BROKEN}
    assert changes.loc[account, ["change", "se", "p"]].isna().all(axis=None)
    assert changes.loc[~account, "change"].notna().all()
    told = poll.release().figures.query("indicator == 'account'").groupby("wave")["caveat"].unique()
    assert told["2019"].tolist() == [""]
    assert told["2021"].tolist() == [BROKEN]


def test_the_reason_of_a_break_is_in_the_report_in_both_languages(tmp_path):
    report = sp.Poll.load(write_waves(tmp_path, waves=f"{WAVES}{BREAK}")).report()
    text = json.dumps(json.loads(report_to_json(report)), ensure_ascii=False)

    assert "Reworded." in text
    assert "أعيدت صياغته." in text


PANEL = ("seed = 7\n", 'seed = 7\nrespondent_id = "person"\n')


def test_respondents_in_common_enter_the_change_as_they_do_by_hand(tmp_path):
    wholly = ("[publication]\n", FULL)
    apart = sp.Poll.load(write_waves(tmp_path / "a", wholly))
    panel = sp.Poll.load(write_waves(tmp_path / "b", wholly, PANEL))
    persons = sp.SampleDesign(strata="region", weight="base", clusters="person")
    stacked = by_hand(panel, persons, units="common")

    mean = sp.change(sp.estimate(stacked, sp.Mean("hours")))

    assert panel.weights().id == stacked.id
    found = panel.changes().query("indicator == 'hours'")
    assert found["se"].tolist() == mean["se"].tolist()
    independent = apart.changes().query("indicator == 'hours'")
    assert found["change"].tolist() == pytest.approx(independent["change"].tolist())
    assert (found["se"].to_numpy() < 0.99 * independent["se"].to_numpy()).all()


def test_persons_as_units_leave_the_figures_of_every_wave_as_they_were(tmp_path):
    apart = sp.Poll.load(write_waves(tmp_path / "a"))
    panel = sp.Poll.load(write_waves(tmp_path / "b", PANEL))

    for one, other in zip(apart.estimates(), panel.estimates(), strict=True):
        pd.testing.assert_frame_equal(figures(one), figures(other), rtol=1e-9)


def test_how_many_respondents_waves_have_in_common_is_told(tmp_path):
    frame = answers_of(2021, 160)[40:]
    poll = sp.Poll.load(write_waves(tmp_path / "a", PANEL, y2021=frame))
    strangers = answers_of(2021).assign(person=[f"q{one}" for one in range(120)])
    nobody = sp.Poll.load(write_waves(tmp_path / "b", PANEL, y2021=strangers))

    [found], [none] = (one.check().to_dict("records") for one in (poll, nobody))

    assert (found["severity"], found["where"]) == ("note", "respondent_id")
    assert found["what"] == "80 sampling units are in both waves '2019' and '2021'"
    assert none["severity"] == "warning"
    assert none["what"].startswith("0 sampling units")


def test_a_respondent_who_is_there_twice_in_a_wave_is_refused(tmp_path):
    frame = answers_of(2021)
    frame.loc[5, "person"] = "p4"
    poll = sp.Poll.load(write_waves(tmp_path, PANEL, y2021=frame))

    with pytest.raises(
        WavesError, match=r"wave '2021'.*respondents that are there more than once.*p4"
    ):
        poll.weights()


def test_errors_of_all_waves_are_told_at_once(tmp_path):
    spoilt = {f"y{year}": answers_of(year).replace("female", "f") for year in YEARS}
    poll = sp.Poll.load(write_waves(tmp_path, **spoilt))

    with pytest.raises(WavesError) as caught:
        poll.responses()

    assert [one.where.partition(",")[0] for one in caught.value.problems] == [
        "wave '2019'",
        "wave '2021'",
    ]
    errors = poll.check().query("severity == 'error'")
    assert errors["where"].str.partition(",")[0].tolist() == ["wave '2019'", "wave '2021'"]


def test_one_wave_is_a_poll_of_its_own_and_has_no_changes(tmp_path):
    waves = WAVES.partition("\n\n[[waves]]")[0] + "\n"
    poll = sp.Poll.load(write_waves(tmp_path, waves=waves))

    run = poll.run(tmp_path / "out")

    assert isinstance(poll.weights(), sp.Weights)
    assert set(run.release.figures["wave"]) == {"2019"}
    assert run.changes is None
    assert [path.name for path in run.paths] == ["accounts.csv", "release.json", "manifest.json"]
    assert [one["wave"] for one in run.manifest["waves"]] == ["2019"]
    [note] = poll.check().query("severity == 'note'").to_dict("records")
    assert note["what"] == "there is only one wave"


def test_a_run_writes_changes_and_says_in_its_manifest_what_went_into_each_wave(tmp_path):
    poll = sp.Poll.load(write_waves(tmp_path))

    run, _ = (poll.run(tmp_path / name) for name in ("out", "again"))

    names = [
        "accounts.csv",
        "accounts-changes.csv",
        "accounts-trends.csv",
        "release.json",
        "manifest.json",
    ]
    assert [path.name for path in run.paths] == names
    for name in names:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()
    written = pd.read_csv(tmp_path / "out/accounts-changes.csv", keep_default_na=False)
    assert written["change"].tolist() == run.changes["change"].tolist()
    manifest = json.loads((tmp_path / "out/manifest.json").read_text(encoding="utf-8"))
    assert [one["wave"] for one in manifest["waves"]] == ["2019", "2021"]
    files = [f"answers-{year}.csv" for year in YEARS]
    for file, wave in zip(files, manifest["waves"], strict=True):
        assert wave["inputs"] == {file: manifest["inputs"][file]}
        assert wave["weights"]["margins"]
    assert [one["name"] for one in manifest["followed"]] == names[1:3]


def test_titles_of_the_report_have_the_labels_of_the_waves(tmp_path):
    report = sp.Poll.load(write_waves(tmp_path)).report()
    titles = {
        tag: [sp.Edition(report, (tag,)).text(one.title) for one in report.sections]
        for tag in ("en", "ar")
    }

    assert "Has an account (First wave)" in titles["en"]
    assert "لديه حساب (الجولة الثانية)" in titles["ar"]


def test_the_codebook_is_that_of_the_last_wave(tmp_path):
    made = sp.Poll.load(write_waves(tmp_path, y2021=answers_of(2021, 100))).codebook().frame

    assert set(made["asked"]) == {100}


def test_the_checks_of_the_poll_are_made_of_each_wave_and_say_of_which(tmp_path):
    twice = pd.concat([answers_of(2019), answers_of(2019).head(2)])
    checks = '[checks]\nid = "person"\nseverity = { duplicate_id = "warning" }\n'
    file = write_waves(tmp_path, waves=f"{WAVES}\n{checks}", y2019=twice)
    found = sp.Poll.load(file).findings()

    doubled = found.table.query("rule == 'duplicate_id'")
    assert set(doubled["wave"]) == {"2019"}
    assert doubled["where"].str.startswith("wave '2019', row").all()
    assert found.cases["duplicate_id"] == 4
    told = report_to_json(found.report)
    assert "2019" in told
    manifest = sp.Poll.load(file).run(tmp_path / "out").manifest
    assert manifest["checks"] is None
    cases = [{one["rule"]: one["cases"] for one in wave["checks"]} for wave in manifest["waves"]]
    assert [one.get("duplicate_id", 0) for one in cases] == [4, 0]
