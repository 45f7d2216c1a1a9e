"""The community of the programme: its past projects, to search among, and figures that add this promotion to them."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.community import rules

    return (rules.SECTION,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.community import figures

    return (figures.FIGURES,)


FEATURE: Final = Feature(
    id="community",
    title="les promotions passées",
    page="communaute.fr.md",
    question="Publiez-vous les chiffres des promotions passées ?",
    libraries=("snowballstemmer",),
    commands=(
        CommandGroup(
            "projects",
            "Les projets des promotions passées : retrouver ce qui a été fait sur le même sujet.",
            (
                Command(
                    "search",
                    "Cherche des mots dans les projets passés : nom, administration, objet et métiers.",
                    "eig_sheets.features.community.commands:search_projects",
                ),
            ),
        ),
    ),
    settings=_settings,
    parts=_parts,
)
