"""The placeholders that a template may use: the columns of its tab, and what the robot computes for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

INTERNAL: Final = frozenset({"commentaire", "motif"})
"""Columns that stay within the team."""

COMMON: Final[Mapping[str, str]] = {
    "campagne": "Nom de la campagne (campaign.name)",
    "contact": "Adresse de contact (emails.contact)",
    "signature": "Signature (emails.signature)",
    "reponse_avant": "Date limite de réponse (emails.reply_before)",
    "dates_jury": "Dates du jury (emails.jury_dates)",
    "lieu_jury": "Heure et lieu du jury, ou son lien (emails.jury_place)",
    "cofinancement_avant": "Date limite pour compléter le co-financement (emails.cofinancing_before)",
    "mois_cadrage": "Mois du cadrage des projets (emails.scoping_months)",
    "mois_contrats": "Mois des contrats (emails.contract_months)",
    "debut_experimentation": "Premier jour de l’expérimentation (emails.experimentation.starts)",
    "cloture": "Clôture de l’appel (campaign.closes)",
    "fin_experimentation": "Dernier jour de l’expérimentation (emails.experimentation.ends)",
    "duree_experimentation": "Durée de l’expérimentation (emails.experimentation)",
    "voies_recours": "Voies et délais de recours (decisions.voies_recours)",
    "mention_algorithme": "Mention du classement qui fonde la décision (partie algorithm)",
}
"""Values of the configuration, for every template."""

TEAM: Final = "E-mails des personnes retenues pour le projet"

COMPUTED: Final[Mapping[str, Mapping[str, str]]] = {
    "candidatures": {
        "pieces": "Liste de ce qui manque au dossier",
        "motifs": "Liste des motifs d’inéligibilité relevés",
        "a_completer": "Liste de ce qui manque au co-financement",
        "montant_min": "Co-financement minimal, en euros",
        "montant_max": "Co-financement maximal, en euros",
        "emails_equipe": TEAM,
    },
    "jury": {
        "jure": "Nom du juré",
        "email_jure": "E-mail du juré",
        "dossiers": "Liste des dossiers que le juré n’a pas encore évalués",
        "dossiers_recus": "Liste des dossiers reçus sur les pages du juré, chacun avec ses {{ reponses }}",
        "criteres": "Liste des critères",
        "lien_grille": "Lien de la page où le juré note (onglet Grilles)",
        "fichier_grille": "Nom du fichier de sa grille, joint au message : sans lien, et si ce juré la remplit",
        "referents": "Noms de ceux qui remplissent la grille de son groupe, quand ce n’est pas ce juré",
        "echeance_notes": "Dernier jour où une note peut changer (scoring.closes)",
        "note_min": "Note la plus basse d’un critère (scoring.min)",
        "note_max": "Note la plus haute d’un critère (scoring.max)",
    },
    "rendez_vous": {
        "rendez_vous": "Titre du rendez-vous",
        "debut": "Date et heure du rendez-vous",
        "numero": "N° de dossier",
        "destinataires": "Destinataires de l’invitation",
        "copies": "Personnes en copie de l’invitation",
    },
}
"""Tab (or « rendez_vous », which is none) → placeholder → how it is called in a message to the staff."""

_RECEIVED: Final = {"reponses": "Ce qui a été reçu du juré sur ce dossier : notes, ce qui manque, déport"}
"""What each item of `dossiers_recus` has besides the columns of its dossier."""

INVITATION: Final = "invitation"
"""The attachment that puts an appointment in a calendar."""

GRILLE: Final = "grille"
"""The attachment that a juror fills: the file of their grille, when they have one and no page online."""

FILE_NAME: Final = "fichier_grille"
"""The placeholder that names that file, which then has to go with the message."""

Columns = Mapping[str, Mapping[str, str]]
"""Tab → field → header."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The placeholders of a template: `known` by themselves, `listed` of each item of a list; with French names."""

    about: str
    known: Mapping[str, str]
    listed: Mapping[str, str]
    moment: str | None = None

    @property
    def headers(self) -> Mapping[str, str]:
        """Every placeholder, with its French name."""
        return {**self.listed, **self.known}


def vocabulary(
    about: str,
    columns: Columns,
    own: Mapping[str, str],
    moment: str | None = None,
    *,
    beside: Collection[str] = (),
    listed_tabs: Collection[str] = (),
) -> Vocabulary:
    """The placeholders of a template about the rows of a tab, or about no row; `own`: those of that template alone.

    `beside`: the tabs of which a row goes with each; `listed_tabs`: those whose rows may be listed, besides dossiers.
    """
    of_others = {name: header for tab in beside for name, header in columns[tab].items()}
    known = {**of_others, **columns.get(about, {}), **COMPUTED.get(about, {}), **own, **COMMON}
    in_lists = {name: header for tab in listed_tabs for name, header in columns[tab].items()}
    listed = {**columns["candidatures"], **in_lists, **_RECEIVED}
    return Vocabulary(about, _public(known), _public(listed), moment)


def _public(names: Mapping[str, str]) -> dict[str, str]:
    return {name: header for name, header in names.items() if name not in INTERNAL}
