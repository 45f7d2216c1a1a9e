"""The sections `[workbook]` and `[state]`: where the workbooks of a campaign and its state folder are."""

from __future__ import annotations

from os.path import normpath

from pydantic import Field

from eig_sheets.domain.rules import Rules, Words


class WorkbookSettings(Rules):
    """`[workbook]`: the location of the workbook, the people's tabs in use, other names of tabs and headers.

    `people_tabs`: of those that a call may leave out, the ones that it has; all of them when it is not given.
    `talents`: the location of the candidates' own workbook; without it, their tabs are in the other one.
    `officers` are the accounts that may decide and approve, and edit the robot's tabs; `team`, on Grist, those
    that read everything besides them. `followed_by`, the first names that `Suivi par` offers.
    `without_columns`: the ids of columns of `Candidatures` that this call has no use for.
    """

    location: Words = "campagne.xlsx"
    talents: Words | None = None
    people_tabs: tuple[str, ...] | None = None
    tabs: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    headers: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    without_columns: tuple[str, ...] = ()
    officers: tuple[Words, ...] = ()
    team: tuple[Words, ...] = ()
    followed_by: tuple[Words, ...] = ()


class StateSettings(Rules):
    """`[state]`: the folder of the ledger, the last run, the lock and the previous versions."""

    dir: Words = ".eig-sheets"


def location_errors(workbook: WorkbookSettings) -> list[str]:
    """A French sentence when both workbooks are one."""
    if workbook.talents is None or normpath(workbook.talents) != normpath(workbook.location):
        return []
    return ["workbook.talents nomme le même classeur que workbook.location : donnez-en un autre, ou retirez cette clé"]
