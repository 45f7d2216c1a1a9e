"""The timetable of the jury's auditions: proposed, checked, or changed as little as possible."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.auditions import settings

    return (settings.SECTION,)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.auditions import availability, schedule, tab

    return (tab.HALF_DAYS, tab.TIMETABLE, tab.ACTION, tab.ROBOT_TAB, schedule.ROWS, availability.CHECK)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.auditions import agenda, tab

    return (agenda.DATES, tab.AGENDAS)


def _sample() -> tuple[object, ...]:
    from eig_sheets.features.auditions import sample

    return sample.PARTS


FEATURE: Final = Feature(
    id="auditions",
    title="le planning des auditions",
    page="auditions.fr.md",
    question="Des auditions devant le jury ?",
    commands=(
        CommandGroup(
            "jury",
            "Le planning des auditions du jury.",
            (
                Command(
                    "schedule",
                    "Propose le planning des auditions, et l’écrit dans Planning des auditions.",
                    "eig_sheets.features.auditions.commands:schedule",
                ),
            ),
        ),
    ),
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
    sample=_sample,
)
