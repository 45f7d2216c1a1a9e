"""French labels of the codes that the rules of the call for talents give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from eig_sheets.workbook import words

REASONS: Final[Mapping[str, str]] = {
    "depot_hors_delai": "déposée après la clôture",
    "depot_avant_ouverture": "déposée avant l’ouverture",
    "exclu": "« {header} » : {exclusion}",
    "exclusion_a_verifier": "« {header} » : peut-être {exclusion}, à vérifier",
    "jure": "« {header} » : l’adresse d’un juré",
    "homonyme_jure": "« {header} » : le nom d’un juré, à vérifier",
    "porteur_ou_mentor": "« {header} » : l’adresse du porteur ou du mentor d’un projet, à vérifier",
    "a_completer": "« {header} » : à compléter",
    "illisible": "« {header} » : illisible",
    "non_verifiable": "« {header} » : non vérifiable (colonne absente)",
}
"""Reasons of eligibility; `{header}` is the column's, `{exclusion}` what the call excludes."""

WISHES: Final[Mapping[str, str]] = {
    "voeu_inconnu": "« {header} » : dossier inconnu",
    "voeu_non_laureat": "« {header} » : pas un projet lauréat",
    "voeu_en_double": "« {header} » : déjà choisi",
    "voeu_en_trop": "« {header} » : un vœu de trop",
    "voeu_saute": "« {header} » : un vœu qui le précède est vide",
    "voeux_tardifs": "« {header} » : après la date limite, aucun vœu ne compte",
    "voeux_sans_date": "« {header} » : date absente, le respect de la date limite n’est pas vérifiable",
}
"""What is wrong with wishes."""

UNCORRECTED: Final[Mapping[str, str]] = {
    "peu_de_votes": "trop peu d’évaluations par juré pour estimer leur sévérité",
    "sans_evaluation": "aucune évaluation complète",
    "une_evaluation_par_dossier": "une seule évaluation par personne",
    "peu_de_dossiers_relus": "trop peu de personnes ont deux évaluations (il en faut trois, et une sur dix)",
    "groupes_disjoints": "des jurés n’ont entendu personne en commun avec les autres, même de proche en proche",
    "trop_de_jures": "plus de 250 jurés : leurs sévérités ne sont pas calculées",
}
"""Why no note is corrected."""

KINDS: Final[Mapping[str, str]] = {"projet": "Projet", "metier": "Métier"}

ELIGIBILITY: Final[Mapping[str, str]] = words.ELIGIBILITY


def uncorrected_sentence(reason: str | None) -> str:
    """« Notes brutes : … », one sentence about every list; '' when notes are corrected."""
    if reason is None:
        return ""
    return f"Notes brutes seules, trop peu d’évaluations pour corriger honnêtement : {UNCORRECTED[reason]}."


def reason_text(reason: tuple[str, str, str], header: Callable[[str], str], exclusions: Mapping[str, str]) -> str:
    """The French of a reason of eligibility (code, field, id of an exclusion); `exclusions`: what each one excludes."""
    code, field, exclusion = reason
    return REASONS[code].format(header=header(field), exclusion=exclusions.get(exclusion, ""))
