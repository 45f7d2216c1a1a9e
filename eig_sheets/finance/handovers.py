"""What a version of the co-financing table says, as it is kept: numbers of dossiers and of programmes, counts, amounts.

Nothing of it names anybody, nor tells what one person costs: of the people recruited, only how many they are, how many
costs and starts of contracts are known, and the months that are paid to all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recruits import candidate_rows
from eig_sheets.campaign.results import Results
from eig_sheets.domain.cofinancing import CofinancingStatus
from eig_sheets.domain.costs import costs_of_one
from eig_sheets.domain.recruitment import Origin, recruits
from eig_sheets.finance.programmes import programme_number
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic
from eig_sheets.workbook.render.cells import written

RULES: Final = ("rule", "months", "total_months", "paid_from", "flat_amount", "net_to_employer_ratio", "programme")
"""Keys of `[cofinancing]` that change amounts, or who gives them up."""
SALARIES: Final = ("up_to_5_years", "over_5_years")
_COPIED: Final = {
    "status": "status", "reason": "reason", "payment": "payment", "least": "amount_min", "most": "amount_max",
    "exact": "exact", "recruited": "recruited", "months": "paid_months", "cost_low": "per_eig_min",
    "cost_high": "per_eig_max",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was handed over: its number, from 1, the day of its data, and the SHA-256 of what it says."""

    number: int
    day: date
    digest: str

    @property
    def text(self) -> str:
        """Version 2, données du lundi 4 octobre 2021."""
        return typographic(f"Version {self.number}, données du {french_day(self.day)}")


def content_of(reading: Reading, results: Results) -> dict[str, Any]:
    """What a version says: `rules`, the values that amounts depend on; `dossiers`, by number."""
    campaign = reading.campaign
    rules = campaign.cofinancing.model_dump(mode="json")
    salaries = campaign.salaries.model_dump(mode="json")
    table = results.cofinancing.join(results.dossiers[["decision", "nombre_eig"]])
    known = _known_of_recruits(reading, results)
    return {
        "rules": {
            **{f"cofinancing.{key}": rules[key] for key in RULES},
            **{f"salaries.{key}": salaries[key] for key in SALARIES},
        },
        "dossiers": {row["numero"]: _dossier(row) | known.get(row["numero"], {}) for row in table.to_dict("records")},
    }


def _dossier(row: Mapping[Any, Any]) -> dict[str, Any]:
    copied = {key: written(row[column]) for key, column in _COPIED.items()}
    programme = programme_number(row["programme"]) if row["programme"] else None
    return copied | {"decision": written(row["decision"]), "eig": written(row["nombre_eig"]), "programme": programme}


def _known_of_recruits(reading: Reading, results: Results) -> dict[str, dict[str, int]]:
    """Of the recruits of each project that asks, how many have a real cost, and how many paid months are known."""
    campaign = reading.campaign
    people = candidate_rows(reading)
    if people is None or people.empty or campaign.cofinancing.rule == "none":
        return {}
    money = results.cofinancing
    asking = results.dossiers[money["status"].isin([CofinancingStatus.SETTLED, CofinancingStatus.CONDITIONAL])]
    costs = costs_of_one(asking, campaign.cofinancing, campaign.salaries)
    recruited = recruits(people, asking["numero"], costs, campaign.cofinancing)
    counted = pd.DataFrame(
        {
            "real_costs": (recruited["origin"] == Origin.REAL).groupby(recruited["numero"]).sum(),
            "dated": recruited["thirtieths"].notna().groupby(recruited["numero"]).sum(),
        }
    )
    return {str(numero): {"real_costs": int(real), "dated": int(dated)} for numero, real, dated in counted.itertuples()}
