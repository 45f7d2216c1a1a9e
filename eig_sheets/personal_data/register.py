"""The register of what is kept where, about whom, why and until when: one entry each, for documents and commands."""

from __future__ import annotations

from typing import Final

from eig_sheets.personal_data.holdings import Fate, Holding, Place, Start
from eig_sheets.personal_data.produced_files import PRODUCED
from eig_sheets.personal_data.state_files import STATE

_WORKBOOK: Final = (
    Holding(
        "classeur",
        Place.WORKBOOK,
        "le ou les classeurs partagés : Candidatures, Jury, Évaluations, Talents, Créneaux, Inscriptions, Suivi, "
        "E-mails à envoyer",
        (),
        "noms, adresses, notes, avis, commentaires, décisions, messages",
        "porteurs, mentors, contacts, jurés, candidats, agents",
        "instruire l’appel, noter, décider, prévenir",
        Fate.BY_PEOPLE,
        "dossiers",
        why_kept="Le robot ne touche à aucune cellule saisie : « eig-sheets archives cells » en donne la liste exacte.",
        writers=("eig_sheets.workbook.xlsx", "eig_sheets.workbook.google", "eig_sheets.workbook.grist"),
    ),
    Holding(
        "onglets_robot",
        Place.WORKBOOK,
        "les onglets du robot : Classement, Affectations, Affectations talents, Équipes proposées, Notes reçues, Vœux "
        "reçus, Envois, Grilles, Journal…",
        (),
        "noms de projets et de candidats, adresses de jurés et de candidats, notes, vœux, identifiants d’e-mails",
        "porteurs, jurés, candidats",
        "montrer les résultats ; empêcher qu’un e-mail parte deux fois",
        Fate.BY_PEOPLE,
        "dossiers",
        why_kept="Refaits à chaque synchronisation d’après vos onglets ; Notes reçues, Vœux reçus et Envois sont des "
        "registres.",
        writers=("eig_sheets.sync",),
    ),
)

_ELSEWHERE: Final = (
    Holding(
        "grilles_en_ligne",
        Place.ELSEWHERE,
        "Google Drive, dossier [jury] drive_folder : une feuille par juré (« jury ballots --share »)",
        (),
        "adresse du juré, notes, avis, commentaires, déclaration",
        "jurés",
        "recueillir les notes",
        Fate.BY_PEOPLE,
        "jury",
        why_kept="Ces feuilles sont le travail des jurés : l’équipe les archive ou les supprime dans Drive.",
        writers=("eig_sheets.workbook.google",),
    ),
    Holding(
        "messages_envoyes",
        Place.ELSEWHERE,
        "la boîte d’envoi et le serveur de messagerie ([smtp], [imap], [gmail])",
        (),
        "les messages envoyés ou déposés en brouillon",
        "porteurs, jurés, candidats",
        "prévenir",
        Fate.BY_PEOPLE,
        "sendings",
        why_kept="Le robot n’a pas accès à ce qui est parti.",
        writers=("eig_sheets.emails.outlets",),
    ),
    Holding(
        "rapport_erreur",
        Place.ELSEWHERE,
        "dossier temporaire du système",
        ("eig-sheets-erreur-*.txt",),
        "types des erreurs et lignes du programme",
        "personne",
        "corriger un défaut du programme",
        Fate.NOTHING_PERSONAL,
        writers=("eig_sheets.cli.crash_report",),
    ),
    Holding(
        "apercu",
        Place.ELSEWHERE,
        "dossier temporaire du système",
        ("eig-sheets-*/message.html",),
        "un message, ouvert par « emails show --open »",
        "son destinataire",
        "relire avant de valider",
        Fate.BY_PEOPLE,
        "copies",
        Start.MADE,
        why_kept="Le système vide ce dossier lui-même.",
        writers=("eig_sheets.cli.preview",),
    ),
    Holding(
        "configuration",
        Place.ELSEWHERE,
        "config/campaign.toml, config/emails/",
        ("campaign.toml", "*.md", "eig-sheets.cmd"),
        "adresses du contact et des agents (officers, allowed, never)",
        "agents",
        "dire qui décide, qui signe, à qui ne jamais écrire",
        Fate.BY_PEOPLE,
        "dossiers",
        why_kept="C’est le fichier de l’équipe.",
        writers=("eig_sheets.config.mapping_file", "eig_sheets.cli.next_call", "eig_sheets.sample"),
    ),
)

REGISTER: Final = (*STATE, *PRODUCED, *_WORKBOOK, *_ELSEWHERE)

HEADERS: Final = {
    "where": "Emplacement",
    "what": "Données",
    "about": "Personnes",
    "purpose": "Pourquoi",
    "period": "Durée",
    "fate": "À l’échéance",
}
"""The columns of the register, as people read it."""
