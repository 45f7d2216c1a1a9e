"""The commands of the program, in the order of a campaign: a new one has its entry here."""

from __future__ import annotations

from typing import Final

from eig_sheets.cli.command_groups import (
    ARCHIVES,
    CALENDAR,
    EMAILS,
    FLEET,
    FOLLOW_UP,
    JURY,
    OUTCOMES,
    PERSON,
    PROJECTS,
    REQUESTS,
    SLOTS,
    STATE,
    TEAMS,
)
from eig_sheets.cli.deferred_commands import DeferredCommand

EVERYDAY: Final = (
    DeferredCommand("demo", "Écrit une campagne d’exemple (demo-eig/ par défaut) et la synchronise."),
    DeferredCommand(
        "init",
        "Crée ce qui manque au classeur : onglets, en-têtes, listes déroulantes, protections, colonnes du robot.",
    ),
    DeferredCommand(
        "import",
        "Ajoute à Candidatures les dossiers d’un export Démarches Simplifiées (.csv ou .xlsx), ou de son API.",
        "importing:import_",
    ),
    DeferredCommand("check", "Liste les anomalies du classeur, sans rien écrire."),
    DeferredCommand("sync", "Lit le classeur, calcule et met à jour les onglets du robot, en une seule écriture."),
    DeferredCommand("rank", "Affiche le classement, sans rien écrire.", "results:rank"),
    DeferredCommand(
        "cofinancing",
        "Affiche le co-financement de chaque dossier, ou l’écrit pour le service financier, hors du classeur.",
    ),
    JURY,
    DeferredCommand("select", "Affiche la sélection proposée sous les limites publiées, sans rien écrire."),
    DeferredCommand(
        "report",
        "Écrit la page de la réunion du jury, ou le procès-verbal de sa délibération, sans rien écrire "
        "dans le classeur.",
    ),
    EMAILS,
    DeferredCommand("doctor", "Vérifie l’installation de bout en bout, et dit que faire, sans rien écrire."),
)
"""The commands that `--help` shows first, in the order of a campaign: twelve at most."""
ADVANCED: Final = (
    OUTCOMES,
    FOLLOW_UP,
    DeferredCommand("export", "Écrit ce que l’administration publie de son appel, sans rien écrire dans le classeur."),
    REQUESTS,
    SLOTS,
    TEAMS,
    DeferredCommand(
        "pull",
        "Copie le classeur Google ou Grist dans un fichier .xlsx, pour travailler hors ligne ou pour l’archiver.",
    ),
    STATE,
    PERSON,
    ARCHIVES,
    DeferredCommand(
        "history",
        "Liste les exécutions qui ont changé quelque chose, de la plus ancienne à la plus récente.",
    ),
    DeferredCommand(
        "restore",
        "Rend un onglet tel qu’il était à une exécution de « history », sans rien écraser de ce que des "
        "gens ont saisi.",
    ),
    CALENDAR,
    PROJECTS,
    FLEET,
)
"""Those that it shows under « Avancé »: a new one is of these, unless it takes the place of one of the others."""
