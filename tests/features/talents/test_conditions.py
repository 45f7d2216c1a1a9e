"""E-mails to candidates: the days and the words that they wait for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.decisions import (
    PRESELECTED,
    REFUSED,
    RETAINED,
    TALENT_STATES,
    TO_EVALUATE,
    WITHDRAWN,
)
from eig_sheets.emails.catalogue.due import Tables
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.selection import due, may_receive
from eig_sheets.features.talents import FEATURE
from eig_sheets.features.talents.settings import TalentDates
from eig_sheets.registry import Features
from tests.emails.catalogue.test_programme_conditions import CAMPAIGNS, DAYS, JURORS, RULES, dossiers
from tests.messages import CATALOGUE, TEMPLATES, settings

REVEALED, WISHES, RESULTS = date(2021, 5, 24), datetime(2021, 5, 31, 23, 59), date(2021, 7, 1)
REMINDED = date(2021, 5, 29)
DAYS_TOLD = TalentDates(revealed=REVEALED, wishes_before=WISHES, wishes_reminder=REMINDED, announced=RESULTS)
OF_TALENTS = catalogue_of(Features((FEATURE,)))


def talents(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["candidature", "statut", "voeu_1"], dtype=object)
    return frame.assign(row=range(2, 2 + len(frame)), voeu_2=None, voeu_3=None, audition=pd.NaT)


def found(today: date, days: TalentDates = DAYS_TOLD, told=(), **tabs: pd.DataFrame) -> list[str]:
    tables = Tables(tabs.pop("dossiers", dossiers()), JURORS, tabs)
    return due(tables, settings(RULES, days), today, told, catalogue=OF_TALENTS)["id"].tolist()


@pytest.mark.parametrize(
    ("state", "wish", "today", "expected"),
    [
        (None, None, REVEALED, ["accuse_talent"]),
        (TO_EVALUATE, None, REVEALED, ["accuse_talent"]),
        (PRESELECTED, None, REVEALED - timedelta(1), []),
        (PRESELECTED, None, REVEALED, ["choix_projets"]),
        (PRESELECTED, None, WISHES.date(), ["choix_projets"]),
        (PRESELECTED, None, WISHES.date() + timedelta(1), []),
        (PRESELECTED, "90001", REVEALED, ["convocation_talent"]),
        ("Auditionné", "90001", RESULTS, []),
        (RETAINED, "90001", RESULTS - timedelta(1), []),
        (RETAINED, "90001", RESULTS, ["talent_retenu"]),
        (REFUSED, None, RESULTS - timedelta(1), []),
        (REFUSED, None, RESULTS, ["talent_non_retenu"]),
        ("Liste d’attente", "90001", RESULTS, []),
        (WITHDRAWN, "90001", RESULTS, []),
    ],
)
def test_each_state_of_a_candidate_has_its_message(state, wish, today, expected):
    assert found(today, talents=talents(("7", state, wish))) == [f"{template}-7" for template in expected]


TOLD = ("choix_projets-7",)


@pytest.mark.parametrize(
    ("state", "wish", "told", "today", "reminded"),
    [
        (PRESELECTED, None, TOLD, REMINDED - timedelta(1), False),
        (PRESELECTED, None, TOLD, REMINDED, True),
        (PRESELECTED, None, TOLD, WISHES.date(), True),
        (PRESELECTED, None, TOLD, WISHES.date() + timedelta(1), False),
        (PRESELECTED, None, (), REMINDED, False),  # nobody is reminded of what they were not told
        (PRESELECTED, "90001", TOLD, REMINDED, False),
        (WITHDRAWN, None, TOLD, REMINDED, False),
    ],
)
def test_who_was_told_to_choose_and_has_not_is_reminded_once_before_the_end(state, wish, told, today, reminded):
    ids = found(today, told=told, talents=talents(("7", state, wish)))
    assert [sending_id for sending_id in ids if sending_id.startswith("rappel_voeux")] == (
        ["rappel_voeux-7"] if reminded else []
    )


@pytest.mark.parametrize(("today", "invited"), [(REVEALED, True), (date(2021, 6, 7), True), (date(2021, 6, 8), False)])
def test_nobody_is_invited_to_an_audition_that_is_over(today, invited):
    candidate = talents(("7", PRESELECTED, "90001")).assign(audition=pd.Timestamp(2021, 6, 7, 10))
    assert found(today, talents=candidate) == (["convocation_talent-7"] if invited else [])


def test_without_days_candidates_choose_nothing_and_outcomes_wait_for_nothing():
    rows = talents(("7", PRESELECTED, None), ("8", RETAINED, "1"), ("9", REFUSED, None))
    assert found(date(2021, 4, 1), TalentDates(), talents=rows) == ["talent_retenu-8", "talent_non_retenu-9"]


NUMBERS = st.sampled_from(["1", "2", "é 3", "4/4"])
STATES = st.sampled_from([None, *TALENT_STATES])
CANDIDATES = st.fixed_dictionaries(
    {
        "dossiers": CAMPAIGNS,
        "talents": st.lists(
            st.tuples(NUMBERS, STATES, st.sampled_from([None, "1"])), unique_by=lambda row: row[0]
        ).map(lambda rows: talents(*rows)),
    }
)  # fmt: skip
TYPED = {
    "choix_projets": {PRESELECTED}, "rappel_voeux": {PRESELECTED}, "convocation_talent": {PRESELECTED},
    "talent_retenu": {RETAINED},
    "talent_non_retenu": {REFUSED}, "accuse_talent": {None, TO_EVALUATE},
}  # fmt: skip


@given(CANDIDATES, DAYS)
def test_no_decision_is_announced_that_nobody_typed_and_ids_are_unique(campaign, today):
    tables = Tables(campaign["dossiers"], JURORS, {tab: rows for tab, rows in campaign.items() if tab != "dossiers"})
    rows = due(tables, settings(RULES, DAYS_TOLD), today, catalogue=OF_TALENTS)
    assert rows["id"].is_unique
    assert rows["template"].map(TEMPLATES.index).is_monotonic_increasing
    assert not rows[["template", "row", "round"]].duplicated().any()
    states = dict(zip(campaign["talents"]["candidature"], campaign["talents"]["statut"], strict=True))
    for row in rows.itertuples():
        if row.template in TYPED:
            assert states[row.person] in TYPED[row.template]


@given(CANDIDATES, DAYS)
def test_what_is_due_is_what_the_words_allow(campaign, today):
    tables = Tables(campaign["dossiers"], JURORS, {tab: rows for tab, rows in campaign.items() if tab != "dossiers"})
    for row in due(tables, settings(RULES, DAYS_TOLD), today, catalogue=OF_TALENTS).itertuples():
        rows = tables.of(CATALOGUE[row.template].about)
        assert may_receive(CATALOGUE[row.template], rows)[rows["row"] == row.row].all()


@given(CANDIDATES, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(campaign, today, random):
    def shuffled(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.sample(frac=1, random_state=random.randrange(1000))

    results = [found(today, **campaign), found(today, **{tab: shuffled(rows) for tab, rows in campaign.items()})]
    assert results[0] == results[1]
