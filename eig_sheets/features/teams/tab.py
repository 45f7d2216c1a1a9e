"""The tab `Équipes proposées`: who is proposed for which project; what it rests on, its request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from eig_sheets.campaign.dependencies import FeatureAct, columns_of
from eig_sheets.campaign.result_parts import FeatureAction
from eig_sheets.config import Campaign
from eig_sheets.features.talents.acts import CANDIDATES
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.workbook.read_back import digest
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.table import Col, Table

TAB: Final = "equipes"


class TeamRole(StrEnum):
    """The role of a candidate in a row, as the tab shows it."""

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
ROBOT_TAB: Final = RobotTab(
    TAB,
    "Équipes proposées",
    lambda *_: TABLE.sheet_columns,
    optional=True,
    needs_tab="talents",
    hidden=True,
    frozen_columns=2,
    in_both=True,
    contents="Qui est proposé dans l’équipe de quel projet",
)


def _columns(campaign: Campaign) -> Iterator[tuple[str, Iterable[str]]]:
    yield from columns_of(campaign, CANDIDATES).items()
    yield "talents", ("projet_decide", "commentaire")
    yield "candidatures", ("profils", "nombre_eig")


TEAMS: Final = FeatureAct(_columns)
"""To propose teams."""

ACTION: Final = FeatureAction(
    id="equipes",
    label="Équipes",
    place="eig_sheets.features.teams.commands:answer_request",
    acts=(TEAMS,),
    of_candidates=True,
)
