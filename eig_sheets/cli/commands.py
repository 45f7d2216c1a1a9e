"""The commands of the program, in the order of a campaign: a new one has its entry here."""

from __future__ import annotations

from typing import Final

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
    DeferredCommand(
        "jury",
        "Le travail du jury : qui lit quoi, ses grilles, ses déclarations, ses notes, ses auditions.",
    ),
    DeferredCommand("select", "Affiche la sélection proposée sous les limites publiées, sans rien écrire."),
    DeferredCommand(
        "report",
        "Écrit la page de la réunion du jury, ou le procès-verbal de sa délibération, sans rien écrire "
        "dans le classeur.",
    ),
    DeferredCommand("emails", "Les e-mails dus : la liste, l’examen des modèles, les brouillons, l’envoi."),
    DeferredCommand("doctor", "Vérifie l’installation de bout en bout, et dit que faire, sans rien écrire."),
)
"""The commands that `--help` shows first, in the order of a campaign: twelve at most."""
ADVANCED: Final = (
    DeferredCommand("outcomes", "Les décisions rendues dans Démarche Numérique, d’après ce que l’équipe a saisi."),
    DeferredCommand(
        "follow-up",
        "Les dix mois des projets lauréats : leurs jalons, ce qui est en retard, ce qui vient.",
    ),
    DeferredCommand("export", "Écrit ce que l’administration publie de son appel, sans rien écrire dans le classeur."),
    DeferredCommand(
        "requests",
        "Ce que l’équipe demande au robot dans l’onglet Demandes : le faire, en voir la liste.",
    ),
    DeferredCommand(
        "slots",
        "Les créneaux de conseil et les webinaires : les préparer, les relever, dire lesquels sont libres.",
    ),
    DeferredCommand("teams", "Les équipes des projets lauréats : qui est proposé où, et pourquoi."),
    DeferredCommand(
        "pull",
        "Copie le classeur Google ou Grist dans un fichier .xlsx, pour travailler hors ligne ou pour l’archiver.",
    ),
    DeferredCommand("state", "Le dossier d’état : ce que cette machine sait des envois.", "resolve:state"),
    DeferredCommand("person", "Les données d’une personne : ce qui est gardé d’elle."),
    DeferredCommand(
        "archives",
        "Données personnelles et archives : ce qui est gardé, ce qui peut partir, ce qui doit rester.",
    ),
    DeferredCommand(
        "history",
        "Liste les exécutions qui ont changé quelque chose, de la plus ancienne à la plus récente.",
    ),
    DeferredCommand(
        "restore",
        "Rend un onglet tel qu’il était à une exécution de « history », sans rien écraser de ce que des "
        "gens ont saisi.",
    ),
    DeferredCommand("calendar", "Le calendrier de l’appel : les dates de la configuration, à mettre dans un agenda."),
    DeferredCommand("projects", "Les projets des promotions passées : retrouver ce qui a été fait sur le même sujet."),
    DeferredCommand(
        "fleet",
        "Plusieurs appels sur une machine : un sous-dossier, un processus et un verrou par appel.",
    ),
)
"""Those that it shows under « Avancé »: a new one is of these, unless it takes the place of one of the others."""
