"""What officers read: a remedy that is a command says that it is not theirs to run."""

import pytest

from eig_sheets.run import accueil, anomalies_tab
from eig_sheets.workbook.anomalies import anomaly
from eig_sheets.workbook.locate import NO_HEADERS
from eig_sheets.workbook.quoting import for_officers
from tests.columns import SCHEMA
from tests.run.tables import by_header

WHOM = "à demander à la personne qui exploite le robot."
INIT = f"« eig-sheets init » est {WHOM}"
INIT_IT = "Lancez « eig-sheets init »."
SETTING = "S’il est juste, élargissez cofinancing.plausible dans la configuration."

TWO = "« eig-sheets sync », ou « eig-sheets init », puis « eig-sheets sync »."


def plain(text):
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Corrigez la cellule.", "Corrigez la cellule."),
        ("Lancez « eig-sheets init ».", f"Lancez « eig-sheets init ». {INIT}"),
        (TWO, f"{TWO} « eig-sheets sync » et « eig-sheets init » sont à demander à la personne qui exploite le robot."),
        (SETTING, f"{SETTING} Ce réglage est {WHOM}"),
        (f"{SETTING} {INIT_IT}", f"{SETTING} {INIT_IT} « eig-sheets init » et ce réglage sont {WHOM}"),
    ],
)
def test_each_command_is_said_once_to_be_the_operator_s(text, said):
    assert plain(for_officers(text)) == said
    assert for_officers(for_officers(text)) == for_officers(text)


def test_what_officers_ask_for_themselves_is_said_in_its_place():
    offered = {"jury": "Grilles", "jury assign": "Affectations des jurés", "sync": "Synchroniser"}
    adjust = "Lancez « eig-sheets jury assign --adjust »."
    said = plain(for_officers(adjust, offered))
    assert said == f"{adjust} « Affectations des jurés », dans Demandes, fait de même."
    assert plain(for_officers(for_officers(adjust, offered))) == said  # as `Accueil` reads it back
    both = plain(for_officers(TWO, offered))
    assert both == f"{TWO} « Synchroniser », dans Demandes, fait de même. {INIT}"
    assert plain(for_officers("« eig-sheets jurys »", offered)).endswith(f"« eig-sheets jurys » est {WHOM}")


def test_no_tab_of_the_robot_nor_note_of_a_header_orders_a_command(demo_storage):
    """Nobody who reads them has a terminal."""
    cells = [(tab.name, str(cell)) for tab in demo_storage.tabs if tab.name in SCHEMA.robot_tabs.values()
             for row in tab.rows for cell in row]  # fmt: skip
    notes = [(name, column.note) for name, columns in SCHEMA.robot_columns.items() for column in columns]
    ordered = [(place, text) for place, text in (*cells, *notes) if "« eig-sheets" in plain(text)]
    said = ("à la personne qui exploite le robot", "dans Demandes, fait de même")
    assert [order for order in ordered if not any(words in plain(order[1]) for words in said)] == []


def test_so_it_is_in_anomalies_and_in_accueil_and_a_terminal_says_the_command_alone():
    absent = anomaly(NO_HEADERS, "Suivi")
    (row,) = by_header(anomalies_tab.TABLE.sheet_columns, anomalies_tab.TABLE.cells([absent]))
    [home] = accueil.TABLE.cells([accueil.HomeRow(accueil.Indicator("x", "y", detail=absent.remedy))])
    assert INIT in plain(str(row["Que faire"]))
    assert any(INIT in plain(str(cell)) for cell in home)
    assert INIT not in plain(absent.remedy)
    assert "« eig-sheets init »" in plain(absent.remedy)
