"""The timetable of the jury's auditions: proposed, checked, or changed as little as possible."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.auditions import act, availability, dates, personal_data, sample, schedule, section, tab

    return (
        section.SECTION,
        section.HALF_DAYS,
        act.TIMETABLE,
        act.ACTION,
        tab.ROBOT_TAB,
        schedule.ROWS,
        availability.CHECK,
        dates.DATES,
        personal_data.AGENDAS,
        *sample.PARTS,
    )


FEATURE: Final = Feature(
    id="auditions",
    title="le planning des auditions",
    page="auditions.fr.md",
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
    parts=_parts,
)
