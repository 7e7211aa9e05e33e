from __future__ import annotations

import pandas as pd
import pyreadstat
import pytest

import socialpoll as sp


def codes(*several):
    return tuple(sp.Code(code=one, label=str(one)) for one in several)


@pytest.mark.parametrize(
    ("write", "read", "suffix", "held"),
    [
        (sp.write_sav, pyreadstat.read_sav, "sav", ["a", "b", "a"]),
        (sp.write_dta, pyreadstat.read_dta, "dta", [1, 2, 1]),
    ],
)
def test_blocks_and_versions_are_told_and_the_version_of_each_case_is_in_the_file(
    tmp_path, write, read, suffix, held
):
    versions = (
        sp.Version(code="a", label="A", questions=("q",)),
        sp.Version(code="b", label="B"),
    )
    poll = sp.Questionnaire(
        title="Poll",
        questions=(
            sp.Single(name="q", text="Q?", code_type="integer", options=codes(1, 2)),
            sp.Single(name="r", text="R?", code_type="integer", options=codes(1, 2)),
        ),
        blocks=(sp.Block(name="both", questions=("q", "r"), order="random"),),
        splits=(sp.Split(name="form", label="Form", column="form", versions=versions),),
    )
    answers = pd.DataFrame({"form": ["a", "b", "a"], "q": [1, None, 2], "r": [2, 1, 1]})
    path = tmp_path / f"answers.{suffix}"

    told = write(sp.bind(answers, poll), path)

    assert read(str(path))[0]["form"].tolist() == held
    assert "blocks of questions and their order are not in the file: 'both'" in told
    assert "which questions a version (splits) holds is not in the file: 'form'" in told
