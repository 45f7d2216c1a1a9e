"""The best teams of a workbook, row by row, with the reason of each; the plan that writes them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from eig_sheets.call.scoring.rules_ranking import natural_key
from eig_sheets.campaign.plans import checked_plan, journal_with, remembering, written
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import blank_sheet
from eig_sheets.features.talents.results import TalentResults, talent_results
from eig_sheets.features.teams.problem import Call, call_of, facts_of
from eig_sheets.features.teams.recorded import recorded_teams, shown_teams
from eig_sheets.features.teams.rules_explain import alternates, blocking_pairs
from eig_sheets.features.teams.rules_problem import Candidate, Pair, Project
from eig_sheets.features.teams.rules_program import Proposal, propose
from eig_sheets.features.teams.tab import TAB, TeamRole, TeamRow
from eig_sheets.spreadsheet.model.plan import Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import listed, number, plural, typographic
from eig_sheets.workbook import journal


@dataclass(frozen=True, slots=True)
class Teaming:
    """Proposed teams: their rows in the order of the tab. `before`: the pairs that were recorded.

    `talents`: what the rules say of the candidates, on which they rest.
    """

    call: Call
    proposal: Proposal
    rows: tuple[TeamRow, ...]
    before: frozenset[Pair]
    talents: TalentResults

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The candidates who could be proposed, and are not."""
        possible = dict.fromkeys(candidate for candidate, _ in self.call.problem.pairs)
        return tuple(candidate for candidate in possible if candidate not in self.proposal.placed)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """The projects that have no team, which the règlement withdraws."""
        served = {*self.proposal.placed.values()}
        return tuple(project.id for project in self.call.problem.projects if project.id not in served)

    @property
    def blocking(self) -> tuple[Pair, ...]:
        """The candidates who would rather be in a project that would rather have them."""
        return blocking_pairs(self.call.problem, self.proposal.pairs)

    @property
    def kept(self) -> frozenset[Pair]:
        """The recorded pairs that stay."""
        return self.before & self.proposal.pairs


def teaming(reading: Reading, recorded: tuple[TeamRow, ...], *, adjust: bool) -> Teaming:
    """The best teams; `adjust`: of those that are recorded, as few talents as possible move.

    Raises ValueError when no workbook has candidates.
    """
    talents = talent_results(reading, {})  # teams go by raw notes: no group of jurors is needed
    if talents is None:
        raise ValueError("No workbook has candidates.")
    before = frozenset((row.candidature, row.numero) for row in recorded if row.role is TeamRole.MEMBER)
    call = call_of(reading, facts_of(talents), before if adjust else frozenset())
    proposal = propose(call.problem)
    return Teaming(call, proposal, tuple(_rows(call, proposal)), before, talents)


def _rows(call: Call, proposal: Proposal) -> Iterator[TeamRow]:
    """Project by project: its members, métier by métier as it asks for them, then the alternates of each métier."""
    teams, others = call.problem.teams(proposal.pairs), alternates(call.problem, proposal.pairs)
    for project in sorted(call.problem.projects, key=lambda project: natural_key(project.id)):
        if project.id not in teams:
            yield TeamRow(project.id, TeamRole.NOBODY, reason=_why_nobody(call, project))
            continue
        yield from _members(call, project, teams[project.id])
        for (numero, _), people in others.items():
            if numero == project.id:
                for place, candidate in enumerate(people, 1):
                    asked = candidate.metier in project.demands
                    yield _row(call, project, candidate, TeamRole.ALTERNATE, asked=asked, rank=place)


def _members(call: Call, project: Project, team: tuple[Candidate, ...]) -> Iterator[TeamRow]:
    places = {metier: place for place, metier in enumerate(dict.fromkeys(project.metiers))}
    left = Counter(project.demands)
    best_first = sorted(
        team, key=lambda candidate: (places.get(candidate.metier, len(places)), -candidate.value(project.id))
    )
    for candidate in best_first:
        asked = left[candidate.metier] > 0
        left[candidate.metier] -= 1
        yield _row(call, project, candidate, TeamRole.MEMBER, asked=asked)


def _row(
    call: Call, project: Project, candidate: Candidate, role: TeamRole, *, asked: bool, rank: int | None = None
) -> TeamRow:
    metier, wish = call.talents[candidate.id]["metier"] or "", candidate.wishes.get(project.id)
    reason = _reason(candidate, project.id, call.profiles.get(candidate.metier, metier), asked=asked)
    return TeamRow(project.id, role, candidate.id, rank, metier, wish, candidate.note, reason)


def _reason(candidate: Candidate, project: str, metier: str, *, asked: bool) -> str:
    """« vœu 1, 17,5/20, développeur demandé »: why a candidate is proposed in a project; the métier as it is asked."""
    wish = candidate.wishes.get(project)
    parts = ["décidé"] if candidate.locked == project else []
    parts.append("sans vœu" if wish is None else f"vœu {wish}")
    parts.append("sans note" if candidate.note is None else f"{number(round(candidate.note, 2))}/20")
    known = f"{metier[:1].lower()}{metier[1:]}" or "métier inconnu"
    parts.append(f"{known} {'demandé' if asked else 'en plus des profils demandés'}")
    return typographic(", ".join(parts))


def _why_nobody(call: Call, project: Project) -> str:
    possible = call.possible[project.id]
    if project.most < project.least:
        text = f"{plural(project.most, 'EIG demandé', 'EIG demandés')} : moins que {project.least}"
    elif possible < project.least:
        text = f"{plural(possible, 'candidat possible', 'candidats possibles')} pour {project.least} au moins"
    else:
        text = (
            f"{plural(possible, 'candidat possible', 'candidats possibles')}, dont d’autres équipes ont besoin : avec "
            "une équipe ici, pas un projet de plus n’en aurait"
        )
    return typographic(text)


@dataclass(frozen=True, slots=True)
class TeamsRun:
    """What `teams propose` does to a workbook, and what to remember once its plan is applied.

    The plan is empty when demands have to be relaxed.
    """

    reading: Reading
    outcome: Teaming
    plan: Plan
    last_run: LastRun


def plan_teams(reading: Reading, last_run: LastRun, now: datetime, *, adjust: bool = False) -> TeamsRun:
    """The plan of the best teams; `adjust`: as few as possible of the talents that are recorded move."""
    outcome = teaming(reading, recorded_teams(reading, last_run), adjust=adjust)
    if outcome.proposal.relaxed:
        return TeamsRun(reading, outcome, checked_plan(reading, []), last_run)
    sheets = []
    if outcome.rows or TAB in reading.layout.robot_tabs:
        sheets.append(replace(blank_sheet(TAB, reading), rows=shown_teams(reading, outcome.call, outcome.rows)))
    operations = [operation for sheet in sheets for operation in written(reading, sheet)]
    if operations:
        sheets.append(journal_with(reading, last_run, journal.line(now, journal.DONE, _sentence(outcome))))
        operations += written(reading, sheets[-1])
    return TeamsRun(reading, outcome, checked_plan(reading, operations), remembering(reading, last_run, sheets))


def _sentence(outcome: Teaming) -> str:
    placed, before = {*outcome.proposal.placed}, {*dict(outcome.before)}
    parts = [
        plural(outcome.proposal.worth.served, "projet servi", "projets servis"),
        plural(len(placed - before), "talent ajouté", "talents ajoutés"),
    ]
    parts += [plural(len(before - placed), "retiré")] if before - placed else []
    return f"Équipes proposées : {listed(parts)}."
