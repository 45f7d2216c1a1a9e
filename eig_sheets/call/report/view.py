"""The content of the jury's page, from a reading and its results; independent of HTML."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.report.audience import JURY, Audience
from eig_sheets.call.report.money import Sums, sums_of
from eig_sheets.call.report.open_points import OpenPoint, left_aside, open_points, reserves_of
from eig_sheets.call.report.people import Juror, jurors_of, names_of, recusals_of
from eig_sheets.call.report.projects import Project, contradicted, name_of, projects_of, window
from eig_sheets.call.report.readiness import Readiness, readiness_of
from eig_sheets.call.scoring.calibration import Uncorrected, Zone
from eig_sheets.call.scoring.rules_ranking import by_expected_rank
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.sensitivity_texts import Sensitivity, sensitivity_of
from eig_sheets.call.scoring.words import ProbabilityStyle, alert_texts, style_of
from eig_sheets.call.selection.selection import SELECTION
from eig_sheets.call.selection.words import sentences
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import typographic
from eig_sheets.workbook import words

MOST_UNRANKED = 100
"""Unranked dossiers that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Unranked:
    """A dossier without a rank, and the reason."""

    numero: str
    name: str
    administration: str
    reason: str


@dataclass(frozen=True, slots=True)
class JuryView:
    """The content of the page. `ranked` counts the ranked dossiers, `projects` are those shown, in official order.

    `everyone_fits`: whether there are as many places as ranked dossiers: then a rank selects nobody. `line`: the rank
    between the last place and the next one, None without a line. `zone_bounds`: probabilities of the zone of
    deliberation. `said_once`: sentences about the whole ranking. `contradicted`: how many ranked dossiers have a
    proposal and a zone that contradict each other. `jurors` have severities on the page of the presidency alone.
    `selection`: sentences on the selection under limits, of a call that has some. `readiness`: for the presidency
    alone. `separate`: for an uncorrected ranking, its connected components, as (jurors, dossiers).
    """

    audience: Audience
    title: str
    banner: str
    day: date
    target: int
    ranked: int
    evaluations: int
    projects: tuple[Project, ...]
    unranked: tuple[Unranked, ...]
    unranked_count: int
    jurors: tuple[Juror, ...]
    criteria: tuple[str, ...]
    weights: tuple[float, ...]
    scale: tuple[float, float]
    min_note: float | None
    by_expected_rank: bool
    reason: Uncorrected | None
    separate: tuple[tuple[tuple[str, ...], int], ...]
    line: float | None
    reliability: float | None
    zones: tuple[tuple[Zone, int], ...]
    zone_bounds: tuple[float, float]
    probability: ProbabilityStyle
    said_once: tuple[str, ...]
    contradicted: int
    sums: Sums | None
    sensitivity: Sensitivity
    everyone_fits: bool
    selection: tuple[str, ...] = ()
    readiness: Readiness | None = None

    @property
    def to_discuss(self) -> tuple[tuple[int, Project], ...]:
        """What the jury discusses first, with its place in the page: contradictions, then the zone of deliberation."""
        numbered = [*enumerate(self.projects, 1)]
        contradicted = [(place, project) for place, project in numbered if project.contradicted]
        unsure = [
            (place, project)
            for place, project in numbered
            if project.zone == Zone.DELIBERATION and not project.contradicted
        ]
        return (*contradicted, *unsure)


def view_of(reading: Reading, results: Results, day: date, audience: Audience = JURY) -> JuryView:
    """The page of a campaign for an audience that reads every dossier, dated `day`."""
    campaign, call, names = reading.campaign, reading.campaign.campaign, names_of(reading)
    selection = results.of(SELECTION)
    ranking, calibration = results.of(SCORES).ranking, results.of(SCORES).calibration
    ranked = ranking[ranking["rank"].notna()]
    shown = ranked.iloc[window(len(ranked), call.target)]
    aside = [_aside(point) for point in left_aside(reading)]
    zones, texts = Counter(ranked["zone"].dropna()), alert_texts(ranking, call.target, calibration)
    sensitivity = sensitivity_of(results, campaign, names)
    ready = None
    if audience.presidency:
        points, variations = open_points(reading, results), sensitivity.variations
        ready = readiness_of(reading, results, points, variations, names)
    return JuryView(
        audience=audience,
        title=call.name or call.id,
        banner=call.banner,
        day=day,
        target=call.target,
        ranked=len(ranked),
        evaluations=int(ranked["reviews"].sum()),
        projects=_with_reserves(
            reading, results, projects_of(shown, results, campaign, names, recusals_of(reading, results), texts)
        ),
        unranked=(*unranked_of(results), *aside)[:MOST_UNRANKED],
        unranked_count=len(ranking) - len(ranked) + len(aside),
        jurors=jurors_of(calibration, names, personal=audience.presidency),
        criteria=tuple(campaign.labels.values()),
        weights=tuple(criterion.weight for criterion in campaign.criteria),
        scale=campaign.scale,
        min_note=campaign.ranking.min_note,
        by_expected_rank=by_expected_rank(campaign.ranking, calibration),
        reason=calibration.reason,
        separate=tuple(
            (tuple(names.get(juror, juror) for juror in part.jurors), len(part.dossiers))
            for part in calibration.components
        ),
        line=calibration.line,
        reliability=calibration.reliability,
        zones=tuple((zone, zones[zone]) for zone in Zone) if zones else (),
        zone_bounds=campaign.ranking.zone,
        probability=style_of(ranked["p_selected"], campaign.ranking.zone),
        said_once=texts.once,
        contradicted=sum(contradicted(alerts) for alerts in ranked["alerts"]),
        sums=sums_of(results, campaign),
        sensitivity=sensitivity,
        everyone_fits=len(ranked) <= call.target,
        selection=() if selection is None else tuple(sentences(selection)),
        readiness=ready,
    )


def _with_reserves(reading: Reading, results: Results, projects: tuple[Project, ...]) -> tuple[Project, ...]:
    """The projects, with what each that is proposed « sous réserve » lacks."""
    lacking = {reserve.numero: reserve.why for reserve in reserves_of(reading, results)}
    return tuple(replace(project, reserve=lacking.get(project.numero, "")) for project in projects)


def _aside(point: OpenPoint) -> Unranked:
    reason = typographic(f"{words.LEFT_ASIDE} ({point.text})")
    return Unranked(point.numero, point.name or f"Dossier {point.numero}", point.administration, reason)


def unranked_of(results: Results) -> tuple[Unranked, ...]:
    """The dossiers without a rank, those that are named."""
    without = results.of(SCORES).ranking[results.of(SCORES).ranking["rank"].isna()].head(MOST_UNRANKED)
    reasons = without.set_index("numero")["unranked_reason"]
    dossiers = results.of(APPLICATIONS).dossiers.set_index("numero").loc[reasons.index, ["projet", "administration"]]
    return tuple(
        Unranked(
            numero, name_of({"projet": project, "numero": numero}), host or "", typographic(words.UNRANKED[reason])
        )
        for numero, project, host, reason in zip(
            reasons.index, dossiers["projet"], dossiers["administration"], reasons, strict=True
        )
    )
