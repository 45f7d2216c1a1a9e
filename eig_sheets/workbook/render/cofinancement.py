"""The tab `Cofinancement`: amounts and routes, for the décret de transfert and the conventions."""

from __future__ import annotations

import pandas as pd

from eig_sheets.workbook import words
from eig_sheets.workbook.model.sheet import Column, Format
from eig_sheets.workbook.render import cells
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.words import STATUS_TONES

COLUMNS = (
    Column("N° de dossier", width=15),
    Column("Nom du projet", Format.WRAPPED, 28),
    Column("Administration d’accueil", Format.WRAPPED, 30),
    Column("Demandé", width=10),
    Column(
        "Éligible", width=10, note="oui : une administration peut recevoir les crédits. non : elle reste à trouver."
    ),
    Column(
        "Statut",
        width=14,
        note="Acquis : rien ne manque. Le cofinancement ne décide jamais d’une candidature.",
        tones=STATUS_TONES,
    ),
    Column("Voie", width=24),
    Column("Versement", width=22, note="Comment l’argent circule, selon qui le reçoit."),
    Column("Programme", width=12, note="Programme budgétaire qui recevrait les crédits de titre 2."),
    Column("Porteur administratif", Format.WRAPPED, 28),
    Column("Ce qui manque", Format.WRAPPED, 34),
    Column("EIG", Format.INTEGER, 7, "Nombre d’EIG demandés."),
    Column("Coût d’un EIG – jusqu’à 5 ans", Format.EURO, 16, "Coût employeur de 10 mois retenu pour le minimum."),
    Column("Coût d’un EIG – plus de 5 ans", Format.EURO, 16, "Coût employeur de 10 mois retenu pour le maximum."),
    Column(
        "Montant minimum", Format.EURO, 16, "Nombre d’EIG × coût × mois financés / mois du contrat, arrondi au centime."
    ),
    Column("Montant maximum", Format.EURO, 16, "Même calcul, avec le coût de plus de 5 ans d’expérience."),
    Column("Estimé", width=9, note="oui : un coût manquait, il est estimé d’après les salaires du programme."),
    Column(
        "À vérifier",
        width=10,
        note="oui : un coût s’écarte beaucoup de l’estimation (total d’équipe ? coût mensuel ?).",
    ),
    Column("Exact", width=8, note="oui : calculé d’après les talents recrutés."),
    Column("Explication", Format.WRAPPED, 44),
    Column("Source", Format.WRAPPED, 32),
)


def rows(cofinancing: pd.DataFrame, dossiers: pd.DataFrame) -> Rows:
    """One row per dossier, in their order."""
    return cells.rows(
        cells.column(cofinancing, "numero"),
        cells.column(dossiers, "projet"),
        cells.column(dossiers, "administration"),
        [words.yes_no(cells.written(value)) for value in cofinancing["requested"]],
        [words.yes_no(cells.written(value)) for value in cofinancing["eligible"]],
        cells.worded(cofinancing["status"], words.COFINANCING),
        cells.worded(cofinancing["route"], words.ROUTES),
        cells.worded(cofinancing["payment"], words.ROUTES),
        cells.column(cofinancing, "programme"),
        cells.column(dossiers, "porteur"),
        [cells.sentence(words.MISSING[code] for code in codes) for codes in cofinancing["missing"]],
        cells.column(dossiers, "nombre_eig"),
        *(cells.column(cofinancing, amount) for amount in ("per_eig_min", "per_eig_max", "amount_min", "amount_max")),
        *([words.only_yes(flag) for flag in cofinancing[name]] for name in ("estimated", "questioned", "exact")),
        [cells.sentence([words.COFINANCING_REASONS[code]]) for code in cofinancing["reason"]],
        cells.column(cofinancing, "source"),
    )
