"""Anomalies of the projects that candidates choose: unknown, twice, too many, too late. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import REFUSED, WITHDRAWN
from eig_sheets.features.talents.checks_wishes import WishCells
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.rules_choices import ChoiceCode
from eig_sheets.features.talents.settings import TalentDates, TalentRules, last_second
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import did_you_mean, value_and_limit

UNKNOWN_WISH: Final = warning(
    "voeu_inconnu",
    "« {header} » : aucun dossier n’a le numéro « {value} », ce vœu ne compte pas.{hint}",
    "Corrigez le numéro, d’après la réponse de la personne.",
    unintended=True,
)
WISH_NOT_SELECTED: Final = warning(
    "voeu_non_laureat",
    "« {header} » : le dossier {value} n’est pas un projet lauréat, ce vœu ne compte pas.",
    "Corrigez le numéro, ou demandez un autre choix à la personne.",
)
WISH_TWICE: Final = warning(
    "voeu_en_double",
    "« {header} » : le dossier {value} est déjà un vœu de cette personne, celui-ci ne compte pas.",
    "Demandez-lui son autre choix, ou videz la cellule.",
)
WISH_TOO_MANY: Final = warning(
    "voeu_en_trop",
    "« {header} » : l’appel n’accepte pas autant de vœux ({limit} au plus), celui-ci ne compte pas.",
    "Videz la cellule.",
)
WISH_SKIPPED: Final = warning(
    "voeu_saute",
    "« {header} » est rempli alors qu’un vœu qui le précède est vide : les autres comptent, dans leur ordre.",
    "Demandez à la personne s’il manque un choix, ou décalez ses vœux.",
)
LATE_WISHES: Final = warning(
    "voeux_tardifs",
    "Vœux reçus le {value}, après la date limite ({limit}) : aucun ne compte.",
    "Vérifiez « {header} » ; videz la cellule si l’équipe accepte ces vœux.",
)

_CODES: Final = {
    ChoiceCode.UNKNOWN: UNKNOWN_WISH,
    ChoiceCode.NOT_LAUREATE: WISH_NOT_SELECTED,
    ChoiceCode.REPEATED: WISH_TWICE,
    ChoiceCode.TOO_MANY: WISH_TOO_MANY,
    ChoiceCode.GAP: WISH_SKIPPED,
    ChoiceCode.LATE: LATE_WISHES,
}
"""`ChoiceCode.UNDATED` has none: the explanation says it, and most campaigns have no such date."""

OVER: Final = (REFUSED, WITHDRAWN)
"""The words of `Statut` after which nothing of a candidate is to be corrected any more."""


def choice_anomalies(reading: Reading, tab: TabLayout, results: TalentResults) -> Iterator[Anomaly]:
    """What is wrong with the wishes, at the cells where they are: the others count.

    Of who is refused or gone after a hearing, only a number that no dossier has: rankings show which wish a
    project was.
    """
    rules, cells = reading.campaign.section(TalentRules), WishCells(reading)
    deadline = last_second(reading.campaign.section(TalentDates).wishes_before)
    numbers = reading.valid_rows("candidatures")["numero"].tolist()
    heard = {*results.evaluations["candidature"]}
    for row, reasons in rows_with(results.candidates, results.choices):
        number = row["candidature"]
        for wrong, field in reasons:
            if row["statut"] in OVER and not (wrong is ChoiceCode.UNKNOWN and number in heard):
                continue
            if wrong is ChoiceCode.GAP and cells.are_received(number):  # of a choice that names no project
                continue
            if code := _CODES.get(wrong):
                value, limit = value_and_limit(row[field], deadline if wrong is ChoiceCode.LATE else None)
                hint = did_you_mean(row[field], numbers) if wrong is ChoiceCode.UNKNOWN else ""
                words: dict[str, Any] = {"value": value, "limit": limit or str(rules.max_wishes), "hint": hint}
                place, cell = cells.at(number, field)
                yield anomaly(code, place, cell, number, header=tab.header(field), **words)


def rows_with(candidates: pd.DataFrame, assessed: pd.DataFrame) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """Each candidate of whom something is said, with its `reasons`."""
    said = assessed["reasons"].map(len) > 0
    yield from zip(candidates[said].to_dict("records"), assessed.loc[said, "reasons"], strict=True)
