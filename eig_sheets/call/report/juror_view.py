"""The content of the page of a juror who steps aside from dossiers: nothing of it depends on them, or tells of them.

No ranks, of which one would miss; no counts of jurors' evaluations, of which some would miss, nor names on the notes of
dossiers that are not the juror's, which could be counted; nothing of decisions, with which places could be counted.
Independent of HTML.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from eig_sheets.call.jury.assignments import assigned
from eig_sheets.call.report.audience import Audience
from eig_sheets.call.report.people import names_of, recusals_of
from eig_sheets.call.report.projects import Project, Vote, projects_of
from eig_sheets.call.report.view import Unranked, unranked_of
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.calibration import Zone
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import AlertTexts
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.text.french import plain
from eig_sheets.workbook.parse import Table

_SILENT = AlertTexts({})
_ORDER = [str(zone) for zone in Zone]


@dataclass(frozen=True, slots=True)
class JurorView:
    """The content of the page. `projects` are by zone then by name; their votes have names on the juror's own dossiers.

    `zones`: those of the page, in their order; none where the notes do not tell them, or where every dossier has a
    place. `zone_bounds`: probabilities of the zone of deliberation.
    """

    audience: Audience
    title: str
    banner: str
    day: date
    projects: tuple[Project, ...]
    unranked: tuple[Unranked, ...]
    criteria: tuple[str, ...]
    weights: tuple[float, ...]
    scale: tuple[float, float]
    zones: tuple[str, ...]
    zone_bounds: tuple[float, float]

    @property
    def to_discuss(self) -> tuple[tuple[int, Project], ...]:
        """The zone of deliberation, with the place of each dossier in the page."""
        return tuple(
            (place, project) for place, project in enumerate(self.projects, 1) if project.zone == Zone.DELIBERATION
        )


def juror_view_of(reading: Reading, day: date, audience: Audience) -> JurorView:
    """The page of a campaign for a juror, without the dossiers that they do not read, dated `day`."""
    left, results = readable_results(reading, audience.excluded)
    campaign, call, names = left.campaign, left.campaign.campaign, names_of(reading)
    ranked = results.of(SCORES).ranking[results.of(SCORES).ranking["rank"].notna()]
    has_zones = len(ranked) > call.target and bool(ranked["zone"].notna().any())
    projects = projects_of(ranked, results, campaign, names, recusals_of(reading, results), _SILENT)
    own = own_dossiers(left, results, audience.address)
    read = [_read(project, is_own=project.numero in own, has_zones=has_zones) for project in projects]
    zones = {project.zone for project in read}
    return JurorView(
        audience=audience,
        title=call.name or call.id,
        banner=call.banner,
        day=day,
        projects=tuple(_labelled(sorted(read, key=_place))),
        unranked=unranked_of(results),
        criteria=tuple(campaign.labels.values()),
        weights=tuple(criterion.weight for criterion in campaign.criteria),
        scale=campaign.scale,
        zones=tuple(zone for zone in _ORDER if zone in zones),
        zone_bounds=campaign.ranking.zone,
    )


def own_dossiers(reading: Reading, results: Results, address: str) -> frozenset[str]:
    """The numbers of the dossiers that a juror is to note or has noted; with their group, where it reads as one."""
    jury = reading.valid_rows("jury")
    groups = set(jury.loc[jury["email"] == address, "groupe"].dropna())
    readers = {address}
    if reading.campaign.jury.reads_as_group:
        readers |= set(jury.loc[jury["groupe"].isin(groups), "email"].dropna())
    noted = results.of(SCORES).evaluations.loc[results.of(SCORES).evaluations["jure"].isin(readers), "numero"]
    return frozenset(
        [
            *noted.dropna(),
            *(assignment.numero for assignment in assigned(results) if assignment.jure in readers),
        ]
    )


def _read(project: Project, *, is_own: bool, has_zones: bool) -> Project:
    votes = project.votes if is_own else _unnamed(project.votes)
    return replace(project, zone=project.zone if has_zones else "", votes=votes)


def _unnamed(votes: Sequence[Vote]) -> tuple[Vote, ...]:
    """The votes of jurors who are not named, in an order that does not name them either."""

    def key(vote: Vote) -> tuple[Any, ...]:
        return -(vote.note if vote.note is not None else -1.0), vote.status, vote.opinion, vote.comment

    return tuple(replace(vote, juror="") for vote in sorted(votes, key=key))


def _place(project: Project) -> tuple[int, str, str]:
    zone = _ORDER.index(project.zone) if project.zone in _ORDER else len(_ORDER)
    return zone, plain(project.name), project.numero


def _labelled(projects: Sequence[Project]) -> list[Project]:
    """The projects with their names as labels, with the number where two would be the same."""
    names = [project.name for project in projects]
    labels = (
        f"{project.name} ({project.numero})" if names.count(project.name) > 1 else project.name for project in projects
    )
    return [replace(project, label=label) for project, label in zip(projects, labels, strict=True)]


_OF_DOSSIERS = ("candidatures", "evaluations", "notes_recues")
_OF_CANDIDATES = ("talents", "evaluations_talents", "notes_recues_talents")


def readable_results(reading: Reading, excluded: AbstractSet[str]) -> tuple[Reading, Results]:
    """The reading without these dossiers, and its results for as many places as are theirs in proportion.

    The places of the call would be too many for those that are left, and which of them the others take is what nobody
    may tell from these results: of 18 places for 35 dossiers, 17 are for 34.
    """
    left = _without(reading, excluded)
    results = compute(left)
    ranked = int(results.of(SCORES).ranking["rank"].notna().sum())
    campaign = reading.campaign
    places = max(1, campaign.campaign.target * ranked // (ranked + len(excluded)))
    call = campaign.campaign.model_copy(update={"target": places})
    fewer = campaign.model_copy(update={"campaign": call}).set_path(campaign.path)
    left = left.with_campaign(fewer)
    return left, compute(left)


def _without(reading: Reading, excluded: AbstractSet[str]) -> Reading:
    """The same cells without the rows about these dossiers, nor candidates."""
    tables = {
        tab_id: _table_without(table, excluded) if tab_id in _OF_DOSSIERS else table
        for tab_id, table in reading.tables.items()
        if tab_id not in _OF_CANDIDATES
    }
    return replace(reading, tables=tables, anomalies=(), linked=None)


def _table_without(table: Table, excluded: AbstractSet[str]) -> Table:
    return Table(table.layout, table.frame[~table.frame["numero"].isin(excluded)], table.blocked)
