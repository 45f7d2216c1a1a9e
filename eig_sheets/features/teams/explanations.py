"""« Pourquoi pas moi ? »: for each wish of a candidate, what would have to change and what the teams would lose. Pure.

The sentences name no other candidate: officers may read them to the person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from eig_sheets.features.talents.settings import WISHES
from eig_sheets.features.teams.problem import GONE, Call
from eig_sheets.features.teams.proposal import Teaming
from eig_sheets.features.teams.rules_explain import Forced, forced
from eig_sheets.features.teams.rules_problem import Candidate
from eig_sheets.text.french import listed, number, plural, typographic


@dataclass(frozen=True, slots=True)
class WishAnswer:
    """What is said of one wish. `lost` objective and `needed` note are None where they mean nothing."""

    wish: int | None
    dossier: str
    project: str
    proposed: bool
    lost_projects: int | None
    lost_metiers: int | None
    lost_objective: float | None
    note_needed: float | None
    answer: str


def explain_candidate(teaming: Teaming, candidate: str) -> list[WishAnswer]:
    """An answer for each wish, in their order; for the decided project of who wished none."""
    row = teaming.call.talents[candidate]
    asked = [(place, str(row[field])) for place, field in enumerate(WISHES, 1) if row[field]]
    placed = teaming.proposal.placed.get(candidate)
    if placed is not None and placed not in {project for _, project in asked}:
        asked.append((0, placed))
    return [_answer(teaming, candidate, place, project) for place, project in asked] or [
        WishAnswer(None, "", "", False, None, None, None, None, typographic("Aucun vœu : personne ne peut proposer une "
        "équipe, sauf à saisir « Projet décidé »."))
    ]  # fmt: skip


def _answer(teaming: Teaming, candidate: str, place: int, project: str) -> WishAnswer:
    call, wish = teaming.call, place or None
    name = str((call.projects.get(project) or {}).get("projet") or "")
    reason = _not_possible(call, candidate, project)
    if reason:
        return WishAnswer(wish, project, name, False, None, None, None, None, typographic(reason))
    if teaming.proposal.placed.get(candidate) == project:
        return WishAnswer(
            wish, project, name, True, 0, 0, 0.0, None, typographic("Vous faites partie de l’équipe proposée.")
        )
    wishes, placed = call.problem.by_candidate[candidate].wishes, teaming.proposal.placed.get(candidate, "")
    if placed in wishes and wishes[placed] < wishes.get(project, 0):
        text = f"Vous faites partie de l’équipe proposée du projet {placed}, que vous préférez."
        return WishAnswer(wish, project, name, False, None, None, None, None, typographic(text))
    outcome = forced(call.problem, teaming.proposal, candidate, project)
    lost = outcome.lost
    text = typographic(" ".join(_sentences(teaming, candidate, project, outcome)))
    return WishAnswer(
        wish, project, name, False, lost.served if lost else None, lost.covered if lost else None,
        lost.objective if lost else None, _up(outcome.needed), text,
    )  # fmt: skip


def _not_possible(call: Call, candidate: str, project: str) -> str:
    """Why a candidate cannot be proposed there, whatever the others are; '' when they can."""
    row, person = call.talents[candidate], call.problem.by_candidate.get(candidate)
    if row["statut"] in GONE:
        return f"Votre candidature est « {row['statut']} »."
    if candidate in call.facts.ineligible and person is None:
        return "Votre candidature est inéligible : Classement des talents dit pourquoi."
    if project not in call.projects:
        return "Ce projet n’est pas lauréat."
    if person is None:
        return "Ce que l’équipe a saisi de votre candidature ne se lit pas : Anomalies dit quelle cellule."
    if person.locked:
        return "" if person.locked == project else f"Il est décidé que vous êtes dans le projet {person.locked}."
    if project not in call.facts.wishes.get(candidate, {}):
        return "Ce vœu ne compte pas (hors délai, ou en trop) : Anomalies le dit."
    return _not_proposed(call, candidate, project)


def _not_proposed(call: Call, candidate: str, project: str) -> str:
    """Why a candidate is not proposed in a project that they wished, whatever other candidates do."""
    others = call.problem.others.get(candidate, ())
    decided = [candidature for candidature in others if call.problem.by_candidate[candidature].locked]
    if decided:
        return f"Votre candidature {decided[0]} a déjà un projet décidé : une personne a une place au plus."
    if (candidate, project) in call.problem.forbidden:
        return "Votre adresse est celle d’un contact de ce projet : ce serait un conflit d’intérêts."
    if candidate not in call.facts.notes:
        return "Vous n’avez pas de note : aucune évaluation complète."
    return ""


def _sentences(teaming: Teaming, candidate: str, project: str, outcome: Forced) -> Iterator[str]:
    person = teaming.call.problem.by_candidate[candidate]
    yield _who_is_there(teaming, person, project)
    if outcome.lost is None:
        yield "Aucune équipe n’y est possible avec vous : trop peu de candidats, ou des places déjà décidées."
        return
    lost = outcome.lost
    if lost.served:
        what = plural(lost.served, "projet de moins aurait", "projets de moins auraient")
        yield f"Avec vous dans ce projet, {what} une équipe : aucune note n’y suffirait."
    elif lost.covered:
        what = plural(
            lost.covered, "profil demandé ne serait plus couvert", "profils demandés ne seraient plus couverts"
        )
        yield f"Avec vous dans ce projet, {what} : aucune note n’y suffirait."
    elif candidate in teaming.proposal.placed and lost.value:
        yield (
            f"Avec vous dans ce projet plutôt que dans votre équipe, l’ensemble perdrait {_points(lost.points)} : "
            "votre note compte autant ici que là."
        )
    elif outcome.needed is None:
        yield (
            f"Avec vous dans ce projet, l’ensemble des équipes perdrait {_points(lost.points)} : même 20/20 n’y "
            "suffirait pas, car les vœux des uns et des autres comptent aussi."
        )
    elif lost.value:
        yield (
            f"Avec vous dans ce projet, l’ensemble des équipes perdrait {_points(lost.points)} : il vous aurait fallu "
            f"{number(_up(outcome.needed) or 0)}/20 au lieu de {number(round(person.note or 0, 2))}/20 pour qu’elles "
            "se valent."
        )
    else:
        yield "Les équipes se vaudraient avec vous : à égalité, la candidature déposée d’abord est préférée."


def _who_is_there(teaming: Teaming, person: Candidate, project: str) -> str:
    """Which places are taken, of the same métier and with which notes: nobody is named."""
    team = teaming.call.problem.teams(teaming.proposal.pairs).get(project, ())
    if not team:
        return "Ce projet n’a pas d’équipe."
    same = [each for each in team if each.metier == person.metier]
    if not same:
        return f"Les {plural(len(team), 'place prise', 'places prises')} le sont par d’autres métiers que le vôtre."
    notes = [f"{number(round(each.note, 2))}/20" if each.note is not None else "décidé sans note" for each in same]
    wishes = [each.wishes.get(project) for each in same]
    told = [f"{note}, {f'vœu {wish}' if wish else 'sans vœu'}" for note, wish in zip(notes, wishes, strict=True)]
    kind = "La place de votre métier est prise" if len(told) == 1 else "Les places de votre métier sont prises"
    return f"{kind} ({listed(told)})."


def _points(points: float) -> str:
    return f"{number(round(points, 2))} {'point' if points < 2 else 'points'} de note"


def _up(value: float | None) -> float | None:
    """The value rounded up to the hundredth, so that the note that is told suffices."""
    return None if value is None else ceil(round(value * 100, 6)) / 100
