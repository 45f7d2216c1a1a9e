"""The content of the minutes, from a reading and its results; independent of the document's format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import cofinancing_totals
from eig_sheets.call.cofinancing.words import total_sentences
from eig_sheets.call.report.minutes.selection import MinutedSelection, minuted
from eig_sheets.call.report.minutes.stated_rules import RuleChanges, rule_changes_of, stated_rules_of
from eig_sheets.call.report.open_points import OpenPoints, open_points
from eig_sheets.call.report.people import RuleSources, names_of, recusals_of
from eig_sheets.call.report.projects import name_of
from eig_sheets.call.report.sensitivity import digest
from eig_sheets.call.scoring.rules_ranking import by_expected_rank
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import ProbabilityStyle, alert_texts, everyone_fits_text, style_of
from eig_sheets.call.selection.checks import departures
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import FigureLine, Figures
from eig_sheets.campaign.results import Results
from eig_sheets.domain.decisions import LAUREATE, REFUSED, WAITING, WITHDRAWN
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import plain, typographic
from eig_sheets.workbook import words


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
    """The decision of people on a dossier; empty texts are blanks to complete. `absent`: who steps aside from it.

    `rank`: None where it has none. `departs`: the proposal that the decision departs from, or ''. `reviews`: how many
    evaluations count.
    """

    numero: str
    name: str
    decision: str
    reason: str
    who: str
    when: str
    absent: tuple[str, ...] = ()
    rank: int | None = None
    departs: str = ""
    reviews: int = 0

    @property
    def is_laureate(self) -> bool:
        """Whether people decided so."""
        return self.decision == LAUREATE


@dataclass(frozen=True, slots=True)
class Annex:
    """Figures that a feature adds, each with how it was counted; `header`: of the column of its totals."""

    title: str
    header: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The content of the document. `recusals`: the juror, then the dossiers. `rules`: the rule, its value, its source.

    `undeclared`: the members whose declaration of interests never came, None where the tab has no column for it.
    `everyone_fits`: why the rank selects nobody, or nothing. `said_once`: sentences about the whole ranking.
    `uncorrected`: why there is no corrected ranking, or nothing. `selection`: the one under limits, of a call that has
    some. `unranked`: number, name, why. `open_points`: what was received and left aside, and what is not settled.
    `decided`: laureates first, then the waiting list, each in the order of ranks. `places`, `min_reviews`: those of the
    rules. `costs`: what laureates cost together, of a call with a co-financing.
    """

    title: str
    banner: str
    day: date
    members: tuple[Member, ...]
    recusals: tuple[tuple[str, tuple[str, ...]], ...]
    undeclared: tuple[str, ...] | None
    rules: tuple[tuple[str, str, str], ...]
    changes: RuleChanges
    by_expected_rank: bool
    uncorrected: str
    everyone_fits: str
    said_once: tuple[str, ...]
    probability: ProbabilityStyle
    placed: tuple[RankedDossier, ...]
    selection: MinutedSelection | None
    unranked: tuple[tuple[str, str, str], ...]
    decided: tuple[DecidedDossier, ...]
    open_points: OpenPoints
    digest: str
    places: int
    min_reviews: int
    costs: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()

    @property
    def departures(self) -> tuple[DecidedDossier, ...]:
        """The decisions that depart from the ranking."""
        return tuple(decided for decided in self.decided if decided.departs)

    @property
    def hardly_read(self) -> tuple[DecidedDossier, ...]:
        """The laureates of whom fewer evaluations count than the rules want."""
        return tuple(one for one in self.decided if one.is_laureate and one.reviews < self.min_reviews)


def minutes_of(reading: Reading, results: Results, day: date) -> Minutes:
    """The minutes of a campaign, dated `day`."""
    campaign, calibration = reading.campaign, results.of(SCORES).calibration
    selection = results.of(SELECTION)
    call = campaign.campaign
    rows = _rows(results)
    ranked = [row for row in rows if row["rank"] is not None]
    corrected = calibration.dossiers["corrected"].dropna().to_dict()
    absent = _absent(reading, results)
    members = tuple(_members(reading))
    departs = departures(results)
    asked = "declaration" in reading.layout.tabs["jury"].available
    return Minutes(
        title=call.name or call.id,
        banner=call.banner,
        day=day,
        members=members,
        recusals=_recusals(results, absent),
        undeclared=tuple(member.name for member in members if not member.declared) if asked else None,
        rules=tuple(stated_rules_of(campaign, RuleSources(campaign, reading.overrides))),
        changes=rule_changes_of(reading, results, day),
        by_expected_rank=by_expected_rank(campaign.ranking, calibration),
        uncorrected="" if calibration.reason is None else words.UNCORRECTED[calibration.reason],
        everyone_fits=everyone_fits_text(len(ranked), call.target) if len(ranked) <= call.target else "",
        said_once=alert_texts(results.of(SCORES).ranking, call.target, calibration).once,
        probability=style_of(results.of(SCORES).ranking["p_selected"], campaign.ranking.zone),
        placed=tuple(_placed(row, corrected.get(row["numero"])) for row in ranked),
        selection=None if selection is None else minuted(selection, results),
        unranked=tuple(
            (row["numero"], name_of(row), typographic(words.UNRANKED[row["unranked_reason"]]))
            for row in rows
            if row["rank"] is None
        ),
        decided=tuple(
            sorted(
                (
                    _decided(row, absent.get(row["numero"], ()), departs.get(row["numero"], ""))
                    for row in rows
                    if row["rank"] is not None or row["decision"]
                ),
                key=lambda decided: _ORDER.get(decided.decision, len(_ORDER)),
            )
        ),
        open_points=open_points(reading, results),
        digest=digest(results, campaign),
        places=call.target,
        min_reviews=campaign.scoring.min_reviews,
        costs=tuple(_costs(reading, results)),
        annexes=tuple(_annexes(reading)),
    )


_ORDER: Final = {decision: place for place, decision in enumerate((LAUREATE, WAITING, REFUSED, WITHDRAWN))}
"""In which order decisions are listed; what is not decided comes last."""


def _costs(reading: Reading, results: Results) -> Iterator[str]:
    if reading.campaign.cofinancing.rule != "none":
        yield from total_sentences(cofinancing_totals(results, reading.campaign))


def _annexes(reading: Reading) -> Iterator[Annex]:
    for figures in reading.campaign.features.parts(Figures):
        if lines := tuple(figures.lines(reading)):
            yield Annex(figures.title, figures.header, lines)


def _rows(results: Results) -> list[Mapping[str, Any]]:
    """Every dossier, in official order, with what people typed of it."""
    typed = ["numero", "projet", "administration", "motif", "decide_par", "decide_le"]
    table = results.of(SCORES).ranking.merge(
        results.of(APPLICATIONS).dossiers[typed], on="numero", how="left", validate="one_to_one"
    )
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


def _absent(reading: Reading, results: Results) -> dict[str, tuple[str, ...]]:
    """Dossier → the names of those who took no part in it."""
    names = names_of(reading)
    return {
        numero: tuple(sorted((names.get(juror, juror) for juror in jurors), key=_alphabetical))
        for numero, jurors in recusals_of(reading, results).items()
    }


def _recusals(results: Results, absent: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    projects = dict(
        zip(
            results.of(APPLICATIONS).dossiers["numero"],
            map(name_of, _records(results.of(APPLICATIONS).dossiers)),
            strict=True,
        )
    )
    by_juror: dict[str, list[str]] = {}
    for numero, names in absent.items():
        for name in names:
            by_juror.setdefault(name, []).append(f"{projects[numero]} ({numero})")
    return tuple((name, tuple(by_juror[name])) for name in sorted(by_juror, key=_alphabetical))


def _alphabetical(name: str) -> tuple[str, str]:
    """The key that sorts names as a French reader does: « Élise » between « Driss » and « Fleur »."""
    return plain(name), name


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


def _decided(row: Mapping[str, Any], absent: tuple[str, ...], departs: str) -> DecidedDossier:
    return DecidedDossier(
        numero=row["numero"],
        name=name_of(row),
        decision=row["decision"] or "",
        reason=row["motif"] or "",
        who=row["decide_par"] or "",
        when=_day(row["decide_le"]),
        absent=absent,
        rank=None if row["rank"] is None else int(row["rank"]),
        departs=departs,
        reviews=int(row["reviews"] or 0),
    )


def totals(decided: Sequence[DecidedDossier]) -> dict[str, int]:
    """The number of dossiers of each decision, in the order of decisions; blank ones are left out."""
    counts: dict[str, int] = {}
    for dossier in decided:
        if dossier.decision:
            counts[dossier.decision] = counts.get(dossier.decision, 0) + 1
    return counts
