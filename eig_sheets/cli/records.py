"""The records of `rank` and `cofinancing`: their JSON is a contract (design 4), their table is for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from eig_sheets.campaign.explain_rank import SELECTED, signed
from eig_sheets.campaign.juror_texts import cut_text
from eig_sheets.campaign.open_points import LEFT_ASIDE, left_aside
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.selection_texts import moved_texts
from eig_sheets.campaign.sensitivity import Mover, Sensitivity, mover_text
from eig_sheets.cli.output import jsonable
from eig_sheets.config import Campaign
from eig_sheets.domain.calibration import OBSERVED
from eig_sheets.text.french import NARROW, number, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.alerts import AlertTexts, alert_texts
from eig_sheets.workbook.probabilities import style_of
from eig_sheets.workbook.render.cells import sentence, written
from eig_sheets.workbook.render.classement import interval, reviews_text
from eig_sheets.workbook.render.cofinancement import amount_nature, missing_text

RANK_HEADERS = {
    "rank": "Rang",
    "dossier": "Dossier",
    "project": "Projet",
    "note": "Note /20",
    "reviews": "Évaluations",
    "expected_rank": "Rang attendu",
    "interval": typographic("Intervalle 50 %"),
    "selected": "Sélection",
    "zone": "Zone",
    "proposal": "Proposition",
    "decision": "Décision",
    "remarks": "Alertes",
}
JUROR_HEADERS = {
    "juror": "Juré",
    "name": "Nom",
    "group": "Groupe",
    "reviews": "Évaluations",
    "severity": "Sévérité (points sur 20)",
    "error": "Erreur type",
    "fit": "Écart",
    "fit_flag": "Ses notes",
    "spreads": "Étalement",
    "remark": "Alertes",
}
SENSITIVITY_HEADERS = {
    "said": "Ce qui change",
    "enters": "Entre dans les places",
    "leaves": "Sort des places",
}
COFINANCING_HEADERS = {
    "dossier": "Dossier",
    "decision": "Décision",
    "status": "Statut",
    "route": "Voie",
    "programme": "Programme",
    "eig": "EIG",
    "amount_min": "Minimum (€)",
    "amount_max": "Maximum (€)",
    "nature": "Montant",
    "missing": "Ce qui manque",
}
_UNOBSERVED = dict.fromkeys(OBSERVED)
_INTERVALS = ("interval_50", "mass_50", "interval_90", "mass_90")
_COPIED_KEYS = ("reviews", "reviews_expected", "stdev", "expected_rank", *_INTERVALS, "p_selected")
_LAST_KEYS = ("zone", "proposal", "decision", "alerts", "unranked_reason", "proposal_reserves")


def rank_records(results: Results, campaign: Campaign) -> list[dict[str, Any]]:
    """One record for each dossier, in official order."""
    dossiers = results.dossiers.set_index("numero")
    criteria = [criterion.id for criterion in campaign.criteria]
    return [
        {
            "rank": jsonable(row["rank"]),
            "dossier": row["numero"],
            "project": jsonable(dossiers["projet"].at[row["numero"]]),
            "administration": jsonable(dossiers["administration"].at[row["numero"]]),
            "note": jsonable(row["note"]),
            "criteria": {criterion: jsonable(row[criterion]) for criterion in criteria},
            **{key: jsonable(row[key]) for key in (*_COPIED_KEYS, *_LAST_KEYS)},
            "left_aside": None,
        }
        for row in _rows(results.ranking)
    ]


def left_aside_records(reading: Reading) -> list[dict[str, Any]]:
    """One record for each dossier that was received and that no result counts: `left_aside` says why, with its cell."""
    nothing = dict.fromkeys((*_COPIED_KEYS, *_LAST_KEYS))
    return [
        {
            "rank": None,
            "dossier": one.numero,
            "project": one.name or None,
            "administration": one.administration or None,
            "note": None,
            "criteria": dict.fromkeys(criterion.id for criterion in reading.campaign.criteria),
            **nothing,
            "reviews": 0,
            "reviews_expected": 0,
            "alerts": [],
            "proposal_reserves": [],
            "unranked_reason": LEFT_ASIDE,
            "left_aside": typographic(one.text),
        }
        for one in left_aside(reading)
    ]


def _rows(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    return frame.to_dict("records")


def rank_lines(records: Sequence[Mapping[str, Any]], results: Results, campaign: Campaign) -> list[dict[str, Any]]:
    """The table of the ranking: French words, remarks in one column."""
    style = style_of((record["p_selected"] for record in records), campaign.ranking.zone)
    texts = alert_texts(results.ranking, campaign.campaign.target, results.calibration)
    moved = moved_texts(results.selection)
    return [
        {
            **record,
            "reviews": reviews_text(record["reviews"], record["reviews_expected"]),
            "interval": interval(record["interval_50"], record["mass_50"]),
            "selected": None if record["p_selected"] is None else style.text(record["p_selected"]),
            "zone": words.ZONES.get(record["zone"]),
            "proposal": words.proposal_text(record["proposal"], record["proposal_reserves"]),
            "remarks": _remarks(record, texts, moved.get(record["dossier"])),
        }
        for record in records
    ]


def explained_lines(
    explanation: Sequence[Mapping[str, Any]], reading: Reading, results: Results
) -> list[Mapping[str, Any]]:
    """The table of an explanation: its probability as the ranking shows it."""
    style = style_of(results.ranking["p_selected"], reading.campaign.ranking.zone)
    return [{**line, "value": style.text(line["value"])} if line["what"] == SELECTED else line for line in explanation]


def _remarks(record: Mapping[str, Any], texts: AlertTexts, moved: str | None) -> str | None:
    if record["left_aside"]:
        return typographic(f"{words.LEFT_ASIDE} ({record['left_aside']})")
    unranked = [words.UNRANKED[record["unranked_reason"]]] if record["unranked_reason"] else []
    return sentence([*unranked, *([moved] if moved else []), *texts.of(record["alerts"])])


def juror_records(reading: Reading, results: Results) -> list[dict[str, Any]]:
    """One record for each juror who scored a ranked dossier, then one for each group, whose `juror` is null.

    `severity`: what the juror takes off a note out of 20, beside an average juror (above 0, severe); `error`: its
    standard error. `fit`: how far the juror's votes are from what the others and the model expect, 1 when as expected;
    `fit_p`: the probability that an honest jury has any juror so far; `fit_flag`: `ecart`, `accord` or `trop_peu`.
    `spread`, `spread_others`: standard deviations of the juror's notes, and of the others' for the same dossiers.
    `at_ceiling`: the share of the juror's notes at an end of the scale. Null when nothing can be corrected, and all but
    the first two for a group. `mean`: of the notes of a group.
    """
    jury, calibration = reading.valid_rows("jury"), results.calibration
    names = dict(zip(jury["email"], jury["nom"], strict=True))
    jurors = [
        _juror(row, juror=row["jure"], name=jsonable(names.get(row["jure"])), group=jsonable(row["groupe"]))
        for row in _rows(calibration.jurors.reset_index())
    ]
    scored = calibration.jurors.groupby("groupe")["reviews"].sum()
    groups = [
        _juror({**_UNOBSERVED, **row, "reviews": scored[row["groupe"]]}, juror=None, name=None, group=row["groupe"])
        for row in _rows(calibration.groups.reset_index())
    ]
    return jurors + groups


def _juror(row: Mapping[Any, Any], **who: Any) -> dict[str, Any]:
    return who | {key: jsonable(row.get(key)) for key in ("reviews", "mean", "severity", "error", *OBSERVED)}


def juror_lines(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The table of jurors: signed severities, French words."""
    return [
        {
            **record,
            "juror": record["juror"] or "groupe entier",
            "severity": None if record["severity"] is None else signed(record["severity"]),
            "fit": None if record["fit"] is None else number(record["fit"], 1),
            "fit_flag": words.FITS.get(record["fit_flag"]),
            "spreads": _spreads(record["spread"], record["spread_others"]),
            "remark": cut_text(record["at_ceiling"] or 0) or None,
        }
        for record in records
    ]


def _spreads(own: float | None, others: float | None) -> str | None:
    """2,10 (autres : 2,35)."""
    if own is None:
        return None
    return number(own, 2) if others is None else typographic(f"{number(own, 2)} (autres : {number(others, 2)})")


def sensitivity_records(sensitivity: Sensitivity) -> list[dict[str, Any]]:
    """One record for each sensitivity scenario, those without effect included.

    `scenario`: a code; `subject`: a criterion's id or a juror's address; `enters`, `leaves`: project by number of
    dossier; `without_note`: those of them that leave because nobody else scored them.
    """
    return [
        {
            "scenario": variation.change.value,
            "subject": variation.subject,
            "enters": {mover.numero: mover.project for mover in variation.enters},
            "leaves": {mover.numero: mover.project for mover in variation.leaves},
            "without_note": [mover.numero for mover in variation.leaves if not mover.noted],
        }
        for variation in sensitivity.variations
    ]


def sensitivity_lines(sensitivity: Sensitivity) -> list[dict[str, Any]]:
    """The table of the scenarios that change who is within the places."""
    return [
        {"said": variation.label, "enters": _movers(variation.enters), "leaves": _movers(variation.leaves)}
        for variation in sensitivity.moving
    ]


def _movers(movers: Sequence[Mover]) -> str:
    return f"{NARROW}; ".join(map(mover_text, movers))


_FIRST_OF_COFINANCING = ("requested", "eligible", "status", "route", "payment", "programme")
_LAST_OF_COFINANCING = {
    "decision": "decision", "siret": "siret", "contact": "email_gestion", "eig": "nombre_eig", "months": "months",
    "amount_per_eig_min": "one_min", "amount_per_eig_max": "one_max", "after_recruitment": "exact",
    "recruited": "recruited", "paid_months": "paid_months", "foreseen_min": "range_min", "foreseen_max": "range_max",
}  # fmt: skip
"""The last keys of a record, and the column of each."""


def cofinancing_records(results: Results) -> list[dict[str, Any]]:
    """One record for each dossier, in the order of the sheet."""
    typed = results.dossiers[["decision", "siret", "email_gestion", "nombre_eig"]]
    return [
        {
            "dossier": row["numero"],
            **{key: jsonable(row[key]) for key in _FIRST_OF_COFINANCING},
            "reason": sentence([words.COFINANCING_REASONS[row["reason"]]]),
            "missing": list(row["missing"]),
            **{key: jsonable(row[key]) for key in ("amount_min", "amount_max", "estimated")},
            "source": jsonable(row["source"]),
            **{key: written(row[column]) for key, column in _LAST_OF_COFINANCING.items()},
            "awaited": list(row["awaited"]),
            "carried": bool(row["carried"]),
            "to_check": list(row["to_check"]),
        }
        for row in _rows(results.cofinancing.join(typed))
    ]


def cofinancing_lines(records: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The table of co-financing: French words."""
    return [
        {
            **record,
            "status": words.COFINANCING[record["status"]],
            "route": words.credit_route(record["route"], record["payment"], record["carried"]),
            "missing": missing_text(record["missing"], record["to_check"]),
            "nature": amount_nature(record["status"], record["amount_max"], exact=record["after_recruitment"]),
        }
        for record in records
    ]
