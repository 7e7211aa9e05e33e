from __future__ import annotations

import pytest

from socialpoll.report.together import languages_of, problem_of_edition


@pytest.mark.parametrize(
    ("edition", "languages"),
    [("ar", ("ar",)), ("ar+en", ("ar", "en")), ("en + ar", ("en", "ar")), ("ar+", ("ar", ""))],
)
def test_a_plus_parts_the_languages_of_an_edition(edition, languages):
    assert languages_of(edition) == languages


@pytest.mark.parametrize("edition", ["ar", "en", "ar+en", "en+ar"])
def test_a_report_has_every_edition_of_its_languages(edition):
    assert problem_of_edition(edition, ["ar", "en"]) is None


def test_a_language_alone_is_not_found_twice_in_its_error():
    problem = problem_of_edition("e", ["ar", "en"])

    assert (problem.found, problem.allowed) == ("", "did you mean 'en'? (ar, en)")


def test_a_language_that_is_there_twice_is_told_with_its_edition():
    assert problem_of_edition("ar+ar", ["ar", "en"]).found == "'ar+ar'"
