"""`doctor`: the set-up of a call checked end to end, in words, with what to do; a write trial on request."""

from typing import Final

from eig_sheets.registry import Command, Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.doctor import setup, tab

    return (tab.ROBOT_TAB, setup.CHECK)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.doctor import personal_data

    return (personal_data.VERSIONS,)


FEATURE: Final = Feature(
    id="doctor",
    title="la vérification de l’installation",
    page="diagnostic.fr.md",
    libraries=("dns",),
    commands=(
        Command(
            "doctor",
            "Vérifie l’installation de bout en bout, et dit que faire, sans rien écrire.",
            "eig_sheets.features.doctor.commands:doctor",
        ),
    ),
    everyday=("doctor",),
    parts=_parts,
    occasional=_occasional,
)
