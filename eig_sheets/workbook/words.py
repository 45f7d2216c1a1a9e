"""French labels of the codes of rules, and the colours of some of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING, WITHDRAWN
from eig_sheets.spreadsheet.model.sheet import Tone

ELIGIBILITY: Final[Mapping[str, str]] = {
    "eligible": "Éligible",
    "a_instruire": "À instruire",
    "ineligible": "Inéligible",
}

REASONS: Final[Mapping[str, str]] = {
    "depot_hors_delai": "déposé après la clôture",
    "depot_avant_ouverture": "déposé avant l’ouverture",
    "nombre_eig_refuse": "nombre d’EIG non prévu par l’appel",
    "attestation_refusee": "« {header} » : non, alors que l’appel l’exige",
    "attestation_non": "« {header} » : non",
    "a_completer": "« {header} » : à compléter",
    "a_lire": "« {header} » : à lire dans la fiche",
    "illisible": "« {header} » : illisible",
    "non_verifiable": "« {header} » : non vérifiable (colonne absente)",
}
"""Reasons of eligibility; `{header}` is the column's."""

UNRANKED: Final[Mapping[str, str]] = {
    "ineligible": "Non classé : inéligible",
    "ecarte_ineligible": "Non classé : écarté à la présélection (inéligible)",
    "ecarte_insuffisant": "Non classé : écarté à la présélection (insuffisant)",
    "desiste": "Non classé : désisté",
    "pas_entendu": "Non classé : pas entendu pour ce projet (note d’ensemble)",
    "non_preselectionne": "Non classé : non présélectionné",
    "sans_evaluation": "Non classé : aucune évaluation complète",
}

LEFT_ASIDE: Final = "Non classé : laissé de côté"
"""A dossier that was received but has no complete row."""

ALERTS: Final[Mapping[str, str]] = {
    "laureat_zone_non_retenu": "proposé lauréat, mais en zone « Non retenu » : la proposition et la "
    "probabilité de sélection se contredisent, à discuter",
    "autre_zone_retenu": "en zone « Retenu », mais pas proposé lauréat : la proposition et la probabilité de "
    "sélection se contredisent, à discuter",
    "peu_evaluations": "trop peu d’évaluations complètes",
    "nsp": "un juré ne se prononce pas sur un critère",
    "evaluations_incompletes": "évaluations en attente de notes",
    "a_instruire": "éligibilité à instruire",
    "note_minimale": "note sous le minimum",
    "projet_non_choisi": "projet que la personne n’a pas choisi",
    "ex_aequo": "ex aequo",
    "autant_de_places": "autant de places que de projets",
    "une_evaluation_par_dossier": "pas de rang corrigé : une seule évaluation par dossier",
    "peu_de_dossiers_relus": "pas de rang corrigé : trop peu de dossiers ont deux évaluations",
    "groupes_disjoints": "pas de rang corrigé : des jurés n’ont aucun dossier en commun avec les autres",
    "trop_de_jures": "pas de rang corrigé : trop de jurés",
    "lien_faible": "lu par une partie du jury que trop peu d’évaluations comparent à l’autre",
    "version_anterieure": "noté sur une version antérieure du dossier",
}

TOPICS: Final[Mapping[str, str]] = {
    "contradiction": "proposition et zone se contredisent",
    "deliberation": "zone « Délibération »",
    "desaccord": "désaccord des jurés",
    "peu_evaluations": "trop peu d’évaluations complètes",
    "coup_de_coeur_sous_la_ligne": "coup de cœur sous la dernière place",
    "version_anterieure": "noté sur une version antérieure",
}
"""Why a dossier is one to discuss."""

UNCORRECTED: Final[Mapping[str, str]] = {
    "sans_evaluation": "aucune évaluation complète d’un dossier classé",
    "une_evaluation_par_dossier": "une seule évaluation par dossier (grilles collectives, ou un juré par dossier) : "
    "rien ne dit si une note tient au dossier ou à qui la donne, le classement par la note fait foi",
    "peu_de_dossiers_relus": "trop peu de dossiers ont deux évaluations (il en faut trois, et un sur dix) : rien ne "
    "dit si une note tient au dossier ou à qui la donne, le classement par la note fait foi",
    "groupes_disjoints": "des jurés n’ont aucun dossier en commun avec les autres, même de proche en proche : "
    "leurs sévérités ne peuvent pas être comparées",
    "trop_de_jures": "plus de 250 jurés : leurs sévérités ne sont pas calculées",
}
"""Why there is no corrected ranking."""

FITS: Final[Mapping[str, str]] = {
    "ecart": "s’écarte de ce qui est attendu",
    "accord": "suit ce qui est attendu",
    "trop_peu": "trop peu de dossiers pour le dire",
}
"""Whether the votes of a juror follow what the others and the model expect."""

PROPOSALS: Final[Mapping[str, str]] = {
    "laureat": "Lauréat",
    "deliberation": "Délibération",
    "liste_attente": "Liste d’attente",
    "non_retenu": "Non retenu",
}

WITH_RESERVES: Final = "{proposal} (sous réserve)"
"""A proposal that waits for evaluations or eligibility; the alerts say which."""

ZONES: Final[Mapping[str, str]] = {
    "retenu": "Retenu",
    "deliberation": "Délibération",
    "non_retenu": "Non retenu",
}

COFINANCING: Final[Mapping[str, str]] = {
    "acquis": "Conditions réunies",
    "sous_reserve": "Sous réserve",
    "non": "Non demandé",
    "sans_objet": "Sans objet",
}

CREDIT_ROUTES: Final[Mapping[tuple[str, str | None], str]] = {
    ("decret_transfert", "decret_transfert"): "Décret de transfert",
    ("delegation_gestion", "delegation_gestion"): "Délégation de gestion",
    ("decret_transfert", "delegation_gestion"): "Délégation de gestion, par le porteur administratif",
    ("portage", "decret_transfert"): "Décret de transfert, par le porteur administratif",
    ("portage", "delegation_gestion"): "Délégation de gestion, par le porteur administratif",
    ("portage", None): "Portage, porteur administratif à préciser",
    ("autofinancement", None): "Autofinancement",
}
"""How the credits reach the team, by the route of the host and the payment to who receives them."""

MISSING: Final[Mapping[str, str]] = {
    "programme": "n° de programme budgétaire",
    "convention": "convention signée avec le porteur administratif",
    "porteur": "porteur administratif",
    "type_porteur": "type du porteur administratif",
    "type": "type d’administration",
    "demande": "demande de co-financement (oui ou non)",
    "nombre_eig": "nombre d’EIG demandés, à vérifier",
    "couts": "coûts d’un EIG, à vérifier",
    "recrutement": "recrutement, à vérifier",
}


COFINANCING_REASONS: Final[Mapping[str, str]] = {
    "aucun_cofinancement": "cet appel ne prévoit pas de co-financement",
    "demande_a_preciser": "la demande de co-financement n’est ni oui ni non",
    "non_demande": "co-financement non demandé",
    "type_a_preciser": "type d’administration à préciser",
    "accueil_direct": "l’administration d’accueil reçoit directement les crédits",
    "accueil_avec_programme": "l’administration d’accueil a un programme budgétaire",
    "porteur_direct": "le porteur administratif reçoit directement les crédits",
    "porteur_a_trouver": "porteur administratif à trouver",
    "type_porteur_a_preciser": "type du porteur administratif à préciser",
    "porteur_non_direct": "le porteur administratif ne peut pas recevoir les crédits directement",
    "ineligible": "dossier inéligible",
    "ecarte": "dossier écarté à la présélection",
    "desiste": "le porteur s’est désisté",
}


def proposal_text(proposal: object, reserves: Sequence[str] = ()) -> str | None:
    """The text of a proposal, with its reserves; None for no proposal."""
    text = PROPOSALS.get(proposal) if isinstance(proposal, str) else None
    return WITH_RESERVES.format(proposal=text) if text and reserves else text


DECISION_TONES: Final = (
    (LAUREATE, Tone.GOOD),
    ("Délibération", Tone.DOUBT),
    (WAITING, Tone.DOUBT),
    (REFUSED, Tone.BAD),
    (WITHDRAWN, Tone.QUIET),
)
"""The colour of each word of a decision."""

PROPOSAL_TONES: Final = (*DECISION_TONES, (WITH_RESERVES.format(proposal=LAUREATE), Tone.DOUBT))
"""The colour of each proposal."""

STATUS_TONES: Final = (
    ("Éligible", Tone.GOOD),
    ("À instruire", Tone.DOUBT),
    ("Inéligible", Tone.BAD),
    ("Conditions réunies", Tone.GOOD),
    ("Sous réserve", Tone.DOUBT),
    ("Sans objet", Tone.QUIET),
)
"""The colour of each word of a status."""


_BY_CARRIER: Final = ", par le porteur administratif"


def credit_route(route: object, payment: object, carried: object) -> str | None:
    """How the credits reach the team; None while it is not known, or for no credits.

    `carried`: whether a porteur administratif receives them.
    """
    if not isinstance(route, str):
        return None
    text = CREDIT_ROUTES.get((route, payment if isinstance(payment, str) else None))
    is_told = not text or not carried or payment is None or text.endswith(_BY_CARRIER)
    return text if is_told else f"{text}{_BY_CARRIER}"


def yes_no(value: object) -> str | None:
    """True → oui; a missing value stays blank."""
    if value is True or value is False:
        return "oui" if value else "non"
    return None


def only_yes(value: object) -> str | None:
    """True → oui; anything else stays blank, so that the exceptions are visible."""
    return "oui" if value else None
