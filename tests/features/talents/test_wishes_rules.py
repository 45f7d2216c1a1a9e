"""Choices that candidates sent: whose an answer is, which one counts, which projects it names."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest

from eig_sheets.features.talents.rules_wishes import Answer, Standing, filled, judged, last_moment

pytestmark = pytest.mark.newest

DEADLINE = datetime(2021, 5, 31, 23, 59)
CANDIDATES = pd.DataFrame(
    [["501", "ada@x.example"], ["502", "Emmy@X.example"], ["503", "two@x.example"], ["504", "two@x.example"]],
    columns=["candidature", "email"],
)
PROJECTS = pd.DataFrame(
    [
        ["101", "Hérisson futé", "Lauréat"],
        ["102", "Phare", "Lauréat"],
        ["103", "Phare", "Lauréat"],
        ["104", "Nuage", "Non retenu"],
        ["105", "Quai", "Lauréat"],
        ["106", "QUAI !", "Non retenu"],
    ],
    columns=["numero", "projet", "decision"],
)


def answer(number="1", day=20, candidature="501", email="", choices=("101",), **at):
    moment = datetime(2021, 5, day, 10).replace(**at)
    return Answer(number, moment, candidature, email, (*choices, "", "", "")[:3])


def standings(*answers, projects=PROJECTS, deadline=DEADLINE):
    return [(one.answer.number, one.candidate, one.standing) for one in judged(answers, CANDIDATES, projects, deadline)]


@pytest.mark.parametrize(
    ("candidature", "email", "candidate", "standing"),
    [
        ("501", "", "501", Standing.COUNTS),
        ("n° 501", "unknown@x.example", "501", Standing.COUNTS),
        ("", " ADA@x.example", "501", Standing.COUNTS),
        ("", "emmy@x.example", "502", Standing.COUNTS),
        ("999", "emmy@x.example", "502", Standing.COUNTS),
        ("", "two@x.example", "", Standing.AMBIGUOUS),
        ("504", "two@x.example", "504", Standing.COUNTS),
        ("502", "ada@x.example", "", Standing.AMBIGUOUS),
        ("999", "nobody@x.example", "", Standing.UNKNOWN),
        ("", "", "", Standing.UNKNOWN),
    ],
)
def test_an_answer_is_of_whom_its_number_says_else_of_whom_its_address_is(candidature, email, candidate, standing):
    assert standings(answer(candidature=candidature, email=email)) == [("1", candidate, standing)]


def test_of_two_answers_the_last_before_the_deadline_holds_and_the_later_ones_are_late():
    given = [answer("3", 31, hour=23, minute=59, second=59), answer("1", 20), answer("2", 25), answer("9", 21)]
    late = Answer("4", datetime(2021, 6, 1), "501", "", ("102", "", ""))
    assert standings(*given, late) == [
        ("1", "501", Standing.REPLACED),
        ("9", "501", Standing.REPLACED),
        ("2", "501", Standing.REPLACED),
        ("3", "501", Standing.COUNTS),
        ("4", "501", Standing.LATE),
    ]
    assert standings(late) == [("4", "501", Standing.LATE)]
    assert standings(late, deadline=None) == [("4", "501", Standing.COUNTS)]


def test_versions_of_one_answer_and_answers_of_the_same_minute_have_one_that_counts():
    assert standings(answer("1", 20), answer("1", 22)) == [
        ("1", "501", Standing.REPLACED),
        ("1", "501", Standing.COUNTS),
    ]
    assert [one for *_, one in standings(answer("10"), answer("9"))] == [Standing.REPLACED, Standing.COUNTS]
    assert [number for number, *_ in standings(answer("10"), answer("9"))] == ["9", "10"]


@pytest.mark.parametrize(
    ("choice", "number"),
    [
        ("101", "101"),
        ("N° 101", "101"),
        ("herisson  FUTÉ", "101"),
        ("104", "104"),  # that it is no laureate is for the rules to say
        ("Nuage", ""),
        ("Phare", ""),
        ("quai", "105"),
        ("Autre", ""),
        ("", ""),
    ],
)
def test_a_choice_is_a_number_or_the_name_of_one_laureate_alone(choice, number):
    [one] = judged([answer(choices=("102", choice))], CANDIDATES, PROJECTS, DEADLINE)
    assert one.wishes == ("102", number, "")
    assert one.unknown == ((2,) if choice and not number else ())


def test_where_projects_are_not_known_a_number_is_believed_and_a_name_is_not():
    [one] = judged([answer(choices=("n° 101", "Phare"))], CANDIDATES, None, DEADLINE)
    assert (one.wishes, one.unknown) == (("101", "", ""), (2,))


def test_choices_go_where_people_typed_none_all_three_from_one_place():
    talents = pd.DataFrame(
        {
            "candidature": ["501", "502", "503"],
            "voeu_1": [None, None, None],
            "voeu_2": [None, "102", None],
            "voeu_3": [None, None, None],
        },
        dtype=object,
    ).assign(voeux_le=pd.array([None, None, None], dtype="datetime64[us]"))
    answers = [answer("1", choices=("105", "", "Hérisson futé")), answer("2", candidature="502")]
    counting = {one.candidate: one for one in judged(answers, CANDIDATES, PROJECTS, DEADLINE)}
    done = filled(talents, counting)
    assert done[["voeu_1", "voeu_2", "voeu_3"]].to_numpy().tolist() == [
        ["105", None, "101"],
        [None, "102", None],
        [None, None, None],
    ]
    assert done["voeux_le"].tolist() == [datetime(2021, 5, 20, 10), pd.NaT, pd.NaT]
    assert done.dtypes.equals(talents.dtypes)
    assert talents["voeu_1"].isna().all()
    assert filled(talents, {}) is talents


def test_a_deadline_without_an_hour_is_the_end_of_the_day():
    assert last_moment(date(2021, 5, 31)) == DEADLINE
    assert last_moment(DEADLINE) == DEADLINE
    assert last_moment(None) is None
