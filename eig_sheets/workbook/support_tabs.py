"""Schemas of the tabs of the months after a call: milestones and deliverables."""

from __future__ import annotations

from typing import Final

from eig_sheets.domain.decisions import MILESTONE_STATES, ROLES
from eig_sheets.workbook.field_forms import NUMBER, PROJECT_NAME, choice, text, yes_no
from eig_sheets.workbook.fields import Field, Kind, TabSchema
from eig_sheets.workbook.model.sheet import Owner


def follow_up() -> TabSchema:
    """One row per project and milestone."""
    fields = (
        NUMBER,
        Field("jalon", "Jalon", required=True, width=30),
        Field("echeance", "Échéance", Kind.DATE),
        choice(
            "responsable",
            "Responsable",
            tuple(ROLES.values()),
            "Qui le rappel atteint : son adresse est dans Candidatures. Vide : le porteur. « Programme » : personne, "
            "c’est à l’équipe du programme.",
            14,
        ),
        choice("statut", "Statut", MILESTONE_STATES, width=14),
        Field("fait_le", "Fait le", Kind.DATE),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema("suivi", "Suivi", Owner.PEOPLE, "numero", fields, (PROJECT_NAME,))


DELIVERABLES: Final = "livrables"
_DELIVERABLE_KINDS: Final = ("Code", "Données", "Documentation", "Design", "Autre")
LICENCES: Final = (
    # Information, documentation included: CRPA, D. 323-2-1, I.
    "Licence Ouverte 2.0", "ODbL 1.0",
    # Source code, permissive then with reciprocity: CRPA, D. 323-2-1, II.
    "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CeCILL-B", "MIT",
    "AGPL-3.0", "CeCILL-2.1", "CeCILL-C", "EUPL-1.2", "GPL-3.0", "LGPL-3.0", "MPL-2.0",
    # Another one needs an approval of its own (CRPA, L. 323-2).
    "Autre, homologuée",
)  # fmt: skip
"""Those that the State may choose without asking: CRPA, L. 323-2 and D. 323-2-1, by their SPDX names for code."""


def deliverables() -> TabSchema:
    """One row per thing that a project made; hidden in a new workbook, since it is of use for two months."""
    fields = (
        NUMBER,
        choice("type", "Type", _DELIVERABLE_KINDS, width=16),
        text("intitule", "Intitulé", 34),
        text("adresse", "Adresse", 40, "L’adresse de la page où on le trouve."),
        choice("licence", "Licence", LICENCES, "Celles que l’État peut choisir : CRPA, D. 323-2-1.", 20),
        yes_no("ouvert", "Ouvert", "oui : chacun peut le lire et le réutiliser."),
        text("commentaire", "Commentaire", 40),
    )
    return TabSchema(DELIVERABLES, "Livrables", Owner.PEOPLE, "numero", fields, hidden=True)
