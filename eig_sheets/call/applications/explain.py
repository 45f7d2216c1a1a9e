"""Explanation of the eligibility of one dossier: every reason, its cells, its rule."""

from __future__ import annotations

from collections.abc import Mapping

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.eligibilite import reasons
from eig_sheets.call.applications.rules_eligibility import EligibilityCode
from eig_sheets.campaign.explanation_lines import Line, RowCells, eligibility_line, row_of, rule_source
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.workbook import words
from eig_sheets.workbook.cells import sentence

_RULES_OF_ELIGIBILITY = {
    EligibilityCode.TOO_LATE: "campaign.closes",
    EligibilityCode.TOO_EARLY: "campaign.opens",
    EligibilityCode.EIG_NUMBER_REFUSED: "eligibility.eig_numbers",
    EligibilityCode.COMMITMENT_REFUSED: "eligibility.eliminating",
    EligibilityCode.COMMITMENT_NO: "eligibility.attestations",
}


def dossier_eligibility_line(numero: str, reading: Reading, results: Results, source_of: Mapping[str, str]) -> Line:
    """The line on the eligibility of a dossier, with every reason."""
    tab = reading.layout.tabs["candidatures"]
    row = row_of(results.of(APPLICATIONS).eligibility, numero)
    place = RowCells(tab, row_of(results.of(APPLICATIONS).dossiers, numero)["row"])
    cells = place.of(*(field for _, field in row["reasons"]))
    rules = [_RULES_OF_ELIGIBILITY.get(code, "eligibility.required") for code, _ in row["reasons"]]
    why = sentence(reasons(row["reasons"], tab.header))
    source = rule_source(source_of, *dict.fromkeys(rules or ["eligibility.required", "campaign.closes"]))
    return eligibility_line(words.ELIGIBILITY[row["status"]], why, cells, source)
