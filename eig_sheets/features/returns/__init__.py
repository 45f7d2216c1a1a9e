"""What comes back of e-mails that left: mail that a server returned, and answers to invitations."""

from typing import Final

from eig_sheets.registry import Arrival, Command, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.returns import settings

    return (settings.SECTION,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.returns import standing, tab

    return (tab.ROBOT_TAB, standing.LEDGER, standing.NEWS, standing.ROWS, standing.LINES)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.returns import files_register

    return (files_register.KEPT, files_register.HOLDING)


FEATURE: Final = Feature(
    id="returns",
    title="les e-mails revenus et les réponses aux invitations",
    page="retours.fr.md",
    libraries=("icalendar",),
    commands=(
        Command(
            "returns",
            "Relève les e-mails revenus et les réponses aux invitations, et les liste.",
            "eig_sheets.features.returns.commands:returns",
        ),
    ),
    added=(Arrival("eig_sheets.features.returns.commands:bring_in"),),
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
)
