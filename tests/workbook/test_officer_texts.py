"""What officers read: a remedy that is a command says that it is not theirs to run."""

from datetime import datetime

import pytest

from eig_sheets.domain.requests import Action, Recorded, Stage
from eig_sheets.workbook.anomalies import anomaly
from eig_sheets.workbook.officer_texts import for_officers
from eig_sheets.workbook.render import accueil, anomalies
from eig_sheets.workbook.request_words import answer
from tests.workbook.render.tables import by_header

INIT = "« eig-sheets init » est à demander à la personne qui exploite le robot."

TWO = "« eig-sheets sync », ou « eig-sheets init », puis « eig-sheets sync »."


def plain(text):
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Corrigez la cellule.", "Corrigez la cellule."),
        ("Lancez « eig-sheets init ».", f"Lancez « eig-sheets init ». {INIT}"),
        (TWO, f"{TWO} « eig-sheets sync » et « eig-sheets init » sont à demander à la personne qui exploite le robot."),
    ],
)
def test_each_command_is_said_once_to_be_the_operator_s(text, said):
    assert plain(for_officers(text)) == said


def test_so_it_is_in_anomalies_in_accueil_and_beside_a_request_and_a_terminal_says_the_command_alone():
    found = anomaly("onglet_absent", "Suivi")
    (row,) = by_header(anomalies.COLUMNS, anomalies.rows([found]))
    asked = Recorded("BCD", Action.SYNC, "", "Camille", Stage.REFUSED, datetime(2021, 5, 4), found.remedy)
    home = accueil._row(accueil.Indicator("x", "y", detail=found.remedy))
    assert INIT in plain(str(row["Que faire"]))
    assert INIT in plain(answer(asked))
    assert any(INIT in plain(str(cell)) for cell in home)
    assert INIT not in plain(found.remedy)
    assert "« eig-sheets init »" in plain(found.remedy)
