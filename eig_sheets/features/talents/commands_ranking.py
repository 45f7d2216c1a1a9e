"""`rank --talents`: candidates by project and by métier, and how each number of one of them was computed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any, Final

import click
import pandas as pd

from eig_sheets.campaign.explanation_lines import EXPLANATION, explanation_text
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.cli.click_french import at_most_one
from eig_sheets.cli.command import ReadingCommand
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.features.talents import words as talent_words
from eig_sheets.features.talents.acts import CANDIDATES
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.explanation import explain_talent
from eig_sheets.features.talents.ranking_tab import group_name, remarks
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.settings import TalentRules
from eig_sheets.features.talents.subject import SUBJECT
from eig_sheets.features.talents.words import uncorrected_sentence
from eig_sheets.text.french import number, typographic
from eig_sheets.workbook.cells import sentence
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.table import Col, Table, plain

Row = dict[Any, Any]


_OTHERS: Final = {
    "jurors": "--jurors",
    "sensitivity": "--sensitivity",
    "calibration": "--calibration",
    "target": "--to",
}
"""The options of `rank` that are about dossiers."""


@click.command("rank", cls=ReadingCommand, acts=(CANDIDATES,), help="")
@click.option(
    "--talents",
    is_flag=True,
    help="Le classement des candidats à l’appel à talents, par projet et par métier ; --explain veut leur numéro.",
)
@click.pass_obj
def rank_talents(session: Session, /, explain: str | None, form: str, **others: Any) -> None:
    """Print the lists, or the explanation of one candidate."""
    for name, option in _OTHERS.items():
        at_most_one({"--talents": True, option: bool(others[name])})
    reading, results = results_of(session)
    talents = _of_talents(results)
    if explain is not None:
        _refuse_unknown(explain, [*talents.candidates["candidature"]])
        show(EXPLANATION, explain_talent(explain, reading, talents), form)
        return
    rows = talents.ranking.to_dict("records")
    show(_table(reading, talents), rows, form, "Aucune personne évaluée ou présélectionnée.")
    if sentence := uncorrected_sentence(talents.correction.reason):
        session.say(sentence)


def answer_request(session: Session, detail: str) -> str:
    """Each number of the candidate whose number officers give. Raises Refusal."""
    if not detail:
        raise Refusal(typographic("Écrivez dans Détail le numéro de la candidature à expliquer."))
    reading, results = results_of(session)
    talents = _of_talents(results)
    _refuse_unknown(detail, [*talents.candidates["candidature"]])
    return explanation_text(explain_talent(detail, reading, talents))


def _of_talents(results: Results) -> TalentResults:
    talents: TalentResults | None = results.of(RESULTS)
    if talents is None:
        raise Refusal(
            "Le classeur n’a pas d’onglet « Talents » : ajoutez « talents » à workbook.people_tabs, puis lancez "
            "« eig-sheets init »."
        )
    return talents


def _table(reading: Reading, talents: TalentResults) -> Table[Row]:
    """Each candidate of each list, in the order of `Classement des talents`; its JSON is a contract."""
    dossiers, expected = reading.valid_rows("candidatures"), talents.expected_reviews
    labels = reading.campaign.section(TalentRules).labels
    projects = dict(zip(dossiers["numero"], dossiers["projet"], strict=True))

    def project(row: Row) -> str | None:
        return projects.get(row["group"]) if row["kind"] == "projet" else None

    return Table(
        Col("list", "Liste", lambda row: str(row["kind"]), lambda row: talent_words.KINDS[row["kind"]], first=True),
        Col("group"),
        Col("project", value=project),
        Col(
            "name", "Projet ou métier", lambda row: group_name(row["group"], {row["group"]: plain(project(row))}),
            for_programs=False, first=True,
        ),
        Col("candidate", "Candidature", itemgetter("candidature")),
        Col("metier", "Métier"),
        Col("rank", "Rang", first=True),
        Col("wish", "Vœu"),
        Col("note", "Note /20", people=lambda row: _rounded(row["note"])),
        Col("reviews", "Évaluations"),
        Col("stdev"),
        Col("corrected", "Corrigée", people=lambda row: _rounded(row["corrected"])),
        Col("corrected_error"),
        Col("corrected_rank", "Rang corrigé"),
        Col("reviews_expected", value=lambda row: None if expected is None else expected.get(row["candidature"], 0)),
        Col("criteria", value=lambda row: {name: plain(row[name]) for name in labels}),
        Col("eligibility", value=itemgetter("status")),
        Col("state", "Statut", itemgetter("statut")),
        Col("alerts"),
        Col("unranked_reason"),
        Col(
            "remarks", "Alertes", lambda row: sentence(remarks(plain(row["unranked_reason"]), row["alerts"])),
            for_programs=False,
        ),
    )  # fmt: skip


def _rounded(value: Any) -> str | None:
    return None if pd.isna(value) else number(value, 2)


def _refuse_unknown(candidature: str, numbers: Sequence[str]) -> None:
    """Raise Refusal for a candidate who is not among those who count."""
    if candidature not in numbers:
        hint = did_you_mean(candidature, numbers)
        raise Refusal(SUBJECT.words.unknown.format(number=candidature, hint=hint))
