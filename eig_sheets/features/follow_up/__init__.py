"""The ten months of the selected projects: their milestones, the reminders of these, what each project opened."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.follow_up import settings

    return (settings.SECTION, settings.TEXTS)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.follow_up import checks, emails, pending, plan, tabs

    return (
        *tabs.TABS,
        tabs.MILESTONES,
        tabs.ACTION,
        emails.MAIL,
        emails.SUBJECT,
        emails.LISTED,
        plan.ROWS,
        checks.CHECK,
        pending.LINES,
    )


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.follow_up import agenda, tabs

    return (agenda.DATES, *tabs.PERSONS)


def _sample() -> tuple[object, ...]:
    from eig_sheets.features.follow_up import sample

    return sample.PARTS


FEATURE: Final = Feature(
    id="follow_up",
    title="le suivi des projets lauréats",
    page="suivi.fr.md",
    question="Suivez-vous les projets retenus après la sélection ?",
    commands=(
        CommandGroup(
            "follow-up",
            "Les dix mois des projets lauréats : leurs jalons, ce qui est en retard, ce qui vient.",
            (
                Command(
                    "status",
                    "Dit où en est chaque jalon des projets lauréats, sans rien écrire : en retard d’abord, puis par "
                    "échéance.",
                    "eig_sheets.features.follow_up.commands:status",
                ),
                Command(
                    "generate",
                    "Ajoute dans l’onglet Suivi les jalons qui y manquent, avec leur échéance et leur responsable.",
                    "eig_sheets.features.follow_up.commands:generate",
                ),
            ),
        ),
    ),
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
    sample=_sample,
)
