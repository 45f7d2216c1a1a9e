"""`doctor`: the set-up of a call checked end to end, in words, with what to do; a write trial on request."""

from typing import Final

from eig_sheets.registry import Command, Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.doctor.personal_data import VERSIONS
    from eig_sheets.features.doctor.setup import CHECK
    from eig_sheets.features.doctor.tab import ROBOT_TAB

    return ROBOT_TAB, CHECK, VERSIONS


FEATURE: Final = Feature(
    id="doctor",
    title="la vérification de l’installation",
    page="diagnostic.fr.md",
    commands=(
        Command(
            "doctor",
            "Vérifie l’installation de bout en bout, et dit que faire, sans rien écrire.",
            "eig_sheets.features.doctor.commands:doctor",
        ),
    ),
    everyday=("doctor",),
    parts=_parts,
)
