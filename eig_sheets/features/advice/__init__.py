"""Advice slots and webinars: who prepares an application is heard, invited, reminded."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.advice import settings

    return (settings.SECTION, settings.TEXTS)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.advice import checks, emails, prospects, tabs

    return (*tabs.TABS, tabs.ACT, *tabs.ACTIONS, emails.MAIL, *emails.SUBJECTS, checks.CHECK, prospects.LINES)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.advice import agenda, tabs

    return (agenda.DATES, *tabs.PERSONS)


def _sample() -> tuple[object, ...]:
    from eig_sheets.features.advice import sample

    return sample.ROWS


FEATURE: Final = Feature(
    id="advice",
    title="les créneaux de conseil et les webinaires",
    page="creneaux.fr.md",
    question="Proposez-vous des créneaux de conseil ou des webinaires à ceux qui déposent ?",
    commands=(
        CommandGroup(
            "slots",
            "Les créneaux de conseil et les webinaires : les préparer, les relever, dire lesquels sont libres.",
            (
                Command(
                    "generate",
                    "Ajoute à Créneaux les créneaux libres que donne la configuration ([slots]).",
                    "eig_sheets.features.advice.commands_slots:generate",
                ),
                Command(
                    "list",
                    "Liste les créneaux de conseil, du premier au dernier, sans rien écrire.",
                    "eig_sheets.features.advice.commands_slots:list_slots",
                ),
                Command(
                    "import",
                    "Ajoute les rendez-vous d’un export Calendly, ou les inscriptions d’un export Livestorm "
                    "(.csv ou .xlsx).",
                    "eig_sheets.features.advice.commands_import:import_visitors",
                ),
            ),
        ),
    ),
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
    sample=_sample,
)
