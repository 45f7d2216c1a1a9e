"""The ten months of the selected projects: their milestones, the reminders of these, what each project opened."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.follow_up import (
        checks,
        dates,
        emails,
        pending,
        personal_data,
        plan,
        sample,
        section,
        tabs,
    )

    return (
        section.SECTION,
        *tabs.TABS,
        tabs.MILESTONES,
        tabs.ACTION,
        emails.MAIL,
        emails.SUBJECT,
        emails.LISTED,
        section.TEXTS,
        plan.ROWS,
        checks.CHECK,
        pending.LINES,
        dates.DATES,
        *personal_data.PERSONS,
        *sample.PARTS,
    )


FEATURE: Final = Feature(
    id="follow_up",
    title="le suivi des projets lauréats",
    page="suivi.fr.md",
    commands=(
        CommandGroup(
            "follow-up",
            "Les dix mois des projets lauréats : leurs jalons, ce qui est en retard, ce qui vient.",
            (
                Command(
                    "status",
                    "Dit où en est chaque jalon des projets lauréats, sans rien écrire : en retard d’abord, puis par "
                    "échéance.",
                    "eig_sheets.features.follow_up.commands_status:status",
                ),
                Command(
                    "generate",
                    "Ajoute dans l’onglet Suivi les jalons qui y manquent, avec leur échéance et leur responsable.",
                    "eig_sheets.features.follow_up.commands_generate:generate",
                ),
            ),
        ),
    ),
    parts=_parts,
)
