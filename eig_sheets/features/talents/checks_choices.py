"""Checks of the projects that candidates choose and of the wishes that they sent. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import HEARD, PRESELECTED, REFUSED, RETAINED, WAITING, WITHDRAWN
from eig_sheets.features.talents import wishes_tab as voeux_recus
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.rules_choices import ChoiceCode
from eig_sheets.features.talents.rules_wishes import JudgedAnswer, Standing, last_moment
from eig_sheets.features.talents.settings import WISHES, TalentDates, TalentRules, last_second
from eig_sheets.features.talents.tabs import TALENTS
from eig_sheets.features.talents.wishes import RECEIVED, cell_of, differs, judged_wishes, people_of, typed_wishes
from eig_sheets.text.french import listed, moment
from eig_sheets.workbook.anomalies import Anomaly, anomaly, limited, warning
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import did_you_mean, quoted, value_and_limit

UNKNOWN_CANDIDATE: Final = warning(
    "voeux_inconnus",
    "La réponse {value} ne va à aucune candidature de Talents et ne compte pas. Elle indique : {given}.",
    "Si vous savez de qui elle est, corrigez l’adresse de la personne dans Talents, ou saisissez-y ses vœux.",
)
AMBIGUOUS_CANDIDATE: Final = warning(
    "voeux_ambigus",
    "La réponse {value} pourrait aller à plusieurs candidatures de Talents et ne compte pas. Elle indique : {given}.",
    "Demandez à la personne laquelle est la sienne, puis saisissez ses vœux dans Talents.",
)
LATE_ANSWER: Final = warning(
    "voeux_recus_tardifs",
    "La réponse {value} a été donnée le {given}, après la clôture des vœux ({limit}) : elle ne compte pas.",
    "Si elle doit compter, saisissez ses vœux dans Talents.",
)
UNKNOWN_RECEIVED_WISH: Final = warning(
    "voeu_recu_inconnu",
    "{header} : « {value} » n’est ni le numéro d’un dossier, ni le nom d’un seul projet lauréat. Ce choix ne "
    "compte pas.",
    "Demandez à la personne lequel elle veut, puis saisissez tous ses vœux dans Talents : ils compteront à la "
    "place de sa réponse.",
)
WISHES_DIFFER: Final = warning(
    "voeux_differents",
    "Les vœux saisis ici ({before}) et ceux de la réponse {value} ({now}) ne sont pas les mêmes. Ceux d’ici comptent.",
    "Corrigez-les s’ils sont faux ; pour que la réponse compte, videz les trois cellules.",
)
NOT_PRESELECTED: Final = warning(
    "voeux_sans_preselection",
    "La personne a donné ses vœux (réponse {value}), et « {header} » est {state} : seules les personnes "
    "présélectionnées choisissent des projets.",
    "Saisissez la présélection si elle est décidée ; sinon, dites à la personne que sa réponse est sans objet.",
)
ANSWERS_EDITED: Final = warning(
    "voeux_recus_modifies",
    "Cette ligne n’est plus comme le robot l’a écrite : elle ne compte pas.",
    "Relancez « eig-sheets import --kind wishes » avec l’export, puis supprimez cette ligne. Une correction se "
    "saisit dans Talents.",
)

_CHOOSING: Final = (PRESELECTED, HEARD, RETAINED, WAITING)
"""The states of those who were preselected, whatever was decided since."""
_OVER: Final = (REFUSED, WITHDRAWN)
"""Those of whom something was decided: they may have been preselected too."""


def wish_anomalies(reading: Reading) -> list[Anomaly]:
    """Answers that go to nobody, that are late, that name no project; and those that `Talents` contradicts."""
    if not reading.owns(TALENTS):
        return []
    people, answers = people_of(reading), judged_wishes(reading)
    of_answers = [each for place, judged in enumerate(answers) for each in _of_answer(reading, place, judged, people)]
    edited = [
        anomaly(ANSWERS_EDITED, _name(reading), cell_of(reading, len(answers) + place, "number"))
        for place in range(len(reading.of(RECEIVED).edited))
    ]
    return limited([*of_answers, *edited])


class WishCells:
    """Where the choices of a candidate are: what people typed, else what was received."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._people, self._layout = reading, people_of(reading), reading.tables[TALENTS].layout
        self._received = {
            judged.candidate: where
            for where, judged in enumerate(judged_wishes(reading))
            if judged.standing is Standing.COUNTS and not any(typed_wishes(self._people[judged.candidate]))
        }

    def are_received(self, candidature: str) -> bool:
        """Whether the choices of a candidate are those of an answer."""
        return candidature in self._received

    def at(self, candidature: str, field: str) -> tuple[str, str | None]:
        """The tab and the cell of a choice of a candidate."""
        if candidature in self._received:
            key = voeux_recus.CHOICES[WISHES.index(field)] if field in WISHES else "moment"
            return _name(self._reading), cell_of(self._reading, self._received[candidature], key)
        return self._layout.name, self._layout.cell(field, self._people[candidature].row)


def _of_answer(reading: Reading, place: int, judged: JudgedAnswer, people: Mapping[str, Any]) -> Iterator[Anomaly]:
    answer, name = judged.answer, _name(reading)
    given = listed(f"« {quoted(text)} »" for text in (answer.candidature, answer.email) if text) or "rien"
    words: dict[str, Any] = {"value": answer.number, "given": given}
    if judged.standing is Standing.UNKNOWN:
        key = "candidature" if answer.candidature or not answer.email else "email"
        yield anomaly(UNKNOWN_CANDIDATE, name, cell_of(reading, place, key), **words)
    elif judged.standing is Standing.AMBIGUOUS:
        yield anomaly(AMBIGUOUS_CANDIDATE, name, cell_of(reading, place, "email"), **words)
    elif judged.standing is Standing.LATE:
        limit = last_moment(reading.campaign.section(TalentDates).wishes_before)
        words |= {"limit": moment(limit) if limit else "", "given": moment(answer.moment)}
        yield anomaly(LATE_ANSWER, name, cell_of(reading, place, "moment"), judged.candidate, **words)
    elif judged.standing is Standing.COUNTS:
        yield from _of_counting(reading, place, judged, people[judged.candidate])


def _of_counting(reading: Reading, place: int, judged: JudgedAnswer, person: Any) -> Iterator[Anomaly]:
    layout = reading.tables[TALENTS].layout
    if differs(judged, person):
        typed = typed_wishes(person)
        first = next(wish for wish, here, sent in zip(WISHES, typed, judged.wishes, strict=True) if here != sent)
        words: dict[str, Any] = {
            "value": judged.answer.number,
            "now": _in_order(judged.wishes),
            "before": _in_order(typed),
        }
        yield anomaly(WISHES_DIFFER, layout.name, layout.cell(first, person.row), judged.candidate, **words)
    elif not any(typed_wishes(person)):
        for number in judged.unknown:
            key = voeux_recus.CHOICES[number - 1]
            header = voeux_recus.TABLE.sheet_header(key)
            about: dict[str, Any] = {"header": header, "value": quoted(judged.answer.choices[number - 1])}
            yield anomaly(
                UNKNOWN_RECEIVED_WISH, _name(reading), cell_of(reading, place, key), judged.candidate, **about
            )
    if person.statut not in (*_CHOOSING, *_OVER):
        status = f"« {person.statut} »" if person.statut else "vide"
        at = layout.cell("statut", person.row)
        header = layout.header("statut")
        told: dict[str, Any] = {"header": header, "state": status, "value": judged.answer.number}
        yield anomaly(NOT_PRESELECTED, layout.name, at, judged.candidate, **told)


def _in_order(wishes: Sequence[str]) -> str:
    return ", ".join(wish or "rien" for wish in wishes)


def _name(reading: Reading) -> str:
    return reading.layout.robot_tabs.get(voeux_recus.TAB, voeux_recus.NAME)


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
