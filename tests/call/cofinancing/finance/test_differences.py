"""What changed since a version: which project, from what to what, and why."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.call.cofinancing.finance.versions import content_of, differences
from tests.call.cofinancing.finance.support import campaign, laureate

START = {"debut_contrat": datetime(2021, 9, 13)}


def recruit(place, **more):
    return {"candidature": f"T{place}", "statut": "Retenu", "projet_decide": "101", "prenom": "Zoé"} | START | more


TEAM = (recruit(1, experience=3), recruit(2, experience=8))


def content(*talents, dossiers=(), **cofinancing):
    call = campaign(*(dossiers or (laureate("101"), laureate("102"))), talents=talents, **cofinancing)
    return content_of(call.reading, call.results)


def changes(before, after):
    return [
        tuple(
            None if text is None else text.replace("\u202f", " ")
            for text in (difference.dossier, difference.what, difference.before, difference.after, difference.why)
        )
        for difference in differences(before, after)
    ]


def test_nothing_changed():
    assert changes(content(*TEAM), content(*TEAM)) == []


def test_recruited():
    assert changes(content(), content(*TEAM)) == [
        ("101", "EIG recrutés", "0", "2", "2 EIG recrutés"),
        ("101", "Montant", "de 36 750 € à 42 000 €", "39 375 €", "2 EIG recrutés ; contrat saisi"),
    ]


def test_withdrawn():
    gone = recruit(2, experience=8, statut="Désisté")
    assert changes(content(*TEAM), content(TEAM[0], gone)) == [
        ("101", "EIG recrutés", "2", "1", "1 EIG qui n’est plus retenu : désistement ?"),
        ("101", "Montant", "39 375 €", "de 36 750 € à 42 000 €",
         "1 EIG qui n’est plus retenu : désistement ? ; contrat retiré"),
    ]  # fmt: skip


def test_a_cost_is_typed():
    typed = recruit(1, experience=3, cout_reel=63000.4)
    assert changes(content(*TEAM), content(typed, TEAM[1])) == [
        ("101", "Montant", "39 375 €", "39 900,12 €", "coût réel saisi")
    ]


@pytest.mark.slow
def test_a_cost_is_corrected():
    before, after = (content(recruit(1, cout_reel=cost), TEAM[1]) for cost in (61000, 62000))
    assert changes(before, after) == [
        ("101", "Montant", "39 300 €", "39 600 €", "coût réel, expérience ou contrat corrigé")
    ]


def test_a_contract_is_later():
    late = recruit(1, experience=3, debut_contrat=datetime(2021, 10, 15))
    assert changes(content(*TEAM), content(late, TEAM[1])) == [
        ("101", "Montant", "39 375 €", "36 516,67 €", "mois payés : de 6,00 à 5,53")
    ]


def test_a_rule_changed():
    assert changes(content(), content(months=4.0)) == [
        (None, "cofinancing.months", "3", "4", "configuration modifiée"),
        ("101", "Montant", "de 36 750 € à 42 000 €", "de 49 000 € à 56 000 €", "règle changée : cofinancing.months"),
        ("102", "Montant", "de 36 750 € à 42 000 €", "de 49 000 € à 56 000 €", "règle changée : cofinancing.months"),
    ]


def test_a_project_withdraws():
    gone = (laureate("101", decision="Désisté"), laureate("102"))
    assert changes(content(*TEAM), content(*TEAM, dossiers=gone)) == [
        ("101", "Décision", "Lauréat", "Désisté", "saisi dans Candidatures"),
        ("101", "Statut", "Conditions réunies", "Sans objet", "le porteur s’est désisté"),
        ("101", "Voie des crédits", "décret de transfert", "aucune", "le porteur s’est désisté"),
        ("101", "EIG recrutés", "2", "0", "le porteur s’est désisté"),
        ("101", "Montant", "39 375 €", "inconnu", "le porteur s’est désisté"),
    ]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"programme": "0217"}, ("Programme", "113", "217", "saisi dans Candidatures")),
        ({"nombre_eig": 3}, ("EIG demandés", "2", "3", "saisi dans Candidatures")),
        ({"cout_jusqu_a_5_ans": 60000},
         ("Montant", "de 36 750 € à 42 000 €", "de 36 000 € à 42 000 €", "simulation du dossier changée")),
        ({"demande_cofinancement": "non"},
         ("Montant", "de 36 750 € à 42 000 €", "0 €",
          "demande de co-financement changée ; simulation du dossier changée")),
    ],
)  # fmt: skip
def test_what_is_typed_in_candidatures(typed, said):
    told = changes(content(), content(dossiers=(laureate("101", **typed), laureate("102"))))
    assert ("101", *said) in told


def test_dossiers_come_and_go():
    alone, both = content(dossiers=(laureate("101"),)), content()
    assert changes(alone, both) == [("102", "Dossier", "absent", "présent", "nouveau dossier")]
    assert changes(both, alone) == [
        ("102", "Dossier", "présent", "absent", "retiré de Candidatures, ou laissé de côté par une anomalie")
    ]


def test_what_is_kept_names_nobody():
    said = str(content(*TEAM, dossiers=(laureate("101", email_gestion="zoe@example.org", porteur_projet="Zoé"),)))
    for personal in ("Zoé", "zoe@", "T1", "example", "13002526500013", "Projet 101", "Direction"):
        assert personal not in said
