"""The problem of `teams propose`: which candidates may be proposed in which projects, from the tabs. Pure.

A candidate may be proposed who is eligible, neither « Non retenu » nor « Désisté », has a note, and wished the project.
« Projet décidé » is a decision: it locks the candidate there, note, wish or conflict notwithstanding, unless « Statut »
says « Non retenu », « Désisté » or « Liste d’attente ». A conflict of interests is a candidate who answers for the
project: its porteur, its second one, its mentor, its HR or management contact, told by their address. A person who
applied twice has one place at most (`rules_choices` of talents).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.cofinancing import rules_costs
from eig_sheets.call.scoring.rules_ranking import natural_key
from eig_sheets.campaign.reading import Reading
from eig_sheets.domain.decisions import REFUSED, WAITING, WITHDRAWN
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.rules_choices import same_people
from eig_sheets.features.teams.rules_problem import Candidate, Pair, Problem, Project
from eig_sheets.features.teams.settings import TeamRules
from eig_sheets.text.names import metier_key

GONE: Final = (REFUSED, WITHDRAWN)
"""Statuses of candidates whom nobody proposes."""
_UNDECIDED: Final = (*GONE, WAITING)
ANSWERING: Final = ("email_porteur", "email_porteur_2", "email_mentor", "email_rh", "email_gestion")
"""Fields of `Candidatures`: who answers for a project."""
_EXPERIENCED: Final = 5
"""Years beyond which the salary is the higher one (règlement, 2): five are not beyond."""
_DECIMALS: Final = 3
"""Notes are compared to the thousandth."""


@dataclass(frozen=True, slots=True)
class TalentFacts:
    """By the number of a candidature: `notes` out of 20; valid `wishes`, project → its place from 1; the `ineligible`.

    The note is the mean of the evaluations that count, whatever the project heard for: the jury may propose another.
    """

    notes: Mapping[str, float]
    wishes: Mapping[str, Mapping[str, int]]
    ineligible: frozenset[str]


def facts_of(results: TalentResults) -> TalentFacts:
    """What the rules say of the candidates."""
    notes = results.scores.by_candidate["note"].dropna().round(_DECIMALS)
    chosen, assessed = results.choices, results.eligibility
    wishes = zip(chosen["candidature"], chosen["wishes"], strict=True)
    return TalentFacts(
        {str(number): float(note) for number, note in notes.items()},
        {number: {project: place for place, project in enumerate(valid, 1)} for number, valid in wishes},
        frozenset(assessed.loc[assessed["status"] == EligibilityStatus.INELIGIBLE, "candidature"]),
    )


@dataclass(frozen=True, slots=True)
class Call:
    """The laureates and the candidates of a workbook, and the problem of their teams.

    `talents`: the row of each candidate by number; `projects`: that of each laureate; `facts`: what is computed of
    candidates; `profiles`: the métiers as the configuration writes them, by their key. `unknown`: decided pairs whose
    project is no laureate, which the problem ignores.
    """

    problem: Problem
    talents: Mapping[str, Mapping[str, Any]]
    projects: Mapping[str, Mapping[str, Any]]
    facts: TalentFacts
    profiles: Mapping[str, str]
    unknown: tuple[Pair, ...]

    @property
    def possible(self) -> dict[str, int]:
        """How many candidates may be proposed in each project."""
        count = dict.fromkeys(self.projects, 0)
        for _, project in self.problem.pairs:
            count[project] += 1
        return count


def call_of(reading: Reading, facts: TalentFacts, before: frozenset[Pair] = frozenset()) -> Call:
    """The problem of a workbook; `before`: pairs in force, of which as many as possible stay."""
    dossiers, talents = reading.valid_rows("candidatures"), reading.valid_rows("talents")
    projects = _by_key(dossiers[laureates(dossiers)], "numero")
    people = dict(sorted(_by_key(talents, "candidature").items(), key=_filed_first))
    locked = {number: lock for number, row in people.items() if (lock := decided_project(row))}
    conflicts = frozenset(_conflicts(people, projects))
    problem = Problem(
        tuple(_candidates(reading, people, projects, facts, locked)),
        tuple(_projects(reading, projects)),
        conflicts,
        reading.campaign.section(TeamRules).budget,
    )
    twice = _known(same_people(people.values()), problem)
    allowed = frozenset(pair for pair in before if pair in problem.allowed)
    unknown = tuple((number, lock) for number, lock in locked.items() if lock not in projects)
    in_force = replace(problem, before=allowed, people=twice)
    profiles = {metier_key(profile): profile for profile in reading.campaign.words.profiles}
    return Call(in_force, people, projects, facts, profiles, unknown)


def unread_decisions(row: Mapping[str, Any]) -> list[str]:
    """The fields of a candidate that cannot be read and may say that they left: nobody is proposed in that doubt."""
    return [field for field in ("statut", "projet_decide") if field in row["unreadable"]]


def _known(groups: Iterable[tuple[str, ...]], problem: Problem) -> tuple[tuple[str, ...], ...]:
    """The candidatures of each person who has several in the problem."""
    known = (tuple(number for number in group if number in problem.by_candidate) for group in groups)
    return tuple(group for group in known if len(group) > 1)


def names_of(talents: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """The name of each candidate, by number."""
    return {number: " ".join(filter(None, (row["prenom"], row["nom"]))) for number, row in talents.items()}


def decided_project(row: Mapping[str, Any]) -> str:
    """The project that people decided for a candidate; '' without any."""
    return str(row["projet_decide"]) if row["projet_decide"] and row["statut"] not in _UNDECIDED else ""


def _by_key(table: pd.DataFrame, key: str) -> dict[str, dict[str, Any]]:
    blank = table.astype(object).where(table.notna(), None)
    return {str(row[key]): row for row in blank.to_dict("records")}  # type: ignore[misc]


def _filed_first(item: tuple[str, Mapping[str, Any]]) -> tuple[bool, Any, tuple[Any, ...]]:
    """The order of candidates, which breaks ties: who filed first, then by number."""
    number, row = item
    filed = row["date_depot"]
    return filed is None, filed or 0, (natural_key(number),)


def _candidates(
    reading: Reading,
    people: Mapping[str, Mapping[str, Any]],
    projects: Mapping[str, Mapping[str, Any]],
    facts: TalentFacts,
    locked: Mapping[str, str],
) -> Iterator[Candidate]:
    vocabulary = reading.campaign.words.profiles
    estimates = rules_costs.estimates(reading.campaign.cofinancing, reading.campaign.salaries)
    for number, row in people.items():
        lock = locked.get(number, "")
        if not lock and (row["statut"] in GONE or number in facts.ineligible or unread_decisions(row)):
            continue
        wishes = facts.wishes.get(number, {})
        there = {numero: projects[numero] for numero in {*wishes, lock} if numero in projects}
        cost = {numero: _cost(row, project, estimates) for numero, project in there.items()}
        yield Candidate(
            number, metier_key(row["metier"] or "", vocabulary), facts.notes.get(number), wishes, lock, cost
        )


def _cost(row: Mapping[str, Any], project: Mapping[str, Any], estimates: Mapping[str, float]) -> float:
    """What a candidate costs a project: the typed cost, else the project's simulation, else the estimate.

    The higher one where the experience is unknown, or the two simulations are out of order.
    """
    if row["cout_reel"] is not None:
        return float(row["cout_reel"])
    both = {field: float(project[field] or estimates[field]) for field in rules_costs.SIMULATIONS}
    if row["experience"] is None or both[rules_costs.UP_TO_5_YEARS] > both[rules_costs.OVER_5_YEARS]:
        return max(both.values())
    return both[rules_costs.OVER_5_YEARS if row["experience"] > _EXPERIENCED else rules_costs.UP_TO_5_YEARS]


def _projects(reading: Reading, projects: Mapping[str, Mapping[str, Any]]) -> Iterator[Project]:
    rules, vocabulary = reading.campaign.section(TeamRules), reading.campaign.words.profiles
    for number in sorted(projects, key=natural_key):
        row = projects[number]
        asked = tuple(metier_key(profile, vocabulary) for profile in row["profils"] or ())
        unread = rules.min if "nombre_eig" in row["unreadable"] else rules.max  # in doubt, nobody too many
        most = unread if row["nombre_eig"] is None else min(rules.max, int(row["nombre_eig"]))
        yield Project(number, asked, rules.min, most)


def _conflicts(people: Mapping[str, Mapping[str, Any]], projects: Mapping[str, Mapping[str, Any]]) -> Iterator[Pair]:
    addresses: dict[str, list[str]] = {}
    for number, row in people.items():
        if row["email"]:
            addresses.setdefault(row["email"], []).append(number)
    for project, row in projects.items():
        for field in ANSWERING:
            yield from ((number, project) for number in addresses.get(row.get(field) or "", ()))
