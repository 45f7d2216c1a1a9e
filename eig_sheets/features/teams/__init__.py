"""Teams: which candidates are proposed in which project, and what of it still holds."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.teams import settings

    return (settings.SECTION,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.teams import recorded, tab

    return (tab.TEAMS, tab.ACTION, tab.ROBOT_TAB, recorded.ROWS, recorded.LINES)


FEATURE: Final = Feature(
    id="teams",
    title="les équipes proposées",
    page="equipes.fr.md",
    question="Faut-il proposer des équipes parmi les talents ?",
    needs=("talents",),
    commands=(
        CommandGroup(
            "teams",
            "Les équipes des projets lauréats : qui est proposé où, et pourquoi.",
            (
                Command(
                    "propose",
                    "Propose les équipes des projets lauréats, dans l’onglet Équipes proposées.",
                    "eig_sheets.features.teams.commands:propose",
                ),
            ),
        ),
    ),
    settings=_settings,
    parts=_parts,
)
