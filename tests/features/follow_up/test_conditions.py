"""E-mails to the projects selected: the days and the words that they wait for."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.rules import EmailRules
from eig_sheets.emails.catalogue.due import Tables
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.selection import due, may_receive
from eig_sheets.features.follow_up import FEATURE
from eig_sheets.features.follow_up.settings import MILESTONE_STATES, FollowUpRules
from eig_sheets.registry import Features
from tests.emails.catalogue.test_programme_conditions import ENDS, JURORS, PROJECTS, RULES, STARTS
from tests.messages import settings

CATALOGUE = catalogue_of(Features.of(FEATURE))
"""The e-mails of a call that has no other feature."""


def milestones(
    *rows: tuple[str, str, date | None, str | None], role: str | None = None, days: float = float("nan")
) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["numero", "jalon", "echeance", "statut"], dtype=object)
    dated = frame.astype({"echeance": "datetime64[us]"})
    return dated.assign(
        row=range(2, 2 + len(frame)), responsable=pd.Series(role, frame.index, object), remind_days=days
    )


def due_on(today: date, rules: EmailRules = RULES, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    tables = Tables(PROJECTS, JURORS, others={} if rows is None else {"suivi": rows})
    return due(tables, settings(rules, FollowUpRules()), today, catalogue=CATALOGUE)


def found(today: date, rules: EmailRules = RULES, rows: pd.DataFrame | None = None) -> list[str]:
    return due_on(today, rules, rows)["id"].tolist()


def of(template: str, ids: list[str]) -> list[str]:
    return [sending_id for sending_id in ids if sending_id.startswith(f"{template}-")]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (STARTS, []),
        (date(2021, 10, 13), ["point_mensuel-1-2021-10-13"]),
        (date(2021, 11, 12), ["point_mensuel-1-2021-10-13"]),
        (ENDS, ["point_mensuel-1-2022-06-13"]),
        (ENDS + timedelta(1), []),
    ],
)
def test_a_project_has_its_latest_monthly_point(today, expected):
    assert of("point_mensuel", found(today)) == expected


@pytest.mark.parametrize(
    ("state", "today", "recalled"),
    [
        (None, date(2022, 1, 24), False), (None, date(2022, 1, 25), True), (None, date(2022, 2, 1), True),
        (None, date(2022, 2, 2), False), ("Reporté", date(2022, 1, 25), True), ("Fait", date(2022, 1, 25), False),
        ("Sans objet", date(2022, 1, 25), False), (None, ENDS + timedelta(1), False),
    ],
)  # fmt: skip
def test_a_milestone_is_recalled_until_its_day_unless_it_is_done(state, today, recalled):
    rows = milestones(("1", "Bilan", date(2022, 2, 1), state), ("1", "Sans date", None, None))
    ids = of("rappel_jalon", found(today, rows=rows))
    assert ids == (["rappel_jalon-1-bilan-5bd248762a-2022-02-01"] if recalled else [])


def recalled(today: date, rules: EmailRules = RULES, **how) -> bool:
    rows = milestones(("1", "Bilan", date(2021, 8, 2), None), **how)
    return bool(of("rappel_jalon", found(today, rules, rows)))


def test_a_milestone_has_its_own_days_and_may_come_before_the_first_day():
    assert not recalled(date(2021, 7, 19))
    assert recalled(date(2021, 7, 26))
    assert recalled(date(2021, 7, 19), days=14)
    assert not recalled(date(2021, 7, 18), days=14)
    assert [recalled(day, days=0) for day in (date(2021, 8, 1), date(2021, 8, 2))] == [False, True]


def test_nobody_is_reminded_of_what_the_programme_does_itself_or_before_they_know_that_they_are_selected():
    assert recalled(date(2021, 8, 2), role="RH")
    assert not recalled(date(2021, 8, 2), role="Programme")
    assert not recalled(date(2021, 8, 2), RULES.model_copy(update={"announced": date(2021, 8, 3)}))


@pytest.mark.parametrize(("today", "asked"), [
    (date(2022, 6, 11), False), (date(2022, 6, 12), True), (ENDS, True), (ENDS + timedelta(1), False),
])  # fmt: skip
def test_a_project_is_asked_what_it_opened_until_its_last_day(today, asked):
    assert of("bilan_ouverture", found(today)) == (["bilan_ouverture-1"] if asked else [])
    endless = RULES.model_copy(update={"experimentation": None})
    assert of("bilan_ouverture", found(today, endless)) == []


def test_milestones_of_projects_that_are_not_selected_are_left_alone_and_a_new_day_is_recalled_once_more():
    rows = milestones(
        ("1", "Bilan", date(2022, 2, 1), None), ("1", "Bilan", date(2022, 2, 1), None),
        ("1", "Bilan", date(2022, 2, 2), None), ("2", "B", date(2022, 2, 1), None),
        ("3", "B", date(2022, 2, 1), None), ("9", "B", date(2022, 2, 1), None),
    )  # fmt: skip
    ids = of("rappel_jalon", found(date(2022, 2, 1), rows=rows))
    assert [sending_id[-10:] for sending_id in ids] == ["2022-02-01", "2022-02-02"]


NAMES = st.sampled_from(["A", "B b", "B  b"])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["1", "2", "é 3", "4/4"]), NAMES, st.none() | st.dates(STARTS, ENDS),
        st.sampled_from([None, *MILESTONE_STATES]),
    ),
    max_size=6,
).map(lambda rows: milestones(*rows))  # fmt: skip
DAYS = st.dates(date(2021, 2, 1), date(2022, 8, 1))


@given(ROWS, DAYS)
def test_only_selected_projects_are_recalled_what_is_near_and_ids_are_unique(rows, today):
    found = due_on(today, rows=rows)
    assert found["id"].is_unique
    for row in found[found["template"] == "rappel_jalon"].itertuples():
        assert row.numero == "1"
        assert today <= date.fromisoformat(row.round) <= today + timedelta(7)
        assert may_receive(CATALOGUE.emails[row.template], rows)[rows["row"] == row.row].all()


@pytest.mark.slow
@given(ROWS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows, today, random):
    shuffled = rows.sample(frac=1, random_state=random.randrange(1000))
    assert found(today, rows=rows) == found(today, rows=shuffled)
