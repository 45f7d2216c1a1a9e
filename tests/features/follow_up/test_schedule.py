"""When the milestones of EIG5 are due: from the first day of a team, on working days, whatever the day it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.rules import Experimentation
from eig_sheets.domain.working_days import is_working_day
from eig_sheets.features.follow_up.schedule import Period, after, periods, schedule
from eig_sheets.features.follow_up.settings import FollowUpRules, Milestone
from tests.call import builders as build
from tests.columns import EIG5

MONTHS = Experimentation(starts=date(2021, 9, 13), ends=date(2022, 7, 12))
OF_THE_CALL = Period(MONTHS.starts, MONTHS.ends)


def planned(period: Period = OF_THE_CALL) -> list[tuple[str, str, str]]:
    planned = schedule(EIG5.section(FollowUpRules), period)
    return [
        (milestone.due.isoformat(), milestone.label.replace("\u202f", " "), milestone.role) for milestone in planned
    ]


def test_the_ten_months_of_eig5():
    assert planned() == [
        ("2021-08-02", "Fiches de poste publiées", "RH"),
        ("2021-08-23", "Contrats visés par le contrôleur budgétaire", "Gestion"),
        ("2021-09-06", "Contrats signés", "RH"),
        ("2021-09-06", "Indicateurs d’impact et livrables définis avec la DINUM", "Porteur"),
        ("2021-09-06", "Arrivée : équipe recrutée au complet", "RH"),
        ("2021-09-06", "Arrivée : données disponibles et documentées", "Porteur"),
        ("2021-09-06", "Arrivée : postes, matériel et accès aux locaux", "Porteur"),
        ("2021-09-06", "Arrivée : accès à Internet et aux outils", "Porteur"),
        ("2021-09-20", "Arrivée : équipe annoncée dans l’administration", "Porteur"),
        ("2021-09-27", "Arrivée : immersion auprès des usagers et des agents", "Porteur"),
        ("2021-10-04", "Semaine de lancement", "Programme"),
        ("2021-10-13", "Point mensuel avec le mentor n° 1", "Mentor"),
        ("2021-11-12", "Point mensuel avec le mentor n° 2", "Mentor"),  # the 13th is a Saturday, the 11th a holiday
        ("2021-11-12", "Point avec le coach n° 1", "Programme"),
        ("2021-11-12", "Session collective n° 1", "Programme"),
        ("2021-12-13", "Point mensuel avec le mentor n° 3", "Mentor"),
        ("2022-01-13", "Point mensuel avec le mentor n° 4", "Mentor"),
        ("2022-01-13", "Point avec le coach n° 2", "Programme"),
        ("2022-01-13", "Session collective n° 2", "Programme"),
        ("2022-02-11", "Point mensuel avec le mentor n° 5", "Mentor"),  # the 13th is a Sunday
        ("2022-02-11", "Fin de la phase « Concevoir »", "Équipe EIG"),
        ("2022-03-11", "Point mensuel avec le mentor n° 6", "Mentor"),
        ("2022-03-11", "Point avec le coach n° 3", "Programme"),
        ("2022-03-11", "Session collective n° 3", "Programme"),
        ("2022-04-13", "Point mensuel avec le mentor n° 7", "Mentor"),
        ("2022-05-12", "Fin de la phase « Consolider »", "Équipe EIG"),
        ("2022-05-13", "Point mensuel avec le mentor n° 8", "Mentor"),
        ("2022-05-13", "Point avec le coach n° 4", "Programme"),
        ("2022-05-13", "Session collective n° 4", "Programme"),
        ("2022-06-10", "Plan de pérennisation et de passation", "Porteur"),
        ("2022-06-13", "Point mensuel avec le mentor n° 9", "Mentor"),
        ("2022-06-30", "Clôture : « Regard(s) sur l’innovation publique »", "Programme"),
        ("2022-07-05", "Livrables remis et ouverts", "Équipe EIG"),
        ("2022-07-12", "Fin de la phase « Amplifier » et de l’expérimentation", "Équipe EIG"),
    ]


def test_a_team_that_arrives_earlier_has_its_own_days_but_for_those_that_people_decided():
    link = planned(Period(date(2021, 8, 23), date(2022, 6, 22)))
    assert link[0][0] == "2021-07-12"  # six weeks before
    assert ("2022-06-30", "Clôture : « Regard(s) sur l’innovation publique »", "Programme") in link
    assert link[-1][0] == "2022-06-30"
    assert ("2022-06-22", "Fin de la phase « Amplifier » et de l’expérimentation", "Équipe EIG") in link


def talents(*rows: tuple[str | None, str, datetime | None] | tuple[str, str, datetime | None, datetime | None]):
    """Status, project, first and last day; a day that is « ? » was typed and cannot be read."""
    names = ("statut", "projet_decide", "debut_contrat", "fin_contrat")
    return build.table("talents", [recruit(dict(zip(names, row, strict=False))) for row in rows])


def recruit(typed):
    unread = [name for name, value in typed.items() if value == "?"]
    return {name: value for name, value in typed.items() if value != "?"} | {"unreadable": unread}


@pytest.mark.needs("talents")
def test_a_project_begins_with_the_earliest_contract_of_those_it_recruited():
    rows = talents(
        ("Retenu", "1", datetime(2021, 10, 1)), ("Retenu", "1", datetime(2021, 9, 20)),
        ("Désisté", "2", datetime(2021, 8, 1)), ("Retenu", "2", None), ("Retenu", "3", datetime(2021, 9, 13)),
    )  # fmt: skip
    period_of = periods(["1", "2", "3"], rows, MONTHS)
    assert period_of["1"] == Period(date(2021, 9, 20), date(2022, 7, 19))
    assert period_of["2"] == period_of["3"] == OF_THE_CALL
    assert periods(["1"], None, MONTHS) == {"1": OF_THE_CALL}
    assert periods(["1"], talents(), MONTHS) == {"1": OF_THE_CALL}


FIRST, LAST = datetime(2021, 9, 13), datetime(2022, 7, 12)


@pytest.mark.parametrize(
    ("team", "ends"),
    [
        ([(FIRST, datetime(2022, 6, 30))], date(2022, 6, 30)),
        ([(FIRST, datetime(2022, 6, 30)), (FIRST, datetime(2022, 8, 31))], date(2022, 8, 31)),  # the last one
        ([(FIRST, datetime(2021, 11, 15)), (FIRST, None)], date(2022, 7, 12)),  # who leaves early ends nothing
        ([(FIRST, datetime(2022, 8, 31)), (FIRST, None)], date(2022, 8, 31)),
        ([(None, datetime(2022, 8, 31))], date(2022, 8, 31)),
        ([(FIRST, "?"), (FIRST, LAST)], None),
        ([(FIRST, datetime(2021, 7, 12)), (FIRST, LAST)], None),  # ends before it starts
    ],
)
@pytest.mark.needs("talents")
def test_a_project_ends_with_the_last_contract_of_those_it_recruited(team, ends):
    period_of = periods(["1"], talents(*(("Retenu", "1", *days) for days in team)), MONTHS)
    assert period_of == {"1": Period(MONTHS.starts, ends)}


def test_the_milestones_of_the_end_are_those_of_the_end_of_the_contracts():
    assert ("2022-08-31", "Fin de la phase « Amplifier » et de l’expérimentation", "Équipe EIG") in planned(
        Period(MONTHS.starts, date(2022, 8, 31))
    )
    known = {label for _, label, _ in planned()}
    told = {label for _, label, _ in planned(Period(MONTHS.starts, None))}
    untold = {label.partition(" n° ")[0] for label in known - told}
    assert untold == {
        "Plan de pérennisation et de passation", "Livrables remis et ouverts", "Session collective",
        "Fin de la phase « Amplifier » et de l’expérimentation", "Point mensuel avec le mentor", "Point avec le coach",
    }  # fmt: skip


@pytest.mark.parametrize("row", [("Retenu", "1", "?"), ("?", "1", FIRST)])
@pytest.mark.needs("talents")
def test_a_project_whose_first_day_nobody_can_tell_has_no_milestone_yet(row):
    rows = talents(row, ("Retenu", "1", FIRST), ("Retenu", "2", FIRST))
    assert periods(["1", "2"], rows, MONTHS) == {"2": OF_THE_CALL}


@pytest.mark.parametrize(("rest_days", "due"), [("before", date(2022, 2, 11)), ("after", date(2022, 2, 14))])
def test_a_day_off_gives_way_as_the_configuration_says(rest_days, due):
    milestone = Milestone(id="a", label="A", months=5, days=-1)  # Saturday 12 February 2022
    assert schedule(FollowUpRules(rest_days=rest_days, milestones=(milestone,)), OF_THE_CALL)[0].due == due


def test_a_date_that_people_decided_stays_on_a_sunday():
    milestone = Milestone(id="a", label="A", date=date(2022, 5, 8))
    assert schedule(FollowUpRules(milestones=(milestone,)), OF_THE_CALL)[0].due == date(2022, 5, 8)


def test_the_last_day_of_a_month_is_that_of_a_shorter_one():
    assert after(date(2021, 10, 31), months=4) == date(2022, 2, 28)
    assert after(date(2022, 3, 31), months=-1) == date(2022, 2, 28)


OFFSETS = st.integers(-12, 12)
MILESTONES = st.lists(
    st.builds(
        lambda number, months, weeks, days, every: Milestone(
            id=f"m{number}", label=f"J {number}",
            **({"every_months": every} if every else {"months": months, "weeks": weeks, "days": days}),
        ),
        st.integers(0, 9), OFFSETS, OFFSETS, OFFSETS, st.none() | st.integers(1, 3),
    ),
    unique_by=lambda rule: rule.id,
    max_size=4,
)  # fmt: skip


@given(MILESTONES, st.dates(date(2021, 1, 1), date(2030, 1, 1)), st.sampled_from(["before", "after"]))
def test_every_date_that_is_worked_out_is_a_working_day_near_its_rule_and_keys_are_unique(rules, starts, rest_days):
    period = Period(starts, after(starts, months=10) - timedelta(days=1))
    planned = schedule(FollowUpRules(rest_days=rest_days, milestones=(*rules,)), period)
    assert all(is_working_day(milestone.due) for milestone in planned)
    assert (
        len({milestone.key for milestone in planned}) == len({milestone.label for milestone in planned}) == len(planned)
    )
    assert [milestone.due for milestone in planned] == sorted(milestone.due for milestone in planned)
    again = [rule for rule in rules if rule.every_months]
    assert len(planned) == len(rules) - len(again) + sum((10 - 1) // rule.every_months for rule in again)
