"""The records of `teams propose`: its JSON is a contract (design 4), its tables are for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from eig_sheets.campaign.team_proposal import names_of
from eig_sheets.campaign.team_texts import relaxed_texts
from eig_sheets.cli.output import gap_record
from eig_sheets.workbook.render.equipes import Role, TeamRow

if TYPE_CHECKING:
    from eig_sheets.campaign.team_explanations import WishAnswer
    from eig_sheets.campaign.team_proposal import Teaming
    from eig_sheets.sync.team_proposal import TeamsRun

HEADERS = {
    "dossier": "Dossier",
    "project": "Projet",
    "place": "Place",
    "rank": "Rang",
    "candidate": "Candidature",
    "name": "Candidat",
    "reason": "Raison",
}
ANSWER_HEADERS = {"wish": "Vœu", "dossier": "Dossier", "project": "Projet", "answer": "Réponse"}


def record(run: TeamsRun) -> dict[str, Any]:
    """The whole proposal, for programs."""
    outcome = run.outcome
    members = [one for one in outcome.rows if one.role is Role.MEMBER]
    return {
        "teams": [
            {"dossier": numero, "talents": [_talent(one) for one in members if one.numero == numero]}
            for numero in dict.fromkeys(one.numero for one in members)
        ],
        "unmatched": [*outcome.unmatched],
        "withdrawn": [*outcome.withdrawn],
        "blocking_pairs": [{"candidate": candidate, "dossier": project} for candidate, project in outcome.blocking],
        "objective": outcome.found.worth.objective,
        "optimal": outcome.found.optimal,
        "relaxed": relaxed_texts(run.reading, outcome),
        "served": outcome.found.worth.served,
        "covered": outcome.found.worth.covered,
        "kept": [{"candidate": candidate, "dossier": project} for candidate, project in sorted(outcome.kept)],
        "alternates": [
            {"dossier": one.numero, "rank": one.rank, **_talent(one)}
            for one in outcome.rows
            if one.role is Role.ALTERNATE
        ],
        "gap": gap_record(outcome.found.gap),
    }


def _talent(one: TeamRow) -> dict[str, Any]:
    return {"candidate": one.candidature, "metier": one.metier or None, "wish": one.wish, "note": one.note}


def lines(run: TeamsRun) -> list[dict[str, Any]]:
    """The rows of the tab, as a table shows them."""
    projects = {number: row["projet"] for number, row in run.outcome.call.projects.items()}
    names = names_of(run.outcome.call.talents)
    return [
        {
            "dossier": one.numero,
            "project": projects.get(one.numero),
            "place": str(one.role),
            "rank": one.rank,
            "candidate": one.candidature or None,
            "name": names.get(one.candidature),
            "metier": one.metier or None,
            "wish": one.wish,
            "note": one.note,
            "reason": one.reason,
        }
        for one in run.outcome.rows
    ]


def answer_lines(answers: Sequence[WishAnswer]) -> list[dict[str, Any]]:
    """One record a wish."""
    return [asdict(one) for one in answers]


def other_teams(outcome: Teaming, recorded: Sequence[TeamRow]) -> bool:
    """Whether teams are recorded, and are not these."""
    pairs = {(one.candidature, one.numero) for one in recorded if one.role is Role.MEMBER}
    return bool(pairs) and pairs != outcome.found.pairs
