"""Personal data and archives: what is kept of whom and why, what concerns a person, what may go, what must stay."""

from __future__ import annotations

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature, NightWork


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.privacy import rules

    return (rules.SECTION,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.privacy import disposal

    return (disposal.HISTORY,)


FEATURE: Final = Feature(
    id="privacy",
    title="les données personnelles et les archives",
    page="donnees-personnelles.fr.md",
    other_pages=("aipd.fr.md",),
    commands=(
        CommandGroup(
            "person",
            "Les données d’une personne : ce qui est gardé d’elle.",
            (
                Command(
                    "show",
                    "Montre tout ce qui est gardé d’une personne, sans rien écrire : classeur, dossier d’état, "
                    "fichiers produits.",
                    "eig_sheets.features.privacy.commands_person:show_person",
                ),
            ),
        ),
        CommandGroup(
            "archives",
            "Données personnelles et archives : ce qui est gardé, ce qui peut partir, ce qui doit rester.",
            (
                Command(
                    "register",
                    "Affiche le registre de ce qui est gardé : où, sur qui, pourquoi, combien de temps.",
                    "eig_sheets.features.privacy.commands:register",
                ),
                Command(
                    "list",
                    "Dit, de ce qui est là, ce qui peut partir et ce qui doit rester, et pourquoi, sans rien écrire.",
                    "eig_sheets.features.privacy.commands:list_",
                ),
                Command(
                    "cells",
                    "Liste les cellules du classeur à vider ou à remplacer, par vous, quand leur durée est échue.",
                    "eig_sheets.features.privacy.commands:cells",
                ),
                Command(
                    "purge",
                    "Efface les copies du robot dont la durée est échue, et réduit le registre des envois à des "
                    "empreintes.",
                    "eig_sheets.features.privacy.commands:purge",
                ),
                Command(
                    "verify",
                    "Recalcule chaque classement gardé sans nom, et dit s’il est celui qui fut publié, au chiffre "
                    "près.",
                    "eig_sheets.features.privacy.commands:verify",
                ),
                Command(
                    "bordereau",
                    "Prépare le bordereau d’élimination des archives dont la durée est échue, à faire viser.",
                    "eig_sheets.features.privacy.commands_elimination:bordereau",
                ),
                Command(
                    "erase",
                    "Élimine ce que liste un bordereau visé, et rien d’autre : RÉFÉRENCE est celle du bordereau.",
                    "eig_sheets.features.privacy.commands_elimination:erase",
                ),
            ),
        ),
    ),
    added=(NightWork("eig_sheets.features.privacy.commands_erasure:nightly_purge"),),
    settings=_settings,
    parts=_parts,
)
