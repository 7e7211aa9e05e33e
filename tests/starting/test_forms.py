"""The questionnaires of the templates fielded as XLSForm, and polls started from such forms."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import socialpoll as sp
from socialpoll.cli import main
from socialpoll.starting import start_from_file, templates


@pytest.fixture(scope="module", params=[one.name for one in templates()])
def template(request):
    (found,) = (one for one in templates() if one.name == request.param)
    return found


@pytest.fixture(scope="module")
def form(template, tmp_path_factory):
    path = tmp_path_factory.mktemp("form") / "form.xlsx"
    done = CliRunner().invoke(
        main, ["xlsform", str(template.folder / "poll.toml"), "-o", str(path)]
    )
    assert done.exit_code == 0, done.output
    return path


def test_a_form_is_what_collecting_tools_accept(form):
    convert = pytest.importorskip("pyxform.xls2xform").convert

    assert "<h:html" in convert(form, validate=False).xform


def test_a_poll_from_a_form_asks_the_same_in_the_same_words(template, form, tmp_path):
    started = start_from_file(tmp_path / "new", form, reader="xlsform")
    asked = sp.Questionnaire.load(template.folder / "questionnaire.toml").questions
    fielded = sp.Questionnaire.load(started.folder / "questionnaire.toml").questions

    assert not started.answered
    assert [(one.name, one.text) for one in fielded] == [(one.name, one.text) for one in asked]
    assert [one.asked_if for one in fielded] == [one.asked_if for one in asked]
    items = [getattr(one, "items", ()) for one in asked]
    assert [getattr(one, "items", ()) for one in fielded] == items


@pytest.mark.parametrize(("ordered", "measure"), [(True, "mean"), (False, "share")])
def test_a_grid_of_a_form_is_measured_by_its_means_if_its_options_are_ordered(
    ordered, measure, tmp_path
):
    options = [sp.Code(code=code, label=code) for code in ("low", "high")]
    items = [sp.Item(code=code, label=code) for code in ("roads", "health")]
    grid = sp.Grid(name="g", text="Rate", items=items, options=options, ordered=ordered)
    poll = sp.Questionnaire(title="Poll", questions=[grid])
    sp.write_xlsform(poll, tmp_path / "form.xlsx")

    started = start_from_file(tmp_path / "new", tmp_path / "form.xlsx", reader="xlsform")

    assert f'[[indicators]]\n{measure} = "g"\n' in started.poll_file.read_text("utf-8")


@pytest.mark.parametrize("name", ["platforms", "q4_social_media", "colours"])
def test_a_plan_is_proposed_where_a_question_asks_for_platforms_by_its_name(name, tmp_path):
    options = [sp.Code(code=code, label=code) for code in ("radio", "print")]
    options.append(sp.Code(code="none", label="none", exclusive=True))
    question = sp.Multiple(name=name, text="Which?", options=options)
    sp.write_xlsform(sp.Questionnaire(title="P", questions=[question]), tmp_path / "form.xlsx")

    started = start_from_file(tmp_path / "new", tmp_path / "form.xlsx", reader="xlsform")

    proposed = f'# [outreach]\n# platforms = "{name}"\n# size = 2\n\n'
    assert (proposed in started.poll_file.read_text("utf-8")) == (name != "colours")
