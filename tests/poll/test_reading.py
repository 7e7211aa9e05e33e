from __future__ import annotations

import datetime as dt

import pytest

import socialpoll as sp
from socialpoll.demo import POLL_FILE
from socialpoll.errors import PollFileError
from socialpoll.poll import Export, Wanted
from tests.poll.polls import POLL, QUESTIONNAIRE, changed, write_poll


def problems_in(tmp_path, *changes, questionnaire: str = QUESTIONNAIRE) -> dict[str, object]:
    """Return the problems of a changed poll file by their place in it."""
    file = write_poll(tmp_path, changed(*changes), questionnaire)
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(file)
    found = {one.where.removeprefix("poll.toml, "): one for one in caught.value.problems}
    assert len(found) == len(caught.value.problems)
    return found


def the_problem(tmp_path, *changes):
    [(where, problem)] = problems_in(tmp_path, *changes).items()
    return where, problem


def test_a_poll_file_declares_a_whole_poll(poll_file):
    poll = sp.Poll.load(str(poll_file))

    assert (poll.name, poll.wave, poll.seed, poll.reader) == ("accounts", "2019-03", 7, None)
    assert poll.design == sp.SampleDesign(strata="region", weight="base")
    assert poll.questionnaire.names == ("sex", "account", "hours", "use")
    assert poll.source == poll_file.parent / "answers.csv"
    assert poll.exports == (Export(exporter="csv", languages=("ar", "en")),)
    assert poll.publication.life_cycle.release_date == dt.date(2019, 4, 1)
    assert poll.publication.reliability.minimum_base == 5
    assert poll.inputs == ("poll.toml", "questionnaire.toml", "answers.csv", "targets/sex.csv")


def test_indicators_are_read_in_their_order_with_their_groups(poll_file):
    share, mean, crossed = sp.Poll.load(poll_file).indicators

    assert share == Wanted(indicator=sp.Share("account"), compare=True)
    assert mean == Wanted(indicator=sp.Mean("hours"), by=())
    assert crossed.by == ("sex", "account", ("sex", "account"))


@pytest.mark.parametrize(
    ("table", "indicator"),
    [
        ('share = "account"\nbase = "all"', sp.Share("account", "all")),
        ('mean = "hours"\nname = "h"', sp.Mean("hours", name="h")),
        ('total = "account"\nbase = "asked"', sp.Total("account", "asked")),
        ('ratio = ["hours", "hours"]', sp.Ratio("hours", "hours")),
        ('profile = "sex"\namong = "use"', sp.Profile("sex", among="use")),
        ('median = "hours"\nrule = "school"', sp.Quantile("hours", rule="school")),
        ('quantile = "hours"\np = [0.25, 0.75]', sp.Quantile("hours", (0.25, 0.75))),
        ('quantile = "hours"\np = 0.9', sp.Quantile("hours", 0.9)),
        ('median = "hours"\nabout = "p"', sp.Quantile("hours", about="p")),
        ('variance = "hours"', sp.Variance("hours")),
    ],
)
def test_every_kind_of_indicator_can_be_declared(tmp_path, table, indicator):
    file = write_poll(tmp_path, changed(('mean = "hours"', table)))

    if indicator.name is None and indicator == sp.Share("account", "all"):
        file = write_poll(tmp_path, changed(('mean = "hours"', f'{table}\nname = "other"')))
        indicator = sp.Share("account", "all", name="other")

    assert sp.Poll.load(file).indicators[1].indicator == indicator


def test_the_recipe_is_the_one_that_python_would_write(poll_file):
    [step] = sp.Poll.load(poll_file).recipe.steps

    assert step.total == 1000
    assert step.margins[0].targets.values == {("male",): 510.0, ("female",): 490.0}
    assert step.margins[1].targets.date == dt.date(2019, 1, 1)


def test_a_stage_without_strata_is_written_as_an_empty_string(tmp_path):
    design = 'strata = ["region", ""]\nclusters = ["base"]'
    file = write_poll(tmp_path, changed(('strata = "region"', design)))

    assert sp.Poll.load(file).design.strata == ("region", None)


def test_a_poll_may_be_unweighted_and_may_export_nothing(tmp_path):
    start, end = POLL.index("[[weighting"), POLL.index("[[indicators")
    file = write_poll(tmp_path, POLL[:start] + POLL[end : POLL.index("[[exports")])

    poll = sp.Poll.load(file)

    assert poll.recipe == sp.Recipe()
    assert poll.exports == ()


def test_a_plain_string_is_a_text_in_every_language(tmp_path):
    old = 'title = { en = "Accounts in March", ar = "الحسابات في مارس" }'
    file = write_poll(tmp_path, changed((old, 'title = "2019"')))

    assert sp.Poll.load(file).publication.title == {"und": "2019"}


def test_languages_are_those_of_the_questionnaire_where_the_publication_names_none(tmp_path):
    file = write_poll(tmp_path, changed(('languages = ["ar", "en"]\nby', "by")))

    poll = sp.Poll.load(file)

    assert poll.publication.languages == ("ar", "en")
    assert poll.exports[0].languages == ("ar", "en")


def test_the_bundled_poll_is_without_mistakes():
    assert sp.Poll.load(POLL_FILE).name == "social-media-2019"


def test_outcomes_are_a_table_of_dispositions_or_the_name_of_a_scheme(tmp_path):
    table = '[design]\ndisposition = "d"\noutcomes = { done = "interview", 2 = "refusal" }\n'
    scheme = '[design]\ndisposition = "d"\noutcomes = "aapor"\n'

    polls = [
        sp.Poll.load(write_poll(tmp_path, changed(("[design]\n", one)))) for one in (table, scheme)
    ]

    assert polls[0].design.outcomes == (("done", "interview"), ("2", "refusal"))
    assert polls[1].design.outcomes == "aapor"


@pytest.mark.parametrize(
    ("change", "where", "what"),
    [
        (('name = "accounts"\n', ""), "name", "the key 'name' is missing"),
        (('name = "accounts"', 'name = "الحسابات"'), "name", "a name that is not plain"),
        (('name = "accounts"', "name = 7"), "name", "of the wrong kind"),
        (("seed = 7", 'seed = "7"'), "seed", "of the wrong kind"),
        (("seed = 7", "sead = 7"), "sead", "unknown key 'sead'"),
        (("[design]\n", "[design]\nstratum = 1\n"), "design.stratum", "unknown key 'stratum'"),
        (
            ("[design]\n", '[design]\nlonely = "skip"\n'),
            "design.lonely",
            "no such choice",
        ),
        (
            ("[design]\n", '[design]\ndisposition = "d"\n'),
            "design.disposition",
            "disposition and interviewed belong together",
        ),
        (
            ("[design]\n", '[design]\noutcomes = { done = "interviewed" }\n'),
            "design.outcomes.done",
            "no such choice",
        ),
        (
            (
                "[design]\n",
                '[design]\ndisposition = "d"\ninterviewed = ["in"]\noutcomes = "apor"\n',
            ),
            "design.outcomes",
            "no such choice",
        ),
        (
            ("[design]\n", '[design]\noutcomes = "aapor"\n'),
            "design.disposition",
            "outcomes are declared, but no column of dispositions",
        ),
        (('share = "account"', 'chare = "account"'), "indicators[1]", "what is measured"),
        (
            ('share = "account"', 'share = "account"\nmean = "hours"'),
            "indicators[1]",
            "more than one is measured",
        ),
        (
            ('share = "account"', 'share = "acount"'),
            "indicators[1].share",
            "no question or derived variable 'acount'",
        ),
        (
            ('share = "account"', 'profile = "sex"\namong = "age"'),
            "indicators[1].among",
            "no question or derived variable 'age'",
        ),
        (
            ('share = "account"', 'share = "account"\nbase = "some"'),
            "indicators[1].base",
            "no such choice",
        ),
        (
            ('"account", ["sex", "account"]', '"account", ["sex", "age"]'),
            "indicators[3].by",
            "no question or derived variable 'age'",
        ),
        (('by = ["sex"]\n', 'by = ["age"]\n'), "publication.by", "variable 'age'"),
        (('by = ["sex"]\n', ""), "indicators[1].compare", "no groups to compare"),
        (
            ('share = "use"', 'mean = "hours"'),
            "indicators[3]",
            "the same name as indicators[2]",
        ),
        (
            ('en = "Accounts in March", ', ""),
            "publication.title",
            "no words in en",
        ),
        (
            ('en = "Accounts in March"', 'en = " "'),
            "publication.title",
            "a text without words",
        ),
        (
            ('languages = ["ar", "en"]\nby', 'languages = ["ar", "tlh"]\nby'),
            "publication.languages",
            "no message catalogue of language 'tlh'",
        ),
        (
            ('languages = ["ar", "en"]\nby', 'languages = ["ar", "ar"]\nby'),
            "publication.languages",
            "a language is there twice",
        ),
        (
            ('exporter = "csv"', 'exporter = "csv"\nlanguages = ["fr"]'),
            "exports[1].languages",
            "not in language 'fr'",
        ),
        (
            ('exporter = "csv"', 'exporter = "word"\nlanguages = ["ar", "ar+fr"]'),
            "exports[1].languages",
            "not in language 'fr'",
        ),
        (
            ('exporter = "csv"', 'exporter = "word"\nlanguages = ["ar+ar"]'),
            "exports[1].languages",
            "one language twice in one document",
        ),
        (
            ('exporter = "csv"', 'exporter = "word"\nlanguages = ["ar+en+ar"]'),
            "exports[1].languages",
            "more than two languages in one document",
        ),
        (
            ('exporter = "csv"', 'exporter = "csv"\ndigits = "roman"'),
            "exports[1].digits",
            "no such choice",
        ),
        (
            ("flag_below = 10", "flag_below = 1"),
            "publication.reliability",
            "the limits of MinBase contradict each other",
        ),
        (
            ("release_date = 2019-04-01", 'policy = "none"'),
            "publication.policy",
            "no such choice",
        ),
        (
            ("release_date = 2019-04-01", "threshold = 5"),
            "publication.threshold",
            "this is a term of the policy 'cells', which is not in use",
        ),
        (
            ("minimum_base = 5", "minimum_base = 5\nminimum = 5"),
            "publication.reliability.minimum",
            "unknown key 'minimum'",
        ),
        (
            ("release_date = 2019-04-01", 'release_date = "April"'),
            "publication.release_date",
            "of the wrong kind",
        ),
        (
            ('[publication.publisher]\nname = { en = "A centre", ar = "مركز" }\n', ""),
            "publication.publisher",
            "the key 'publisher' is missing",
        ),
        (
            ('step = "rake"', 'step = "ranke"'),
            "weighting.steps[1].step",
            "no such step",
        ),
        (
            ("targets/sex.csv", "targets/sexes.csv"),
            "weighting.steps[1].margins[1].targets, targets/sexes.csv",
            "the file of targets cannot be read",
        ),
        (("[[weighting.steps]]", "[weighting.steps]"), "weighting.steps", "of the wrong kind"),
        (("[[exports]]", "[exports]"), "exports", "of the wrong kind"),
    ],
)
def test_a_mistake_is_told_with_its_table_and_key(tmp_path, change, where, what):
    place, problem = the_problem(tmp_path, change)

    assert place == where
    assert what in problem.what


def test_what_is_no_table_among_several_is_told(tmp_path):
    where, problem = the_problem(
        tmp_path,
        ("seed = 7", "seed = 7\nexports = [7]"),
        ('[[exports]]\nexporter = "csv"', ""),
    )

    assert (where, problem.allowed) == ("exports[1]", "a table")


def test_a_poll_without_indicators_or_publication_is_refused(tmp_path):
    start = POLL.index("[[indicators")
    file = write_poll(tmp_path, POLL[:start])

    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(file)

    found = {one.where: one.what for one in caught.value.problems}
    assert found == {
        "poll.toml, indicators": "there is none",
        "poll.toml, publication": "the table is missing",
    }


def test_an_unknown_key_is_told_with_the_nearest_that_is_known(tmp_path):
    _, problem = the_problem(tmp_path, ("minimum_base = 5", "minimum_base = 5\nminimum_bass = 5"))

    assert problem.allowed.startswith("did you mean 'minimum_base'?")


def test_mistakes_of_all_parts_are_told_at_once(tmp_path):
    spoilt = QUESTIONNAIRE.replace('kind = "number"', 'kind = "numbr"')

    found = problems_in(
        tmp_path,
        ("seed = 7", "sead = 7"),
        ('strata = "region"', "strata = 1"),
        ('step = "rake"', 'step = "ranke"'),
        ('mean = "hours"', "mean = 3"),
        ("release_date = 2019-04-01", "release_data = 2019-04-01"),
        ('exporter = "csv"', 'exporter = ""'),
        questionnaire=spoilt,
    )

    assert [where for where in found if not where.startswith("questionnaire.toml")] == [
        "sead",
        "design.strata",
        "weighting.steps[1].step",
        "indicators[2].mean",
        "publication.release_data",
        "exports[1].exporter",
    ]
    assert [where for where in found if where.startswith("questionnaire.toml, questions[3]")]


def test_unknown_keys_hide_no_other_mistake_of_their_table(tmp_path):
    found = problems_in(
        tmp_path, ("flag_below = 10", "flag_below = 1\nflags = 2"), ("seed = 7", "sead = 7")
    )

    assert set(found) == {
        "sead",
        "publication.reliability.flags",
        "publication.reliability",
    }


@pytest.mark.parametrize(
    "name", ["../answers.csv", "/etc/hosts", "C:/answers.csv", "targets/../../answers.csv"]
)
@pytest.mark.parametrize("key", ["responses", "questionnaire"])
def test_no_file_outside_the_folder_of_the_poll_file_is_read(tmp_path, key, name):
    (tmp_path / "answers.csv").write_text("secret", encoding="utf-8")
    old = {"responses": "answers.csv", "questionnaire": "questionnaire.toml"}[key]

    where, problem = the_problem(tmp_path / "poll", (f'{key} = "{old}"', f'{key} = "{name}"'))

    assert where == key
    assert problem.what == "a file outside the folder of the poll file"
    assert problem.found == repr(name)


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tmp_path):
    file = write_poll(tmp_path / "poll")
    outside = tmp_path / "outside.csv"
    outside.write_text("secret", encoding="utf-8")
    answers = file.parent / "answers.csv"
    answers.unlink()
    answers.symlink_to(outside)

    with pytest.raises(PollFileError, match="outside the folder"):
        sp.Poll.load(file)


def test_targets_outside_the_folder_are_not_read(tmp_path):
    where, problem = the_problem(
        tmp_path / "poll", ('targets = "targets/sex.csv"', 'targets = "../sex.csv"')
    )

    assert where == "weighting.steps[1].margins[1].targets"
    assert "outside the folder" in problem.what


def test_a_file_that_is_not_there_is_told(tmp_path):
    where, problem = the_problem(tmp_path, ('"questionnaire.toml"', '"asked.toml"'))

    assert (where, problem.what) == ("questionnaire", "there is no such file")


def test_answers_that_are_still_to_come_are_told_as_that(tmp_path):
    where, problem = the_problem(tmp_path, ('"answers.csv"', '"answer.csv"'))

    assert (where, problem.what) == ("responses", "the answers are not there yet")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"name = ", "this is no TOML"),
        (b"name = '\xff'", "the file is not UTF-8"),
        (None, "the file cannot be read"),
    ],
)
def test_a_file_that_is_no_poll_file_is_refused(tmp_path, content, what):
    file = tmp_path / "poll.toml"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(PollFileError, match=what):
        sp.Poll.load(file)


def test_a_poll_file_may_begin_with_a_byte_order_mark(poll_file):
    poll_file.write_text(POLL, encoding="utf-8-sig")

    assert sp.Poll.load(poll_file).name == "accounts"


def test_options_keep_the_kinds_of_value_that_toml_has(tmp_path):
    options = 'exporter = "csv"\noptions = { since = 2019-01-01, depth = 2, names = ["a"] }'
    file = write_poll(tmp_path, changed(('exporter = "csv"', options)))

    assert sp.Poll.load(file).exports[0].options == {
        "since": dt.date(2019, 1, 1),
        "depth": 2,
        "names": ["a"],
    }


@pytest.mark.parametrize(
    ("parts", "where", "allowed"),
    [
        ("[0.5, 0.5]", "indicators[2].p", "each number once"),
        ("[]", "indicators[2].p", "at least one value"),
        ("[0.2, 1.0]", "indicators[2].p[2]", "less than 1"),
        ('"half"', "indicators[2].p", "a number"),
    ],
)
def test_what_is_no_part_of_a_population_is_refused_where_it_stands(
    tmp_path, parts, where, allowed
):
    table = f'quantile = "hours"\np = {parts}'
    with pytest.raises(PollFileError) as caught:
        sp.Poll.load(write_poll(tmp_path, changed(('mean = "hours"', table))))
    (problem,) = caught.value.problems
    assert (problem.where, problem.allowed) == (f"poll.toml, {where}", allowed)
