"""The jurors of the sample campaign and their evaluations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from eig_sheets.french import plain
from eig_sheets.sample.dossiers import is_fictional, is_heard, numbers, quality, typed
from eig_sheets.sample.material import Row, draw, settings, table
from eig_sheets.workbook.cells import WrittenValue


def jurors(rows: Sequence[Row]) -> list[Row]:
    """One row a juror; `rows` are the dossiers, for the numbers in `Déports`."""
    declared = datetime.combine(settings("story.toml")["evaluated"][0], time.min) - timedelta(days=7)
    return [
        {
            "nom": juror["nom"],
            "email": address(juror["nom"]),
            "organisation": juror["organisation"],
            "groupe": juror["groupe"],
            "maximum": int(juror["maximum"]),
            "deports": _deports(juror["nom"], rows),
            "declaration": declared,
            "disponibilites": juror["disponibilites"],
        }
        for juror in table("jurors.csv")
    ]


def address(name: str) -> str:
    """The reserved address of a fictional juror."""
    return f"{plain(name).replace(' ', '.')}@{settings('story.toml')['domain']}"


def _deports(name: str, rows: Sequence[Row]) -> str | None:
    told = [entry["deports"] for entry in settings("story.toml")["juror_deports"] if entry["jure"] == name]
    held = [number for number, juror in _held(rows) if juror == name]
    return " ; ".join(told + held) or None


def _held(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Dossier number and juror of each déport that the story wants."""
    groups, found = _panels(rows), numbers(rows)
    return [(found[d["projet"]], groups[d["projet"]][d["rang"] - 1]) for d in settings("story.toml")["deports"]]


def _panels(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Project → names of the jurors who should score it: one group, less those who have a tie with the applicant."""
    jury, panels = table("jurors.csv"), {}
    letters = sorted({juror["groupe"] for juror in jury})
    for place, row in enumerate(row for row in rows if is_heard(row)):
        group = [juror for juror in jury if juror["groupe"] == letters[place % len(letters)]]
        panels[str(row["projet"])] = [juror["nom"] for juror in group if row["administration"] not in _ties(juror)]
    return panels


def _ties(juror: Mapping[str, str]) -> set[str]:
    told = settings("story.toml")["juror_deports"]
    return {juror["organisation"]} | {entry["deports"] for entry in told if entry["jure"] == juror["nom"]}


def evaluations(rows: Sequence[Row], criteria: Sequence[str], seed: int) -> list[Row]:
    """One row a juror × dossier, sorted by juror as each fills in turn; those that should not be there; the shared."""
    panels, held = _panels(rows), set(_held(rows))
    found, given = numbers(rows), []
    for project, names in panels.items():
        for rank, name in enumerate(names, 1):
            away = (found[project], name) in held
            row = _absent() if away else _scored(project, name, criteria, draw(seed, f"{project} {name}"), seed)
            given.append({"numero": found[project], "jure": address(name)} | row | _change(project, rank))
    order = [address(juror["nom"]) for juror in table("jurors.csv")]
    given.sort(key=lambda row: order.index(str(row["jure"])))
    extras = [_extra(entry, panels, found, criteria, seed) for entry in settings("story.toml")["extras"]]
    return [_hurried(row, order) for row in given] + extras + _shared(rows, panels, criteria, seed)


def _shared(rows: Sequence[Row], panels: Mapping[str, list[str]], criteria: Sequence[str], seed: int) -> list[Row]:
    """Some dossiers as two jurors of the next group score them too: nothing else would compare the groups."""
    story, found, given = settings("story.toml"), numbers(rows), []
    groups = sorted({juror["groupe"] for juror in table("jurors.csv")})
    for place in story["shared"]:
        project = list(panels)[place]
        [row] = [row for row in rows if row["projet"] == project]
        following = groups[(place + 1) % len(groups)]
        others = [juror for juror in table("jurors.csv") if juror["groupe"] == following]
        names = [juror["nom"] for juror in others if row["administration"] not in _ties(juror)]
        for name in [name for name in names if name not in story["incomplete_rounds"]][:2]:
            scores = _scored(project, name, criteria, draw(seed, f"{project} {name}"), seed)
            given.append(scores | {"numero": found[project], "jure": address(name)})
    return given


def _hurried(row: Row, order: list[str]) -> Row:
    """Every third juror types the dossier's number as a number."""
    third = order.index(str(row["jure"])) % 3 == 2
    return row | {"numero": typed(row["numero"])} if third else row


def _absent() -> Row:
    return {"deport": "oui"}


def _scored(project: str, name: str, criteria: Sequence[str], dice: Random, seed: int) -> Row:
    story = settings("story.toml")
    if name in story["incomplete_rounds"] and dice.random() < 0.5:
        return {}
    mark = quality(project, seed) + draw(seed, f"severity {name}").uniform(-0.2, 0.2)
    scores = {criterion: _score(mark, project, dice) for criterion in criteria}
    mean = sum(scores.values()) / len(scores)
    return {
        **scores,
        "coup_de_coeur": "oui" if mean >= 3.8 else None,
        "avis": "Favorable" if mean >= 2.6 else "Défavorable",
        "commentaire": _comment(mean, dice),
        "evalue_le": _day(dice),
    }


def _score(mark: float, project: str, dice: Random) -> float:
    low, high = settings("story.toml")["scale"]
    lowest = low if is_fictional(project) else 3  # a real project is never given a bad score
    return float(min(high, max(lowest, round(dice.gauss(mark, 0.4) * 2) / 2)))


def _comment(mean: float, dice: Random) -> str | None:
    words = settings("story.toml")["words"]["praise" if mean >= 3 else "doubts"]
    return str(dice.choice(words)) if dice.random() < 0.6 else None


def _day(dice: Random) -> datetime:
    first, last = settings("story.toml")["evaluated"]
    return datetime.combine(first + timedelta(days=dice.randint(0, (last - first).days)), time.min)


def _change(project: str, rank: int) -> Row:
    found: Row = {}
    for change in settings("story.toml")["changes"]:
        if (change["projet"], change["rang"]) == (project, rank):
            found |= {key: _blank(value) for key, value in change["notes"].items()}
    return found


def _blank(value: WrittenValue) -> WrittenValue:
    return None if value == "" else value


def _extra(
    entry: Mapping[str, Any],
    panels: Mapping[str, list[str]],
    found: Mapping[str, str],
    criteria: Sequence[str],
    seed: int,
) -> Row:
    project = entry.get("projet", "")
    name = entry.get("jure") or panels[project][entry["rang"] - 1]
    scores = _scored(project, name, criteria, draw(seed, f"extra {project} {name}"), seed)
    return {"numero": entry.get("numero") or found[project], "jure": address(name)} | scores
