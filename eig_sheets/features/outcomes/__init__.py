"""Outcomes: what people decided on each dossier, told to Démarche Numérique, which the applications came by."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.outcomes import columns, files_register, settings

    return settings.SECTION, columns.ACT, files_register.KEPT, files_register.HOLDING


FEATURE: Final = Feature(
    id="outcomes",
    title="les décisions rendues dans Démarche Numérique",
    page="decisions.fr.md",
    commands=(
        CommandGroup(
            "outcomes",
            "Les décisions rendues dans Démarche Numérique, d’après ce que l’équipe a saisi.",
            (
                Command(
                    "instruction",
                    "Passe en instruction les dossiers du classeur, une fois l’appel clos : leurs porteurs ne les "
                    "modifient plus.",
                    "eig_sheets.features.outcomes.commands:instruction",
                ),
                Command(
                    "push",
                    "Rend dans Démarche Numérique les décisions annoncées : accepter, refuser, classer sans suite, une "
                    "fois chacune.",
                    "eig_sheets.features.outcomes.commands:push",
                ),
            ),
            of_projects=True,
        ),
    ),
    parts=_parts,
)
