"""Requests: what officers ask for in the workbook, which the robot does once each and answers."""

from typing import Final

from eig_sheets.registry import Command, CommandGroup, Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.requests import section

    return (section.SECTION, section.FILES)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.requests import actions, desk, instead, pending, plan, tabs

    return (*tabs.PARTS, actions.NAMES, instead.INSTEAD, desk.LEDGER, plan.ROWS, plan.HOME, *pending.PARTS)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.requests import files_register, tabs

    return (tabs.FIRST_ROWS, files_register.KEPT, files_register.HOLDING, tabs.PERSONS)


def _sample() -> tuple[object, ...]:
    from eig_sheets.features.requests import sample

    return (sample.ROWS,)


FEATURE: Final = Feature(
    id="requests",
    title="les demandes de l’équipe au robot",
    page="demandes.fr.md",
    question="L’équipe demande-t-elle ses actions au robot depuis le classeur (onglet Demandes) ?",
    commands=(
        CommandGroup(
            "requests",
            "Ce que l’équipe demande au robot dans l’onglet Demandes : le faire, en voir la liste.",
            (
                Command(
                    "run",
                    "Fait ce qui est demandé dans « Demandes », une fois chaque demande, et répond à côté.",
                    "eig_sheets.features.requests.commands:run_requests",
                ),
                Command(
                    "list",
                    "Liste les demandes et ce qu’il en est de chacune, sans rien écrire.",
                    "eig_sheets.features.requests.commands:list_requests",
                ),
            ),
        ),
    ),
    settings=_settings,
    parts=_parts,
    occasional=_occasional,
    sample=_sample,
)
