from __future__ import annotations

import pytest

import socialpoll as sp
from socialpoll.errors import PollFileError
from socialpoll.weighting import recipe_from
from tests.weighting.polls import SEX


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "poll"
    (inside / "targets").mkdir(parents=True)
    (inside / "targets" / "sex.csv").write_text("sex,target\nmale,10\nfemale,11\n", "utf-8")
    (tmp_path / "outside.csv").write_text("sex,target\nmale,10\nfemale,11\n", "utf-8")
    return inside


def raking(**margin):
    return {"step": "rake", "margins": [{"of": "sex", **margin}]}


def problems_of(tables, folder):
    with pytest.raises(PollFileError) as raised:
        recipe_from(tables, folder, "poll.toml, weighting.steps")
    return [str(one) for one in raised.value.problems]


def test_targets_are_read_from_a_file_of_the_folder(folder):
    recipe = recipe_from([raking(targets="targets/sex.csv", source="Census")], folder)

    targets = sp.Targets.of("sex", {"male": 10, "female": 11}, source="Census")
    assert recipe == sp.Recipe((sp.Rake((sp.Margin("sex", targets),)),))


def test_targets_are_read_from_tables_of_codes_and_from_rows(folder):
    rows = [{"sex": code, "target": share} for code, share in SEX.items()]

    by_code = recipe_from([raking(targets=SEX)], folder)
    by_row = recipe_from([raking(targets=rows)], folder)

    assert by_code == by_row == sp.Recipe((sp.Rake((sp.Margin("sex", SEX),)),))


def test_no_steps_are_a_recipe_of_base_weights():
    assert recipe_from([], ".") == sp.Recipe()


@pytest.mark.parametrize("name", ["../outside.csv", "targets/../../outside.csv", "link.csv"])
def test_a_file_outside_the_folder_is_refused(folder, name):
    (folder / "link.csv").symlink_to(folder.parent / "outside.csv")

    (problem,) = problems_of([raking(targets=name)], folder)

    assert "a file of targets outside the folder of the poll file" in problem
    assert repr(name) in problem


def test_an_absolute_path_is_refused_even_of_a_file_inside(folder):
    (problem,) = problems_of([raking(targets=str(folder / "targets" / "sex.csv"))], folder)

    assert "allowed: a path inside the folder" in problem


def test_mistakes_of_a_file_are_told_with_step_margin_file_and_line(folder):
    (folder / "bad.csv").write_text("sex,target\nmale,half\nfemale,x\n", "utf-8")

    found = problems_of([raking(targets="targets/sex.csv"), raking(targets="bad.csv")], folder)

    where = "poll.toml, weighting.steps[2].margins[1].targets, bad.csv"
    assert [one.partition(":")[0] for one in found] == [f"{where}, line 2", f"{where}, line 3"]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"step": "rakes"}, "[1].step: no such step; found 'rakes'; allowed: did you mean 'rake'?"),
        ({"margins": []}, "[1].step: the key 'step' is missing; allowed: selection, "),
        ("rake", "[1]: of the wrong kind; found 'rake'; allowed: a table in { }"),
        ({"step": "rake"}, "[1].margins: the key 'margins' is missing"),
        ({"step": "rake", "margins": []}, "[1].margins: of the wrong kind; found []"),
        ({"step": "poststratify", "of": "sex"}, "[1].targets: the key 'targets' is missing"),
        (raking(targets=SEX, sorce="x"), "[1].margins[1].sorce: unknown key 'sorce'; allowed: did"),
        (raking(targets=SEX, date="x"), "[1].margins[1].date: of the wrong kind; found 'x'"),
        (raking(targets=SEX, missing="own"), "[1].margins[1].missing: no such choice"),
        (raking(targets=SEX, merge=3), "[1].margins[1].merge: of the wrong kind; found 3"),
        (raking(targets=SEX, merge={"all": ["male"]}), "at least two codes together; found all"),
        (raking(targets=3), "[1].margins[1].targets: targets of the wrong kind; found 3"),
        (raking(targets={"male": "half"}), "[1].margins[1].targets"),
        (raking(of=3, targets=SEX), "[1].margins[1].of: of the wrong kind; found 3"),
        ({**raking(targets=SEX), "total": "many"}, "[1].total: of the wrong kind; found 'many'"),
        ({**raking(targets=SEX), "total": -1}, "[1].total: of the wrong kind; found -1"),
        ({**raking(targets=SEX), "tolerance": 1}, "less than or equal to 0.05"),
        ({**raking(targets=SEX), "max_iterations": 1.5}, "allowed: a whole number"),
        ({**raking(targets=SEX), "on_miss": "no"}, "allowed: 'raise' or 'warn'"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_what_is_allowed(folder, table, said):
    (problem,) = problems_of([table], folder)

    assert said in problem


def test_all_mistakes_of_all_steps_are_told_at_once(folder):
    tables = [
        {**raking(targets="nowhere.csv"), "color": "red"},
        {"step": "rakes"},
        {"step": "poststratify", "of": "sex", "targets": "../outside.csv"},
    ]

    found = problems_of(tables, folder)

    assert [one.partition(":")[0].rpartition("weighting.")[2] for one in found] == [
        "steps[1].color",
        "steps[1].margins[1].targets, nowhere.csv",
        "steps[2].step",
        "steps[3].targets",
    ]
