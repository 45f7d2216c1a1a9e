"""`rank --talents`: candidates by project and by métier, and how each number of one of them was computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eig_sheets.campaign.explain_talent import explain_talent
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.talent_results import TalentResults
from eig_sheets.cli.output import jsonable, show
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.rank_views import EXPLANATION_HEADERS
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.text.french import number
from eig_sheets.workbook import talent_words
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.render.cells import sentence
from eig_sheets.workbook.render.classement_talents import group_name, remarks
from eig_sheets.workbook.talent_words import uncorrected_sentence

Records = list[dict[str, Any]]

_HEADERS = {
    "list": "Liste",
    "name": "Projet ou métier",
    "rank": "Rang",
    "candidate": "Candidature",
    "metier": "Métier",
    "wish": "Vœu",
    "note": "Note /20",
    "reviews": "Évaluations",
    "corrected": "Corrigée",
    "corrected_rank": "Rang corrigé",
    "state": "Statut",
    "remarks": "Alertes",
}
_COPIED = ("rank", "wish", "note", "reviews", "stdev", "corrected", "corrected_error", "corrected_rank")


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
        show(explain_talent(explain, reading, talents), form, EXPLANATION_HEADERS, "")
        return
    records = records_of(reading, talents)
    show(_lines(records) if form == "table" else records, form, _HEADERS, "Aucune personne évaluée ou présélectionnée.")
    if sentence := uncorrected_sentence(talents.correction.reason):
        session.say(sentence)


def records_of(reading: Reading, talents: TalentResults) -> Records:
    """One record for each candidate of each list, in the order of `Classement des talents`; its JSON is a contract."""
    criteria, dossiers = reading.campaign.talents.labels, reading.valid_rows("candidatures")
    projects = dict(zip(dossiers["numero"], dossiers["projet"], strict=True))
    expected = talents.expected_reviews
    return [_record(row, projects, [*criteria], expected) for row in talents.ranking.to_dict("records")]


def _record(
    row: dict[Any, Any], projects: dict[str, str | None], criteria: Sequence[str], expected: dict[str, int] | None
) -> dict[str, Any]:
    return {
        "list": str(row["kind"]),
        "group": row["group"],
        "project": projects.get(row["group"]) if row["kind"] == "projet" else None,
        "candidate": row["candidature"],
        "metier": row["metier"],
        **{key: jsonable(row[key]) for key in _COPIED},
        "reviews_expected": None if expected is None else expected.get(row["candidature"], 0),
        "criteria": {name: jsonable(row[name]) for name in criteria},
        "eligibility": row["status"],
        "state": row["statut"],
        "alerts": [*map(str, row["alerts"])],
        "unranked_reason": row["unranked_reason"],
    }


def _lines(records: Records) -> Records:
    def rounded(value: float | None) -> str | None:
        return None if value is None else number(value, 2)

    return [
        {
            **one,
            "list": talent_words.KINDS[one["list"]],
            "name": group_name(one["group"], {one["group"]: one["project"]}),
            "note": rounded(one["note"]),
            "corrected": rounded(one["corrected"]),
            "remarks": sentence(remarks(one["unranked_reason"], one["alerts"])),
        }
        for one in records
    ]


def refuse_unknown_candidate(candidature: str, numbers: Sequence[str], _: Reading) -> None:
    """Raise Refusal for a candidate who is not among those who count."""
    if candidature not in numbers:
        raise Refusal(
            f"La candidature « {candidature} » n’est pas dans l’onglet « Talents », ou une anomalie l’écarte : "
            f"voyez « eig-sheets check ».{did_you_mean(candidature, numbers)}"
        )
