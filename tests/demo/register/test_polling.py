"""One poll from the tables of the agencies to the brief, and nobody is in what it leaves behind."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import math
import os
import pickle
import re
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import socialpoll as sp
from socialpoll.demo import FOLDER
from socialpoll.demo.answering import Answering
from socialpoll.demo.citizens import GROUP_OF_EDUCATION, INTENSITIES, SEXES, Citizens, age_group_of
from socialpoll.demo.register.declared import LAYOUT, declared_tables
from socialpoll.demo.register.people import GOVERNORATES
from socialpoll.demo.register.polling import RegisterPoll, poll_from_register
from socialpoll.demo.register.synthesise import synthesise_register
from tests.demo.register.planted import FAMILY, GIVEN, IDENTIFIERS, OTHER_NAME, plant, tables_in
from tests.demo.register.sought import Sought, texts_in, texts_of

PEOPLE = 4_500
SECRET = hashlib.sha256(b"an example").digest()
OTHER_KEY = sp.LinkageKey(hashlib.sha256(b"another example").digest())
REVIEW = "review.csv"
HEX = re.compile(rb"[0-9a-f]{64}")


@dataclass(frozen=True)
class Ran:
    """A poll, the folder of its sources and of what it made, and what was said meanwhile."""

    poll: RegisterPoll
    sources: Path
    made: Path
    said: list[str]


@pytest.fixture(scope="module")
def ran(tmp_path_factory) -> Ran:
    for name in ("duckdb", "splink", "docx", "xlsxwriter"):
        pytest.importorskip(name, reason="an extra is not installed")
    sources, made = (tmp_path_factory.mktemp(name) for name in ("sources", "made"))
    synthesise_register(PEOPLE, to=sources)
    plant(sources)
    key = sp.LinkageKey(SECRET)
    with overheard(made.parent) as said:
        few = sp.Matching(pairs=50_000)
        tables = declared_tables(sources).values()
        poll = poll_from_register(tables, to=made, key=key, how=few, said=said.append)
    return Ran(poll, sources, made, said)


@contextlib.contextmanager
def overheard(folder: Path) -> Iterator[list[str]]:
    """Collect what is logged, and what is printed by whatever means."""
    said: list[str] = []
    listening = logging.Handler(logging.DEBUG)
    listening.emit = lambda record: said.append(record.getMessage())  # type: ignore[method-assign]
    root, fonts = logging.getLogger(), logging.getLogger("matplotlib")
    level, kept = root.level, [os.dup(one) for one in (1, 2)]
    fonts.setLevel(logging.INFO)
    root.addHandler(listening)
    root.setLevel(logging.DEBUG)
    try:
        with (folder / "printed").open("wb") as printed:
            for one in (1, 2):
                os.dup2(printed.fileno(), one)
            yield said
    finally:
        for one, before in zip((1, 2), kept, strict=True):
            os.dup2(before, one)
            os.close(before)
        fonts.setLevel(logging.NOTSET)
        root.setLevel(level)
        root.removeHandler(listening)
        said.append((folder / "printed").read_text("utf-8"))


@pytest.fixture(scope="module")
def sought(ran) -> Sought:
    return Sought.of(tables_in(ran.sources).values())


def written_by(ran: Ran) -> list[Path]:
    return [path for path in sorted(ran.made.rglob("*")) if path.is_file()]


def told_of(result: object) -> Iterator[str]:
    """Yield a result as it is shown and pickled, and all frames in it as text."""
    yield repr(result)
    yield from texts_of("pickle", pickle.dumps(result))
    for one in fields(result):  # type: ignore[arg-type]
        value = getattr(result, one.name)
        if isinstance(value, pd.DataFrame):
            yield value.to_csv()
        elif is_dataclass(value):
            yield from told_of(value)


# ------------------------------------------------------------------ the poll


def test_weights_sum_to_the_population_and_so_do_the_base_weights_of_the_sample(ran):
    frame = ran.poll.drawn.frame

    assert math.fsum(ran.poll.weights.values) == pytest.approx(len(ran.poll.population))
    assert frame["base_weight"].sum() == pytest.approx(len(ran.poll.population))
    assert len(frame) < len(ran.poll.population) < len(ran.poll.updated.register)


def test_targets_are_the_counts_of_the_register_and_weights_meet_them(ran):
    counted = ran.poll.population.frame.groupby(["sex", "age_group"], observed=True).size()
    targets = ran.poll.population.targets("sex", "age_group")
    margins = ran.poll.weights.margins

    assert targets == sp.Targets.of(
        ("sex", "age_group"),
        counted.to_dict(),
        source=ran.poll.population.source,
        date=ran.poll.updated.register.date,
    )
    assert margins["reached"].to_numpy() == pytest.approx(margins["target"].to_numpy())
    assert set(margins["target"]) >= set(counted)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_brief_says_where_the_targets_come_from_and_that_all_is_synthetic(ran, language):
    import docx

    brief = docx.Document(str(ran.made / f"brief-{language}.docx"))
    cells = {cell.text for table in brief.tables for row in table.rows for cell in row.cells}
    methodology = ran.poll.weights.methodology.declared

    assert ran.poll.population.source[language] in cells
    assert methodology.sampling_frame[language] in cells
    assert methodology.sampling[language] in cells


def test_figures_are_as_near_to_what_was_simulated_as_their_standard_errors_say(ran):
    chance = chances_of_an_account(ran.poll.population.frame)
    frame = ran.poll.estimates.frame
    yes = frame[(frame["indicator"] == "account") & (frame["category"] == "yes")]
    sex = ran.poll.population.frame["sex"].to_numpy()
    for domain, of in [("_T", sex != ""), ("male", sex == "male"), ("female", sex == "female")]:
        found = yes[yes["domain"] == domain].iloc[0]
        expected = chance[of].mean()
        # Who has an account is drawn; the standard error is that of drawing from those people.
        error = np.sqrt(found["se"] ** 2 + (chance * (1 - chance))[of].mean() / of.sum())

        assert found["estimate"] == pytest.approx(expected, abs=4 * error)
        assert found["se"] < 0.03


def chances_of_an_account(people: pd.DataFrame) -> np.ndarray:
    """The chance of each person; of whom no education is known, that of sex and age."""
    citizens = Citizens.read(FOLDER)
    eagerness = np.array(list(INTENSITIES.values()))
    chance = Answering.of(citizens).account @ eagerness

    def of(governorate: str, sex: str, age: int, education: object) -> float:
        place, code = GOVERNORATES.index(governorate), SEXES.index(sex)
        mine = chance[place, code, age_group_of(age)]
        if isinstance(education, str):
            return float(mine[GROUP_OF_EDUCATION[education]])
        alike = [one for one in citizens.profiles if one.sex == code and one.has(age)]
        persons = np.array([one.persons for one in alike])
        return float(persons @ mine[[one.education_group for one in alike]] / persons.sum())

    columns = people[["governorate", "sex", "age", "education"]]
    return np.array([of(*row) for row in columns.itertuples(index=False, name=None)])


def test_every_file_that_is_listed_is_there_and_no_other(ran):
    listed = [one for path in ran.poll.paths for one in (path, *path.rglob("*")) if one.is_file()]

    assert sorted(listed) == written_by(ran)
    assert {path.suffix for path in listed} >= {".docx", ".xlsx", ".csv", ".json", ".parquet"}


# ------------------------------------------------------------------ nobody is in it


def test_the_search_finds_people_where_they_are(ran, sought):
    """The sources have all of them, and the review file those of whom people decide."""
    review = ran.made / REVIEW
    shown = pd.read_csv(review, dtype=str)
    everybody = sought.found_in(texts_in(ran.sources / "reference.parquet"))

    assert set(tables_in(ran.sources)["reference"]["identifier"]) <= everybody
    assert set(tables_in(ran.sources)["reference"]["record"]) <= everybody
    found = sought.found_in(texts_in(review))
    assert {IDENTIFIERS[0], OTHER_NAME} <= found
    assert any(one.startswith(GIVEN) and one.endswith(FAMILY) for one in found)
    assert set(shown["record_identifier"].dropna()) <= found
    assert set(shown["person_name"]) <= found


def test_some_of_those_who_are_like_nobody_else_were_drawn(ran):
    key = sp.LinkageKey(SECRET)
    reference = tables_in(ran.sources)["reference"]
    records = reference.loc[reference["identifier"].isin(IDENTIFIERS), "record"]
    people = key.pseudonyms("person", records)
    cases = key.pseudonyms(f"case:{ran.poll.drawn.name}", people)

    assert set(people) & set(ran.poll.population.frame["person"])
    assert set(cases) & set(ran.poll.drawn.frame["case"])


def test_nobody_is_in_any_file_but_the_one_that_people_decide_of(ran, sought):
    files = [path for path in written_by(ran) if path.name != REVIEW]
    found = {path.name: sought.found_in(texts_in(path)) for path in files}

    assert len(files) > 8
    assert {name: people for name, people in found.items() if people} == {}


def test_nobody_is_in_any_result_shown_or_pickled(ran, sought):
    names = ("links", "updated", "population", "drawn")
    found = {name: sought.found_in(told_of(getattr(ran.poll, name))) for name in names}

    assert [name for name, people in found.items() if people] == []


def test_nobody_is_in_what_was_logged_and_printed(ran, sought):
    assert ran.said[-1] == ""
    assert sought.found_in(ran.said) == set()


def test_the_rarest_words_and_identifiers_are_nowhere_at_all(ran):
    """Looked for as bytes, whatever stands beside them."""
    rare = [word.encode() for word in (GIVEN, FAMILY, *OTHER_NAME.split()[::2], *IDENTIFIERS)]
    left = {path.name: path.read_bytes() for path in written_by(ran) if path.name != REVIEW}
    left |= {name: pickle.dumps(getattr(ran.poll, name)) for name in ("updated", "drawn", "links")}
    unpacked = {name: "".join(texts_of(name, told)).encode() for name, told in left.items()}

    assert any(word in (ran.made / REVIEW).read_bytes() for word in rare)
    assert [name for name, text in unpacked.items() if any(word in text for word in rare)] == []


def test_the_key_is_nowhere(ran):
    shapes = (SECRET, SECRET.hex().encode())
    left = [path.read_bytes() for path in written_by(ran)]
    left += [pickle.dumps(getattr(ran.poll, name)) for name in ("updated", "drawn", "population")]

    assert [shape for shape in shapes if any(shape in one for one in left)] == []


def test_pseudonyms_of_people_stay_with_the_register(ran):
    """Whoever has sample, answers and documents cannot tell who is who in the register."""
    frame = ran.poll.updated.register.frame
    pseudonyms = {str(one).encode() for name in ("person", *LAYOUT.keys) for one in frame[name]}
    register = [path for path in ran.poll.paths if path.is_dir()]
    handed_over = [
        path
        for path in written_by(ran)
        if path.name != REVIEW and not any(folder in path.parents for folder in register)
    ]
    left = [text.encode() for path in handed_over for text in texts_in(path)]
    left.append(pickle.dumps(ran.poll.drawn))
    tokens = {token for text in left for token in HEX.findall(text)}

    assert len(tokens) >= len(ran.poll.drawn.frame)
    assert tokens.isdisjoint(pseudonyms)


# ------------------------------------------------------------------ mistakes


def mistakes(ran: Ran, folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield what people do wrong with tables, keys and files of this poll."""
    reference, *tables = declared_tables(ran.sources).values()
    key, poll, people = sp.LinkageKey(SECRET), ran.poll, ran.poll.population
    of_links = (poll.links, reference, tables, LAYOUT)
    headless, torn, decided = (folder / name for name in ("a.csv", "b.parquet", "decided.csv"))
    pd.read_parquet(reference.data).to_csv(headless, header=False, index=False)
    torn.write_bytes(Path(reference.data).read_bytes()[:5000])
    review = pd.read_csv(ran.made / REVIEW, dtype=str)
    review.assign(decision=review["person_name"]).to_csv(decided, index=False)
    answers = pd.read_csv(ran.made / "answers.csv")
    shifted = replace(reference, columns={**reference.columns, "birth_date": "name"})
    by_sex = replace(reference, columns={**reference.columns, "record": "sex"})
    register, region = poll.updated.register, sp.StratifiedSample("region", 100)
    yield from {
        "without a header": lambda: sp.check_sources([replace(reference, data=headless)], LAYOUT),
        "torn": lambda: sp.link_records(replace(reference, data=torn), tables, LAYOUT, key),
        "wrong column": lambda: sp.check_sources([shifted], LAYOUT).require_clean(),
        "records alike": lambda: sp.open_register(by_sex, LAYOUT, key),
        "other key": lambda: sp.write_review(*of_links, OTHER_KEY, to=folder / "new.csv"),
        "over decisions": lambda: sp.write_review(*of_links, key, to=ran.made / REVIEW),
        "name as decision": lambda: sp.read_review(decided),
        "other key of links": lambda: sp.update_register(register, poll.links, tables, OTHER_KEY),
        "other key of cases": lambda: sp.link_respondents(
            poll.drawn, answers, OTHER_KEY, population=people
        ),
        "cases twice": lambda: sp.link_respondents(
            poll.drawn, pd.concat([answers, answers]), key, population=people
        ),
        "no such strata": lambda: sp.draw(people, region, key, name="next", seed=1),
    }.items()


def test_no_mistake_is_answered_with_what_is_known_of_somebody(ran, sought, tmp_path):
    for name, mistake in mistakes(ran, tmp_path):
        with pytest.raises(sp.SocialpollError) as caught:
            pytest.fail(f"{name}: {type(mistake())}")
        told = "".join(traceback.format_exception(caught.value))

        assert sought.found_in([told, repr(caught.value.problems)]) == set(), name
        assert GIVEN not in told, name
