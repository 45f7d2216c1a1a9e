"""The inputs of a ranking, without any name: the ranking computed again (guarantee G12), and their SHA-256.

Jurors are numbered in the order of their addresses and groups in that of their names, so that nothing computed depends
on who they are. Projects keep their numbers, which are public.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from eig_sheets import __version__
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.scoring import rules_ranking, rules_scoring
from eig_sheets.call.scoring.calibration import calibrate, on_scale
from eig_sheets.call.scoring.scores import SCORES, included_votes
from eig_sheets.call.selection.selection import SELECTION, Selection
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.config import Campaign
from eig_sheets.domain.frames import objects
from eig_sheets.domain.rules import CallRules, Criterion, RankingRules, ScoringRules

_ANSWERS: Final = ("deport", "coup_de_coeur", "avis")
_SECTIONS: Final = {
    "campaign": {"id", "target"},
    "scoring": {"min", "max", "min_reviews"},
    "criteria": True,
    "ranking": True,
}
_RESULTS: Final = ("numero", "rank", "note", "expected_rank", "p_selected", "zone", "unranked_reason")

Record = dict[str, Any]


def inputs_of(results: Results, campaign: Campaign) -> Record:
    """The inputs that the minutes digest (`ranking_digest`): rules, dossiers, evaluations, limits of a selection."""
    jurors = juror_names(results)
    fields = [*_score_columns(campaign.criteria), *_ANSWERS]
    dossiers = (
        results.of(APPLICATIONS)
        .dossiers[["numero", "preselection", "decision"]]
        .assign(status=results.of(APPLICATIONS).eligibility["status"].astype(str))
    )
    evaluations = (
        results.of(SCORES)
        .evaluations[["numero", *fields]]
        .assign(jure=results.of(SCORES).evaluations["jure"].map(jurors))
    )
    return {
        "rules": campaign.model_dump(mode="json", include=_SECTIONS),  # type: ignore[arg-type]
        "dossiers": _rows(dossiers),
        "evaluations": _rows(evaluations),
        "selection": _selection(results, campaign),
    }


def juror_names(results: Results) -> dict[str, str]:
    """The number that stands for each juror whose evaluations count or may, by address."""
    return _numbered(results.of(SCORES).evaluations["jure"], "jure")


def record_of(reading: Reading, results: Results) -> Record:
    """Everything that the ranking depends on, and the ranking, as JSON can hold them."""
    campaign = reading.campaign
    groups = panels(reading)
    jurors, names = juror_names(results), _numbered(groups.values(), "groupe")
    expected = results.of(SCORES).ranking.set_index("numero")["reviews_expected"]
    return {
        "program": __version__,
        **inputs_of(results, campaign),
        "criteria": [criterion.model_dump(include={"id", "weight"}) for criterion in campaign.criteria],
        "call": campaign.campaign.model_dump(mode="json", include={"id", "opens", "closes", "target"}),
        "ranking_rules": campaign.ranking.model_dump(mode="json"),
        "scoring_rules": campaign.scoring.model_dump(mode="json", exclude={"closes"}),
        "groups": {jurors[juror]: names[group] for juror, group in groups.items() if juror in jurors},
        "expected_reviews": {str(numero): int(count) for numero, count in expected.items()},
        "ranking": _rows(results.of(SCORES).ranking[[*_RESULTS]]),
    }


def _selection(results: Results, campaign: Campaign) -> Record:
    """The rules of the selection, and what each limit counts of each dossier; nothing for a call without such rules."""
    selection = results.of(SELECTION)
    if selection is None or campaign.selection is None:
        return {}
    return {"regles": campaign.selection.model_dump(mode="json"), "limites": _bounds(selection)}


def _bounds(selection: Selection) -> list[list[Any]]:
    """What each bound counts of each dossier: the limit, the value, the number, the weight."""
    return sorted(
        [bound.limit, bound.value, bound.at_least, selection.problem.numbers[member], weight]
        for bound in selection.problem.bounds
        for member, weight in zip(bound.members.tolist(), bound.weights.tolist(), strict=True)
    )


def recomputed(record: Mapping[str, Any]) -> list[Record]:
    """The ranking computed again from a record of `record_of`. Raises KeyError, TypeError, ValueError."""
    criteria = [
        Criterion(id=criterion["id"], label=criterion["id"], weight=criterion["weight"])
        for criterion in record["criteria"]
    ]
    call = CallRules.model_validate_json(json.dumps(record["call"]))
    ranked_by = RankingRules.model_validate_json(json.dumps(record["ranking_rules"]))
    scored_by = ScoringRules.model_validate_json(json.dumps(record["scoring_rules"]))
    dossiers = _frame(record["dossiers"], ("numero", "preselection", "decision", "status"))
    columns = ("numero", "jure", *_score_columns(criteria), *_ANSWERS)
    evaluations = _frame(record["evaluations"], columns).assign(row=range(len(record["evaluations"])))
    for column in _score_columns(criteria):
        evaluations[column] = evaluations[column].astype(bool if column.endswith("_nsp") else float)
    evaluated = rules_scoring.evaluate(evaluations, criteria, scored_by)
    expected = pd.Series(record["expected_reviews"], dtype="int64")
    scores = rules_scoring.score(evaluated, evaluations, dossiers["numero"], criteria, scored_by, expected)
    assessed = dossiers[["numero", "status"]]
    contenders = rules_ranking.contenders(dossiers, assessed, scores)
    span = rules_scoring.OUT_OF * (scored_by.max - scored_by.min) / scored_by.max
    corrected = calibrate(included_votes(evaluated), contenders, call.target, span, record["groups"], ranked_by.zone)
    corrected = on_scale(corrected, rules_scoring.OUT_OF * scored_by.min / scored_by.max, rules_scoring.OUT_OF)
    ranked = rules_ranking.rank(dossiers, assessed, scores, corrected, call, ranked_by, scored_by)
    return _rows(ranked[[*_RESULTS]])


def differences(record: Mapping[str, Any]) -> list[str]:
    """The numbers of the dossiers whose recorded results are not those that follow from the record.

    All of them where this version of the program cannot read the rules of the one that wrote it.
    """
    recorded = {dossier["numero"]: dossier for dossier in record["ranking"]}
    try:
        computed = {dossier["numero"]: dossier for dossier in recomputed(record)}
    except (KeyError, TypeError, ValueError):
        return sorted(recorded)
    return sorted(numero for numero in recorded | computed if recorded.get(numero) != computed.get(numero))


def _score_columns(criteria: Sequence[Criterion]) -> list[str]:
    return [name for criterion in criteria for name in (criterion.id, f"{criterion.id}_nsp")]


def _numbered(values: Any, word: str) -> dict[str, str]:
    known = sorted({str(value) for value in values})
    width = len(str(len(known)))
    return {value: f"{word}-{number:0{width}}" for number, value in enumerate(known, 1)}


def _rows(frame: pd.DataFrame) -> list[Record]:
    """A record for each row, of what JSON can hold: a missing value is None."""
    names = [str(name) for name in frame.columns]
    columns = [_plain(frame[name]) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    complete = column.astype(object).where(column.notna(), None).tolist()
    return [value.item() if hasattr(value, "item") else value for value in complete]


def _frame(rows: Sequence[Record], names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({name: objects(row[name] for row in rows) for name in names})


def inputs(record: Mapping[str, Any]) -> bytes:
    """The inputs of the ranking of a record (`ranking_inputs`), the same bytes whatever the order of its rows.

    JSON in UTF-8, keys sorted, no spaces: `regles`, the sections campaign (id, target), scoring, criteria and ranking;
    `dossiers`, [number, preselection, decision, eligibility]; `evaluations`, [dossier, number of the juror, déport,
    opinion, heart, then the score of each criterion, « NSP » or null], one each, sorted; `selection`, where the call
    has rules for one: these, and what each limit counts of each dossier.
    """
    content = {
        "regles": record["rules"],
        "dossiers": _sorted([[dossier[name] for name in _DOSSIER] for dossier in record["dossiers"]]),
        "evaluations": _evaluations(record),
        **({"selection": record["selection"]} if record["selection"] else {}),
    }
    return canonical(content)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The canonical JSON of a content, for its digest: UTF-8, keys sorted, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(record: Mapping[str, Any]) -> str:
    """The SHA-256 of the inputs, in hexadecimal."""
    return hashlib.sha256(inputs(record)).hexdigest()


_DOSSIER = ("numero", "preselection", "decision", "status")
_EVALUATION = ("numero", "jure", "deport", "avis", "coup_de_coeur")


def _evaluations(record: Mapping[str, Any]) -> list[list[Any]]:
    criteria = [criterion["id"] for criterion in record["rules"]["criteria"]]
    return _sorted(
        [
            [evaluation[name] for name in _EVALUATION]
            + ["NSP" if evaluation[f"{criterion}_nsp"] else evaluation[criterion] for criterion in criteria]
            for evaluation in record["evaluations"]
        ]
    )


def _sorted(rows: list[list[Any]]) -> list[list[Any]]:
    return sorted(rows, key=lambda row: [str(cell) for cell in row])
