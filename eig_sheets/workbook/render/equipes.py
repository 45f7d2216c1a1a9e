"""The tab `Équipes proposées`: which candidate is proposed for which project, by `teams propose`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.table import Col, Table


class TeamRole(StrEnum):
    """What a row says of a candidate, as the tab says it."""

    MEMBER = "membre"
    ALTERNATE = "suppléant"  # who would come next, of their métier
    NOBODY = "sans équipe"  # the project has no team


TO_DECIDE: Final = "à décider"
DECIDED: Final = "décidé"


@dataclass(frozen=True, slots=True)
class TeamRow:
    """One row: a project, the number of a candidate ('' of a project without a team), and why, when it was proposed.

    `rank`: of an alternate among those of their métier, from 1. `wish`: 1 to 3, `note` out of 20: None without.
    """

    numero: str
    role: TeamRole
    candidature: str = ""
    rank: int | None = None
    metier: str = ""
    wish: int | None = None
    note: float | None = None
    reason: str = ""

    @property
    def checksum(self) -> str:
        """Checksum that shows whether somebody edited the row."""
        numbers = (self.rank, self.wish, self.note)
        return digest(
            (self.numero, self.role, self.candidature, *(_text(number) for number in numbers), self.metier, self.reason)
        )


def _text(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


@dataclass(frozen=True, slots=True)
class Teams:
    """The rows of the tab, with what the other tabs say of them now.

    `today`: what has become of each row, in their order; `projects`: names of dossiers, `names`: those of candidates.
    """

    rows: tuple[TeamRow, ...] = ()
    today: tuple[str, ...] = ()
    projects: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


NO_TEAMS: Final = Teams()


@dataclass(frozen=True, slots=True)
class TeamToday:
    """A row of the tab: the proposal, its state today, and the current names."""

    row: TeamRow
    today: str
    project: str | None
    name: str | None


TABLE: Final = Table[TeamToday](
    Col("numero", value=lambda member: member.row.numero, tab=Column("N° de dossier", width=15)),
    Col("project", tab=Column("Nom du projet", width=28)),
    Col(
        "role", value=lambda member: str(member.row.role),
        tab=Column(
            "Place", width=13, tones=((TeamRole.NOBODY, Tone.BAD), (TeamRole.ALTERNATE, Tone.QUIET)),
            note="membre : proposé dans l’équipe ; suppléant : viendrait ensuite, pour son métier, dans cet ordre ; "
            "sans équipe : le règlement permet de retirer ce projet de la promotion.",
        ),
    ),
    Col(
        "rank", value=lambda member: member.row.rank,
        tab=Column("Rang", Format.INTEGER, 8, "Des suppléants de ce métier, dans ce projet."),
    ),
    Col("candidature", value=lambda member: member.row.candidature or None, tab=Column("N° de candidature", width=17)),
    Col("name", tab=Column("Candidat", width=26)),
    Col("metier", value=lambda member: member.row.metier or None, tab=Column("Métier", width=22)),
    Col("wish", value=lambda member: member.row.wish, tab=Column("Vœu", Format.INTEGER, 8)),
    Col("note", value=lambda member: member.row.note, tab=Column("Note /20", Format.NOTE, 10)),
    Col("reason", value=lambda member: member.row.reason or None, tab=Column("Raison", width=46)),
    Col(
        "today", value=lambda member: member.today or None,
        tab=Column(
            "Aujourd’hui", width=24, tones=((DECIDED, Tone.GOOD), (TO_DECIDE, Tone.DOUBT)),
            note="D’après Talents : décidé, une fois saisis Retenu en Statut et ce dossier en Projet décidé ; ou ce "
            "qui a changé depuis la proposition.",
        ),
    ),
    Col(
        "checksum", value=lambda member: member.row.checksum,
        tab=Column(
            "Empreinte", Format.GENERAL, 12, "Pour le robot : cette ligne est telle qu’il l’a écrite.", hidden=True
        ),
    ),
)  # fmt: skip


def rows(teams: Teams) -> Rows:
    """One row each, in their order."""
    return TABLE.cells(
        TeamToday(row, today, teams.projects.get(row.numero), teams.names.get(row.candidature))
        for row, today in zip(teams.rows, teams.today, strict=True)
    )
