"""The projects of the jury's page: results, votes of the jurors, missing pieces."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.scoring.rules_ranking import Alert
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import AlertTexts
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.call.selection.words import moved_texts
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.text.french import typographic
from eig_sheets.workbook import words

MOST_SHOWN = 300
"""Dossiers of one page: those around the last place, when there are more. A browser, and a jury, read no more."""

_GLOBAL_ALERTS = (Alert.AS_MANY_PLACES, Alert.COLLECTIVE, Alert.FEW_REPEATED, Alert.DISCONNECTED, Alert.TOO_MANY_JURORS)
"""Alerts that hold of the whole ranking: the page says them once."""
_LINKS = ("http://", "https://")
_STATUS = {
    EvaluationStatus.INCLUDED: "",
    EvaluationStatus.RECUSED: "déport",
    EvaluationStatus.INCOMPLETE: "notes en attente",
    EvaluationStatus.NO_SCORE: "ne se prononce pas",
}


@dataclass(frozen=True, slots=True)
class Vote:
    """The vote of one juror about a dossier. `note` is out of 20, None unless it counts: `status` says why."""

    juror: str
    note: float | None
    status: str
    nsp: int
    opinion: str
    heart: bool
    comment: str


@dataclass(frozen=True, slots=True)
class Project:
    """A ranked dossier; every text is what people typed, to be escaped. A missing number is None.

    `means`: one a criterion, on the scale. `interval_50`, `interval_90`: lowest and highest rank; `mass_50`,
    `mass_90`: the probability that the rank is inside. `zone`: a code.
    `contradicted`: whether the zone and the proposal contradict each other. `amounts`: least and most euros of
    co-financing. `reserve`: what the proposal « sous réserve » waits for.
    """

    numero: str
    label: str
    rank: int
    name: str
    administration: str
    facts: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    summary: str
    questions: str
    note: float | None
    corrected: float | None
    corrected_error: float | None
    means: tuple[float | None, ...]
    stdev: float | None
    reviews: int
    reviews_expected: int
    expected_rank: float | None
    interval_50: tuple[int, int] | None
    mass_50: float | None
    interval_90: tuple[int, int] | None
    mass_90: float | None
    p_selected: float | None
    zone: str
    proposal: str
    contradicted: bool
    decision: str
    remarks: tuple[str, ...]
    cofinancing: str
    amounts: tuple[float, float] | None
    missing: tuple[str, ...]
    votes: tuple[Vote, ...]
    recused: tuple[str, ...]
    reserve: str = ""


def window(count: int, places: int) -> slice:
    """The ranked dossiers that are shown, out of `count`: all, or MOST_SHOWN around the last place."""
    start = max(0, min(places - MOST_SHOWN // 2, count - MOST_SHOWN))
    return slice(start, start + MOST_SHOWN)


def projects_of(
    rows: pd.DataFrame,
    results: Results,
    campaign: Campaign,
    names: Mapping[str, str],
    recusals: Mapping[str, tuple[str, ...]],
    texts: AlertTexts,
) -> tuple[Project, ...]:
    """The projects of some ranked `rows` of the ranking, in their order."""
    numbers = list(rows["numero"])
    dossiers, money = (
        _by_number(results.of(APPLICATIONS).dossiers, numbers),
        _by_number(results.of(COFINANCING), numbers),
    )
    corrected = (
        results.of(SCORES).calibration.dossiers[["corrected", "corrected_error"]].rename_axis("numero").reset_index()
    )
    notes = _by_number(corrected, numbers)
    votes, labels, moved = _votes(results, numbers, names), _labels(rows, dossiers), moved_texts(results.of(SELECTION))
    return tuple(
        _project(
            row | dossiers[row["numero"]] | notes[row["numero"]],
            money[row["numero"]],
            campaign,
            texts,
            label=label,
            votes=votes.get(row["numero"], ()),
            recused=tuple(names.get(juror, juror) for juror in recusals.get(row["numero"], ())),
            moved=moved.get(row["numero"], ""),
        )
        for row, label in zip(_records(rows), labels, strict=True)
    )


def _project(
    row: Mapping[str, Any],
    money: Mapping[str, Any],
    campaign: Campaign,
    texts: AlertTexts,
    *,
    label: str,
    votes: tuple[Vote, ...],
    recused: tuple[str, ...],
    moved: str,
) -> Project:
    return Project(
        numero=row["numero"],
        label=label,
        rank=int(row["rank"]),
        name=name_of(row),
        administration=_text(row["administration"]),
        facts=tuple(_facts(row)),
        links=tuple(_links(row)),
        summary=_text(row["resume"]),
        questions=_text(row["questions"]),
        note=_number(row["note"]),
        corrected=_number(row["corrected"]),
        corrected_error=_number(row["corrected_error"]),
        means=tuple(_number(row[criterion.id]) for criterion in campaign.criteria),
        stdev=_number(row["stdev"]),
        reviews=int(row["reviews"]),
        reviews_expected=int(row["reviews_expected"]),
        expected_rank=_number(row["expected_rank"]),
        interval_50=row["interval_50"],
        mass_50=_number(row["mass_50"]),
        interval_90=row["interval_90"],
        mass_90=_number(row["mass_90"]),
        p_selected=_number(row["p_selected"]),
        zone=str(row["zone"] or ""),
        proposal=words.proposal_text(row["proposal"], row["proposal_reserves"]) or "",
        contradicted=contradicted(row["alerts"]),
        decision=_text(row["decision"]),
        remarks=(*filter(None, (moved,)), *_remarks(row, campaign, texts)),
        cofinancing=words.COFINANCING.get(money["status"], "À préciser"),
        amounts=_amounts(money),
        missing=tuple(typographic(words.MISSING[code]) for code in money["missing"]),
        votes=votes,
        recused=recused,
    )


def contradicted(alerts: Iterable[str]) -> bool:
    """Whether the official proposal and the zone contradict each other, by the alerts of a dossier."""
    return not {Alert.LAUREATE_OUT, Alert.OTHER_IN}.isdisjoint(alerts)


def name_of(row: Mapping[str, Any]) -> str:
    """The name of the project, else « Dossier » and its number."""
    return _text(row["projet"]) or f"Dossier {row['numero']}"


def _facts(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    eig = _number(row["nombre_eig"])
    facts = {
        "Type d’administration": _text(row["type_administration"]),
        "Ministère": _text(row["ministere"]),
        "Région": _text(row["region"]),
        "Partenaires": _text(row["partenaires"]),
        "EIG demandés": "" if eig is None else f"{eig:g}",
        "Profils": ", ".join(row["profils"] or ()) if isinstance(row["profils"], tuple) else "",
    }
    yield from ((what, value) for what, value in facts.items() if value)


def _links(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The web addresses in the pieces of a dossier; any other scheme is left out."""
    for field, words_ in (("fiche", "Fiche détaillée"), ("presentation", "Présentation"), ("simulation", "Simulation")):
        address = _text(row[field])
        if address.lower().startswith(_LINKS):
            yield words_, address


def _remarks(row: Mapping[str, Any], campaign: Campaign, texts: AlertTexts) -> tuple[str, ...]:
    tie = row["tie_break"]
    remarks = [f"à note égale, départagé par « {campaign.labels[tie]} »"] if tie else []
    remarks += texts.of(code for code in row["alerts"] if code not in _GLOBAL_ALERTS)
    return tuple(map(typographic, remarks))


def _amounts(money: Mapping[str, Any]) -> tuple[float, float] | None:
    least, most = _number(money["amount_min"]), _number(money["amount_max"])
    return None if least is None or most is None else (least, most)


def _votes(results: Results, numbers: list[str], names: Mapping[str, str]) -> dict[str, tuple[Vote, ...]]:
    chosen = results.of(SCORES).evaluations["numero"].isin(numbers)
    typed = results.of(SCORES).evaluations.loc[chosen, ["numero", "jure", "avis", "coup_de_coeur", "commentaire"]]
    judged = results.of(SCORES).evaluated.loc[chosen, ["note", "status", "nsp"]]
    by_dossier: dict[str, list[Vote]] = {}
    for row in _records(typed.join(judged)):
        by_dossier.setdefault(row["numero"], []).append(_vote(row, names))
    return {numero: tuple(sorted(votes, key=lambda vote: vote.juror)) for numero, votes in by_dossier.items()}


def _vote(row: Mapping[str, Any], names: Mapping[str, str]) -> Vote:
    recused = row["status"] == EvaluationStatus.RECUSED
    return Vote(
        juror=names.get(row["jure"], row["jure"]),
        note=_number(row["note"]),
        status=_STATUS[EvaluationStatus(row["status"])],
        nsp=int(row["nsp"]),
        opinion="" if recused else _text(row["avis"]),
        heart=row["coup_de_coeur"] is True and not recused,
        comment="" if recused else _text(row["commentaire"]),
    )


def _labels(rows: pd.DataFrame, dossiers: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The label of each project in plots: rank and name, with its number where two would be the same."""
    pairs = list(zip(rows["numero"], rows["rank"], strict=True))
    first = [f"{rank}. {name_of(dossiers[numero])}" for numero, rank in pairs]
    twice = {label for label in first if first.count(label) > 1}
    return [f"{label} ({numero})" if label in twice else label for label, (numero, _) in zip(first, pairs, strict=True)]


def _by_number(frame: pd.DataFrame, numbers: list[str]) -> dict[str, dict[str, Any]]:
    chosen = frame[frame["numero"].isin(numbers)]
    return {row["numero"]: row for row in _records(chosen)}


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    complete = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in complete.to_dict("records")]


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
