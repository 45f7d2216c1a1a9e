"""The délégations de gestion: a sheet for each, with its parties, its object, its credits, its signatories."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.finance.annex import (
    Annex,
    Blanks,
    amount_text,
    count_text,
    eig_of,
    laureates_text,
    receiver_text,
    total_text,
)
from eig_sheets.finance.lines import FinanceLine
from eig_sheets.report.sections import Section
from eig_sheets.text.french import NARROW, number


def delegation_annex(lines: Sequence[FinanceLine], programme: str) -> Annex:
    """A sheet for each délégation de gestion: its parties, its object, its credits, what its signatories write."""
    blanks = Blanks()
    parts = [_delegation(place, line, programme, blanks) for place, line in enumerate(lines, 1)]
    on = f" sur le programme {programme}" if programme else ""
    return Annex(
        "delegations-de-gestion.docx",
        "Délégations de gestion",
        (
            f"{laureates_text(lines)} par délégation de gestion{on}, pour {eig_of(lines)} EIG, {total_text(lines)} en "
            "tout. Les crédits restent sur le programme qui paie : il n’y a pas de décret."
        ),
        tuple(parts),
        tuple(blanks.entries),
    )


def _delegation(place: int, line: FinanceLine, programme: str, blanks: Blanks) -> Section:
    paying = f"programme {programme}" if programme else blanks.filled("", "n° du programme qui paie", line)
    months = "" if line.months is None else f", {number(line.months)} mois"
    rows = (
        (
            "Objet",
            f"Co-financer le recrutement des EIG du projet «{NARROW}{line.name}{NARROW}» (dossier {line.numero})",
        ),
        ("Délégant", blanks.filled("", "délégant, responsable du programme qui paie", line)),
        ("Délégataire", receiver_text(line, blanks)),
        ("SIRET du délégataire", blanks.filled(line.receiver_siret, "SIRET", line)),
        ("Contact gestion", blanks.filled(line.contact, "contact gestion", line)),
        ("Crédits", f"{paying[:1].upper()}{paying[1:]}, titre 2{months}"),
        ("Nombre d’EIG", count_text(line, blanks)),
        ("Montant (AE = CP)", amount_text(line, blanks)),
        ("Imputation", blanks.filled("", "imputation (centre financier, activité)", line)),
        ("Effet et durée", blanks.filled("", "dates d’effet et de fin", line)),
        ("Signataires", blanks.filled("", "signataires", line)),
    )
    return Section(f"{place}. {line.name}", (), ("Élément", "Valeur"), rows, (4.6, 13.0))
