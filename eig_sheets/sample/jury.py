"""The jurors of the sample campaign, their evaluations, and those who note on pages of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from eig_sheets.sample.dossiers import as_number, is_fictional, is_scored, numbers, quality
from eig_sheets.sample.sources import Row, seeded_random, settings, table
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.text.french import plain


def jurors(rows: Sequence[Row]) -> list[Row]:
    """One row for each juror; `rows` are the dossiers, for the numbers in `Déports`."""
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
    """The address of a fictional juror, in a reserved domain."""
    return f"{plain(name).replace(' ', '.')}@{settings('story.toml')['domain']}"


def _deports(name: str, rows: Sequence[Row]) -> str | None:
    entries = [entry["deports"] for entry in settings("story.toml")["juror_deports"] if entry["jure"] == name]
    deported = [number for number, juror in _story_deports(rows) if juror == name]
    return " ; ".join(entries + deported) or None


def _story_deports(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """Dossier number and juror of each déport of the scenario."""
    groups, number_of = _panels(rows), numbers(rows)
    return [(number_of[d["projet"]], groups[d["projet"]][d["rang"] - 1]) for d in settings("story.toml")["deports"]]


def _panels(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Project → names of the jurors who should score it: one group, without those who have a tie with the applicant."""
    jury, panels = table("jurors.csv"), {}
    letters = sorted({juror["groupe"] for juror in jury})
    for place, row in enumerate(row for row in rows if is_scored(row)):
        group = [juror for juror in jury if juror["groupe"] == letters[place % len(letters)]]
        panels[str(row["projet"])] = [juror["nom"] for juror in group if row["administration"] not in _ties(juror)]
    return panels


def _ties(juror: Mapping[str, str]) -> set[str]:
    entries = settings("story.toml")["juror_deports"]
    return {juror["organisation"]} | {entry["deports"] for entry in entries if entry["jure"] == juror["nom"]}


def evaluations(rows: Sequence[Row], criteria: Sequence[str], seed: int) -> list[Row]:
    """One row for each juror and dossier, sorted by juror; then erroneous rows; then dossiers shared by two groups."""
    panels, deported = _panels(rows), set(_story_deports(rows))
    number_of, evaluation_rows = numbers(rows), []
    for project, names in panels.items():
        for rank, name in enumerate(names, 1):
            is_deported = (number_of[project], name) in deported
            row = (
                _deport_row()
                if is_deported
                else _scored_row(project, name, criteria, seeded_random(seed, f"{project} {name}"), seed)
            )
            evaluation_rows.append(
                {"numero": number_of[project], "jure": address(name)} | row | _story_change(project, rank)
            )
    order = [address(juror["nom"]) for juror in table("jurors.csv")]
    evaluation_rows.sort(key=lambda row: order.index(str(row["jure"])))
    extras = [_extra_row(entry, panels, number_of, criteria, seed) for entry in settings("story.toml")["extras"]]
    return (
        [_with_typed_number(row, order) for row in evaluation_rows]
        + extras
        + _shared_evaluations(rows, panels, criteria, seed)
    )


def _shared_evaluations(
    rows: Sequence[Row], panels: Mapping[str, list[str]], criteria: Sequence[str], seed: int
) -> list[Row]:
    """Evaluations of some dossiers by two jurors of the next group: only they make groups comparable."""
    story, number_of, evaluation_rows = settings("story.toml"), numbers(rows), []
    groups = sorted({juror["groupe"] for juror in table("jurors.csv")})
    for place in story["shared"]:
        project = list(panels)[place]
        [row] = [row for row in rows if row["projet"] == project]
        following = groups[(place + 1) % len(groups)]
        others = [juror for juror in table("jurors.csv") if juror["groupe"] == following]
        names = [juror["nom"] for juror in others if row["administration"] not in _ties(juror)]
        for name in [name for name in names if name not in story["incomplete_rounds"]][:2]:
            scores = _scored_row(project, name, criteria, seeded_random(seed, f"{project} {name}"), seed)
            evaluation_rows.append(scores | {"numero": number_of[project], "jure": address(name)})
    return evaluation_rows


def _with_typed_number(row: Row, order: list[str]) -> Row:
    """The row, with the dossier's number typed as a number for every third juror."""
    third = order.index(str(row["jure"])) % 3 == 2
    return row | {"numero": as_number(row["numero"])} if third else row


def _deport_row() -> Row:
    return {"deport": "oui"}


def _scored_row(project: str, name: str, criteria: Sequence[str], rng: Random, seed: int) -> Row:
    story = settings("story.toml")
    if name in story["incomplete_rounds"] and rng.random() < 0.5:
        return {}
    mark = quality(project, seed) + _leniency(name, seed)
    scores = {criterion: _score(mark, project, rng) for criterion in criteria}
    mean = sum(scores.values()) / len(scores)
    return {
        **scores,
        "coup_de_coeur": "oui" if mean >= 3.8 else None,
        "avis": "Favorable" if mean >= 2.6 else "Défavorable",
        "commentaire": _comment(mean, rng),
        "evalue_le": _day(rng),
    }


def _leniency(name: str, seed: int) -> float:
    """What a juror adds to the mean around which the scores of a dossier are drawn; under 0, a severe one."""
    return seeded_random(seed, f"severity {name}").uniform(-0.2, 0.2) + float(
        settings("story.toml")["severities"].get(name, 0)
    )


def _score(mark: float, project: str, rng: Random) -> float:
    low, high = settings("story.toml")["scale"]
    lowest = low if is_fictional(project) else 3  # a real project is never given a bad score
    return float(min(high, max(lowest, round(rng.gauss(mark, 0.4) * 2) / 2)))


def _comment(mean: float, rng: Random) -> str | None:
    words = settings("story.toml")["words"]["praise" if mean >= 3 else "doubts"]
    return str(rng.choice(words)) if rng.random() < 0.6 else None


def _day(rng: Random) -> datetime:
    first, last = settings("story.toml")["evaluated"]
    return datetime.combine(first + timedelta(days=rng.randint(0, (last - first).days)), time.min)


def _story_change(project: str, rank: int) -> Row:
    changes: Row = {}
    for change in settings("story.toml")["changes"]:
        if (change["projet"], change["rang"]) == (project, rank):
            changes |= {key: None if value == "" else value for key, value in change["notes"].items()}
    return changes


def _extra_row(
    entry: Mapping[str, Any],
    panels: Mapping[str, list[str]],
    number_of: Mapping[str, str],
    criteria: Sequence[str],
    seed: int,
) -> Row:
    project = entry.get("projet", "")
    name = entry.get("jure") or panels[project][entry["rang"] - 1]
    scores = _scored_row(project, name, criteria, seeded_random(seed, f"extra {project} {name}"), seed)
    return {"numero": entry.get("numero") or number_of[project], "jure": address(name)} | scores


FOLDER: Final = "grilles"
"""Where these pages are, in the folder of the demonstration."""
_EVENING: Final = time(18, 30)
_NOT_ON_A_PAGE: Final = ("numero", "jure", "evalue_le")


@dataclass(frozen=True, slots=True)
class FilledPage:
    """What a juror filled of a page, by dossier then by field; naive, `saved` when they last did."""

    answers: Mapping[str, Mapping[str, CellValue]]
    saved: datetime


def pages_are_out(day: date) -> bool:
    """Whether dossiers are assigned, and pages made, on a day: from the screening on."""
    return bool(day >= settings("story.toml")["screened_on"])


def typed(evaluations: Sequence[Row]) -> list[Row]:
    """The evaluations of jurors who type in `Évaluations`."""
    return [row for row in evaluations if row["jure"] not in _jurors()]


def filled_pages(evaluations: Sequence[Row]) -> dict[str, FilledPage | None]:
    """What each juror who has a page filled, by address; None: nothing. `evaluations`: those of a day."""
    return {juror: _filled([row for row in evaluations if row["jure"] == juror]) for juror in _jurors()}


def _filled(evaluations: Sequence[Row]) -> FilledPage | None:
    moments = [moment for row in evaluations if isinstance(moment := row.get("evalue_le"), datetime)]
    if not moments:
        return None
    done = {str(row["numero"]): _answers(row) for row in evaluations if row.get("evalue_le")}
    return FilledPage(done, datetime.combine(max(moments), _EVENING))


def _answers(row: Row) -> dict[str, str | float]:
    """What is filled of a dossier: scores, words, « oui »."""
    on_page = ((field, value) for field, value in row.items() if field not in _NOT_ON_A_PAGE)
    return {field: value for field, value in on_page if isinstance(value, (str, float))}


def _jurors() -> list[str]:
    return [address(name) for name in settings("story.toml")["on_pages"]]
