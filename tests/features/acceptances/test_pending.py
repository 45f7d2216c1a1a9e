"""What `Accueil` says of answers: who is awaited since when, who declines, and whom the waiting list has."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.call.results import compute
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.outbox.archive import SENDINGS
from eig_sheets.features.acceptances.pending import LINES
from eig_sheets.run.accueil import Urgency
from eig_sheets.workbook.envois import Sending
from tests.workbook.snapshots import EVALUATIONS, JURORS, at, book, dossier, evaluation, juror, reading

DAY = date(2021, 5, 12)


def sent(template, whom, day, state=DeliveryStatus.SENT):
    return Sending(f"{template}-{whom}", template, None, None, None, state, moment=datetime(2021, 5, day, 9))


def lines(dossiers, *sendings, jurors=JURORS, evaluations=EVALUATIONS):
    read = reading(book(dossiers, jurors, evaluations))
    results = compute(read).having(SENDINGS, sendings)
    return [(line.what, line.urgency, line.link.text, line.detail) for line in LINES.find(read, results, DAY)]


def selected(number, **fields):
    return dossier(number, decision="Lauréat", motif="Jury", **fields)


def to(nth):
    return f"Candidatures!{at('candidatures', 'acceptation', nth)}"


def test_those_who_were_asked_and_have_not_answered_are_counted_from_the_first_day():
    dossiers = [selected("101", acceptation="oui"), selected("102"), selected("103"), selected("104")]
    asked = (sent("laureat", "101", 2), sent("laureat", "102", 4), sent("promotion_liste_attente", "103", 3),
             sent("laureat", "104", 1, DeliveryStatus.FAILED))  # fmt: skip
    detail = "Écrit la première fois le lundi 3 mai 2021. Saisissez oui ou non."
    assert lines(dossiers, *asked) == [("2 lauréats n’ont pas encore répondu", Urgency.TO_DO, to(2), detail)]


@pytest.mark.parametrize("state", [state for state in DeliveryStatus if state != DeliveryStatus.SENT])
def test_what_is_not_known_to_have_been_sent_asked_nothing(state):
    assert lines([selected("101")], sent("laureat", "101", 4, state)) == []


def test_an_answer_that_cannot_be_read_is_neither_awaited_nor_a_refusal():
    assert lines([selected("101", acceptation="peut-être")], sent("laureat", "101", 4)) == []


def test_a_refusal_is_urgent_and_names_the_first_of_the_waiting_list():
    waiting = [dossier(number, decision="Liste d’attente", motif="Jury") for number in ("103", "104")]
    scores = (*EVALUATIONS, *(evaluation(number, "anna", *[score] * 5) for number, score in (("103", 2), ("104", 4))))
    [(what, urgency, link, detail)] = lines([selected("101"), selected("102", acceptation="non"), *waiting],
                                            evaluations=scores)  # fmt: skip
    assert (what, urgency, link) == ("1 lauréat décline", Urgency.URGENT, to(2))
    assert detail == ("Saisissez « Désisté » en Décision ; le premier de la liste d’attente, au classement, "
                      "est le 104 (Projet 104).")  # fmt: skip
    [(_, _, _, alone)] = lines([selected("102", acceptation="non")])
    assert alone == "Saisissez « Désisté » en Décision."
    gone = dossier("102", decision="Désisté", motif="Jury", acceptation="non")
    assert lines([gone, *waiting], evaluations=scores) == []


def test_a_juror_who_declines_is_told_until_no_dossier_may_be_theirs():
    declines = juror("dana", declaration=None, acceptation="non")
    [(what, urgency, _, detail)] = lines([dossier("101")], jurors=[*JURORS, declines])
    assert (what, urgency) == ("1 juré décline", Urgency.URGENT)
    assert detail.startswith("Mettez 0 en Nombre maximum de dossiers")
    assert lines([dossier("101")], jurors=[*JURORS, {**declines, "maximum": 0}]) == []
    after_all = juror("dana", acceptation="non")
    assert len(lines([dossier("101")], jurors=[*JURORS, after_all])) == 1
