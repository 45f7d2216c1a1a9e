"""The commands of the program, in the order of a campaign: a new one has its entry here."""

from __future__ import annotations

from typing import Final

from eig_sheets.cli.command_groups import (
    EMAILS,
    JURY,
    STATE,
)
from eig_sheets.registry import Command

EVERYDAY: Final = (
    Command("demo", "Écrit une campagne d’exemple (demo-eig/ par défaut) et la synchronise."),
    Command(
        "init",
        "Crée ce qui manque au classeur : onglets, en-têtes, listes déroulantes, protections, colonnes du robot.",
    ),
    Command(
        "import",
        "Ajoute à Candidatures les dossiers d’un export Démarches Simplifiées (.csv ou .xlsx), ou de son API.",
        "importing:import_",
        of_projects=True,
    ),
    Command("check", "Liste les anomalies du classeur, sans rien écrire."),
    Command("sync", "Lit le classeur, calcule et met à jour les onglets du robot, en une seule écriture."),
    Command("rank", "Affiche le classement, sans rien écrire.", "results:rank"),
    Command(
        "cofinancing",
        "Affiche le co-financement de chaque dossier, ou l’écrit pour le service financier, hors du classeur.",
        of_projects=True,
    ),
    JURY,
    Command("select", "Affiche la sélection proposée sous les limites publiées, sans rien écrire.", of_projects=True),
    Command(
        "report",
        "Écrit la page de la réunion du jury, ou le procès-verbal de sa délibération, sans rien écrire "
        "dans le classeur.",
        of_projects=True,
    ),
    EMAILS,
)
"""The commands that `--help` shows first, in the order of a campaign: twelve at most."""
ADVANCED: Final = (
    STATE,
    Command(
        "history",
        "Liste les exécutions qui ont changé quelque chose, de la plus ancienne à la plus récente.",
    ),
    Command(
        "restore",
        "Rend un onglet tel qu’il était à une exécution de « history », sans rien écraser de ce que des "
        "gens ont saisi.",
    ),
)
"""Those that it shows under « Avancé »: a new one is of these, unless it takes the place of one of the others."""
