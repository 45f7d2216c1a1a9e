"""E-mails that tell a team of the milestones of its project."""

from __future__ import annotations

from datetime import date

import pytest

from eig_sheets.emails.drafting.subjects import People
from tests.emails.drafting.support import LAUREATE, RECRUIT, case
from tests.emails.drafting.test_people import OWN, belong
from tests.features.follow_up.rows import MILESTONE

pytestmark = pytest.mark.newest


@pytest.mark.slow
@pytest.mark.needs("talents")
def test_the_whole_team_is_welcomed_and_sees_what_is_left_in_order():
    steps = [
        MILESTONE, {**MILESTONE, "jalon": "Code publié", "echeance": None},
        {**MILESTONE, "jalon": "Entretiens", "echeance": date(2021, 10, 14)},
        {**MILESTONE, "jalon": "En retard", "echeance": date(2021, 9, 1)},
        {**MILESTONE, "jalon": "Fini", "statut": "Fait"}, {**MILESTONE, "numero": "90002", "jalon": "Ailleurs"},
    ]  # fmt: skip
    made = case(candidatures=[LAUREATE], talents=[RECRUIT], suivi=steps)
    welcome = made.message("bienvenue", date(2021, 9, 13))
    assert welcome.cc == ("sacha@exemple.invalid", "lou@exemple.invalid", "alix@exemple.invalid")
    body = welcome.body.replace("\u202f", " ")
    assert body.partition("jalons du projet :\n\n")[2].split("\n\n")[0].splitlines() == [
        "- En retard, le mercredi 1er septembre 2021",
        "- Entretiens, le jeudi 14 octobre 2021",
        "- Code publié",
    ]


def test_a_milestone_is_recalled_with_the_names_of_its_project():
    made = case(candidatures=[LAUREATE], talents=[RECRUIT], suivi=[MILESTONE])
    draft = made.one("rappel_jalon", date(2022, 1, 25))
    assert (draft.numero, draft.outcome.to) == ("90001", ("camille@exemple.invalid",))
    assert "« Bilan » du projet « Boussole des aides »" in draft.outcome.body.replace("\u202f", " ")


@pytest.mark.needs("talents")
def test_who_was_recruited_belongs_to_the_team():
    team = case(candidatures=[LAUREATE], talents=[RECRUIT], suivi=[MILESTONE])
    assert People(team.reading).of("rappel_jalon", "90001") == OWN | {"alix@exemple.invalid"}
    assert belong(team, [date(2021, 10, 13), date(2022, 2, 1)]) >= {"point_mensuel", "rappel_jalon"}
