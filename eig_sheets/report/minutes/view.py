"""The content of the minutes, from a reading and its results; independent of the document's format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.ranking import by_expected_rank
from eig_sheets.report.digest import digest
from eig_sheets.report.minutes.rules import RuleChanges, rule_changes_of, rules_of
from eig_sheets.report.people import names_of, recusals_of
from eig_sheets.report.projects import name_of
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.alerts import alert_texts, everyone_fits_text
from eig_sheets.workbook.probabilities import ProbabilityStyle, style_of


@dataclass(frozen=True, slots=True)
class Member:
    """A juror, and the day their declaration of interests came, in words."""

    name: str
    organisation: str
    group: str
    declared: str


@dataclass(frozen=True, slots=True)
class RankedDossier:
    """A ranked dossier, raw and corrected side by side; a missing number is None."""

    numero: str
    name: str
    administration: str
    rank: int
    note: float | None
    corrected: float | None
    expected_rank: float | None
    p_selected: float | None
    proposal: str


@dataclass(frozen=True, slots=True)
class DecidedDossier:
    """The decision of people on a dossier; empty texts are blanks to complete."""

    numero: str
    name: str
    decision: str
    reason: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Minutes:
    """The content of the document. `recusals`: the juror, then the dossiers. `rules`: the rule, its value, its source.

    `everyone_fits`: why the rank selects nobody, or nothing. `said_once`: sentences about the whole ranking.
    `uncorrected`: why there is no corrected ranking, or nothing. `unranked`: number, name, why.
    """

    title: str
    banner: str
    day: date
    members: tuple[Member, ...]
    recusals: tuple[tuple[str, tuple[str, ...]], ...]
    rules: tuple[tuple[str, str, str], ...]
    changes: RuleChanges
    by_expected_rank: bool
    uncorrected: str
    everyone_fits: str
    said_once: tuple[str, ...]
    probability: ProbabilityStyle
    placed: tuple[RankedDossier, ...]
    unranked: tuple[tuple[str, str, str], ...]
    decided: tuple[DecidedDossier, ...]
    digest: str


def minutes_of(reading: Reading, results: Results, day: date) -> Minutes:
    """The minutes of a campaign, dated `day`."""
    campaign, calibration = reading.campaign, results.calibration
    call = campaign.campaign
    rows = _rows(results)
    ranked = [row for row in rows if row["rank"] is not None]
    corrected = calibration.dossiers["corrected"].dropna().to_dict()
    return Minutes(
        title=call.name or call.id,
        banner=call.banner,
        day=day,
        members=tuple(_members(reading)),
        recusals=_recusals(reading, results),
        rules=tuple(rules_of(campaign, reading.overrides)),
        changes=rule_changes_of(reading, results, day),
        by_expected_rank=by_expected_rank(campaign.ranking, calibration),
        uncorrected="" if calibration.reason is None else words.UNCORRECTED[calibration.reason],
        everyone_fits=everyone_fits_text(len(ranked), call.target) if len(ranked) <= call.target else "",
        said_once=alert_texts(results.ranking, call.target, calibration).once,
        probability=style_of(results.ranking["p_selected"], campaign.ranking.zone),
        placed=tuple(_placed(row, corrected.get(row["numero"])) for row in ranked),
        unranked=tuple(
            (row["numero"], name_of(row), typographic(words.UNRANKED[row["unranked_reason"]]))
            for row in rows
            if row["rank"] is None
        ),
        decided=tuple(_decided(row) for row in rows if row["rank"] is not None or row["decision"]),
        digest=digest(results, campaign),
    )


def _rows(results: Results) -> list[Mapping[str, Any]]:
    """Every dossier, in official order, with what people typed of it."""
    typed = ["numero", "projet", "administration", "motif", "decide_par", "decide_le"]
    table = results.ranking.merge(results.dossiers[typed], on="numero", how="left", validate="one_to_one")
    return _records(table)


def _records(table: pd.DataFrame) -> list[Mapping[str, Any]]:
    complete = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in complete.to_dict("records")]


def _members(reading: Reading) -> Iterator[Member]:
    for row in _records(reading.valid_rows("jury")):
        yield Member(
            row["nom"] or row["email"], row["organisation"] or "", row["groupe"] or "", _day(row["declaration"])
        )


def _day(value: object) -> str:
    return french_day(value) if isinstance(value, date | datetime) else ""


def _recusals(reading: Reading, results: Results) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names, recusals = names_of(reading), recusals_of(reading, results)
    projects = dict(zip(results.dossiers["numero"], map(name_of, _records(results.dossiers)), strict=True))
    by_juror: dict[str, list[str]] = {}
    for numero, jurors in recusals.items():
        for juror in jurors:
            by_juror.setdefault(juror, []).append(f"{projects[numero]} ({numero})")
    return tuple(sorted((names.get(juror, juror), tuple(dossiers)) for juror, dossiers in by_juror.items()))


def _placed(row: Mapping[str, Any], corrected: float | None) -> RankedDossier:
    return RankedDossier(
        numero=row["numero"],
        name=name_of(row),
        administration=row["administration"] or "",
        rank=int(row["rank"]),
        note=row["note"],
        corrected=corrected,
        expected_rank=row["expected_rank"],
        p_selected=row["p_selected"],
        proposal=words.proposal_text(row["proposal"], row["proposal_reserves"]) or "",
    )


def _decided(row: Mapping[str, Any]) -> DecidedDossier:
    return DecidedDossier(
        numero=row["numero"],
        name=name_of(row),
        decision=row["decision"] or "",
        reason=row["motif"] or "",
        who=row["decide_par"] or "",
        when=_day(row["decide_le"]),
    )


def totals(decided: Sequence[DecidedDossier]) -> dict[str, int]:
    """The number of dossiers of each decision, in the order of decisions; blank ones are left out."""
    counts: dict[str, int] = {}
    for dossier in decided:
        if dossier.decision:
            counts[dossier.decision] = counts.get(dossier.decision, 0) + 1
    return counts
