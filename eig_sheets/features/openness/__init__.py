"""What an administration publishes of its call: the selected projects as open data, the page on the ranking."""

from typing import Final

from eig_sheets.registry import Command, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.openness import rules

    return (rules.SECTION,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.openness import projects

    return (projects.PUBLISHING,)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.openness import package

    return (package.HOLDING,)


FEATURE: Final = Feature(
    id="openness",
    title="les données ouvertes et la page du classement",
    page="donnees-ouvertes.fr.md",
    question="Publiez-vous les projets retenus en données ouvertes ?",
    commands=(
        Command(
            "export",
            "Écrit ce que l’administration publie de son appel, sans rien écrire dans le classeur.",
            "eig_sheets.features.openness.commands:export",
            of_projects=True,
        ),
    ),
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
)
