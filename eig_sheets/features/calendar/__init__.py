"""The calendar of a call: its dates in one file that calendars subscribe to."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature

FEATURE: Final = Feature(
    id="calendar",
    title="le calendrier de l’appel",
    page="calendrier.fr.md",
    commands=(
        CommandGroup(
            "calendar",
            "Le calendrier de l’appel : les dates de la configuration, à mettre dans un agenda.",
            (
                Command(
                    "export",
                    "Donne toutes les dates de l’appel, de son ouverture au dernier jour de l’expérimentation.",
                    "eig_sheets.features.calendar.commands:export_calendar",
                ),
            ),
        ),
    ),
)
