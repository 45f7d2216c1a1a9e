"""Legal mentions and what was drafted before: a new text makes new versions, and never sends anything again."""

import pytest

from tests.emails.outbox.team import CHOSEN, INVITED, OTHER, REFUSED

APPEAL = 'voies_recours = ""', 'voies_recours = "Un recours est possible pendant deux mois."'
FOUNDS = "founds_decisions = false", "founds_decisions = true"
NOBODY = 'contact = "eig@data.gouv.fr"     # adresse publique du programme (FAQ) ; que', 'contact = ""   # que'


def test_blank_ways_of_appeal_hold_back_no_draft(team):
    before = team.rows
    team.night()
    assert team.rows == before
    assert {*team.states.values()} == {"À valider"}


@pytest.mark.slow
def test_a_text_that_comes_later_makes_new_versions_of_what_has_not_left(team):
    team.send(REFUSED)
    team.configure(*APPEAL)
    team.night()
    assert team.ids == [INVITED, CHOSEN, REFUSED, OTHER, f"{OTHER}.v2"]
    assert team.states == {
        INVITED: "À valider", CHOSEN: "À valider", REFUSED: "Envoyé", OTHER: "Obsolète", f"{OTHER}.v2": "À valider",
    }  # fmt: skip
    assert "Un recours est possible pendant deux mois." in team.row(f"{OTHER}.v2")["Message"]
    rows = team.rows
    team.night()
    assert team.rows == rows


@pytest.mark.slow
def test_a_mention_that_lacks_a_part_keeps_the_row_and_lets_nothing_leave(team):
    team.configure(*FOUNDS)
    team.configure(*NOBODY)
    before = [row["Message"] for row in team.rows]
    team.night()
    assert [row["Message"] for row in team.rows] == before
    assert {*team.ready} == {INVITED}
    assert "algorithm.contact est vide" in team.lines[f"{CHOSEN}.v2"]["Précision"].replace("\u202f", " ")
    team.configure(NOBODY[1], NOBODY[0])
    team.night()
    assert {*team.ready} == {INVITED, f"{CHOSEN}.v2", f"{REFUSED}.v2", f"{OTHER}.v2"}
