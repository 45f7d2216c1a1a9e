"""The commands of the program, in the order of a campaign: a new one has its entry here."""

from __future__ import annotations

from typing import Final

from eig_sheets.registry import Command, CommandGroup

JURY: Final = CommandGroup(
    "jury",
    "Le travail du jury : qui lit quoi, ses grilles, ses déclarations, ses notes.",
    (
        Command(
            "assign",
            "Répartit les dossiers entre les jurés, dans l’onglet Affectations.",
            "eig_sheets.call.jury.commands_assign:assign",
        ),
        Command(
            "ballots",
            "Prépare la grille de chaque juré : un fichier, une feuille Google, ou ses lignes dans un document Grist.",
            "eig_sheets.call.jury.commands_ballots:ballots",
        ),
        Command(
            "collect",
            "Lit les grilles et les déclarations que les jurés ont renvoyées, et les met dans les onglets du robot.",
            "eig_sheets.call.jury.commands_collect:collect",
        ),
        Command(
            "status",
            "Dit où en est le jury, sans rien écrire : qui est en retard, ce qui manque à chaque dossier, "
            "lesquels discuter.",
            "eig_sheets.call.jury.commands_status:status",
        ),
    ),
)
EMAILS: Final = CommandGroup(
    "emails",
    "Les e-mails dus : la liste, l’examen des modèles, les brouillons, l’envoi.",
    (
        Command(
            "list",
            "Liste les e-mails dus et où en est chacun, sans rien écrire.",
            "eig_sheets.cli.emails.listing:list_",
        ),
        Command(
            "draft",
            "Ajoute à « E-mails à envoyer » les e-mails dus qui n’y sont pas encore, et peut en faire des brouillons.",
            "eig_sheets.cli.emails.listing:draft",
        ),
        Command(
            "check",
            "Confronte chaque modèle aux colonnes et à toutes les lignes : quels messages auraient un trou, et lequel.",
            "eig_sheets.cli.emails.preview:check_templates",
        ),
        Command(
            "show",
            "Montre un message tel qu’il arrivera, corrections de l’équipe comprises ; ID est celui de « emails "
            "list ».",
            "eig_sheets.cli.emails.preview:show_email",
        ),
        Command(
            "send",
            "Envoie les e-mails que l’équipe a validés dans « E-mails à envoyer », une fois chacun.",
            "eig_sheets.cli.emails.sending:send_emails",
        ),
        Command(
            "settle",
            "Dit ce qu’il est advenu d’e-mails « Incertain » ou « Revenu », ou de brouillons supprimés, d’après "
            "« Envois ».",
            "eig_sheets.cli.emails.settling:settle_emails",
        ),
        Command(
            "archive",
            "Copie les brouillons obsolètes dans « E-mails archivés », puis ôte leurs lignes de « E-mails à envoyer ».",
            "eig_sheets.cli.emails.archiving:archive_emails",
        ),
    ),
)
STATE: Final = CommandGroup(
    "state",
    "Le dossier d’état : ce que cette machine sait des envois.",
    (
        Command(
            "adopt",
            "Reprend dans le registre de cette machine les envois que connaît « Envois ».",
            "eig_sheets.cli.emails.settling:adopt",
        ),
    ),
)


EVERYDAY: Final = (
    Command(
        "demo",
        "Écrit une campagne d’exemple (demo-eig/ par défaut) et la synchronise.",
        "eig_sheets.sample.commands:demo",
    ),
    Command(
        "init",
        "Crée ce qui manque au classeur : onglets, en-têtes, listes déroulantes, protections, colonnes du robot.",
        "eig_sheets.run.commands_init:init",
    ),
    Command(
        "import",
        "Ajoute à Candidatures les dossiers d’un export Démarches Simplifiées (.csv ou .xlsx), ou de son API.",
        "eig_sheets.call.applications.commands_import:import_",
        of_projects=True,
    ),
    Command("check", "Liste les anomalies du classeur, sans rien écrire.", "eig_sheets.run.commands_check:check"),
    Command(
        "sync",
        "Lit le classeur, calcule et met à jour les onglets du robot, en une seule écriture.",
        "eig_sheets.run.commands_sync:sync",
    ),
    Command("rank", "Affiche le classement, sans rien écrire.", "eig_sheets.call.scoring.commands_rank:rank"),
    Command(
        "cofinancing",
        "Affiche le co-financement de chaque dossier, ou l’écrit pour le service financier, hors du classeur.",
        "eig_sheets.call.cofinancing.commands:cofinancing",
        of_projects=True,
    ),
    JURY,
    Command(
        "select",
        "Affiche la sélection proposée sous les limites publiées, sans rien écrire.",
        "eig_sheets.call.selection.commands:select",
        of_projects=True,
    ),
    Command(
        "report",
        "Écrit la page de la réunion du jury, ou le procès-verbal de sa délibération, sans rien écrire "
        "dans le classeur.",
        "eig_sheets.call.report.commands:report",
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
        "eig_sheets.run.commands_history:history",
    ),
    Command(
        "restore",
        "Rend un onglet tel qu’il était à une exécution de « history », sans rien écraser de ce que des "
        "gens ont saisi.",
        "eig_sheets.run.commands_restore:restore",
    ),
)
"""Those that it shows under « Avancé »: a new one is of these, unless it takes the place of one of the others."""
