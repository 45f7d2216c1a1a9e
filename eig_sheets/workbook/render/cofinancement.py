"""The tab `Cofinancement`: routes, contacts and amounts, for the décret de transfert and the conventions."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import starmap

import pandas as pd

from eig_sheets.domain.cofinancing import Status
from eig_sheets.text.french import listed
from eig_sheets.workbook import words
from eig_sheets.workbook.model.cells import WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.recruitment_words import awaited_text, gap
from eig_sheets.workbook.render import cells
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.words import DECISION_TONES, PROPOSAL_TONES, STATUS_TONES

PROVISIONAL, AFTER_RECRUITMENT = "Prévisionnel", "Après recrutement"

COLUMNS = (
    Column("N° de dossier", width=15),
    Column("Nom du projet", Format.WRAPPED, 28),
    Column("Administration d’accueil", Format.WRAPPED, 30),
    Column("Proposition", width=20, note="Celle du calcul : voir Classement.", tones=PROPOSAL_TONES),
    Column("Décision", width=16, note="Saisie par une personne dans Candidatures.", tones=DECISION_TONES),
    Column("Décidé le", Format.DATE, 13, "Saisi par une personne dans Candidatures."),
    Column(
        "Statut",
        width=20,
        note="Conditions réunies : rien ne manque pour verser. Sous réserve : voir « Ce qui manque ». Sans objet : "
        "dossier inéligible, écarté ou désisté, que rien ne compte. Le co-financement ne décide jamais d’une "
        "candidature.",
        tones=STATUS_TONES,
    ),
    Column("Voie", Format.WRAPPED, 30, "Comment les crédits arrivent, selon qui les reçoit."),
    Column("Programme", width=12, note="Programme budgétaire qui recevrait les crédits de titre 2."),
    Column(
        "Porteur administratif", Format.WRAPPED, 28, "L’administration qui reçoit les crédits pour celle d’accueil."
    ),
    Column("Convention signée", width=12, note="Entre l’accueil et son porteur administratif ; vide sans portage."),
    Column("SIRET", width=17, note="De l’administration d’accueil, tel qu’il est dans Candidatures."),
    Column("Contact gestion", width=30, note="L’adresse « E-mail gestion » de Candidatures."),
    Column("Ce qui manque", Format.WRAPPED, 34),
    Column("EIG", Format.INTEGER, 7, "Nombre d’EIG demandés."),
    Column("Mois", Format.GENERAL, 7, "Mois du contrat que le programme paie ; vide quand il paie un forfait."),
    Column("Coût d’un EIG – jusqu’à 5 ans", Format.EURO, 16, "Coût employeur de 10 mois retenu pour le minimum."),
    Column("Coût d’un EIG – plus de 5 ans", Format.EURO, 16, "Coût employeur de 10 mois retenu pour le maximum."),
    Column(
        "Pour un EIG – minimum",
        Format.EURO,
        16,
        "Coût × mois payés / mois du contrat, arrondi au centime. Vide après le recrutement : chacun a son coût.",
    ),
    Column("Pour un EIG – maximum", Format.EURO, 16, "Même calcul, avec le coût de plus de 5 ans d’expérience."),
    Column(
        "Montant minimum",
        Format.EURO,
        16,
        "Nombre d’EIG × coût × mois payés / mois du contrat, arrondi au centime une seule fois.",
    ),
    Column("Montant maximum", Format.EURO, 16, "Même calcul, avec le coût de plus de 5 ans d’expérience."),
    Column(
        "Nature du montant",
        width=18,
        note="Prévisionnel jusqu’au recrutement ; ensuite, calculé d’après les talents retenus.",
        tones=((PROVISIONAL, Tone.DOUBT), (AFTER_RECRUITMENT, Tone.GOOD)),
    ),
    Column("Estimé", width=9, note="oui : un coût manquait, il est estimé d’après les salaires du programme."),
    Column(
        "À vérifier",
        width=10,
        note="oui : une cellule ne se lit pas, ou ne peut être crue : « Ce qui manque » dit laquelle.",
    ),
    Column("Explication", Format.WRAPPED, 44),
    Column("Source", Format.WRAPPED, 32),
)

RECRUITMENT = (
    Column("EIG recrutés", Format.INTEGER, 10, "Personnes retenues dans Talents pour ce projet."),
    Column("Mois payés", Format.NOTE, 9, "Ceux de tous les EIG recrutés : un contrat qui commence tard en a moins."),
    Column("Prévu – minimum", Format.EURO, 16, "Le montant minimum d’avant le recrutement."),
    Column("Prévu – maximum", Format.EURO, 16, "Le montant maximum d’avant le recrutement."),
    Column(
        "Écart avec le prévisionnel",
        Format.EURO,
        16,
        "Ce qui dépasse le maximum prévu ; en négatif, ce qui manque au minimum ; 0 entre les deux. Pourquoi : "
        "« eig-sheets cofinancing --explain » et le numéro du dossier, à demander à la personne qui exploite le robot.",
    ),
    Column("Recrutement", Format.WRAPPED, 40, "Ce qui manque pour que le montant soit exact."),
)
"""Columns that are there once somebody is recruited, after that of the nature of the amounts."""
_NATURE = "Nature du montant"
_COPIED = ("per_eig_min", "per_eig_max", "one_min", "one_max", "amount_min", "amount_max")


def columns_of(cofinancing: pd.DataFrame) -> tuple[Column, ...]:
    """The columns that suit the results: those of the recruitment once there is one."""
    if not _has_recruitment(cofinancing):
        return COLUMNS
    after = next(place for place, column in enumerate(COLUMNS, 1) if column.header == _NATURE)
    return (*COLUMNS[:after], *RECRUITMENT, *COLUMNS[after:])


def _has_recruitment(cofinancing: pd.DataFrame) -> bool:
    return bool((cofinancing["settled"] | (cofinancing["recruited"] > 0)).any())


def rows(cofinancing: pd.DataFrame, dossiers: pd.DataFrame, ranking: pd.DataFrame) -> Rows:
    """One row per dossier, in the order of `dossiers`, whose index `cofinancing` has; `ranking` in any order.

    Their columns are those of `columns_of`.
    """
    proposed = ranking.set_index("numero").loc[dossiers["numero"], ["proposal", "proposal_reserves"]]
    return cells.rows(
        cells.column(cofinancing, "numero"),
        cells.column(dossiers, "projet"),
        cells.column(dossiers, "administration"),
        list(starmap(words.proposal_text, proposed.itertuples(index=False))),
        cells.column(dossiers, "decision"),
        cells.column(dossiers, "decide_le"),
        cells.worded(cofinancing["status"], words.COFINANCING),
        list(starmap(words.credit_route, cofinancing[["route", "payment", "carried"]].itertuples(index=False))),
        cells.column(cofinancing, "programme"),
        cells.column(dossiers, "porteur"),
        list(_agreements(cofinancing, dossiers)),
        cells.column(dossiers, "siret"),
        cells.column(dossiers, "email_gestion"),
        [missing_text(*codes) for codes in cofinancing[["missing", "to_check"]].itertuples(index=False)],
        cells.column(dossiers, "nombre_eig"),
        cells.column(cofinancing, "months"),
        *(cells.column(cofinancing, amount) for amount in _COPIED),
        [
            amount_nature(status, amount, exact=exact)
            for status, amount, exact in cofinancing[["status", "amount_max", "exact"]].itertuples(index=False)
        ],
        *(_recruitment(cofinancing) if _has_recruitment(cofinancing) else ()),
        *([words.only_yes(flag) for flag in cofinancing[name]] for name in ("estimated", "questioned")),
        [cells.sentence([words.COFINANCING_REASONS[code]]) for code in cofinancing["reason"]],
        cells.column(cofinancing, "source"),
    )


def _recruitment(cofinancing: pd.DataFrame) -> Iterator[list[WrittenValue]]:
    """The columns of RECRUITMENT; blank of a dossier that asks for nothing, or for which nobody is recruited."""
    asks = cofinancing["status"].isin([Status.SETTLED, Status.CONDITIONAL])
    shown = cofinancing.where(asks & (cofinancing["settled"] | (cofinancing["recruited"] > 0)))
    for name in ("recruited", "paid_months", "range_min", "range_max"):
        yield cells.column(shown, name)
    settled = cofinancing[["settled", "amount_min", "range_min", "range_max"]].itertuples(index=False)
    yield [gap(*amounts) if is_settled and pd.notna(amounts[1]) else None for is_settled, *amounts in settled]
    yield [None if pd.isna(codes) is True else awaited_text(codes) for codes in shown["awaited"]]


def missing_text(missing: Sequence[str], to_check: Sequence[str]) -> str | None:
    """What is missing before the credits are paid, then the cells to check; None when nothing is."""
    cells_to_check = [f"cellules à vérifier : {listed(to_check)}"] if to_check else []
    return cells.sentence([*(words.MISSING[code] for code in missing), *cells_to_check])


def amount_nature(status: Hashable, amount: float | None, *, exact: bool) -> str | None:
    """Whether an amount is from before or after recruitment; None for no amount, or nothing asked."""
    if status not in ("acquis", "sous_reserve") or pd.isna(amount):
        return None
    return AFTER_RECRUITMENT if exact else PROVISIONAL


def _agreements(cofinancing: pd.DataFrame, dossiers: pd.DataFrame) -> Iterator[WrittenValue]:
    for carried, signed in zip(cofinancing["carried"], dossiers["convention"], strict=True):
        yield words.yes_no(cells.written(signed)) if carried else None
