"""The teams of a workbook: found, then told row by row, with the reason of each. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.talent_facts import facts_of
from eig_sheets.campaign.talent_results import TalentResults, talent_results
from eig_sheets.campaign.team_problem import Call, call_of
from eig_sheets.domain.ranking import natural_key
from eig_sheets.domain.teams import Candidate, Pair, Project, Proposal, propose
from eig_sheets.domain.teams.explain import alternates, blocking_pairs
from eig_sheets.text.french import number, plural, typographic
from eig_sheets.workbook.render.equipes import TeamRole, TeamRow


@dataclass(frozen=True, slots=True)
class Teaming:
    """Teams that were found: their rows in the order of the tab. `before`: the pairs that were recorded.

    `talents`: what the rules say of the candidates, on which they rest.
    """

    call: Call
    found: Proposal
    rows: tuple[TeamRow, ...]
    before: frozenset[Pair]
    talents: TalentResults

    @property
    def unmatched(self) -> tuple[str, ...]:
        """The candidates who could be proposed, and are not."""
        possible = dict.fromkeys(candidate for candidate, _ in self.call.problem.pairs)
        return tuple(one for one in possible if one not in self.found.placed)

    @property
    def withdrawn(self) -> tuple[str, ...]:
        """The projects that have no team, which the règlement withdraws."""
        served = {*self.found.placed.values()}
        return tuple(one.id for one in self.call.problem.projects if one.id not in served)

    @property
    def blocking(self) -> tuple[Pair, ...]:
        """The candidates who would rather be in a project that would rather have them."""
        return blocking_pairs(self.call.problem, self.found.pairs)

    @property
    def kept(self) -> frozenset[Pair]:
        """The recorded pairs that stay."""
        return self.before & self.found.pairs


def teaming(reading: Reading, recorded: tuple[TeamRow, ...], *, adjust: bool) -> Teaming:
    """The best teams; `adjust`: of those that are recorded, as few talents as possible move.

    Raises ValueError when no workbook has candidates.
    """
    talents = talent_results(reading, {})  # teams go by raw notes: no group of jurors is needed
    if talents is None:
        raise ValueError("No workbook has candidates.")
    before = frozenset((one.candidature, one.numero) for one in recorded if one.role is TeamRole.MEMBER)
    call = call_of(reading, facts_of(talents), before if adjust else frozenset())
    found = propose(call.problem)
    return Teaming(call, found, tuple(_rows(call, found)), before, talents)


def _rows(call: Call, found: Proposal) -> Iterator[TeamRow]:
    """Project by project: its members, métier by métier as it asks for them, then the alternates of each métier."""
    teams, others = call.problem.teams(found.pairs), alternates(call.problem, found.pairs)
    for project in sorted(call.problem.projects, key=lambda one: natural_key(one.id)):
        if project.id not in teams:
            yield TeamRow(project.id, TeamRole.NOBODY, reason=_why_nobody(call, project))
            continue
        yield from _members(call, project, teams[project.id])
        for (numero, _), people in others.items():
            if numero == project.id:
                for place, one in enumerate(people, 1):
                    asked = one.metier in project.demands
                    yield _row(call, project, one, TeamRole.ALTERNATE, asked=asked, rank=place)


def _members(call: Call, project: Project, team: tuple[Candidate, ...]) -> Iterator[TeamRow]:
    places = {metier: place for place, metier in enumerate(dict.fromkeys(project.metiers))}
    left = Counter(project.demands)
    best_first = sorted(team, key=lambda one: (places.get(one.metier, len(places)), -one.value(project.id)))
    for one in best_first:
        asked = left[one.metier] > 0
        left[one.metier] -= 1
        yield _row(call, project, one, TeamRole.MEMBER, asked=asked)


def _row(
    call: Call, project: Project, one: Candidate, role: TeamRole, *, asked: bool, rank: int | None = None
) -> TeamRow:
    metier, wish = call.talents[one.id]["metier"] or "", one.wishes.get(project.id)
    reason = _reason(one, project.id, call.profiles.get(one.metier, metier), asked=asked)
    return TeamRow(project.id, role, one.id, rank, metier, wish, one.note, reason)


def _reason(one: Candidate, project: str, metier: str, *, asked: bool) -> str:
    """« vœu 1, 17,5/20, développeur demandé »: why a candidate is proposed in a project; the métier as it is asked."""
    wish = one.wishes.get(project)
    parts = ["décidé"] if one.locked == project else []
    parts.append("sans vœu" if wish is None else f"vœu {wish}")
    parts.append("sans note" if one.note is None else f"{number(round(one.note, 2))}/20")
    parts.append(f"{_lower(metier) or 'métier inconnu'} {'demandé' if asked else 'en plus des profils demandés'}")
    return typographic(", ".join(parts))


def _lower(metier: str) -> str:
    return metier[:1].lower() + metier[1:]


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


def names_of(talents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The name of each candidate, by number."""
    return {number: " ".join(filter(None, (row["prenom"], row["nom"]))) for number, row in talents.items()}
