"""The dossiers of the sample campaign, as rows of `Candidatures`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from itertools import cycle
from random import Random
from typing import Any

from eig_sheets.domain.decisions import PRESELECTED, WITHDRAWN
from eig_sheets.sample.sources import Row, seeded_random, settings, table
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.text.french import plain

ATTESTATIONS = ("hors_les_murs", "mise_a_disposition", "ouverture_donnees")
PIECES = {"fiche": "docx", "presentation": "pdf", "simulation": "xlsx"}
FACTS = (
    "projet", "administration", "type_administration", "ministere", "region", "porteur", "type_porteur", "programme",
    "convention", "resume", "profils", "demande_cofinancement",
)  # fmt: skip


def dossiers(seed: int) -> list[Row]:
    """One row for each dossier, in the order of receipt, then the duplicates."""
    projects = {project["projet"]: project for project in table("projects.csv")}
    rows = [
        _dossier(projects[name], place, seeded_random(seed, name))
        for place, name in enumerate(_in_order(seed, projects))
    ]
    _number(rows, seed)
    _add_auditions(rows, seed)
    followers = cycle(settings("story.toml")["words"]["followers"])
    rows = [{**row, "suivi_par": name} for row, name in zip(rows, followers, strict=False)]
    return [_with_story(row) for row in rows] + [_with_story(row) for row in _copies(rows)]


def is_fictional(project: str) -> bool:
    """Whether a project of the sample is invented."""
    return project not in {row["projet"] for row in table("projects.csv") if row["fictif"] == "non"}


def is_scored(row: Row) -> bool:
    """Whether a jury scores the dossier."""
    return row.get("preselection") == PRESELECTED and row.get("decision") != WITHDRAWN


def _story(name: str) -> Mapping[str, Any]:
    story: Mapping[str, Any] = settings("story.toml")["dossiers"].get(name, {})
    return story


def quality(project: str, seed: int) -> float:
    """The mean around which a dossier's scores are drawn; a real project's is good."""
    return float(_story(project).get("qualite", seeded_random(seed, f"quality {project}").uniform(3.4, 3.8)))


def _in_order(seed: int, projects: Iterable[str]) -> list[str]:
    late: list[str] = settings("story.toml")["late"]
    names = sorted(projects)
    seeded_random(seed, "order").shuffle(names)
    return [name for name in names if name not in late] + late


def _dossier(project: Mapping[str, str], place: int, rng: Random) -> Row:
    row: Row = {fact: project[fact] or None for fact in FACTS}
    row |= {"nombre_eig": int(project["nombre_eig"])} | _costs(rng) | _people(project, place, rng)
    row |= dict.fromkeys(ATTESTATIONS, "oui")
    row["preselection"] = PRESELECTED if project["fictif"] == "non" else None
    return row


def _costs(rng: Random) -> Row:
    story, level = settings("story.toml"), rng.uniform(0.9, 1.12)
    ages = ("jusqu_a_5_ans", "plus_de_5_ans")
    base = (story["cost_up_to_5_years"], story["cost_over_5_years"])
    return {f"cout_{age}": round(cost * level, -1) for age, cost in zip(ages, base, strict=True)}


def _people(project: Mapping[str, str], place: int, rng: Random) -> Row:
    domain, number = settings("story.toml")["domain"], f"{place + 1:02d}"
    if project["fictif"] == "oui":
        porteur, mentor = rng.sample(settings("story.toml")["words"]["people"], 2)
    else:  # no name is invented for an administration that exists
        porteur, mentor = f"Personne fictive {number}", f"Mentor fictif {number}"
    return {
        "porteur_projet": porteur, "email_porteur": f"porteur-{number}@{domain}",
        "mentor": mentor, "email_mentor": f"mentor-{number}@{domain}",
        "email_rh": f"rh-{number}@{domain}", "email_gestion": f"gestion-{number}@{domain}",
    }  # fmt: skip


def _number(rows: list[Row], seed: int) -> None:
    story, rng = settings("story.toml"), seeded_random(seed, "numbers")
    numero = story["first_number"]
    for row, received in zip(rows, _dates(len(rows), rng), strict=True):
        numero += rng.randint(40, 900)
        row |= {"numero": str(numero), "date_depot": received, "etat": "En instruction"}
        row |= {piece: f"https://{story['domain']}/{numero}/{piece}.{ending}" for piece, ending in PIECES.items()}


def _dates(count: int, rng: Random) -> list[datetime]:
    first, last = settings("story.toml")["pace"]
    days = (last - first).days
    # Most dossiers come in during the last days: the square root shifts dates to the end.
    received = (first + timedelta(days=round(days * rng.random() ** 0.5)) for _ in range(count))
    return sorted(datetime.combine(day, _office_hour(rng)) for day in received)


def _office_hour(rng: Random) -> time:
    return time(rng.randint(9, 18), rng.randint(0, 59), rng.randint(0, 59))


def _add_auditions(rows: list[Row], seed: int) -> None:
    story, rng = settings("story.toml"), seeded_random(seed, "questions")
    for row in rows:
        row |= {"preselection": _story(str(row["projet"])).get("preselection", row["preselection"])}
    scored = [row for row in rows if is_scored(row)]
    for row, moment in zip(scored, _auditions(len(scored)), strict=True):
        row |= {"questions": "\n".join(rng.sample(story["words"]["questions"], 2)), "audition": moment}


def _auditions(count: int) -> Iterator[datetime]:
    story = settings("story.toml")
    juries = story["audition_juries"]
    a_day = -(-count // len(story["auditions"]))
    for place in range(count):
        day, slot = divmod(place // juries, -(-a_day // juries))
        yield story["auditions"][day] + timedelta(minutes=slot * story["audition_minutes"])


def _with_story(row: Row) -> Row:
    """The row with the values of the scenario (story.toml); an empty text there clears a field."""
    story_fields = {key: value for key, value in _story(str(row["projet"])).items() if key not in ("qualite", "copies")}
    if "decision" in story_fields:
        story_fields = {"decide_par": settings("story.toml")["decided_by"], "decide_le": _midnight(), **story_fields}
    return {key: value if value != "" else None for key, value in {**row, **story_fields}.items()}


def _midnight() -> datetime:
    return datetime.combine(settings("story.toml")["decided_on"], time.min)


def _copies(rows: list[Row]) -> Iterator[Row]:
    for row in rows:
        for _ in range(_story(str(row["projet"])).get("copies", 1) - 1):
            yield dict(row)


def numbers(rows: Sequence[Row]) -> dict[str, str]:
    """Project → dossier number."""
    return {str(row["projet"]): str(row["numero"]) for row in rows}


def as_number(numero: WrittenValue) -> WrittenValue:
    """A dossier number typed as a number, not as text."""
    return int(plain(str(numero)))


def selected() -> list[str]:
    """The projects that are selected, in the order of `projects.csv`, and the one that gets no team."""
    real = [row["projet"] for row in table("projects.csv") if row["fictif"] == "non"]
    return [*real, *settings("programme.toml")["decisions"]["selected"]]


def withdrawn() -> dict[str, Mapping[str, Any]]:
    """The selected projects that get no team."""
    return {withdrawal["projet"]: withdrawal for withdrawal in settings("programme.toml")["decisions"]["withdrawn"]}
