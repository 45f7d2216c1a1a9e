"""The records of `teams propose`: its JSON is a contract, its tables are for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eig_sheets.campaign.team_explanations import WishAnswer
from eig_sheets.campaign.team_proposal import Teaming, names_of
from eig_sheets.campaign.team_texts import relaxed_texts
from eig_sheets.cli.output import gap_record
from eig_sheets.sync.team_proposal import TeamsRun
from eig_sheets.workbook.render.equipes import Role, TeamRow
from eig_sheets.workbook.table import Col, Table

ANSWERS = Table[WishAnswer](
    Col("wish", "Vœu"),
    Col("dossier", "Dossier"),
    Col("project", "Projet"),
    Col("proposed"),
    Col("lost_projects"),
    Col("lost_metiers"),
    Col("lost_objective"),
    Col("note_needed"),
    Col("answer", "Réponse"),
)


def record(run: TeamsRun) -> dict[str, Any]:
    """The whole proposal, for programs."""
    outcome = run.outcome
    members = [row for row in outcome.rows if row.role is Role.MEMBER]
    return {
        "teams": [
            {"dossier": numero, "talents": [_talent(member) for member in members if member.numero == numero]}
            for numero in dict.fromkeys(member.numero for member in members)
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
            {"dossier": row.numero, "rank": row.rank, **_talent(row)}
            for row in outcome.rows
            if row.role is Role.ALTERNATE
        ],
        "gap": gap_record(outcome.found.gap),
    }


def _talent(row: TeamRow) -> dict[str, Any]:
    return {"candidate": row.candidature, "metier": row.metier or None, "wish": row.wish, "note": row.note}


def table(run: TeamsRun) -> Table[TeamRow]:
    """The rows of the tab, with the names of projects and candidates."""
    projects = {number: row["projet"] for number, row in run.outcome.call.projects.items()}
    names = names_of(run.outcome.call.talents)
    return Table(
        Col("dossier", "Dossier", lambda row: row.numero),
        Col("project", "Projet", lambda row: projects.get(row.numero)),
        Col("place", "Place", lambda row: row.role),
        Col("rank", "Rang"),
        Col("candidate", "Candidature", lambda row: row.candidature or None),
        Col("name", "Candidat", lambda row: names.get(row.candidature)),
        Col("metier", value=lambda row: row.metier or None),
        Col("wish"),
        Col("note"),
        Col("reason", "Raison"),
    )


def other_teams(outcome: Teaming, recorded: Sequence[TeamRow]) -> bool:
    """Whether teams are recorded, and are not these."""
    pairs = {(row.candidature, row.numero) for row in recorded if row.role is Role.MEMBER}
    return bool(pairs) and pairs != outcome.found.pairs
