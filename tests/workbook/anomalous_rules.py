"""Workbooks with anomalies of settings, rules or deliberation, and all those expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from eig_sheets.call.results import compute
from eig_sheets.call.rules import regles
from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.call.rules.rule_changes import compare_rules
from eig_sheets.campaign.reviews import affectations
from eig_sheets.campaign.reviews.affectations import Assignment
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.workbook.snapshots import (
    DOSSIERS,
    EVALUATIONS,
    JURORS,
    NAMES,
    at,
    book,
    dossier,
    evaluation,
    juror,
    reading,
    tab,
    tabs_with,
)

C, J, E, P = "Candidatures", "Jury", "Évaluations", "Paramètres"
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...]]
"""A name, a workbook, and (code, tab, cell) of each anomaly."""


def cases() -> Iterator[Said]:
    """All of them."""
    yield from _settings()
    yield from _rules()
    yield from _deliberation()
    yield from _assignments()


def _parameters(
    name: str, /, *rows: tuple[CellValue, CellValue], expected: tuple[tuple[str, str, int], ...] = ()
) -> Said:
    """A tab Paramètres of these settings and values; `expected` are (code, field, row from 1)."""
    typed = [{"reglage": label, "valeur": value} for label, value in rows]
    snapshot = tabs_with(tab("parametres", typed))
    return (name, snapshot, tuple((code, P, at("parametres", field, row)) for code, field, row in expected))


_REFUSED = (
    ("Places", "dix-huit"), ("Places", 0.0), ("Places", 1.5), ("Poids – Ouverture", -1.0), ("Note minimale", 25.0),
    ("Départage", "Charme"), ("Places en liste d’attente", "-1"),
)  # fmt: skip


def _settings() -> Iterator[Said]:
    good = (
        ("Places", 18.0),
        ("places en liste d'attente", "2"),
        ("NOTE MINIMALE", "12,5"),
        ("Poids – Ouverture", "0,5"),
    )
    yield _parameters("settings as officers type them", *good, ("Départage", "ouverture ; Définition"))
    yield _parameters("a setting left blank", ("Places", None), ("Départage", "aucun"))
    unknown = (("reglage_inconnu", "reglage", 1),)
    yield _parameters("a setting that does not exist", ("Nombre de places", 18.0), expected=unknown)
    for label, value in _REFUSED:
        refused = (("reglage_refuse", "valeur", 1),)
        yield _parameters(f"« {label} » set to {value}", (label, value), expected=refused)
    twice = (("reglage_en_double", "reglage", 1), ("reglage_en_double", "reglage", 3))
    yield _parameters("a setting twice", ("Places", 18.0), ("Note minimale", 10.0), ("places", 19.0), expected=twice)
    without = (("reouverture_sans_raison", "valeur", 1),)
    yield _parameters("a reopening without a reason", ("Réouverture", None), expected=without)
    yield _parameters("two reopenings", ("Réouverture", "Comité du 3 mai"), ("Réouverture", "Comité du 4 mai"))


def _rules() -> Iterator[Said]:
    since = datetime(2021, 4, 12, 9)
    yield ("rules that are as they were recorded", tabs_with(*_recorded()), ())
    fewer = tab("parametres", [{"reglage": "Places", "valeur": 18.0}])
    changed = (("regle_changee", P, at("parametres", "valeur", 1)),)
    yield ("a rule that officers changed", tabs_with(*_recorded(), fewer), changed)
    why = tab(
        "parametres", [{"reglage": "Places", "valeur": 18.0}, {"reglage": "Réouverture", "valeur": "Budget réduit"}]
    )
    yield ("a rule that officers changed, and why", tabs_with(*_recorded(), why), ())
    weight = RecordedRule("Poids – Élégance", "1", None, since)
    other = (("critere_change", "Règles du jeu", None),)
    yield ("a criterion that has another name", tabs_with(*_recorded(weight)), other)
    places = (("101", "rang 1, 16/20"), ("102", "rang 2, 15/20"))
    noted = _recorded(*(RecordedRule(f"Dossier {numero}", place, None, since) for numero, place in places))
    expected = (("note_changee", E, at("evaluations", "numero", 1)),)
    yield ("a note that changed once the jury was closed", tabs_with(*noted), expected)


def _recorded(*more: RecordedRule) -> tuple[TabSnapshot]:
    """The tab of the rules with all of them recorded."""
    since = datetime(2021, 4, 12, 9)
    rules = compare_rules(reading(book()), compute(reading(book())), (), since, since.date()).rules
    rows = regles.TABLE.cells((*rules, *more))
    return (TabSnapshot("Règles du jeu", [[*regles.TABLE.sheet_headers], *map(list, rows)], mark="regles"),)


def _deliberation() -> Iterator[Said]:
    low = [evaluation("103", name, *[1.0] * 5, avis="Défavorable") for name in NAMES]
    for typed in ("Lauréat", "Liste d’attente"):
        rows = [*DOSSIERS, dossier("103", decision=typed)]
        expected = (("decision_sans_motif", C, at("candidatures", "decision", 3)),)
        yield (f"« {typed} » against the ranking", book(rows, evaluations=[*EVALUATIONS, *low]), expected)
        why = [*DOSSIERS, dossier("103", decision=typed, motif="Intérêt national")]
        yield (f"« {typed} » against the ranking, and why", book(why, evaluations=[*EVALUATIONS, *low]), ())
    rows = [
        dossier("101", decision="Lauréat"),
        dossier("102", decision="Désisté"),
        dossier("103", decision="Non retenu"),
    ]
    appeal = ("voies_recours_absentes", C, at("candidatures", "decision", 3))
    yield ("decisions that follow the ranking", book(rows, evaluations=[*EVALUATIONS, *low]), (appeal,))
    enough = [dossier(numero, decision="Lauréat", motif="Utile") for numero in map(str, range(101, 121))]
    yield ("as many laureates as places", book(enough), ())
    many = [dossier(numero, decision="Lauréat", motif="Utile") for numero in map(str, range(101, 122))]
    where = (("laureats_en_trop", C, at("candidatures", "decision", 21)),)
    yield ("more laureates than places", book(many), where)
    refused = [dossier("101", decision="Non retenu"), DOSSIERS[1]]
    appeal = ("voies_recours_absentes", C, at("candidatures", "decision", 1))
    expected = (("decision_sans_motif", C, at("candidatures", "decision", 1)), appeal)
    yield ("« Non retenu » against the ranking", book(refused), expected)
    divided = [
        {**evaluation_row, "avis": avis}
        for evaluation_row, avis in zip(EVALUATIONS, ("Favorable", "Défavorable"), strict=False)
    ]
    left_to_it = book(refused, evaluations=[*divided, *EVALUATIONS[2:]])
    yield ("a decision that the rules leave to the jury", left_to_it, (appeal,))
    silent = [juror("anna", declaration=None), *JURORS[1:], juror("zoe", declaration=None)]
    expected = (("declaration_absente", J, at("jury", "declaration", 1)),)
    yield ("a juror who scored and declared nothing", book(jurors=silent), expected)
    yield from _weakly_linked()


def _weakly_linked() -> Iterator[Said]:
    """Two pairs of jurors who read four dossiers each, and one of them that three read."""
    rows = [dossier(str(101 + place)) for place in range(8)]
    pairs = (("anna", "bob"), ("chloe", "david"))
    read = [evaluation(row["numero"], name) for place, row in enumerate(rows) for name in pairs[place // 4]]
    read.append(evaluation("101", "chloe"))
    jury = [juror(name) for pair in pairs for name in pair]
    yield ("two parts of the jury that one dossier links", book(rows, jury, read), (("lien_faible", J, None),))
    groups = [{**row, "groupe": f"Groupe {place // 2}"} for place, row in enumerate(jury)]
    yield ("two groups that one dossier links", book(rows, groups, read), ())


def _assignments() -> Iterator[Said]:
    """Pairs that hold no more: the dossier is set aside, the juror is none any more, or is recused."""
    pairs = [Assignment(numero, f"{name}@jury.example") for numero, name in (("101", "anna"), ("102", "bob"))]
    rows = [affectations.TABLE.sheet_headers, *affectations.rows(pairs, pd.DataFrame(), pd.DataFrame())]
    recorded = TabSnapshot("Affectations", rows, mark="affectations")
    lapsed = (("affectation_caduque", "Affectations", None),)
    yield ("pairs that hold", book(DOSSIERS, JURORS, [], recorded), ())
    aside = [DOSSIERS[0], dossier("102", preselection="Écarté – insuffisant")]
    appeal = ("voies_recours_absentes", C, at("candidatures", "preselection", 2))
    yield ("a pair of a dossier that is set aside", book(aside, JURORS, [], recorded), (*lapsed, appeal))
    slip = [DOSSIERS[0], dossier("102", decision="Peut-être")]
    blocking = ("choix_inconnu", C, at("candidatures", "decision", 2))
    yield ("a pair of a dossier that a blocking anomaly leaves out", book(slip, JURORS, [], recorded), (blocking,))
    yield ("a pair of someone who is no juror", book(DOSSIERS, JURORS[1:], [], recorded), lapsed)
    recused = [juror("anna", deports="101"), *JURORS[1:]]
    yield ("a pair of a juror who is recused", book(DOSSIERS, recused, [], recorded), lapsed)
