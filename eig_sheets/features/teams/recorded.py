"""Recorded teams: `Équipes proposées` read back, what of it still holds, and the lines of `Accueil` on it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.since_last_run import recorded_lines
from eig_sheets.domain.decisions import RETAINED, WITHDRAWN
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.teams.problem import GONE, Call, call_of, decided_project, facts_of, names_of
from eig_sheets.features.teams.rules_problem import Pair
from eig_sheets.features.teams.tab import DECIDED, TAB, TABLE, TO_DECIDE, TeamRole, TeamRow, TeamToday
from eig_sheets.run.accueil import Pending, Urgency
from eig_sheets.run.pending import PendingLines
from eig_sheets.run.pending_links import OFFICERS, link_to_tab
from eig_sheets.run.sheets import KeptRows, Standing
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.storage.last_run import NO_RUN, LastRun
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.anomalies import Anomaly, anomaly, limited, warning
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.ownership import key_of

_ADJUST: Final = "Lancez « eig-sheets teams propose --adjust » : le moins possible de talents changent d’équipe."

TEAM_LAPSED: Final = warning(
    "equipe_caduque",
    "La candidature {value} était proposée dans l’équipe de ce projet, mais {reason} : l’équipe ne tient plus.",
    _ADJUST,
)
DECIDED_OUTSIDE_TEAM: Final = warning(
    "decide_hors_equipe",
    "La candidature {value} est décidée pour ce projet, mais l’équipe proposée est sans elle.",
    _ADJUST,
)


class TeamLapse(StrEnum):
    """Why a proposed candidate can no longer be in the team, as the tab says it."""

    MISSING = "absent de Talents"
    WITHDRAWN = "désisté"
    REFUSED = "non retenu"
    INELIGIBLE = "inéligible"
    PROJECT = "projet non lauréat"
    ELSEWHERE = "décidé pour un autre projet"
    CONFLICT = "conflit d’intérêts"


_SENTENCES: Final = {
    TeamLapse.MISSING: "elle n’est plus dans l’onglet Talents",
    TeamLapse.WITHDRAWN: "elle s’est désistée",
    TeamLapse.REFUSED: "elle n’est pas retenue",
    TeamLapse.INELIGIBLE: "elle est inéligible",
    TeamLapse.PROJECT: "ce projet n’est plus lauréat",
    TeamLapse.ELSEWHERE: "un autre projet est saisi en « Projet décidé »",
    TeamLapse.CONFLICT: "cette adresse est celle d’un contact du projet",
}


def recorded_teams(reading: Reading, last_run: LastRun = NO_RUN) -> tuple[TeamRow, ...]:
    """The recorded rows that nobody edited, in the order of the tab, each once."""
    return tuple(dict.fromkeys(_genuine(recorded_lines(TAB, TABLE, reading, last_run))))


def _genuine(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[TeamRow]:
    """The rows whose checksum holds."""
    roles = {str(role): role for role in TeamRole}
    for line in lines:
        role = roles.get(str(line["role"]))
        if role is None:
            continue
        row = TeamRow(
            key_of(line["numero"]),
            role,
            key_of(line["candidature"]),
            _whole(line["rank"]),
            str(line["metier"] or ""),
            _whole(line["wish"]),
            _number(line["note"]),
            str(line["reason"] or ""),
        )
        if row.checksum == line["checksum"]:
            yield row


def _whole(value: CellValue) -> int | None:
    number = _number(value)
    return None if number is None else int(number)


def _number(value: CellValue) -> float | None:
    return round(float(value), 3) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def standing_teams(
    reading: Reading, results: Results, last_run: LastRun, _previous: PreviousState, _day: date
) -> Standing:
    """The recorded teams as they stand, and an anomaly for each of their members who cannot stay."""
    rows = recorded_teams(reading, last_run)
    candidates = results.of(RESULTS)
    if not rows or candidates is None or not reading.owns("talents"):
        return Standing()  # the projects' workbook may have the tab if it once held everything: it is emptied there
    call = call_of(reading, facts_of(candidates))
    return Standing(shown_teams(reading, call, rows), tuple(limited(_anomalies(reading, call, rows))))


def shown_teams(reading: Reading, call: Call, rows: tuple[TeamRow, ...]) -> Rows:
    """The rows with the names that the tabs now give, and what has become of each."""
    dossiers = reading.valid_rows("candidatures").dropna(subset="projet")
    projects, names = dict(zip(dossiers["numero"], dossiers["projet"], strict=True)), names_of(call.talents)
    return TABLE.cells(
        TeamToday(row, _today(call, row), projects.get(row.numero), names.get(row.candidature)) for row in rows
    )


def _today(call: Call, row: TeamRow) -> str:
    """What became of a row; '' for a project without a team, or an alternate without change."""
    if row.role is TeamRole.NOBODY:
        return ""
    gone = lapse_of(call, row)
    if gone is not None:
        return gone
    person = call.talents[row.candidature]
    if person["statut"] == RETAINED and decided_project(person) == row.numero:
        return DECIDED
    return TO_DECIDE if row.role is TeamRole.MEMBER else ""


def lapse_of(call: Call, row: TeamRow) -> TeamLapse | None:
    """The first reason why a candidate cannot be in the project where they were proposed."""
    person = call.talents.get(row.candidature)
    if person is None:
        return TeamLapse.MISSING
    lock = decided_project(person)
    reasons = {
        TeamLapse.WITHDRAWN: person["statut"] == WITHDRAWN,
        TeamLapse.REFUSED: person["statut"] in GONE,
        TeamLapse.PROJECT: row.numero not in call.projects,
        TeamLapse.ELSEWHERE: bool(lock) and lock != row.numero,
        TeamLapse.INELIGIBLE: not lock and row.candidature in call.facts.ineligible,
        TeamLapse.CONFLICT: not lock and (row.candidature, row.numero) in call.problem.forbidden,
    }
    return next((lapse for lapse, holds in reasons.items() if holds), None)


def _twice(call: Call, members: Iterable[Pair]) -> Iterator[tuple[str, str, str]]:
    """Each member who is the same person as another one before: candidature, project, the other candidature."""
    places: dict[str, str] = {}
    for number, project in members:
        other = next(
            (candidature for candidature in call.problem.others.get(number, ()) if candidature in places), None
        )
        if other is None:
            places[number] = project
        else:
            yield number, project, other


def _anomalies(reading: Reading, call: Call, rows: tuple[TeamRow, ...]) -> Iterator[Anomaly]:
    """One for each member who cannot stay, then for each whom people decided and whose team is without them."""
    name = reading.layout.robot_tabs.get(TAB, reading.schema.robot_tabs[TAB])
    members = {(row.candidature, row.numero): row for row in rows if row.role is TeamRole.MEMBER}
    for (candidate, project), row in members.items():
        lapse = lapse_of(call, row)
        if lapse is not None:
            yield anomaly(TEAM_LAPSED, name, None, project, value=candidate, reason=_SENTENCES[lapse])
    for number, project, other in _twice(call, members):
        reason = f"elle est sans doute de la même personne que {other}, qui a aussi une place"
        yield anomaly(TEAM_LAPSED, name, None, project, value=number, reason=reason)
    for candidate, project in call.problem.locked:
        if (candidate, project) not in members:
            yield anomaly(DECIDED_OUTSIDE_TEAM, name, None, project, value=candidate)


ROWS: Final = KeptRows(TAB, standing_teams)


def _pending(reading: Reading, results: Results, _today: date) -> Iterator[Pending]:
    """Teams whose members nobody decided yet, then projects that have none."""
    rows = [*TABLE.read_stored((TABLE.sheet_headers, *results.kept_rows.get(TAB, ())))]
    if not rows:
        return
    waiting = [row for row in rows if row["today"] == TO_DECIDE]
    link = link_to_tab(reading.layout.robot_tabs.get(TAB, reading.schema.robot_tabs[TAB]))
    if waiting:
        projects = len({row["numero"] for row in waiting})
        people = plural(len(waiting), "talent proposé", "talents proposés")
        what = typographic(f"{plural(projects, 'équipe à décider', 'équipes à décider')} : {people}")
        detail = "Saisissez « Retenu » en Statut et le dossier en Projet décidé, dans Talents."
        yield Pending(OFFICERS, what, projects, Urgency.TO_DO, link, detail)
    without = [row for row in rows if row["role"] == TeamRole.NOBODY]
    if without:
        what = plural(len(without), "projet sans équipe", "projets sans équipe")
        detail = "Le règlement permet de le retirer de la promotion ; « Équipes proposées » dit pourquoi."
        yield Pending(OFFICERS, what, len(without), Urgency.TO_DO, link, detail)


LINES: Final = PendingLines(_pending)
