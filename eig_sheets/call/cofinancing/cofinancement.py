"""The tab `Cofinancement`: routes, contacts and amounts, for the décret de transfert and the conventions."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import starmap
from typing import Final, NamedTuple

import pandas as pd

from eig_sheets.call.cofinancing.rules_cofinancing import CofinancingStatus
from eig_sheets.call.cofinancing.words import awaited_text, gap
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.text.french import listed
from eig_sheets.workbook import cells, frame_columns, words
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.frame_columns import FrameColumn
from eig_sheets.workbook.words import DECISION_TONES, PROPOSAL_TONES, STATUS_TONES

PROVISIONAL, AFTER_RECRUITMENT = "Prévisionnel", "Après recrutement"


class _Frames(NamedTuple):
    """Frames with a row per dossier, in the same order; `recruited`: amounts of those that ask and recruited."""

    money: pd.DataFrame
    dossiers: pd.DataFrame
    proposed: pd.DataFrame
    recruited: pd.DataFrame


def _money(name: str, look: Column) -> FrameColumn[_Frames]:
    return FrameColumn(look, lambda of: cells.column(of.money, name))


def _dossier(name: str, look: Column) -> FrameColumn[_Frames]:
    return FrameColumn(look, lambda of: cells.column(of.dossiers, name))


def _recruited(name: str, look: Column) -> FrameColumn[_Frames]:
    return FrameColumn(look, lambda of: cells.column(of.recruited, name))


_BEFORE: Final[Sequence[FrameColumn[_Frames]]] = (
    _money("numero", Column("N° de dossier", width=15)),
    _dossier("projet", Column("Nom du projet", Format.WRAPPED, 28)),
    _dossier("administration", Column("Administration d’accueil", Format.WRAPPED, 30)),
    FrameColumn(
        Column("Proposition", width=20, note="Celle du calcul : voir Classement.", tones=PROPOSAL_TONES),
        lambda of: starmap(words.proposal_text, of.proposed.itertuples(index=False)),
    ),
    _dossier(
        "decision",
        Column("Décision", width=16, note="Saisie par une personne dans Candidatures.", tones=DECISION_TONES),
    ),
    _dossier("decide_le", Column("Décidé le", Format.DATE, 13, "Saisi par une personne dans Candidatures.")),
    FrameColumn(
        Column(
            "Statut", width=20,
            note="Conditions réunies : rien ne manque pour verser. Sous réserve : voir « Ce qui manque ». Sans objet : "
            "dossier inéligible, écarté ou désisté, que rien ne compte. Le co-financement ne décide jamais d’une "
            "candidature.",
            tones=STATUS_TONES,
        ),
        lambda of: cells.worded(of.money["status"], words.COFINANCING),
    ),
    FrameColumn(
        Column("Voie", Format.WRAPPED, 30, "Comment les crédits arrivent, selon qui les reçoit."),
        lambda of: starmap(words.credit_route, of.money[["route", "payment", "carried"]].itertuples(index=False)),
    ),
    _money(
        "programme",
        Column("Programme", width=12, note="Programme budgétaire qui recevrait les crédits de titre 2."),
    ),
    _dossier(
        "porteur",
        Column(
            "Porteur administratif", Format.WRAPPED, 28, "L’administration qui reçoit les crédits pour celle d’accueil."
        ),
    ),
    FrameColumn(
        Column(
            "Convention signée", width=12, note="Entre l’accueil et son porteur administratif ; vide sans portage."
        ),
        lambda of: _agreements(of.money, of.dossiers),
    ),
    _dossier(
        "siret",
        Column("SIRET", width=17, note="De l’administration d’accueil, tel qu’il est dans Candidatures."),
    ),
    _dossier(
        "email_gestion",
        Column("Contact gestion", width=30, note="L’adresse « E-mail gestion » de Candidatures."),
    ),
    FrameColumn(
        Column("Ce qui manque", Format.WRAPPED, 34),
        lambda of: starmap(missing_text, of.money[["missing", "to_check"]].itertuples(index=False)),
    ),
    _dossier("nombre_eig", Column("EIG", Format.INTEGER, 7, "Nombre d’EIG demandés.")),
    _money(
        "months",
        Column("Mois", Format.GENERAL, 7, "Mois du contrat que le programme paie ; vide quand il paie un forfait."),
    ),
    _money(
        "per_eig_min",
        Column("Coût d’un EIG – jusqu’à 5 ans", Format.EURO, 16, "Coût employeur de 10 mois retenu pour le minimum."),
    ),
    _money(
        "per_eig_max",
        Column("Coût d’un EIG – plus de 5 ans", Format.EURO, 16, "Coût employeur de 10 mois retenu pour le maximum."),
    ),
    _money(
        "one_min",
        Column(
            "Pour un EIG – minimum", Format.EURO, 16,
            "Coût × mois payés / mois du contrat, arrondi au centime. Vide après le recrutement : chacun a son coût.",
        ),
    ),
    _money(
        "one_max",
        Column(
            "Pour un EIG – maximum", Format.EURO, 16, "Même calcul, avec le coût de plus de 5 ans d’expérience."
        ),
    ),
    _money(
        "amount_min",
        Column(
            "Montant minimum", Format.EURO, 16,
            "Nombre d’EIG × coût × mois payés / mois du contrat, arrondi au centime une seule fois.",
        ),
    ),
    _money(
        "amount_max",
        Column("Montant maximum", Format.EURO, 16, "Même calcul, avec le coût de plus de 5 ans d’expérience."),
    ),
    FrameColumn(
        Column(
            "Nature du montant", width=18,
            note="Prévisionnel jusqu’au recrutement ; ensuite, calculé d’après les personnes recrutées.",
            tones=((PROVISIONAL, Tone.DOUBT), (AFTER_RECRUITMENT, Tone.GOOD)),
        ),
        lambda of: [
            amount_nature(status, amount, exact=exact)
            for status, amount, exact in of.money[["status", "amount_max", "exact"]].itertuples(index=False)
        ],
    ),
)  # fmt: skip
_RECRUITMENT: Final[Sequence[FrameColumn[_Frames]]] = (
    _recruited(
        "recruited",
        Column("EIG recrutés", Format.INTEGER, 10, "Personnes retenues dans Talents pour ce projet."),
    ),
    _recruited(
        "paid_months",
        Column(
            "Mois payés", Format.NOTE, 9, "Ceux de tous les EIG recrutés : un contrat qui commence tard en a moins."
        ),
    ),
    _recruited(
        "range_min", Column("Prévu – minimum", Format.EURO, 16, "Le montant minimum d’avant le recrutement.")
    ),
    _recruited(
        "range_max", Column("Prévu – maximum", Format.EURO, 16, "Le montant maximum d’avant le recrutement.")
    ),
    FrameColumn(
        Column(
            "Écart avec le prévisionnel", Format.EURO, 16,
            "Ce qui dépasse le maximum prévu ; en négatif, ce qui manque au minimum ; 0 entre les deux. Pourquoi : "
            "« eig-sheets cofinancing --explain » et le numéro du dossier, à demander à la personne qui exploite le "
            "robot.",
        ),
        lambda of: [
            gap(*amounts) if is_settled and pd.notna(amounts[1]) else None
            for is_settled, *amounts in of.money[["settled", "amount_min", "range_min", "range_max"]].itertuples(
                index=False
            )
        ],
    ),
    FrameColumn(
        Column("Recrutement", Format.WRAPPED, 40, "Ce qui manque pour que le montant soit exact."),
        lambda of: [None if pd.isna(codes) is True else awaited_text(codes) for codes in of.recruited["awaited"]],
    ),
)  # fmt: skip
_AFTER: Final[Sequence[FrameColumn[_Frames]]] = (
    FrameColumn(
        Column("Estimé", width=9, note="oui : un coût manquait, il est estimé d’après les salaires du programme."),
        lambda of: map(words.only_yes, of.money["estimated"]),
    ),
    FrameColumn(
        Column(
            "À vérifier", width=10,
            note="oui : une cellule ne se lit pas, ou ne peut être crue : « Ce qui manque » dit laquelle.",
        ),
        lambda of: map(words.only_yes, of.money["questioned"]),
    ),
    FrameColumn(
        Column("Explication", Format.WRAPPED, 44),
        lambda of: [cells.sentence([words.COFINANCING_REASONS[code]]) for code in of.money["reason"]],
    ),
    _money("source", Column("Source", Format.WRAPPED, 32)),
)  # fmt: skip
COLUMNS: Final = frame_columns.looks((*_BEFORE, *_AFTER))
RECRUITMENT: Final = frame_columns.looks(_RECRUITMENT)
"""Columns that are there once somebody is recruited, after that of the nature of the amounts."""


def columns_of(cofinancing: pd.DataFrame) -> tuple[Column, ...]:
    """The columns that suit the results: those of the recruitment once there is one."""
    return frame_columns.looks(_suited(cofinancing))


def _suited(cofinancing: pd.DataFrame) -> tuple[FrameColumn[_Frames], ...]:
    is_recruited = (cofinancing["settled"] | (cofinancing["recruited"] > 0)).any()
    return (*_BEFORE, *(_RECRUITMENT if is_recruited else ()), *_AFTER)


def rows(cofinancing: pd.DataFrame, dossiers: pd.DataFrame, ranking: pd.DataFrame) -> Rows:
    """One row per dossier, in the order of `dossiers`, whose index `cofinancing` has; `ranking` in any order.

    Their columns are those of `columns_of`. Those of the recruitment are blank of a dossier that asks for nothing, or
    for which nobody is recruited.
    """
    proposed = ranking.set_index("numero").loc[dossiers["numero"], ["proposal", "proposal_reserves"]]
    asks = cofinancing["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])
    recruited = cofinancing.where(asks & (cofinancing["settled"] | (cofinancing["recruited"] > 0)))
    return frame_columns.rows(_suited(cofinancing), _Frames(cofinancing, dossiers, proposed, recruited))


def missing_text(missing: Sequence[str], to_check: Sequence[str]) -> str | None:
    """The documents missing before the credits are paid, then the cells to check; None without any."""
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
