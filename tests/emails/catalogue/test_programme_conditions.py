"""E-mails to the projects selected: the days and the words that they wait for."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    WITHDRAWN,
)
from eig_sheets.domain.rules import EmailRules, Experimentation
from eig_sheets.emails.catalogue.conditions import monthly
from eig_sheets.emails.catalogue.due import Tables
from eig_sheets.emails.catalogue.selection import due, may_receive
from tests.messages import CATALOGUE, TEMPLATES, settings

STARTS, ENDS = date(2021, 9, 13), date(2022, 7, 12)
RULES = EmailRules(
    experimentation=Experimentation(starts=STARTS, ends=ENDS),
    disabled=("accuse_reception",),
)
JURORS = pd.DataFrame(columns=["row", "email", "pending", "received", "receipt", "took_part"])


def dossiers(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["numero", "preselection", "decision"], dtype=object)
    blanks = {"eligibility": "eligible", "audition": pd.NaT, "cofin_requested": None}
    lists = {name: pd.Series([()] * len(frame), dtype=object) for name in ("to_complete", "cofin_missing")}
    return frame.assign(row=range(2, 2 + len(frame)), **blanks, **lists)


def found(today: date, rows: pd.DataFrame) -> list[str]:
    return due(Tables(rows, JURORS, {}), settings(RULES), today)["id"].tolist()


@pytest.mark.parametrize(("today", "invited"), [(date(2021, 6, 7), True), (date(2021, 6, 8), False)])
def test_nobody_is_invited_to_an_audition_that_is_over(today, invited):
    heard = dossiers(("90001", PRESELECTED, None)).assign(audition=pd.Timestamp(2021, 6, 7, 10))
    assert found(today, heard) == (["convocation_jury-90001"] if invited else [])


def test_months_of_the_experimentation():
    days = [day.isoformat() for day in monthly(RULES.experimentation)]
    assert (len(days), days[0], days[-1]) == (9, "2021-10-13", "2022-06-13")
    short = Experimentation(starts=date(2021, 10, 31), ends=date(2022, 2, 28))
    assert [day.isoformat() for day in monthly(short)] == ["2021-11-30", "2021-12-31", "2022-01-31", "2022-02-28"]


PROJECTS = dossiers(("1", PRESELECTED, LAUREATE), ("2", PRESELECTED, WITHDRAWN), ("3", REJECTED_INELIGIBLE, LAUREATE))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (STARTS - timedelta(1), []),
        (STARTS, ["bienvenue-1"]),
        (date(2021, 10, 12), ["bienvenue-1"]),
        (date(2021, 10, 13), []),
        (ENDS, []),
    ],
)
def test_a_project_is_welcomed_for_a_month(today, expected):
    ids = found(today, PROJECTS)
    assert [sending_id for sending_id in ids if sending_id.startswith("bienvenue-")] == expected


CAMPAIGNS = st.lists(
    st.tuples(st.sampled_from(["1", "2", "é 3", "4/4"]), st.sampled_from([None, PRESELECTED, REJECTED_INELIGIBLE]),
              st.sampled_from([None, LAUREATE, REFUSED, WITHDRAWN])),
    unique_by=lambda row: row[0],
).map(lambda rows: dossiers(*rows))  # fmt: skip
DAYS = st.dates(date(2021, 2, 1), date(2022, 8, 1))


@given(CAMPAIGNS, DAYS)
def test_no_decision_is_announced_that_nobody_typed_and_ids_are_unique(campaign, today):
    rows = due(Tables(campaign, JURORS, {}), settings(RULES), today)
    assert rows["id"].is_unique
    assert rows["template"].map(TEMPLATES.index).is_monotonic_increasing
    assert not rows[["template", "row", "round"]].duplicated().any()
    selected = campaign.query("decision == @LAUREATE and preselection != @REJECTED_INELIGIBLE")
    for row in rows.itertuples():
        if row.template == "bienvenue":
            assert row.numero in set(selected["numero"])
            assert STARTS <= today <= ENDS


@given(CAMPAIGNS, DAYS)
def test_what_is_due_is_what_the_words_allow(campaign, today):
    tables = Tables(campaign, JURORS, {})
    for row in due(tables, settings(RULES), today).itertuples():
        rows = tables.of(CATALOGUE[row.template].about)
        assert may_receive(CATALOGUE[row.template], rows)[rows["row"] == row.row].all()


@given(CAMPAIGNS, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(campaign, today, random):
    shuffled = campaign.sample(frac=1, random_state=random.randrange(1000))
    assert found(today, campaign) == found(today, shuffled)
