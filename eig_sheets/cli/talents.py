"""`rank --talents`: candidates by project and by métier, and how each number of one of them was computed."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from eig_sheets.campaign.explain_talent import explain_talent
from eig_sheets.campaign.explanation_lines import EXPLANATION
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.talent_results import TalentResults
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.text.french import number
from eig_sheets.workbook import talent_words
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.render.classement_talents import group_name, remarks
from eig_sheets.workbook.table import Col, Table, plain
from eig_sheets.workbook.talent_words import uncorrected_sentence

Row = dict[Any, Any]


def print_talents(session: Session, explain: str | None, form: str) -> None:
    """Print the lists, or the explanation of one candidate."""
    reading, results = results_of(session)
    talents = results.talents
    if talents is None:
        raise Refusal(
            "Le classeur n’a pas d’onglet « Talents » : ajoutez « talents » à workbook.people_tabs, puis lancez "
            "« eig-sheets init »."
        )
    if explain is not None:
        refuse_unknown_candidate(explain, [*talents.candidates["candidature"]], reading)
        show(EXPLANATION, explain_talent(explain, reading, talents), form)
        return
    rows = talents.ranking.to_dict("records")
    show(_table(reading, talents), rows, form, "Aucune personne évaluée ou présélectionnée.")
    if sentence := uncorrected_sentence(talents.correction.reason):
        session.say(sentence)


def _table(reading: Reading, talents: TalentResults) -> Table[Row]:
    """Each candidate of each list, in the order of `Classement des talents`; its JSON is a contract."""
    dossiers, expected = reading.valid_rows("candidatures"), talents.expected_reviews
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
        Col("criteria", value=lambda row: {name: plain(row[name]) for name in reading.campaign.talents.labels}),
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


def refuse_unknown_candidate(candidature: str, numbers: Sequence[str], _: Reading) -> None:
    """Raise Refusal for a candidate who is not among those who count."""
    if candidature not in numbers:
        raise Refusal(
            f"La candidature « {candidature} » n’est pas dans l’onglet « Talents », ou une anomalie l’écarte : "
            f"voyez « eig-sheets check ».{did_you_mean(candidature, numbers)}"
        )
