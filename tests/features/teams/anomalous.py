"""Workbooks whose recorded teams are no longer true, and the anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator

from eig_sheets.features.teams.tab import TAB, TABLE, TeamRole, TeamRow, TeamToday
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.team_call import PROJECTS, REVIEWS, TALENTS, called

Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...]]
"""A name, a workbook, and (code, tab, cell) of each anomaly."""

NAME = "Équipes proposées"


def cases() -> Iterator[Said]:
    """All of them."""
    rows = tuple(
        TeamRow(numero, TeamRole.MEMBER, candidate)
        for candidate, numero in (("T1", "101"), ("T2", "101"), ("T3", "102"), ("T4", "102"))
    )
    cells = TABLE.cells(TeamToday(row, "", None, None) for row in rows)
    recorded = TabSnapshot(NAME, [[*TABLE.sheet_headers], *map(list, cells)], mark=TAB)
    projects, everybody = PROJECTS[:2], TALENTS[:5]  # the sixth wished a project that is not there
    yield ("teams that hold", _with(called(everybody, REVIEWS[:5], projects), recorded), ())
    gone = (TALENTS[0] | {"statut": "Désisté"}, *everybody[1:])
    yield (
        "a member who withdrew",
        _with(called(gone, REVIEWS[:5], projects), recorded),
        (("equipe_caduque", NAME, None),),
    )
    decided = (*TALENTS[:4], TALENTS[4] | {"statut": "Retenu", "projet_decide": "101"})
    yield (
        "somebody decided who is not proposed",
        _with(called(decided, REVIEWS[:5], projects), recorded),
        (("decide_hors_equipe", NAME, None),),
    )


def _with(snapshot: Snapshot, tab: TabSnapshot) -> Snapshot:
    return Snapshot((*snapshot.tabs, tab), snapshot.version)
