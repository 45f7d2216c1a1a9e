"""French nouns, with articles, for codes and fields in letters to applicants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from eig_sheets.call.applications.rules_eligibility import EligibilityCode
from eig_sheets.domain.rules import CallRules
from eig_sheets.text.french import moment_beside, plain
from eig_sheets.workbook.fields import Field

_ANSWER: Final = "votre réponse sur {} (oui ou non)"

_PIECES: Final[Mapping[str, str]] = {
    "date_depot": "la date de dépôt",
    "projet": "le nom du projet",
    "administration": "le nom de l’administration d’accueil",
    "type_administration": "le type d’administration",
    "ministere": "le ministère de rattachement",
    "region": "la région",
    "porteur": "le nom du porteur administratif",
    "resume": "le résumé du projet",
    "profils": "les profils demandés",
    "nombre_eig": "le nombre d’EIG demandés",
    "cout_jusqu_a_5_ans": "le coût total employeur d’un EIG jusqu’à cinq ans d’expérience",
    "cout_plus_de_5_ans": "le coût total employeur d’un EIG de plus de cinq ans d’expérience",
    "demande_cofinancement": _ANSWER.format("la demande de co-financement"),
    "porteur_projet": "le nom du porteur de projet",
    "email_porteur": "l’adresse électronique du porteur de projet",
    "mentor": "le nom du mentor de haut niveau",
    "email_mentor": "l’adresse électronique du mentor de haut niveau",
    "hors_les_murs": _ANSWER.format("le travail hors les murs"),
    "mise_a_disposition": _ANSWER.format("la mise à disposition des données"),
    "ouverture_donnees": _ANSWER.format("l’ouverture des données et du code"),
    "fiche": "la fiche détaillée",
    "presentation": "la présentation de synthèse",
    "simulation": "la simulation financière",
}

MISSING: Final[Mapping[str, str]] = {
    "programme": "le numéro de programme budgétaire",
    "convention": "la convention signée avec le porteur administratif",
    "porteur": "le nom du porteur administratif",
    "type_porteur": "le type du porteur administratif",
    "type": "le type d’administration",
    "demande": _ANSWER.format("la demande de co-financement"),
}
"""Documents missing for the payment of a co-financing that applicants may be asked for."""

_OUTSIDE: Final[Mapping[str, str]] = {
    EligibilityCode.TOO_LATE: "après la clôture de l’appel",
    EligibilityCode.TOO_EARLY: "avant l’ouverture de l’appel",
}
_BROKEN: Final[Mapping[str, str]] = {
    EligibilityCode.EIG_NUMBER_REFUSED: "le nombre d’EIG demandés, que l’appel ne prévoit pas",
    EligibilityCode.COMMITMENT_REFUSED: "votre réponse à « {header} » : non, alors que l’appel l’exige",
}


def piece(field: Field, header: str) -> str:
    """What an applicant has to send, under the `header` that people gave to its column.

    The words are those of our own header; a column that people renamed is named as they named it.
    """
    known = _PIECES.get(field.id) if plain(field.header) == plain(header) else None
    return known or f"la rubrique « {header} »"


def motive(code: str, header: str, submitted: datetime | None, call: CallRules) -> str:
    """A rule of the call that a dossier breaks; `submitted` is when it came."""
    if submitted is not None and code in _OUTSIDE:
        limit = call.last_moment if code == EligibilityCode.TOO_LATE else call.first_moment
        came = f"le dépôt de votre dossier le {moment_beside(submitted, limit)}"
        return f"{came}, {_OUTSIDE[code]} (le {moment_beside(limit, submitted)})"
    return _BROKEN[code].format(header=header)
