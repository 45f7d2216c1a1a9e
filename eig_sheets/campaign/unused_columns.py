"""The columns of `Candidatures` that nothing of a call rests on: a new workbook does not have them. Pure.

One that is there, in a workbook of before or because people add it, is read as ever.
"""

from __future__ import annotations

from typing import Final

from eig_sheets.campaign.limits import limit_fields
from eig_sheets.campaign.reading_parts import recruits_tab
from eig_sheets.config import Campaign

COFINANCING: Final = "cofinancement"
"""The robot's column of the co-financing, and its header in `Classement`."""
_OF_COFINANCING: Final = (
    "type_porteur", "porteur", "programme", "convention", "cout_jusqu_a_5_ans", "cout_plus_de_5_ans",
    "demande_cofinancement", "email_gestion", "recrutement_clos", COFINANCING,
)  # fmt: skip
_NEEDED: Final = frozenset(
    ("numero", "projet", "date_depot", "administration", "email_porteur", "preselection", "decision")
)
"""What no call does without: who asks for what, when, and what was decided."""
_ATTESTATIONS: Final = ("hors_les_murs", "mise_a_disposition", "ouverture_donnees")


def unused_columns(campaign: Campaign, tabs: tuple[str, ...]) -> frozenset[str]:
    """The ids of these columns; `tabs`: those of people's that the call may leave out, and has."""
    rules, asked = campaign.eligibility, {*named_columns(campaign)}
    unused = {*_ATTESTATIONS, *campaign.workbook.without_columns}
    if campaign.cofinancing.rule == "none":
        unused |= {*_OF_COFINANCING}
        if not campaign.cofinancing.hosts:
            unused.add("type_administration")
        if not rules.eig_numbers and recruits_tab(campaign) not in tabs:
            unused.add("nombre_eig")
        if "suivi" not in tabs:
            unused.add("email_rh")
    return frozenset(unused - asked)


def may_be_left_out(column: str) -> bool:
    """Whether a call may do without a column of `Candidatures`."""
    return column not in _NEEDED


def named_columns(campaign: Campaign) -> tuple[str, ...]:
    """The columns that the configuration names: it gives them another header, asks for them, or limits them."""
    rules, forms = campaign.eligibility, campaign.imports.fields
    return (
        *campaign.workbook.headers,
        *rules.required,
        *rules.attestations,
        *rules.read_in_fiche,
        *forms,
        *limit_fields(campaign),
    )
