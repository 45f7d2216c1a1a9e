"""What an administration publishes of its call: the selected projects as open data, the page on the ranking."""

from typing import Final

from eig_sheets.registry import Command, Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.openness import package, projects, rules

    return rules.SECTION, projects.PUBLISHING, package.HOLDING


FEATURE: Final = Feature(
    id="openness",
    title="les données ouvertes et la page du classement",
    page="donnees-ouvertes.fr.md",
    commands=(
        Command(
            "export",
            "Écrit ce que l’administration publie de son appel, sans rien écrire dans le classeur.",
            "eig_sheets.features.openness.commands:export",
            of_projects=True,
        ),
    ),
    parts=_parts,
)
