"""Feedback to applicants: an unsigned proposal a dossier, of the comments that jurors agreed to pass on."""

from typing import Final

from eig_sheets.registry import Feature


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.feedback import proposals, tab

    return (tab.ROBOT_TAB, proposals.ROWS)


FEATURE: Final = Feature(
    id="feedback", title="les retours proposés aux porteurs", page="propositions-de-retour.fr.md", parts=_parts
)
