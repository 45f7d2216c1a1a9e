"""What awaits whom on a day: each line with its count, who it awaits, how pressing it is, the cell to go to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from eig_sheets.run.accueil import Urgency
from eig_sheets.run.pending import pending
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from tests.columns import cell_of
from tests.workbook.snapshots import DOSSIERS, EIG5, EVALUATIONS, book, dossier, evaluation, tab

BEFORE, AFTER = date(2021, 4, 12), date(2021, 5, 20)  # EIG5's jury ends on 5 May 2021
BLANK = [None] * 5
DECIDED = [dossier("101", decision="Lauréat"), dossier("102", decision="Lauréat")]


def lines(snapshot=None, today=BEFORE, campaign=EIG5):
    reading = read(snapshot or book(), campaign)
    assert not reading.problems
    return [*pending(reading, compute(reading), today)]


def shown(*where, **when):
    """What each line says, for whom, how pressing, and where it leads."""
    return [(line.what, line.count, line.who, line.urgency, line.link.text) for line in lines(*where, **when)]


def at(field, row=2, tab_id="candidatures", name="Candidatures"):
    return f"{name}!{cell_of(tab_id, field, row)}"


@pytest.mark.slow
def test_when_all_is_done_nothing_awaits_anybody():
    assert lines() == []
    assert lines(book(DECIDED), AFTER) == []


def test_a_blocking_anomaly_comes_first_and_leads_to_its_cell():
    rows = [dossier("101"), dossier("101")]
    first = shown(book(rows, evaluations=[]))[0]
    assert first == ("2 anomalies qui bloquent", 2, "Équipe", Urgency.URGENT, at("numero"))


@pytest.mark.slow
def test_what_only_the_fiche_says_is_to_read_apart_from_what_is_to_instruct():
    rows = [dossier("101"), dossier("102", hors_les_murs=None), dossier("103", projet=None, ouverture_donnees=None)]
    assert shown(book(rows, evaluations=[])) == [
        ("1 dossier à instruire", 1, "Équipe", Urgency.TO_DO, at("projet", 4)),
        ("2 fiches à lire", 2, "Équipe", Urgency.TO_DO, at("hors_les_murs", 3)),
    ]


@pytest.mark.parametrize("out", [{"decision": "Désisté"}, {"preselection": "Écarté – insuffisant"}])
def test_a_dossier_that_is_out_or_decided_awaits_nobody(out):
    rows = [dossier("101", hors_les_murs=None, **out), dossier("102")]
    assert shown(book(rows, evaluations=[])) == []


def test_each_name_of_suivi_par_has_its_lines_and_who_has_none_comes_last():
    rows = [
        dossier("101", hors_les_murs=None),
        dossier("102", hors_les_murs=None, suivi_par="Sacha"),
        dossier("103", hors_les_murs=None, suivi_par="Camille "),
        dossier("104", hors_les_murs=None, suivi_par="camille"),
    ]
    assert [(who, what, place) for what, _, who, _, place in shown(book(rows, evaluations=[]))] == [
        ("Camille", "2 fiches à lire", at("hors_les_murs", 4)),
        ("Sacha", "1 fiche à lire", at("hors_les_murs", 3)),
        ("Équipe", "1 fiche à lire", at("hors_les_murs", 2)),
    ]


@pytest.mark.parametrize(("today", "words", "urgency"), [
    (BEFORE, "évaluations attendues", Urgency.TO_KNOW),
    (date(2021, 5, 5), "évaluations en retard", Urgency.URGENT),
    (AFTER, "évaluations en retard", Urgency.TO_KNOW),  # the jury is over: what presses is to decide
])  # fmt: skip
def test_evaluations_that_did_not_come_press_from_the_first_reminder_until_the_jury_is_over(today, words, urgency):
    rows = [*EVALUATIONS[:4], evaluation("102", "bob", *BLANK), evaluation("102", "chloe", *BLANK)]
    [late] = [line for line in shown(book(evaluations=rows), today) if "valuation" in line[0]]
    assert late == (f"2 {words} de 2 jurés", 2, "Jury", urgency, at("jure", 6, "evaluations", "Évaluations"))


@pytest.mark.parametrize(("today", "start"), [
    (BEFORE, "Le jury se termine le mercredi 5 mai 2021."),
    (date(2021, 5, 5), "En retard depuis la première relance, le jeudi 29 avril 2021. Le jury se termine le"),
    (AFTER, "Le jury s’est terminé le mercredi 5 mai 2021, et personne n’a saisi de décision sur ces dossiers."),
])  # fmt: skip
def test_evaluations_that_did_not_come_say_since_when_they_are_late(today, start):
    rows = [*EVALUATIONS[:5], evaluation("102", "chloe", *BLANK)]
    [late] = [line for line in lines(book(evaluations=rows), today) if "valuation" in line.what]
    assert late.detail.startswith(start)


@pytest.mark.parametrize("today", [BEFORE, AFTER])
def test_each_line_says_what_to_do_or_for_when(today):
    unread = dossier("103", hors_les_murs=None)
    told = lines(book([dossier("101"), dossier("102", projet=None), unread]), today)
    assert len(told) >= 2
    assert all(line.detail.endswith(".") for line in told)


def test_nobody_waits_for_evaluations_of_a_dossier_on_which_somebody_decided():
    rows = [*EVALUATIONS[:5], evaluation("102", "chloe", *BLANK)]
    assert shown(book(DECIDED, evaluations=rows), AFTER) == []


def test_decisions_are_to_type_after_the_jury_and_pressing_from_the_announcement():
    def on(today, announced):
        emails = EIG5.emails.model_copy(update={"announced": announced})
        return shown(book(), today, EIG5.model_copy(update={"emails": emails}))

    expected = ("2 décisions à saisir", 2, "Équipe", Urgency.TO_DO, at("decision"))
    assert on(date(2021, 5, 5), date(2021, 5, 25)) == []
    assert on(date(2021, 5, 6), date(2021, 5, 25)) == [expected]
    assert on(date(2021, 5, 25), date(2021, 5, 25)) == [(*expected[:3], Urgency.URGENT, expected[4])]
    assert on(AFTER, None) == [expected]


@pytest.mark.slow
def test_a_convention_that_lacks_is_pressing_once_the_project_is_selected():
    carried = {"type_administration": "Opérateur", "programme": "217", "porteur": "Ministère", "convention": None,
               "type_porteur": "Administration centrale"}  # fmt: skip
    rows = [dossier("101", **carried), dossier("102")]
    expected = ("1 convention signée qui manque", 1, "Équipe", Urgency.TO_DO, at("convention"))
    assert shown(book(rows)) == [expected]
    selected = [dossier("101", decision="Lauréat", **carried), dossier("102", decision="Non retenu", **carried)]
    assert shown(book(selected), AFTER) == [(*expected[:3], Urgency.URGENT, expected[4])]


def test_without_the_column_it_leads_to_the_number_of_the_dossier():
    rows = [dossier("101"), dossier("102")]
    snapshot = book(rows)
    without = tab("candidatures", rows, without=["ouverture_donnees"])
    told = shown(replace(snapshot, tabs=(without, *snapshot.tabs[1:])))
    assert told[-1][::4] == ("2 dossiers à instruire", at("numero"))


@pytest.mark.slow
def test_where_rows_have_ids_cells_have_names():
    snapshot = replace(book([DOSSIERS[0], dossier("102", hors_les_murs=None)]), capabilities=Capabilities(row_ids=True))
    assert [line[4] for line in shown(snapshot)] == ["Candidatures, ligne 2, Travail hors les murs"]
