"""The decider's sheet: what the jury proposes, in a document that a minister's office signs."""

from typing import Final

from eig_sheets.registry import Command, Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.decision_sheet import content

    return (content.DECIDING,)


def _occasional() -> tuple[object, ...]:
    from eig_sheets.features.decision_sheet import personal_data

    return (personal_data.HOLDING,)


FEATURE: Final = Feature(
    id="decision_sheet",
    title="la fiche de décision",
    page="fiche-decision.fr.md",
    commands=(
        Command(
            "decision-sheet",
            "Écrit la fiche de décision : lauréats, réserve, montants, écarts au classement, signature.",
            "eig_sheets.features.decision_sheet.commands:decision_sheet",
            of_projects=True,
        ),
    ),
    parts=_parts,
    occasional=_occasional,
)
