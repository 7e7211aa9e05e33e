from __future__ import annotations

import pytest

from socialpoll import Poll
from socialpoll.errors import BindingError
from tests.poll.polls import answers, changed, write_poll

KOBO = changed(('responses = "answers.csv"', 'responses = "answers.csv"\nreader = "kobo"'))


@pytest.fixture
def fielded(tmp_path):
    """Return a poll file whose answers are the submissions to a form."""
    file = write_poll(tmp_path / "fielded", KOBO)
    header, _, rows = answers().partition("\n")
    names = header.replace("sex", "who/sex").replace("hours", "use/daily/hours")
    (file.parent / "answers.csv").write_text(f"{names}\n{rows}", encoding="utf-8")
    return file


def test_submissions_are_the_answers_of_a_poll_that_names_their_reader(fielded, poll_file):
    responses = Poll.load(fielded).responses()

    assert responses.digest == Poll.load(poll_file).responses().digest
    assert Poll.load(fielded).codebook().bases == Poll.load(poll_file).codebook().bases


def test_checking_a_poll_tells_what_there_is_to_say_of_submissions(fielded):
    told = Poll.load(fielded).check()["what"].tolist()

    assert any(
        "columns of no question are kept as they stand: 'region', 'base'" in one for one in told
    )


def test_without_the_reader_the_columns_of_a_form_are_not_those_of_the_questionnaire(fielded):
    fielded.write_text(fielded.read_text(encoding="utf-8").replace('reader = "kobo"', ""), "utf-8")

    with pytest.raises(BindingError, match="there is no column 'sex'"):
        Poll.load(fielded).responses()
