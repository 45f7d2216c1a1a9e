"""`teams propose`: which talents in which project; its JSON is a contract."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import is_taken
from eig_sheets.campaign.vanished_rows import vanished
from eig_sheets.cli.click_french import at_most_one
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.output import gap_record, show
from eig_sheets.cli.pipeline import refuse
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.request_details import is_anew
from eig_sheets.cli.session import Session
from eig_sheets.cli.workbook_reading import reading_of
from eig_sheets.cli.writing import answer, carried_out
from eig_sheets.features.talents.checks import of_candidates
from eig_sheets.features.teams import texts
from eig_sheets.features.teams.explanations import WishAnswer, explain_candidate
from eig_sheets.features.teams.problem import names_of
from eig_sheets.features.teams.proposal import Teaming, TeamsRun, plan_teams, teaming
from eig_sheets.features.teams.recorded import recorded_teams
from eig_sheets.features.teams.tab import TAB, TEAMS, TeamRole, TeamRow
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import anomaly
from eig_sheets.workbook.locate import NAME_TAKEN
from eig_sheets.workbook.quoting import did_you_mean
from eig_sheets.workbook.table import Col, Table

_ANSWERS = Table[WishAnswer](
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
"""Why a candidate is not in the team of each wish."""
_NO_LAUREATE = "Aucun projet lauréat : les équipes se proposent une fois « Lauréat » saisi dans « Décision »."
_NO_TALENTS = "Il n’y a pas d’onglet Talents : « eig-sheets init » le crée, si la configuration le prévoit."
_NOBODY = (
    "Personne ne peut être proposé : il faut des candidats éligibles, avec une évaluation complète dans Évaluations "
    "talents et un projet lauréat parmi leurs vœux, ou un « Projet décidé »."
)


@click.command(cls=WritingCommand, acts=(TEAMS,))
@click.option("--adjust", is_flag=True, help="Après un désistement : change d’équipe le moins possible de talents.")
@click.option(
    "--explain",
    "candidate",
    metavar="CANDIDATURE",
    help="« Pourquoi pas moi ? » : pour chaque vœu, ce qui devrait changer. Aucun autre candidat n’est nommé.",
)
@click.pass_obj
def propose(session: Session, candidate: str | None, form: str, *, adjust: bool, dry_run: bool) -> None:
    """Propose les équipes des projets lauréats, dans l’onglet Équipes proposées.

    Chaque équipe compte de teams.min à teams.max talents, jamais plus que le projet n’en demande. D’abord, le plus de
    projets ont une équipe ; puis le plus de profils demandés sont couverts ; puis les notes du jury et les vœux sont
    les meilleurs. « Projet décidé » de Talents s’impose. Chaque ligne dit sa raison, et les suppléants suivent dans
    l’ordre. Si tout ne peut pas être tenu, la commande dit le moins qu’il faille relâcher, et n’écrit rien.
    """
    at_most_one({"--explain": candidate is not None, "--adjust": adjust})
    at_most_one({"--explain": candidate is not None, "--dry-run": dry_run})
    if candidate is not None:
        _explain(session.of_talents, candidate, form)
        return
    workbook = session.of_talents
    run = proposed_teams(workbook, adjust=adjust, dry_run=dry_run)
    impossible = bool(run.outcome.proposal.relaxed)
    answer(
        run, _record(run), _table(run), run.outcome.rows, "Aucune équipe.", form, dry_run=dry_run, impossible=impossible
    )
    tell(session, run, adjust=adjust)


def proposed_teams(session: Session, *, adjust: bool, dry_run: bool = False) -> TeamsRun:
    """Propose teams and write them in their tab, of the workbook that has the candidates."""
    return carried_out(session, lambda: _planned(session, adjust=adjust), dry_run=dry_run)


def answer_request(session: Session, detail: str) -> str:
    """As few talents as possible move where teams are recorded, unless the detail says to propose them anew."""
    if not session.campaign.part.has_talents:
        raise Refusal("Les candidats ont leur classeur : demandez-le dans celui-là.")
    adjust = not is_anew(detail)
    run = proposed_teams(session, adjust=adjust)
    if run.outcome.proposal.relaxed:
        tell(session, run, adjust=adjust)
    tab = run.reading.layout.robot_tabs.get(TAB, run.reading.schema.robot_tabs[TAB])
    return "\n".join([f"Onglet « {tab} ».", *said(run)])


def _planned(session: Session, *, adjust: bool) -> TeamsRun:
    reading, last_run = _read(session)
    with session.step("Calcul des équipes"):
        run = plan_teams(reading, last_run, session.clock.now, adjust=adjust)
    session.listed = reading, (*reading.anomalies, *of_candidates(reading, run.outcome.talents))
    if not run.outcome.call.projects:
        raise Refusal(typographic(_NO_LAUREATE), by_data=True)
    if not run.outcome.call.problem.pairs:
        raise Refusal(typographic(_NOBODY), by_data=True)
    return run


def _read(session: Session) -> tuple[Reading, LastRun]:
    """The workbook and what the last run left. Raises Refusal when the tab cannot be written, or has nothing to say."""
    reading = reading_of(session)
    if TAB not in reading.schema.robot_tabs:  # a call without candidates
        raise Refusal(typographic(_NO_TALENTS))
    last_run, name = session.state.load_last_run(), reading.schema.robot_tabs[TAB]
    taken = TAB not in reading.layout.robot_tabs and is_taken(name, reading)
    refuse([*reading.problems, *vanished(reading, last_run), *([anomaly(NAME_TAKEN, name)] if taken else [])])
    if not reading.has("talents"):
        raise Refusal(typographic(_NO_TALENTS))
    return reading, last_run


def _record(run: TeamsRun) -> dict[str, Any]:
    """The whole proposal, for programs."""
    outcome = run.outcome
    members = [row for row in outcome.rows if row.role is TeamRole.MEMBER]
    return {
        "teams": [
            {"dossier": numero, "talents": [_talent(member) for member in members if member.numero == numero]}
            for numero in dict.fromkeys(member.numero for member in members)
        ],
        "unmatched": [*outcome.unmatched],
        "withdrawn": [*outcome.withdrawn],
        "blocking_pairs": [{"candidate": candidate, "dossier": project} for candidate, project in outcome.blocking],
        "objective": outcome.proposal.worth.objective,
        "optimal": outcome.proposal.optimal,
        "relaxed": texts.relaxed_texts(run.reading, outcome),
        "served": outcome.proposal.worth.served,
        "covered": outcome.proposal.worth.covered,
        "kept": [{"candidate": candidate, "dossier": project} for candidate, project in sorted(outcome.kept)],
        "alternates": [
            {"dossier": row.numero, "rank": row.rank, **_talent(row)}
            for row in outcome.rows
            if row.role is TeamRole.ALTERNATE
        ],
        "gap": gap_record(outcome.proposal.gap),
    }


def _talent(row: TeamRow) -> dict[str, Any]:
    return {"candidate": row.candidature, "metier": row.metier or None, "wish": row.wish, "note": row.note}


def _table(run: TeamsRun) -> Table[TeamRow]:
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


def tell(session: Session, run: TeamsRun, *, adjust: bool) -> None:
    """Say how good the teams are; raise Refusal with what to relax when there are none."""
    if relaxed := texts.relaxed_texts(run.reading, run.outcome):
        lines = "\n".join(f"• {text}" for text in relaxed)
        raise Refusal(
            typographic(f"Tout ne peut pas être tenu : rien n’est écrit. Le moins qu’il faille relâcher :\n{lines}"),
            by_data=True,
        )
    for text in (*said(run), *([] if adjust else [texts.adjust_hint(run.outcome)])):
        if text:
            session.say(text)


def said(run: TeamsRun) -> list[str]:
    """Sentences on the teams."""
    return [
        *texts.notices(run.reading, run.outcome),
        *texts.blocking_texts(run.outcome),
        *texts.summary(run.outcome),
    ]


def _explain(session: Session, candidate: str, form: str) -> None:
    reading, last_run = _read(session)
    recorded = recorded_teams(reading, last_run)
    with session.step("Calcul des équipes"):
        outcome = teaming(reading, (), adjust=False)
        if candidate not in outcome.call.talents:
            near = did_you_mean(candidate, [*outcome.call.talents])
            raise Refusal(typographic(f"Aucune candidature « {candidate} » dans Talents.{near}"))
        answers = explain_candidate(outcome, candidate)
    show(_ANSWERS, answers, form, "Aucun vœu.")
    if _other_teams(outcome, recorded):
        session.say(
            typographic(
                "« Équipes proposées » dit autre chose que le calcul d’aujourd’hui, dont ces réponses parlent : elle a "
                "été ajustée, ou des données ont changé depuis."
            )
        )


def _other_teams(outcome: Teaming, recorded: Sequence[TeamRow]) -> bool:
    """Whether teams are recorded, and are not these."""
    pairs = {(row.candidature, row.numero) for row in recorded if row.role is TeamRole.MEMBER}
    return bool(pairs) and pairs != outcome.proposal.pairs
