"""Several calls on one machine, a folder each, synchronised by one command."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature

FEATURE: Final = Feature(
    id="fleet",
    title="plusieurs appels sur une machine",
    page="fleet.md",
    commands=(
        CommandGroup(
            "fleet",
            "Plusieurs appels sur une machine : un sous-dossier, un processus et un verrou par appel.",
            (
                Command(
                    "sync",
                    "Synchronise chaque appel d’un dossier : ceux de ses sous-dossiers qui ont un campaign.toml.",
                    "eig_sheets.features.fleet.commands:sync_fleet",
                ),
            ),
        ),
    ),
)
