from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.errors import ExportError, PluginError, ReaderError, UncleanError
from socialpoll.exporters.word.loading import built_in_template
from socialpoll.poll.manifest import ABSOLUTE
from tests.plugins.installing import exporting
from tests.poll.polls import answers, changed, write_poll

MARGINAL = "lambda edition, options: [Document('marginal.txt', b'whole', 'text/plain')]"
FAILING = "lambda edition, options: open('/nowhere/at/all/template.docx')"


def loaded(folder, *exports: str, change: tuple[str, str] = ("seed", "seed")) -> sp.Poll:
    tables = "\n".join(f'[[exports]]\nexporter = "{one}"' for one in exports)
    return sp.Poll.load(
        write_poll(folder, changed(change, ('[[exports]]\nexporter = "csv"', tables)))
    )


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_the_stages_of_a_poll_are_those_of_the_library(poll_file):
    poll = sp.Poll.load(poll_file)
    answers = pd.read_csv(poll_file.parent / "answers.csv")
    responses = sp.bind(answers, poll.questionnaire, poll.design, wave="2019-03")
    weights = sp.weigh(responses, poll.recipe)
    estimates = sp.estimate(weights, [sp.Share("account")], by=["sex"])

    assert poll.weights().id == weights.id
    pd.testing.assert_frame_equal(poll.estimates()[0].frame, estimates.frame)


def test_every_stage_can_be_had_on_its_own(poll_file):
    poll = sp.Poll.load(poll_file)

    assert len(poll.responses()) == 60
    assert poll.weights().to_frame()["weight"].sum() == pytest.approx(1000)
    assert [len(one.comparisons) > 0 for one in poll.estimates()] == [True, False, False]
    assert set(poll.release().figures["indicator"]) == {"account", "hours", "use"}
    assert poll.report().name == "accounts"


def test_a_poll_that_declares_outcomes_reports_its_response_rates(tmp_path):
    outcomes = """[design]
disposition = "result"
outcomes = { done = "interview", no = "refusal", silent = "unknown_household", none = "ineligible" }
"""
    file = write_poll(tmp_path, changed(("[design]\n", outcomes)))
    told, *rows = answers().splitlines()
    others = [f"{('north', 'south')[case % 2]},3,,," for case in range(20)]
    results = ["done"] * 60 + ["no"] * 5 + ["silent"] * 10 + ["none"] * 5
    lines = [f"{row},{result}" for row, result in zip([*rows, *others], results, strict=True)]
    (tmp_path / "answers.csv").write_text("\n".join([f"{told},result", *lines]), encoding="utf-8")
    poll = sp.Poll.load(file)

    # Base weights: interviews 60 * 1.5 = 90, refusals 5 * 3 = 15, unknown 30, ineligible 15.
    fact = poll.responses().methodology.fact("responses", "rates")
    assert fact["RR1"] == pytest.approx(90 / 135)
    assert fact["e"] == pytest.approx(105 / 120)
    assert fact["RR3"] == pytest.approx(90 / (105 + 30 * 105 / 120))
    assert fact["weighted"] is True
    card = sp.Edition(poll.report(), ("en",))
    [section] = [one for one in poll.report().sections if one.role == "methodology"]
    said = {card.text(row.cells[0]): card.text(row.cells[1]) for row in section.blocks[0].rows}
    assert said["Sample size"] == "60 respondents out of 80 sampled"
    assert said["Response rate"] == (
        "AAPOR response rate 1 (RR1): 66.7%; AAPOR response rate 3 (RR3): 68.6%, with 87.5% of the "
        "cases of unknown eligibility taken as eligible; cases are counted with their base weights"
    )


def test_a_poll_that_declares_no_outcomes_has_no_such_rates(poll_file):
    methodology = sp.Poll.load(poll_file).responses().methodology

    assert methodology.fact("responses", "rates") is None


def test_indicators_are_reported_in_the_order_of_the_file(poll_file):
    figures = sp.Poll.load(poll_file).release().figures

    assert list(figures["indicator"].unique()) == ["account", "hours", "use"]
    assert list(figures.loc[figures["indicator"] == "hours", "breakdown"].unique()) == ["_T"]


def test_small_groups_are_held_back_as_the_publication_says(tmp_path):
    limits = ("minimum_base = 5\nflag_below = 10", "minimum_base = 25\nflag_below = 30")
    poll = sp.Poll.load(write_poll(tmp_path, changed(limits)))

    figures = poll.release().figures

    crossed = figures[figures["breakdown"] == "sex|account"]
    assert set(crossed["flag"]) == {"suppressed"}
    assert crossed["estimate"].isna().all()


def test_small_counts_are_hidden_as_the_publication_says(tmp_path):
    written = 'release_date = 2019-04-01\npolicy = "cells"\nthreshold = 8\nharm = "cells"'
    poll = sp.Poll.load(write_poll(tmp_path, changed(("release_date = 2019-04-01", written))))

    release = poll.release()
    estimates = pd.concat([one.frame for one in poll.estimates()], ignore_index=True)

    fact = release.methodology.fact("disclosure", "policy")
    assert (fact["policy"], fact["threshold"], fact["harm"]) == ("cells", 8, "cells")
    count, base = (estimates[name].to_numpy(float, na_value=0) for name in ("n_category", "n_base"))
    few = (count > 0) & (count < 8) | (base > count) & (base - count < 8) & (count > 0)
    assert few.any()
    assert (release.figures["flag"].to_numpy()[few] == "suppressed").all()


def test_a_rule_of_a_plugin_holds_where_the_publication_names_it(tmp_path, install):
    install(
        "strict",
        """
from socialpoll.hooks import hookimpl

class Strict:
    name = "strict"
    def __call__(self, row):
        return "suppress" if row["breakdown"] == "sex" else "publish"

@hookimpl
def socialpoll_reliability_rules():
    return [Strict()]
""",
    )
    poll = loaded(
        tmp_path, "csv", change=("flag_below = 10", 'flag_below = 10\nrules = ["strict"]')
    )

    figures = poll.release().figures

    assert set(figures.loc[figures["breakdown"] == "sex", "flag"]) == {"suppressed"}
    assert set(figures.loc[figures["breakdown"] == "_T", "flag"]) == {""}


@pytest.mark.parametrize(
    ("body", "words"), [("1/0", "failed: ZeroDivisionError"), ("return 'perhaps'", "no verdict")]
)
def test_a_rule_that_breaks_its_promises_is_named(tmp_path, install, body, words):
    install(
        "strict",
        f"""
from socialpoll.hooks import hookimpl

class Strict:
    name = "strict"
    def __call__(self, row):
        {body}

@hookimpl
def socialpoll_reliability_rules():
    return [Strict()]
""",
    )
    poll = loaded(
        tmp_path, "csv", change=("flag_below = 10", 'flag_below = 10\nrules = ["strict"]')
    )

    with pytest.raises(PluginError, match=r"the reliability rule 'strict'") as caught:
        poll.release()

    assert words in str(caught.value)
    assert caught.value.where == "strict 1.0"


def test_a_run_writes_what_the_poll_file_asks_for_and_a_manifest(tmp_path, install):
    install("marginal", exporting("marginal", MARGINAL, editions="'all'"))
    out = tmp_path / "out"

    run = loaded(tmp_path, "marginal", "csv").run(out)

    assert run.failures == ()
    assert [one.name for one in run.paths] == [
        "marginal.txt",
        "accounts.csv",
        "release.json",
        "manifest.json",
    ]
    assert {one.name for one in out.iterdir()} == {one.name for one in run.paths}
    assert run.report.name == "accounts"
    assert len(run.release.figures)


def test_a_manifest_tells_what_went_in_and_what_came_out(tmp_path, install):
    install("marginal", exporting("marginal", MARGINAL, editions="'all'"), version="3.2")
    poll = loaded(tmp_path, "marginal")

    run = poll.run(tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))

    assert manifest == json.loads(json.dumps(run.manifest, default=str))
    assert (manifest["poll"], manifest["wave"], manifest["seed"]) == ("accounts", "2019-03", 7)
    assert manifest["versions"]["socialpoll"] == sp.__version__
    assert {"numpy", "pandas", "scipy"} <= set(manifest["versions"])
    assert manifest["inputs"] == {
        name: digest((tmp_path / name).read_bytes())
        for name in ("poll.toml", "questionnaire.toml", "answers.csv", "targets/sex.csv")
    }
    assert manifest["recipe"][0]["margins"][1]["date"] == "2019-01-01"
    assert manifest["hashes"]["weights"] == poll.weights().id
    assert manifest["documents"] == [
        {
            "name": "marginal.txt",
            "sha256": digest(b"whole"),
            "bytes": 5,
            "media_type": "text/plain",
            "exporter": "marginal",
            "plugin": "marginal",
            "distribution": "marginal",
            "version": "3.2",
            "isolated": False,
            "languages": ["ar", "en"],
        }
    ]
    assert manifest["failures"] == []


def test_a_manifest_tells_what_each_weighting_step_came_to(tmp_path):
    poll = loaded(tmp_path, "csv")
    weights, manifest = poll.weights(), poll.run(tmp_path / "out").manifest["weights"]
    base, raked = manifest["diagnostics"]

    assert (base["name"], base["sum"], base["deff"], base["g_max"]) == ("base", 90.0, 1.0, None)
    assert (raked["step"], raked["name"], raked["sum"]) == (1, "rake", 1000.0)
    assert raked["n_effective"] == pytest.approx(weights.diagnostics["n_effective"].iloc[1])
    assert [(one["margin"], one["level"], one["target"]) for one in manifest["margins"]] == [
        ("sex", "male", 510.0),
        ("sex", "female", 490.0),
        ("use", "light", 600.0),
        ("use", "heavy", 400.0),
    ]
    assert all(one["reached"] == one["final"] == one["target"] for one in manifest["margins"])


def test_a_manifest_holds_no_number_of_respondents_of_a_level(tmp_path):
    margins = loaded(tmp_path, "csv").run(tmp_path / "out").manifest["weights"]["margins"]

    assert not {"n", "sample_share", "before"} & set(margins[0])


def test_a_manifest_is_json_that_every_program_reads(tmp_path):
    loaded(tmp_path, "csv").run(tmp_path / "out")

    def refuse(word):
        raise AssertionError(word)

    text = (tmp_path / "out" / "manifest.json").read_text(encoding="utf-8")
    assert json.loads(text, parse_constant=refuse)["manifest"] == 1


def test_two_runs_give_the_same_bytes_wherever_they_are_made(tmp_path):
    first, second = loaded(tmp_path / "a", "csv"), loaded(tmp_path / "b" / "deeper", "csv")

    paths = [one.run(tmp_path / to).paths for one, to in ((first, "x"), (second, "y"))]

    assert [[one.read_bytes() for one in these] for these in paths[:1]] == [
        [one.read_bytes() for one in these] for these in paths[1:]
    ]


def test_an_exporter_that_fails_stops_no_other_and_is_in_the_manifest(tmp_path, install):
    install("failing", exporting("failing", FAILING))
    out = tmp_path / "out"

    run = loaded(tmp_path, "failing", "unknown", "csv").run(out)

    assert [one.export.exporter for one in run.failures] == ["failing", "unknown"]
    assert isinstance(run.failures[0].error.__cause__, FileNotFoundError)
    assert [one.name for one in run.paths] == ["accounts.csv", "release.json", "manifest.json"]
    failing, unknown = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["failures"]
    assert (failing["exporter"], failing["error"]) == ("failing", "RenderingError")
    assert "there is no exporter 'unknown'" in unknown["problems"][0]


def test_a_manifest_holds_no_path_from_the_root(tmp_path, install):
    install("failing", exporting("failing", FAILING))

    run = loaded(tmp_path, "failing").run(tmp_path / "out")

    text = run.paths[-1].read_text(encoding="utf-8")
    assert "template.docx" in text
    assert "nowhere" not in text
    assert str(tmp_path) not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("at /a/b/c.docx, part", "at …/c.docx, part"),
        ("'/out': it", "'…/out': it"),
        (r"C:\polls\2019\a.csv", "…/a.csv"),
        ("text/csv and/or 2019/04/01", "text/csv and/or 2019/04/01"),
        ("see https://example.org/a/b", "see https://example.org/a/b"),
        ("house/brief.docx", "house/brief.docx"),
    ],
)
def test_of_a_path_from_the_root_its_last_part_is_told(text, shown):
    assert ABSOLUTE.sub("…/", text) == shown


def test_options_that_do_not_fit_are_a_failure_of_their_export(tmp_path):
    change = ('exporter = "csv"', 'exporter = "csv"\noptions = { depht = 1 }')
    poll = sp.Poll.load(write_poll(tmp_path, changed(change)))

    [failure] = poll.run(tmp_path / "out").failures

    assert "there is no option 'depht'" in str(failure.error)


def test_two_exports_of_one_name_do_not_overwrite_each_other(tmp_path, install):
    install("marginal", exporting("marginal", MARGINAL, editions="'all'"))

    run = loaded(tmp_path, "marginal", "marginal").run(tmp_path / "out")

    assert [one.name for one in run.paths] == ["marginal.txt", "release.json", "manifest.json"]
    assert "already made by marginal" in str(run.failures[0].error)


def test_no_exporter_may_take_the_place_of_the_manifest(tmp_path, install):
    render = MARGINAL.replace("marginal.txt", "Manifest.json")
    install("marginal", exporting("marginal", render, editions="'all'"))

    run = loaded(tmp_path, "marginal").run(tmp_path / "out")

    assert "already made by the manifest" in str(run.failures[0].error)
    assert json.loads(run.paths[-1].read_bytes())["documents"] == []


def test_a_run_can_be_of_one_exporter_only(tmp_path, install):
    install("marginal", exporting("marginal", MARGINAL, editions="'all'"))
    poll = loaded(tmp_path, "marginal", "csv")

    assert [one.name for one in poll.run(tmp_path / "a", only="csv").paths] == [
        "accounts.csv",
        "release.json",
        "manifest.json",
    ]
    assert len(poll.run(tmp_path / "b", only=["csv", "marginal"]).paths) == 4


def test_an_exporter_that_the_poll_does_not_use_is_refused(tmp_path, poll_file):
    with pytest.raises(ExportError, match="makes nothing with exporter 'word'") as caught:
        sp.Poll.load(poll_file).run(tmp_path / "out", only="word")

    assert caught.value.allowed == "csv"
    assert not (tmp_path / "out").exists()


def test_progress_is_told_step_by_step_to_the_end(tmp_path, poll_file):
    told = []

    sp.Poll.load(poll_file).run(tmp_path / "out", progress=lambda *step: told.append(step))

    assert told[0] == ("Reading the answers", 0, 7)
    assert told[-2:] == [("Writing the manifest", 6, 7), ("", 7, 7)]
    assert ("Exporting csv (ar, en)", 5, 7) in told
    assert [done for _, done, _ in told] == list(range(8))


def test_a_run_into_a_folder_that_cannot_be_written_is_refused(tmp_path, poll_file):
    (tmp_path / "out").touch()

    with pytest.raises(ExportError, match="is a file"):
        sp.Poll.load(poll_file).run(tmp_path / "out")


def test_answers_that_are_not_clean_are_refused_and_nothing_is_written(tmp_path, poll_file):
    answers = poll_file.parent / "answers.csv"
    answers.write_text(answers.read_text(encoding="utf-8").replace("female", "f"), encoding="utf-8")

    with pytest.raises(UncleanError):
        sp.Poll.load(poll_file).run(tmp_path / "out")

    assert not (tmp_path / "out").exists()


def test_the_reader_can_be_named_and_must_return_answers(tmp_path, install):
    install(
        "cards",
        """
from socialpoll.hooks import Reader, Source, hookimpl

@hookimpl
def socialpoll_readers():
    return [Reader(name="cards", title="Cards", suffixes=(".cards",),
                   read=lambda path: Source(None, None))]
""",
    )
    poll = loaded(tmp_path, "csv", change=("seed = 7", 'seed = 7\nreader = "cards"'))

    with pytest.raises(ReaderError, match="holds no answers"):
        poll.responses()


def test_plugins_are_looked_up_in_the_host_that_is_given(tmp_path, poll_file):
    poll = sp.Poll.load(poll_file)

    with pytest.raises(PluginError, match="blocked"):
        poll.run(tmp_path / "out", host=sp.PluginHost(blocked=["csv"]))


TEMPLATED = """
from dataclasses import dataclass
from pathlib import Path
from socialpoll.hooks import Document, Exporter, hookimpl

@dataclass(frozen=True)
class Options:
    template: Path | None = None

def render(edition, options):
    yield Document("letter.txt", options.template.read_bytes(), "text/plain")

@hookimpl
def socialpoll_exporters():
    return [Exporter(name="letter", title="A letter", media_type="text/plain", suffix=".txt",
                     render=render, options=Options, editions="all")]
"""


def test_an_option_that_is_a_file_is_beside_the_poll_file_and_an_input_of_the_run(
    tmp_path, install
):
    install("letter", TEMPLATED)
    poll = loaded(tmp_path / "poll", "letter")
    poll = replace(
        poll, exports=(replace(poll.exports[0], options={"template": "house/letter.txt"}),)
    )
    (tmp_path / "poll" / "house").mkdir()
    (tmp_path / "poll" / "house" / "letter.txt").write_bytes(b"Dear reader")

    run = poll.run(tmp_path / "out")

    assert run.paths[0].read_bytes() == b"Dear reader"
    assert run.manifest["inputs"]["house/letter.txt"] == digest(b"Dear reader")


def test_the_template_of_a_word_brief_is_beside_the_poll_file(tmp_path):
    change = ('"csv"', '"word"\noptions = { template = "house/brief.docx", charts = false }')
    poll = sp.Poll.load(write_poll(tmp_path / "poll", changed(change)))
    (tmp_path / "poll" / "house").mkdir()
    template = tmp_path / "poll" / "house" / "brief.docx"
    template.write_bytes(built_in_template())

    run = poll.run(tmp_path / "out")

    assert [one.name for one in run.paths] == [
        "brief-ar.docx",
        "brief-en.docx",
        "release.json",
        "manifest.json",
    ]
    assert run.manifest["inputs"]["house/brief.docx"] == digest(template.read_bytes())


def test_an_option_cannot_name_a_file_outside_the_folder(tmp_path, install):
    install("letter", TEMPLATED)
    poll = loaded(tmp_path / "poll", "letter")
    poll = replace(poll, exports=(replace(poll.exports[0], options={"template": "../a.txt"}),))

    [failure] = poll.run(tmp_path / "out").failures

    assert "outside the folder" in str(failure.error)


def test_a_poll_does_not_change_when_its_folder_is_moved(tmp_path):
    first = loaded(tmp_path / "a", "csv")
    shutil.copytree(tmp_path / "a", tmp_path / "b")

    assert sp.Poll.load(tmp_path / "b" / "poll.toml").weights().id == first.weights().id


def test_standard_errors_come_from_replicates_where_the_poll_file_says_so(tmp_path):
    said = '[weighting.replicates]\nmethod = "jackknife"\n\n[[indicators]]\nmean'
    plain = loaded(tmp_path / "plain")
    replicated = loaded(tmp_path / "replicated", change=("[[indicators]]\nmean", said))

    figures = [pd.concat([one.frame for one in poll.estimates()]) for poll in (plain, replicated)]
    methods = [poll.release().methodology.fact("weighting", "replication") for poll in
               (plain, replicated)]  # fmt: skip

    assert figures[0]["estimate"].to_numpy() == pytest.approx(figures[1]["estimate"], rel=1e-12)
    assert figures[0]["se"].to_numpy() != pytest.approx(figures[1]["se"], rel=1e-6)
    assert methods[0] is None
    assert methods[1]["method"] == "jackknife"
