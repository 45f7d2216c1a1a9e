"""What moves or takes off an audition: each case by what the calendars of people end with."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.emails.outbox.calendars import CalendarTeam, already_sent, candidate, hearing

LOU = "lou@exemple.invalid"
ALIX = "alix@exemple.invalid"
AUDITION, NEXT = datetime(2021, 5, 4, 9, 30), datetime(2021, 5, 5, 11)


def heard(team: CalendarTeam, **changes: Any) -> list[str]:
    """What messages ask after these changes to the dossier."""
    team.heard.clear()
    team.dossiers[0].update(changes)
    team.send_all()
    return [method for method, _ in team.asked()]


@pytest.mark.slow
def test_an_audition_that_is_erased_is_called_off_and_may_be_given_again():
    team = already_sent(dossiers=[hearing()])
    assert [starts for starts, _ in team.calendar(LOU)] == [AUDITION]
    assert heard(team, audition=None) == ["CANCEL"]
    assert team.calendar(LOU) == []
    assert heard(team, audition=AUDITION) == ["REQUEST"]
    assert [starts for starts, _ in team.calendar(LOU)] == [AUDITION]
    assert heard(team, audition=NEXT, projet="Un autre nom") == ["REQUEST"]
    assert [starts for starts, _ in team.calendar(LOU)] == [NEXT]
    assert heard(team, decision="Désisté") == ["CANCEL"]
    assert heard(team, decision=None) == ["REQUEST"]
    assert [starts for starts, _ in team.calendar(LOU)] == [NEXT]


@pytest.mark.parametrize(
    "changes",
    [
        {"audition": "mardi 4 ou mercredi 5"},
        {"audition": datetime(2021, 5, 6)},  # without its hour
        {"questions": None},
        {"preselection": "Présélectionné ?"},
        {"decision": "peut-être"},
        {"audition": NEXT, "questions": None},
    ],
)
def test_what_cannot_be_read_of_an_audition_calls_nothing_off(changes):
    assert heard(already_sent(dossiers=[hearing()]), **changes) == []


@pytest.mark.slow
def test_a_dossier_that_is_there_twice_is_not_called_off():
    team = already_sent(dossiers=[hearing()])
    team.dossiers.append({**team.dossiers[0], "audition": NEXT})
    assert team.send_all() == []
    team.dossiers[0]["audition"] = NEXT
    assert team.send_all() == []


@pytest.mark.slow
@pytest.mark.parametrize(("today", "asked"), [(date(2021, 5, 4), []), (date(2021, 5, 3), ["CANCEL"])])
@pytest.mark.parametrize("decision", ["Lauréat", "Liste d’attente", "Non retenu"])
def test_a_verdict_on_the_day_follows_the_audition(today, asked, decision):
    team = already_sent(dossiers=[hearing()])
    team.today = today
    assert heard(team, decision=decision) == asked


@pytest.mark.slow
def test_a_candidate_s_audition():
    team = already_sent(talents=[candidate()], dossiers=[hearing()])
    one = team.talents[0]
    assert len(team.calendar(ALIX)) == 1
    for changes, asked in (
        ({"voeu_1": None}, []),
        ({"audition": datetime(2021, 6, 8, 10)}, []),
        ({"voeu_1": "90001"}, ["REQUEST"]),
        ({"statut": "Auditionné"}, []),
        ({"statut": "présélectionné ou non"}, []),
        ({"statut": "Présélectionné", "audition": None}, ["CANCEL"]),
        ({"audition": datetime(2021, 6, 8, 11)}, ["REQUEST"]),
        ({"statut": "Désisté"}, ["CANCEL"]),
    ):
        team.heard.clear()
        one.update(changes)
        team.send_all()
        assert [each for each, _ in team.asked()] == asked, changes
    assert team.calendar(ALIX) == []


@pytest.mark.slow
def test_the_hour_of_one_candidate_that_another_gets_is_no_corrected_address():
    other = candidate(None, candidature="70013", email="noa@exemple.invalid")
    team = already_sent(talents=[candidate(), other], dossiers=[hearing()])
    first, two = team.talents
    first["audition"], two["audition"] = None, first["audition"]
    team.night()
    assert [line.detail for line in team.lines if line.template == "annulation"] == [""]
    team.send_all()
    assert (team.calendar(ALIX), len(team.calendar("noa@exemple.invalid"))) == ([], 1)


@pytest.mark.slow
def test_a_column_that_is_not_there_calls_nothing_off():
    team = already_sent(dossiers=[hearing()], talents=[candidate()])
    for without in (
        {"candidatures": ["audition"], "talents": ["audition"]},
        {"candidatures": ["preselection"], "talents": ["statut"]},
    ):
        team.without = without
        assert team.send_all() == []
