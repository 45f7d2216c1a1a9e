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
    members = [one for one in outcome.rows if one.role is Role.MEMBER]
    return {
        "teams": [
            {"dossier": numero, "talents": [_talent(one) for one in members if one.numero == numero]}
            for numero in dict.fromkeys(one.numero for one in members)
        ],
        "unmatched": [*outcome.unmatched],
        "withdrawn": [*outcome.withdrawn],
        "blocking_pairs": [{"candidate": candidate, "dossier": project} for candidate, project in outcome.blocking],
        "objective": outcome.proposal.worth.objective,
        "optimal": outcome.proposal.optimal,
        "relaxed": relaxed_texts(run.reading, outcome),
        "served": outcome.proposal.worth.served,
        "covered": outcome.proposal.worth.covered,
        "kept": [{"candidate": candidate, "dossier": project} for candidate, project in sorted(outcome.kept)],
        "alternates": [
            {"dossier": one.numero, "rank": one.rank, **_talent(one)}
            for one in outcome.rows
            if one.role is Role.ALTERNATE
        ],
        "gap": gap_record(outcome.proposal.gap),
    }


def _talent(one: TeamRow) -> dict[str, Any]:
    return {"candidate": one.candidature, "metier": one.metier or None, "wish": one.wish, "note": one.note}


def table(run: TeamsRun) -> Table[TeamRow]:
    """The rows of the tab, with the names of projects and candidates."""
    projects = {number: row["projet"] for number, row in run.outcome.call.projects.items()}
    names = names_of(run.outcome.call.talents)
    return Table(
        Col("dossier", "Dossier", lambda one: one.numero),
        Col("project", "Projet", lambda one: projects.get(one.numero)),
        Col("place", "Place", lambda one: one.role),
        Col("rank", "Rang"),
        Col("candidate", "Candidature", lambda one: one.candidature or None),
        Col("name", "Candidat", lambda one: names.get(one.candidature)),
        Col("metier", value=lambda one: one.metier or None),
        Col("wish"),
        Col("note"),
        Col("reason", "Raison"),
    )


def other_teams(outcome: Teaming, recorded: Sequence[TeamRow]) -> bool:
    """Whether teams are recorded, and are not these."""
    pairs = {(one.candidature, one.numero) for one in recorded if one.role is Role.MEMBER}
    return bool(pairs) and pairs != outcome.proposal.pairs
