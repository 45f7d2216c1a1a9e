"""The proof itself: what it tries is all there is, and it sees a command that says nothing."""

from __future__ import annotations

from dataclasses import replace

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.workbook.fields import Kind
from tests.columns import SCHEMA, cell_of
from tests.damaged_cells.commands import COMMANDS, LEFT_OUT, name_of, names
from tests.damaged_cells.damages import Damage
from tests.damaged_cells.oracle import fault
from tests.damaged_cells.results import CRASH, Result
from tests.damaged_cells.undetectable import reason

DECISION = SCHEMA.tab("candidatures").field("decision")
COMMENT = SCHEMA.tab("candidatures").field("commentaire")
SOUND = Result(0, [{"dossier": "90001", "decision": "Lauréat", "comment": "Un avis."}], ("1 lauréat.",))


def damaged(field, before, after, kind="error") -> Damage:
    return Damage(kind, "Candidatures", field, {(4, 2): after}, {(4, 2): before}, None)


ERROR = damaged(DECISION, "Lauréat", CellError("#REF!"))


def test_every_command_is_run_or_left_out_for_a_reason():
    listed = {name_of(one) for one in COMMANDS}
    assert listed | LEFT_OUT.keys() == {*names()}
    assert listed & LEFT_OUT.keys() == set()


def test_what_differs_in_silence_is_a_fault():
    silent = Result(0, [{"dossier": "90001", "decision": None, "comment": "Un avis."}], ("0 lauréat.",))
    assert fault(SOUND, silent, ERROR) == "differs, cell not named"
    assert fault(SOUND, replace(SOUND, code=1), ERROR) == "refused, cell not named"
    assert fault(SOUND, replace(SOUND, code=CRASH), ERROR) == "crash"


def test_a_cell_is_named_by_its_tab_and_address_in_one_line():
    silent = Result(0, [{"dossier": "90001", "decision": None, "comment": "Un avis."}], ())
    named = replace(silent, lines=("Candidatures, cellule C4 : #REF! n’est pas une décision.",))
    apart = replace(silent, lines=("Candidatures est lu.", "La cellule C4 est en erreur."))
    other = replace(silent, lines=("Candidatures, cellule C40 : #REF! n’est pas une décision.",))
    own = {"tab": "Candidatures", "cell": cell_of("candidatures", "date_depot", 4)}
    record = replace(silent, value=[*silent.value, own])
    found = [fault(SOUND, one, ERROR) for one in (named, record, apart, other)]
    assert found == ["", "", "differs, cell not named", "differs, cell not named"]


def test_a_line_of_a_dry_run_names_the_cell_without_the_tab_that_it_had_already():
    silent = Result(0, [{"dossier": "90001", "decision": None, "comment": "Un avis."}], ())
    listed, other = ({"row": f"projets {tab} 4", "cells": "C4 90001"} for tab in ("Anomalies", "Suivi"))
    found = [fault(SOUND, replace(silent, value=[*silent.value, one]), ERROR) for one in (listed, other)]
    assert found == ["", "differs, cell not named"]


def test_what_is_repeated_of_a_text_is_no_result():
    typed = damaged(COMMENT, "Un avis.", "Un aivs.", "typo")
    repeated = Result(0, [{"dossier": "90001", "decision": "Lauréat", "comment": "Un aivs."}], ("1 lauréat.",))
    assert fault(SOUND, repeated, typed) == ""
    assert fault(SOUND, replace(repeated, lines=("0 lauréat.",)), typed) == "differs, cell not named"


def test_a_row_of_a_dry_run_that_only_repeats_it_is_no_result():
    typed = damaged(COMMENT, "Un avis.", "Un aivs.", "typo")

    def said(cells):
        row = {"row": "talents Projets 16", "cells": cells}
        return fault(SOUND, replace(SOUND, value=[*SOUND.value, row]), typed)

    assert said("Un aivs.") == ""
    assert {said(one) for one in ("Un aivs. Retenu", "None", "now")} == {"differs, cell not named"}


def test_what_cannot_be_told_is_of_free_texts_and_of_values_as_good_as_the_first():
    other_words = damaged(COMMENT, "Un avis.", "Un avis. q", "stray letter")
    assert reason(other_words, ())
    assert not reason(other_words, ("Un avis.",))  # it names a row
    assert not reason(damaged(COMMENT, "Un avis.", CellError("#REF!")), ())
    closed = [one for tab in SCHEMA.tabs for one in tab.fields if one.choices or one.kind in (Kind.SCORE, Kind.DATE)]
    assert closed
    assert not any(reason(damaged(one, "3", "E", kind), ()) for one in closed for kind in ("typo", "blank"))


def test_a_blank_that_means_something_cannot_be_told_and_another_can():
    def blank(tab, field, value):
        return reason(damaged(SCHEMA.tab(tab).field(field), value, None, "blank"), ())

    assert blank("emails", "valider", True)
    assert blank("jury", "maximum", 20.0)
    assert not blank("evaluations", "deport", "oui")
    assert not blank("candidatures", "nombre_eig", 2.0)
