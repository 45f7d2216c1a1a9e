"""Outcomes: what people decided on each dossier, told to Démarche Numérique, which the applications came by."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.outcomes import settings

    return (settings.SECTION,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.outcomes import columns

    return (columns.ACT,)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.outcomes import files_register

    return (files_register.KEPT, files_register.HOLDING)


FEATURE: Final = Feature(
    id="outcomes",
    title="les décisions rendues dans Démarche Numérique",
    page="decisions.fr.md",
    question="Rendez-vous les décisions dans Démarche Numérique ?",
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
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
)
